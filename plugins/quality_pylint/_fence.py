"""Fences astroid in: no import, no module but the standard library's, no memory of an earlier text.

astroid keeps its state in module globals, so the fence is put up around one analysis and taken down behind it;
whoever else uses astroid in this process finds it as it was.
"""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, Any

import astroid.manager
from astroid import nodes, protocols
from astroid.brain import brain_gi, brain_numpy_utils
from astroid.builder import AstroidBuilder
from astroid.context import _invalidate_cache
from astroid.inference_tip import _CURRENTLY_INFERRING, clear_inference_tip_cache
from astroid.interpreter._import import spec
from astroid.interpreter.objectmodel import ObjectModel
from astroid.manager import AstroidManager
from astroid.nodes import node_ng
from astroid.nodes._base_nodes import LookupMixIn
from astroid.nodes.scoped_nodes import scoped_nodes
from pylint.checkers import utils, variables
from pylint.checkers.clear_lru_cache import clear_lru_caches

from quality_pylint._attributes import MODULE, denied, write_attribute
from quality_pylint._bounds import (
    forget_lines,
    has_locals_call_after,
    is_reassigned,
    join_string,
    multiply_sequence,
    operate_on_sequence,
)
from quality_pylint._modules import NothingImported, find_file, load_extension, load_module

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Standard modules kept parsed between texts. Beyond it they are parsed anew, so memory stays bounded.
MODULES_KEPT = 200


def _numpy_version() -> tuple[str, ...]:
    """Any version of today; astroid would import numpy to ask it."""
    return ("2", "0", "0")


_manager: Any = AstroidManager()


def _the_manager() -> Any:
    """There is one; to make it again costs more than what most ask of it."""
    return _manager


_REPLACEMENTS: tuple[tuple[Any, str, Any], ...] = (
    (AstroidManager, "ast_from_module_name", load_module),
    (AstroidManager, "file_from_module_name", find_file),
    (astroid.manager, "load_module_from_name", load_extension),
    (spec, "importlib", NothingImported),
    (node_ng, "AstroidManager", _the_manager),
    (scoped_nodes, "AstroidManager", _the_manager),
    (AstroidBuilder, "delayed_assattr", write_attribute),
    (protocols, "_multiply_seq_by_int", multiply_sequence),
    (nodes.List, "infer_binary_op", operate_on_sequence),
    (nodes.Tuple, "infer_binary_op", operate_on_sequence),
    (nodes.JoinedStr, "_infer_with_values", join_string),
    (variables, "_has_locals_call_after_node", has_locals_call_after),
    (utils, "_is_reassigned_relative_to_current", is_reassigned),
    (brain_numpy_utils, "_get_numpy_version", _numpy_version),
)
_NODE_CACHES: tuple[Any, ...] = (
    LookupMixIn.lookup,
    ObjectModel.attributes,
    nodes.ClassDef._metaclass_lookup_attribute,  # noqa: SLF001 - what clear_cache clears, without its rebuilding
)
_core: set[str] = set(_manager.astroid_cache)


@contextlib.contextmanager
def fence() -> Iterator[None]:
    """Puts up the fence, and on the way out forgets everything about the text.

    A text whose analysis raises also takes along the modules loaded for it: they may be half built.
    """
    denied.clear()
    forget_lines()
    before = set(_manager.astroid_cache)
    with contextlib.ExitStack() as stack:
        for owner, name, replacement in _REPLACEMENTS:
            stack.callback(setattr, owner, name, getattr(owner, name))
            setattr(owner, name, replacement)
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        warnings.filterwarnings("error", "Astroid was unable to transform")
        try:
            yield
        except BaseException:
            _keep_modules(before)
            raise
        finally:
            _forget_text()


def disarm() -> None:
    """Takes the transformation out of astroid that imports ``gi`` when a text mentions it."""
    entry = (brain_gi._register_require_version, brain_gi._looks_like_require_version)  # noqa: SLF001 - no public way
    if entry in _manager._transform.transforms[nodes.Call]:  # noqa: SLF001
        _manager.unregister_transform(nodes.Call, *entry)


def _forget_text() -> None:
    _manager.astroid_cache.pop(MODULE, None)
    forget_lines()
    if len(_manager.astroid_cache) > MODULES_KEPT:
        _keep_modules(_core)
    clear_inference_tip_cache()
    _CURRENTLY_INFERRING.clear()  # it survives a crash in mid-inference
    _invalidate_cache()
    clear_lru_caches()
    for cached in _NODE_CACHES:
        cached.cache_clear()


def _keep_modules(names: set[str]) -> None:
    for name in set(_manager.astroid_cache) - names:
        del _manager.astroid_cache[name]
