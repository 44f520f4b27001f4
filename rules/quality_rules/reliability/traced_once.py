"""The rule traced-once."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: What compiles a function by tracing it → what prints in one.
_TRACERS = {
    "tensorflow.function": "tf.print()",
    "jax.jit": "jax.debug.print()",
    "jax.pmap": "jax.debug.print()",
}
_KEEPERS = frozenset({"append", "extend", "insert", "add", "update", "setdefault"})


class TracedOnce(AstRule):
    """A function that is traced does something that happens only while it is traced.

    ## What it does
    Reports `print()`, additions to lists and the like of outside, and names of outside that are bound anew, in functions under
    `@tf.function` and `@jax.jit`; and `tf.Variable` that is made there on every call.

    ## Why is this bad
    Python runs such a function once for each kind of arguments, to see which operations it comes to. Later calls run these
    alone: nothing is printed, kept or counted any more. A variable that is made anew raises an error.

    ## Example
    ```python
    import jax

    history = []

    @jax.jit
    def step(weights, gradient):
        history.append(weights)
        return weights - 0.1 * gradient
    ```

    ## Use instead
    ```python
    import jax

    @jax.jit
    def step(weights, gradient):
        return weights - 0.1 * gradient

    def train(weights, gradients):
        history = []
        for gradient in gradients:
            weights = step(weights, gradient)
            history.append(weights)
        return history
    ```

    ## References
    - [TensorFlow guide: better performance with tf.function](https://www.tensorflow.org/guide/function)
    - [JAX documentation: the sharp bits](https://docs.jax.dev/en/latest/notebooks/Common_Gotchas_in_JAX.html)
    """

    dimension = "reliability"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    effort = 15
    needs = frozenset({"function", "jit", "pmap"})

    VALID = (
        Valid("import tensorflow as tf\n\n@tf.function\ndef f(x):\n    tf.print(x)\n    parts = []\n    parts.append(x)\n    return parts"),
        Valid("import jax\n\ndef f(x):\n    print(x)\n    return jax.jit(g)(x)", "It is not traced itself"),
        Valid(
            "import tensorflow as tf\n\nclass A(tf.Module):\n    @tf.function\n    def f(self):\n        if self.n is None:\n            self.n = tf.Variable(0)\n        return self.n.assign_add(1)",
            "Made in the first call alone",
        ),
        Valid("import jax\n\n@jax.jit\ndef f(x):\n    return x.at[0].add(1)", "An operation"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import tensorflow as tf\n\n@tf.function\ndef f(x):\n    print('loss', x)\n    return tf.Variable(x)",
            (
                "5:5-5:21 print() runs only while f() is traced: use tf.print()",
                "6:12-6:26 f() makes a variable in every call, which raises ValueError: make it once, outside",
            ),
        ),
        Invalid(
            "import functools\nimport jax\n\ncalls = 0\nseen = []\n\n@functools.partial(jax.jit, static_argnums=0)\ndef f(n, x):\n    global calls\n    calls += 1\n    seen.append(x)\n    return x * n",
            (
                "9:5-9:17 calls is bound only while f() is traced: return it",
                "11:5-11:19 seen is changed only while f() is traced: return what it is to hold",
            ),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is something that traces."""
        return not {"tensorflow", "jax"}.isdisjoint(facts.words)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        tracer = next((name for name in map(self._tracer, function.decorator_list) if name), "")
        if not tracer:
            return
        for statement in function.body:
            for node in self.facts.within(statement):
                if self.facts.function(node) is function:
                    self._look(node, function, tracer)

    def _tracer(self, decorator: ast.expr) -> str:
        """What compiles a function, if a decorator does."""
        if isinstance(decorator, ast.Call):
            if self.facts.origin(decorator.func) == "functools.partial" and decorator.args:
                return self._tracer(decorator.args[0])
            decorator = decorator.func
        origin = self.facts.origin(decorator)
        return origin if origin in _TRACERS else ""

    def _look(self, node: ast.AST, function: FunctionNode, tracer: str) -> None:
        name = function.name
        if isinstance(node, ast.Global | ast.Nonlocal):
            self.report(node, f"{node.names[0]} is bound only while {name}() is traced: return it")
        elif not isinstance(node, ast.Call):
            return
        elif self.facts.is_builtin(node.func, "print"):
            self.report(node, f"print() runs only while {name}() is traced: use {_TRACERS[tracer]}")
        elif self.facts.origin(node.func) == "tensorflow.Variable":
            if not self._is_asked(node, function):
                self.report(
                    node,
                    f"{name}() makes a variable in every call, which raises ValueError: make it once, outside",
                    severity=Severity.ERROR,
                )
        elif isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPERS:
            self._look_at_kept(node, node.func, function)

    def _look_at_kept(self, call: ast.Call, method: ast.Attribute, function: FunctionNode) -> None:
        owner = method.value
        names = self.facts.names(function)
        if not isinstance(owner, ast.Name) or not isinstance(self.facts.parent(call), ast.Expr):
            return
        outside = owner.id not in names.parameters and owner.id not in names.stores
        if outside and owner.id not in self.facts.imports:
            told = f"{owner.id} is changed only while {function.name}() is traced: return what it is to hold"
            self.report(call, told)

    def _is_asked(self, node: ast.AST, function: FunctionNode) -> bool:
        """Tells whether something is done under a condition."""
        above = self.facts.ancestors(node)
        return any(
            isinstance(each, ast.If | ast.IfExp) and self.facts.contains(function, each) for each in above
        )
