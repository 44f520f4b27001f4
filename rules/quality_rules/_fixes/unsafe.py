"""Fixes after which a program may behave differently: applied only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst
import libcst.matchers as m

from quality.rules import Fix, Fixed
from quality_rules._fixes._syntax import code
from quality_rules._fixes.pairs import leaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rules import Around

_IDENTITY = {cst.Equal: cst.Is(), cst.NotEqual: cst.IsNot()}

#: Functions of PyYAML that build any object → those that build data only.
_SAFE_YAML = {
    "load": "safe_load",
    "load_all": "safe_load_all",
    "unsafe_load": "safe_load",
    "unsafe_load_all": "safe_load_all",
}


class IdentityWithNone(Fix):
    """Compares with None by identity."""

    rules = ("pylint:singleton-comparison",)
    safe = False
    cases = (
        Fixed("def f(a):\n    return a == None", "def f(a):\n    return a is None"),
        Fixed("def f(a):\n    return a != None", "def f(a):\n    return a is not None"),
    )

    def fix_Comparison(self, node: cst.Comparison, around: Around) -> cst.Comparison | None:
        del around
        (target, *more) = node.comparisons
        operator = _IDENTITY.get(type(target.operator))
        if more or operator is None or not m.matches(target.comparator, m.Name("None")):
            return None
        return node.with_changes(comparisons=[target.with_changes(operator=operator)])


class EncodingOfFiles(Fix):
    """Opens text files as UTF-8 instead of whatever the machine's locale says."""

    rules = ("pylint:unspecified-encoding",)
    safe = False
    cases = (
        Fixed(
            "def f(a):\n    with open(a) as file:\n        return file.read()",
            'def f(a):\n    with open(a, encoding="utf-8") as file:\n        return file.read()',
        ),
    )

    def fix_Call(self, node: cst.Call, around: Around) -> cst.Call | None:
        del around
        if any(argument.star for argument in node.args) or not node.args:
            return None
        text = cst.Arg(cst.SimpleString('"utf-8"'), cst.Name("encoding"), equal=_plain_equal())
        return node.with_changes(args=[*_separated(node.args), text])


class SafeYaml(Fix):
    """Loads YAML without making objects of its choice."""

    rules = ("bandit:B506",)
    safe = False
    cases = (
        Fixed(
            "import yaml\n\n\ndef f(a):\n    return yaml.load(a, Loader=yaml.Loader)",
            "import yaml\n\n\ndef f(a):\n    return yaml.safe_load(a)",
        ),
        Fixed(
            "import yaml\n\n\ndef f(a):\n    return list(yaml.unsafe_load_all(a))",
            "import yaml\n\n\ndef f(a):\n    return list(yaml.safe_load_all(a))",
        ),
    )

    def fix_Call(self, node: cst.Call, around: Around) -> cst.Call | None:
        del around
        name = node.func.attr.value if isinstance(node.func, cst.Attribute) else ""
        if name not in _SAFE_YAML or not node.args:
            return None
        first = node.args[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        safe = cst.Name(_SAFE_YAML[name])
        return node.with_changes(func=node.func.with_changes(attr=safe), args=[first])


class IterationOverKeys(Fix):
    """Iterates over a dictionary instead of its keys."""

    rules = ("pylint:consider-iterating-dictionary",)
    safe = False
    cases = (
        Fixed(
            'def f():\n    a = {"x": 1}\n    for b in a.keys():\n        print(b)',
            'def f():\n    a = {"x": 1}\n    for b in a:\n        print(b)',
        ),
    )

    def fix_Call(self, node: cst.Call, around: Around) -> cst.BaseExpression | None:
        del around
        if node.args or not isinstance(node.func, cst.Attribute) or node.func.attr.value != "keys":
            return None
        return node.func.value


class FunctionInsteadOfLambda(Fix):
    """Hands a function on itself instead of a lambda that only calls it."""

    rules = ("pylint:unnecessary-lambda",)
    safe = False
    cases = (Fixed("def f(a):\n    return map(lambda b: str(b), a)", "def f(a):\n    return map(str, a)"),)

    def fix_Lambda(self, node: cst.Lambda, around: Around) -> cst.BaseExpression | None:
        del around
        return node.body.func if isinstance(node.body, cst.Call) else None


class YieldFrom(Fix):
    """Yields from an iterable instead of each of its values."""

    rules = ("pylint:use-yield-from",)
    safe = False
    cases = (
        Fixed("def f(a):\n    for b in a:\n        yield b", "def f(a):\n    yield from a"),
        Fixed(
            "def f(a):\n    for b in a:\n        yield b\n    else:\n        print(a)",
            "def f(a):\n    for b in a:\n        yield b\n    else:\n        print(a)",
        ),
        Fixed(
            "def f(a):\n    for b in a:\n        yield b\n    print(b)",
            "def f(a):\n    for b in a:\n        yield b\n    print(b)",
        ),
    )

    def fix_For(self, node: cst.For, around: Around) -> cst.SimpleStatementLine | None:
        if node.orelse is not None or node.asynchronous is not None or leaks(node, around):
            return None
        value = cst.Yield(cst.From(node.iter, whitespace_before_from=cst.SimpleWhitespace("")))
        return cst.SimpleStatementLine([cst.Expr(value)], leading_lines=node.leading_lines)


class CauseOfException(Fix):
    """Names the cause of an exception that is raised in a handler."""

    rules = ("pylint:raise-missing-from",)
    safe = False
    cases = (
        Fixed(
            "def f(a):\n    try:\n        return int(a)\n    except ValueError as wrong:\n        raise KeyError(a)",
            "def f(a):\n    try:\n        return int(a)\n    except ValueError as wrong:\n        raise KeyError(a) from wrong",
        ),
        Fixed(
            "def f(a):\n    try:\n        return int(a)\n    except ValueError:\n        raise KeyError(a)",
            "def f(a):\n    try:\n        return int(a)\n    except ValueError as error:\n        raise KeyError(a) from error",
        ),
    )

    def place_ExceptHandler(self, node: cst.ExceptHandler) -> cst.Raise | None:
        raises = [
            small
            for line in node.body.body
            if isinstance(line, cst.SimpleStatementLine)
            for small in line.body
            if isinstance(small, cst.Raise) and small.cause is None and small.exc is not None
        ]
        return raises[0] if raises else None

    def fix_ExceptHandler(self, node: cst.ExceptHandler, around: Around) -> cst.ExceptHandler | None:
        name = node.name.name if node.name is not None else cst.Name("error")
        if node.type is None or not isinstance(name, cst.Name):
            return None
        if node.name is None and (name.value in around.bound or name.value in around.used):
            return None
        wanted = self.place_ExceptHandler(node)
        if wanted is None:
            return None
        caused = wanted.with_changes(cause=cst.From(name, whitespace_before_from=cst.SimpleWhitespace(" ")))
        body = node.body.deep_replace(wanted, caused)
        return node.with_changes(body=body, name=node.name or cst.AsName(name))


class MutableDefault(Fix):
    """Makes a mutable default value in each call instead of once for all."""

    rules = ("pylint:dangerous-default-value",)
    safe = False
    cases = (
        Fixed(
            'def f(a, b=[]):\n    """Adds."""\n    b.append(a)\n    return b',
            'def f(a, b=None):\n    """Adds."""\n    if b is None:\n        b = []\n    b.append(a)\n    return b',
        ),
    )

    def fix_FunctionDef(self, node: cst.FunctionDef, around: Around) -> cst.FunctionDef | None:
        del around
        if not isinstance(node.body, cst.IndentedBlock):
            return None
        checks: list[cst.BaseStatement] = []
        parameters = node.params
        for kind in ("posonly_params", "params", "kwonly_params"):
            changed = []
            for parameter in getattr(parameters, kind):
                default = parameter.default
                if (
                    isinstance(default, cst.List | cst.Dict)
                    and not default.elements
                    and parameter.annotation is None
                ):
                    checks.append(_made_when_missing(parameter.name.value, default))
                    parameter = parameter.with_changes(default=cst.Name("None"))  # noqa: PLW2901
                changed.append(parameter)
            parameters = parameters.with_changes(**{kind: changed})
        if not checks:
            return None
        body = node.body.body
        documented = 1 if node.get_docstring() is not None else 0
        return node.with_changes(
            params=parameters,
            body=node.body.with_changes(body=[*body[:documented], *checks, *body[documented:]]),
        )


class UnusedImport(Fix):
    """Removes imports of names that the file never uses; what importing them did is not done any more."""

    rules = ("pylint:unused-import",)
    safe = False
    cases = (
        Fixed("import os\nimport sys\n\nprint(sys.argv)", "import sys\n\nprint(sys.argv)"),
        Fixed("from os import path, sep\n\nprint(sep)", "from os import sep\n\nprint(sep)"),
    )

    def fix_SimpleStatementLine(
        self, node: cst.SimpleStatementLine, around: Around
    ) -> cst.SimpleStatementLine | cst.RemovalSentinel | None:
        statement = node.body[0]
        if len(node.body) != 1 or not isinstance(statement, cst.Import | cst.ImportFrom):
            return None
        if isinstance(statement.names, cst.ImportStar) or _is_future(statement):
            return None
        kept = [alias for alias in statement.names if _bound_by(alias) in around.used]
        if len(kept) == len(statement.names):
            return None
        if not kept:
            return cst.RemoveFromParent()
        kept[-1] = kept[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        return node.with_changes(body=[statement.with_changes(names=kept)])


def _bound_by(alias: cst.ImportAlias) -> str:
    return code(alias.asname.name if alias.asname else alias.name).partition(".")[0]


def _is_future(statement: cst.Import | cst.ImportFrom) -> bool:
    return isinstance(statement, cst.ImportFrom) and m.matches(
        statement, m.ImportFrom(module=m.Name("__future__"))
    )


def _made_when_missing(name: str, value: cst.BaseExpression) -> cst.BaseStatement:
    return cst.parse_statement(f"if {name} is None:\n    {name} = {code(value)}\n")


def _plain_equal() -> cst.AssignEqual:
    nothing = cst.SimpleWhitespace("")
    return cst.AssignEqual(whitespace_before=nothing, whitespace_after=nothing)


def _separated(arguments: Sequence[cst.Arg]) -> list[cst.Arg]:
    """Arguments with a comma behind each."""
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return [
        each
        if isinstance(each.comma, cst.Comma) and each is not arguments[-1]
        else each.with_changes(comma=comma)
        for each in arguments
    ]
