"""Rules on how code is divided, and whether it does anything.

The rules on code that only pretends to work derive from ``_pretence`` and share, each built on those before it:

- ``_uses``: which functions are judged, and how their names are used.
- ``_tests``, ``_wording``, ``_interfaces`` and ``_lineage``: what tests, words and classes say of them.
- ``_handing``: whether they only hand on; ``_listed``: whether they only look up what is written.
- ``_idleness``: which do no work; ``_beside``: which classes work beside those that do none.
- ``_excuses``: why they may; ``_promises``: which have no excuse; ``_told``: which only tell of a change.
- ``_hollow``, ``_bare`` and ``_traces``: the text as a whole, with functions or without, and what its own code leaves behind;
  for these ``_computed`` knows what computes anything, ``_greeting`` what only says something, and ``_hulls`` classes with nothing in them.

For the other rules, ``_classes`` knows classes, ``_worlds`` what reaches outside of the program, and ``_switches`` the chains
of tests of one thing; ``_programs`` finds programs that are data, and ``_machines``
what runs them; ``_groups`` finds what belongs together, and
``_alike`` what functions share that repeat one another.
``_cases`` has the cases of rules with many.
"""
