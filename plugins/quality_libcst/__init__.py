"""The libcst analyzer."""
