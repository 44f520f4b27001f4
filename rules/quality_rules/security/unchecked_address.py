"""The rule unchecked-address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import Flow, FlowRule, Harm, Level

if TYPE_CHECKING:
    from quality_rules._flow import Hit


class UncheckedAddress(FlowRule):
    """A caller chooses which server is asked.

    ## What it does
    Notes where a function asks for the URL that it is given, with `requests`, `httpx` or `urllib`, in a text that answers
    no requests. A host that is written out, out of a list, or looked at is fine. The note hardly weighs: most such
    functions are made for that.

    ## Why is this bad
    Once a program that answers requests calls it with what a client sent, the client can reach services inside and
    files through it.

    ## Example
    ```python
    import requests

    def page(url):
        return requests.get(url, timeout=5).text
    ```

    ## Use instead
    ```python
    from urllib.parse import urlsplit

    import requests

    HOSTS = {"example.org", "www.example.org"}

    def page(url):
        if urlsplit(url).hostname not in HOSTS:
            raise ValueError(f"unknown host: {url}")
        return requests.get(url, timeout=5).text
    ```

    ## References
    - [CWE-918: server-side request forgery](https://cwe.mitre.org/data/definitions/918.html)
    """

    cwe = 918
    weight = 0.1
    effort = 10
    equivalents = ("bandit:B310",)
    harm = Harm.REQUEST
    message = "chooses which server is asked: look at the host before a client can choose it"
    by_parameter = (Severity.NOTE, Confidence.LOW)

    VALID = (
        Valid(
            "import requests\n\ndef page(name):\n    return requests.get(f'https://a.example/{name}', timeout=5)",
            "The host is written out",
        ),
        Valid(
            """
            import requests

            def page(url):
                return requests.get(url, timeout=5)

            print(page("https://a.example/news").text)
            """,
            "All callers write it out",
        ),
        Valid(
            """
            import requests
            from flask import request

            def page():
                return requests.get(request.args['url'], timeout=5)
            """,
            "What a client chooses is more than a note",
        ),
    )
    INVALID = (
        Invalid(
            "import requests\n\ndef page(url):\n    return requests.get(url, timeout=5)",
            ("4:12-4:40 url chooses which server is asked: look at the host before a client can choose it",),
        ),
    )

    def counts(self, hit: Hit) -> bool:
        analysis = self.facts.derived(Flow)
        by_caller = hit.taint.origin.level is Level.PARAMETER and not analysis.serves_clients
        return by_caller and hit.node not in analysis.found.settled(self.harm)
