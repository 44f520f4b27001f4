"""The rule subtree-measured-anew."""

from __future__ import annotations

import ast
from functools import partial
from itertools import pairwise, starmap
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, decorators, last_word
from quality_rules.efficiency._recursion import (
    has_recursion,
    own_calls,
    run_together,
    turns_around,
)

if TYPE_CHECKING:
    from quality.model import FunctionNode


class SubtreeMeasuredAnew(AstRule):
    """A function that visits each node of a tree lets another go through all below it at each of them.

    ## What it does
    Reports a call of a function that goes through the whole tree below a node, by calling itself on the node's parts
    (`height(node.left)`), in a function that visits the nodes in the same way.

    Functions that keep what they know, ones that go through two trees at once, and calls from outside, are fine.

    ## Why is this bad
    A node at depth ten is visited ten times more than needed, and in a tree that is a chain the time grows with the square of
    its length. One function that gives both answers visits each node once.

    ## Example
    ```python
    def height(node):
        return 0 if node is None else 1 + max(height(node.left), height(node.right))


    def is_balanced(node):
        if node is None:
            return True
        level = abs(height(node.left) - height(node.right)) <= 1
        return level and is_balanced(node.left) and is_balanced(node.right)
    ```

    ## Use instead
    ```python
    def checked_height(node):
        if node is None:
            return 0
        left, right = checked_height(node.left), checked_height(node.right)
        return -1 if min(left, right) < 0 or abs(left - right) > 1 else 1 + max(left, right)


    def is_balanced(node):
        return checked_height(node) >= 0
    ```

    ## References
    - [Tree traversal](https://en.wikipedia.org/wiki/Tree_traversal)
    """

    dimension = "efficiency"
    effort = 15
    confidence = Confidence.MEDIUM

    asks = (has_recursion,)

    VALID = (
        Valid(
            "def size(node):\n    return 1 + size(node.next) if node else 0\n\n\n"
            "def report(node):\n    print(size(node))",
            "Once",
        ),
        Valid(
            "def same(a, b):\n    return a is b or (a.key == b.key and same(a.left, b.left) and same(a.right, b.right))\n\n\n"
            "def has(tree, part):\n    return same(tree, part) or has(tree.left, part) or has(tree.right, part)",
            "Two trees are compared",
        ),
        Valid(
            "@cache\ndef height(node):\n    return 1 + height(node.next) if node else 0\n\n\n"
            "def total(node):\n    return height(node) + total(node.next) if node else 0",
            "What is known is kept",
        ),
        Valid(
            "def find(node, key):\n    if node.key == key:\n        return node\n"
            "    return find(node.left, key) if key < node.key else find(node.right, key)\n\n\n"
            "def insert(node, key):\n    if find(node, key) is None:\n        insert(node.left, key)",
            "One path down",
        ),
        Valid(
            "def size(node):\n    return 1 + size(node.next) if node else 0\n\n\n"
            "def show(node):\n    if node.next:\n        return show(node.next)\n    return size(node)",
            "At the last one",
        ),
    )
    INVALID = (
        Invalid(
            """
            class Tree:
                def count(self, node):
                    if not node:
                        return 0
                    return 1 + self.count(node.left) + self.count(node.right)

                def weight(self, node):
                    if not node:
                        return 0
                    here = self.count(node) * node.size
                    return here + self.weight(node.left) + self.weight(node.right)
            """,
            (
                "10:16-10:32 count() goes through all below each node that weight() visits: let one function give both answers",
            ),
        ),
        Invalid(
            """
            def total(folder):
                return folder.size + sum(total(child) for child in folder.children)

            def show(folder):
                print(folder.name, total(folder))
                for child in folder.children:
                    show(child)
            """,
            (
                "5:24-5:37 total() goes through all below each node that show() visits: let one function give both answers",
            ),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not self._visits_all(function):
            return
        visitors = {
            other.name: other
            for other in self.facts.functions
            if other is not function and other.name != function.name and self._visits_all(other)
        }
        for call in self.facts.of(ast.Call):
            other = visitors.get(last_word(call.func))
            if other is None or self.facts.function(call) is not function or not call.args:
                continue
            if self._is_of_node(call.args[0], function) and self._goes_on(function, call):
                self.report(
                    call,
                    f"{other.name}() goes through all below each node that {function.name}() visits: "
                    "let one function give both answers",
                )
                return

    def _visits_all(self, function: FunctionNode) -> bool:
        """Tells whether a function calls itself on all parts of the node that it is given."""
        if any("cache" in name or "memo" in name for name in decorators(function)):
            return False
        calls = own_calls(self.facts, function)
        of_parts = all(
            sum(self._is_part(argument, function, call) for argument in call.args) == 1 for call in calls
        )
        return bool(calls) and of_parts and all(starmap(partial(run_together, self.facts), pairwise(calls)))

    def _goes_on(self, function: FunctionNode, call: ast.Call) -> bool:
        """Tells whether one and the same call of a function makes a call in it and goes on to the parts."""
        return any(
            run_together(self.facts, *sorted((call, own), key=lambda each: (each.lineno, each.col_offset)))
            for own in own_calls(self.facts, function)
        )

    def _is_part(self, argument: ast.expr, function: FunctionNode, call: ast.Call) -> bool:
        """Tells whether an argument is a part of the node: an attribute, or each entry of one."""
        parameters = self.facts.names(function).parameters
        if isinstance(argument, ast.Name) and argument.id not in parameters:
            return any(
                isinstance(target, ast.Name)
                and target.id == argument.id
                and self._is_attribute(source, parameters)
                for target, source in turns_around(self.facts, call)
            )
        return self._is_attribute(argument, parameters)

    def _is_attribute(self, node: ast.expr, parameters: tuple[str, ...]) -> bool:
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            return False
        return node.value.id in parameters and node.value.id not in {"self", "cls"}

    def _is_of_node(self, argument: ast.expr, function: FunctionNode) -> bool:
        """Tells whether an argument is the node that the function visits, or a part of it."""
        names = self.facts.names(function)
        given = names.parameters
        if isinstance(argument, ast.Name):
            return argument.id in given and argument.id not in names.stores and argument.id != "self"
        return self._is_attribute(argument, given)
