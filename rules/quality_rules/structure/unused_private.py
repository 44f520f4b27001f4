"""The rule unused-private."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Finding, Severity, cached_property, is_function
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules._asked import offers
from quality_rules._constants import is_main_guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.model import Rule, Trace
    from quality.rules import Facts

_MESSAGE = "{} is private and nothing uses it: delete it"
#: What is noted of a source.
_UNUSED, _USED = "unused", "used"
_WORD = re.compile(r"\w*")


class UnusedPrivate(AstRule):
    """Private code is used nowhere.

    ## What it does
    Reports methods whose name begins with an underscore and that nothing mentions, in this source or in another one
    of the same call, not even as a text; in a program (with `if __name__ == "__main__":`), which nobody imports, such
    functions and classes too.

    Decorated ones, which something else may hold, methods of a class with a base, names like `_repr_html_` that others
    ask for, names that begin with a text of a source (`getattr(self, "_visit_" + kind)`), and sources without any
    public code are fine.

    Judged alone, a source of a few functions and classes without relative imports is no part of something larger, whose
    other parts could import such functions and classes.

    ## Why is this bad
    Nobody else may use it, so nobody does. It is read, changed and tested for nothing.

    ## Example
    ```python
    def total(rows):
        return sum(rows)

    def _average(rows):
        return sum(rows) / len(rows)

    if __name__ == "__main__":
        print(total([1, 2]))
    ```

    ## Use instead
    ```python
    def total(rows):
        return sum(rows)
    ```

    ## References
    - [PEP 8: naming conventions](https://peps.python.org/pep-0008/#naming-conventions)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    equivalents = ("pylint:unused-private-member",)

    standalone = Setting(
        default=False, description="Judge each source alone: no other one mentions its private names."
    )
    most_definitions = Setting(
        6,
        "Most functions and classes of a module that is judged alone whose own private ones are looked at.",
        minimum=1,
    )

    VALID = (
        Valid(
            "# file: a.py\nclass A:\n    def f(self): ...\n    def _g(self): ...\n# file: b.py\nfrom a import A\nA()._g()",
            "Another source uses it",
        ),
        Valid("def f():\n    return _g()\n\ndef _g():\n    return 1"),
        Valid("def f():\n    return 1\n\n@register\ndef _g():\n    return 1", "Decorated"),
        Valid("def _g():\n    return 1", "Nothing but private code"),
        Valid("def f():\n    return 1\n\ndef _g():\n    return 2", "Another source may import it"),
        Valid(
            "from . import a\n\ndef f():\n    return a.b\n\ndef _g():\n    return 2",
            "It has neighbours",
            {"standalone": True},
        ),
        Valid(
            "class A:\n    def f(self, kind):\n        return getattr(self, f'_on_{kind}')()\n\n    def _on_open(self): ...",
            "Its name is put together",
        ),
        Valid(
            """
            class A:
                def f(self, kind, state):
                    start = f"_{kind}"
                    return getattr(self, f"{start}_{state}")()

                def _go_fast(self): ...
            """,
            "All of its name is put together",
        ),
        Valid(
            "# file: a.py\nclass A:\n    def f(self): ...\n    def _g(self): ...\n"
            "# file: b.py\nclass B(A):\n    def f(self):\n        self._g()\n    def _g(self): ...",
            "A class that derives from it has one of its own, and calls it",
        ),
        Valid("class A(B):\n    def f(self): ...\n    def _g(self): ...", "A base may call it"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    return x + 1\n\ndef _g(x):\n    return x\n\nclass _Node:\n    x = 1",
            (
                "4:1-4:11 _g is private and nothing uses it: delete it",
                "7:1-7:13 _Node is private and nothing uses it: delete it",
            ),
            {"standalone": True},
        ),
        Invalid(
            "class A:\n    def f(self):\n        return 1\n\n    def _g(self):\n        return 2",
            ("5:5-5:18 _g is private and nothing uses it: delete it",),
            {"standalone": True},
        ),
        Invalid(
            "# file: a.py\nclass A:\n    def f(self): ...\n    def _g(self): ...\n# file: b.py\nfrom a import A\nA()._h()",
            ("3:5-3:22 _g is private and nothing uses it: delete it",),
        ),
        Invalid(
            "def f():\n    return 1\n\ndef _g():\n    return _g\n\nif __name__ == '__main__':\n    f()",
            ("4:1-4:10 _g is private and nothing uses it: delete it",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        self._check_private()
        if not self.standalone:
            self._note_used()

    def _check_private(self) -> None:
        private = [
            node
            for node in (*self.facts.functions, *self.facts.of(ast.ClassDef))
            if _is_private(node.name) and not node.decorator_list
        ]
        if not private or not any(map(_is_public, self.facts.module_statements)):
            return
        for node in private:
            owner = self.facts.class_of(node)
            if owner is not None:
                given = bool(owner.bases or owner.keywords)
            else:
                alone = self.standalone and self._is_small and not self.facts.derived(_is_part_of_package)
                given = not self.facts.is_of_module(node) or not (alone or self.facts.derived(_is_program))
            if given or self._is_used(node):
                continue
            if self.standalone:
                self.report(node, _MESSAGE.format(node.name))
            else:
                self.note(node, _UNUSED, node.name)

    def _note_used(self) -> None:
        """Notes the private names that other sources may define."""
        defined = {
            node.name
            for node in (*self.facts.functions, *self.facts.of(ast.ClassDef))
            if not self._is_overriding(node)
        }
        kept = {node.attr for node in self.facts.of(ast.Attribute) if isinstance(node.ctx, ast.Store)}
        for name, places in self.facts.derived(_mentions).items():
            foreign = [place for place in places if not isinstance(place, ast.Name)]
            if name in defined or name in kept:
                foreign = [place for place in foreign if _is_of_another(place)]
            if foreign and name.strip("_"):
                self.note(foreign[0], _USED, name)

    @classmethod
    def across(cls, entry: Rule, traces: Sequence[Trace]) -> Iterable[Finding]:
        used = {trace.name for trace in traces if trace.key == _USED}
        for trace in traces:
            if trace.key == _UNUSED and trace.name not in used and used.isdisjoint(_starts(trace.name)):
                yield Finding.of(entry, _MESSAGE.format(trace.name), trace.location)

    @cached_property
    def _is_small(self) -> bool:
        """Whether the source is a piece that somebody asked for, and no module of tools for others."""
        defined = (
            is_function(each) or isinstance(each, ast.ClassDef) for each in self.facts.module_statements
        )
        return sum(defined) <= self.most_definitions

    def _is_overriding(self, node: ast.AST) -> bool:
        """Tells whether it stands in a class with a base, which may have it too, and be asked for it."""
        owner = self.facts.class_of(node)
        return owner is not None and bool(owner.bases)

    def _is_used(self, node: ast.AST) -> bool:
        """Tells whether anything outside of a definition mentions its name."""
        own = getattr(node, "name", "")
        mentions = self.facts.derived(_mentions)
        if any(not self.facts.contains(node, place) for place in mentions.get(own, ())):
            return True
        composed = self.facts.class_of(node) is not None and self.facts.derived(_composes_names)
        return composed or any(start in mentions for start in _starts(own))


def _is_of_another(place: ast.AST) -> bool:
    """Tells whether it is an attribute of another object than the method's own."""
    owner = place.value if isinstance(place, ast.Attribute) else None
    return owner is not None and not (isinstance(owner, ast.Name) and owner.id in {"self", "cls"})


def _is_program(facts: Facts) -> bool:
    """Tells whether the source has the line of what nobody imports."""
    return any(map(is_main_guard, facts.module_statements))


def _is_part_of_package(facts: Facts) -> bool:
    """Tells whether the source imports from its neighbours, or says what may be imported from it."""
    if any(node.level for node in facts.of(ast.ImportFrom)):
        return True
    return bool(facts.derived(offers))


def _composes_names(facts: Facts) -> bool:
    """Tells whether the source asks for attributes by names whose beginning it puts together."""
    named = (
        call.args[1]
        for call in facts.of(ast.Call)
        if len(call.args) > 1 and facts.is_builtin(call.func, "getattr")
    )
    texts = (node.values[0] for node in named if isinstance(node, ast.JoinedStr) and node.values)
    return any(isinstance(first, ast.FormattedValue) for first in texts)


def _starts(name: str) -> list[str]:
    """What a text may hold of a name that is put together: its beginnings up to an underscore."""
    return [name[: end + 1] for end, letter in enumerate(name) if letter == "_" and end]


def _mentions(facts: object) -> dict[str, list[ast.AST]]:
    """Private name → the places that mention it."""
    found: dict[str, list[ast.AST]] = {}
    for node in facts.of(ast.Name, ast.Attribute, ast.Constant, ast.alias):  # type: ignore[attr-defined]
        if isinstance(node, ast.Name):
            name = node.id
        elif isinstance(node, ast.Attribute):
            name = node.attr
        elif isinstance(node, ast.alias):
            name = node.name
        else:
            # What a text begins with may be the beginning of a name: "_visit_%s".
            name = _WORD.match(node.value)[0] if isinstance(node.value, str) else ""  # type: ignore[index]
        if name.startswith("_"):
            found.setdefault(name, []).append(node)
    return found


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("_") and bool(name.strip("_"))


def _is_public(statement: ast.stmt) -> bool:
    defined = is_function(statement) or isinstance(statement, ast.ClassDef)
    return defined and not getattr(statement, "name", "_").startswith("_")
