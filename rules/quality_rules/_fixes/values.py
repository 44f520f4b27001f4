"""Fixes of expressions that say the same in more words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import libcst as cst
import libcst.matchers as m

from quality.rules import Fix, Fixed
from quality_rules._fixes._syntax import bare, call_of, code

if TYPE_CHECKING:
    from quality.rules import Around

_ASCENDING, _DESCENDING = (cst.LessThan, cst.LessThanEqual), (cst.GreaterThan, cst.GreaterThanEqual)
_COPIES = {cst.ListComp: "list", cst.SetComp: "set"}


class LiteralInsteadOfCall(Fix):
    """Writes an empty list or a dictionary as a literal."""

    rules = ("pylint:use-list-literal", "pylint:use-dict-literal")
    cases = (
        Fixed("a = list()\nb = dict()", "a = []\nb = {}"),
        Fixed("a = dict(one=1, two=2)", 'a = {"one": 1, "two": 2}'),
        Fixed("def dict():\n    return 1\n\n\nprint(dict())", "def dict():\n    return 1\n\n\nprint(dict())"),
    )

    def fix_Call(self, node: cst.Call, around: Around) -> cst.BaseExpression | None:
        if not isinstance(node.func, cst.Name) or not around.is_builtin(node.func.value):
            return None
        if node.func.value == "list" and not node.args:
            return cst.List([], lpar=node.lpar, rpar=node.rpar)
        if node.func.value != "dict" or any(argument.keyword is None for argument in node.args):
            return None
        elements = [
            cst.DictElement(
                cst.SimpleString(f'"{argument.keyword.value}"'), argument.value, comma=argument.comma
            )
            for argument in node.args
            if argument.keyword is not None
        ]
        brace = cst.LeftCurlyBrace(whitespace_after=node.whitespace_before_args)
        return cst.Dict(elements, lbrace=brace, lpar=node.lpar, rpar=node.rpar)


class TextWithoutValues(Fix):
    """Takes the f off a text that holds no value."""

    rules = ("pylint:f-string-without-interpolation",)
    cases = (
        Fixed("print(f'a {{b}}')", "print('a {b}')"),
        Fixed('print(rf"\\d")', 'print(r"\\d")'),
    )

    def fix_FormattedString(self, node: cst.FormattedString, around: Around) -> cst.SimpleString | None:
        if isinstance(around.parent, cst.ConcatenatedString):
            return None
        parts = [part for part in node.parts if isinstance(part, cst.FormattedStringText)]
        if len(parts) != len(node.parts):
            return None
        text = "".join(part.value for part in parts).replace("{{", "{").replace("}}", "}")
        start = node.start.replace("f", "").replace("F", "")
        return cst.SimpleString(f"{start}{text}{node.end}", lpar=node.lpar, rpar=node.rpar)


class GeneratorInsteadOfList(Fix):
    """Hands a function that reads all values a generator instead of a list."""

    rules = ("pylint:consider-using-generator",)
    cases: ClassVar[tuple[Fixed, ...]] = (
        Fixed("def f(a):\n    return sum([b * 2 for b in a])", "def f(a):\n    return sum(b * 2 for b in a)"),
        Fixed(
            "def f(a):\n    return max([b * 2 for b in a], default=0)",
            "def f(a):\n    return max((b * 2 for b in a), default=0)",
        ),
    )

    def fix_Call(self, node: cst.Call, around: Around) -> cst.Call | None:
        first, *rest = node.args or [cst.Arg(cst.Name("_"))]
        name = node.func.value if isinstance(node.func, cst.Name) else ""
        if not isinstance(first.value, cst.ListComp) or not around.is_builtin(name):
            return None
        alone = not rest and not isinstance(first.comma, cst.Comma)
        value = cst.GeneratorExp(
            first.value.elt,
            first.value.for_in,
            lpar=[] if alone else [cst.LeftParen()],
            rpar=[] if alone else [cst.RightParen()],
        )
        return node.with_changes(args=[first.with_changes(value=value), *rest])


class GeneratorThatStopsEarly(GeneratorInsteadOfList):
    """Hands any and all a generator instead of a list: what comes after the decision is not computed."""

    rules = ("pylint:use-a-generator",)
    safe = False
    cases = (
        Fixed("def f(a):\n    return any([b.x() for b in a])", "def f(a):\n    return any(b.x() for b in a)"),
    )


class CopyInsteadOfComprehension(Fix):
    """Copies with list or set instead of a comprehension that changes nothing."""

    rules = ("pylint:unnecessary-comprehension",)
    cases = (
        Fixed("def f(a):\n    return [b for b in a]", "def f(a):\n    return list(a)"),
        Fixed(
            "async def f(a):\n    return {b async for b in a}",
            "async def f(a):\n    return {b async for b in a}",
        ),
    )

    def fix_ListComp(self, node: cst.ListComp | cst.SetComp, around: Around) -> cst.Call | None:
        name = _COPIES[type(node)]
        loop = node.for_in
        plain = not (loop.ifs or loop.inner_for_in or loop.asynchronous)
        same = isinstance(node.elt, cst.Name) and node.elt.deep_equals(loop.target)
        if not (plain and same and around.is_builtin(name)):
            return None
        return call_of(name, loop.iter).with_changes(lpar=node.lpar, rpar=node.rpar)

    def fix_SetComp(self, node: cst.SetComp, around: Around) -> cst.Call | None:
        return self.fix_ListComp(node, around)


class MergedIsinstance(Fix):
    """Asks once whether a value is of one of several classes."""

    rules = ("pylint:consider-merging-isinstance",)
    cases = (
        Fixed(
            "def f(a):\n    return isinstance(a, int) or isinstance(a, (str, bytes))",
            "def f(a):\n    return isinstance(a, (int, str, bytes))",
        ),
    )

    def fix_BooleanOperation(self, node: cst.BooleanOperation, around: Around) -> cst.Call | None:
        if _continues(node, around):
            return None
        checks = [each for each in _operands(node, cst.Or) if m.matches(each, _ISINSTANCE)]
        if len(checks) != len(_operands(node, cst.Or)) or not around.is_builtin("isinstance"):
            return None
        subjects = {code(check.args[0].value) for check in checks if isinstance(check, cst.Call)}
        if len(subjects) != 1:
            return None
        kinds: dict[str, cst.BaseExpression] = {}
        for check in checks:
            second = check.args[1].value  # type: ignore[attr-defined]
            several = (
                [element.value for element in second.elements] if isinstance(second, cst.Tuple) else [second]
            )
            kinds.update((code(bare(kind)), bare(kind)) for kind in several)
        elements = [cst.Element(kind) for kind in kinds.values()]
        first = checks[0]
        subject = first.args[0].value  # type: ignore[attr-defined]
        answer = call_of("isinstance", subject, cst.Name("_"))
        classes = cst.Tuple(elements) if len(elements) > 1 else elements[0].value
        return answer.with_changes(args=[answer.args[0], cst.Arg(classes)], lpar=node.lpar, rpar=node.rpar)


_ISINSTANCE = m.Call(func=m.Name("isinstance"), args=[m.Arg(m.Name(), keyword=None), m.Arg(keyword=None)])


class MembershipInsteadOfComparisons(Fix):
    """Asks once whether a name has one of several written values."""

    rules = ("pylint:consider-using-in",)
    cases = (
        Fixed("def f(a):\n    return a == 1 or a == 'x'", "def f(a):\n    return a in (1, 'x')"),
        Fixed("def f(a):\n    return a == 1 or a == 2 or a == 3", "def f(a):\n    return a in (1, 2, 3)"),
        Fixed("def f(a):\n    return a != 1 and a != 2", "def f(a):\n    return a not in (1, 2)"),
        Fixed(
            "def f(a, b):\n    return a == b.c or a == b.d", "def f(a, b):\n    return a == b.c or a == b.d"
        ),
    )

    def fix_BooleanOperation(self, node: cst.BooleanOperation, around: Around) -> cst.Comparison | None:
        if _continues(node, around):
            return None
        equal = isinstance(node.operator, cst.Or)
        wanted = m.Comparison(
            m.Name(),
            [m.ComparisonTarget(m.Equal() if equal else m.NotEqual(), m.Integer() | m.SimpleString())],
        )
        operands = _operands(node, type(node.operator))
        if not all(m.matches(each, wanted) for each in operands):
            return None
        first = operands[0]
        if len({code(each.left) for each in operands if isinstance(each, cst.Comparison)}) != 1:
            return None
        values = [each.comparisons[0].comparator for each in operands if isinstance(each, cst.Comparison)]
        target = cst.ComparisonTarget(
            cst.In() if equal else cst.NotIn(), cst.Tuple([cst.Element(v) for v in values])
        )
        return cst.Comparison(first.left, [target], lpar=node.lpar, rpar=node.rpar)  # type: ignore[attr-defined]


class ChainedComparison(Fix):
    """Chains two comparisons with the same name in the middle."""

    rules = ("pylint:chained-comparison",)
    cases = (
        Fixed("def f(a):\n    return 1 < a and a <= 5", "def f(a):\n    return 1 < a <= 5"),
        Fixed("def f(a):\n    return 1 < a and a >= 5", "def f(a):\n    return 1 < a and a >= 5"),
    )

    def fix_BooleanOperation(self, node: cst.BooleanOperation, around: Around) -> cst.Comparison | None:
        del around
        left, right = node.left, node.right
        if not (isinstance(left, cst.Comparison) and isinstance(right, cst.Comparison)):
            return None
        steps = [*left.comparisons, *right.comparisons]
        middle = left.comparisons[-1].comparator
        one_way = any(
            all(isinstance(step.operator, way) for step in steps) for way in (_ASCENDING, _DESCENDING)
        )
        same = isinstance(middle, cst.Name) and middle.deep_equals(right.left)
        if not (isinstance(node.operator, cst.And) and one_way and same):
            return None
        return left.with_changes(comparisons=steps, lpar=node.lpar, rpar=node.rpar)


def _continues(node: cst.BooleanOperation, around: Around) -> bool:
    """Tells whether a chain of one operator goes on around a node; the whole chain begins at the same place."""
    parent = around.parent
    return isinstance(parent, cst.BooleanOperation) and isinstance(parent.operator, type(node.operator))


def _operands(node: cst.BaseExpression, operator: type[cst.BaseBooleanOp]) -> list[cst.BaseExpression]:
    """The operands of a chain of one operator, in order."""
    found: list[cst.BaseExpression] = []
    while isinstance(node, cst.BooleanOperation) and isinstance(node.operator, operator):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]
