"""The rule patched-module."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, root_name

if TYPE_CHECKING:
    from quality.model import Source
    from quality.rules import Facts

#: What modules leave to others to replace, by its documentation.
_HOOK = re.compile(r"hook|^__getattr__$|^__dir__$|^showwarning$|^formatwarning$|^on_|_handler$|^default_")
#: What judges code: to replace a part of it changes the judge.
_JUDGES = frozenset({"builtins", "doctest", "pytest", "unittest"})


class PatchedModule(AstRule):
    """A function of another module is replaced.

    ## What it does
    Reports assignments of a function or lambda of the file to an attribute of an imported module, or of a class that was
    imported, by whatever detour the module is reached.

    Hooks that a module leaves to others (`sys.excepthook`, `warnings.showwarning`), attributes of objects, and tests are fine.

    ## Why is this bad
    Everybody else gets the replacement too, wherever the module was imported, and only if this file was imported before.
    Whatever tests the code, or measures it, may be a part of what is replaced.

    ## Example
    ```python
    import json

    json.dumps = lambda value: str(value)

    def save(order, file):
        file.write(json.dumps(order))
    ```

    ## Use instead
    ```python
    def shown(order):
        return str(order)

    def save(order, file):
        file.write(shown(order))
    ```

    ## References
    - [CWE-1061: insufficient encapsulation](https://cwe.mitre.org/data/definitions/1061.html)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    cwe = 1061
    effort = 10

    VALID = (
        Valid("import sys\n\ndef hook(*error): ...\n\nsys.excepthook = hook"),
        Valid("import shop\n\nshop.level = 3", "No function"),
        Valid("from shop import app\n\ndef f(): ...\n\napp.start = f", "An object, perhaps"),
        Valid("import shop\n\ndef f(): ...\n\nshop.app.start = f", "An object, perhaps"),
        Valid("import time\n\ntime.sleep = lambda seconds: None", "A test", role="test"),
    )
    INVALID = (
        Invalid(
            "import time\n\ntime.perf_counter = lambda: 0.0",
            ("3:1-3:32 time.perf_counter is replaced for everybody: give what you need a name of its own",),
        ),
        Invalid(
            "import shop\n\ndef f(self): ...\n\nshop.Order.price = f",
            ("5:1-5:21 shop.Order.price is replaced for everybody: give what you need a name of its own",),
        ),
        Invalid(
            "from unittest import TestCase\n\nTestCase.assertEqual = lambda *given: None",
            (
                "3:1-3:43 TestCase.assertEqual is replaced for everybody: give what you need a name of its own",
            ),
        ),
        Invalid(
            "import sys\n\ndef f(): ...\n\nsys.modules['time'].sleep = f",
            (
                "5:1-5:30 sys.modules['time'].sleep is replaced for everybody: give what you need a name of its own",
            ),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test" and source.mentions("import")

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return bool(facts.imports)

    def visit_Assign(self, statement: ast.Assign) -> None:
        for target in statement.targets:
            if (
                isinstance(target, ast.Attribute)
                and self._is_foreign(target)
                and self._is_own(statement.value)
            ):
                judge = self._module_of(target) in _JUDGES
                self.report(
                    statement,
                    f"{ast.unparse(target)} is replaced for everybody: give what you need a name of its own",
                    severity=Severity.ERROR if judge else None,
                    confidence=Confidence.HIGH if judge else None,
                )

    def _is_foreign(self, target: ast.Attribute) -> bool:
        """Tells whether an attribute is one of a module or of a class from elsewhere, and no hook."""
        if _HOOK.search(target.attr):
            return False
        owner = target.value
        if isinstance(owner, ast.Subscript):
            return self.facts.origin(owner.value) == "sys.modules"
        origin = self.facts.imports.get(root_name(owner), "")
        if isinstance(owner, ast.Name):
            return bool(origin) and (owner.id[:1].isupper() or self._is_module(owner.id))
        return isinstance(owner, ast.Attribute) and bool(origin) and owner.attr[:1].isupper()

    def _is_module(self, name: str) -> bool:
        """Tells whether a name is bound by ``import``, or is that of an imported top-level module."""
        imports = self.facts.of(ast.Import)
        bound = (alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names)
        return name in bound

    def _module_of(self, target: ast.Attribute) -> str:
        return self.facts.imports.get(root_name(target), "").partition(".")[0]

    def _is_own(self, value: ast.expr) -> bool:
        """Tells whether a value is a function of the file."""
        known = self.facts.origins.value(value)
        if isinstance(known, ast.Lambda):
            return True
        return isinstance(value, ast.Name) and any(each.name == value.id for each in self.facts.functions)
