"""The rule absolute-part-joined."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid

_JOINS = frozenset({"os.path.join", "posixpath.join"})
_PATHS = frozenset({"pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath"})


class AbsolutePartJoined(AstRule):
    """A path begins anew in the middle.

    ## What it does
    Reports parts behind the first of `os.path.join`, `Path(…)`, `joinpath` and `path / part` whose text begins with `/`.

    The first part may be absolute.

    ## Why is this bad
    An absolute part throws away all that stands before it: `os.path.join("/srv/app", "/data")` is `/data`. The program reads
    and writes in another place than it says.

    ## Example
    ```python
    import os

    def page(root, name):
        return os.path.join(root, "/pages", name)
    ```

    ## Use instead
    ```python
    import os

    def page(root, name):
        return os.path.join(root, "pages", name)
    ```

    ## References
    - [Python documentation: os.path.join](https://docs.python.org/3/library/os.path.html#os.path.join)
    """

    dimension = "reliability"
    effort = 1
    needs = frozenset({"join", "joinpath", "path", "pathlib", "Path"})

    VALID = (
        Valid("import os\n\nprint(os.path.join('/srv', 'data'), '/'.join(names), ', '.join(['/a', '/b']))"),
        Valid("import os\n\nprint(os.path.join(root, part), os.path.join(root, ''), 6 / 2)"),
        Valid("from pathlib import Path\n\nprint(Path('/srv') / 'data')"),
    )
    INVALID = (
        Invalid(
            "from os import path\n\ndef f(root, name):\n    return path.join(root, f'/data/{name}')",
            ("4:28-4:43 the path begins anew here, and what stands before is dropped: leave the / out",),
        ),
        Invalid(
            "from pathlib import Path\n\nDATA = '/data'\nprint(Path('srv') / DATA, Path('a', '/b').joinpath('/c'))",
            (
                "4:21-4:25 the path begins anew here, and what stands before is dropped: leave the / out",
                "4:37-4:41 the path begins anew here, and what stands before is dropped: leave the / out",
                "4:52-4:56 the path begins anew here, and what stands before is dropped: leave the / out",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        origin = self.facts.origin(call.func)
        if origin in _JOINS or origin in _PATHS:
            self._check(call.args[1:])
        elif isinstance(call.func, ast.Attribute) and call.func.attr == "joinpath":
            self._check(call.args)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Div):
            self._check([node.right])

    def _check(self, parts: list[ast.expr]) -> None:
        for part in parts:
            text = _beginning(self.facts.only_value(part))
            if text.startswith("/"):
                self.report(
                    part, "the path begins anew here, and what stands before is dropped: leave the / out"
                )


def _beginning(text: ast.expr) -> str:
    """What is written out at the beginning of a text."""
    while True:
        match text:
            case ast.JoinedStr(values=[first, *_]):
                text = first
            case ast.BinOp(op=ast.Add() | ast.Mod(), left=first):
                text = first
            case ast.Call(func=ast.Attribute(value=first, attr="format")):
                text = first
            case ast.Constant(value=str(written)):
                return written
            case _:
                return ""
