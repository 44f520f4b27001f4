"""The rule pattern-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class PatternInjection(FlowRule):
    """A client chooses a regular expression.

    ## What it does
    Follows what a request brings to the pattern of a function of `re`. Values through `re.escape` are fine.

    ## Why is this bad
    A short pattern can keep a processor busy for years.

    ## Example
    ```python
    import re
    from flask import request

    def find(lines):
        return [line for line in lines if re.search(request.args["q"], line)]
    ```

    ## Use instead
    ```python
    import re
    from flask import request

    def find(lines):
        return [line for line in lines if re.search(re.escape(request.args["q"]), line)]
    ```

    ## References
    - [CWE-1333: inefficient regular expression](https://cwe.mitre.org/data/definitions/1333.html)
    """

    cwe = 1333
    effort = 10
    harm = Harm.PATTERN
    message = "becomes a regular expression: use re.escape, or search for a plain text"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)
    mildest = Severity.WARNING

    VALID = (
        Valid(
            """
            import re

            def f(pattern, text):
                return re.search(pattern, text)
            """,
            "The caller's pattern",
        ),
    )
    INVALID = (
        Invalid(
            """
            import re

            def f(request, text):
                return re.search('^' + request.GET['q'], text)
            """,
            (
                "4:12-4:51 request.GET becomes a regular expression: use re.escape, or search for a plain text",
            ),
        ),
    )
