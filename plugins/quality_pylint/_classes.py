"""What classes are made of, and who says so."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._decorators import decorators, last_name
from quality_pylint._names import is_made_from_another

#: Decorators of classes that are made of the fields they declare.
_OF_RECORDS = frozenset({"attrs", "dataclass", "define", "frozen"})


def is_deep_elsewhere(node: Any) -> bool:
    """The classes that are many stand in another module: whoever uses a framework has no say in that."""
    own = node.root()
    return all(above.root() is not own for above in node.ancestors())


def is_a_record(node: Any) -> bool:
    """What a data class declares is what it stands for; its methods gather nothing more."""
    return (
        not _OF_RECORDS.isdisjoint(map(last_name, decorators(node)))
        and node.instance_attrs.keys() <= node.locals.keys()
    )


def is_a_slot_of_python(slot: Any) -> bool:
    """``__dict__`` and ``__weakref__`` make room for what every object has, and no descriptor that a class could hide."""
    return isinstance(slot, nodes.Const) and slot.value in {"__dict__", "__weakref__"}


def is_made_by_another(owner: Any) -> bool:
    """A metaclass that is made from one that is not known here may be a class of classes."""
    made = owner.metaclass() if isinstance(owner, nodes.ClassDef) else None
    return isinstance(made, nodes.ClassDef) and is_made_from_another(made)


def is_kept_for_a_class(call: Any) -> bool:
    """A function puts together the fields that a class is made of later."""
    outside = not isinstance(call.frame(), nodes.ClassDef)
    return outside and isinstance(call.parent, nodes.Dict | nodes.List | nodes.Return | nodes.Tuple)


def may_declare_slots(declared: Any) -> bool:
    """A class above that is not known here, or one below in the text, may have the slot."""
    owner = declared.frame()
    return isinstance(owner, nodes.ClassDef) and is_made_from_another(owner)
