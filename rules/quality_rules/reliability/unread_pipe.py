"""The rule unread-pipe."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid

_READING = frozenset({"communicate", "stdout", "stderr"})


class UnreadPipe(AstRule):
    """A program is waited for, and nobody reads what it writes.

    ## What it does
    Reports `wait()` of a program that was started with `stdout=PIPE` or `stderr=PIPE`, where nothing is read before.

    Programs that are asked with `communicate`, or whose output is read first, are fine.

    ## Why is this bad
    A pipe holds some 64 kilobytes. When it is full, the program waits for a reader, and the reader for the program: both
    wait for ever. It works as long as there is little to write.

    ## Example
    ```python
    import subprocess

    def output(command):
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        process.wait()
        return process.stdout.read()
    ```

    ## Use instead
    ```python
    import subprocess

    def output(command):
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    ```

    ## References
    - [Python documentation: Popen.wait](https://docs.python.org/3/library/subprocess.html#subprocess.Popen.wait)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({"Popen"})

    VALID = (
        Valid(
            "import subprocess\n\ndef f(c):\n    p = subprocess.Popen(c, stdout=subprocess.PIPE)\n    text = p.communicate()[0]\n    p.wait()\n    return text"
        ),
        Valid(
            "import subprocess\n\ndef f(c):\n    p = subprocess.Popen(c, stdout=subprocess.PIPE)\n    for line in p.stdout:\n        print(line)\n    return p.wait()"
        ),
        Valid(
            "import subprocess\n\ndef f(c):\n    p = subprocess.Popen(c, stdin=subprocess.PIPE)\n    return p.wait()",
            "It is written to",
        ),
        Valid(
            "import subprocess\n\ndef f(c):\n    p = subprocess.Popen(c, stdout=subprocess.PIPE)\n    drain(p)\n    return p.wait()",
            "Somebody else may read it",
        ),
    )
    INVALID = (
        Invalid(
            "from subprocess import PIPE, Popen\n\ndef f(c):\n    p = Popen(c, stderr=PIPE)\n    return p.wait(), p.stderr.read()",
            ("5:12-5:20 the program waits for ever when the pipe is full: read it with communicate()",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        method = call.func
        if (
            not isinstance(method, ast.Attribute)
            or method.attr != "wait"
            or not isinstance(method.value, ast.Name)
        ):
            return
        started = self.facts.only_value(method.value)
        function = self.facts.function(call)
        if function is None or not self._has_pipe(started):
            return
        uses = self.facts.names(function).loads[method.value.id]
        before = [
            use
            for use in uses
            if (use.lineno, use.col_offset) < (method.value.lineno, method.value.col_offset)
        ]
        if not any(map(self._may_read, before)):
            self.report(call, "the program waits for ever when the pipe is full: read it with communicate()")

    def _has_pipe(self, started: ast.expr) -> bool:
        if not isinstance(started, ast.Call) or self.facts.origin(started.func) != "subprocess.Popen":
            return False
        return any(
            each.arg in {"stdout", "stderr"} and self.facts.origin(each.value) == "subprocess.PIPE"
            for each in started.keywords
        )

    def _may_read(self, use: ast.Name) -> bool:
        """Tells whether a use reads what the program writes, or hands the program to somebody else."""
        above = self.facts.parent(use)
        return not isinstance(above, ast.Attribute) or above.attr in _READING
