"""The rule looked-up-global."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, parameters, shorten

if TYPE_CHECKING:
    from quality.rules import Facts


class LookedUpGlobal(AstRule):
    """What is called is looked up among all names by a parameter.

    ## What it does
    Reports calls of `globals()[name]`, `globals().get(name)` and `locals()[name]`, where the name is a parameter or is made of one.

    Names that are written out, or come from a loop over written ones, and parameters that are looked for among the names that are
    meant, are fine.

    ## Why is this bad
    Everything in the module can be called that way, imported functions and private ones too: whoever decides on the name decides
    what runs. And no search for a function shows that it is called here. A table says what is meant.

    ## Example
    ```python
    def run(action, service):
        return globals()[action](service)
    ```

    ## Use instead
    ```python
    ACTIONS = {"start": start, "stop": stop}

    def run(action, service):
        return ACTIONS[action](service)
    ```

    ## References
    - [CWE-470: unsafe reflection](https://cwe.mitre.org/data/definitions/470.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 470
    effort = 10
    needs = frozenset({"globals", "locals"})

    VALID = (
        Valid("def f(x):\n    return globals()['g'](x)", "A written name"),
        Valid("def f(x):\n    return TABLE[x]()"),
        Valid(
            "def f(x):\n    if x not in {'a', 'b'}:\n        raise ValueError(x)\n    return globals()[x]()",
            "It is asked before",
        ),
        Valid("def f(x):\n    return globals()[x]", "It is not called"),
        Valid("for name in ('a', 'b'):\n    globals()[name]()", "Written names"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    return globals()[x]()",
            ("2:12-2:26 whoever gives x decides what is called: look it up in a table of what is meant",),
        ),
        Invalid(
            "def f(x):\n    found = globals().get(f'on_{x}')\n    return found(1)",
            ("3:12-3:20 whoever gives x decides what is called: look it up in a table of what is meant",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        function = self.facts.only_value(call.func)
        match function:
            case ast.Subscript(value=names, slice=key):
                pass
            case ast.Call(func=ast.Attribute(value=names, attr="get"), args=[key, *_]):
                pass
            case _:
                return
        if not isinstance(names, ast.Call) or not self.facts.is_builtin(names.func, "globals", "locals"):
            return
        around = self.facts.function(call)
        given = [] if around is None else parameters(around)
        used = self.facts.names_in(self.facts.only_value(key))
        name = next((each for each in given if each in used), "")
        if name and (around, name) not in self.facts.derived(_checked):
            told = f"whoever gives {shorten(name)} decides what is called"
            self.report(call, f"{told}: look it up in a table of what is meant")


def _checked(facts: Facts) -> set[tuple[ast.AST | None, str]]:
    """The names that are looked for among others, each with the function that does so."""
    asked = (node for node in facts.of(ast.Compare) if isinstance(node.ops[0], ast.In | ast.NotIn))
    return {(facts.function(node), node.left.id) for node in asked if isinstance(node.left, ast.Name)}
