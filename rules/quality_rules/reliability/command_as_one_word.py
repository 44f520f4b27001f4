"""The rule command-as-one-word."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence, Severity, cached_property
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, is_off, spreads

#: Windows takes a command in one text.
_OF_WINDOWS = re.compile(
    r"\.exe|\.bat|\\|^\s{0,9}(?:cmd|taskkill|powershell|start|reg|wmic|net|sc)\b|\s/[A-Za-z]\b", re.IGNORECASE
)


class CommandAsOneWord(CallRule):
    """A program is looked for whose name is a whole command line.

    ## What it does
    Reports `subprocess.run` and the like with a command and its arguments in one text, and without a shell.

    Commands of Windows, which takes them so, are fine.

    ## Why is this bad
    Without a shell nobody takes the text apart. There is no program of that name, and the call raises
    FileNotFoundError.

    ## Example
    ```python
    import subprocess

    def log(count):
        subprocess.run(f"git log -n {count}", check=True)
    ```

    ## Use instead
    ```python
    import subprocess

    def log(count):
        subprocess.run(["git", "log", "-n", str(count)], check=True)
    ```

    ## References
    - [Python documentation: Popen](https://docs.python.org/3/library/subprocess.html#subprocess.Popen)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({"run", "call", "check_call", "check_output", "Popen"})

    VALID = (
        Valid("import subprocess\n\nsubprocess.run('ls -l', shell=True)", "With a shell"),
        Valid("import subprocess\n\nsubprocess.run('ls')", "Its name"),
        Valid("import subprocess\n\nsubprocess.run(['ls', '-l'])"),
        Valid("import subprocess\n\nsubprocess.run('taskkill /F /T', check=True)", "Windows takes it"),
        Valid("import subprocess\n\nsubprocess.run('ls -l', **options)", "Given elsewhere"),
        Valid("import subprocess\n\nsubprocess.run('ls -l', shell=use_shell)", "Decided elsewhere"),
        Valid("import subprocess, sys\n\nif sys.platform == 'win32':\n    subprocess.run('dir -x')"),
    )
    INVALID = (
        Invalid(
            "import subprocess\n\nsubprocess.check_output('ls -l', shell=False)",
            ("3:25-3:32 there is no program of this name: give it and its arguments as a list",),
        ),
        Invalid(
            "import subprocess\n\ndef f(host):\n    command = 'ping ' + host\n    return subprocess.call(command)",
            ("5:28-5:35 there is no program of this name: give it and its arguments as a list",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        command = argument(call, 0, "args")
        if command is None or not dotted.startswith("subprocess.") or self._is_split(call):
            return
        text = self._text(self.facts.only_value(command))
        if re.search(r"\S ", text) and not _OF_WINDOWS.search(text):
            self.report(command, "there is no program of this name: give it and its arguments as a list")

    def _is_split(self, call: ast.Call) -> bool:
        """Tells whether somebody else may take the text of a command apart."""
        switches = (argument(call, -1, name) for name in ("shell", "executable"))
        given = any(switch is not None and not is_off(switch) for switch in switches)
        return given or spreads(call) or self._is_for_windows

    @cached_property
    def _is_for_windows(self) -> bool:
        return self.source.mentions("win32", "Windows", "os.name")

    def _text(self, command: ast.expr) -> str:
        """What is written out of a command, from its beginning."""
        match command:
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                return text
            case ast.BinOp(op=ast.Add(), left=left) | ast.BinOp(op=ast.Mod(), left=left):
                return self._text(left)
            case ast.Call(func=ast.Attribute(value=owner, attr="format")):
                return self._text(owner)
            case ast.Constant(value=str(text)):
                return text
        return ""
