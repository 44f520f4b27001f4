"""What tests say of a path."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality_rules._flow._values import Harm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow._proofs import Proof
    from quality_rules._flow._run import Run

#: Signs in paths that have a name.
_SIGNS = {"os.pardir": "..", "os.path.pardir": "..", "os.sep": "/", "os.path.sep": "/"}


def leaves_no_folder(run: Run, subject: ast.expr) -> Iterator[Proof]:
    """A path that was taken apart does not begin with ``..``."""
    relative = isinstance(subject, ast.Call) and run.origin(subject.func) == "os.path.relpath"
    if relative or run.seen(subject).tag == "normal":
        yield subject, int(Harm.PATH), relative


def path_sign(run: Run, node: ast.expr) -> str:
    """A constant text, or one of the signs in paths that have a name; empty for anything else."""
    if isinstance(node, ast.Constant):
        text = str(node.value)
        return text[:2] if text in {"../", "..\\"} else text
    return _SIGNS.get(run.origin(node), "")


def is_last_part(run: Run, node: ast.expr, function: str) -> bool:
    """Tells whether an expression is the last part of a path."""
    named = isinstance(node, ast.Attribute) and node.attr == "name" and run.seen(node.value).tag == "path"
    return named or function == "os.path.basename"
