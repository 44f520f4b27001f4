"""What the expressions of a function are made of."""

from __future__ import annotations

import ast
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from quality.model import is_function, is_special
from quality.rules import is_text, root_name
from quality_rules._constants import truth
from quality_rules._substance._names import bindings
from quality_rules._substance._nature import COMPARING, DOUBLES, Nature, is_known
from quality_rules._substance._objects import Objects
from quality_rules._substance._simplest import simplest

if TYPE_CHECKING:
    from collections import abc

#: What the text itself writes into its functions and classes.
_OF_FUNCTIONS = frozenset({"__doc__", "__name__", "__defaults__", "__kwdefaults__"})
#: Values of modules that are the same for everybody: what stands for anything in a test is equal to whatever it is compared with.
_WRITTEN_THERE = frozenset({"typing.TYPE_CHECKING", f"{DOUBLES}.ANY"})
#: Expressions that are evaluated like others.
_LIKE = {"Tuple": "List", "Set": "List", "SetComp": "ListComp", "GeneratorExp": "ListComp"}
#: A comparison has so many sides.
_SIDES = 2
#: A number and an entry.
_PAIR = 2
#: Expressions that are what they are, whatever is around them.
_ALONE = frozenset({ast.Name, ast.Constant})
#: Expressions that may take something out of what holds it.
_TAKING = frozenset({ast.Subscript, ast.Attribute, ast.Call})
#: Expressions that may change nothing.
_OPERATIONS = frozenset({ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Subscript})
#: Expressions that may ask an object.
_ASKING = frozenset({ast.Subscript, ast.Attribute, ast.BinOp, ast.Compare, ast.Call})
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
_SAME = ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In | ast.NotIn


class Values(Objects):
    """Evaluates expressions to natures. Flow-insensitive: a local has the most of all that it ever gets."""

    def of(self, node: ast.expr | None) -> Nature:
        """The nature of an expression's value."""
        if node is None:
            return Nature.FIXED
        kind = type(node)
        if kind in _ALONE:  # as mostly
            return _EVALUATORS[kind](self, node)
        taken = self.taken_out(node) if kind in _TAKING else None
        if taken is None and kind in _OPERATIONS:
            taken = simplest(node)
        if taken is not None:
            return self.of(taken)
        answered = self.asked_of_object(node) if self.names.classes and kind in _ASKING else None
        if answered is not None:
            return answered
        evaluate = _EVALUATORS.get(kind)
        return Nature.WORK if evaluate is None else evaluate(self, node)

    def most(self, nodes: abc.Iterable[ast.expr | None]) -> Nature:
        """The most that any of several expressions is made of."""
        return max(map(self.of, nodes), default=Nature.FIXED)

    def condition(self, test: ast.expr) -> Nature:
        """What decides when a condition does: an argument alone only sorts arguments."""
        nature = self.of(test) if truth(test) is None else Nature.FIXED
        if nature in {Nature.ECHO, Nature.FORM}:
            return Nature.WORK if self.looped else Nature.LISTED
        return nature

    def _of_Constant(self, node: ast.Constant) -> Nature:
        del node
        return Nature.FIXED

    def _of_Name(  # noqa: C901, PLR0911 - from the innermost scope outwards
        self, node: ast.Name
    ) -> Nature:
        name = node.id
        inner = self._inside(node) if name in self.inner else None
        if inner is not None:
            return inner
        if name in self.locals:
            return Nature.WORK if self._is_carried(node) else self.locals[name]
        if name in self.parameters:
            return self.parameters[name]
        if name in self.standing:
            return self._of_default(name)
        for outer in self.names.scope(self.function):
            if name in self.text.parameters_of(outer):
                return self.text.parameters_of(outer)[name]
        if name in self.names.functions:
            return self.text.most_of(self.names.visible(name, self.function)).value
        if name in self.names.classes:
            return Nature.WORK
        if name in self.facts.imports:
            return self._of_origin(self.facts.imports[name])
        if name in self.names.module_values:
            return self.text.module_value(name)
        return Nature.FIXED if is_special(name) or self.is_builtin(name) else Nature.WORK

    def _of_default(self, name: str) -> Nature:
        """The nature of a parameter's default, which is worked out where nobody knows the parameters: it may have the name of one."""
        standing, self.standing = self.standing, {}
        try:
            return self.of(standing[name])
        finally:
            self.standing = standing

    def _inside(self, name: ast.Name) -> Nature | None:
        """The nature of a name that a comprehension around it binds, and that means something else outside."""
        try:
            place = self.facts.span(name)[0]
        except KeyError:  # of a comprehension that is written as a call
            return None
        return next((nature for nature, start, end in self.inner[name.id] if start <= place < end), None)

    def _is_carried(self, name: ast.Name) -> bool:
        """Tells whether a local has, in a loop, what the turn before left in it: then how many turns there are decides."""
        if self.turns is None or not is_function(self.function):
            return False
        first, last = self.turns
        places = self.places.get(name.id)
        if places is None:
            stores = self.facts.names(self.function).stores.get(name.id, ())
            places = self.places[name.id] = sorted(self.facts.span(each)[0] for each in stores)
        begun = bisect_left(places, first)
        if begun == len(places) or places[begun] >= last:
            return False
        return self.facts.span(self.facts.statement(name))[0] <= places[begun]

    def _of_origin(self, origin: str) -> Nature:
        """The nature of a value that is imported."""
        root, _, rest = origin.partition(".")
        if not is_known(root):
            return Nature.BORROWED if root else Nature.WORK
        fixed = self.text.is_fixed(root) or not rest or origin in _WRITTEN_THERE
        return Nature.FIXED if fixed else Nature.WORK

    def _of_Attribute(self, node: ast.Attribute) -> Nature:
        root = root_name(node)
        if self.fields and isinstance(node.value, ast.Name) and ast.unparse(node) in self.fields:
            return self.fields[ast.unparse(node)]
        if node.attr in _OF_FUNCTIONS and (root in self.names.functions or root in self.names.classes):
            return Nature.FIXED
        origin = self.facts.origin(node)
        if origin and self.is_imported(node):
            return self._of_origin(origin)
        if node.attr in self.names.class_values and (root in {"self", "cls"} or root in self.names.classes):
            return self._of_class(node.attr, root)
        if isinstance(node.value, ast.Call) and self._own_method(node):
            return self._own(self._own_method(node), self.of(node.value))[0]  # a property
        nature = self.of(node.value)
        return nature if nature is Nature.BORROWED or self._is_part(node, nature) else Nature.WORK

    def _of_class(self, attribute: str, owner: str) -> Nature:
        """The nature of what bodies of classes give an attribute."""
        kind = self.names.visible_class(owner, self.function)
        if kind is not None and self.facts.function(kind) is self.function:  # written where it is read
            values = [v for part in kind.body for name, v in bindings(part) if name == attribute]
            return self.most(values) if values else Nature.WORK
        return self.text.class_value(attribute)

    def _is_part(self, node: ast.Attribute, nature: Nature) -> bool:
        """Tells whether an attribute is a part of a member of an enumeration, or of a record that holds the same each time."""
        if nature > Nature.FIXED:
            return False
        whole = node.value
        if isinstance(whole, ast.Call):
            return isinstance(whole.func, ast.Name) and self.names.is_record(whole.func.id)
        member = isinstance(whole, ast.Attribute | ast.Subscript) and root_name(whole) in self.names.classes
        return member and node.attr in {"name", "value"}

    def _of_Subscript(self, node: ast.Subscript) -> Nature:  # noqa: PLR0911 - by kind
        value, key = self.of(node.value), self.of(node.slice)
        if isinstance(node.value, ast.Name) and self.names.is_enumeration(node.value.id):
            return Nature.LISTED if Nature.FIXED < key < Nature.BORROWED else key
        if self.looped and self.sizes.get(root_name(node), Nature.FIXED) > Nature.FIXED:
            return Nature.WORK  # what earlier turns put there
        if value <= Nature.FIXED:
            if key <= Nature.LISTED and self.is_barren(node.value):
                return Nature.FIXED
            if Nature.FIXED < key <= Nature.LISTED and not self.looped:
                self.examples.look_up(node.value)
                return Nature.LISTED
            return max(value, key)
        if value is Nature.ECHO and key <= Nature.FIXED:
            whole = isinstance(node.slice, ast.Slice) and ast.unparse(node.slice) in {":", "::", "::1"}
            return Nature.ECHO if whole or self.size(node.value) <= Nature.FIXED else Nature.WORK
        return value if value in {Nature.LISTED, Nature.BORROWED} and key <= Nature.FIXED else Nature.WORK

    def _of_Slice(self, node: ast.Slice) -> Nature:
        return self.most([node.lower, node.upper, node.step])

    def _of_UnaryOp(self, node: ast.UnaryOp) -> Nature:
        nature = self.of(node.operand)
        if isinstance(node.op, ast.Not):
            return Nature.FORM if nature is Nature.ECHO else nature
        return nature if nature <= Nature.FIXED else Nature.WORK

    def _of_BinOp(self, node: ast.BinOp) -> Nature:
        if self._is_counted_truth(node):
            return Nature.LISTED
        nature = max(self.of(node.left), self.of(node.right))
        if isinstance(node.op, ast.Add | ast.Mod) and (is_text(node.left) or is_text(node.right)):
            return _in_text(nature)
        return nature if nature <= Nature.FIXED else Nature.WORK

    def _is_counted_truth(self, node: ast.expr) -> bool:
        """``(value == 1) * 6 + (value == 2) * 9``: an answer for each example, of which all but one count nothing."""
        if not isinstance(node, ast.BinOp):
            return False
        sides = (node.left, node.right)
        if isinstance(node.op, ast.Add | ast.BitOr):
            return all(map(self._is_counted_truth, sides))
        compared = [side for side in sides if isinstance(side, ast.Compare)]
        answers = [side for side in sides if side not in compared]
        if not isinstance(node.op, ast.Mult) or len(compared) != 1 or self.of(answers[0]) > Nature.FIXED:
            return False
        self.examples.beside = answers[0]
        nature = self.of(compared[0])
        self.examples.beside = None
        return nature is Nature.LISTED

    def _of_BoolOp(self, node: ast.BoolOp) -> Nature:
        if truth(node) is not None and not _has_default(node):
            return Nature.FIXED
        first = self.facts.origins.constant(node.values[0])
        if first is not None and bool(first) is isinstance(node.op, ast.Or):
            return Nature.FIXED  # a name of the module decides it, and nobody comes to the others
        natures = {self.of(value) for value in node.values}
        guarded = Nature.ECHO in natures and len(natures) > 1
        return max(natures | {Nature.FORM}) if guarded else max(natures)

    def _of_Compare(self, node: ast.Compare) -> Nature:
        sides = [node.left, *node.comparators]
        natures = [self.of(side) for side in sides]
        if max(natures) <= Nature.FIXED:
            return Nature.FIXED
        if Nature.BORROWED in natures and Nature.WORK not in natures:
            return Nature.BORROWED
        examples = [side for side, nature in zip(sides, natures, strict=True) if nature <= Nature.FIXED]
        inside = isinstance(node.ops[0], (ast.In, ast.NotIn))
        if inside and max(natures) <= Nature.LISTED and self.is_barren(sides[-1]):
            return Nature.FIXED
        alike = all(isinstance(op, _SAME) for op in node.ops) and len(examples) == len(sides) - 1
        searched = inside and node.left in examples
        if self.looped or searched or not alike or max(natures) > Nature.LISTED:
            return Nature.WORK
        for example in examples:
            self.examples.compare(example, inside=inside)
        return Nature.LISTED

    def _of_IfExp(self, node: ast.IfExp) -> Nature:
        known = truth(node.test)
        if known is not None:
            return self.of(node.body if known else node.orelse)
        self.examples.beside = node.body
        decided = self._decided(node.test)
        self.examples.beside = None
        natures = {self.of(node.body), self.of(node.orelse)}
        # Of many entries some have another one in their place.
        replaced = self.looped and Nature.ECHO in natures and len(natures) > 1
        return max(decided, Nature.FORM if replaced else decided, *natures)

    def _selected(self, test: ast.expr) -> Nature:
        """What decides which entries a comprehension keeps; what is asked anew for each may keep some of them."""
        inside = self.facts.within(test) if self.looped and truth(test) is None else ()
        asked = any(isinstance(node, ast.Call) for node in inside)
        return max(self._decided(test), Nature.FORM if asked else Nature.FIXED)

    def _decided(self, test: ast.expr) -> Nature:
        nature = self.condition(test)
        return nature if nature > Nature.FORM else Nature.FIXED

    def _of_NamedExpr(self, node: ast.NamedExpr) -> Nature:
        return self.once(node, self._kept)

    def _kept(self, node: ast.NamedExpr) -> Nature:
        nature = self.of(node.value)
        self.bind(node.target.id, nature, node.value)
        return nature

    def _of_JoinedStr(self, node: ast.JoinedStr) -> Nature:
        return _in_text(self.most(v.value for v in node.values if isinstance(v, ast.FormattedValue)))

    def _of_List(self, node: ast.List | ast.Tuple | ast.Set) -> Nature:
        # A module beside something marks nothing: it is the same for whoever imports it.
        entries = [each for each in node.elts if not self._is_module(each)] or node.elts
        natures = {self.of(entry) for entry in entries}
        nature = max(natures, default=Nature.FIXED)
        if nature is not Nature.ECHO:
            return nature
        # Arguments beside something else are a record of both, and one with another behind it is longer than it was.
        marked = min(natures) <= Nature.FIXED
        longer = len(node.elts) > 1 and any(isinstance(entry, ast.Starred) for entry in node.elts)
        return Nature.FORM if marked or longer else Nature.ECHO

    def _is_module(self, node: ast.expr) -> bool:
        """Tells whether a name stands for a module that is imported, by its own name or as a parameter's default."""
        if not isinstance(node, ast.Name) or node.id in self.locals or node.id in self.parameters:
            return False
        return is_known(self.facts.origin(node)) and self.facts.origin(node) in self.facts.imports.values()

    def _of_Dict(self, node: ast.Dict) -> Nature:
        # A record of its arguments is more than they are.
        nature = self.most([*node.keys, *node.values])
        return Nature.FORM if nature is Nature.ECHO else nature

    def _of_Starred(self, node: ast.Starred) -> Nature:
        return self.of(node.value)

    def _of_Await(self, node: ast.Await) -> Nature:
        return self.of(node.value)

    def _of_Yield(self, node: ast.Yield) -> Nature:
        del node
        return Nature.FIXED

    def _of_YieldFrom(self, node: ast.YieldFrom) -> Nature:
        return self.of(node.value)

    def _of_Lambda(self, node: ast.Lambda) -> Nature:
        return self.text.function_value(node)

    def _of_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Nature:
        nature = self.once(node, lambda each: self._comprehended(each.generators, [each.elt]))
        # A set has each of them once.
        return Nature.FORM if nature is Nature.ECHO and isinstance(node, ast.SetComp) else nature

    def _of_DictComp(self, node: ast.DictComp) -> Nature:
        nature = self.once(node, lambda each: self._comprehended(each.generators, [each.key, each.value]))
        return Nature.FORM if nature is Nature.ECHO else nature

    def _comprehended(self, generators: list[ast.comprehension], results: list[ast.expr]) -> Nature:
        nature, around = Nature.FIXED, (self.looped, self.spread)
        for generator in generators:
            target, container = self.counted(generator.target, generator.iter)
            source = Nature.WORK if generator.is_async else self.element(container)
            if source is Nature.ECHO and _takes_apart(target, results):
                source = Nature.FORM
            self.bind_target(target, source, container)
            self.looped = self.looped or self.size(generator.iter) > Nature.FIXED
            self.spread = self.spread or self.is_packed(generator.iter)
            decided = max(map(self._selected, generator.ifs), default=Nature.FIXED)
            nature = max(nature, decided, source)
        nature = max(nature, self.most(results))
        self.looped, self.spread = around
        return nature

    def is_packed(self, node: ast.expr) -> bool:
        """Tells whether an expression is the arguments that come packed: how many there are is said by the call."""
        return isinstance(node, ast.Name) and node.id == self.packed and node.id not in self.locals

    def counted(self, target: ast.expr, container: ast.expr) -> tuple[ast.expr, ast.expr]:
        """What a loop takes its entries out of, and the target for one, where each also gets its number, or is put into a row of one."""
        places = target.elts if isinstance(target, ast.Tuple) else []
        call = container if isinstance(container, ast.Call) and len(container.args) == 1 else None
        if call is None or not self.facts.is_builtin(call.func, "enumerate" if len(places) > 1 else "zip"):
            return target, container
        if len(places) == _PAIR:
            self.bind_target(places[0], Nature.WORK)
        return (places[-1], call.args[0]) if 0 < len(places) <= _PAIR else (target, container)

    def element(self, container: ast.expr) -> Nature:
        """The nature of what a loop takes out of a container; what is inside of an argument's entries is work to find."""
        nature = self.of(container)
        return Nature.WORK if (self.looped or self.spread) and nature > Nature.FIXED else nature

    def _of_Call(self, node: ast.Call) -> Nature:
        compared = self._compared(node)
        if node not in self.generators:
            self.generators[node] = self._as_generator(node)
        generator = self.generators[node]
        if compared is None and generator is not None:
            return self._of_ListComp(generator)
        return self._of_Compare(compared) if compared is not None else self.call(node)[0]

    def _as_generator(self, node: ast.Call) -> ast.GeneratorExp | None:
        """The generator that ``map`` and ``filter`` are, where their function is written there."""
        function = node.args[0] if len(node.args) == _SIDES else None
        if not isinstance(function, ast.Lambda) or not self.facts.is_builtin(node.func, "map", "filter"):
            return None
        places = function.args.args
        if len(places) != 1 or function.args.defaults:
            return None
        filters = root_name(node.func) == "filter"
        entry = ast.Name(places[0].arg, ast.Load())
        clause = ast.comprehension(entry, node.args[1], [function.body] if filters else [], 0)
        return ast.GeneratorExp(entry if filters else function.body, [clause])

    def _compared(self, node: ast.Call) -> ast.Compare | None:
        """The comparison that a call of ``operator.eq`` or of ``__eq__`` is."""
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "__eq__" and len(node.args) == 1:
            return ast.Compare(function.value, [ast.Eq()], node.args)
        by_name = len(node.args) == _SIDES and self.facts.origin(function) in COMPARING
        return ast.Compare(node.args[0], [ast.Eq()], node.args[1:]) if by_name else None

    def size(self, node: ast.expr) -> Nature:
        """What the length of a container is made of: FIXED or WORK."""
        if isinstance(node, ast.Name):
            if node.id in self.locals:
                return self.sizes.get(node.id, Nature.FIXED)
            if node.id == self.packed:
                return Nature.FIXED
        elif isinstance(node, _DISPLAYS):
            starred = [entry for entry in getattr(node, "elts", ()) if isinstance(entry, ast.Starred)]
            return max((self.size(entry.value) for entry in starred), default=Nature.FIXED)
        elif isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Name):
            return self.size(node.args[0])
        return Nature.FIXED if self.of(node) <= Nature.FIXED else Nature.WORK


def _takes_apart(target: ast.expr, results: list[ast.expr]) -> bool:
    """Tells whether a comprehension gives other parts of what it goes through than those in their order."""
    if not isinstance(target, ast.Tuple | ast.List):
        return False
    parts = [getattr(entry, "id", "") for entry in target.elts]
    return all(
        not isinstance(result, ast.Tuple | ast.List)
        or [getattr(entry, "id", "") for entry in result.elts] != parts
        for result in results
    )


def _in_text(nature: Nature) -> Nature:
    """The nature of a text that has a value in it: that of an argument is the argument in another form."""
    if nature <= Nature.FIXED:
        return nature
    return Nature.FORM if nature <= Nature.FORM else Nature.WORK


def _has_default(node: ast.BoolOp) -> bool:
    """Tells whether it is something, or else a constant: always true, and not always the same."""
    last = node.values[-1]
    plain = isinstance(last, ast.Constant) and not isinstance(last.value, bool)
    return isinstance(node.op, ast.Or) and plain and all(truth(value) is None for value in node.values[:-1])


#: Type of expression → what evaluates it.
_EVALUATORS: dict[type[ast.expr], abc.Callable[[Values, Any], Nature]] = {
    kind: evaluate
    for kind in ast.expr.__subclasses__()
    if (evaluate := getattr(Values, f"_of_{_LIKE.get(kind.__name__, kind.__name__)}", None)) is not None
}
