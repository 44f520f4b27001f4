"""The rule header-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class HeaderInjection(FlowRule):
    """A value from outside becomes a header as it is.

    ## What it does
    Follows what a request brings to a header of the response, its name or its value, or of a mail. Values without line ends and quoted values are fine.

    ## Why is this bad
    With a line end in it the value adds headers, or a whole page, in servers that do not check.

    ## Example
    ```python
    def download(request, response):
        response.headers["Content-Disposition"] = "attachment; filename=" + request.GET["name"]
    ```

    ## Use instead
    ```python
    from urllib.parse import quote

    def download(request, response):
        response.headers["Content-Disposition"] = "attachment; filename=" + quote(request.GET["name"])
    ```

    ## References
    - [CWE-113: HTTP response splitting](https://cwe.mitre.org/data/definitions/113.html)
    """

    cwe = 113
    effort = 10
    harm = Harm.HEADER
    message = "becomes a header as it is: quote it"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)
    mildest = Severity.NOTE

    VALID = (
        Valid(
            """
            def f(response, request):
                name = request.GET['name']
                if '\\n' in name or '\\r' in name:
                    raise ValueError
                response['X-Name'] = name
            """,
            "No line ends",
        ),
        Valid(
            """
            def f(response, request):
                response.headers['X-' + str(int(request.GET['number']))] = '1'
            """,
            "A number in the name",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(response, request):
                response.headers['X-' + request.GET['name']] = '1'
            """,
            ("2:5-2:49 request.GET becomes a header as it is: quote it",),
        ),
        Invalid(
            """
            class Page(RequestHandler):
                def get(self):
                    self.set_header('X-Name', self.get_argument('name'))
            """,
            ("3:9-3:61 self.get_argument() becomes a header as it is: quote it",),
        ),
    )
