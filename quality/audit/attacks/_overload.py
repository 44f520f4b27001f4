"""Constructs that make analyzers give up: whoever gives up must not be taken for satisfied."""

from __future__ import annotations

from quality.audit.attacks._attack import Family

FAMILY = Family("overload", "Constructs that make analyzers give up.")


@FAMILY.text()
def long_sum(code: str) -> str:
    """Adds a sum of 1,500 terms."""
    return f"{code}\nTOTAL = {' + '.join(['1'] * 1500)}\n"


@FAMILY.text()
def medium_sum(code: str) -> str:
    """Adds a sum of 200 terms, at which only some analyzers give up."""
    return f"{code}\nTOTAL = {' + '.join(['1'] * 200)}\n"


@FAMILY.text()
def long_chain(code: str) -> str:
    """Adds a chain of 300 method calls."""
    return f"{code}\nTEXT = ''{'.strip()' * 300}\n"


@FAMILY.text()
def medium_chain(code: str) -> str:
    """Adds a chain of 80 method calls."""
    return f"{code}\nTEXT = ''{'.strip()' * 80}\n"


@FAMILY.text()
def many_brackets(code: str) -> str:
    """Adds 80 open brackets."""
    return f"{code}\nNEST = {'[' * 80}{']' * 80}\n"


@FAMILY.text()
def large_dictionary(code: str) -> str:
    """Adds a dictionary of 600 lines."""
    return f"{code}\nTABLE = {{\n{''.join(f'    {n}: {n},{chr(10)}' for n in range(600))}}}\n"


@FAMILY.text()
def many_conditions(code: str) -> str:
    """Adds a chain of 60 conditions at the top level."""
    return f"{code}\nVALUE = 1\nif VALUE == 0:\n    VALUE = 0\n" + "".join(
        f"elif VALUE == {n}:\n    VALUE = {n + 1}\n" for n in range(1, 60)
    )


@FAMILY.text()
def boolean_chain(code: str) -> str:
    """Adds a condition of 400 operands."""
    return f"{code}\nFLAG = {' or '.join(f'(a{n} and b{n})' for n in range(200))}\n"
