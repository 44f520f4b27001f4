"""The rule nosql-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class NosqlInjection(FlowRule):
    """A client chooses the operators of a query for documents.

    ## What it does
    Follows what the JSON of a request brings to the filter of a search in a collection, and any value from outside that
    becomes part of a `$where`. Values that were made text or numbers are fine.

    ## Why is this bad
    Instead of a value the client sends an operator such as `{"$ne": null}`, which everything fulfils.

    ## Example
    ```python
    from flask import request

    def login(users):
        return users.find_one({"name": request.json["name"]})
    ```

    ## Use instead
    ```python
    from flask import request

    def login(users):
        return users.find_one({"name": str(request.json["name"])})
    ```

    ## References
    - [CWE-943: injection in a data query](https://cwe.mitre.org/data/definitions/943.html)
    """

    cwe = 943
    harm = Harm.NOSQL
    message = "may bring operators into a query for documents: make it a text or number"
    least = Level.REMOTE
    by_parameter = (Severity.WARNING, Confidence.LOW)

    VALID = (
        Valid(
            """
            from flask import request

            def f(users):
                return users.find_one({'name': request.args['name']})
            """,
            "Always a text",
        ),
    )
    INVALID = (
        Invalid(
            """
            from flask import request

            def f(users):
                return users.delete_many(request.get_json())
            """,
            (
                "4:12-4:49 request.get_json() may bring operators into a query for documents: make it a text or number",
            ),
        ),
    )
