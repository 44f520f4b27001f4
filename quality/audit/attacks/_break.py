"""Text that is nearly Python: what does not parse has no score."""

from __future__ import annotations

from quality.audit.attacks._attack import Expectation, Family

FAMILY = Family("break", "Text that is nearly Python.", Expectation.UNMEASURED)


@FAMILY.text()
def error_at_the_end(code: str) -> str:
    """Adds a line that is no Python."""
    return f"{code}\nreturn return\n"


@FAMILY.text()
def cut_off(code: str) -> str:
    """Cuts the text off in an open bracket."""
    return f"{code}\nRESULT = main(\n"


@FAMILY.text()
def stray_bracket(code: str) -> str:
    """Adds a closing bracket."""
    return f"{code})\n"


@FAMILY.text()
def print_statement(code: str) -> str:
    """Adds a statement of Python 2."""
    return f"{code}\nprint 'done'\n"


@FAMILY.text()
def old_except(code: str) -> str:
    """Adds an 'except' of Python 2, which some parsers take."""
    return f"{code}\ntry:\n    pass\nexcept ValueError, error:\n    pass\n"


@FAMILY.text()
def open_string(code: str) -> str:
    """Opens a string that never ends."""
    return f'{code}\nTEXT = """never closed\n'


@FAMILY.text()
def conflict_markers(code: str) -> str:
    """Leaves the markers of a merge."""
    return f"<<<<<<< HEAD\n{code}=======\n>>>>>>> branch\n"


@FAMILY.text()
def nul_character(code: str) -> str:
    """Ends the text for programs in C."""
    return f"{code}\n\0\n"


@FAMILY.text()
def lone_surrogate(code: str) -> str:
    """Adds half a character."""
    return f"{code}\nMARK = '\ud800'\n"


@FAMILY.text()
def indentation(code: str) -> str:
    """Adds a line with an indentation that matches nothing."""
    return f"{code}\nif True:\n        FIRST = 1\n    SECOND = 2\n"


@FAMILY.text(Expectation.NEVER_GAINS)
def only_parses(code: str) -> str:
    """Adds statements that parse but do not compile."""
    return f"{code}\nNAMES = (x := 1 for x in ())\n"
