"""The pylint analyzer."""
