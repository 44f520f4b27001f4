"""The radon analyzer."""
