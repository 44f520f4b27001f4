"""Conformance of renderers."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from quality.model import (
    Contribution,
    Finding,
    Location,
    Reason,
    Renderer,
    Report,
    Rule,
    Score,
    Severity,
    SourceReport,
    Status,
)
from quality.profiles import builtin_profiles

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Text that breaks out of every format whose renderer forgets to escape.
_HOSTILE = "\"'`,;|<script>&amp;</script>]]>\x1b[31m\r\n::error::%0A\u2028{{7*7}}=cmd()\u202e"


def check_renderer(renderer: Renderer) -> None:
    """Holds a renderer to the contract of ``quality.model.Renderer``.

    It renders a report with a good, a bad and an unmeasured source, and one without any source, to a text that
    ends with a newline and is the same each time, and changes nothing.

    Raises:
        AssertionError: With a line per problem.
    """
    problems = list(_problems(renderer))
    if problems:
        name = getattr(renderer, "id", type(renderer).__name__)
        raise AssertionError("\n".join([f"renderer {name!r}:", *problems]))


def _problems(renderer: object) -> Iterator[str]:
    if not isinstance(renderer, Renderer):
        yield "lacks id, description or render"
        return
    if not renderer.id or renderer.id != renderer.id.lower() or not renderer.id.isidentifier():
        yield f"its id should be one word in lower case, got {renderer.id!r}"
    if not renderer.description:
        yield "its description is empty, so --help cannot explain it"
    for report in (_report(_sources()), _report(())):
        untouched = copy.deepcopy(report)
        try:
            text: object = renderer.render(report)
            again = renderer.render(copy.deepcopy(untouched))
        except Exception as error:  # noqa: BLE001 - to be reported, whatever it is
            yield f"raises on a report of {len(report.sources)} sources: {error!r}"
            continue
        if not isinstance(text, str) or not text.endswith("\n"):
            yield f"should return a text that ends with a newline, got {text!r:.40}"
        if text != again:
            yield "renders equal reports to different texts"
        if report != untouched:
            yield "changes the report"


def _report(sources: tuple[SourceReport, ...]) -> Report:
    rule = Rule("example:rule", "Something wrong", "reliability", Severity.ERROR, "It breaks.", "example")
    total = _score("") if sources else _score("", Reason.NO_CODE)
    profile = builtin_profiles()["sample"]
    failed = ("the score is under 99",) if sources else ()
    return Report(
        title="a check",
        total=total,
        sources=sources,
        profile=profile,
        rules={rule.id: rule},
        fail_under=99.0,
        failed=failed,
        versions={"example": "1"},
    )


def _sources() -> tuple[SourceReport, ...]:
    return (
        SourceReport("bad.py", _score("bad.py"), f"x = 1  # {_HOSTILE}\n"),
        SourceReport(f"lost {_HOSTILE.strip()}.py", _score("lost.py", Reason.SYNTAX_ERROR)),
    )


def _score(path: str, reason: Reason | None = None) -> Score:
    if reason is not None:
        return Score(Status.UNMEASURED, "sample", "sha256:0", reason=reason, detail=_HOSTILE, path=path)
    where = Location(path or "bad.py", 1, 1, 1, 2)
    rule = Rule(
        "example:rule", "Something wrong", "reliability", Severity.ERROR, "It breaks.", "example", cwe=78
    )
    return Score(
        Status.MEASURED,
        "sample",
        "sha256:0",
        value=0.5,
        grade="D",
        dimensions={"reliability": 0.5, "complexity": 1.0},
        contributions=(Contribution("reliability", rule.id, 1, 1.0, 0.5, where.path),),
        findings=(Finding.of(rule, _HOSTILE, where),),
        lloc=1,
        path=path,
    )
