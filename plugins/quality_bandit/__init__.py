"""The bandit analyzer."""
