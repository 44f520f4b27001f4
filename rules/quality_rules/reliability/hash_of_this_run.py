"""The rule hash-of-this-run."""

from __future__ import annotations

import ast

from quality.model import Confidence, is_function
from quality.rules import AstRule, Invalid, Valid, is_text

#: Builtins that make a text of anything.
_MAKING = ("str", "repr", "ascii", "format")
#: Builtins that a hash goes through and stays what it is.
_SHOWING = ("str", "hex", "abs", "format", "repr")


class HashOfThisRun(AstRule):
    """The hash of a text is given to others.

    ## What it does
    Reports `hash()` of a text, such as `hash(str(data))`, that a function returns.

    `__hash__`, and what classes that have one compute for it, are fine.

    ## Why is this bad
    Python adds a random number to the hashes of texts in each run. As a fingerprint or the key of a stored entry the number is
    another one after a restart and in each other process; and it has few digits, so that two texts may share it.

    ## Example
    ```python
    def cache_key(parameters):
        return hash(str(parameters))
    ```

    ## Use instead
    ```python
    import hashlib
    import json

    def cache_key(parameters):
        return hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()
    ```

    ## References
    - [Python documentation: PYTHONHASHSEED](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({"hash"})

    VALID = (
        Valid("class A:\n    def __hash__(self):\n        return hash(str(self))"),
        Valid(
            "class A:\n    def __hash__(self):\n        return self.f()\n\n    def f(self):\n        return hash(str(self))"
        ),
        Valid("def f(x):\n    return hash((x.a, x.b))", "Numbers have the same each time"),
        Valid("def f(a, b):\n    return hash(str(a)) == hash(str(b))", "Within one run"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    return str(abs(hash(repr(x))))",
            ("2:20-2:33 the hash of a text is another one in each run: use hashlib",),
        ),
        Invalid(
            "def f(x):\n    key = hash(f'{x.a} {x.b}')\n    return key",
            ("2:11-2:31 the hash of a text is another one in each run: use hashlib",),
        ),
    )

    def visit_Return(self, node: ast.Return) -> None:
        value = node.value if node.value is None else self.facts.only_value(node.value)
        while isinstance(value, ast.Call) and self.facts.is_builtin(value.func, *_SHOWING) and value.args:
            value = self.facts.only_value(value.args[0])
        if not isinstance(value, ast.Call) or not self.facts.is_builtin(value.func, "hash") or not value.args:
            return
        if self._is_text(value.args[0]) and not self._is_for_hash(node):
            self.report(value, "the hash of a text is another one in each run: use hashlib")

    def _is_text(self, hashed: ast.expr) -> bool:
        made = self.facts.only_value(hashed)
        called = isinstance(made, ast.Call) and self.facts.is_builtin(made.func, *_MAKING)
        return called or isinstance(made, ast.JoinedStr) or is_text(made)

    def _is_for_hash(self, node: ast.AST) -> bool:
        """Tells whether a statement stands in a class that says what its hash is."""
        function = self.facts.function(node)
        owner = None if function is None else self.facts.class_of(function)
        return owner is not None and any(is_function(each) and each.name == "__hash__" for each in owner.body)
