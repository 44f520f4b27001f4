"""How a text's imports lead to other modules: the standard library's are parsed, others do not exist.

The functions stand in for astroid's while the fence is up.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

from astroid.exceptions import AstroidImportError
from astroid.manager import AstroidManager
from astroid.nodes.scoped_nodes import utils

from quality.model import BUILTINS

if TYPE_CHECKING:
    from types import ModuleType

#: Parts of the standard library that no program needs and that take seconds to parse.
_LEFT_OUT = frozenset({"idlelib", "lib2to3", "test", "tests", "turtledemo"})
_SUFFIXES = ("", *importlib.machinery.SOURCE_SUFFIXES, *importlib.machinery.EXTENSION_SUFFIXES)

_EXTENSIONS = str(sysconfig.get_config_var("DESTSHARED") or "")
_LIBRARY = tuple(str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "platstdlib"))
_PACKAGES = tuple(str(Path(sysconfig.get_path(name)).resolve()) for name in ("purelib", "platlib"))

_astroids_load: Any = AstroidManager.ast_from_module_name
_astroids_find: Any = AstroidManager.file_from_module_name


def find_builtin(name: str) -> tuple[Any, Any]:
    """Gives the builtins with what a name is of them.

    astroid keeps types of the interpreter among them that have no name in Python, such as those of modules and
    tracebacks. A text that says ``traceback`` means the module, imported or not.
    """
    module, found = utils.builtin_lookup(name)
    return module, found if name in BUILTINS else ()


def load_module(self: Any, modname: str | None, *, use_cache: bool = True) -> Any:
    """Gives the tree of a standard module.

    Raises:
        AstroidImportError: The module is none of the standard library's.
    """
    name = modname or ""
    if name not in self.astroid_cache or not use_cache:
        top, *rest = name.split(".")
        known = name == "__main__" or (
            top in sys.stdlib_module_names and not _LEFT_OUT.intersection((top, *rest))
        )
        if not known or (rest and not _is_submodule(self, name)):
            raise AstroidImportError("{modname} is not analysed.", modname=name)
    return _astroids_load(self, modname, None, use_cache)


def find_file(self: Any, modname: str, contextfile: str | None) -> Any:
    """Finds a module's file.

    Raises:
        AstroidImportError: There is none, or a file elsewhere on the path hides the interpreter's own. So it is
            with ``distutils``, which Python 3.12 dropped and setuptools, where it is installed, replaces.
    """
    if modname.partition(".")[0] == "distutils":
        raise AstroidImportError("{modname} depends on what is installed.", modname=modname)
    found = _astroids_find(self, modname, contextfile)
    if found.location and not _is_interpreters_own(found.location):
        raise AstroidImportError("{modname} is hidden by another file.", modname=modname)
    return found


def load_extension(dotted_name: str) -> ModuleType:
    """Imports a compiled module, only from where the interpreter keeps its own.

    Raises:
        ImportError: It is not there.
    """
    if dotted_name in sys.modules:
        return sys.modules[dotted_name]
    if dotted_name in sys.builtin_module_names:
        return importlib.import_module(dotted_name)
    spec = importlib.machinery.PathFinder.find_spec(dotted_name, [_EXTENSIONS])
    if spec is None or spec.loader is None:
        raise ImportError(dotted_name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class NothingImported:
    """Stands for ``importlib`` where astroid looks for frozen modules: that would import their parents."""

    machinery = importlib.machinery

    class util:  # noqa: N801 - importlib's name
        """Stands for ``importlib.util``."""

        @staticmethod
        def find_spec(name: str) -> importlib.machinery.ModuleSpec | None:
            """Finds a module that has no parent, or a frozen one."""
            if "." not in name:
                return importlib.util.find_spec(name)
            return importlib.machinery.FrozenImporter.find_spec(name)


def _is_submodule(manager: Any, name: str) -> bool:
    """Tells whether a standard package has a submodule. Asking importlib would import the package."""
    if name == "os.path":
        return True
    package, _, child = name.rpartition(".")
    parent = manager.ast_from_module_name(package)
    if not (parent.package and parent.file):
        return False
    folder = Path(parent.file).parent
    return any((folder / f"{child}{suffix}").exists() for suffix in _SUFFIXES)


def _is_interpreters_own(location: str) -> bool:
    path = str(Path(location).resolve())
    return path.startswith((*_LIBRARY, _EXTENSIONS)) and not path.startswith(_PACKAGES)
