"""astroid's tree of the builtins as the interpreter brings them, whatever the host did to them.

astroid describes the builtins that it finds when it builds its first tree. Where ``print`` is a host's own by then, it is
an unknown object, and what pylint says of it would depend on the host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes, raw_building
from pylint.checkers import utils

from quality.model import BUILTIN_FUNCTIONS, BUILTINS

if TYPE_CHECKING:
    from collections.abc import Callable

_attach_import: Callable[..., None] = raw_building.attach_import_node
_build_function: Callable[..., nodes.FunctionDef] = raw_building.build_function
_add_class: Callable[..., None] = raw_building._add_dunder_class  # noqa: SLF001 - what describes any other
#: Functions that the builtins take from another module.
_IMPORTED = {"open": "_io"}


def is_builtin(name: str) -> bool:
    """Tells whether a name is one of the builtins."""
    return name in BUILTINS or name in utils.SPECIAL_BUILTINS


def mend(module: Any) -> None:
    """Describes functions again that the host had replaced or taken away; others stay as they are.

    Args:
        module: astroid's tree of the builtins.
    """
    for name in sorted(BUILTIN_FUNCTIONS):
        if not _is_own(name, module.locals.get(name, [])):
            module.locals.pop(name, None)
            _describe(module, name)


def _is_own(name: str, described: list[Any]) -> bool:
    if name in _IMPORTED:
        return any(type(each) is nodes.ImportFrom and each.modname == _IMPORTED[name] for each in described)
    return any(type(each) is nodes.FunctionDef and each.args.args is None for each in described)


def _describe(module: Any, name: str) -> None:
    if name in _IMPORTED:
        _attach_import(module, _IMPORTED[name], name)
        return
    function = _build_function(name, module)
    _add_class(function, module, len)
    module.add_local_node(function, name)
