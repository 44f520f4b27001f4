"""The rule handlers-piled-up."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Words that say that a function knows of handlers that are there already.
_LOOKS = frozenset({"handlers", "hasHandlers", "removeHandler", "lru_cache", "cache"})


class HandlersPiledUp(AstRule):
    """Each call gives a logger another handler.

    ## What it does
    Reports `addHandler` in a function that gets its logger by a name that it is given, and does not look for handlers that are there
    already.

    ## Why is this bad
    `getLogger` gives the same logger for the same name. The second call adds a second handler, and from then on each message is
    written twice.

    ## Example
    ```python
    import logging

    def make_logger(name):
        logger = logging.getLogger(name)
        logger.addHandler(logging.StreamHandler())
        return logger
    ```

    ## Use instead
    ```python
    import logging

    def make_logger(name):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.StreamHandler())
        return logger
    ```

    ## References
    - [Python documentation: logging.getLogger](https://docs.python.org/3/library/logging.html#logging.getLogger)
    """

    dimension = "reliability"
    needs = frozenset({"addHandler"})
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid(
            "import logging\n\ndef f(handler):\n    logging.getLogger('app').addHandler(handler)",
            "Set up once",
        ),
        Valid(
            "import logging\n\ndef f(name):\n    log = logging.getLogger(name)\n    if not log.handlers:\n        log.addHandler(h)"
        ),
        Valid("def f(log):\n    log.addHandler(h)"),
    )
    INVALID = (
        Invalid(
            "import logging\n\ndef f(name):\n    log = logging.getLogger(name)\n    log.addHandler(h)\n    return log",
            ("5:5-5:22 the second call for a name adds a second handler: ask for log.handlers first",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        given = self.facts.names(function).parameters
        for node in self.facts.within(function):
            if isinstance(node, ast.Attribute) and node.attr in _LOOKS:
                return
        for node in self.facts.within(function):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name() as logger, attr="addHandler")):
                    made = self.facts.only_value(logger)
                    named = made.args[0] if isinstance(made, ast.Call) and made.args else None
                    if (
                        isinstance(made, ast.Call)
                        and self.facts.origin(made.func) == "logging.getLogger"
                        and isinstance(named, ast.Name)
                        and named.id in given
                        and not function.decorator_list
                    ):
                        told = f"the second call for a name adds a second handler: ask for {logger.id}.handlers first"
                        self.report(node, told)
                        return
