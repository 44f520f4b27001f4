"""The rule predictable-temporary-file."""

from __future__ import annotations

import ast

from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_named

_MESSAGE = "another user can put a file or link there first: use tempfile.NamedTemporaryFile or mkdtemp"
#: Where everybody may write.
_FOLDERS = ("/tmp/", "/var/tmp/")  # noqa: S108 - looked for, not used
_WRITING = frozenset("wax+")


class PredictableTemporaryFile(CallRule):
    """A temporary file gets a name that others can guess or take.

    ## What it does
    Reports `tempfile.mktemp`, and files opened for writing under `/tmp`, `/var/tmp` or `tempfile.gettempdir()` whose
    name the code chooses.

    ## Why is this bad
    Everybody may write to that folder. A link of that name leads the program to overwrite another file, and a file
    that is there already is believed.

    ## Example
    ```python
    with open("/tmp/report.txt", "w") as file:
        file.write(text)
    ```

    ## Use instead
    ```python
    import tempfile

    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write(text)
    ```

    ## References
    - [CWE-377: insecure temporary file](https://cwe.mitre.org/data/definitions/377.html)
    """

    dimension = "security"
    cwe = 377
    equivalents = ("bandit:B108", "bandit:B306")
    needs = frozenset({"mktemp", "open", "write_text", "write_bytes"})

    VALID = (
        Valid("import tempfile\n\ntempfile.mkstemp()"),
        Valid("open('/tmp/socket')", "Only read"),
        Valid("open('/templates/x', 'w')", "Another folder"),
    )
    INVALID = (
        Invalid(
            "import tempfile\n\nname = tempfile.mktemp()",
            (
                "3:8-3:25 another user can put a file or link there first: use tempfile.NamedTemporaryFile or mkdtemp",
            ),
        ),
        Invalid(
            "def f(rows):\n    path = Path('/tmp/rows.txt')\n    path.write_text(rows)",
            (
                "3:5-3:26 another user can put a file or link there first: use tempfile.NamedTemporaryFile or mkdtemp",
            ),
        ),
        Invalid(
            "def f(user):\n    path = f'/tmp/{user}.log'\n    return open(path, 'a')",
            (
                "3:12-3:27 another user can put a file or link there first: use tempfile.NamedTemporaryFile or mkdtemp",
            ),
        ),
        Invalid(
            "def f():\n    return open(os.path.join(tempfile.gettempdir(), 'x'), mode='w')",
            (
                "2:12-2:68 another user can put a file or link there first: use tempfile.NamedTemporaryFile or mkdtemp",
            ),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted in {"tempfile.mktemp", "mktemp"} and "mktemp" not in {f.name for f in self.facts.functions}:
            self.report(call, _MESSAGE)
        elif isinstance(call.func, ast.Attribute) and call.func.attr.startswith("write_"):
            if self._is_temporary(call.func.value):
                self.report(call, _MESSAGE)
        elif dotted in {"open", "io.open", "codecs.open"}:
            mode = argument(call, 1, "mode")
            text = mode.value if isinstance(mode, ast.Constant) else ""
            path = argument(call, 0, "file")
            if (
                isinstance(text, str)
                and not _WRITING.isdisjoint(text)
                and path is not None
                and self._is_temporary(path)
            ):
                self.report(call, _MESSAGE)

    def _is_temporary(self, node: ast.expr) -> bool:
        for part in self.facts.within(self.facts.only_value(node))[:60]:
            written = self.facts.only_value(part) if isinstance(part, ast.Name) else part
            if isinstance(written, ast.Constant) and isinstance(written.value, str):
                return f"{written.value}/".startswith(_FOLDERS)
            if isinstance(part, ast.Call) and is_named(self.facts.origin(part.func), "tempfile.gettempdir"):
                return True
        return False
