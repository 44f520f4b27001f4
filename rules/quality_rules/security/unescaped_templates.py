"""The rule unescaped-templates."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, called_word, is_named, is_off, spreads

#: What makes HTML of a text → the switch that leaves tags in.
_RENDERERS = {"create_markdown": "escape", "Markdown": "escape", "HTMLRenderer": "escape"}


_LONGEST_CHAIN = 20
#: A value that is not escaped, and how much of a template is looked at.
_SAFE = re.compile(r"\{\{\s{0,9}(\w{1,40})\s{0,9}\|\s{0,9}safe\b")
_LONGEST = 4_000


class UnescapedTemplates(CallRule):
    """Pages are made without escaping.

    ## What it does
    Reports environments of Jinja that are made without `autoescape` or with `autoescape=False`. Where options come
    from elsewhere it is reported only when the source never names `autoescape`. Reports, too, what makes HTML and is
    told to leave tags in, or does so unless told otherwise: `mistune` with `escape=False`, highlighting of
    Elasticsearch without `encoder="html"`, and the filter `safe` in a template that is written where it is filled in.

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

    dimension = "security"
    cwe = 79
    confidence = Confidence.MEDIUM
    equivalents = ("bandit:B701",)
    needs = frozenset(
        {"Environment", "SandboxedEnvironment", *_RENDERERS, "highlight", "render_template_string"}
    )

    VALID = (
        Valid(
            "def f(search, fields):\n    return search.highlight_options(encoder='html').highlight(*fields)"
        ),
        Valid("def f(code):\n    return highlight(code, lexer, formatter)", "No search"),
        Valid("import jinja2\n\njinja2.Environment(autoescape=jinja2.select_autoescape())"),
        Valid(
            "import jinja2\n\noptions = {'autoescape': True}\njinja2.Environment(**options)",
            "Given elsewhere",
        ),
        Valid("Environment('production')", "Another class"),
    )
    INVALID = (
        Invalid(
            "def f(text):\n    return render_template_string('<p>{{ text | safe }}</p>', text=text)",
            ("2:12-2:73 text comes into the page as it is: remove the filter safe",),
        ),
        Invalid(
            "def f(text):\n    return mistune.create_markdown(escape=False)(text)",
            ("2:12-2:49 tags in the text come into pages as they are: remove escape=False",),
        ),
        Invalid(
            "def f(search, fields):\n    return search.highlight(*fields).execute()",
            (
                "2:12-2:37 tags in the text that is found come into pages as they are: use highlight_options(encoder='html')",
            ),
        ),
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
        word = dotted.rpartition(".")[2]
        if word in _RENDERERS:
            switch = argument(call, -1, _RENDERERS[word])
            if is_off(switch):
                self.report(
                    call, f"tags in the text come into pages as they are: remove {_RENDERERS[word]}=False"
                )
            return
        if word == "render_template_string":
            self._check_filters(call)
            return
        if word == "highlight":
            self._check_highlighting(call)
            return
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

    def _check_filters(self, call: ast.Call) -> None:
        """A value that the template is told to trust."""
        template = self.constant(argument(call, 0, "source"))
        for found in _SAFE.finditer(template[:_LONGEST]) if isinstance(template, str) else ():
            value = argument(call, -1, found[1])
            if value is not None and not isinstance(self.facts.only_value(value), ast.Constant | ast.Call):
                self.report(call, f"{found[1]} comes into the page as it is: remove the filter safe")
                return

    def _check_highlighting(self, call: ast.Call) -> None:
        """A search marks its finds with tags, in a text that it does not escape unless told to."""
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        for _ in range(_LONGEST_CHAIN):
            if not isinstance(owner, ast.Call) or not isinstance(owner.func, ast.Attribute):
                break
            owner = owner.func.value
        is_search = owner is not None and "search" in called_word(owner).lower()
        encoded = (keyword.arg == "encoder" for keyword in self.facts.of(ast.keyword))
        if is_search and not any(encoded) and not spreads(call):
            self.report(
                call,
                "tags in the text that is found come into pages as they are: use highlight_options(encoder='html')",
                confidence=Confidence.LOW,
            )

    def _is_named_elsewhere(self) -> bool:
        names = (node.arg for node in self.facts.of(ast.keyword))
        return "autoescape" in {
            *names,
            *(node.value for node in self.facts.of(ast.Constant) if isinstance(node.value, str)),
        }
