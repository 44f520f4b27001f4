"""The rules of this project, one file each."""
