"""The rule xml-parser-options."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, Calls, argument, called_word, is_off

_ON = frozenset({"resolve_entities", "load_dtd", "huge_tree", "dtd_validation"})
_FEATURES = frozenset({"feature_external_ges", "feature_external_pes"})


class XmlParserOptions(CallRule):
    """An XML parser is told to fetch what a document names.

    ## What it does
    Reports parsers of `lxml` with `resolve_entities=True`, `load_dtd=True`, `huge_tree=True` or `no_network=False`, and
    `xml.sax` with external entities switched on. `huge_tree=True` beside `resolve_entities=False` is a note.

    ## Why is this bad
    A document can name files of the machine or addresses in its network, and their content becomes part of it; or it
    grows until the memory is full.

    ## Example
    ```python
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=True)
    ```

    ## Use instead
    ```python
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    ```

    ## References
    - [CWE-611: XML external entity](https://cwe.mitre.org/data/definitions/611.html)
    """

    dimension = "security"
    cwe = 611
    equivalents = ("bandit:B317",)
    needs = frozenset({"XMLParser", "HTMLParser", "ETCompatXMLParser", "iterparse", "setFeature"})

    VALID = (
        Valid("from lxml import etree\n\netree.XMLParser(resolve_entities=False)"),
        Valid("import xml.sax\n\nparser.setFeature(xml.sax.handler.feature_external_ges, False)"),
    )
    INVALID = (
        Invalid(
            "def f():\n    return etree.XMLParser(no_network=False)",
            ("2:28-2:44 documents can name what is read into them: remove no_network=False",),
        ),
        Invalid(
            "def f():\n    return etree.XMLParser(huge_tree=True)",
            ("2:28-2:42 documents can grow without end: remove huge_tree=True",),
        ),
        Invalid(
            "def f(parser):\n    parser.setFeature(feature_external_ges, True)",
            ("2:5-2:50 documents can name files that are read into them: leave external entities off",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted.endswith("setFeature"):
            if len(call.args) > 1 and called_word(call.args[0]) in _FEATURES:
                self._check_feature(call, call.args[1])
            return
        for keyword in call.keywords:
            dangerous = keyword.arg != "no_network"
            named = keyword.arg in _ON or not dangerous
            if named and isinstance(keyword.value, ast.Constant) and keyword.value.value is dangerous:
                self._report_option(call, keyword)

    def _check_feature(self, call: ast.Call, value: ast.expr) -> None:
        """A parser of ``xml.sax`` is told whether to read what documents name."""
        if is_off(value):
            for made, _ in self.facts.derived(Calls).named({"make_parser"}):
                self.clear(made, ("bandit:B317",))
        elif self.constant(value) is True:
            self.report(call, "documents can name files that are read into them: leave external entities off")

    def _report_option(self, call: ast.Call, keyword: ast.keyword) -> None:
        grows = keyword.arg == "huge_tree"
        harm = "grow without end" if grows else "name what is read into them"
        # Without entities they grow only by what is sent.
        bounded = grows and is_off(argument(call, -1, "resolve_entities"))
        self.report(
            keyword,
            f"documents can {harm}: remove {ast.unparse(keyword)}",
            severity=Severity.NOTE if bounded else None,
        )
