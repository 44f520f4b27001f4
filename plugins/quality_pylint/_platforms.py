"""What is there on some platforms, or in some versions of Python."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality.rules import names_version
from quality_pylint._asked import names_in, tests
from quality_pylint._decorators import decorators, last_name
from quality_pylint._imports import packages
from quality_pylint._index import once_a_text

#: What tells one platform, or one version of Python, from another.
_OF_PLATFORMS = frozenset(
    {
        *("hasattr", "os.name", "platform", "platform.system"),
        *("sys.hexversion", "sys.platform", "sys.version", "sys.version_info"),
    }
)
#: Decorators that leave a test out under a condition.
_SKIPPING = frozenset({"skipIf", "skipUnless", "skipif"})
#: Packages of Jython and IronPython.
_OF_OTHER_PYTHONS = frozenset({"clr", "com", "jarray", "java", "javax"})


def is_by_platform(node: Any) -> bool:
    """Tells whether a place is only reached, or its function is only there, on some platforms or in some versions of Python."""
    place = node
    while place is not None:
        asked = (*tests(place), *_left_out_when(place))
        if any(map(_asks_for_platform, asked)) or _is_of_another_python(place):
            return True
        scope = place.parent.scope() if place.parent is not None else None
        place = scope if isinstance(scope, nodes.FunctionDef | nodes.ClassDef) else None
    return False


def _left_out_when(place: Any) -> list[Any]:
    """The decorators that say when a test or a class of tests is left out."""
    decorated = isinstance(place, nodes.FunctionDef | nodes.ClassDef)
    return [each for each in decorators(place) if last_name(each) in _SKIPPING] if decorated else []


def _is_of_another_python(place: Any) -> bool:
    """Tells whether a function imports what only a Python on another machine's classes has: Java's, or those of .NET."""
    if not isinstance(place, nodes.FunctionDef):
        return False
    imports = (each for each in place.body if isinstance(each, nodes.Import | nodes.ImportFrom))
    return any(not _OF_OTHER_PYTHONS.isdisjoint(packages(each)) for each in imports)


def _asks_for_platform(test: Any) -> bool:
    said = names_in(test)
    if not _OF_PLATFORMS.isdisjoint(said) or said >= {"bytes", "str"} or any(map(names_version, said)):
        return True  # ``str is bytes`` in Python 2
    module = test.root()
    return not said.isdisjoint(once_a_text("optional", lambda: _optional(module), module))


def _optional(module: Any) -> frozenset[str]:
    """The names of a module that an import under a condition, or one that may fail, binds, and what a platform is kept under."""
    kept = (
        target.name
        for each in module.body
        if isinstance(each, nodes.Assign) and not _OF_PLATFORMS.isdisjoint(names_in(each.value))
        for target in each.targets
        if isinstance(target, nodes.AssignName)
    )
    return chosen_imports(module) | frozenset(kept)


def chosen_imports(module: Any) -> frozenset[str]:
    found: frozenset[str] = once_a_text("chosen-imports", lambda: _imported_by_choice(module), module)
    return found


def _imported_by_choice(module: Any) -> frozenset[str]:
    imports = module.nodes_of_class((nodes.Import, nodes.ImportFrom))
    chosen = (each for each in imports if isinstance(each.parent, nodes.If | nodes.Try | nodes.ExceptHandler))
    return frozenset(alias or name for each in chosen for name, alias in each.names)
