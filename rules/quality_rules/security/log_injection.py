"""The rule log-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class LogInjection(FlowRule):
    """A value from outside is logged as it is.

    ## What it does
    Follows what a request or a connection brings to a message of a log. Numbers, `%r` and values without line ends are
    fine.

    ## Why is this bad
    With a line end in it the value adds entries that nobody logged, which hides what happened.

    ## Example
    ```python
    import logging
    from flask import request

    def login():
        logging.warning("no such user: %s", request.form["name"])
    ```

    ## Use instead
    ```python
    import logging
    from flask import request

    def login():
        logging.warning("no such user: %s", repr(request.form["name"]))
    ```

    ## References
    - [CWE-117: improper output neutralization for logs](https://cwe.mitre.org/data/definitions/117.html)
    """

    cwe = 117
    weight = 0.4
    effort = 5
    harm = Harm.LOG
    message = "is logged as it is, line ends included: log its repr()"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)
    mildest = Severity.NOTE

    VALID = (
        Valid(
            """
            import logging

            def f(name):
                logging.info('hello %s', name)
            """,
            "The caller's value",
        ),
        Valid(
            """
            import logging

            def f(user):
                logging.info('hello %s', user.name)
            """,
            "Of a record",
        ),
        Valid(
            """
            import logging

            def f(client_address, user_id):
                logging.info('%s came from %s', user_id, client_address)
            """,
            "An address, a number",
        ),
        Valid(
            """
            import logging

            def f(request):
                logging.info(f"hello {request.GET['name']!r}")
            """,
            "Line ends are shown as such",
        ),
        Valid(
            """
            import logging

            def f(request):
                logging.info('%i', request.GET['age'])
                logger.info('{name!r} came', name=request.GET['name'])
            """,
            "Numbers have no line ends",
        ),
        Valid(
            """
            import json, logging

            def f(request):
                logging.info('got ' + json.dumps(request.GET))
            """,
            "Line ends are written as such",
        ),
        Valid(
            "import logging\n\ndef f(response):\n    logging.info('asked for %s', response.request.url)",
            "What this program asks for",
        ),
    )
    INVALID = (
        Invalid(
            "import logging\n\nclass A:\n    def get(self):\n        logging.info('at %s', self.request.url)",
            ("5:9-5:48 self.request.url is logged as it is, line ends included: log its repr()",),
        ),
        Invalid(
            """
            import logging

            def f(user, form):
                logging.info('no such user: %s', user)
                logging.info('no such name: %s', form.name)
            """,
            (
                "4:5-4:43 user is logged as it is, line ends included: log its repr()",
                "5:5-5:48 form is logged as it is, line ends included: log its repr()",
            ),
        ),
        Invalid(
            """
            import logging

            def f(request):
                logging.info('%i: %s', 3, request.GET['name'])
            """,
            ("4:5-4:51 request.GET is logged as it is, line ends included: log its repr()",),
        ),
        Invalid(
            """
            import json, logging

            def f(request):
                logging.info('got ' + json.dumps(request.GET, indent=4))
            """,
            ("4:5-4:61 request.GET is logged as it is, line ends included: log its repr()",),
        ),
        Invalid(
            """
            import logging

            log = logging.getLogger(__name__)

            def f(request):
                log.info('hello ' + request.GET['name'])
            """,
            ("6:5-6:45 request.GET is logged as it is, line ends included: log its repr()",),
        ),
    )
