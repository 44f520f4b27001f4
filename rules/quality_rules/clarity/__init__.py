"""Rules on what a reader must do."""
