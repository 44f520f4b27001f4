"""What calls stand for: without ``getattr``, ``partial``, functions of the module ``operator`` and other detours around them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quality.model._arguments import formatted, is_name, joined, spread, text_of
from quality.model._choices import first_or
from quality.model._disguised import made_constant, taken_out
from quality.model._handed import called_at_once
from quality.model._operations import operation
from quality.model._origins import IMPORTERS

if TYPE_CHECKING:
    from quality.model._helpers import TextHelpers
    from quality.model._origins import Origins

#: Modules whose function ``cast`` gives its second argument.
_CASTING = frozenset({"typing.cast", "typing_extensions.cast"})
_PARTIAL = "functools.partial"
_METHOD_CALLER = "operator.methodcaller"
_ATTRIBUTE_GETTER = "operator.attrgetter"
_ITEM_GETTER = "operator.itemgetter"
_BY_NAME = frozenset({_METHOD_CALLER, _ATTRIBUTE_GETTER})


@dataclass(slots=True)
class Calls:
    """Says what calls stand for, and keeps what they were about.

    Attributes:
        origins: What the names of the tree stand for.
        helpers: The functions that put texts together.
        passed_over: Names that were there for a detour, and may be used nowhere else.
        looked_up: Lines and columns of attributes that are looked up by name: such a one need not exist.
        put_together: Text that was written out → the function whose call it was.
    """

    origins: Origins
    helpers: TextHelpers
    passed_over: set[str] = field(default_factory=set)
    looked_up: set[tuple[int, int]] = field(default_factory=set)
    put_together: dict[ast.expr, str] = field(default_factory=dict)

    def stands_for(self, call: ast.Call) -> ast.expr:
        """What a call is one step less far from; the call itself without a detour."""
        own = self._by_own_name(call.func)
        if own is not None:
            return ast.copy_location(ast.Call(own, call.args, call.keywords), call)
        name = self.name(call.func)
        return (
            self.constant(call, name)
            or self.got_by_name(call, name)
            or self._applied(call, name)
            or self._called_at_once(call)
            or formatted(call)
            or self._put_together(call)
            or joined(call, name)
            or (first_or(call) if name == "next" else None)
            or self._made(call)
            or self._taken_out(call)
            or spread(call)
        )

    def constant(self, call: ast.Call, name: str) -> ast.Constant | None:
        """``int("511")``, where that is Python's own."""
        found = made_constant(call)
        return found if isinstance(call.func, ast.Attribute) or name else None

    def _taken_out(self, call: ast.Call) -> ast.expr | None:
        """``[f][0](a)``, and ``(g := f)(a)`` where nobody asks for that name."""
        function = call.func
        found = taken_out(function)
        if found is not None and isinstance(function, ast.Subscript):
            self.passed_over.update(
                each.id for each in ast.walk(function.value) if isinstance(each, ast.Name)
            )
        if isinstance(function, ast.NamedExpr) and not self.origins.reads(function.target.id):
            found = function.value
        return None if found is None else ast.copy_location(ast.Call(found, call.args, call.keywords), call)

    def name(self, node: ast.AST) -> str:
        """The dotted name of a function; empty for what the source defines itself."""
        if not isinstance(node, ast.Name | ast.Attribute):
            return ""
        name = self.origins.of(node)
        return "" if name in self.origins.bound else name

    def _by_own_name(self, function: ast.expr) -> ast.expr | None:
        """``logging.error`` for a name or an entry of a table that the module gives it, or for ``vars(logging)["error"]``."""
        root = function
        while isinstance(root, ast.Subscript | ast.Call | ast.Attribute):
            root = root.func if isinstance(root, ast.Call) else root.value
        if not isinstance(function, ast.Name | ast.Subscript) or not isinstance(root, ast.Name):
            return None
        if not self.origins.is_of_module(root.id):  # a local name would be there for nothing
            return None
        own = self.origins.by_own_name(function)
        return own if isinstance(own, ast.Attribute) else None

    def imported(self, statement: ast.Assign) -> ast.Import | None:
        """``json = import_module("json")``."""
        call, target = statement.value, statement.targets[0]
        if not (isinstance(call, ast.Call) and isinstance(target, ast.Name) and len(statement.targets) == 1):
            return None
        importer = self.name(call.func)
        if importer not in IMPORTERS or len(call.args) != 1 or call.keywords:
            return None
        path = text_of(call.args[0])
        if not all(map(is_name, path.split("."))):
            return None
        self.pass_over(call.func)
        # The others give the outermost of a dotted name.
        name = path if importer == "importlib.import_module" else path.partition(".")[0]
        alias = ast.alias(name, None if name == target.id else target.id)
        return ast.copy_location(ast.Import([ast.copy_location(alias, call)]), statement)

    def got_by_name(self, call: ast.Call, name: str) -> ast.expr | None:
        """``getattr(owner, "name")``."""
        if name != "getattr" or len(call.args) != 2 or call.keywords:  # noqa: PLR2004 - without a default
            return None
        owner, attribute = call.args
        return None if isinstance(owner, ast.Starred) else self._attribute(owner, text_of(attribute), call)

    def _applied(self, call: ast.Call, name: str) -> ast.expr | None:
        """``operator.eq(a, b)``, and ``cast(type, value)``."""
        if name in _CASTING and len(call.args) == 2 and not call.keywords:  # noqa: PLR2004 - type and value
            self.passed_over |= names_of_type(call.args[0])
            found: ast.expr | None = call.args[1]
        else:
            module, _, word = name.rpartition(".")
            found = operation(word, call) if module == "operator" else None
        if found is not None:
            self.pass_over(call.func)
        return found

    def _called_at_once(self, call: ast.Call) -> ast.expr | None:
        """``operator.call(f, a)``, ``copy_context().run(f, a)`` and ``pool.submit(f, a).result()``."""
        found = called_at_once(call, self.name)
        if found is not None:
            self.pass_over(call.func)
        return found

    def _attribute(self, owner: ast.expr, name: str, place: ast.expr) -> ast.expr | None:
        mangled = name.startswith("__") and not name.endswith("__")
        if not is_name(name) or (mangled and self.origins.is_in_class(place)):
            return None
        self.looked_up.add((place.lineno, place.col_offset))
        return ast.copy_location(ast.Attribute(owner, name, ast.Load()), place)

    def _put_together(self, call: ast.Call) -> ast.expr | None:
        """A text that a function of the source puts together."""
        found = self.helpers.text_of(call)
        if found is not None:
            self.pass_over(call.func)
            self.put_together[found] = ast.unparse(call.func)
        return found

    def _made(self, call: ast.Call) -> ast.expr | None:
        """``partial(f, 1)()``, ``methodcaller("run")(job)``, ``attrgetter("name")(user)`` and ``itemgetter(0)(row)``."""
        maker = call.func
        if not isinstance(maker, ast.Call) or not maker.args:
            return None
        made_by, first = self.name(maker.func), maker.args[0]
        if made_by == _PARTIAL and not isinstance(first, ast.Starred):
            self.pass_over(maker.func)
            plain = ast.Call(first, [*maker.args[1:], *call.args], [*maker.keywords, *call.keywords])
            return ast.copy_location(plain, call)
        return None if len(call.args) != 1 or call.keywords else self._got(call.args[0], maker, made_by, call)

    def _got(self, owner: ast.expr, maker: ast.Call, made_by: str, place: ast.Call) -> ast.expr | None:
        """What a caller or getter of the module ``operator`` does with an object."""
        first = maker.args[0]
        if made_by == _ITEM_GETTER and len(maker.args) == 1 and not isinstance(first, ast.Starred):
            self.pass_over(maker.func)
            return ast.copy_location(ast.Subscript(owner, first, ast.Load()), place)
        found = self._attribute(owner, text_of(first), maker) if made_by in _BY_NAME else None
        if found is None or (made_by == _ATTRIBUTE_GETTER and len(maker.args) > 1):
            return None
        self.pass_over(maker.func)
        if made_by == _ATTRIBUTE_GETTER:
            return found
        return ast.copy_location(ast.Call(found, maker.args[1:], maker.keywords), place)

    def pass_over(self, node: ast.expr) -> None:
        while isinstance(node, ast.Attribute | ast.Call):
            node = node.value if isinstance(node, ast.Attribute) else node.func
        if isinstance(node, ast.Name):
            self.passed_over.add(node.id)


def names_of_type(annotation: ast.expr) -> set[str]:
    """The names in a type, those in its texts too."""
    names: set[str] = set()
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.update(re.findall(r"\w+", node.value))
    return names
