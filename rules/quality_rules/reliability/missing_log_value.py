"""The rule missing-log-value."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._loops import CHANGING_METHODS

if TYPE_CHECKING:
    from quality.model import Source

_METHODS = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal"})
#: A place in a text that a dictionary fills by name; two signs are one.
_PLACE = re.compile(r"%(?:%|\(([^()]{1,80})\)[-#0 +]{0,5}\d{0,5}(?:\.\d{1,5})?[diouxXeEfFgGcrsa])")
#: Longer texts are not looked at.
_LONGEST = 2_000


class MissingLogValue(AstRule):
    """A line of the log has a place that the dictionary behind it does not fill.

    ## What it does
    Reports calls of a logger with a text such as `"%(name)s"` and a dictionary that is written out and has no such key.

    ## Why is this bad
    Logging formats the text when it writes it, and complains on the screen that a key is missing. The line never gets into the
    log.

    ## Example
    ```python
    def sell(log, article):
        log.info("sold %(article)s", {"artikel": article})
    ```

    ## Use instead
    ```python
    def sell(log, article):
        log.info("sold %(article)s", {"article": article})
    ```

    ## References
    - [Python documentation: Logger.debug](https://docs.python.org/3/library/logging.html#logging.Logger.debug)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2

    needs = _METHODS

    VALID = (
        Valid("log.info('%(a)s, %(b)d', {'a': 1, 'b': 2, 'c': 3})"),
        Valid("log.info('100%%(a)s', {'b': 1})", "A sign, and no place"),
        Valid("log.info('%(a)s', {**all})\nlog.info('%(a)s', {name: 1})", "Nobody knows"),
        Valid("log.info('%(a)s', row)"),
        Valid(
            "def f(log):\n    row = {'b': 1}\n    row.update(rest())\n    log.info('%(a)s', row)",
            "It is filled",
        ),
        Valid("page.info('%(a)s', {'b': 1}, 3)", "Another function"),
    )
    INVALID = (
        Invalid(
            "log.info('%(a)s', {'b': 1})", ("1:19-1:27 nothing fills %(a)s: give the dictionary this key",)
        ),
        Invalid(
            "import logging\n\nlogging.error('%(a)-5s of %(b).2f', {'a': 1})",
            ("3:37-3:45 nothing fills %(b)s: give the dictionary this key",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("%(")

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) != 2 or not self._logs(call.func):  # noqa: PLR2004 - the text, and a dictionary
            return
        text, values = self.facts.only_value(call.args[0]), self.facts.display(call.args[1])
        written = text.value if isinstance(text, ast.Constant) else None
        if not isinstance(written, str) or len(written) > _LONGEST or not isinstance(values, ast.Dict):
            return
        if self._is_filled(call.args[1]):
            return
        keys = {key.value if isinstance(key, ast.Constant) else None for key in values.keys}
        missing = [name for name in _PLACE.findall(written) if name and name not in keys]
        if missing and None not in keys:
            self.report(call.args[1], f"nothing fills %({missing[0]})s: give the dictionary this key")

    def _is_filled(self, values: ast.expr) -> bool:
        """Tells whether a dictionary with a name gets other keys than those that it is made with."""
        function = self.facts.function(values)
        if not isinstance(values, ast.Name) or function is None:
            return False
        above = [self.facts.parent(use) for use in self.facts.names(function).loads.get(values.id, ())]
        return any(
            each.attr in CHANGING_METHODS
            if isinstance(each, ast.Attribute)
            else isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store)
            for each in above
        )

    def _logs(self, function: ast.expr) -> bool:
        """Tells whether a function writes a line of the log."""
        if isinstance(function, ast.Attribute):
            return function.attr in _METHODS
        module, _, name = self.facts.origin(function).rpartition(".")
        return module == "logging" and name in _METHODS
