"""What objects of the text's own classes give: what their methods do that an operator or a builtin calls."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import body_of, decorators, dotted_name, root_name
from quality_rules._called import is_called
from quality_rules._substance._calls import handed
from quality_rules._substance._taken import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode
    from quality_rules._substance._nature import Nature

#: Operator → what the method is called that an object has for it.
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.MatMult: "matmul",
}
#: Builtins that only call a special method of their argument.
_ASKING = frozenset(
    {"len", "bool", "int", "float", "str", "repr", "bytes", "hash", "abs", "round", "format", "index"}
)
#: Bases are followed so far.
_DEPTH = 8
_RECORDS = frozenset({"NamedTuple"})
#: Decorators by which a method is read as a field is.
_PROPERTIES = frozenset({"property", "cached_property"})


class Objects(Taken):
    """Knows what comes of objects that the text makes of its own classes, and what their fields hold."""

    def asked_of_object(self, node: ast.expr) -> Nature | None:
        """The nature of what an object of the text answers to an operator or a builtin; None where it is none, or has no method."""
        for value, name, given in self._questions(node):
            kind = self._class_of(value)
            methods = self._special(kind, name) if kind is not None else []
            if methods:
                made = value.args if isinstance(value, ast.Call) else []
                return self._own(methods, self.most([*given, *made]))[0]
        return None

    def is_own_field(self, node: ast.expr) -> bool:
        """Tells whether something is an attribute of an object that the function makes, and uses for nothing but its attributes."""
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            return False
        name, values = node.value.id, self.sources.get(node.value.id, [])
        if len(set(values)) != 1 or name in self.parameters or not is_function(self.function):
            return False
        kind = self._class_of(values[0])
        uses = (self.facts.parent(use) for use in self.facts.names(self.function).loads.get(name, ()))
        alone = all(isinstance(use, ast.Attribute) and not is_called(self.facts, use) for use in uses)
        return alone and kind is not None and not kind.bases and not self._special(kind, "__setattr__")

    def _questions(self, node: ast.expr) -> Iterator[tuple[ast.expr, str, Sequence[ast.expr]]]:
        """The objects that an expression asks, the methods that answer, and what these are given."""
        if isinstance(node, ast.Subscript):
            yield node.value, "__getitem__", [node.slice]
            if isinstance(node.value, ast.Call) and not node.value.args and not node.value.keywords:
                yield node.value, "__missing__", [node.slice]  # nothing else is in it
        elif isinstance(node, ast.Attribute):
            values = self.names.class_values.get(node.attr, ())
            if len(values) == 1:
                yield values[0], "__get__", [node.value]
            if not self._has(node.value, node.attr):
                yield node.value, "__getattr__", []
        elif isinstance(node, ast.BinOp):
            word = _OPERATORS.get(type(node.op), "")
            yield node.left, f"__{word}__", [node.right]
            yield node.right, f"__r{word}__", [node.left]
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield node.comparators[0], "__contains__", [node.left]
        elif isinstance(node, ast.Call) and node.args and self.facts.is_builtin(node.func, *_ASKING):
            yield node.args[0], f"__{root_name(node.func)}__", node.args[1:]

    def _has(self, value: ast.expr, name: str) -> bool:
        """Tells whether something of the text may give an object an attribute of this name."""
        kind = self._class_of(value)
        own = kind is not None and bool(self._special(kind, name))
        return own or name in self.names.stored or name in self.names.class_values

    def _class_of(self, node: ast.expr) -> ast.ClassDef | None:
        """The class of the text of which an expression makes an object, there or for the name that is read."""
        value = self.held(node)
        if isinstance(value, ast.Name) and len(self.names.module_values.get(value.id, ())) == 1:
            value = self.names.module_values[value.id][0]
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name):
            return None
        return self.names.visible_class(value.func.id, self.function)

    def _special(self, kind: ast.ClassDef, name: str) -> Sequence[FunctionNode]:
        """The methods of a name that a class has, or has from a base of the text."""
        owner: ast.ClassDef | None = kind
        for _ in range(_DEPTH):
            found = self.names.methods_in.get((owner, name)) if owner is not None else None
            if found or owner is None:
                return found or []
            bases = (self.names.visible_class(dotted_name(base), self.function) for base in owner.bases)
            owner = next((base for base in bases if base is not None and base is not owner), None)
        return []

    def made_by(self, kind: ast.ClassDef) -> Sequence[FunctionNode]:
        """What makes the objects of a class in another way than usual: a method of its own, or of the class of the class."""
        for keyword in kind.keywords:
            if keyword.arg == "metaclass":
                above = self.names.visible_class(root_name(keyword.value), self.function)
                found = self._special(above, "__call__") if above is not None else []
                if found:
                    return found
        return self._special(kind, "__new__")

    def field(self, made: ast.Call, name: str) -> ast.expr | None:
        """What an object holds by a name that was given to the call which makes it."""
        if not isinstance(made.func, ast.Name):
            return None
        kind = self.names.visible_class(made.func.id, self.function)
        if kind is None:
            return self._of_factory(made, name)
        if any(not _PROPERTIES.isdisjoint(decorators(each)) for each in self._special(kind, name)):
            kept = self._given_back(kind, name)
            return self.field(made, kept) if kept and kept != name else None
        if "dataclass" in decorators(kind) or any(
            dotted_name(base).rpartition(".")[2] in _RECORDS for base in kind.bases
        ):
            return _of_record(made, kind, name)
        setting_up = self.names.methods_in.get((kind, "__init__"), [])
        return _of_set_up(made, kind, setting_up[0], name) if len(setting_up) == 1 else None

    def _of_factory(self, made: ast.Call, name: str) -> ast.expr | None:
        """``Pair = namedtuple("Pair", "left right"); Pair(1, value).right``."""
        word = root_name(made.func)
        factory = self.names.module_values[word][0] if self.names.is_record_factory(word) else None
        if not isinstance(factory, ast.Call) or len(factory.args) < 2:  # noqa: PLR2004 - its name and what it has
            return None
        written = factory.args[1]
        entries = written.elts if isinstance(written, ast.List | ast.Tuple) else [written]
        texts = [
            each.value for each in entries if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        names = [word for text in texts for word in text.replace(",", " ").split()]
        return _given(made, names).get(name)

    def got(self, call: ast.Call) -> ast.expr | None:
        """What a method gives that only gives what its object holds by a name."""
        function = call.func
        if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Call) or call.args:
            return None
        kind = self._class_of(function.value)
        kept = self._given_back(kind, function.attr) if kind is not None else ""
        return self.field(function.value, kept) if kept else None

    def _given_back(self, kind: ast.ClassDef, method: str) -> str:
        """The attribute that is all that a method of a class gives; empty for any other method."""
        methods = self._special(kind, method)
        body = body_of(methods[0]) if len(methods) == 1 else []
        only = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return) else None
        own = isinstance(only, ast.Attribute) and isinstance(only.value, ast.Name) and only.value.id == "self"
        return only.attr if own and isinstance(only, ast.Attribute) else ""


def _given(made: ast.Call, names: Sequence[str]) -> dict[str, ast.expr]:
    """Name → what a call gives by it, or at its place."""
    if any(isinstance(each, ast.Starred) for each in made.args) or any(
        each.arg is None for each in made.keywords
    ):
        return {}
    named = {each.arg: each.value for each in made.keywords if each.arg is not None}
    return {**dict(zip(names, made.args, strict=False)), **named}


def _of_record(made: ast.Call, kind: ast.ClassDef, name: str) -> ast.expr | None:
    """``Record(value).name``, of a class that says which fields its objects have."""
    if any(
        is_function(part) and part.name in {name, "__post_init__", "__new__", "__init__"}
        for part in kind.body
    ):
        return None
    fields = [
        part for part in kind.body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    ]
    names = [field.target.id for field in fields if isinstance(field.target, ast.Name)]
    return _given(made, names).get(name)


def _of_set_up(made: ast.Call, kind: ast.ClassDef, setting_up: FunctionNode, name: str) -> ast.expr | None:
    """``Box(value).name``, of a class whose ``__init__`` keeps a parameter by that name, where nothing else sets it."""
    stores = [
        node
        for node in ast.walk(kind)
        if isinstance(node, ast.Attribute) and node.attr == name and not isinstance(node.ctx, ast.Load)
    ]
    kept = [
        part.value.id
        for part in setting_up.body
        if isinstance(part, ast.Assign) and part.targets[0] in stores and isinstance(part.value, ast.Name)
    ]
    if len(stores) != 1 or len(kept) != 1:
        return None
    shifted = ast.Call(made.func, [ast.Name("self"), *made.args], made.keywords)
    return handed(shifted, setting_up).get(kept[0])
