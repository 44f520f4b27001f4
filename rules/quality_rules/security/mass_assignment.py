"""The rule mass-assignment."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import last_word
from quality_rules._flow import FlowRule, Harm, Level, has_privilege
from quality_rules.security._cases import mass_assignment as cases

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality_rules._flow import Hit

#: Names of mappings as a client sends them.
_SENT = frozenset(
    {
        *("payload", "body", "form", "form_data", "json_data", "post_data", "request_data", "user_input"),
        *("data", "changes", "updates", "attributes", "attrs", "fields", "params"),
    }
)
#: Methods that store an object.
_STORING = frozenset({"save", "commit", "asave"})


class MassAssignment(FlowRule):
    """A client chooses which fields of a stored object are set.

    ## What it does
    Follows what a request brings to the name that `setattr` sets, and to mappings that are spread over a model or its
    `create` and `update`, or put into an object's `__dict__`. A name that was looked up in a list of what may be set,
    and what a form, schema or serializer let through, are fine. So is a mapping that the function is given, unless the source shows a
    field that not everybody may set, such as `is_admin`, `role` or `balance`, or its name says that a client has sent it, such as
    `payload`, and the function stores the object.

    ## Why is this bad
    The client adds a field that the form does not show, such as `is_admin`, `owner_id` or `price`, and it is stored.

    ## Example
    ```python
    def save(request):
        for name, value in request.POST.items():
            setattr(request.user, name, value)
    ```

    ## Use instead
    ```python
    EDITABLE = ("first_name", "last_name")

    def save(request):
        for name in EDITABLE:
            setattr(request.user, name, request.POST[name])
    ```

    ## References
    - [CWE-915: improperly controlled modification of object attributes](https://cwe.mitre.org/data/definitions/915.html)
    """

    cwe = 915
    harm = Harm.FIELDS
    message = "chooses which fields are set: name those that may be"
    least = Level.REMOTE
    mildest = Severity.WARNING
    by_parameter = (Severity.NOTE, Confidence.LOW)

    VALID, INVALID = cases.VALID, cases.INVALID

    @cached_property
    def _has_privileges(self) -> bool:
        return has_privilege(self.source.tree)

    def counts(self, hit: Hit) -> bool:
        """A caller may choose fields where all are alike, and where it writes them out."""
        if hit.taint.origin.level is not Level.PARAMETER:
            return True
        function = self.facts.function(hit.node)
        label = hit.taint.origin.label
        if function is None or not (self._has_privileges or (label in _SENT and self._stores(function))):
            return False
        named = function.args.kwarg is not None and function.args.kwarg.arg == label
        by_name = isinstance(hit.node, ast.Call) and self.facts.is_builtin(hit.node.func, "setattr")
        return not named and (not by_name or self._is_mapping(function, label))

    def _stores(self, function: FunctionNode) -> bool:
        """Tells whether a function stores an object."""
        return any(
            isinstance(call.func, ast.Attribute) and call.func.attr in _STORING
            for call in self.facts.inside(function, ast.Call)
        )

    def _is_mapping(self, function: FunctionNode, label: str) -> bool:
        """Tells whether a function goes through the keys of what it is given."""
        return any(
            isinstance(node, ast.Attribute)
            and node.attr in {"items", "keys"}
            and last_word(node.value) == label
            for node in self.facts.within(function)
        )
