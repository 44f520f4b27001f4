"""The rule log-without-cause."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, is_log_call
from quality_rules._handlers import catches_all

#: Levels of lines that say that something went wrong.
_FAILURES = frozenset({"warning", "warn", "error", "critical", "fatal"})
#: What shows the error in another way.
_SHOWING = frozenset(
    {
        "exception",
        "exc_info",
        "print_exc",
        "format_exc",
        "print_exception",
        "format_exception",
        "capture_exception",
    }
)


class LogWithoutCause(AstRule):
    """A log says that something failed, and not what.

    ## What it does
    Reports lines for the log, and printed lines, in a handler of every exception (`except Exception`), where nothing of
    the handler uses the exception, shows its traceback, or raises it again.

    Handlers of certain exceptions, whose line may say all that there is, are fine.

    ## Why is this bad
    The exception may be anything, a mistyped name as well as a full disk. Its type, its text and its place are thrown away,
    and whoever reads the log can only guess.

    ## Example
    ```python
    import logging

    logger = logging.getLogger(__name__)

    def sync(store):
        try:
            store.push()
        except Exception:
            logger.error("the store was not synced")
    ```

    ## Use instead
    ```python
    import logging

    logger = logging.getLogger(__name__)

    def sync(store):
        try:
            store.push()
        except Exception:
            logger.exception("the store was not synced")
    ```

    ## References
    - [Python documentation: Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 2

    VALID = (
        Valid("try:\n    f()\nexcept Exception:\n    logger.exception('f failed')"),
        Valid("try:\n    f()\nexcept Exception:\n    logger.error('f failed', exc_info=True)"),
        Valid("try:\n    f()\nexcept Exception as error:\n    logger.error('f failed: %s', error)"),
        Valid("try:\n    f()\nexcept Exception:\n    logger.error('f failed')\n    raise"),
        Valid("try:\n    f()\nexcept KeyError:\n    logger.error('there is no such row')", "It says all"),
        Valid("try:\n    f()\nexcept Exception:\n    logger.debug('there is no f')", "It is no failure"),
        Valid("try:\n    f()\nexcept Exception:\n    logger.error('f failed')\n    traceback.print_exc()"),
    )
    INVALID = (
        Invalid(
            "try:\n    f()\nexcept:\n    print('f failed')\n    count = 1",
            ("4:5-4:22 this does not say what went wrong: write the exception too",),
        ),
        Invalid(
            "def f(name):\n    try:\n        return g(name)\n    except (OSError, Exception) as error:\n        log.warning('%s failed', name)\n        return None",
            ("5:9-5:39 this does not say what went wrong: write the exception too",),
        ),
    )

    def visit_ExceptHandler(self, handler: ast.ExceptHandler) -> None:
        if not catches_all(self.facts, handler.type):
            return
        inside = self.facts.within(handler)
        if not any(self._shows(node, handler.name) for node in inside):
            line = next(
                (node for node in inside if isinstance(node, ast.Expr) and self._tells(node.value)), None
            )
            if line is not None:
                self.report(line, "this does not say what went wrong: write the exception too")

    def _shows(self, node: ast.AST, name: str | None) -> bool:
        """Tells whether something of a handler has to do with the exception."""
        if isinstance(node, ast.Name):
            return node.id in _SHOWING or node.id == name
        if isinstance(node, ast.Attribute):
            return node.attr in _SHOWING
        return isinstance(node, ast.Raise) or (isinstance(node, ast.keyword) and node.arg in _SHOWING)

    def _tells(self, call: ast.expr) -> bool:
        """Tells whether something tells people of a failure."""
        if not isinstance(call, ast.Call):
            return False
        if self.facts.is_builtin(call.func, "print"):
            return bool(call.args)
        module, _, level = self.facts.origin(call.func).rpartition(".")
        return level in _FAILURES and (module == "logging" or is_log_call(call))
