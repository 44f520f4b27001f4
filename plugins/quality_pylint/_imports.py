"""What an import is for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from astroid import nodes

from quality_pylint._decorators import last_name
from quality_pylint._index import once_a_text

if TYPE_CHECKING:
    from collections.abc import Iterator


def packages(statement: Any) -> set[str]:
    """The first names of the modules that a statement imports."""
    if isinstance(statement, nodes.ImportFrom):
        return {(statement.modname or "").partition(".")[0]}
    if isinstance(statement, nodes.Import):
        return {name.partition(".")[0] for name, _ in statement.names}
    return set()


def is_imported_for_all(name: Any) -> bool:
    """Tells whether a function imports or defines a name that it says is the module's: ``global np``, ``import numpy as np``.

    Args:
        name: What pylint reports.
    """
    module = name.root()
    bound: frozenset[str] = once_a_text("imported-for-all", lambda: _imported_for_all(module), module)
    return getattr(name, "name", "") in bound


def _imported_for_all(module: Any) -> frozenset[str]:
    shared = ((each.frame(), name) for each in module.nodes_of_class(nodes.Global) for name in each.names)
    return frozenset(name for frame, name in shared if name in frame.locals)


def is_for_its_effect(statement: Any) -> bool:
    """Tells whether a function imports modules and uses none of them: they have something to do when they are loaded.

    At the top of a module such an import looks like one that was left. In a function somebody decided when it runs.
    """
    function = statement.frame()
    if not isinstance(statement, nodes.Import | nodes.ImportFrom) or not isinstance(
        function, nodes.FunctionDef
    ):
        return False
    return bool(once_a_text("effect", lambda: _read(function).isdisjoint(_bound(statement)), statement))


def is_handed_out(statement: Any) -> bool:
    """Tells whether what is imported is for others: in a module of nothing but imports from its project, or for Django.

    A Django application loads what registers itself where Django asks for it.
    """
    module = statement.root()
    of_imports = once_a_text("imports", lambda: _is_of_imports(module), module)
    return _is_registration(statement) or (of_imports and isinstance(statement, nodes.ImportFrom))


def is_handed_out_again(statement: Any) -> bool:
    """Tells whether ``from a import b as b`` says that ``b`` is for others, since the text does not use it."""
    if not isinstance(statement, nodes.ImportFrom):
        return False
    read = _read(statement.root())
    return bool(once_a_text("again", lambda: read.isdisjoint(_bound(statement)), statement))


def has_unseen_names(node: Any) -> bool:
    """Tells whether a module has names that the text does not show.

    They come with a star, are made when they are asked for, or are those of a package's modules.
    """
    module = node.root()
    if module.package or "__getattr__" in module.locals:
        return True
    return bool(once_a_text("star", lambda: next(_stars(module), None) is not None, module))


def takes_all_of_another(node: Any) -> bool:
    """Tells whether a module has whatever names another one has that is not here."""
    module = node.root()
    return bool(once_a_text("other-star", lambda: any(map(_is_of_others, _stars(module))), module))


def _is_of_others(statement: Any) -> bool:
    return bool(statement.level) or sys.stdlib_module_names.isdisjoint(packages(statement))


def _stars(module: Any) -> Iterator[Any]:
    return (each for each in module.nodes_of_class(nodes.ImportFrom) if each.names[0][0] == "*")


def _bound(statement: Any) -> set[str]:
    return {alias or name.partition(".")[0] for name, alias in statement.names}


def _read(scope: Any) -> frozenset[str]:
    """The names that are read in a function or module."""
    found: frozenset[str] = once_a_text(
        "read", lambda: frozenset(name.name for name in scope.nodes_of_class(nodes.Name)), scope
    )
    return found


def _is_registration(statement: Any) -> bool:
    function = statement.frame()
    owner = function.parent
    return (
        isinstance(owner, nodes.ClassDef)
        and function.name == "ready"
        and any(last_name(base).endswith("AppConfig") for base in owner.bases)
        and is_for_its_effect(statement)
    )


def _is_of_imports(module: Any) -> bool:
    """Tells whether a module is a list of what other modules have, with names in double underscores at most.

    Nobody asks for the standard library there.
    """
    return bool(module.body) and all(_is_of_a_list(each) for each in module.body)


def _is_of_a_list(statement: Any) -> bool:
    if isinstance(statement, nodes.If | nodes.Try):
        return all(_is_of_a_list(each) for each in statement.body)
    if isinstance(statement, nodes.Assign):
        return all(getattr(target, "name", "").startswith("__") for target in statement.targets)
    if not isinstance(statement, nodes.Import | nodes.ImportFrom):
        return False
    return bool(getattr(statement, "level", None)) or sys.stdlib_module_names.isdisjoint(packages(statement))
