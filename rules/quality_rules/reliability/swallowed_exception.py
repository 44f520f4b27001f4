"""The rule swallowed-exception."""

from __future__ import annotations

import ast

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid, is_literal
from quality_rules._handlers import catches_all


class SwallowedException(AstRule):
    """Any error at all is hidden.

    ## What it does
    Reports handlers of every exception (`except:`, `except Exception`, `except BaseException`) that do
    nothing with it: they pass, go on with the loop, or return a constant. `contextlib.suppress(Exception)`
    counts as well.

    Handlers of named errors, handlers that log, re-raise or record, and last-resort guards in `__del__` are
    fine. So is a probe, a function that answers yes or no by whether something worked.

    ## Why is this bad
    The caller is told that all went well. A mistyped name, a full disk and a bug are hidden with the one
    error that was expected, and the damage shows up somewhere else.

    ## Example
    ```python
    def load(path):
        try:
            return parse(path)
        except Exception:
            return {}
    ```

    ## Use instead
    ```python
    def load(path):
        try:
            return parse(path)
        except FileNotFoundError:
            return {}
    ```

    ## References
    - [Python documentation: handling exceptions](https://docs.python.org/3/tutorial/errors.html)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 10
    cwe = 390
    equivalents = ("bandit:B110", "bandit:B112", "pylint:bare-except", "pylint:broad-exception-caught")

    VALID = (
        Valid("try:\n    run()\nexcept ValueError:\n    pass", "The error is named"),
        Valid("try:\n    run()\nexcept Exception:\n    log.exception('run')", "It is logged"),
        Valid(
            """
            def works(path):
                try:
                    parse(path)
                except Exception:
                    return False
                return True
            """,
            "A probe: whether it worked is the answer",
        ),
        Valid(
            """
            class Pool:
                def __del__(self):
                    try:
                        self.close()
                    except Exception:
                        pass
            """,
            "Nothing can be told from `__del__`",
        ),
    )
    INVALID = (
        Invalid(
            """
            try:
                run()
            except:
                pass
            """,
            ("3:1-4:9 every exception is passed over in silence: name the errors you expect",),
        ),
        Invalid(
            """
            for path in paths:
                try:
                    load(path)
                except (OSError, Exception) as error:
                    continue
            """,
            ("4:5-5:17 every exception is skipped in silence: name the errors you expect",),
        ),
        Invalid(
            """
            def total(rows):
                try:
                    return sum(row.amount for row in rows)
                except Exception:
                    return 0
            """,
            ("4:5-5:17 every exception is answered with 0: name the errors you expect",),
        ),
        Invalid(
            """
            import contextlib

            with contextlib.suppress(Exception):
                run()
            """,
            ("3:6-3:36 every exception is passed over in silence: name the errors you expect",),
        ),
    )

    def visit_ExceptHandler(self, handler: ast.ExceptHandler) -> None:
        outcome = _outcome(handler)
        if outcome and catches_all(self.facts, handler.type) and not self._is_meant(handler):
            guarded = self.facts.parent(handler)
            small = isinstance(guarded, ast.Try) and len(guarded.body) == 1
            self._report(handler, outcome, Confidence.MEDIUM if small else Confidence.HIGH)

    def visit_withitem(self, item: ast.withitem) -> None:
        call = item.context_expr
        if not isinstance(call, ast.Call) or self.facts.origin(call.func) != "contextlib.suppress":
            return
        function = self.facts.function(call)
        last_resort = function is not None and function.name == "__del__"
        if not last_resort and any(catches_all(self.facts, argument) for argument in call.args):
            self._report(call, "passed over in silence", Confidence.MEDIUM)

    def _report(self, node: ast.AST, outcome: str, confidence: Confidence) -> None:
        self.report(node, f"every exception is {outcome}: name the errors you expect", confidence=confidence)

    def _is_meant(self, handler: ast.ExceptHandler) -> bool:
        function = self.facts.function(handler)
        if function is None:
            return False
        if function not in self._probes:
            self._probes[function] = self._is_probe(function)
        return function.name == "__del__" or (_answer(handler) is not None and self._probes[function])

    @cached_property
    def _probes(self) -> dict[ast.AST, bool]:
        return {}

    def _is_probe(self, function: ast.AST) -> bool:
        """Tells whether the constants that a function returns are True and False."""
        values = [node.value for node in self.facts.within(function) if isinstance(node, ast.Return)]
        fixed = [value.value for value in values if isinstance(value, ast.Constant)]
        return len(fixed) > 1 and all(isinstance(value, bool) for value in fixed)


def _outcome(handler: ast.ExceptHandler) -> str:
    """What becomes of the error, in words; empty when the handler does something."""
    words = {
        ast.Pass: "passed over in silence",
        ast.Continue: "skipped in silence",
        ast.Break: "skipped in silence",
    }
    answer = _answer(handler)
    if answer is not None:
        return f"answered with {ast.unparse(answer)}"
    body = [s for s in handler.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    if not body:
        return words[ast.Pass]
    return words.get(type(body[0]), "") if len(body) == 1 else ""


def _answer(handler: ast.ExceptHandler) -> ast.expr | None:
    """The literal that a handler returns and does nothing else."""
    last = handler.body[-1]
    if len(handler.body) == 1 and isinstance(last, ast.Return):
        value = last.value or ast.Constant(None)
        return value if is_literal(value) else None
    return None
