"""What a text cannot harm by the characters that are in it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from quality_rules._flow._values import Harm
from quality_rules._patterns import characters, removed

#: Harm → the characters that it takes; what nothing stands for is harmful in any letters.
_NEEDED: Final = {
    Harm.SQL: "'\"\\;`",
    Harm.COMMAND: "\n;|&$`<>(){}*?[]~#'\"\\!",
    Harm.PATH: "/\\",
    Harm.HTML: "<\"'",
    Harm.CODE: "(",
    Harm.TEMPLATE: "{$<%",
    Harm.REDIRECT: ":/\\",
    Harm.REQUEST: ".:/\\@",
    Harm.XML: "<",
    Harm.XPATH: "'\"[]()|/",
    Harm.LDAP: "*()\\",
    Harm.HEADER: "\r\n",
    Harm.LOG: "\r\n",
    Harm.PATTERN: "()*+?{[|\\",
    Harm.MARKUP: "<&",
    Harm.OPTION: "-",
    Harm.NOSQL: "",
    Harm.SESSION: "",
}
_NEEDED_CODES: Final = {harm: frozenset(map(ord, needed)) for harm, needed in _NEEDED.items()}


def harmless_with(alphabet: frozenset[int]) -> int:
    """Bits of the harms that no text of these characters does: code without names only calculates."""
    nameless = not any(chr(code).isalpha() or code == ord("_") for code in alphabet)
    return sum(
        harm
        for harm, needed in _NEEDED_CODES.items()
        if not needed & alphabet or (nameless and harm is Harm.CODE)
    )


def harmless_without(gone: frozenset[int]) -> int:
    """Bits of the harms that no text does once these characters are gone."""
    return sum(harm for harm, needed in _NEEDED_CODES.items() if needed and needed <= gone)


@lru_cache(256)
def harmless_after_match(pattern: str, function: str) -> int:
    """Bits of the harms that a text cannot do that matched.

    Args:
        pattern: The pattern.
        function: How it was asked: ``fullmatch``, ``match`` or ``search``.
    """
    alphabet = characters(pattern, function)
    return 0 if alphabet is None else harmless_with(alphabet)


@lru_cache(256)
def harmless_after_removal(pattern: str) -> int:
    """Bits of the harms that a text cannot do when all that matches is taken out."""
    return harmless_without(removed(pattern))
