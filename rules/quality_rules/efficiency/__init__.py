"""Rules on needless work."""
