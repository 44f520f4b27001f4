"""The rule scattered-object."""

from __future__ import annotations

import ast
from collections import Counter

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, dotted_name, last_word
from quality_rules._asked import names_own_functions
from quality_rules._called import called_word

#: Names of what holds the arguments of a command.
_ARGUMENTS = frozenset({"args", "options", "opts", "namespace", "arguments"})


class ScatteredObject(AstRule):
    """An object is taken apart for a call.

    ## What it does
    Reports functions of the same source all of whose calls get several attributes of one object, by position, where
    the object itself would do. The first such call is reported.

    Attributes of `self`, modules and classes, the arguments of a command, and calls of what is defined elsewhere are fine.

    ## Why is this bad
    The callee needs the object and gets its pieces, in an order that nobody checks. When it needs one more, every
    call changes.

    ## Example
    ```python
    def within(low, high, unit): ...

    ok = within(room.low, room.high, room.unit)
    ```

    ## Use instead
    ```python
    def within(room): ...

    ok = within(room)
    ```

    ## References
    - [Refactoring: preserve whole object](https://refactoring.com/catalog/preserveWholeObject.html)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 10
    asks = (names_own_functions,)

    fewest = Setting(3, "Fewest attributes of one object in a call.", minimum=2)

    VALID = (
        Valid("def f(*x): ...\nf(a.x, a.y)"),
        Valid("def f(*x): ...\nf(a.x, b.y, c.z)"),
        Valid(
            "def f(*x): ...\noptions = parser.parse_args()\nf(options.x, options.y, options.z)", "A command's"
        ),
        Valid("import a\ndef f(*x): ...\nf(a.x, a.y, a.z)", "A module"),
        Valid("print(a.x, a.y, a.z)", "Defined elsewhere"),
    )
    INVALID = (
        Invalid("def f(*x): ...\nf(1, a.x, a.y, a.z)", ("2:1-2:20 f() gets x, y, z of a: give it a itself",)),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        defined = {function.name for function in self.facts.functions}
        taken: dict[str, list[tuple[ast.Call, str]]] = {}
        for call in self.facts.of(ast.Call):
            name = dotted_name(call.func).rpartition(".")[2]
            if name in defined:
                taken.setdefault(name, []).append((call, self._scattered(call)))
        for name, calls in taken.items():
            if all(owner for _, owner in calls):
                call, owner = calls[0]
                parts = ", ".join(part.attr for part in _parts(call) if dotted_name(part.value) == owner)
                self.report(call, f"{name}() gets {parts} of {owner}: give it {owner} itself")

    def _scattered(self, call: ast.Call) -> str:
        """The object of which a call gets several attributes; empty when there is none."""
        if len(call.args) < self.fewest:
            return ""
        own = [part for part in _parts(call) if not self._is_of_command_line(part.value)]
        for owner, number in Counter(dotted_name(part.value) for part in own).most_common(1):
            foreign = owner in {"self", "cls"} or owner in self.facts.imports or owner[:1].isupper()
            return owner if number >= self.fewest and not foreign else ""
        return ""

    def _is_of_command_line(self, owner: ast.expr) -> bool:
        """Tells whether an object holds the arguments of a command, of which no function but the first should know."""
        made = self.facts.only_value(owner)
        return last_word(owner) in _ARGUMENTS or (
            isinstance(made, ast.Call) and called_word(made) == "parse_args"
        )


def _parts(call: ast.Call) -> list[ast.Attribute]:
    """The positional arguments of a call that are attributes of a name."""
    return [a for a in call.args if isinstance(a, ast.Attribute) and isinstance(a.value, ast.Name)]
