"""The rule wrong-file-mode."""

from __future__ import annotations

import ast
from typing import NamedTuple

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import argument, spreads
from quality_rules._held import Held

_READING = frozenset({"read", "readline", "readlines"})
_WRITING = frozenset({"write", "writelines", "truncate"})
#: Functions that read from or write to the file they are given → its place, whether they write, and whether bytes.
_USERS = {
    "json.load": (0, False, None),
    "json.dump": (1, True, False),
    "pickle.load": (0, False, True),
    "pickle.dump": (1, True, True),
    "csv.writer": (0, True, False),
    "csv.DictWriter": (0, True, False),
    "csv.reader": (0, False, False),
    "csv.DictReader": (0, False, False),
    "yaml.safe_load": (0, False, None),
    "tomllib.load": (0, False, True),
}


class _Use(NamedTuple):
    """What is done with a file: whether it is written to, and whether bytes are, as far as that is known."""

    writes: bool
    binary: bool | None


#: What a file is opened for, of which a mode has one.
_KINDS = frozenset("rwax")


class WrongFileMode(AstRule):
    """A file is opened for something else than what is done with it.

    ## What it does
    Reports writing to a file that is opened for reading, reading from one that is opened for writing, and text in a
    file that is opened for bytes, or the other way round.

    ## Why is this bad
    The first read or write raises an error. When it is one that a handler takes for a missing file, nobody sees it.

    ## Example
    ```python
    import pickle

    def save(model, path):
        with open(path, "w") as file:
            pickle.dump(model, file)
    ```

    ## Use instead
    ```python
    import pickle

    def save(model, path):
        with open(path, "wb") as file:
            pickle.dump(model, file)
    ```

    ## References
    - [Python documentation: open](https://docs.python.org/3/library/functions.html#open)
    """

    dimension = "reliability"
    needs = frozenset({"open"})
    severity = Severity.ERROR
    effort = 5

    VALID = (
        Valid("with open(p) as f:\n    x = f.read()"),
        Valid("with open(p, 'r+') as f:\n    x = f.read()\n    f.write(x)", "Both"),
        Valid("with open(p, mode) as f:\n    f.write(x)", "It is decided elsewhere"),
        Valid("with open(p, 'wb') as f:\n    f.write(b'x')"),
        Valid(
            "def g(p, x):\n    f = open(p)\n    y = f.read()\n    f = open(p, 'w')\n    f.write(y)",
            "Two files",
        ),
        Valid("import pickle\n\nwith open(p, 'rb') as f:\n    x = pickle.load(f)"),
        Valid("with path.open() as f:\n    f.write(x)", "Who knows what it opens"),
        Valid("def f(p):\n    with open(p, 'rwx') as f:\n        return f.read()", "No mode"),
        Valid("def f(p):\n    with open(p) as f:\n        return f.read()\n\ndef g(f):\n    f.write('x')"),
    )
    INVALID = (
        Invalid(
            "with open(p) as f:\n    f.write(x)",
            ("2:5-2:15 f is opened for reading, in line 1: open it for what is done with it",),
        ),
        Invalid(
            "log = open(p, 'a')\nfor line in log:\n    print(line)",
            ("2:13-2:16 log is opened for writing, in line 1: open it for what is done with it",),
        ),
        Invalid(
            "import json\n\ndef f(p, x):\n    with open(p, mode='wb') as f:\n        json.dump(x, f)",
            ("5:9-5:24 f is opened for bytes, in line 4: open it for what is done with it",),
        ),
        Invalid(
            "def f(p):\n    with open(p, 'w') as f:\n        f.write(b'x')",
            ("3:9-3:22 f is opened for text, in line 2: open it for what is done with it",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for held in self.facts.derived(Held).all:
            if self.facts.is_builtin(held.made.func, "open"):
                self._check(held.made, held.uses)

    def _check(self, opened: ast.Call, uses: list[ast.Name]) -> None:
        """Reports the first use of a file that the way in which it was opened does not allow."""
        mode = _mode(opened)
        if "+" in mode or len(_KINDS.intersection(mode)) != 1:
            return  # not known, for both, or no mode at all
        for use in uses:
            done = self._use(use)
            wrong = _contradicts(mode, done) if done is not None else ""
            if wrong:
                call = next(a for a in self.facts.ancestors(use) if isinstance(a, ast.Call | ast.For))
                where = use if isinstance(call, ast.For) else call
                self.report(
                    where,
                    f"{use.id} is opened for {wrong}, in line {opened.lineno}: open it for what is done with it",
                )
                return

    def _use(self, name: ast.Name) -> _Use | None:
        """What is done with a file where its name stands."""
        above = self.facts.parent(name)
        if isinstance(above, ast.For | ast.comprehension):
            return (
                _Use(writes=False, binary=None) if above.iter is name and isinstance(above, ast.For) else None
            )
        call = self.facts.parent(above) if isinstance(above, ast.Attribute) else above
        if not isinstance(call, ast.Call):
            return None
        if isinstance(above, ast.Attribute) and call.func is above:
            if above.attr in _WRITING:
                return _Use(writes=True, binary=self._is_binary(call.args[0]) if call.args else None)
            return _Use(writes=False, binary=None) if above.attr in _READING else None
        place, writes, binary = _USERS.get(self.facts.origin(call.func), (-1, False, None))
        handed = place in range(len(call.args)) and call.args[place] is name
        return _Use(writes, binary) if handed else None

    def _is_binary(self, given: ast.expr) -> bool | None:
        """Tells whether what is written is bytes, as far as that is known."""
        known = self.facts.only_value(given)
        if isinstance(known, ast.Constant) and isinstance(known.value, str | bytes):
            return isinstance(known.value, bytes)
        return False if isinstance(known, ast.JoinedStr) else None


def _mode(call: ast.Call) -> str:
    """The mode in which a file is opened; empty where the text does not say."""
    mode = argument(call, 1, "mode")
    if mode is None:
        return "" if spreads(call) else "r"
    return mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else ""


def _contradicts(mode: str, use: _Use) -> str:
    """What a file is opened for, where that is not what is done with it; empty where it is."""
    writable = not {"w", "a", "x"}.isdisjoint(mode)
    if use.writes != writable:
        return "writing" if writable else "reading"
    binary = "b" in mode
    if use.binary is not None and use.binary != binary:
        return "bytes" if binary else "text"
    return ""
