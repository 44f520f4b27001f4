"""The rule unflushed-file."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, targets_of
from quality_rules._held import Held

if TYPE_CHECKING:
    from quality_rules._held import Holding

_MAKERS = frozenset({"tempfile.NamedTemporaryFile", "tempfile.TemporaryFile"})
#: Methods behind which everything is in the file.
_FLUSHING = frozenset({"close", "flush", "seek", "truncate", "__exit__"})
_WRITING = frozenset({"write", "writelines"})
#: Functions that write to the file they are given behind what they write.
_WRITERS = frozenset({"json.dump", "pickle.dump", "yaml.dump", "yaml.safe_dump", "csv.writer", "print"})
#: As many statements behind a list are looked at for who is given it.
_NEXT = 3
#: Last words of what only tells of a name.
_TELLING = frozenset(
    {"append", "basename", "critical", "debug", "error", "exception", "info", "print", "str", "warning"}
)


class UnflushedFile(AstRule):
    """Others read a file before all of it is written.

    ## What it does
    Reports where the name of a temporary file is handed to a function, behind what was written to it, while it is
    open and nothing has flushed it.

    ## Why is this bad
    What was written is still in the memory of the program. Whoever opens the file by its name finds the end missing, or
    nothing, and short texts never get there in time.

    ## Example
    ```python
    import subprocess
    import tempfile

    def render(text):
        with tempfile.NamedTemporaryFile("w", suffix=".dot") as file:
            file.write(text)
            subprocess.run(["dot", "-Tpng", "-O", file.name], check=True)
    ```

    ## Use instead
    ```python
    import subprocess
    import tempfile

    def render(text):
        with tempfile.NamedTemporaryFile("w", suffix=".dot") as file:
            file.write(text)
            file.flush()
            subprocess.run(["dot", "-Tpng", "-O", file.name], check=True)
    ```

    ## References
    - [Python documentation: IOBase.flush](https://docs.python.org/3/library/io.html#io.IOBase.flush)
    """

    dimension = "reliability"
    needs = frozenset({"NamedTemporaryFile", "TemporaryFile"})
    severity = Severity.ERROR
    effort = 5

    VALID = (
        Valid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile() as f:\n    f.write(x)\n    f.flush()\n    run(f.name)"
        ),
        Valid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile() as f:\n    f.write(x)\nrun(f.name)",
            "Closed",
        ),
        Valid(
            "import tempfile\n\ndef f(x):\n    out = tempfile.NamedTemporaryFile(delete=False)\n    with out:\n        out.write(x)\n    load(out.name)",
            "So it is here",
        ),
        Valid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile() as f:\n    run(f.name)\n    f.write(x)",
            "Before",
        ),
        Valid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile(buffering=0) as f:\n    f.write(x)\n    run(f.name)",
            "Written at once",
        ),
        Valid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile() as f:\n    f.write(x)\n    print(f.name)\n    path = f.name",
            "Nobody opens it",
        ),
    )
    INVALID = (
        Invalid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile('w') as f:\n    json.dump(x, f)\n    load(f.name)",
            ("5:10-5:16 f is not flushed: what is written to it may not be there yet",),
        ),
        Invalid(
            "import tempfile\n\nwith tempfile.NamedTemporaryFile('w') as f:\n    f.write(x)\n    command = ['cat', f.name]\n    run(command)",
            ("5:23-5:29 f is not flushed: what is written to it may not be there yet",),
        ),
        Invalid(
            "import tempfile\n\ndef f(x):\n    out = tempfile.NamedTemporaryFile()\n    out.write(x)\n    load(['-f', out.name])",
            ("6:17-6:25 out is not flushed: what is written to it may not be there yet",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for held in self.facts.derived(Held).all:
            buffered = all(keyword.arg != "buffering" for keyword in held.made.keywords)
            if buffered and self.facts.origin(held.made.func) in _MAKERS:
                self._check(held)

    def _check(self, held: Holding) -> None:
        """Reports the first use of the name of a file behind what is written to it, while it is not flushed."""
        written = False
        for use in held.uses:
            above = self.facts.parent(use)
            if isinstance(above, ast.withitem):
                return  # which closes it
            if not isinstance(above, ast.Attribute):
                written |= self._writes(above)
            elif above.attr in _FLUSHING:
                return
            elif written and above.attr == "name" and self._is_handed(above):
                self.report(above, f"{held.name} is not flushed: what is written to it may not be there yet")
                return
            else:
                written |= above.attr in _WRITING

    def _writes(self, given: ast.AST | None) -> bool:
        call = self.facts.parent(given) if isinstance(given, ast.keyword) else given
        return isinstance(call, ast.Call) and self.facts.origin(call.func) in _WRITERS

    def _is_handed(self, name: ast.Attribute) -> bool:
        """Tells whether a function is given the name of a file, by itself or in a list, and may open it."""
        for above in self.facts.ancestors(name):
            match above:
                case ast.Call(func=ast.Name(id=word) | ast.Attribute(attr=word)):
                    return word not in _TELLING
                case ast.Assign() | ast.AnnAssign():
                    return any(
                        isinstance(target, ast.Name) and self._is_argument(target)
                        for target in targets_of(above)
                    )
                case ast.List() | ast.Tuple() | ast.JoinedStr() | ast.FormattedValue() | ast.keyword():
                    continue
            return False
        return False

    def _is_argument(self, name: ast.Name) -> bool:
        """Tells whether a function is given what a name holds, by one of the next statements."""
        statement = self.facts.statement(name)
        following = self.facts.rest(statement) if isinstance(statement, ast.stmt) else ()
        calls = (
            part
            for each in following[:_NEXT]
            for part in self.facts.within(each)
            if isinstance(part, ast.Call)
        )
        return any(
            isinstance(given, ast.Name) and given.id == name.id for call in calls for given in call.args
        )
