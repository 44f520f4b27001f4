"""The page of a rule, made from its file."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from typing import TYPE_CHECKING, cast

from quality.model import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quality.model import Rule
    from quality.rules._base import BaseRule
    from quality.rules._cases import Invalid, Valid

#: The sections of a rule's docstring, in this order. References may be missing.
HEADINGS = ("What it does", "Why is this bad", "Example", "Use instead", "References")


def sections_of(rule: type[BaseRule]) -> tuple[str, dict[str, str]]:
    """Splits a rule's docstring.

    Returns:
        The title without its full stop, and heading → Markdown.

    Raises:
        ValueError: When a section is missing, empty, unknown or out of order.
    """
    title, *parts = re.split(r"^## (.+)$", _docstring(rule), flags=re.MULTILINE)
    sections = {head.strip(): text.strip() for head, text in zip(parts[::2], parts[1::2], strict=True)}
    wanted = [heading for heading in HEADINGS if heading in sections or heading != "References"]
    if not title.strip() or list(sections) != wanted or not all(sections.values()):
        raise ValueError(
            f"rule {rule.__name__}: its docstring needs a title and the sections {', '.join(HEADINGS)}, "
            f"in this order (References may be missing); it has {', '.join(sections) or 'none'}"
        )
    return title.strip().split("\n")[0].rstrip("."), sections


def _docstring(rule: type[BaseRule]) -> str:
    if rule.__doc__ is None and sys.flags.optimize > 1:  # ``python -OO`` leaves docstrings in the source only
        tree = ast.parse(textwrap.dedent(inspect.getsource(rule)))
        return ast.get_docstring(cast("ast.ClassDef", tree.body[0])) or ""
    return inspect.cleandoc(rule.__doc__ or "")


def example_of(text: str) -> str:
    """The Python code in a section's fenced block.

    Raises:
        ValueError: When there is none.
    """
    match = re.search(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    if match is None:
        raise ValueError("a section with an example needs a block that begins with ```python")
    return match[1]


def documentation_of(sections: Mapping[str, str]) -> str:
    """A docstring's sections as Markdown."""
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections.items())


def rule_page(entry: Rule) -> str:
    """A rule's page as Markdown: its metadata, what it says of itself, and its cases.

    Args:
        entry: Any catalogue entry; one without documentation gets a shorter page.
    """
    lines = [f"# {entry.id}", "", f"{entry.title}.", "", *_metadata(entry)]
    if not entry.documentation:
        lines += ["", "## Why is this bad", "", entry.why]
    if entry.page:
        lines += ["", entry.page]
    return "\n".join(lines) + "\n"


def cases_of(rule: type[BaseRule]) -> tuple[Case, ...]:
    """The cases of a rule's class as its page shows them."""
    return (*map(_reported, rule.INVALID), *map(_not_reported, rule.VALID))


def _reported(case: Invalid) -> Case:
    return Case(case.code, reported=True, captions=(*_setting(case), *case.expected), fixed=case.fixed)


def _not_reported(case: Valid) -> Case:
    reason = (f"{case.reason}:",) if case.reason else ()
    return Case(case.code, reported=False, captions=(*_setting(case), *reason))


def _setting(case: Valid | Invalid) -> tuple[str, ...]:
    settings = [f"`{name} = {value}`" for name, value in sorted(case.options.items())]
    return (f"With {', '.join(settings)}:",) if settings else ()


def _metadata(entry: Rule) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    yield f"| dimension | {entry.dimension} |"
    yield f"| severity | {entry.severity.value}, confidence {entry.confidence.value}, weight {entry.weight:g} |"
    yield f"| effort | {entry.effort} min{', or `quality fix`' if entry.fixable else ''} |"
    if entry.cwe is not None:
        yield f"| weakness | [CWE-{entry.cwe}](https://cwe.mitre.org/data/definitions/{entry.cwe}.html) |"
    if entry.equivalents:
        yield f"| same defect | {', '.join(f'`{other}`' for other in entry.equivalents)} |"
    yield f"| since | {entry.since} |"
    for option in entry.options:
        yield f"| option `{option.name}` | {option.description} Default: `{option.default}`. |"
