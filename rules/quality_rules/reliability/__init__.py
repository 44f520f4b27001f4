"""Rules on what goes wrong at run time.

``_made``: which containers are made anew, and by which functions. ``_containers``: what rules on empty ones share.
``_trials``: which constant arguments functions refuse. ``_impossible``: what parts of patterns can match. ``_locks``: what holds a lock.
``_outcomes``: what conditions ask of one value, and which exclude each other.
"""
