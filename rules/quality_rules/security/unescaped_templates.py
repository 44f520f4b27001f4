"""The rule unescaped-templates."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules.security._called import CallRule, argument, is_named, spreads


class UnescapedTemplates(CallRule):
    """Templates are filled in without escaping.

    ## What it does
    Reports environments of Jinja that are made without `autoescape` or with `autoescape=False`, and Tornado's and
    Mako's equivalents. Where options come from elsewhere it is reported only when the source never names
    `autoescape`.

    ## Why is this bad
    Jinja does not escape unless it is told to: every value that a page shows can bring a script.

    ## Example
    ```python
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader("pages"))
    ```

    ## Use instead
    ```python
    import jinja2

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader("pages"), autoescape=True)
    ```

    ## References
    - [CWE-79: cross-site scripting](https://cwe.mitre.org/data/definitions/79.html)
    - [Jinja: autoescaping](https://jinja.palletsprojects.com/en/stable/api/#autoescaping)
    """

    cwe = 79
    confidence = Confidence.MEDIUM
    equivalents = ("bandit:B701",)
    words = frozenset({"Environment", "SandboxedEnvironment"})

    VALID = (
        Valid("import jinja2\n\njinja2.Environment(autoescape=jinja2.select_autoescape())"),
        Valid(
            "import jinja2\n\noptions = {'autoescape': True}\njinja2.Environment(**options)",
            "Given elsewhere",
        ),
        Valid("Environment('production')", "Another class"),
    )
    INVALID = (
        Invalid(
            "def f(folder):\n    return Environment(loader=FileSystemLoader(folder))",
            ("2:12-2:56 values come into pages as they are: pass autoescape=True",),
        ),
        Invalid(
            "from jinja2 import Environment\n\ne = Environment(autoescape=False)",
            ("3:5-3:34 values come into pages as they are: pass autoescape=True",),
        ),
        Invalid(
            "import jinja2\n\ndef f(options):\n    return jinja2.Environment(**options)",
            ("4:12-4:41 values come into pages as they are: pass autoescape=True",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        is_jinja = dotted.startswith("jinja2.") or is_named(
            dotted, "jinja2.Environment", "sandbox.SandboxedEnvironment"
        )
        if not is_jinja and argument(call, -1, "loader") is None:
            return
        chosen = argument(call, -1, "autoescape")
        off = isinstance(chosen, ast.Constant) and not chosen.value
        if off or (chosen is None and not (spreads(call) and self._is_named_elsewhere())):
            sure = Confidence.LOW if spreads(call) else self.confidence
            self.report(call, "values come into pages as they are: pass autoescape=True", confidence=sure)

    def _is_named_elsewhere(self) -> bool:
        names = (node.arg for node in self.facts.of(ast.keyword))
        return "autoescape" in {
            *names,
            *(node.value for node in self.facts.of(ast.Constant) if isinstance(node.value, str)),
        }
