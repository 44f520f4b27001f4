"""The rule catalogue: one entry for each message, in one file for each dimension."""

from __future__ import annotations

import importlib.resources
import tomllib
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from quality.model import Confidence, Rule, Severity
from quality.plugins import read_examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quality.model import Case

_TOOL = "pylint"
_MANUAL = "https://pylint.readthedocs.io/en/stable/user_guide/messages/{category}/{symbol}.html"
#: The first letter of a message's number → the folder of its page in the manual.
_CATEGORIES = {
    "C": "convention",
    "E": "error",
    "F": "fatal",
    "I": "information",
    "R": "refactor",
    "W": "warning",
}

_PAGE = """\
## What it does

Reports pylint's message {number}, `{symbol}`: {title}.

## Why is this bad

{why}

## References

- [pylint's documentation]({manual})
"""


@cache
def catalogue() -> tuple[Rule, ...]:
    """All rules, sorted by id.

    Raises:
        ValueError: Two files have one message.
    """
    rules: dict[str, Rule] = {}
    for file in (importlib.resources.files("quality_pylint") / "messages").iterdir():
        dimension, _, suffix = file.name.rpartition(".")
        for rule in _rules(dimension, file.read_text("utf-8")) if suffix == "toml" else ():
            if rules.setdefault(rule.id, rule) is not rule:
                raise ValueError(f"{file.name}: {rule.id} is in another file too")
    return tuple(rules[identity] for identity in sorted(rules))


def _rules(dimension: str, text: str) -> Iterator[Rule]:
    """Makes the rules of a file; its tables say their severity unless an entry does."""
    for severity, entries in tomllib.loads(text).items():
        for symbol, entry in entries.items():
            said: dict[str, Any] = {
                "dimension": dimension,
                "severity": severity,
                "confidence": "high",
                **entry,
            }
            said["severity"] = Severity(said["severity"])
            said["confidence"] = Confidence(said["confidence"])
            said["equivalents"] = tuple(said.get("equivalents", ()))
            said["aliases"] = codes = _codes()[symbol]
            said["documentation"] = _page(symbol, codes[0], entry)
            yield Rule(id=f"{_TOOL}:{symbol}", analyzer=_TOOL, cases=partial(_cases, symbol), **said)


def _page(symbol: str, number: str, entry: Mapping[str, Any]) -> str:
    manual = _MANUAL.format(category=_CATEGORIES[number[0]], symbol=symbol)
    return _PAGE.format(number=number, symbol=symbol, manual=manual, title=entry["title"], why=entry["why"])


def _cases(symbol: str) -> tuple[Case, ...]:
    return examples().get(symbol, ())


@cache
def examples() -> dict[str, tuple[Case, ...]]:
    """Symbol → an example of the message; not every message has one."""
    return read_examples(importlib.resources.files("quality_pylint") / "examples")


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """Symbol → what else the message is called."""
    text = (importlib.resources.files("quality_pylint") / "codes.toml").read_text("utf-8")
    return {symbol: tuple(codes) for symbol, codes in tomllib.loads(text).items()}


@cache
def groups() -> dict[str, frozenset[str]]:
    """Rule ids that a profile may want to leave out, by reason; ``groups.toml`` says the reasons."""
    text = (importlib.resources.files("quality_pylint") / "groups.toml").read_text("utf-8")
    return {
        reason: frozenset(f"{_TOOL}:{symbol}" for symbol in symbols)
        for reason, symbols in tomllib.loads(text).items()
    }
