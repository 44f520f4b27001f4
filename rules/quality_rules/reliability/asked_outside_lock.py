"""The rule asked-outside-lock."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name
from quality_rules.reliability._locks import locks


class AskedOutsideLock(AstRule):
    """What is made once is asked for before the lock is held, and not again.

    ## What it does
    Reports an `if` that asks whether an attribute, a name or an entry is missing, around nothing but a `with` block that holds a
    lock and sets it, when nothing in the block asks again.

    A question inside of the lock, alone or a second time, is fine.

    ## Why is this bad
    Two threads find that it is missing. One waits for the lock, and then makes it a second time and throws the first away, with
    whatever others have put into it.

    ## Example
    ```python
    def connection(self):
        if self._connection is None:
            with self._lock:
                self._connection = connect()
        return self._connection
    ```

    ## Use instead
    ```python
    def connection(self):
        with self._lock:
            if self._connection is None:
                self._connection = connect()
        return self._connection
    ```

    ## References
    - [Double-checked locking](https://en.wikipedia.org/wiki/Double-checked_locking)
    - [CWE-367: time-of-check time-of-use race condition](https://cwe.mitre.org/data/definitions/367.html)
    """

    dimension = "reliability"
    needs = frozenset({ast.With, ast.AsyncWith})
    cwe = 367
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            """
            def f(self):
                if self.a is None:
                    with self.lock:
                        if self.a is None:
                            self.a = make()
                return self.a
            """,
            "It asks again",
        ),
        Valid("def f(self):\n    with self.lock:\n        if not self.a:\n            self.a = make()"),
        Valid(
            "def f(self):\n    if not self.a:\n        with self.file:\n            self.a = make()",
            "No lock",
        ),
        Valid("def f(self, b):\n    if b is None:\n        with self.lock:\n            self.a = make()"),
        Valid("def f(a):\n    if a is None:\n        with lock:\n            a = make()", "Its own"),
    )
    INVALID = (
        Invalid(
            "def f(self):\n    if not self.a:\n        with self._lock:\n            self.a = make()",
            ("2:8-2:18 self.a may be set when the lock is held: ask again, or only there",),
        ),
        Invalid(
            "def f(key):\n    if key not in CACHE:\n        with LOCK:\n            CACHE[key] = make(key)\n    return CACHE[key]",
            ("2:8-2:24 CACHE may be set when the lock is held: ask again, or only there",),
        ),
    )

    def visit_If(self, branch: ast.If) -> None:
        match branch.body:
            case [ast.With() | ast.AsyncWith() as block] if any(map(locks, block.items)):
                pass
            case _:
                return
        asked = _asked(branch.test)
        shown = dotted_name(asked) if asked is not None else ""
        if not shown or (isinstance(asked, ast.Name) and self._is_local(asked)):
            return
        inside = self.facts.within(block)
        sets = any(_sets(node, shown) for node in inside)
        asks = any(
            isinstance(node, ast.If | ast.IfExp | ast.While | ast.BoolOp | ast.Compare) for node in inside
        )
        if sets and not asks:
            self.report(branch.test, f"{shown} may be set when the lock is held: ask again, or only there")

    def _is_local(self, name: ast.Name) -> bool:
        """Tells whether a name is one of the function's own, which no other thread can set."""
        function = self.facts.function(name)
        if function is None:
            return False
        names = self.facts.names(function)
        return name.id in names.parameters or (name.id in names.stores and name.id not in names.shared)


def _asked(test: ast.expr) -> ast.expr | None:
    """What a condition says is missing: ``not x``, ``x is None``, ``key not in x``."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=asked):
            return asked
        case ast.Compare(left=asked, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return asked
        case ast.Compare(ops=[ast.NotIn()], comparators=[asked]):
            return asked
    return None


def _sets(node: ast.AST, shown: str) -> bool:
    """Tells whether a node puts something into a place, or under a key of it."""
    if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript) or not isinstance(node.ctx, ast.Store):
        return False
    return dotted_name(node.value if isinstance(node, ast.Subscript) else node) == shown
