"""Rules on what an attacker could use.

Those on where data goes derive from ``quality_rules._flow.FlowRule``. ``_secrets`` tells secrets by their names. The rule on text that is run asks ``_builtins`` (by which names it
is reached), ``_given_programs`` (who gives it), ``_payloads`` (what nobody can read) and ``_programs`` (what is kept in texts).
``_cases`` has the cases of rules with many.
"""
