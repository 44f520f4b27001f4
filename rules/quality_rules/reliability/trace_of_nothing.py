"""The rule trace-of-nothing."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, is_log_call, last_word
from quality_rules._called import is_on

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Names of functions that are called when something went wrong.
_HANDLING = re.compile(
    r"exc|err|fail|handle|hook|log|report|on_|crash|abort|trace|warn|__a?exit__|callback", re.IGNORECASE
)


class TraceOfNothing(AstRule):
    """A log asks for the traceback where there is no exception.

    ## What it does
    Reports `logger.exception(…)`, and `exc_info=True`, outside of `except`.

    Functions that are called in a handler of the source, those whose names say that they are there for errors, and methods
    of classes with bases, which may call them, are fine.

    ## Why is this bad
    There is no exception to show: the line ends with "NoneType: None", which looks as if something was lost.

    ## Example
    ```python
    import logging

    logger = logging.getLogger(__name__)

    def load(path):
        if not path.exists():
            logger.exception("there is no file %s", path)
            return None
        return path.read_text(encoding="utf-8")
    ```

    ## Use instead
    ```python
    import logging

    logger = logging.getLogger(__name__)

    def load(path):
        if not path.exists():
            logger.error("there is no file %s", path)
            return None
        return path.read_text(encoding="utf-8")
    ```

    ## References
    - [Python documentation: Logger.exception](https://docs.python.org/3/library/logging.html#logging.Logger.exception)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1
    needs = frozenset({"exception", "exc_info"})

    VALID = (
        Valid("try:\n    f()\nexcept OSError:\n    logger.exception('f failed')"),
        Valid("def on_error(name):\n    logger.exception('%s failed', name)", "It is there for errors"),
        Valid(
            "def tell(name):\n    logger.exception('%s failed', name)\n\ntry:\n    f()\nexcept OSError:\n    tell('f')",
            "It is called in a handler",
        ),
        Valid(
            "class A(Worker):\n    def f(self):\n        log.exception('lost')",
            "Its base may call it in a handler",
        ),
        Valid("error = task.exception()\nlogger.error('no', exc_info=error)", "It is given one"),
        Valid("def f(error):\n    logger.error('no', exc_info=debug)", "Nobody knows"),
    )
    INVALID = (
        Invalid(
            "import logging\n\nlogging.warning('no settings', exc_info=True)",
            ("3:1-3:46 there is no exception here whose traceback could be shown: log an error without it",),
        ),
        Invalid(
            "class A:\n    def f(self):\n        if self.x:\n            self.logger.exception('too late')",
            ("4:13-4:46 there is no exception here whose traceback could be shown: log an error without it",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        dotted = self.facts.origin(call.func)
        logs = is_log_call(call) or dotted.startswith("logging.")
        if not logs or not self._asks(call, dotted.rpartition(".")[2]):
            return
        for above in self.facts.ancestors(call):
            if isinstance(above, ast.ExceptHandler):
                return
            if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef) and self._is_for_errors(above):
                return
        self.report(
            call, "there is no exception here whose traceback could be shown: log an error without it"
        )

    def _asks(self, call: ast.Call, name: str) -> bool:
        """Tells whether a line of the log asks for the traceback of what is handled."""
        given = next((each.value for each in call.keywords if each.arg == "exc_info"), None)
        return is_on(given) or (given is None and name == "exception")

    def _is_for_errors(self, function: FunctionNode) -> bool:
        """Tells whether a function may be called while an exception is handled."""
        owner = self.facts.class_of(function)
        if owner is not None and owner.bases:
            return True  # what calls it may stand in a class above
        return _HANDLING.search(function.name) is not None or function.name in self._asked_in_handlers

    @cached_property
    def _asked_in_handlers(self) -> frozenset[str]:
        """The names that handlers of the source speak of."""
        inside = (node for each in self.facts.of(ast.ExceptHandler) for node in self.facts.within(each))
        return frozenset(last_word(node) for node in inside)
