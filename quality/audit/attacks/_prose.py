"""Words around the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit.attacks._attack import Bound, Expectation, Family
from quality.samples import extract

if TYPE_CHECKING:
    import random

FAMILY = Family("prose", "Words around the code.", Expectation.UNMEASURED)

_SAME = Bound(0.0, 0.0)
_WORDS = "Here is the solution. It is short, well tested and easy to read."


@FAMILY.text()
def before(code: str) -> str:
    """Writes a sentence before the code."""
    return f"{_WORDS}\n\n{code}"


@FAMILY.text()
def behind(code: str) -> str:
    """Writes a sentence behind the code."""
    return f"{code}\n\n{_WORDS}\n"


@FAMILY.text()
def fenced_as_code(code: str) -> str:
    """Gives a fenced block as if it were code."""
    return f"```python\n{code}\n```\n"


@FAMILY.seeded(Expectation.INVARIANT, _SAME)
def completion(code: str, _rng: random.Random) -> str | None:
    """Gives a completion with prose and one fenced block; the block counts."""
    return _extracted(f"{_WORDS}\n\n```python\n{code}```\n\n{_WORDS}\n", code)


@FAMILY.seeded(Expectation.INVARIANT, _SAME)
def completion_with_output(code: str, _rng: random.Random) -> str | None:
    """Gives a completion that also shows output in a block without a language."""
    return _extracted(f"{_WORDS}\n\n```python\n{code}```\n\nIt prints:\n\n```\n42\n```\n", code)


@FAMILY.seeded(Expectation.INVARIANT, _SAME)
def completion_with_thought(code: str, _rng: random.Random) -> str | None:
    """Gives a completion that thinks of other code first."""
    thought = "<think>\n```python\ndef clean():\n    return 1\n```\n</think>\n"
    return _extracted(f"{thought}{_WORDS}\n```python\n{code}```\n", code)


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.005, 0.005))
def as_comment(code: str) -> str:
    """Praises the code in comments."""
    return f"# {_WORDS}\n{code}\n# Complexity: O(1). Security: reviewed. Style: perfect.\n"


@FAMILY.text(Expectation.NEVER_GAINS, Bound(0.02, 0.02))
def as_string(code: str) -> str:
    """Praises the code in a string."""
    return f"{code}\nNOTES = {_WORDS!r}\n"


def _extracted(text: str, code: str) -> str | None:
    """The code that is taken out of a completion; a fence inside of the code is another matter."""
    return None if "```" in code else f"{extract(text).code}"
