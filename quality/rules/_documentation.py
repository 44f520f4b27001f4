"""The page of a rule, made from its file."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

from quality.rules._base import BaseRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import Rule
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
    title, *parts = re.split(r"^## (.+)$", inspect.cleandoc(rule.__doc__ or ""), flags=re.MULTILINE)
    sections = {head.strip(): text.strip() for head, text in zip(parts[::2], parts[1::2], strict=True)}
    wanted = [heading for heading in HEADINGS if heading in sections or heading != "References"]
    if not title.strip() or list(sections) != wanted or not all(sections.values()):
        raise ValueError(
            f"rule {rule.__name__}: its docstring needs a title and the sections {', '.join(HEADINGS)}, "
            f"in this order (References may be missing); it has {', '.join(sections) or 'none'}"
        )
    return title.strip().split("\n")[0].rstrip("."), sections


def example_of(text: str) -> str:
    """The Python code in a section's fenced block.

    Raises:
        ValueError: When there is none.
    """
    match = re.search(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    if match is None:
        raise ValueError("a section with an example needs a block that begins with ```python")
    return match[1]


def rule_page(entry: Rule) -> str:
    """A rule's page as Markdown: what it says of itself, its metadata, and its cases.

    Args:
        entry: Any catalogue entry; one whose checker is no rule of this project gets a shorter page.
    """
    lines = [f"# {entry.id}", "", f"{entry.title}.", "", *_metadata(entry)]
    checker = entry.checker
    if isinstance(checker, type) and issubclass(checker, BaseRule):
        _, sections = sections_of(checker)
        for heading, text in sections.items():
            lines += ["", f"## {heading}", "", text]
        lines += _cases(checker)
    else:
        lines += ["", "## Why is this bad", "", entry.why]
    return "\n".join(lines) + "\n"


def _metadata(entry: Rule) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    yield f"| dimension | {entry.dimension} |"
    yield f"| severity | {entry.severity.value}, confidence {entry.confidence.value}, weight {entry.weight:g} |"
    yield f"| effort | {entry.effort} min |"
    if entry.cwe is not None:
        yield f"| weakness | [CWE-{entry.cwe}](https://cwe.mitre.org/data/definitions/{entry.cwe}.html) |"
    if entry.equivalents:
        yield f"| same defect | {', '.join(f'`{other}`' for other in entry.equivalents)} |"
    yield f"| since | {entry.since} |"
    for option in entry.options:
        yield f"| option `{option.name}` | {option.description} Default: `{option.default}`. |"


def _cases(rule: type[BaseRule]) -> Iterator[str]:
    if rule.INVALID:
        yield from ("", "## Reported")
    for case in rule.INVALID:
        yield from _block(case, case.expected)
        if case.fixed is not None:
            yield from ("", "Fixed:", "", "```python", case.fixed.rstrip("\n"), "```")
    if rule.VALID:
        yield from ("", "## Not reported")
    for valid in rule.VALID:
        yield from _block(valid, (f"{valid.reason}:",) if valid.reason else ())


def _block(case: Valid | Invalid, captions: tuple[str, ...]) -> Iterator[str]:
    settings = [f"`{name} = {value}`" for name, value in sorted(case.options.items())]
    if settings:
        captions = (f"With {', '.join(settings)}:", *captions)
    for caption in captions:
        yield from ("", caption)
    yield from ("", "```python", case.code.rstrip("\n"), "```")
