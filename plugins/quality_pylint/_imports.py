"""What an import is for."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._decorators import last_name


def packages(statement: Any) -> set[str]:
    """The first names of the modules that a statement imports."""
    if isinstance(statement, nodes.ImportFrom):
        return {(statement.modname or "").partition(".")[0]}
    if isinstance(statement, nodes.Import):
        return {name.partition(".")[0] for name, _ in statement.names}
    return set()


def is_for_its_effect(statement: Any) -> bool:
    """Tells whether a function imports modules and uses none of them: they have something to do when they are loaded.

    At the top of a module such an import looks like one that was left. In a function somebody decided when it runs.
    """
    function = statement.frame()
    if not isinstance(statement, nodes.Import | nodes.ImportFrom) or not isinstance(
        function, nodes.FunctionDef
    ):
        return False
    bound = {alias or name.partition(".")[0] for name, alias in statement.names}
    return not any(name.name in bound for name in function.nodes_of_class(nodes.Name))


def is_registration(statement: Any) -> bool:
    """Tells whether a Django application loads what registers itself, where Django asks for it."""
    function = statement.frame()
    owner = function.parent
    return (
        isinstance(owner, nodes.ClassDef)
        and function.name == "ready"
        and any(last_name(base).endswith("AppConfig") for base in owner.bases)
        and is_for_its_effect(statement)
    )
