"""The rule code-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class CodeInjection(FlowRule):
    """A value from outside runs as code.

    ## What it does
    Follows what a request, the command line, the environment or a connection brings to `eval`, `exec`, `compile` and
    to imports by name.

    ## Why is this bad
    Its sender runs any program with the rights of this one.

    ## Example
    ```python
    from flask import request

    def calculate():
        return eval(request.args["formula"])
    ```

    ## Use instead
    ```python
    import ast
    from flask import request

    def calculate():
        return ast.literal_eval(request.args["value"])
    ```

    ## References
    - [CWE-94: code injection](https://cwe.mitre.org/data/definitions/94.html)
    - [Python documentation: ast.literal_eval](https://docs.python.org/3/library/ast.html#ast.literal_eval)
    """

    cwe = 94
    effort = 30
    equivalents = ("quality:opaque-code", "bandit:B102", "bandit:B307")
    harm = Harm.CODE
    message = "runs as code: read it with ast.literal_eval, or look it up in a table of what is allowed"
    least = Level.LOCAL
    by_parameter = (Severity.WARNING, Confidence.MEDIUM)

    VALID = (
        Valid(
            """
            import ast, sys

            value = ast.literal_eval(sys.argv[1])
            """,
            "Only literals are read",
        ),
        Valid(
            """
            import importlib
            from flask import request

            def f():
                name = request.args['plugin']
                if name in {'csv', 'json'}:
                    return importlib.import_module(name)
            """,
            "Out of a fixed list",
        ),
    )
    INVALID = (
        Invalid(
            """
            import sys

            print(eval(sys.argv[1]))
            """,
            (
                "3:7-3:24 sys.argv runs as code: read it with ast.literal_eval, or look it up in a table of what is allowed",
            ),
        ),
        Invalid(
            """
            import importlib

            def load(request):
                return importlib.import_module(request.GET['plugin'])
            """,
            (
                "4:12-4:58 request.GET runs as code: read it with ast.literal_eval, or look it up in a table of what is allowed",
            ),
        ),
    )
