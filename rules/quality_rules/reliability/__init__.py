"""Rules on what goes wrong at run time."""
