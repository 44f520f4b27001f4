"""Where a program asks whether it is being tested, and what a test is there to see fail."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import decorators

if TYPE_CHECKING:
    from quality.rules import Facts

#: What runs tests, as modules are called.
_RUNNERS = frozenset({"pytest", "_pytest", "unittest", "nose", "nose2", "doctest", "py.test"})
#: How the settings begin that it leaves for whoever asks.
_SETTINGS = ("PYTEST_",)
#: Names that tests are told to leave for whoever asks.
_MARKS = frozenset({"_called_from_test", "_pytest_running"})
#: Functions that open a file, or load a module from one, and methods that read one.
_OPENING = frozenset(
    {
        *("open", "io.open", "importlib.machinery.SourceFileLoader", "linecache.getlines", "runpy.run_path"),
        "importlib.util.spec_from_file_location",
    }
)
_READING = frozenset({"open", "read_bytes", "read_text"})
#: Decorators of tests that are there for the error.
_AWAITED = re.compile(r"raises|assert_?raises|expected_?failure|xfail", re.IGNORECASE)
#: Paths of tests.
_OF_TESTS = re.compile(r"(?:^|[/\\])(?:tests?[/\\]|(?:test_\w+|\w+_test|conftest)\.py$)")
_LOADED, _ARGUMENTS, _ENVIRONMENT = "sys.modules", "sys.argv", "os.environ"
#: Functions and methods that look for a setting.
_ASKING = frozenset({"os.environ.get", "os.getenv"})


def asks_for_tests(facts: Facts, node: ast.AST) -> bool:
    """Tells whether an expression asks if tests run: their runner is loaded, was called or has left a setting.

    ``"pytest" in sys.modules``, ``os.environ.get("PYTEST_CURRENT_TEST")``, ``hasattr(sys, "_called_from_test")``.
    """
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
        return _is_of_tests(facts, node.comparators[0], _text(facts, node.left))
    if isinstance(node, ast.Subscript):
        return facts.origin(node.value) in {_LOADED, _ENVIRONMENT} and _is_of_tests(
            facts, node.value, _text(facts, node.slice)
        )
    return isinstance(node, ast.Call) and bool(node.args) and _calls_for_tests(facts, node)


def _calls_for_tests(facts: Facts, node: ast.Call) -> bool:
    """Tells whether a call asks if tests run."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
        return _text(facts, node.args[0]).startswith("test") and _is_of_caller(facts, node.func.value)
    origin = facts.origin(node.func)
    if origin in _ASKING:
        return _text(facts, node.args[0]).startswith(_SETTINGS)
    if origin == f"{_LOADED}.get":
        return _text(facts, node.args[0]) in _RUNNERS
    return (
        origin in {"hasattr", "getattr"}
        and _text(facts, node.args[1] if len(node.args) > 1 else None) in _MARKS
    )


def is_expected_to_fail(facts: Facts, node: ast.AST) -> bool:
    """Tells whether a decorator of the test around a node waits for its error: ``@raises(TypeError)``, ``@pytest.mark.xfail``."""
    tests = (each for each in facts.ancestors(node) if isinstance(each, ast.FunctionDef))
    return any(test.name.startswith("test") and any(map(_AWAITED.match, decorators(test))) for test in tests)


def reads_tests(facts: Facts, node: ast.Call) -> bool:
    """Tells whether a call reads a file of tests: ``open("tests/test_sum.py")``, ``Path("tests/expected.json").read_text(facts, )``."""
    reads = isinstance(node.func, ast.Attribute) and node.func.attr in _READING
    opens = facts.origin(node.func) in _OPENING
    named = [node.func.value] if reads and isinstance(node.func, ast.Attribute) else node.args
    texts = (each for part in named for each in facts.inside(part, ast.Constant))
    return (reads or opens) and any(_OF_TESTS.search(_text(facts, each)) for each in texts)


def is_runner(module: str) -> bool:
    """Tells whether a module runs tests."""
    return module in _RUNNERS


def _is_of_tests(facts: Facts, owner: ast.expr, name: str) -> bool:
    """Tells whether what is looked for by a name is there when tests run."""
    origin = facts.origin(owner)
    if origin == _ENVIRONMENT:
        return name.startswith(_SETTINGS)
    return name in _RUNNERS and (origin == _LOADED or facts.origin(_whole(owner)) == _ARGUMENTS)


def _is_of_caller(facts: Facts, node: ast.expr) -> bool:
    """Tells whether an expression is the name of the function that called this one: ``inspect.stack()[1].function``."""
    name = facts.only_value(node)
    return isinstance(name, ast.Attribute) and name.attr in {"function", "co_name"}


def _whole(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return node


def _text(facts: Facts, node: ast.AST | None) -> str:
    """The text that an expression comes out as, in however many pieces it is written."""
    found = facts.origins.constant(node)
    return found if isinstance(found, str) else ""
