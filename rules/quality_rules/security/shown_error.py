"""The rule shown-error."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property, is_function
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, targets_of
from quality_rules._called import called_word
from quality_rules._flow import answers_requests
from quality_rules._handlers import catches_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

_TRACES = frozenset({"format_exc", "format_exception", "format_tb", "print_exc"})
#: Last words of what sends its arguments to a client.
_SENDERS = frozenset(
    {
        *(
            "jsonify",
            "make_response",
            "Response",
            "HttpResponse",
            "JsonResponse",
            "HTMLResponse",
            "PlainTextResponse",
        ),
        *("JSONResponse", "HTTPException", "abort", "HttpResponseServerError", "HttpResponseBadRequest"),
        *("json_response", "write", "finish", "send_error", "HTTPInternalServerError", "HTTPResponse"),
    }
)
#: Of these, those that make an answer of the web, whatever the function around them is.
_PLAIN_ANSWERS = frozenset(
    {"jsonify", "JsonResponse", "HttpResponse", "JSONResponse", "HTTPException", "HttpResponseServerError"}
)
#: Functions that only change the form of a text.
_SHAPERS = frozenset(
    {"str", "repr", "format", "dict", "dumps", "encode", "join", "replace", "strip", "escape"}
)
#: Entries of an answer that are tracebacks by their names.
_ENTRIES = frozenset({"trace", "traceback", "stack", "stacktrace", "stack_trace"})
#: Methods by whose name a handler of tornado is asked, and is told that something went wrong.
_ASKED = frozenset({"get", "post", "put", "delete", "patch", "write_error"})
#: Methods by which a handler of tornado answers.
_ANSWERS = frozenset({"finish", "write", "set_status"})
#: More names that a traceback is given are not followed.
_MOST_NAMES = 3


class ShownError(AstRule):
    """A client is shown what went wrong inside.

    ## What it does
    Reports functions that answer requests, or make such answers, and send a traceback, or, as a note, the text of an
    exception of any kind.
    Exceptions that are named where they are caught are fine: their text is known.

    ## Why is this bad
    Tracebacks and texts of unexpected exceptions tell paths, versions, statements and settings, which help whoever
    looks for a way in.

    ## Example
    ```python
    @app.route("/report")
    def report():
        try:
            return build_report()
        except Exception:
            return traceback.format_exc(), 500
    ```

    ## Use instead
    ```python
    @app.route("/report")
    def report():
        try:
            return build_report()
        except ReportError:
            logger.exception("no report")
            return "The report could not be made.", 500
    ```

    ## References
    - [CWE-209: error message with sensitive information](https://cwe.mitre.org/data/definitions/209.html)
    """

    dimension = "security"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    cwe = 209
    needs = frozenset({ast.ExceptHandler, *_TRACES})

    VALID = (
        Valid(
            """
            @app.route("/x")
            def x():
                try:
                    return work()
                except Exception:
                    log.error(traceback.format_exc())
                    return "failed", 500
            """,
            "Logged, not sent",
        ),
        Valid(
            """
            @app.route("/x")
            def x():
                try:
                    return work()
                except InvalidInput as error:
                    return str(error), 400
            """,
            "A text made for clients",
        ),
        Valid(
            """
            def view(request):
                try:
                    return work()
                except Exception as error:
                    return fail(request, error=str(error))
            """,
            "Handed to another function",
        ),
        Valid("def report():\n    return traceback.format_exc()", "No request"),
        Valid(
            """
            @app.route("/x")
            def x():
                try:
                    return work()
                except Exception:
                    trace = traceback.format_exc()
                    log.error(trace)
                    return jsonify(error="failed"), 500
            """,
            "Named, and logged",
        ),
    )
    INVALID = (
        Invalid(
            """
            def sum_of(data):
                try:
                    return add(data)
                except Exception as error:
                    return jsonify({"error": str(error)}), 500
            """,
            ("5:34-5:44 clients see what any exception says: log it, and send a text of your own",),
        ),
        Invalid(
            """
            @app.route("/x")
            def x():
                try:
                    return work()
                except WorkError:
                    trace = traceback.format_exc()
                    return jsonify({"error": "failed", "trace": trace}), 500
            """,
            ("6:17-6:39 clients see the traceback: log it, and send a text of your own",),
        ),
        Invalid(
            """
            class ApiHandler(RequestHandler):
                def write_error(self, status_code, **kwargs):
                    reply = {"message": self._reason}
                    if kwargs.get("exc_info"):
                        reply["traceback"] = "".join(traceback.format_exception(*kwargs["exc_info"]))
                    self.finish(json.dumps(reply))
            """,
            ("5:42-5:89 clients see the traceback: log it, and send a text of your own",),
        ),
        Invalid(
            """
            def view(request):
                try:
                    return work()
                except Exception:
                    return HttpResponse(traceback.format_exc(), status=500)
            """,
            ("5:29-5:51 clients see the traceback: log it, and send a text of your own",),
        ),
        Invalid(
            """
            @app.get("/x")
            def x():
                try:
                    return work()
                except Exception as error:
                    raise HTTPException(500, detail=str(error))
            """,
            ("6:41-6:51 clients see what any exception says: log it, and send a text of your own",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if called_word(call) in _TRACES and self._is_sent(call):
            self.report(call, "clients see the traceback: log it, and send a text of your own")

    def visit_ExceptHandler(self, handler: ast.ExceptHandler) -> None:
        # What so general an exception says was not written for a client.
        if handler.name is None or not catches_all(self.facts, handler.type):
            return
        for node in self._shown(handler):
            if self._is_sent(node):
                self.report(
                    node,
                    "clients see what any exception says: log it, and send a text of your own",
                    severity=Severity.NOTE,
                )
                return

    def _shown(self, handler: ast.ExceptHandler) -> Iterator[ast.AST]:
        """Where the exception becomes a text."""
        for node in self.facts.within(handler):
            texts = isinstance(node, ast.Call) and called_word(node) in {"str", "repr"} and node.args
            part = node.args[0] if isinstance(node, ast.Call) and texts else getattr(node, "value", None)
            put = texts or isinstance(node, ast.FormattedValue)
            if put and isinstance(part, ast.Name) and part.id == handler.name:
                yield node

    def _is_sent(self, node: ast.AST) -> bool:
        function = self.facts.function(node)
        if function is None:
            return False
        above = list(self.facts.ancestors(node))
        # Where nothing shows who calls a function, what it makes may: that is an answer to a client, and nothing else.
        if function not in self._answering and not any(called_word(each) in _PLAIN_ANSWERS for each in above):
            return False
        if any(
            isinstance(test, ast.If | ast.IfExp) and self._asks_for_debugging(test.test) for test in above
        ):
            return False
        return self._arrives(above, function, _MOST_NAMES)

    def _arrives(self, above: list[ast.AST], function: FunctionNode, names: int) -> bool:
        """Tells whether something is sent, by what is around it, or around a name that it is given."""
        for part in above:
            if isinstance(part, ast.Call) and called_word(part) not in _SHAPERS:
                return called_word(part) in _SENDERS
            if isinstance(part, ASSIGNMENTS) and names:
                uses = self._uses(targets_of(part)[0], function)
                return any(
                    self._arrives(list(self.facts.ancestors(use)), function, names - 1) for use in uses
                )
            if isinstance(part, ast.stmt):
                return isinstance(part, ast.Return)
        return False

    def _uses(self, target: ast.expr, function: FunctionNode) -> Iterator[ast.Name]:
        """Where a function uses a name that it gives a value, or that of a record of which it sets an entry, as a whole."""
        if isinstance(target, ast.Subscript) and getattr(target.slice, "value", None) in _ENTRIES:
            target = target.value
        name = target.id if isinstance(target, ast.Name) else ""
        names = (node for node in self.facts.within(function) if isinstance(node, ast.Name))
        for use in names:
            loaded = use.id == name and isinstance(use.ctx, ast.Load)
            if loaded and not isinstance(self.facts.parent(use), ast.Subscript):
                yield use

    def _asks_for_debugging(self, test: ast.expr) -> bool:
        names = (
            called_word(part)
            for part in self.facts.within(test)
            if isinstance(part, ast.Name | ast.Attribute)
        )
        return any("debug" in name.lower() for name in names)

    @cached_property
    def _answering(self) -> set[FunctionNode]:
        facts = self.facts
        return {
            function
            for function in facts.functions
            if is_function(function)
            and (answers_requests(function, facts.class_of(function)) or self._answers_as_handler(function))
        }

    def _answers_as_handler(self, function: FunctionNode) -> bool:
        """Tells whether a method is one of a handler by what it does, where its class is not seen or known."""
        first = [place.arg for place in function.args.args[:1]]
        if first != ["self"] or function.name not in _ASKED:
            return False
        return any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _ANSWERS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "self"
            for node in self.facts.within(function)
        )
