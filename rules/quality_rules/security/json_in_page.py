"""The rule json-in-page."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, called_word, is_named

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Values that hold no text.
_PLAIN = ast.Compare | ast.BoolOp | ast.Constant
_MOST_ENTRIES = 60


class JsonInPage(CallRule):
    """JSON is put into a page as a text.

    ## What it does
    Reports results of `json.dumps` among the values of a template. An encoder of your own (`cls=...`) is taken for one
    that knows about pages, and a dictionary that is written out with nothing but texts in it is small enough to stand in an
    attribute, where it is escaped.

    ## Why is this bad
    A template escapes the quotes of such a text, so it has to be told not to; then `</script>` in any value ends the
    script, and what follows is part of the page. `json.dumps` leaves `<` as it is.

    ## Example
    ```python
    def show(request):
        return render(request, "map.html", {"places": json.dumps(places)})
    ```

    ## Use instead
    ```python
    def show(request):
        return render(request, "map.html", {"places": places})  # {{ places|json_script:"places" }} or {{ places|tojson }}
    ```

    ## References
    - [CWE-79: cross-site scripting](https://cwe.mitre.org/data/definitions/79.html)
    - [Django: json_script](https://docs.djangoproject.com/en/stable/ref/templates/builtins/#json-script)
    """

    dimension = "security"
    cwe = 79
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    needs = frozenset(
        {"render", "render_template", "render_to_response", "render_to_string", "TemplateResponse"}
    )

    VALID = (
        Valid("def f(request):\n    return render(request, 'a.html', {'places': places})"),
        Valid(
            "def f(request):\n    return render(request, 'a.html', {'on': json.dumps(a == b)})",
            "Only true or false",
        ),
        Valid(
            "def f(request, key):\n    return render(request, 'a.html', {'data': json.dumps({'key': str(key)})})",
            "In an attribute it is escaped",
        ),
        Valid(
            "def f():\n    return render_template('a.html', data=json.dumps(x, cls=PageEncoder))",
            "Knows about pages",
        ),
    )
    INVALID = (
        Invalid(
            "def f(request):\n    return render(request, 'a.html', {'places': json.dumps(places)})",
            ("2:49-2:67 </script> in a value ends the script of the page: let the template write the JSON",),
        ),
        Invalid(
            """
            def f():
                context = {'places': json.dumps(places)}
                return render_template('a.html', **context)
            """,
            ("2:26-2:44 </script> in a value ends the script of the page: let the template write the JSON",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        del dotted
        for value in self._values(call):
            written = value if isinstance(value, ast.Call) else None
            if written is None or not is_named(self.facts.origin(written.func), "json.dumps"):
                continue
            given = written.args[:1]
            custom = any(keyword.arg in {"cls", "default", None} for keyword in written.keywords)
            if given and not custom and not isinstance(given[0], _PLAIN) and not _is_small(given[0]):
                self.report(
                    written,
                    "</script> in a value ends the script of the page: let the template write the JSON",
                )

    def _values(self, call: ast.Call) -> Iterator[ast.expr]:
        """What the template gets by name."""
        for given in [*call.args, *(keyword.value for keyword in call.keywords)]:
            table = self.facts.display(given)
            if isinstance(table, ast.Dict):
                yield from (self.facts.only_value(value) for value in table.values[:_MOST_ENTRIES])
            elif called_word(call) == "render_template":
                yield table


def _is_small(node: ast.expr) -> bool:
    """Tells whether it is a dictionary of texts that is written out."""
    values = node.values if isinstance(node, ast.Dict) else []
    texts = (isinstance(value, ast.Call) and called_word(value) == "str" for value in values)
    constants = (isinstance(value, ast.Constant) for value in values)
    return bool(values) and all(map(any, zip(texts, constants, strict=True)))
