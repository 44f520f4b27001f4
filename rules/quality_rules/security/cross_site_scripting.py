"""The rule cross-site-scripting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import Flow, FlowRule, Harm, Level

if TYPE_CHECKING:
    from quality_rules._flow import Hit
    from quality_rules._flow._rule import Verdict


class CrossSiteScripting(FlowRule):
    """A value from outside becomes part of a page as it is.

    ## What it does
    Follows what a request brings, or a parameter, to HTML that is sent without escaping: returned by the function
    of a route, written to a response, printed by a program that reads a form, or marked as safe for templates. Of parameters only those count that are put
    into a text that is marked as safe, or, with less certainty, into a text with tags that is returned. So does, with
    little certainty, what nothing is known of. Where nothing in the text answers requests, as in a program that
    writes documents, these are notes.

    Escaped and cleaned values and numbers are fine.

    ## Why is this bad
    The value can hold a script, which then runs in the browser of another user, with that user's rights.

    ## Example
    ```python
    from flask import Flask, request

    app = Flask(__name__)

    @app.route("/")
    def hello():
        return "<p>Hello " + request.args["name"] + "</p>"
    ```

    ## Use instead
    ```python
    from flask import Flask, render_template, request

    app = Flask(__name__)

    @app.route("/")
    def hello():
        return render_template("hello.html", name=request.args["name"])
    ```

    ## References
    - [CWE-79: cross-site scripting](https://cwe.mitre.org/data/definitions/79.html)
    """

    cwe = 79
    equivalents = ("bandit:B308", "bandit:B703", "bandit:B704")
    harm = Harm.HTML
    least = Level.UNSEEN
    message = "becomes part of a page as it is: escape it, or let a template do so"
    clears = ("bandit:B308", "bandit:B703", "bandit:B704")

    VALID = (
        Valid(
            """
            from html import escape
            from django.http import HttpResponse

            def hello(request):
                return HttpResponse("<p>" + escape(request.GET["name"]) + "</p>")
            """,
            "Escaped",
        ),
        Valid("def f(self):\n    return '<p width=\"%d\">' % self.width", "A number"),
        Valid("from markupsafe import Markup\n\nLINE = Markup('<hr>')", "A constant"),
        Valid(
            """
            from django.utils.html import format_html

            def link(url):
                return format_html("<a href='{}'>", url)
            """,
            "Escaped by the function",
        ),
        Valid("def show(name):\n    return '<Point %s>' % name", "No tag of a page"),
        Valid(
            """
            import json
            from flask import make_response, request

            def show():
                found = json.dumps({"name": request.args["name"]})
                return make_response(found, 200, {"Content-Type": "application/json"})
            """,
            "Its headers say that it is no page",
        ),
    )
    INVALID = (
        Invalid(
            """
            def main(fields):
                town = fields.getfirst("town", "")
                print("<h1>Weather in %s</h1>" % town)
            """,
            (
                "3:5-3:43 fields.getfirst() becomes part of a page as it is: escape it, or let a template do so",
            ),
        ),
        Invalid(
            """
            from django.http import HttpResponse

            def hello(request):
                name = request.GET.get("name", "")
                return HttpResponse(f"<p>{name}</p>")
            """,
            ("5:12-5:42 request.GET becomes part of a page as it is: escape it, or let a template do so",),
        ),
        Invalid(
            """
            from django.utils.safestring import mark_safe

            def link(url):
                return mark_safe("<a href='%s'>" % url)
            """,
            ("4:12-4:44 url becomes part of a page as it is: escape it, or let a template do so",),
        ),
        Invalid(
            "def page(name):\n    return '<p>%s</p>' % name",
            ("2:12-2:30 name becomes part of a page as it is: escape it, or let a template do so",),
        ),
    )

    def verdict(self, hit: Hit) -> Verdict:
        by_caller = hit.taint.origin.level <= Level.PARAMETER and not hit.sure
        if by_caller and not self.facts.derived(Flow).serves_clients:
            return Severity.NOTE, Confidence.LOW
        return super().verdict(hit)
