"""The catalogue entries of bandit's tests."""

from __future__ import annotations

import tomllib
from functools import cache, partial
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any

from quality.model import Confidence, Rule, Severity
from quality.plugins import read_examples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import Case

_MANUAL = "https://bandit.readthedocs.io/en/{version}/{page}"

_PAGE = """\
## What it does

Bandit's test {id}: {title}.

## Why is this bad

{why}

## Use instead

{fix}
{weight}
## References

- [Bandit's documentation]({manual})
- [CWE-{cwe}](https://cwe.mitre.org/data/definitions/{cwe}.html)
"""

_WEIGHT = """
## Weight

A finding weighs {weight:g} times what its severity says. {because}
"""


def load_rules() -> list[Rule]:
    """Reads the catalogue that is part of this package, sorted by id."""
    text = resources.files("quality_bandit").joinpath("catalogue.toml").read_text(encoding="utf-8")
    version = metadata.version("bandit")
    return [_rule(identity, entry, version) for identity, entry in sorted(tomllib.loads(text).items())]


def _rule(identity: str, entry: Mapping[str, Any], version: str) -> Rule:
    manual = _MANUAL.format(version=version, page=entry["page"])
    weight = _WEIGHT.format(**entry) if "weight" in entry else ""
    given = {key: value for key, value in entry.items() if key not in {"because", "fix", "page"}}
    fields: dict[str, Any] = {
        "dimension": "security",
        **given,
        "severity": Severity(entry["severity"]),
        "confidence": Confidence(entry["confidence"]),
        "equivalents": tuple(entry.get("equivalents", ())),
        "aliases": (identity.replace("B", "S", 1),),  # flake8-bandit's and ruff's code
        "documentation": _PAGE.format(**{**entry, "id": identity, "manual": manual, "weight": weight}),
    }
    return Rule(id=f"bandit:{identity}", analyzer="bandit", cases=partial(_cases, identity), **fields)


def _cases(identity: str) -> tuple[Case, ...]:
    return examples().get(identity, ())


@cache
def examples() -> dict[str, tuple[Case, ...]]:
    """Bandit's id → an example of what the test reports; not every test has one."""
    return read_examples(resources.files("quality_bandit") / "examples")
