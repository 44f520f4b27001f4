"""Code to measure with: the standard library, and what the user fetched."""

from __future__ import annotations

import ast
import gzip
import json
import re
import sysconfig
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from quality.audit._trees import functions, strip_comments
from quality.model import count_statements, dedented, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.audit._problems import Problems

#: Where the code of a package stands that is not its own, or not for use.
_LEFT_OUT = re.compile(
    r"(^|/)(tests?|testing|_?vendor(ed)?|examples?|docs?|site-packages|__pycache__|\.[^/]*)(/|$)"
)
#: Most characters of a file that is read for its functions.
_LARGEST = 200_000
#: Statements of a function worth measuring with.
_SIZES = range(6, 60)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of code.

    Attributes:
        id: Where it comes from, the same on every machine.
        code: Its text.
        spoilt: Whether smells were put into it.
    """

    id: str
    code: str
    spoilt: bool = False


@dataclass(frozen=True, slots=True)
class Data:
    """What a folder of the user's holds.

    Attributes:
        tasks: Solutions of programming tasks that pass their tests (HumanEval).
        messages: Folders ``.../messages/<letter>/<message>`` of pylint's documentation.
        packages: Functions of packages.
    """

    tasks: tuple[Piece, ...] = ()
    messages: tuple[Path, ...] = ()
    packages: tuple[Piece, ...] = ()


def read_data(folder: Path, problems: Problems) -> Data:
    """Looks for HumanEval, pylint's documentation and packages in a folder.

    HumanEval is any ``HumanEval.jsonl.gz``; the documentation is any folder ``doc/data/messages``; packages are
    the folders in ``packages/``.

    Args:
        folder: What ``--data`` names.
        problems: Gets what cannot be used.
    """
    if not folder.is_dir():
        problems.add(folder, "is no folder")
        return Data()
    tasks = [task for file in sorted(folder.rglob("HumanEval.jsonl.gz")) for task in _tasks(file, problems)]
    messages = [
        message for root in sorted(folder.rglob("doc/data/messages")) for message in sorted(root.glob("?/*"))
    ]
    packages = [
        piece for root in sorted(folder.glob("packages/*")) for piece in package_functions(root, problems)
    ]
    if not (tasks or messages or packages):
        problems.add(folder, "holds no HumanEval.jsonl.gz, no doc/data/messages and no packages/")
    return Data(tuple(tasks), tuple(messages), tuple(packages))


@lru_cache(maxsize=1)
def library_functions() -> tuple[Piece, ...]:
    """Functions of the running interpreter's standard library, in a fixed order."""
    root = Path(sysconfig.get_path("stdlib"))
    return tuple(
        piece
        for file in sorted(root.glob("*.py"))
        if not file.name.startswith("_")
        for piece in _functions_of(file, f"stdlib/{file.name}")
    )


@lru_cache(maxsize=1)
def library_modules(largest: int = 12_000) -> tuple[Piece, ...]:
    """Whole modules of the standard library up to a number of characters."""
    root = Path(sysconfig.get_path("stdlib"))
    files = (file for file in sorted(root.glob("*.py")) if not file.name.startswith("_"))
    texts = ((file.name, _text(file)) for file in files)
    pieces = (
        Piece(f"stdlib/{name}", strip_comments(text)) for name, text in texts if text and len(text) <= largest
    )
    return tuple(piece for piece in pieces if (tree := parsed(piece.code)) and len(functions(tree)) > 1)


def package_functions(root: Path, problems: Problems) -> Iterator[Piece]:
    """Functions of a package's folder."""
    files = [
        file for file in sorted(root.rglob("*.py")) if not _LEFT_OUT.search(file.relative_to(root).as_posix())
    ]
    if not files:
        problems.add(root, "holds no Python source")
    for file in files:
        yield from _functions_of(file, f"{root.name}/{file.relative_to(root).as_posix()}")


def _functions_of(file: Path, name: str) -> Iterator[Piece]:
    text = _text(file)
    tree = parsed(text)
    if tree is None:
        return
    lines = text.split("\n")
    for function in functions(tree):
        if count_statements(function) not in _SIZES:
            continue
        first = min([function.lineno, *(each.lineno for each in function.decorator_list)])
        code = dedented(lines[first - 1 : function.end_lineno])
        if parsed(code) is not None:
            yield Piece(f"{name}:{function.name}:{function.lineno}", strip_comments(code))


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError:
        return ""
    return "" if len(data) > _LARGEST else data.decode("utf-8", "replace").replace("\r\n", "\n")


def _tasks(file: Path, problems: Problems) -> list[Piece]:
    tasks: list[Piece] = []
    try:
        with gzip.open(file, "rb") as lines:
            for number, line in enumerate(lines, 1):
                task = _task(line)
                if task is None:
                    problems.add(
                        f"{file}:{number}", "is no task with 'task_id', 'prompt' and 'canonical_solution'"
                    )
                else:
                    tasks.append(task)
    except (OSError, EOFError, zlib.error) as error:
        problems.add(file, f"cannot be read ({error})")
    return tasks


def _task(line: bytes) -> Piece | None:
    try:
        entry = json.loads(line)
        code = strip_comments(entry["prompt"] + entry["canonical_solution"])
        return Piece(str(entry["task_id"]), code) if _is_code(code) else None
    except (ValueError, TypeError, KeyError):
        return None


def _is_code(code: str) -> bool:
    return isinstance(parsed(code), ast.Module)
