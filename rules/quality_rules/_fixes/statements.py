"""Fixes of statements and headers that do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m

from quality.rules import Fix, Fixed

if TYPE_CHECKING:
    from quality.rules import Around

_EMPTY_STATEMENT = m.Pass() | m.Expr(m.Ellipsis())
_RETURNS_NOTHING = m.Return(value=None) | m.Return(value=m.Name("None"))
_INNER = (cst.Lambda, cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)


class EmptyStatement(Fix):
    """Removes pass and ... beside other statements."""

    rules = ("pylint:unnecessary-pass", "pylint:unnecessary-ellipsis")
    cases = (
        Fixed('def f():\n    """Works."""\n    pass', 'def f():\n    """Works."""'),
        Fixed('def f():\n    """Works."""\n    pass  # yet', 'def f():\n    """Works."""\n    pass  # yet'),
    )

    def fix_SimpleStatementLine(
        self, node: cst.SimpleStatementLine, around: Around
    ) -> cst.RemovalSentinel | None:
        del around
        if len(node.body) != 1 or not m.matches(node.body[0], _EMPTY_STATEMENT):
            return None
        return cst.RemoveFromParent()


class UselessReturn(Fix):
    """Removes a return at the end of a function that returns nothing."""

    rules = ("pylint:useless-return",)
    cases = (
        Fixed("def f(a):\n    print(a)\n    return", "def f(a):\n    print(a)"),
        Fixed("def f(a):\n    print(a)\n    return None", "def f(a):\n    print(a)"),
    )

    def fix_FunctionDef(self, node: cst.FunctionDef, around: Around) -> cst.FunctionDef | None:
        del around
        *rest, last = node.body.body
        if not rest or not m.matches(last, m.SimpleStatementLine([_RETURNS_NOTHING])):
            return None
        return node.with_changes(body=node.body.with_changes(body=rest))


class GlobalWithoutAssignment(Fix):
    """Removes a global statement for a name that the function only reads."""

    rules = ("pylint:global-variable-not-assigned",)
    cases = (
        Fixed(
            "COUNT = 1\n\n\ndef f():\n    global COUNT\n    return COUNT",
            "COUNT = 1\n\n\ndef f():\n    return COUNT",
        ),
    )

    def fix_SimpleStatementLine(
        self, node: cst.SimpleStatementLine, around: Around
    ) -> cst.RemovalSentinel | None:
        del around
        # Of several names only some may be unassigned.
        alone = m.SimpleStatementLine([m.Global([m.NameItem()])])
        return cst.RemoveFromParent() if m.matches(node, alone) else None


class ObjectAsBase(Fix):
    """Removes object from the bases of a class."""

    rules = ("pylint:useless-object-inheritance",)
    cases = (
        Fixed("class A(object):\n    x = 1", "class A:\n    x = 1"),
        Fixed("class A(B, object):\n    x = 1", "class A(B):\n    x = 1"),
    )

    def fix_ClassDef(self, node: cst.ClassDef, around: Around) -> cst.ClassDef | None:
        bases = [base for base in node.bases if not m.matches(base, m.Arg(m.Name("object"), keyword=None))]
        if len(bases) == len(node.bases) or not around.is_builtin("object"):
            return None
        if bases or node.keywords:
            kept = [*bases[:-1], bases[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)] if bases else []
            return node.with_changes(bases=kept)
        default = cst.MaybeSentinel.DEFAULT
        return node.with_changes(bases=[], lpar=default, rpar=default)


class SuperWithoutArguments(Fix):
    """Calls super without the arguments that it finds itself."""

    rules = ("pylint:super-with-arguments",)
    cases = (
        Fixed(
            "class A(B):\n    def f(self):\n        return super(A, self).f()",
            "class A(B):\n    def f(self):\n        return super().f()",
        ),
        Fixed(
            "class A(B):\n    def f(self):\n        return [super(A, self).f() for _ in self]",
            "class A(B):\n    def f(self):\n        return [super(A, self).f() for _ in self]",
        ),
    )

    def fix_Call(self, node: cst.Call, around: Around) -> cst.Call | None:
        functions = [each for each in around.ancestors if isinstance(each, cst.FunctionDef | cst.ClassDef)]
        if len(functions) < 2 or not around.is_builtin("super"):  # noqa: PLR2004 - a class and a method
            return None
        home, method = functions[-2:]
        # A comprehension or lambda is a function of its own, whose first parameter is another.
        after = around.ancestors[around.ancestors.index(method) :]
        if not isinstance(home, cst.ClassDef) or not isinstance(method, cst.FunctionDef):
            return None
        if any(isinstance(each, _INNER) for each in after) or not method.params.params:
            return None
        wanted = [home.name.value, method.params.params[0].name.value]
        given = [each.value.value for each in node.args if isinstance(each.value, cst.Name)]
        return node.with_changes(args=[]) if given == wanted else None
