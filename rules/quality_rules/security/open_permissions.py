"""The rule open-permissions."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import Invalid, Valid, last_word
from quality_rules.security._called import CallRule, argument, is_named
from quality_rules.security._secrets import names_secret

_PLACES = {
    "chmod": 1,
    "fchmod": 1,
    "lchmod": 1,
    "mkdir": 1,
    "makedirs": 1,
    "mkfifo": 1,
    "open": 2,
    "umask": 0,
}
#: Others may write, or read.
_OTHERS_WRITE, _OTHERS_READ = 0o002, 0o004
#: What new files and folders get where no mode is given, before the mask of the process takes from it.
_USUAL = {"open": 0o666, "mkdir": 0o777, "makedirs": 0o777}
_SECRETIVE = frozenset({"S_IRWXO", "S_IWOTH"})


class OpenPermissions(CallRule):
    """Everybody on the machine may write a file.

    ## What it does
    Reports modes that let others write, given to `chmod`, `mkdir`, `makedirs`, `os.open` or `mkfifo`, `os.umask(0)`, and
    `chmod` that lets others read where a password or key is at hand.

    ## Why is this bad
    Any program and user of the machine can change what is in the file, which may be run or believed.

    ## Example
    ```python
    import os

    os.chmod(path, 0o777)
    ```

    ## Use instead
    ```python
    import os

    os.chmod(path, 0o700)
    ```

    ## References
    - [CWE-732: incorrect permissions of a critical resource](https://cwe.mitre.org/data/definitions/732.html)
    """

    cwe = 732
    equivalents = ("bandit:B103",)
    words = frozenset(_PLACES)

    VALID = (
        Valid("import os\n\nos.chmod(path, 0o755)\nos.umask(0o077)\nos.mkdir(path)"),
        Valid("def f(path):\n    open(path, 'w', 1)", "No mode"),
        Valid(
            "import os\n\nos.open(path, os.O_CREAT, 0o666)\nos.mkdir(path, 0o777)", "The mask takes from it"
        ),
        Valid("import os\n\nmask = os.umask(0)\nos.umask(mask)", "Only to know it"),
    )
    INVALID = (
        Invalid(
            "def f(path, private_key):\n    path.write_bytes(private_key)\n    path.chmod(0o644)",
            ("3:5-3:22 everybody may read the secret in it: use 0o600",),
        ),
        Invalid(
            "from pathlib import Path\n\nPath('x').chmod(0o666)",
            ("3:1-3:23 everybody may write it: give rights to the owner only",),
        ),
        Invalid(
            "def f(path):\n    os.chmod(path, stat.S_IRWXU | stat.S_IRWXO)",
            ("2:5-2:48 everybody may write it: give rights to the owner only",),
        ),
        Invalid(
            "def f(path):\n    return os.open(path, os.O_CREAT | os.O_WRONLY, 0o777)",
            ("2:12-2:58 everybody may write it: give rights to the owner only",),
        ),
        Invalid(
            "import os\n\nos.umask(0)",
            ("3:1-3:12 new files may be written by everybody: use os.umask(0o077)",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        owner, _, word = dotted.rpartition(".")
        if word in {"open", "umask", "fchmod", "lchmod", "mkfifo", "makedirs"} and not is_named(owner, "os"):
            return
        place = _PLACES[word] if is_named(owner, "os") else 0
        mode = argument(call, place, "mode")
        value = self.constant(mode)
        if word == "umask":
            kept = not isinstance(self.facts.parent(call), ast.Expr)
            if value == 0 and value is not False and not kept:
                self.report(call, "new files may be written by everybody: use os.umask(0o077)")
            return
        if word == "chmod" and isinstance(value, int) and value & _OTHERS_READ and self._keeps_secret(call):
            self.report(call, "everybody may read the secret in it: use 0o600", confidence=Confidence.LOW)
            return
        written = isinstance(value, int) and bool(value & _OTHERS_WRITE) and value != _USUAL.get(word)
        if mode is not None and (written or self._names_others(mode)):
            self.report(call, "everybody may write it: give rights to the owner only")

    def _keeps_secret(self, call: ast.Call) -> bool:
        """Tells whether the function around is given or names a secret."""
        function = self.facts.function(call)
        names = self.facts.names(function) if function is not None else None
        return names is not None and any(map(names_secret, [*names.parameters, *names.stores]))

    def _names_others(self, mode: ast.expr) -> bool:
        parts = self.facts.within(mode)
        inverted = any(isinstance(part, ast.UnaryOp) for part in parts)
        return not inverted and any(last_word(p) in _SECRETIVE for p in parts)
