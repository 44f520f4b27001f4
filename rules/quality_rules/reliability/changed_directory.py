"""The rule changed-directory."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid, last_word

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

#: Functions that are there for it, or that run the whole program.
_FOR_IT = re.compile(
    r"chdir|cwd|pushd|popd|workdir|working_dir|director|^_?cd$|main|daemon|__enter__|__exit__|restore|reset|setup|teardown|setUp|tearDown"
)
#: Functions that start a command.
_COMMANDS = frozenset(
    {
        *("subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output"),
        *("subprocess.Popen", "subprocess.getoutput", "os.system", "os.popen"),
    }
)


class ChangedDirectory(AstRule):
    """A function changes the working directory of the process to start a command there, and leaves it so.

    ## What it does
    Reports `os.chdir()` in a function that starts a command behind it, without `cwd=`, and does not change it back where it
    ends, by `finally` or by a context manager.

    Functions whose names say that they change directories, `main`, and tests, are fine.

    ## Why is this bad
    The directory belongs to the whole process. Paths of the caller that were right before lead elsewhere now, and threads get in
    each other's way. Commands take the directory with `cwd=`, and a path can say where it is.

    ## Example
    ```python
    import os
    import subprocess

    def changed_files(repository):
        os.chdir(repository)
        return subprocess.check_output(["git", "status", "--porcelain"])
    ```

    ## Use instead
    ```python
    import subprocess

    def changed_files(repository):
        return subprocess.check_output(["git", "status", "--porcelain"], cwd=repository)
    ```

    ## References
    - [Python documentation: contextlib.chdir](https://docs.python.org/3/library/contextlib.html#contextlib.chdir)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    needs = frozenset({"chdir"})
    effort = 5

    VALID = (
        Valid("import os\n\nos.chdir(path)", "A script's own"),
        Valid(
            "import os\n\ndef f(path):\n    old = os.getcwd()\n    os.chdir(path)\n    try:\n        os.system('g')\n    finally:\n        os.chdir(old)",
            "Changed back",
        ),
        Valid("import os\n\ndef main():\n    os.chdir(path)\n    os.system('g')", "The program's own"),
        Valid("import os\n\ndef f(path):\n    os.chdir(path)\n    g()", "What it is for is not seen"),
        Valid("import contextlib\n\ndef f(path):\n    with contextlib.chdir(path):\n        os.system('g')"),
        Valid(
            "import os\n\ndef f(path, stack):\n    stack.callback(os.chdir, os.getcwd())\n    os.chdir(path)\n    os.system('g')",
            "Changed back later",
        ),
    )
    INVALID = (
        Invalid(
            "import os\nimport subprocess\n\nclass Git:\n    def branch(self):\n        os.chdir(self.path)\n        return subprocess.getoutput('git branch')",
            ("6:9-6:28 branch() leaves the process in another directory: give the command cwd=",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test"

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if _FOR_IT.search(function.name):
            return
        nodes = self.facts.within(function)[1:]
        calls = [
            node
            for node in nodes
            if isinstance(node, ast.Call)
            and self.facts.origin(node.func) == "os.chdir"
            and self.facts.function(node) is function
        ]
        named = [
            node
            for node in nodes
            if isinstance(node, ast.Attribute | ast.Name) and last_word(node) == "chdir"
        ]
        # One that is not called is called later, by who changes it back.
        started = any(map(self._starts, nodes))
        if calls and started and len(named) == len(calls) and not any(map(self._is_in_the_end, calls)):
            self.report(
                calls[0],
                f"{function.name}() leaves the process in another directory: give the command cwd=",
            )

    def _starts(self, node: ast.AST) -> bool:
        """Tells whether a node starts a command in the working directory of the process."""
        if not isinstance(node, ast.Call) or any(keyword.arg == "cwd" for keyword in node.keywords):
            return False
        return self.facts.origin(node.func) in _COMMANDS

    def _is_in_the_end(self, call: ast.Call) -> bool:
        """Tells whether a call stands in a ``finally``, or behind the ``yield`` of a context manager."""
        below: ast.AST = call
        for above in self.facts.ancestors(call):
            if isinstance(above, ast.Try) and below in above.finalbody:
                return True
            if is_function(above):
                return bool(self.facts.inside(above, ast.Yield))
            below = above
        return False
