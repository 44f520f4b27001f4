"""The shortcuts say what pylint and astroid say."""

from __future__ import annotations

import astroid
import pytest
from astroid import nodes
from astroid.interpreter.objectmodel import ObjectModel
from astroid.manager import AstroidManager
from pylint.checkers import utils

from quality.model import Source
from quality_pylint import _shortcuts
from quality_pylint._fence import fence
from quality_pylint._linter import Linter

TEXT = """
import abc
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): return [x for x in self.g if x]
class B(A, dict):
    def f(self):
        def inner(a, b=lambda: 1): return a
        class C(list): pass
        return inner
"""


def _classes() -> list[nodes.ClassDef]:
    builtins = AstroidManager().builtins_module
    own = [*astroid.parse(TEXT).nodes_of_class(nodes.ClassDef)]
    return [*own, *(each for each in builtins.body if isinstance(each, nodes.ClassDef))]


@pytest.mark.parametrize("wanted", [nodes.Name, (nodes.Const, nodes.ClassDef), nodes.NodeNG])
@pytest.mark.parametrize("skipped", [None, nodes.ListComp, (nodes.Lambda, nodes.Arguments)])
def test_nodes_of_a_class_come_in_the_same_order(wanted, skipped):
    (_, first, second) = astroid.parse(TEXT).body
    for tree in (first, second):
        ours = list(_shortcuts.nodes_of_class(tree, wanted, skipped))
        assert ours == list(tree.nodes_of_class(wanted, skipped))
        assert ours


def test_classes_have_the_same_classes_above_them():
    for described in _classes():
        for deep in (True, False):
            theirs = list(described.ancestors(recurs=deep))
            assert list(_shortcuts.ancestors(described, deep)) == theirs, described
            with fence():
                assert list(described.ancestors(recurs=deep)) == theirs, described


def test_what_is_asked_of_classes_has_the_same_answer():
    def asked(described: nodes.ClassDef) -> tuple:
        return (
            described.metaclass(),
            described.has_dynamic_getattr(),
            utils.unimplemented_abstract_methods(described),
        )

    classes = _classes()
    theirs = [asked(each) for each in classes]
    with fence():
        ours = [asked(each) for each in classes]
        again = [asked(each) for each in classes]
    assert ours == theirs == again
    assert len(theirs) > 90
    assert [*theirs[0][2]] == ["f"]


def test_models_of_objects_have_the_same_attributes():
    models = [object.__new__(each) for each in _subclasses(ObjectModel)]
    assert len(models) > 10
    for model in models:
        assert sorted(_shortcuts.attributes(model)) == sorted(model.attributes())


def _subclasses(kind: type) -> list[type]:
    return [each for direct in kind.__subclasses__() for each in (direct, *_subclasses(direct))]


@pytest.mark.parametrize(
    ("text", "found"),
    [("x = list()", True), ("x = list([1])", False), ("x = a.list()", False), ("x = dict()", False)],
)
def test_calls_of_list_are_seen(look, text, found):
    assert ("use-list-literal" in look(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f(a):\n    for x in a:\n        print(x)\n    return x", True),
        ("def f(a):\n    for y, (z, *x) in a:\n        print(x, y, z)\n    return x", True),
        ("async def f(a):\n    async for x in a:\n        print(x)\n    return x", True),
        ("def f(a):\n    print([x for x in a])\n    for x in a:\n        print(x)\n    return a", False),
        ("def f(a):\n    x = a\n    for y in a:\n        print(y)\n    return x", False),
    ],
)
def test_loop_variables_are_seen_behind_their_loop(look, text, found):
    assert ("undefined-loop-variable" in look(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f(x):\n    if f:\n        return x\n    return f", True),
        ("def f(x):\n    return [y for y in x if f]", True),
        ("def f(x):\n    if f == x:\n        return x\n    return f", False),
        ("def f(x):\n    return 1 if 2 < 3 < x else 2", False),
    ],
)
def test_constant_tests_are_seen(look, text, found):
    assert ("using-constant-test" in look(text)) is found


_ADDING = "class A:\n    def __add__(self, other):\n        return f\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f(x):\n    return f == x + 1", True),
        ("def f(x):\n    return x + 1 > f", True),
        ("class A:\n    def f(self, x):\n        return x + 1 == self.f", True),
        (f"{_ADDING}def f(x):\n    return A() + 1 == x", True),
        ("def f(x):\n    return x + 1 == x % 2", False),
        ("def f(x):\n    return f(x) + 1 == x", False),
    ],
)
def test_functions_that_are_compared_are_seen(look, text, found):
    assert ("comparison-with-callable" in look(text)) is found


@pytest.mark.parametrize("symbols", [{"missing-timeout"}, {"positional-only-arguments-expected"}])
def test_timeouts_are_looked_for_where_that_is_asked_for(monkeypatch, symbols):
    seen: list[nodes.Call] = []
    monkeypatch.setattr(_shortcuts, "_timeout", lambda _checker, node: seen.append(node))
    Linter(symbols).check(Source("def get(url, /):\n    return url\nget(url='')\n"))
    assert bool(seen) is ("missing-timeout" in symbols)
