"""The rule exposed-record."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid, last_word, name_words
from quality_rules._called import CallRule

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Containers in which what is sent may stand, one in the other.
_DEEPEST = 4
#: Words of names of what is made to be sent, or is no record.
_MADE = frozenset(
    {"self", "cls", "error", "exc", "exception", "err", "e", "response", "result", "dto", "schema", "config"}
)
#: Who has secrets, and words of functions that show somebody.
_PERSONS = frozenset({"user", "account", "customer", "member", "employee", "patient", "current_user"})
_SHOWING = frozenset({"profile", "public", "info", "details", "show", "view", "response", "api"})


class ExposedRecord(CallRule):
    """A client is sent all that a record holds.

    ## What it does
    Reports `jsonify`, `JsonResponse` and the like that are given `record.__dict__`, `vars(record)` or all
    `values()` of a table, and functions that return all that there is of a user or another person.

    ## Why is this bad
    Hashes of passwords, tokens and notes go along, today or when somebody adds them to the record.

    ## Example
    ```python
    @app.get("/users/<int:number>")
    def show(number):
        return jsonify(find_user(number).__dict__)
    ```

    ## Use instead
    ```python
    @app.get("/users/<int:number>")
    def show(number):
        user = find_user(number)
        return jsonify(id=user.id, name=user.name)
    ```

    ## References
    - [CWE-200: exposure of sensitive information](https://cwe.mitre.org/data/definitions/200.html)
    - [OWASP API3:2023: broken object property level authorization](https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.LOW
    cwe = 200
    effort = 10
    needs = frozenset(
        {"jsonify", "JsonResponse", "JSONResponse", "json_response", "__dict__", "vars", "dict"}
    )

    VALID = (
        Valid("def f(user):\n    return jsonify(id=user.id)"),
        Valid("def f(self):\n    return jsonify(self.__dict__)", "Its own"),
        Valid("def f():\n    return jsonify(users=list(User.objects.values('name')))", "Named"),
        Valid("def f(state):\n    return state.__dict__", "Nobody"),
        Valid("def _kept(user):\n    return vars(user)", "For its own use"),
        Valid("def f(error):\n    return jsonify(vars(error)), 400", "No record"),
        Valid("def f(user):\n    return jsonify(public(user.__dict__))", "A function may choose"),
    )
    INVALID = (
        Invalid(
            "def f():\n    return JsonResponse({'users': list(User.objects.values())})",
            ("2:35-2:62 all of User is sent, what nobody should see included: name the fields",),
        ),
        Invalid(
            "def profile_of(user):\n    return user.__dict__",
            ("2:12-2:25 all of user is returned, what nobody should see included: name the fields",),
        ),
        Invalid(
            "def public_profile(users, name):\n    user = users.get(name)\n    return dict(user)",
            ("3:12-3:22 all of user is returned, what nobody should see included: name the fields",),
        ),
        Invalid(
            "def f(user):\n    return jsonify(user.__dict__)",
            ("2:20-2:33 all of user is sent, what nobody should see included: name the fields",),
        ),
        Invalid(
            "def f(users):\n    return JsonResponse({'users': [vars(user) for user in users]})",
            ("2:36-2:46 all of user is sent, what nobody should see included: name the fields",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not function.name.startswith("_") and name_words(function.name) & _SHOWING:
            for node in self.facts.within(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    self._check_returned(self.facts.only_value(node.value))

    def _check_returned(self, node: ast.expr) -> None:
        copied = (
            isinstance(node, ast.Call) and self.facts.is_builtin(node.func, "dict") and len(node.args) == 1
        )
        record = last_word(node.args[0]) if isinstance(node, ast.Call) and copied else _record(node)
        if record in _PERSONS:
            self.report(
                node, f"all of {record} is returned, what nobody should see included: name the fields"
            )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted.rpartition(".")[2] in {"vars", "dict"}:
            return
        pending = [(given, 0) for given in (*call.args, *(keyword.value for keyword in call.keywords))]
        while pending:
            given, depth = pending.pop()
            node = self.facts.display(given)
            record = _record(node)
            if record and _MADE.isdisjoint(name_words(record)):
                self.report(
                    node, f"all of {record} is sent, what nobody should see included: name the fields"
                )
                return
            if depth < _DEEPEST:
                pending += [(part, depth + 1) for part in _parts(node)]


def _record(node: ast.expr) -> str:
    """The name of what all attributes are taken of; empty for anything else."""
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return last_word(node.value.func if isinstance(node.value, ast.Call) else node.value)
    if isinstance(node, ast.Call) and last_word(node.func) in {"list", "tuple"} and len(node.args) == 1:
        node = node.args[0]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values":
        table = node.func.value
        whole = not node.args and isinstance(table, ast.Attribute) and table.attr == "objects"
        return last_word(table.value) if whole and isinstance(table, ast.Attribute) else ""
    if isinstance(node, ast.Call) and last_word(node.func) == "vars" and len(node.args) == 1:
        return last_word(node.args[0])
    return ""


def _parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.List | ast.Tuple):
        return node.elts
    if isinstance(node, ast.Dict):
        return node.values
    return [node.elt] if isinstance(node, ast.ListComp | ast.GeneratorExp) else []
