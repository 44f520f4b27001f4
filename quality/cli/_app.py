"""The command group. Each command's module is imported when it is used."""

from __future__ import annotations

import difflib
import errno
import importlib
import io
import os
import sys
from typing import ClassVar

import click

from quality import __version__

#: Exit codes: fine, the gate failed, wrong call or configuration, the host failed.
FINE, GATE, USAGE, HOST = 0, 1, 2, 3
#: What shells expect of a program that was interrupted.
INTERRUPTED = 130
#: Longer than any first sentence.
_SENTENCE = 200
#: What the system says of a path that whoever called has to choose anew.
_UNUSABLE = frozenset({errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ELOOP, errno.EROFS})


class Group(click.Group):
    """Lists its commands with the whole first sentence of each."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list; click's own cuts sentences off."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, each.get_short_help_str(limit=_SENTENCE)) for name, each in commands if each]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class LazyGroup(Group):
    """Knows where its commands live without importing them."""

    homes: ClassVar[dict[str, str]] = {
        "audit": "quality.cli._audit",
        "calibrate": "quality.cli._calibrate",
        "check": "quality.cli._check",
        "compare": "quality.cli._compare",
        "explain": "quality.cli._explain",
        "filter": "quality.cli._select",
        "fix": "quality.cli._fix",
        "pairs": "quality.cli._select",
        "plugins": "quality.cli._catalogue",
        "profiles": "quality.cli._catalogue",
        "rank": "quality.cli._select",
        "report": "quality.cli._check",
        "rewards": "quality.cli._rewards",
        "rules": "quality.cli._catalogue",
        "schema": "quality.cli._schema",
        "score": "quality.cli._score",
        "serve": "quality.cli._serve",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, sorted."""
        return sorted(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Imports the command's module."""
        home = self.homes.get(cmd_name)
        if home is None:
            return None
        command: click.Command = getattr(importlib.import_module(home), f"{cmd_name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Says what a wrong name was meant to be: click knows only commands that are imported."""
        near = difflib.get_close_matches(args[0], self.homes, n=1)
        if near and near[0] != args[0]:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; where the reader of its output has enough, it is done: click calls that a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            close_pipe()
            return FINE


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", prog_name="quality", message="%(prog)s %(version)s")
def app() -> None:
    """How good is this Python code? One calibrated score, every lost point explained."""


def run(arguments: list[str] | None = None) -> int:
    """Runs the command; every error becomes a message and an exit code, never a traceback."""
    _open_streams()
    try:
        code = app.main(args=arguments, prog_name="quality", standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the outermost guard
        return _explain(error)
    return code if isinstance(code, int) else FINE


def tell(message: str) -> None:
    """Says something on standard error. Names in it may be hostile: what does not show is spelled out."""
    click.echo(shown(message), err=True)


def shown(text: str) -> str:
    """Lines for a terminal: no character of theirs reaches it as a command."""
    from quality.model import visible

    return "\n".join("\t".join(map(visible, line.split("\t"))) for line in text.split("\n"))


def _open_streams() -> None:
    """Puts something in the place of standard streams that the caller closed: the next file would get it.

    Results are UTF-8, as in files; a terminal gets what it can show, and the rest spelled out.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def close_pipe() -> None:
    """Lets go of a standard output whose reader has enough: what is buffered cannot be written any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _give_up_output() -> None:
    """Lets go of a standard output that takes no more: the interpreter would try again at its end, and fail then."""
    try:
        sys.stdout.flush()
    except OSError:
        close_pipe()


def _explain(error: BaseException) -> int:
    """Says what went wrong and returns the exit code for it."""
    from quality.model import QualityError  # 'quality --version' needs no model

    debug = bool(os.environ.get("QUALITY_DEBUG"))

    code, message = HOST, ""
    match error:
        case click.exceptions.Exit():
            code = error.exit_code
        case click.ClickException():
            code = USAGE
            error.show()
        case QualityError() if not (debug and error.__cause__):
            code, message = error.exit_code, str(error)
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EIO):
            _give_up_output()
            code, message = USAGE, f"the output cannot be written: {error.strerror}."
        case OSError() if error.errno in _UNUSABLE and error.filename is not None:
            named = os.fsdecode(error.filename)
            code, message = USAGE, f"{named} cannot be used: {error.strerror}. Check the path."
        case FileNotFoundError() if _is_nowhere():
            code, message = USAGE, "the working directory does not exist any more. Change to one that does."
        case click.Abort() | KeyboardInterrupt():
            code, message = INTERRUPTED, "interrupted"
        case Exception() if not debug:
            message = (
                f"internal error ({type(error).__name__}: {error}). "
                "Run again with QUALITY_DEBUG=1 in the environment and report what it prints."
            )
        case _:
            raise error
    if message:
        tell(f"quality: {message}")
    return code


def _is_nowhere() -> bool:
    """Tells whether the working directory was deleted."""
    try:
        os.getcwd()  # noqa: PTH109 - asked for what it raises
    except FileNotFoundError:
        return True
    return False
