"""The rule open-redirect."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class OpenRedirect(FlowRule):
    """A client chooses where another is sent.

    ## What it does
    Follows what a request brings to the address of a redirect. An address with a host or folder that is written out, one
    that is made by `url_for`, and one that was checked are fine.

    ## Why is this bad
    A link to this site then leads to another, which looks trustworthy and asks for the password.

    ## Example
    ```python
    from flask import redirect, request

    def back():
        return redirect(request.args["next"])
    ```

    ## Use instead
    ```python
    from flask import redirect, request, url_for

    def back():
        return redirect(url_for(PAGES.get(request.args["next"], "index")))
    ```

    ## References
    - [CWE-601: open redirect](https://cwe.mitre.org/data/definitions/601.html)
    """

    cwe = 601
    harm = Harm.REDIRECT
    message = "chooses where a client is sent: check that the address is one of this site"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)

    VALID = (
        Valid(
            """
            from flask import redirect, request

            def f():
                return redirect('/users/' + request.args['name'])
            """,
            "Stays on this site",
        ),
        Valid(
            """
            from urllib.parse import urlsplit
            from flask import redirect, request

            def f():
                url = request.args['next']
                host = urlsplit(url).hostname
                if host == 'shop.example' or host.endswith('.shop.example'):
                    return redirect(url)
            """,
            "A host of this site",
        ),
        Valid(
            """
            from django.shortcuts import redirect
            from django.utils.http import url_has_allowed_host_and_scheme

            def f(request):
                url = request.GET['next']
                if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
                    url = '/'
                return redirect(url)
            """,
            "Checked",
        ),
    )
    INVALID = (
        Invalid(
            """
            from urllib.parse import urlsplit
            from flask import redirect, request

            def f():
                url = request.args['next']
                if urlsplit(url).hostname.endswith('shop.example'):
                    return redirect(url)
            """,
            (
                "7:16-7:29 request.args chooses where a client is sent: check that the address is one of this site",
            ),
        ),
        Invalid(
            """
            from django.http import HttpResponseRedirect

            def f(request):
                url = request.GET.get('next', '/')
                return HttpResponseRedirect(url)
            """,
            (
                "5:12-5:37 request.GET chooses where a client is sent: check that the address is one of this site",
            ),
        ),
    )
