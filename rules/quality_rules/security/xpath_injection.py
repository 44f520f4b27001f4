"""The rule xpath-injection."""

from __future__ import annotations

from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm


class XpathInjection(FlowRule):
    """A value from outside becomes part of an XPath expression.

    ## What it does
    Follows what comes from outside, or into a function, to the text of an expression for `xpath`. Variables of the
    expression, numbers and escaped values are fine.

    ## Why is this bad
    Whoever chooses the value chooses which elements are found, such as another user's.

    ## Example
    ```python
    def find(tree, name):
        return tree.xpath(f"//user[@name='{name}']")
    ```

    ## Use instead
    ```python
    def find(tree, name):
        return tree.xpath("//user[@name=$name]", name=name)
    ```

    ## References
    - [CWE-643: XPath injection](https://cwe.mitre.org/data/definitions/643.html)
    """

    cwe = 643
    harm = Harm.XPATH
    message = "becomes part of an XPath expression: pass it as a variable"

    VALID = (
        Valid(
            """
            def find(tree, path):
                return tree.xpath(path)
            """,
            "The caller's expression",
        ),
        Valid(
            """
            def f(words):
                return PATTERN.findall(' '.join(words))
            """,
            "A pattern and a text",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(tree, request):
                return tree.xpath('//user[@id=' + request.GET['id'] + ']')
            """,
            ("2:12-2:63 request.GET becomes part of an XPath expression: pass it as a variable",),
        ),
    )
