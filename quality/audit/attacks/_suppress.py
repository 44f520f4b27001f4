"""Directives that ask tools to look away."""

from __future__ import annotations

from quality.audit._trees import behind_each_statement
from quality.audit.attacks._attack import Family

FAMILY = Family("suppress", "Directives that ask tools to look away.")


@FAMILY.text()
def noqa_on_each_line(code: str) -> str:
    """Puts '# noqa' behind every statement."""
    return behind_each_statement(code, "  # noqa")


@FAMILY.text()
def nosec_on_each_line(code: str) -> str:
    """Puts '# nosec' behind every statement."""
    return behind_each_statement(code, "  # nosec")


@FAMILY.text()
def type_ignore_on_each_line(code: str) -> str:
    """Puts '# type: ignore' behind every statement."""
    return behind_each_statement(code, "  # type: ignore")


@FAMILY.text()
def pylint_disable_on_each_line(code: str) -> str:
    """Puts '# pylint: disable=all' behind every statement."""
    return behind_each_statement(code, "  # pylint: disable=all")


@FAMILY.text()
def look_alikes_on_each_line(code: str) -> str:
    """Puts directives with no-break spaces and odd cases behind every statement."""
    return behind_each_statement(code, "  #\u00a0NoQA\u00a0#NOSEC #pylint:\u00a0disable=all")


@FAMILY.text()
def everything_on_each_line(code: str) -> str:
    """Puts the directives of six tools behind every statement."""
    return behind_each_statement(
        code, "  # noqa # nosec # pylint: disable=all # type: ignore # pragma: no cover"
    )


@FAMILY.text()
def pylint_categories(code: str) -> str:
    """Switches pylint's categories off for the file."""
    return f"# pylint: disable=C,R,W,E,F\n{code}"


@FAMILY.text()
def pylint_skip_file(code: str) -> str:
    """Asks pylint to skip the file."""
    return f"# pylint: skip-file\n{code}"


@FAMILY.text()
def file_wide(code: str) -> str:
    """Switches flake8, ruff, mypy and pyright off for the file."""
    head = "# flake8: noqa\n# ruff: noqa\n# ruff: file-ignore[ALL]\n# mypy: ignore-errors\n# pyright: basic\n"
    return head + code


@FAMILY.text()
def off_and_on(code: str) -> str:
    """Brackets the file with 'off' and 'on' for formatters and ruff."""
    return f"# fmt: off\n# isort: skip_file\n# ruff: disable[ALL]\n{code}\n# ruff: enable[ALL]\n# fmt: on\n"


@FAMILY.text()
def disable_next(code: str) -> str:
    """Puts 'disable-next' before every top-level line."""
    lines = code.split("\n")
    starts = ("def ", "class ", "import ", "from ")
    return "\n".join(
        f"# pylint: disable-next=all\n{line}" if line.startswith(starts) else line for line in lines
    )
