"""Rules on needless work.

``_recursion`` has what the rules on functions that call themselves ask of their calls, ``_steps`` by what these get nearer
to their end. ``_own_methods`` knows what methods compute of their object. ``_cases`` has the cases of rules with many.
"""
