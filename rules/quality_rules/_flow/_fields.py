"""Whether somebody else chooses which fields of an object are set."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quality.rules import last_word, targets_of
from quality_rules._flow._values import Harm
from quality_rules._words import words

if TYPE_CHECKING:
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run
    from quality_rules._flow._values import Value

#: Methods of a model's manager or class that store what they are given by name.
_STORING: Final = frozenset({"create", "acreate", "get_or_create", "update_or_create", "update", "aupdate"})
#: Parts of a module's name that say that its classes are stored.
_MODEL_MODULES: Final = frozenset({"models", "model", "entities", "orm"})
#: Ends of base classes' names whose objects are stored, and of those that only check.
_STORED: Final = ("Model", "Document", "Base", "Entity")
_CHECKING: Final = frozenset({"BaseModel", "SQLModel", "RootModel"})
#: Fields that say what somebody may do, or has.
_PRIVILEGES: Final = words(
    """
    is_admin is_staff is_superuser superuser role permissions is_premium premium is_verified balance
    """
)
#: Methods of an object that store it, and those of what stores it.
_SAVING: Final = frozenset({"save", "asave"})
_ADDING: Final = frozenset({"add", "persist", "merge"})
#: Where objects keep their fields.
_PLACES: Final = frozenset({"__dict__"})


def has_privilege(definition: ast.AST) -> bool:
    """Tells whether a class, or one of a module, shows a field that nobody may set who only fills in a form."""
    classes = [node for node in ast.walk(definition) if isinstance(node, ast.ClassDef)]
    fields = (node for each in classes for node in (*each.body, *_own_stores(each)))
    return any(_field(node) in _PRIVILEGES for node in fields)


def _own_stores(definition: ast.ClassDef) -> list[ast.Attribute]:
    return [node for node in ast.walk(definition) if isinstance(node, ast.Attribute)]


def _field(node: ast.AST) -> str:
    """The name of the field that a node sets, or declares; empty for any other."""
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
            return name
        case ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()):
            return name
    return ""


def check_fields(run: Run, called: Called) -> None:
    """A name of an attribute, or all names of a mapping, out of what a client sent."""
    if called.name == "setattr" and len(called.args) > 1 and called.args[1].built is None:
        _check(run, called, called.args[1])
    spread = called.named.get(None)
    if spread is not None and spread.taints and not _names_fields(run, called.node) and _stores(run, called):
        _check(run, called, spread)
    elif called.last == "update" and called.args and isinstance(called.node.func, ast.Attribute):
        owner = called.node.func.value
        is_own = isinstance(owner, ast.Attribute) and owner.attr in _PLACES
        if is_own or getattr(getattr(owner, "func", None), "id", "") == "vars":
            _check(run, called, called.args[0])


def _names_fields(run: Run, call: ast.Call) -> bool:
    """Tells whether what a call spreads is written out here, so that its names are the program's own."""
    for given in (run.facts.only_value(keyword.value) for keyword in call.keywords if keyword.arg is None):
        if not isinstance(given, ast.DictComp) and not (
            isinstance(given, ast.Dict) and None not in given.keys
        ):
            return False
    return True


def _check(run: Run, called: Called, value: Value) -> None:
    """Only what is known all the way: what a form, a schema or a serializer gives has names of its own."""
    sure = tuple(taint for taint in value.taints if taint.sure)
    run.check(Harm.FIELDS, called.node, value._replace(taints=sure))


def _stores(run: Run, called: Called) -> bool:
    """Tells whether a call makes or changes an object that is kept."""
    function = called.node.func
    if called.last in _STORING and isinstance(function, ast.Attribute):
        return _is_managed(function.value) or _is_model(run, function.value)
    return _is_model(run, function)


def _is_managed(node: ast.expr) -> bool:
    """Tells whether a chain of calls begins with the objects of a model."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def _is_model(run: Run, node: ast.expr) -> bool:
    """Tells whether a name is one of a class whose objects are stored."""
    name = last_word(node)
    if not name[:1].isupper():
        return False
    own = run.flow.classes.named(name)
    if own is not None:
        bases = {last_word(base) for base in own.bases}
        stored = any(base.endswith(_STORED) for base in bases)
        return not bases & _CHECKING and (stored or has_privilege(own))
    if run.facts.origin(node) == name and _is_kept(run, node):
        return True
    return not _MODEL_MODULES.isdisjoint(run.facts.origin(node).split(".")[:-1])


def _is_kept(run: Run, made: ast.expr) -> bool:
    """Tells whether an object of a class that nobody knows is stored where it is made: ``user.save()``, ``session.add(user)``."""
    facts = run.facts
    call = facts.parent(made)
    above, function = facts.parent(call) if call is not None else None, facts.function(made)
    if not isinstance(call, ast.Call) or function is None:
        return False
    if isinstance(above, ast.Call):
        return call in above.args and last_word(above.func) in _ADDING
    names = {target.id for target in targets_of(above) if isinstance(target, ast.Name)} if above else set()
    for other in facts.inside(function, ast.Call) if names else ():
        saved = isinstance(other.func, ast.Attribute) and other.func.attr in _SAVING
        if saved and getattr(other.func.value, "id", "") in names:  # type: ignore[attr-defined]
            return True
        if last_word(other.func) in _ADDING and any(getattr(each, "id", "") in names for each in other.args):
            return True
    return False
