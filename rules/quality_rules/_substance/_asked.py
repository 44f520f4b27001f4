"""What a function is asked, and what it looks at."""

from __future__ import annotations

import ast
import re

from quality.model import cached_property, is_function, is_special
from quality_rules._substance._heard import Heard
from quality_rules._substance._locals import Locals
from quality_rules._substance._names import is_empty_container, own_name
from quality_rules._substance._nature import ADDS, CHANGES, CLOCKS, Nature

#: Names of functions that are there to put something away.
_KEEPING = re.compile(
    r"(?:^|_)(?:add|append|bind|cache|clear|configure|define|enqueue|extend|init|insert|keep|log|mark|note|notify"
    r"|on|push|put|record|register|remember|remove|reset|save|set|setup|start|stop|store|subscribe|switch|track|update)(?:_|$)"
)
#: Names of functions that others call when something happens, with more than these may need.
_CALLED = re.compile(r"(?:^|_)on_|(?:callback|handler|hook|listener)$")


class Asked(Locals):
    """Knows whether a function has arguments and looks at them, what it looks up where nothing is, and at clocks."""

    def is_asked(self) -> bool:
        """Tells whether the function, or one around it, has a parameter besides its own object."""
        around = [self.function, *self.names.scope(self.function)]
        names = {name for each in around for name in self.text.parameters_of(each)}
        own = any(is_function(each) and self.facts.class_of(each) is not None for each in around)
        return bool(names - ({"self", "cls"} if own else set()))

    @property
    def heard(self) -> Heard:
        """Knows what of the module is never read."""
        return self.facts.derived(Heard)

    def keeps(self) -> bool:
        """Tells whether a function is there to put something away, as its name says, for whoever may want it.

        One that takes away what it has put there does not, nor does one that looks at nothing of what it is given.
        """
        name = own_name(self.function)
        if is_special(name) or not _KEEPING.search(name):
            return False
        if self.is_deaf and not _CALLED.search(name):
            return False
        inside = (node for node in self.facts.within(self.function) if isinstance(node, ast.Call))
        methods = {call.func.attr for call in inside if isinstance(call.func, ast.Attribute)}
        return ADDS.isdisjoint(methods) or CHANGES.isdisjoint(methods)

    def is_dumb(self, target: ast.expr) -> bool:
        """Tells whether nobody ever gets what is put somewhere in the module."""
        outside = self.facts.parent(self.function) is None
        return not outside and self.heard.is_dumb(target) and not self.keeps()

    @cached_property
    def is_deaf(self) -> bool:
        """Tells whether the function has parameters and reads none of them."""
        if not self.is_asked() or self.facts.parent(self.function) is None:
            return False
        inside = (node for node in self.facts.within(self.function) if isinstance(node, ast.Name))
        return self.parameters.keys().isdisjoint(node.id for node in inside)

    def falls_back(self, node: ast.Call, place: int) -> bool:
        """Tells whether a look for a setting has a constant for an answer, in a function that looks at no argument.

        Whatever it is asked, it may as well answer that; one that is asked nothing is there for the setting.
        """
        return len(node.args) > place and self.most(node.args) <= Nature.FIXED and self.is_deaf

    def is_barren(self, node: ast.expr) -> bool:
        """Tells whether an expression is a container that is made empty, and nothing is ever put into."""
        return (
            self.names.is_barren(node) if isinstance(node, ast.Name) else is_empty_container(self.facts, node)
        )

    def is_own(self, node: ast.expr) -> bool:
        """Tells whether an expression is a name of the function itself."""
        return isinstance(node, ast.Name) and (node.id in self.locals or node.id in self.parameters)

    @cached_property
    def measures(self) -> bool:
        """Tells whether the function looks at the clock more than once: it measures what is between."""
        if self.facts.parent(self.function) is None:
            return False  # It stands for what is outside of functions, and is in no tree.
        calls = (node for node in self.facts.within(self.function) if isinstance(node, ast.Call))
        looks = (call for call in calls if self.facts.origin(call.func) in CLOCKS)
        return sum(1 for _ in looks) > 1
