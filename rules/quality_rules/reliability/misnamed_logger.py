"""The rule misnamed-logger."""

from __future__ import annotations

import ast

from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

_FILES = frozenset({"__file__", "__cached__"})


class MisnamedLogger(CallRule):
    """A logger is named for a file.

    ## What it does
    Reports `logging.getLogger(__file__)`.

    ## Why is this bad
    Loggers form a tree by the dots in their names. A path has its dots elsewhere, and is another on each machine: what is set
    for the package is not set for this logger.

    ## Example
    ```python
    import logging

    log = logging.getLogger(__file__)
    ```

    ## Use instead
    ```python
    import logging

    log = logging.getLogger(__name__)
    ```

    ## References
    - [Python documentation: logger objects](https://docs.python.org/3/library/logging.html#logger-objects)
    """

    dimension = "reliability"
    effort = 1
    needs = frozenset({"getLogger"})

    VALID = (
        Valid("import logging\n\nlog = logging.getLogger(__name__)"),
        Valid("import logging\n\nlog = logging.getLogger('tool')\nlog.info(__file__)"),
        Valid(
            "import logging, os\n\nlog = logging.getLogger(os.path.basename(__file__))", "A name made of it"
        ),
    )
    INVALID = (
        Invalid(
            "import logging\n\nlog = logging.getLogger(__file__)",
            ("3:25-3:33 loggers form a tree by the names of modules: write __name__",),
        ),
        Invalid(
            "from logging import getLogger\n\nlog = getLogger(name=__file__)",
            ("3:22-3:30 loggers form a tree by the names of modules: write __name__",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        name = argument(call, 0, "name")
        if dotted == "logging.getLogger" and isinstance(name, ast.Name) and name.id in _FILES:
            self.report(name, "loggers form a tree by the names of modules: write __name__")
