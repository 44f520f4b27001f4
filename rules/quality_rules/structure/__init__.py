"""Rules on how code is divided, and whether it does anything."""
