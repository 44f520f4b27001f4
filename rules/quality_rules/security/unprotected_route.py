"""The rule unprotected-route."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, with_defaults
from quality_rules._called import called_word, is_found, word_at
from quality_rules._filled import declared
from quality_rules._words import words
from quality_rules.security._cases import unprotected_route as cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode, Source
    from quality.rules import Facts

#: Decorators of routes that change something, and of those that may.
_CHANGING = frozenset({"delete", "put", "patch", "post"})
_ROUTES = _CHANGING | {"get", "route", "head", "websocket", "api_route"}
#: Words that say that somebody has to be known, in decorators, dependencies and in what a function does.
_KNOWN = re.compile(
    r"login|auth|current_user|permission|jwt|token|require|admin|protect|secur|identity|verify|api_?key|owner|role"
    r"|account|credential|tenant|signature|hmac|compare_digest|forbid|captcha|limiter|^user$|^session$|^40[13]$",
    re.IGNORECASE,
)
#: Words in the names of functions that are for everybody.
_OPEN = re.compile(
    r"log_?in|log_?out|sign|register|token|refresh|callback|hook|health|ping|reset|forgot|contact|subscri|newsletter"
    r"|search|track|report|event|confirm|verify|activate|public|guest|auth|session|feedback|preview|validate",
    re.IGNORECASE,
)
_MARKS = words(
    "login_required fresh_login_required jwt_required auth_required permission_required roles_required"
    " staff_member_required user_passes_test"
)
#: Decorators of views that say how they are asked, and not by whom.
_HOW = words("require_POST require_GET require_safe require_http_methods")
#: What a view does with a record that it found.
_ALTERS = words("delete save update")
#: What a route that takes a POST does when it changes something: many only compute.
_WRITES = words("commit save delete create insert insert_one add update execute remove send unlink")
#: Words of dependencies that ask nobody.
_PLAIN = re.compile(
    r"db|database|settings|config|repo|service|pag|query|engine|client|store|cache|logger|^get_session$"
)
#: Attributes by which something is put in front of all routes.
_GUARDS = frozenset({"before_request", "before_app_request", "middleware", "add_middleware", "on_request"})
#: What makes an application, and parts of an address that say that it is for few.
_MAKERS = frozenset({"Flask", "FastAPI", "Quart", "Bottle", "Sanic", "Starlette"})
_FOR_FEW = re.compile(
    r"/(?:admin|administration|internal|backoffice|maintenance|management)(?:/|$)", re.IGNORECASE
)
#: More calls are not looked at in the head of a function.
_MOST_CALLS = 40
#: Functions by which a framework asks who it is, in the default or annotation of a parameter.
_DEPENDENCIES = frozenset({"Depends", "Security"})


class UnprotectedRoute(AstRule):
    """A route lets everybody in that is not for everybody.

    ## What it does
    Reports routes with PUT, PATCH, POST or DELETE that ask nobody who they are, in a source where a route of the same
    application is marked as one that does: by `@login_required` and the like, or by a dependency on the current user. So are
    views of Django that find a record and save or delete it, beside views of the module that are marked; and, where the source
    makes the application, every route whose address says that it is for administrators.

    Routes whose names say that they are for everybody, such as logins, and those that look at rights themselves are
    fine.

    ## Why is this bad
    Everybody who knows the address may do it.

    ## Example
    ```python
    @app.get("/notes/<int:number>")
    @login_required
    def show(number):
        return render(notes[number])

    @app.delete("/notes/<int:number>")
    def remove(number):
        del notes[number]
        return "", 204
    ```

    ## Use instead
    ```python
    @app.get("/notes/<int:number>")
    @login_required
    def show(number):
        return render(notes[number])

    @app.delete("/notes/<int:number>")
    @login_required
    def remove(number):
        del notes[number]
        return "", 204
    ```

    ## References
    - [CWE-306: missing authentication for a critical function](https://cwe.mitre.org/data/definitions/306.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 306
    effort = 10

    VALID, INVALID = cases.VALID, cases.INVALID

    @classmethod
    def applies(cls, source: Source) -> bool:
        return "@" in source.text

    def visit_Module(self, _: ast.Module) -> None:
        routes = [
            (owner, function, changes)
            for function in self.facts.functions
            for owner, changes in _routes(function) or self._views(function)
        ]
        asking: dict[str, FunctionNode] = {}
        for owner, function, _changes in routes:
            if _is_marked(function, self.facts):
                asking.setdefault(owner, function)
        made = self._applications() if routes else frozenset()
        guarded = set(self._guarded()) if asking or made else set()
        for owner, function, changes in routes:
            if owner in made - guarded and not asking and _is_for_few(function):
                if not _OPEN.search(function.name) and not self._asks(function):
                    told = (
                        "lets everybody in, and its address says that it is not for everybody: ask who it is"
                    )
                    self.report(function, f"{function.name}() {told}")
                continue
            if not changes or owner in guarded or owner not in asking:
                continue
            writes = changes != "post" or self._writes(function)
            if writes and not _OPEN.search(function.name) and not self._asks(function):
                self.report(
                    function,
                    f"{function.name}() lets everybody in, and {asking[owner].name}() does not: ask who it is",
                )

    def _applications(self) -> frozenset[str]:
        """The names of applications that are made here, so that nothing else can ask before."""
        made = self.facts.assignments
        return frozenset(
            called_word(target)
            for _, targets, value in made
            if isinstance(value, ast.Call) and called_word(value) in _MAKERS
            for target in targets
        )

    def _views(self, function: FunctionNode) -> list[tuple[str, str]]:
        """The same for views of Django, which all belong to the module that a table of addresses names them in."""
        first = [place.arg for place in function.args.args[:1]]
        if first != ["request"] or not self.facts.is_of_module(function):
            return []
        known = {called_word(decorator) for decorator in function.decorator_list} <= _HOW | _MARKS
        alters = any(
            isinstance(node, ast.Attribute) and node.attr in _ALTERS and is_found(self.facts, node.value)
            for node in (self.facts.within(function) if known else ())
        )
        return [("request", "post" if alters else "")]

    def _writes(self, function: FunctionNode) -> bool:
        calls = (node for node in self.facts.within(function) if isinstance(node, ast.Call))
        return any(called_word(call) in _WRITES for call in calls)

    def _guarded(self) -> Iterator[str]:
        """Names of applications of which something else looks at every request."""
        for node in self.facts.of(ast.Attribute):
            if node.attr in _GUARDS:
                yield called_word(node.value)
        for _, targets, made in self.facts.assignments:
            if isinstance(made, ast.Call) and any(each.arg == "dependencies" for each in made.keywords):
                yield from map(called_word, targets)

    def _asks(self, function: FunctionNode) -> bool:
        """Tells whether anything in a function speaks of who it is, or asks what is not known here."""
        asked = (called_word(call.args[0]).lower() for call in _dependencies(function, self.facts))
        if any(not _PLAIN.search(word) for word in asked):
            return True
        addresses = {
            each
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Call)
            for each in decorator.args
        }
        for node in self.facts.within(function):
            word = word_at(node)
            # The record of a user is nobody who asks.
            found = isinstance(node, ast.Name) and (
                word == "User" or (word == "user" and word in self.facts.names(function).stores)
            )
            if word in _HOW or node in addresses or found:
                continue
            if word == "session" and isinstance(node, ast.Attribute) and called_word(node.value) != "request":
                continue  # one of a database
            value = node.value if isinstance(node, ast.Constant) else None
            if any(isinstance(each, str | int) and _KNOWN.search(str(each)[:80]) for each in (word, value)):
                return True
        return False


def _routes(function: FunctionNode) -> list[tuple[str, str]]:
    """The applications of which a function answers requests, and by which method it changes something, or nothing."""
    found: list[tuple[str, str]] = []
    for decorator in function.decorator_list:
        if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
            continue
        word = decorator.func.attr
        if word in _ROUTES and decorator.args and isinstance(decorator.args[0], ast.Constant):
            found.append((called_word(decorator.func.value), _change_by(decorator, word)))
    return found


def _is_for_few(function: FunctionNode) -> bool:
    """Tells whether the address of a route says that it is for those who run the application."""
    calls = (decorator for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    paths = (getattr(call.args[0], "value", "") for call in calls if call.args)
    return any(isinstance(path, str) and _FOR_FEW.search(path[:200]) for path in paths)


def _change_by(decorator: ast.Call, word: str) -> str:
    """The first method by which a route changes something; empty where it is asked for what there is, too.

    A form that is shown and sent by one route is as open as what shows it.
    """
    methods = next((each.value for each in decorator.keywords if each.arg == "methods"), None)
    names = {word, *(str(getattr(entry, "value", "")).lower() for entry in getattr(methods, "elts", ()))}
    return "" if "get" in names else min(names & _CHANGING, default="")


def _is_marked(function: FunctionNode, facts: Facts) -> bool:
    """Tells whether a route says at its head that somebody has to be known."""
    if any(called_word(decorator) in _MARKS for decorator in function.decorator_list):
        return True
    return any("user" in called_word(call.args[0]).lower() for call in _dependencies(function, facts))


def _dependencies(function: FunctionNode, facts: Facts) -> list[ast.Call]:
    """What a framework is told to call for the parameters of a function."""
    said = [declared(place, default, facts) for place, default in with_defaults(function.args)]
    calls = [call for each in said for call in each.fillers][:_MOST_CALLS]
    return [call for call in calls if called_word(call.func) in _DEPENDENCIES and call.args]
