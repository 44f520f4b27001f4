"""The rule xml-injection."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm


class XmlInjection(FlowRule):
    """A value from outside becomes part of an XML document as it is.

    ## What it does
    Follows what comes from outside, or into a function, to a text with XML tags that is returned or parsed. Escaped
    values and numbers are fine.

    ## Why is this bad
    The value can close its element and bring others: a price, a role, a second order.

    ## Example
    ```python
    def order(name):
        return f"<order><name>{name}</name><price>10</price></order>"
    ```

    ## Use instead
    ```python
    from xml.sax.saxutils import escape

    def order(name):
        return f"<order><name>{escape(name)}</name><price>10</price></order>"
    ```

    ## References
    - [CWE-91: XML injection](https://cwe.mitre.org/data/definitions/91.html)
    """

    cwe = 91
    severity = Severity.WARNING
    harm = Harm.MARKUP
    message = "becomes part of an XML document as it is: escape it, or build the document with a library"
    by_parameter = (Severity.WARNING, Confidence.LOW)
    mildest = Severity.WARNING

    VALID = (
        Valid("def f(number):\n    return '<order><id>%d</id></order>' % number", "A number"),
        Valid("def f(self):\n    return f'<Order {self.id}>'", "No document"),
    )
    INVALID = (
        Invalid(
            "def f(request):\n    return '<order><id>' + request.GET['id'] + '</id></order>'",
            (
                "2:12-2:63 request.GET becomes part of an XML document as it is: escape it, or build the document with a library",
            ),
        ),
    )
