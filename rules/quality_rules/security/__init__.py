"""Rules on what an attacker could use."""
