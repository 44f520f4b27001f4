"""Fills the documentation with what the program itself says, so that the two cannot differ.

What stands between ``<!-- begin: NAME -->`` and ``<!-- end -->`` is what the function ``PARTS[NAME]`` returns. The
build fills it in, a test compares it, and ``python docs/hooks/generate.py`` writes it into the pages. Every rule that
is documented in its own file gets a page of the site.
"""

from __future__ import annotations

import difflib
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quality.cli._app import app
from quality.model import Limits
from quality.plugins import find_plugins, load_plugins
from quality.profiles import builtin_profiles
from quality.rules import rule_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from quality.model import Peers, Rule
    from quality.plugins import Plugins
    from quality.rules import Fix

_PART = re.compile(r"(<!-- begin: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_PAGES = Path(__file__).parents[1]
_CARDS = _PAGES.parent / "quality" / "audit" / "data"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the catalogue and the pages of the rules."""
    from mkdocs.structure.files import File  # the pages can be filled in without mkdocs

    files.append(File.generated(config, "catalogue/index.md", content=catalogue()))
    for rule in _documented():
        files.append(File.generated(config, f"catalogue/{_page(rule)}", content=rule_page(rule)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fills in the generated parts."""
    del page, config, files
    return fill(markdown)


def fill(markdown: str) -> str:
    """Replaces the generated parts of a page.

    Raises:
        KeyError: A page asks for a part that does not exist.
    """
    return _PART.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]().strip()}\n\n{part[3]}", markdown)


@cache
def _plugins() -> Plugins:
    return load_plugins([entry for entry in find_plugins() if entry.distribution == "quality"])


def _documented() -> list[Rule]:
    return [rule for rule in _plugins().rules.values() if rule.documentation]


def _page(rule: Rule) -> str:
    return f"{rule.id.replace(':', '-')}.md"


def catalogue() -> str:
    """All rules by analyzer."""
    lines = [
        "# Rules",
        "",
        "Every rule that a built-in analyzer can report. `quality rules --profile NAME` lists those that a profile",
        "enables, and `quality explain RULE` shows one.",
    ]
    analyzers = sorted({rule.analyzer for rule in _plugins().rules.values()})
    for analyzer in analyzers:
        rules = [rule for rule in _plugins().rules.values() if rule.analyzer == analyzer]
        lines += ["", f"## {analyzer}: {len(rules)} rules", ""]
        lines += _table(("rule", "what", "dimension", "severity", "minutes"), map(_row, rules))
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> tuple[str, ...]:
    name = f"[`{rule.id}`]({_page(rule)})" if rule.documentation else f"`{rule.id}`"
    title = rule.title.replace("|", "\\|").replace("<", "&lt;")
    return (name, title, rule.dimension, rule.severity.value, str(rule.effort))


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    cells = [list(map(str, head)), *(list(map(str, row)) for row in rows)]
    yield f"| {' | '.join(cells[0])} |"
    yield f"|{'---|' * len(cells[0])}"
    for row in cells[1:]:
        yield f"| {' | '.join(row)} |"


def _lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    return "\n".join(_table(head, rows))


def commands() -> str:
    """The help of every command."""
    names = app.context_settings["help_option_names"]
    top = click.Context(
        app, info_name="quality", max_content_width=100, terminal_width=100, help_option_names=names
    )
    return "\n".join(f"## {each.command_path}\n\n```text\n{each.get_help()}\n```\n" for each in _below(top))


def _below(group: click.Context) -> Iterator[click.Context]:
    """The commands of a group, each followed by its own."""
    if isinstance(group.command, click.Group):
        for name in group.command.list_commands(group):
            command = group.command.get_command(group, name)
            if command is not None:
                own = click.Context(command, parent=group, info_name=name)
                yield own
                yield from _below(own)


def dimensions() -> str:
    """Dimensions with weights and half-points, by profile."""
    profiles = builtin_profiles()
    halves = {
        name: {each.id: each.half_points for each in profile.dimensions} for name, profile in profiles.items()
    }
    return _lines(
        ("dimension", "what is judged", "weight", *(f"half-point in {name}" for name in profiles)),
        (
            (
                each.title,
                each.description,
                f"{each.weight:g}",
                *(_half(halves[name][each.id]) for name in profiles),
            )
            for each in profiles["sample"].dimensions
        ),
    )


def _half(points: float | None) -> str:
    return "by units" if points is None else f"{points:g}"


def curves() -> str:
    """Anchors of the curves, by table."""
    tables = {profile.calibration.name: profile.calibration for profile in builtin_profiles().values()}
    return _lines(
        ("table", "metric", "scores 0.9 at", "scores 0.5 at", "exponent"),
        (
            (table.name, f"`{metric}`", f"{curve.p90:g}", f"{curve.p50:g}", f"{curve.exponent:g}")
            for table in tables.values()
            for metric, curve in table.curves.items()
        ),
    )


def points() -> str:
    """Points and confidence factors, by table."""
    table = builtin_profiles()["sample"].calibration
    dearest = sorted(table.points.items(), key=lambda entry: -entry[1])
    surest = sorted(table.confidence.items(), key=lambda entry: -entry[1])
    severities = [(f"severity {name}", f"{value:g} point{'s' * (value != 1)}") for name, value in dearest]
    confidences = [(f"confidence {name}", f"× {value:g}") for name, value in surest]
    return _lines(("of a finding", "worth"), [*severities, *confidences])


def grades() -> str:
    """Bounds of the grades, by profile."""
    profiles = builtin_profiles()
    names = list(next(iter(profiles.values())).calibration.grades)
    return _lines(
        ("profile", *names),
        (
            (name, *(f"≥ {profile.calibration.grades[grade]:g}" for grade in names))
            for name, profile in profiles.items()
        ),
    )


def profiles() -> str:
    """The built-in profiles."""
    return _lines(
        ("profile", "sealed", "table", "description"),
        (
            (f"`{name}`", "yes" if profile.sealed else "no", profile.calibration.name, profile.description)
            for name, profile in builtin_profiles().items()
        ),
    )


def limits() -> str:
    """What is refused, with the reason's word."""
    values = Limits()
    meanings = {
        "characters": "characters of text",
        "lines": "physical lines",
        "line_length": "characters in a line",
        "brackets": "brackets inside brackets",
        "nodes": "nodes of the syntax tree",
        "depth": "levels of the syntax tree",
        "branches": "handlers or cases of one statement outside functions",
        "lineage": "classes in a line of inheritance",
        "ancestors": "ways from a class up through those of its text",
    }
    return _lines(
        ("limit", "most", "of"),
        (
            (f"`{name.replace('_', '-')}`", f"{getattr(values, name):,}", what)
            for name, what in meanings.items()
        ),
    )


def fixes() -> str:
    """The fixes, with an example of each."""
    found = sorted(_plugins().observers.fixes().values(), key=lambda fix: (not fix.safe, fix.id))
    return "\n\n".join(
        f"### {fix.id}\n\n{fix.title} {'Safe' if fix.safe else 'Unsafe'}. Rules: "
        f"{', '.join(f'`{rule}`' for rule in fix.rules)}.\n\n"
        f"```diff\n{_difference(*_example(fix))}\n```"
        for fix in found
    )


def _example(fix: Fix) -> tuple[str, str]:
    """Code before and after a fix: its first case, or the first of its rules that says what becomes of it."""
    if fix.cases:
        return fix.cases[0].before, fix.cases[0].after
    checkers = [_plugins().rules[rule].checker for rule in fix.rules]
    cases = (case for checker in checkers for case in getattr(checker, "INVALID", ()) if case.fixed)
    return next((case.code, case.fixed) for case in cases)


def _difference(before: str, after: str) -> str:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return "\n".join(line.rstrip() for line in lines if not line.startswith("?"))


def formats() -> str:
    """The report formats."""
    return _lines(
        ("format", "is"), ((f"`{each.id}`", each.description) for each in _plugins().renderers.values())
    )


def metrics() -> str:
    """The metrics of the built-in analyzers."""
    return _lines(
        ("metric", "what", "unit"),
        ((f"`{each.id}`", each.title, each.unit) for each in _plugins().metrics.values()),
    )


def card() -> str:
    """The committed card, without its title."""
    return (_CARDS / "card.md").read_text("utf-8").partition("\n")[2]


def figures() -> str:
    """The sets of the committed card with the score, the control and each analyzer, and its other figures."""
    written = json.loads((_CARDS / "card.json").read_text("utf-8"))
    sets = written["sets"]
    known = dict.fromkeys(judge for judges in sets.values() for judge in judges)
    others = [each for each in known if each == "shorter (LLOC)" or each.endswith(" alone")]
    chosen = {each["name"]: each for each in written["figures"]}
    rows = [
        (
            name,
            judges["score"]["pairs"],
            _with_interval(chosen[f"set {name}: better side wins"]),
            _with_interval(chosen[f"set {name}: inverted"]),
            *(f"{judges[other]['wins']:.0%} / {judges[other]['inverted']:.0%}" for other in others),
        )
        for name, judges in sets.items()
    ]
    rest = [
        (each["section"], each["name"], _with_interval(each), each["better"])
        for each in written["figures"]
        if not each["name"].startswith("set ")
        and (": largest" not in each["name"] or "all families" in each["name"])
    ]
    head = (
        "set",
        "pairs",
        "score: better side wins",
        "inverted",
        *(f"{each}: wins / inverted" for each in others),
    )
    return f"{_lines(head, rows)}\n\n{_lines(('', 'figure', 'value', 'better'), rest)}"


def _with_interval(figure: dict[str, float]) -> str:
    value = _short(figure["value"])
    if figure["low"] == figure["high"]:
        return value
    return f"{value} [{_short(figure['low'])}, {_short(figure['high'])}]"


def _short(value: float) -> str:
    if abs(value) >= 10:  # noqa: PLR2004 - three digits
        return f"{value:.0f}"
    return f"{round(value, 3) + 0.0:.3f}".rstrip("0").rstrip(".")


def fit() -> str:
    """Distances of left-out projects and spreads among functions of one size, by table."""
    tables = {profile.calibration.name: profile.calibration for profile in builtin_profiles().values()}
    return _lines(
        ("table", "metric", "all functions", "same size", "intercept", "slope", "sigma", "least"),
        (
            (
                table.name,
                f"`{metric}`",
                f"{found.reference:.3f}",
                "" if found.peers is None else f"{found.peers:.3f}",
                *_spread(table.peers.get(metric)),
            )
            for table in tables.values()
            for metric, found in table.fit.items()
        ),
    )


def _spread(peers: Peers | None) -> tuple[str, ...]:
    if peers is None:
        return ("", "", "", "")
    return tuple(f"{each:g}" for each in (peers.intercept, peers.slope, peers.sigma, peers.least))


PARTS: dict[str, Callable[[], str]] = {
    "card": card,
    "commands": commands,
    "curves": curves,
    "dimensions": dimensions,
    "figures": figures,
    "fixes": fixes,
    "fit": fit,
    "formats": formats,
    "grades": grades,
    "limits": limits,
    "metrics": metrics,
    "points": points,
    "profiles": profiles,
}


if __name__ == "__main__":
    for _path in [*sorted(_PAGES.glob("*.md")), _PAGES.parent / "README.md"]:
        _path.write_text(fill(_path.read_text("utf-8")), "utf-8")
