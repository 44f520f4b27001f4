"""The rule idle-override."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid, body_of, dotted_name, parameters
from quality_rules._substance import Nature, SilentText
from quality_rules.structure._idleness import Idleness

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: What changes how the overridden method is called, or what comes of it.
_SEEN = (
    ast.Try,
    ast.With,
    ast.AsyncWith,
    ast.Raise,
    ast.Assert,
    ast.Yield,
    ast.YieldFrom,
    ast.Global,
    ast.Starred,
)


class IdleOverride(AstRule):
    """A method only calls the method that it overrides.

    ## What it does
    Reports methods that hand their arguments to the same method of `super()` and do nothing else of use, whatever
    else stands there: messages, names that nobody reads, conditions that always hold.

    Methods that hand on something else than they get are fine, and so are those with other defaults or decorators.

    ## Why is this bad
    Without the method the class does the same. The reader looks for the difference.

    ## Example
    ```python
    class Orange(Fruit):
        def __init__(self, weight):
            print("made")
            super().__init__(weight)
    ```

    ## Use instead
    ```python
    class Orange(Fruit):
        pass
    ```

    ## References
    - [pylint: useless-parent-delegation](https://pylint.readthedocs.io/en/stable/user_guide/messages/warning/useless-parent-delegation.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 2
    equivalents = ("pylint:useless-parent-delegation",)

    needs = frozenset({"super"})

    VALID = (
        Valid(
            "class A(B):\n    def __eq__(self, other):\n        return self.x == other.x\n\n"
            "    def __hash__(self):\n        return super().__hash__()",
            "Without it there is none beside __eq__",
        ),
        Valid("class A(B):\n    def f(self):\n        return super(B, self).f()", "It leaves a class out"),
        Valid("class A(B):\n    def __init__(self, x):\n        super().__init__(x, True)"),
        Valid("class A(B):\n    def __init__(self, x):\n        super().__init__(x)\n        self.x = x"),
        Valid("class A(B):\n    def __init__(self, x=3):\n        super().__init__(x)", "Another default"),
        Valid("class A(B):\n    @cached\n    def f(self):\n        return super().f()"),
        Valid(
            "import warnings\n\nclass A(B):\n    def f(self):\n        warnings.warn('old')\n        super().f()",
            "It warns",
        ),
        Valid(
            "class A(B):\n    def __init__(self, x, y):\n        super().__init__(x)", "It drops an argument"
        ),
        Valid("class A(B):\n    def __init__(self, *x):\n        super().__init__(*x)", "Other arguments"),
        Valid("class A(B):\n    def close(self):\n        if self.open:\n            super().close()"),
    )
    INVALID = (
        Invalid(
            """
            class A(B):
                def __init__(self):
                    done = False
                    super(A, self).__init__()
            """,
            ("2:5-2:24 __init__() only calls the method that it overrides: remove it",),
        ),
        Invalid(
            """
            class A(B):
                def close(self):
                    print("closing")
                    super().close()
            """,
            ("2:5-2:21 close() only calls the method that it overrides: remove it",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        text = self.facts.derived(SilentText)
        for unit in self.facts.derived(Idleness).units:
            if not is_function(unit) or unit.decorator_list or unit.args.defaults or unit.args.kw_defaults:
                continue
            judged = text.judge(unit)
            if (
                judged.hands_up
                and judged.nature < Nature.FORM
                and self._is_plain(unit)
                and not self._is_needed(unit)
            ):
                message = f"{unit.name}() only calls the method that it overrides: remove it"
                self.report(unit, message)

    def _is_plain(self, function: FunctionNode) -> bool:
        """Tells whether a method hands on all that it gets, as it came, and nothing else is seen of it outside."""
        own = parameters(function)[1:]
        inside = [node for part in body_of(function) for node in self.facts.within(part)]
        if any(isinstance(node, _SEEN) or self._is_warning(node) for node in inside):
            return False
        stored = {n.id for n in inside if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
        read = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        answers = [node.value for node in inside if isinstance(node, ast.Return) and node.value is not None]
        return stored.isdisjoint(own) and read.issuperset(own) and all(map(_is_handing, answers))

    def _is_needed(self, function: FunctionNode) -> bool:
        """Tells whether it hands on to another class than the next, or keeps what a method beside it would take away."""
        owner = self.facts.class_of(function)
        named = {
            dotted_name(call.args[0])
            for call in self.facts.within(function)
            if isinstance(call, ast.Call) and call.args and self.facts.is_builtin(call.func, "super")
        }
        skips = owner is not None and not named <= {owner.name, "__class__", "type"}
        # A class with an __eq__ of its own has no __hash__ unless it says so.
        compares = owner is not None and any(
            is_function(each) and each.name == "__eq__" for each in owner.body
        )
        return skips or (function.name == "__hash__" and compares)

    def _is_warning(self, node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and self.facts.origin(node.func).partition(".")[0] == "warnings"


def _is_handing(answer: ast.expr) -> bool:
    """Tells whether an answer is that of a method of ``super()``."""
    above = (
        answer.func.value if isinstance(answer, ast.Call) and isinstance(answer.func, ast.Attribute) else None
    )
    return isinstance(above, ast.Call) and isinstance(above.func, ast.Name) and above.func.id == "super"
