"""The rule message-chain."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    from quality.rules import Facts

#: What a mock answers with is set through the whole way.
_PRETENDED = frozenset({"return_value", "side_effect"})
#: Methods without arguments that give the same kind of thing back, or belong to values.
_VALUES = re.compile(
    r"strip|lstrip|rstrip|lower|upper|title|split|splitlines|copy|keys|values|items|"
    r"encode|decode|read|readlines|all|first|last|isoformat|date|time|casefold|mean|"
    r"sum|max|min|sort_values|reset_index|flatten|ravel|T|shape|resolve|parent|"
    r"total_seconds|now|year|month|day|objects|query|__class__|__name__|__dict__"
)


class MessageChain(AstRule):
    """A long chain of objects is walked to reach one.

    ## What it does
    Reports chains of many attributes and calls without arguments, such as `order.customer.address.country.code`.

    Modules, methods of values such as `strip()`, and calls with arguments (a builder) are fine.

    ## Why is this bad
    The code knows the way through four classes, and breaks when any of them changes. The first object should answer
    the question itself.

    ## Example
    ```python
    def tax(order):
        return order.get_customer().get_address().get_country().get_tax_rate()
    ```

    ## Use instead
    ```python
    def tax(order):
        return order.tax_rate()
    ```

    ## References
    - [Refactoring: hide delegate](https://refactoring.com/catalog/hideDelegate.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    effort = 15

    fewest_links = Setting(4, "Fewest links of a chain; self is none, calls but one count twice.", minimum=2)

    needs = frozenset({ast.Attribute})

    VALID = (
        Valid("x = a.b.c.d"),
        Valid("import os\nx = os.path.sep.join.__doc__.x", "A module"),
        Valid("x = q.filter(a=1).order(b).limit(3).offset(4).build(5)", "A builder"),
        Valid("x = a.b.strip().lower().split()", "Methods of a value"),
        Valid("a.b.return_value.c.return_value.d = 1", "A mock"),
    )
    INVALID = (
        Invalid(
            "x = a.b().c().d().e()", ("1:5-1:22 a reaches through 4 objects (b, c, d, e): ask a itself",)
        ),
        Invalid(
            "class A:\n    def f(self):\n        return self.a.b.c.d.e",
            ("3:16-3:30 self.a reaches through 4 objects (b, c, d, e): ask self.a itself",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return len(facts.of(ast.Attribute)) > 1

    def visit_Module(self, module: ast.Module) -> None:
        del module
        seen: set[str] = set()
        for node in self.facts.of(ast.Attribute):
            if isinstance(node.value, ast.Name):
                continue
            above = self.facts.parent(node)
            continued = isinstance(above, ast.Attribute) or (
                isinstance(above, ast.Call)
                and above.func is node
                and isinstance(self.facts.parent(above), ast.Attribute)
            )
            if not continued:
                self._check(node, seen)

    def _check(self, node: ast.Attribute, seen: set[str]) -> None:
        above = self.facts.parent(node)
        called = isinstance(above, ast.Call) and above.func is node
        if called and isinstance(above, ast.Call) and (above.args or above.keywords):
            end: ast.expr = node.value  # a call that does something is no part of the way
        else:
            end = above if called and isinstance(above, ast.Call) else node
        root, links = _links(end)
        if root.partition(".")[0] in self.facts.imports or root[:1].isupper():
            return
        text = ".".join([root, *links[: self.fewest_links - 2]])
        asked = len([node for node in ast.walk(end) if isinstance(node, ast.Call)])
        # A call in the middle is a link by itself: nobody calls a module's or a settings object's part.
        if root and len(links) + max(asked - 1, 0) >= self.fewest_links and text not in seen:
            seen.add(text)
            shown = ", ".join(links)
            self.report(end, f"{root} reaches through {len(links)} objects ({shown}): ask {root} itself")


def _links(node: ast.expr) -> tuple[str, list[str]]:
    """The name that a chain begins with and its links; no name when it is no plain chain."""
    links: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call) and not node.args and not node.keywords:
            node = node.func
        if not isinstance(node, ast.Attribute) or node.attr in _PRETENDED or _VALUES.fullmatch(node.attr):
            return "", []
        links.append(node.attr)
        node = node.value
    links.reverse()
    if node.id in {"self", "cls"} and links:
        return f"{node.id}.{links[0]}", links[1:]
    return node.id, links
