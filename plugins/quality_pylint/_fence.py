"""Fences astroid in: no import, no module but the standard library's, no memory of an earlier text.

astroid keeps its state in module globals, so the fence is put up around one analysis and taken down behind it;
whoever else uses astroid in this process finds it as it was.
"""

from __future__ import annotations

import contextlib
import functools
import warnings
from typing import TYPE_CHECKING, Any

import astroid.manager
from astroid import nodes, protocols
from astroid.brain import brain_builtin_inference, brain_gi, brain_numpy_utils
from astroid.builder import AstroidBuilder
from astroid.context import _invalidate_cache
from astroid.inference_tip import _CURRENTLY_INFERRING, clear_inference_tip_cache
from astroid.interpreter._import import spec
from astroid.manager import AstroidManager
from astroid.nodes import node_ng
from astroid.nodes._base_nodes import LookupMixIn
from astroid.nodes.scoped_nodes import mixin, scoped_nodes
from astroid.transforms import TransformVisitor
from pylint.checkers import utils, variables
from pylint.checkers.clear_lru_cache import clear_lru_caches
from pylint.checkers.refactoring.refactoring_checker import RefactoringChecker

from quality_pylint._attributes import MODULE, denied, write_attribute
from quality_pylint._bounds import (
    compute,
    forget_lines,
    has_locals_call_after,
    is_reassigned,
    join_string,
    multiply_sequence,
    operate_on_sequence,
)
from quality_pylint._builtins import is_builtin, mend
from quality_pylint._comparisons import OF_COMPARISONS
from quality_pylint._index import look_at
from quality_pylint._modules import NothingImported, find_builtin, find_file, load_extension, load_module
from quality_pylint._places import OF_PLACES
from quality_pylint._returns import is_return_ended
from quality_pylint._scopes import Scopes
from quality_pylint._shortcuts import ALWAYS, SHORTCUTS
from quality_pylint._transforms import bundle_builtins, visit
from quality_pylint._variables import OF_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Standard modules kept parsed between texts. Beyond it they are parsed anew, so memory stays bounded.
MODULES_KEPT = 200


#: How the modules of astroid begin that know of numpy.
_NUMPY = "astroid.brain.brain_numpy"


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
    (mixin, "builtin_lookup", find_builtin),
    (node_ng, "AstroidManager", _the_manager),
    (scoped_nodes, "AstroidManager", _the_manager),
    (AstroidBuilder, "delayed_assattr", write_attribute),
    (protocols, "_multiply_seq_by_int", multiply_sequence),
    (nodes.List, "infer_binary_op", operate_on_sequence),
    (nodes.Tuple, "infer_binary_op", operate_on_sequence),
    (nodes.Const, "infer_binary_op", compute),
    (nodes.JoinedStr, "_infer_with_values", join_string),
    (variables, "_has_locals_call_after_node", has_locals_call_after),
    (utils, "_is_reassigned_relative_to_current", is_reassigned),
    (brain_builtin_inference, "scoped_nodes", Scopes),
    (utils, "is_builtin", is_builtin),
    (brain_numpy_utils, "_get_numpy_version", _numpy_version),
    (RefactoringChecker, "_is_node_return_ended", is_return_ended),
    (TransformVisitor, "visit", visit),
    *SHORTCUTS,
)
#: What has the same outcome whether the fence is up or not.
_STANDING: tuple[tuple[Any, str, Any], ...] = (*OF_PLACES, *OF_NAMES, *OF_COMPARISONS, *ALWAYS)
#: Whether the fence is up.
_up = False
#: The builtins that were looked through for what the host replaced. Others of the process may have them made again.
_mended: Any = None


def _while_up(theirs: Any, ours: Any) -> Callable[..., Any]:
    @functools.wraps(theirs)
    def chosen(*args: Any, **options: Any) -> Any:
        return (ours if _up else theirs)(*args, **options)

    if hasattr(theirs, "cache_clear"):  # astroid calls it when it forgets everything
        vars(chosen)["cache_clear"] = theirs.cache_clear
    return chosen


def _install() -> tuple[tuple[Any, str, Any, Any], ...]:
    """Puts what chooses into classes, and gives what is left to exchange with every text: names of modules.

    Whoever writes into a class makes the interpreter forget what it learned about it.
    """
    exchanged = []
    for owner, name, ours in _STANDING:
        setattr(owner, name, ours)
    for owner, name, ours in _REPLACEMENTS:
        theirs = getattr(owner, name)
        if isinstance(owner, type):
            setattr(owner, name, _while_up(theirs, ours))
        else:
            exchanged.append((owner, name, theirs, ours))
    return tuple(exchanged)


_EXCHANGED = _install()
_NODE_CACHES: tuple[Any, ...] = (
    LookupMixIn.lookup,
    nodes.ClassDef._metaclass_lookup_attribute,  # noqa: SLF001 - what clear_cache clears, without its rebuilding
)
#: What is never forgotten: to make the builtins again takes half a second.
_CORE = {"builtins"}


@contextlib.contextmanager
def fence() -> Iterator[None]:
    """Puts up the fence, and on the way out forgets everything about the text.

    A text whose analysis raises also takes along the modules loaded for it: they may be half built.
    """
    denied.clear()
    forget_lines()
    before = set(_manager.astroid_cache)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            _put(up=True)
            _mend_builtins()
            yield
        except BaseException:
            _keep_modules(before | _CORE)
            raise
        finally:
            _forget_text()
            _put(up=False)


def _mend_builtins() -> None:
    global _mended  # noqa: PLW0603 - astroid is one for the process
    if "builtins" not in _manager.astroid_cache:
        _manager.bootstrap()
    if _manager.builtins_module is not _mended:
        _mended = _manager.builtins_module
        mend(_mended)


def _put(*, up: bool) -> None:
    global _up  # noqa: PLW0603 - astroid is one for the process
    _up = up
    for owner, name, theirs, ours in _EXCHANGED:
        setattr(owner, name, ours if up else theirs)


def disarm() -> None:
    """Takes transformations out of astroid, and bundles others.

    One imports ``gi`` when a text mentions it. Those of numpy describe its functions as they once were: a parameter that a
    later version takes would be a mistake.
    """
    entry = (brain_gi._register_require_version, brain_gi._looks_like_require_version)  # noqa: SLF001 - no public way
    if entry in _manager._transform.transforms[nodes.Call]:  # noqa: SLF001
        _manager.unregister_transform(nodes.Call, *entry)
    for kind, changes in list(_manager._transform.transforms.items()):  # noqa: SLF001
        for change in [each for each in changes if _home(each[1]).startswith(_NUMPY)]:
            _manager.unregister_transform(kind, *change)
    bundle_builtins()


def _home(asked: Any) -> str:
    """The module of a predicate, which may have its first arguments filled in."""
    return str(getattr(getattr(asked, "func", asked), "__module__", ""))


def _forget_text() -> None:
    look_at(None)
    _manager.astroid_cache.pop(MODULE, None)
    forget_lines()
    if len(_manager.astroid_cache) > MODULES_KEPT:
        _keep_modules(_CORE)
    clear_inference_tip_cache()
    _CURRENTLY_INFERRING.clear()  # it survives a crash in mid-inference
    _invalidate_cache()
    clear_lru_caches()
    for cached in _NODE_CACHES:
        cached.cache_clear()


def _keep_modules(names: set[str]) -> None:
    for name in set(_manager.astroid_cache) - names:
        del _manager.astroid_cache[name]
