"""``quality fix``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quality.cli._app import FINE, GATE, shown, tell
from quality.cli._options import Source, TreeJudging, config_options, gathered, profile_option, run_options
from quality.cli._output import write_result
from quality.model import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.project import FixedFile


@click.command("fix")
@click.argument("paths", nargs=-1, type=Source(path_type=Path))
@click.option("--unsafe", is_flag=True, help="Also fix where the program may then behave differently.")
@click.option(
    "--diff", "only_show", is_flag=True, help="Write nothing; exit with 1 when there is something to fix."
)
@click.option(
    "--select", "rules", multiple=True, metavar="RULE", help="Fix findings of this rule only. Repeatable."
)
@profile_option(None)
@run_options
@config_options
@gathered("judging", TreeJudging)
def fix_command(
    *, paths: tuple[Path, ...], unsafe: bool, only_show: bool, rules: tuple[str, ...], judging: TreeJudging
) -> int:
    """Fixes findings in files and folders and prints what it changed as a diff.

    Formatting and comments stay. A fix is kept only when the code still parses, keeps all its comments and scores
    no lower; what a comment suppresses is left alone. Exits with 1 when a file could not be fixed.
    """
    from quality.project import FixOptions, fix

    roots = paths or (Path(),)
    options = FixOptions(unsafe, rules, judging.profile, judging.jobs, judging.timeout)
    files = fix(roots, judging.settings(roots[0]), options)
    lost = [f"{file.path}: {file.problem}" for file in files if file.problem]
    changed = [file for file in files if file.diff]
    done: list[FixedFile] = []
    for file in changed:
        # A terminal shows what changed; for programs the diff is that of the bytes.
        write_result(shown(file.diff.replace("\r\n", "\n")) if sys.stdout.isatty() else file.diff, None)
        if not only_show:
            try:
                file.write()
            except OSError as error:
                lost.append(f"{file.path}: cannot be written: {error.strerror or error}")
                continue
        done.append(file)
    for line in lost:
        tell(f"quality: {line}")
    tell(_summary(files, done, only_show=only_show))
    return GATE if lost or (only_show and changed) else FINE


def _summary(files: Sequence[FixedFile], changed: Sequence[FixedFile], *, only_show: bool) -> str:
    applied = sum((Counter(file.applied) for file in changed), Counter[str]())
    verb = "could fix" if only_show else "fixed"
    parts = ", ".join(f"{name} {count}" for name, count in sorted(applied.items()))
    text = (
        f"{verb} {counted(applied.total(), 'finding')} in {len(changed):,} of {counted(len(files), 'file')}"
    )
    left = sum(file.unsafe for file in files)
    more = f"; {left} more with --unsafe" if left else ""
    return f"{text}{f' ({parts})' if parts else ''}{more}"
