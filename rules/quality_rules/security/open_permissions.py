"""The rule open-permissions."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid, last_word
from quality_rules._called import CallRule, argument, is_named
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
_OTHERS_WRITE, _OTHERS_READ, _GROUP_WRITES = 0o002, 0o004, 0o022
#: What new files and folders get where no mode is given, before the mask of the process takes from it.
_USUAL = {"open": 0o666, "mkdir": 0o777, "makedirs": 0o777}
_SECRETIVE = frozenset({"S_IRWXO", "S_IWOTH"})
#: The end of a name that says that it is one of a file.
_OF_FILE = re.compile(r"_?(?:file_?(?:name|path)?|path)$", re.IGNORECASE)
#: Methods that put something into a file, and names of what only its owner should read; no entry's key is written alone.
_WRITING = frozenset({"write", "write_text", "write_bytes"})
_KEYS = re.compile(r"(?:^|_)(?:key|pem|passwd|password|token|secret)$", re.IGNORECASE)
#: Calls that say who may read what is made.
_SAY_WHO = frozenset({"chmod", "fchmod", "umask", "mkstemp", "NamedTemporaryFile"})


class OpenPermissions(CallRule):
    """Everybody on the machine may write a file.

    ## What it does
    Reports modes that let others write, given to `chmod`, `mkdir`, `makedirs`, `os.open` or `mkfifo`, `os.umask(0)`, and
    `chmod` that lets others read where a password or key is at hand. That a file whose name says that it holds a secret is made with
    the rights that files usually have is a note.

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

    dimension = "security"
    cwe = 732
    equivalents = ("bandit:B103",)
    needs = frozenset(_PLACES)

    VALID = (
        Valid("import os\n\nos.chmod(path, 0o755)\nos.umask(0o077)\nos.mkdir(path)"),
        Valid("def f(path):\n    open(path, 'w', 1)", "No mode"),
        Valid(
            "import os\n\nos.open(path, os.O_CREAT, 0o666)\nos.mkdir(path, 0o777)", "The mask takes from it"
        ),
        Valid("import os\n\nmask = os.umask(0)\nos.umask(mask)", "Only to know it"),
        Valid(
            "def f(key):\n    with open(PRIVATE_KEY_FILE, 'w', opener=private) as file:\n        file.write(key)"
        ),
        Valid(
            "def f(key, key_path):\n    with open(key_path, 'w') as file:\n        file.write(key)",
            "A key of any kind",
        ),
        Valid("def f():\n    return open(CREDENTIALS_FILE).read()", "Read"),
        Valid(
            """
            def f(private_key_path, data):
                with open(private_key_path, "wb") as file:
                    os.fchmod(file.fileno(), 0o600)
                    file.write(data)
            """,
            "Said at once",
        ),
    )
    INVALID = (
        Invalid(
            "def f(data):\n    with open(CREDENTIALS_FILE, 'w', encoding='utf-8') as file:\n        json.dump(data, file)",
            ("2:10-2:55 others may read the secret in it: make it with os.open(..., 0o600) as opener",),
        ),
        Invalid(
            "def f(path, private_key):\n    path.write_bytes(private_key)\n    path.chmod(0o644)",
            ("3:5-3:22 everybody may read the secret in it: use 0o600",),
        ),
        Invalid(
            "def f(path, key):\n    with open(path, 'wb') as file:\n        file.write(key)\n    os.chmod(path, 0o644)",
            ("4:5-4:26 everybody may read the secret in it: use 0o600",),
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
        if dotted in {"open", "io.open"}:
            self._check_made(call)
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
        elif word == "chmod" and isinstance(value, int) and not value & _GROUP_WRITES:
            # Others may only read and run it, as they may a program.
            self.clear(call, ("bandit:B103",))

    def _check_made(self, call: ast.Call) -> None:
        """A file of a secret is made as any other."""
        path, mode = argument(call, 0, "file"), self.constant(argument(call, 1, "mode"))
        made = isinstance(mode, str) and mode[:1] in {"w", "x", "a"} and argument(call, -1, "opener") is None
        if path is None or not made or not names_secret(_OF_FILE.sub("", last_word(path))):
            return
        scope = self.facts.within(self.facts.function(call) or self.facts.source.tree)
        if not any(isinstance(node, ast.Call) and last_word(node.func) in _SAY_WHO for node in scope):
            self.report(
                call,
                "others may read the secret in it: make it with os.open(..., 0o600) as opener",
                severity=Severity.NOTE,
                confidence=Confidence.LOW,
            )

    def _keeps_secret(self, call: ast.Call) -> bool:
        """Tells whether the function around is given or names a secret."""
        function = self.facts.function(call)
        names = self.facts.names(function) if function is not None else None
        if names is None or function is None:
            return False
        if any(map(names_secret, [*names.parameters, *names.stores])):
            return True
        written = (node for node in self.facts.within(function) if isinstance(node, ast.Call) and node.args)
        return any(last_word(node.func) in _WRITING and _is_key(node.args[0]) for node in written)

    def _names_others(self, mode: ast.expr) -> bool:
        parts = self.facts.within(mode)
        inverted = any(isinstance(part, ast.UnaryOp) for part in parts)
        return not inverted and any(last_word(p) in _SECRETIVE for p in parts)


def _is_key(node: ast.expr) -> bool:
    """Tells whether a key or password is written, as it is or as a text."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    return _KEYS.search(last_word(node)) is not None
