"""The rule xml-external-entity."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class XmlExternalEntity(FlowRule):
    """XML from outside is read by a parser that expands entities.

    ## What it does
    Follows what a request or a connection brings to the parsers of the standard library and of lxml. `defusedxml` is
    fine.

    ## Why is this bad
    A few lines of XML can expand to gigabytes, or, in some parsers, hold files of the server.

    ## Example
    ```python
    import xml.etree.ElementTree as ET
    from flask import request

    def read():
        return ET.fromstring(request.data)
    ```

    ## Use instead
    ```python
    import defusedxml.ElementTree as ET
    from flask import request

    def read():
        return ET.fromstring(request.data)
    ```

    ## References
    - [CWE-611: XML external entity](https://cwe.mitre.org/data/definitions/611.html)
    - [Python documentation: XML vulnerabilities](https://docs.python.org/3/library/xml.html#xml-vulnerabilities)
    """

    cwe = 611
    equivalents = tuple(f"bandit:B{number}" for number in range(313, 320))
    harm = Harm.XML
    message = "is read by a parser that expands entities: use defusedxml"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)
    mildest = Severity.WARNING

    VALID = (
        Valid(
            """
            import xml.etree.ElementTree as ET

            tree = ET.parse('settings.xml')
            """,
            "A file of the program's own",
        ),
    )
    INVALID = (
        Invalid(
            """
            from lxml import etree

            def f(request):
                return etree.fromstring(request.body)
            """,
            ("4:12-4:42 request.body is read by a parser that expands entities: use defusedxml",),
        ),
    )
