"""Cases of the rules that have many, ``<rule>.py`` each: ``VALID`` and ``INVALID`` of the rule of the same name."""
