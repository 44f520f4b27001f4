"""The rule template-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class TemplateInjection(FlowRule):
    """A value from outside becomes the text of a template.

    ## What it does
    Follows what a request brings to the text that is compiled as a template: `render_template_string`,
    `jinja2.Template`, `from_string`. Values that are given to a template are fine.

    ## Why is this bad
    A template can reach Python objects, so its author runs code on the server.

    ## Example
    ```python
    from flask import render_template_string, request

    def hello():
        return render_template_string("Hello " + request.args["name"])
    ```

    ## Use instead
    ```python
    from flask import render_template_string, request

    def hello():
        return render_template_string("Hello {{ name }}", name=request.args["name"])
    ```

    ## References
    - [CWE-1336: template injection](https://cwe.mitre.org/data/definitions/1336.html)
    """

    cwe = 1336
    harm = Harm.TEMPLATE
    message = "becomes the text of a template: give it to the template as a value"
    least = Level.REMOTE
    by_parameter = (Severity.WARNING, Confidence.LOW)

    VALID = (
        Valid(
            """
            import jinja2

            def f(text):
                return jinja2.Template(text)
            """,
            "The caller's template",
        ),
        Valid(
            """
            def f(characters):
                return IntervalSet.from_string(''.join(characters))
            """,
            "No template",
        ),
    )
    INVALID = (
        Invalid(
            """
            import jinja2

            def f(request):
                text = request.POST['text']
                return jinja2.Template(f'<p>{text}</p>').render()
            """,
            ("5:12-5:45 request.POST becomes the text of a template: give it to the template as a value",),
        ),
    )
