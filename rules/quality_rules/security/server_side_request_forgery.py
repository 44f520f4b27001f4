"""The rule server-side-request-forgery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import Flow, FlowRule, Harm, Level

if TYPE_CHECKING:
    from quality_rules._flow import Hit


class ServerSideRequestForgery(FlowRule):
    """A client chooses what the server asks for.

    ## What it does
    Follows what a request brings to the address that the program itself opens, with `requests`, `httpx` or `urllib`. An
    address whose host is written out and a host out of a fixed list are fine.

    A parameter that is asked for as it is counts, as a note, where the text is a part of what answers requests: a
    helper of a program that asks other servers is made for that. A record that was looked up by its key holds what
    the program knows.

    ## Why is this bad
    The server can reach what the client cannot: services inside, metadata of the cloud, files.

    ## Example
    ```python
    import requests
    from flask import request

    def preview():
        return requests.get(request.args["url"], timeout=5).text
    ```

    ## Use instead
    ```python
    import requests
    from flask import request

    def preview():
        return requests.get("https://example.org/" + request.args["page"], timeout=5).text
    ```

    ## References
    - [CWE-918: server-side request forgery](https://cwe.mitre.org/data/definitions/918.html)
    """

    cwe = 918
    equivalents = ("bandit:B310",)
    harm = Harm.REQUEST
    message = "chooses what the server asks for: take the host from a list"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)
    clears = ("bandit:B310",)
    #: bandit asks whether a URL can be one of a file.
    related = (Harm.SCHEME,)
    replaces = ("bandit:B310",)

    VALID = (
        Valid(
            """
            import requests

            def fetch(name):
                return requests.get('https://a.example/' + name, timeout=5)
            """,
            "The host is written out",
        ),
        Valid(
            """
            import requests
            from flask import request

            HOSTS = {'a.example', 'b.example'}

            def f():
                host = request.args['host']
                if host not in HOSTS:
                    raise ValueError(host)
                return requests.get(f'https://{host}/', timeout=5)
            """,
            "A host out of a list",
        ),
        Valid(
            "import requests\n\ndef fetch(url):\n    return requests.get(url, timeout=5)",
            "A helper that asks for what it is told, and nothing here answers requests",
        ),
        Valid(
            """
            import requests
            from flask import Flask

            app = Flask(__name__)

            @app.post("/hooks/<key>/ping")
            def ping(key):
                hook = Hook.objects.get(pk=key)
                requests.post(hook.address, timeout=5)
                return "done"
            """,
            "Which record it is, is chosen; what is in it, is not",
        ),
    )
    INVALID = (
        Invalid(
            """
            import requests
            from django.http import HttpResponse

            def fetch(url):
                return HttpResponse(requests.get(url, timeout=5).content, content_type="image/png")
            """,
            ("5:25-5:53 url chooses what the server asks for: take the host from a list",),
        ),
        Invalid(
            """
            import urllib.request

            def f(request):
                return urllib.request.urlopen('http://' + request.GET['host'] + '/status')
            """,
            ("4:12-4:79 request.GET chooses what the server asks for: take the host from a list",),
        ),
    )

    def counts(self, hit: Hit) -> bool:
        by_caller = hit.taint.origin.level is Level.PARAMETER
        return not by_caller or self.facts.derived(Flow).serves_clients
