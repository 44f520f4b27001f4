"""Whose names they are: what a framework, a formula or the values ask for, and what only a script's own code reads."""

from __future__ import annotations

import re
from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._decorators import last_name
from quality_pylint._imports import packages
from quality_pylint._index import once_a_text

#: Methods that are looked up by the name of a class or of a verb: ``visit_Name``, ``do_GET``.
_DISPATCHED = re.compile(r"(?:visit|leave|depart|do)_[A-Z]\w*")
#: What a formula calls its matrices, their parts and differences: ``X``, ``X_train``, ``Vt``, ``I0``, ``dS``.
_FORMULA = re.compile(r"[a-z]?[A-Z][a-z]?[A-Z]?\d?(?:_[a-z0-9]+)*")
_NUMERICAL = frozenset(
    {"jax", "networkx", "numpy", "pandas", "scipy", "sklearn", "sympy", "tensorflow", "torch"}
)
_CAMEL = re.compile(r"[a-z]+[A-Z]\w*")
_CAPITALIZED = re.compile(r"[A-Z]\w*[a-z]\w*")
_LOWER = re.compile(r"[a-z_][a-z0-9_]*")
#: What functions that return a class say of it: ``get_model``, ``sessionmaker``, ``namedtuple``.
_OF_CLASSES = re.compile(r"model|class|type|maker|factory|tuple|enum|base", re.IGNORECASE)
#: What is read of a class and hardly of another object.
_ATTRIBUTES_OF_CLASSES = frozenset({"__name__", "__subclasses__", "objects"})
#: Bases of classes that have the name of what they stand for in C.
_OF_C = frozenset({"BigEndianStructure", "LittleEndianStructure", "Structure", "Union"})
#: Methods of what is written in the place of a function: ``with suppressed():``, ``@cached_property``.
_LIKE_FUNCTIONS = frozenset({"__aenter__", "__enter__", "__get__"})
#: No more elements of a tuple are looked at.
_MOST = 20
#: Built-in classes.
_CLASSES = frozenset(
    {"bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"}
)
#: Names that Python gives to its interactive session only.
_INTERACTIVE = frozenset({"copyright", "credits", "license"})


def is_named_by_others(node: Any) -> bool:
    """Tells whether the form of a name is not the author's choice, or says what it should.

    A framework gives the names of its methods and settings, C those of its structures, a formula its letters. What
    a script computes is no constant, and a class in a variable is still a class.

    Args:
        node: What pylint reports.
    """
    name = str(getattr(node, "attrname", getattr(node, "name", "")))
    module = node.root()
    if isinstance(node, nodes.FunctionDef):
        owner = node.parent
        return isinstance(owner, nodes.ClassDef) and (
            bool(_DISPATCHED.fullmatch(name)) or is_overriding(node) or _is_in_the_style_above(name, owner)
        )
    if isinstance(node, nodes.ClassDef):
        return not _OF_C.isdisjoint(map(last_name, node.bases)) or not _LIKE_FUNCTIONS.isdisjoint(node.locals)
    if isinstance(node, nodes.AssignName) and node.frame() is module:
        return _is_read_from_outside(name, module)
    if isinstance(node, nodes.AssignName) and _CAPITALIZED.fullmatch(name) and _holds_a_class(node):
        return True
    return bool(_FORMULA.fullmatch(name)) and once_a_text("numerical", lambda: _is_numerical(module), module)


def is_overriding(node: Any) -> bool:
    """Tells whether a class that is not known here may ask for the parameters, and the name, of a method."""
    function = node if isinstance(node, nodes.FunctionDef) else node.scope()
    owner = function.parent if isinstance(function, nodes.FunctionDef) else None
    return (
        isinstance(owner, nodes.ClassDef)
        and not function.name.startswith("_")
        and is_made_from_another(owner)
    )


def is_made_from_another(owner: Any) -> bool:
    """Tells whether a class is made from one that the text does not show."""
    return bool(owner.bases) and not utils.has_known_bases(owner)


def is_only_of_the_script(name: str, module: Any) -> bool:
    """Tells whether a name is bound by code outside of functions alone, and no function or class takes it from there.

    Nobody can take a function's own name for it: it holds what the script computes.
    """
    return name not in _taken(module) and name not in once_a_text("defined", lambda: _defined(module), module)


def _defined(module: Any) -> frozenset[str]:
    """The module's names that are imported, or those of functions and classes."""
    named = module.locals.items()
    return frozenset(
        name for name, bound in named if not all(isinstance(each, nodes.AssignName) for each in bound)
    )


def is_replaced(node: Any) -> bool:
    """Tells whether a built-in function is exchanged on purpose, for one that does the same in another way.

    Such are ``input = sys.stdin.readline``, ``open = io.open`` and ``print = partial(print, flush=True)``. A method
    that was cut out of its class hides nothing either.
    """
    name = getattr(node, "name", "")
    if isinstance(node, nodes.FunctionDef) and node.argnames()[:1] in (["self"], ["cls"]):
        return True
    if name in _INTERACTIVE:
        return True
    value = node.parent.value if isinstance(node.parent, nodes.Assign) else None
    if isinstance(value, nodes.Call):
        return last_name(value) == "partial" and any(getattr(each, "name", "") == name for each in value.args)
    if not isinstance(value, nodes.Attribute):
        return False
    if name == "input":
        return bool(value.attrname == "readline")
    home = node.root().locals.get(getattr(value.expr, "name", ""), [None])[0]
    return value.attrname == name and isinstance(home, nodes.Import)


def _is_numerical(module: Any) -> bool:
    return any(not _NUMERICAL.isdisjoint(packages(statement)) for statement in module.body)


def _is_in_the_style_above(name: str, owner: Any) -> bool:
    """Tells whether a library's class, that a class is made from, has names of the same form: ``assertEqual``."""
    return bool(_CAMEL.fullmatch(name)) and once_a_text("camel", lambda: _is_below_camels(owner), owner)


def _is_below_camels(owner: Any) -> bool:
    above = (each for each in owner.ancestors() if each.root() is not owner.root())
    return any(_CAMEL.fullmatch(other) for each in above for other in each.locals)


def _is_read_from_outside(name: str, module: Any) -> bool:
    """Tells whether a module's variable is a script's, or a setting that a framework looks up by its name."""
    if once_a_text("script", lambda: _is_script(module), module):
        return True
    if not _LOWER.fullmatch(name):
        return _CAPITALIZED.fullmatch(name) is not None and _is_of_classes(module.locals[name][0])
    exports = "__all__" in module.locals
    return (not exports and name not in _taken(module)) or name in _rebound(module)


def _is_script(module: Any) -> bool:
    return not any(isinstance(each, nodes.FunctionDef | nodes.ClassDef) for each in module.body)


def _rebound(module: Any) -> frozenset[str]:
    """The module's names that functions give other values: no constants."""
    found: frozenset[str] = once_a_text(
        "rebound",
        lambda: frozenset(name for each in module.nodes_of_class(nodes.Global) for name in each.names),
        module,
    )
    return found


def _is_of_classes(node: Any) -> bool:
    """Tells whether a name stands for several classes at once, as ``isinstance`` takes them."""
    value = getattr(node.parent, "value", None)
    named = [last_name(each) for each in value.elts[:_MOST]] if isinstance(value, nodes.Tuple) else []
    return bool(named) and all(_CAPITALIZED.fullmatch(name) or name in _CLASSES for name in named)


def _taken(module: Any) -> frozenset[str]:
    taken: frozenset[str] = once_a_text("taken", lambda: frozenset(_names_taken(module)), module)
    return taken


def _names_taken(module: Any) -> set[str]:
    """The module's names that its functions and classes read or bind."""
    taken: set[str] = set()
    for node in module.nodes_of_class((nodes.Name, nodes.Global)):
        if isinstance(node, nodes.Global):
            taken.update(node.names)
        elif node.frame() is not module:
            scope = node.scope()
            while scope is not module and node.name not in scope.locals:
                scope = scope.parent.scope()
            if scope is module:
                taken.add(node.name)
    return taken


def _holds_a_class(node: Any) -> bool:
    """Tells whether a variable or parameter is made by what makes classes, or used as a class."""
    statement = node.parent
    if isinstance(statement, nodes.Assign) and _OF_CLASSES.search(last_name(statement.value)):
        return True
    scope = node.frame()
    return node.name in once_a_text("used-as-classes", lambda: frozenset(_used_as_classes(scope)), scope)


def _used_as_classes(scope: Any) -> set[str]:
    """Names that are called, made into classes, or asked for what classes have."""
    return {name.name for name in scope.nodes_of_class(nodes.Name) if _is_used_as_a_class(name)}


def _is_used_as_a_class(name: Any) -> bool:
    user = name.parent
    if isinstance(user, nodes.Call):
        asked = last_name(user) in {"isinstance", "issubclass"} and name in user.args[1:]
        return user.func is name or asked
    if isinstance(user, nodes.Attribute):
        return user.attrname in _ATTRIBUTES_OF_CLASSES
    return isinstance(user, nodes.ClassDef) and name in user.bases
