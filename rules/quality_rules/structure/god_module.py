"""The rule god-module."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, count_statements
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules.structure._groups import Groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.rules import Facts

_SMALL = {"minimum-statements": 3, "minimum-definitions": 3, "largest-group": 0.5}


class GodModule(AstRule):
    """A module holds what has nothing to do with each other.

    ## What it does
    Reports long modules with many functions and classes of which the largest group that uses one another, or a name
    of the module together, is a small part.

    Long modules whose parts work together, and modules of small definitions (errors, constants, records), are fine.

    ## Why is this bad
    Nobody finds anything in it, everything imports it, and every change of one part is a change of all of them.

    ## Example
    ```python
    def parse(text):
        return text.split()

    def send(mail):
        mail.go()

    def area(width, height):
        return width * height
    ```

    ## Use instead
    ```python
    def area(width, height):
        return width * height

    def volume(width, height, depth):
        return area(width, height) * depth
    ```

    ## References
    - [Refactoring: move function](https://refactoring.com/catalog/moveFunction.html)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 120

    minimum_statements = Setting(250, "Fewest statements.", minimum=1)
    minimum_definitions = Setting(20, "Fewest functions and classes of the module.", minimum=2)
    largest_group = Setting(
        0.4, "Largest share of the statements in one group that uses one another.", minimum=0.0, maximum=1.0
    )

    VALID = (
        Valid("def f():\n    return 1\n\ndef g():\n    return 2\n\ndef h():\n    return 3", "Short"),
        Valid(
            "def f():\n    return g() + h()\n\ndef g():\n    return 2\n\ndef h():\n    return 3",
            "They work together",
            _SMALL,
        ),
        Valid(
            "CACHE = {}\n\ndef f():\n    return CACHE[1]\n\ndef g():\n    return CACHE[2]\n\ndef h():\n    return 3",
            "They share what the module knows",
            _SMALL,
        ),
    )
    INVALID = (
        Invalid(
            "def f():\n    return 1\n\ndef g():\n    return 2\n\nclass A:\n    def h(self):\n        return 3",
            (
                "1:1-1:9 this module has 3 functions and classes in 3 groups that have nothing to do with each other: split it by task, the group of A (3 statements) first",
            ),
            _SMALL,
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is more than one function or class."""
        return len(facts.functions) + len(facts.of(ast.ClassDef)) > 1

    def visit_Module(self, _: ast.Module) -> None:
        definitions = {
            node.name: node
            for node in self.facts.module_statements
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }
        if len(definitions) < self.minimum_definitions:
            return
        sizes = {name: 1 + count_statements(node) for name, node in definitions.items()}
        total = sum(sizes.values())
        if total < self.minimum_statements:
            return
        groups = self._groups(definitions)
        largest = max(groups, key=lambda group: (sum(sizes[name] for name in group), min(group)))
        size = sum(sizes[name] for name in largest)
        if size <= self.largest_group * total:
            head = max(sorted(largest), key=lambda name: sizes[name])
            self.report(
                next(iter(definitions.values())),
                f"this module has {len(definitions)} functions and classes in {len(groups)} groups that have nothing "
                f"to do with each other: split it by task, the group of {head} ({size} statements) first",
            )

    def _groups(self, definitions: Mapping[str, ast.stmt]) -> list[set[str]]:
        """Definitions that use one another, or a name of the module together."""
        users: dict[str, list[str]] = {}
        own = self._module_names()
        for name, node in definitions.items():
            used = self.facts.names_in(node)
            for other in sorted(used & own | {name}):
                users.setdefault(other, []).append(name)
        groups = Groups()
        for other, names in users.items():
            first = other if other in definitions else names[0]
            for name in names:
                groups.join(name, first)
        return [set(group) for group in groups.among(definitions)]

    def _module_names(self) -> set[str]:
        """What the module itself defines, without what it imports."""
        names = {
            node.id
            for node in self.facts.of(ast.Name)
            if isinstance(node.ctx, ast.Store) and self.facts.function(node) is None
        }
        names.update(node.name for node in self.facts.of(ast.ClassDef))
        return names.union(node.name for node in self.facts.functions)
