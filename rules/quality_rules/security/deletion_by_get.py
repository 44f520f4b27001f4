"""The rule deletion-by-get."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import called_word, is_found, word_at
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Decorators that make a function answer a GET unless they say otherwise, and those that say so by their names.
_ROUTES = frozenset({"route", "get"})
_OTHERS = words(
    "post put delete patch websocket api_view action require_POST require_http_methods http_method_names task"
    " shared_task receiver command"
)
#: Words that say that a function knows how it was asked.
_METHODS = words("method POST form is_valid validate_on_submit is_submitted DELETE")
#: What a function of Django answers with.
_ANSWERS = words(
    "redirect render JsonResponse HttpResponse HttpResponseRedirect HttpResponsePermanentRedirect"
)
#: Words that say that it is asked who somebody is.
_KNOWN = re.compile(r"login|auth|user|permission|jwt|token|admin|role|owner|protect|secur", re.IGNORECASE)


class DeletionByGet(AstRule):
    """Whoever follows a link deletes something.

    ## What it does
    Reports routes of Flask and FastAPI, and views of Django, that delete a record from a database when they are asked by
    GET, without a look at the method.

    Deleting by POST or DELETE, and after a form was valid, is fine. It is less certain where the function asks who somebody is.

    ## Why is this bad
    A link is followed by search engines, by programs that fetch pages ahead, and by whoever finds it in another page,
    with the rights of the user who looks at that page.

    ## Example
    ```python
    @app.route("/notes/<int:number>/delete")
    def remove(number):
        note = Note.query.get_or_404(number)
        db.session.delete(note)
        db.session.commit()
        return redirect("/notes")
    ```

    ## Use instead
    ```python
    @app.post("/notes/<int:number>/delete")
    def remove(number):
        note = Note.query.get_or_404(number)
        db.session.delete(note)
        db.session.commit()
        return redirect("/notes")
    ```

    ## References
    - [CWE-650: trusting HTTP permission methods on the server side](https://cwe.mitre.org/data/definitions/650.html)
    - [RFC 9110: safe methods](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)
    """

    dimension = "security"
    needs = frozenset({"delete"})
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 650
    effort = 10

    VALID = (
        Valid(
            """
            @app.delete("/notes/{number}")
            def remove(number: int, session=Depends(connect)):
                session.delete(session.get(Note, number))
            """,
            "By DELETE",
        ),
        Valid(
            """
            @require_POST
            def remove(request, pk):
                get_object_or_404(Note, pk=pk).delete()
                return redirect("notes")
            """,
            "By POST",
        ),
        Valid(
            """
            def remove(request, pk):
                note = get_object_or_404(Note, pk=pk)
                if request.method == "POST":
                    note.delete()
                return render(request, "sure.html", {"note": note})
            """,
            "It looks at the method",
        ),
        Valid(
            """
            def purge(request, pk):
                cache.delete(pk)
                return redirect("notes")
            """,
            "No record",
        ),
        Valid("def purge(session, pk):\n    Note.objects.filter(pk=pk).delete()", "No view"),
    )
    INVALID = (
        Invalid(
            """
            def remove(request, pk):
                note = get_object_or_404(Note, pk=pk)
                note.delete()
                return redirect("notes")
            """,
            ("3:5-3:18 whoever follows a link to remove() deletes this: take POST or DELETE only",),
        ),
        Invalid(
            """
            @app.route("/notes/<int:number>/remove", methods=["GET", "POST"])
            def remove(number):
                db.session.delete(Note.query.get(number))
                db.session.commit()
                return "", 204
            """,
            ("3:5-3:46 whoever follows a link to remove() deletes this: take POST or DELETE only",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if called_word(call) != "delete" or not isinstance(call.func, ast.Attribute):
            return
        function = self.facts.function(call)
        if (
            function is not None
            and self._is_record(call, call.func.value)
            and self._answers_get(function)
            and not self._asks_how(function)
        ):
            told = f"whoever follows a link to {function.name}() deletes this: take POST or DELETE only"
            known = any(_KNOWN.search(word_at(node)[:60]) for node in self.facts.within(function))
            self.report(call, told, confidence=Confidence.LOW if known else Confidence.MEDIUM)

    def _is_record(self, call: ast.Call, owner: ast.expr) -> bool:
        """Tells whether what is deleted was found in a database."""
        if call.args:
            return called_word(owner) in {"session", "db"} and len(call.args) == 1
        return is_found(self.facts, owner)

    def _answers_get(self, function: FunctionNode) -> bool:
        """Tells whether a framework calls a function for a GET."""
        routes = [decorator for decorator in function.decorator_list if called_word(decorator) in _ROUTES]
        if routes:
            return any(map(_takes_get, routes))
        first = function.args.args[:1]
        if not first or first[0].arg != "request":
            return False
        if not self.facts.is_of_module(function):
            return False
        calls = (node for node in self.facts.within(function) if isinstance(node, ast.Call))
        return any(called_word(node) in _ANSWERS for node in calls)

    def _asks_how(self, function: FunctionNode) -> bool:
        """Tells whether a function says, or looks, how it is asked."""
        if any(called_word(decorator) in _OTHERS for decorator in function.decorator_list):
            return True
        inside = self.facts.within(function)
        return any(isinstance(node, ast.Attribute) and node.attr in _METHODS for node in inside)


def _takes_get(decorator: ast.expr) -> bool:
    """Tells whether a route is asked by GET."""
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return False
    methods = next((each.value for each in decorator.keywords if each.arg == "methods"), None)
    if methods is None:
        return True
    return any(getattr(each, "value", "") == "GET" for each in getattr(methods, "elts", ()))
