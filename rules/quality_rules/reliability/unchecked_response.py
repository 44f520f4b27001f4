"""The rule unchecked-response."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._handlers import guards

if TYPE_CHECKING:
    from quality.model import FunctionNode

_VERBS = ("get", "post", "put", "patch", "request")
_REQUESTS = frozenset(f"{library}.{verb}" for library in ("requests", "httpx") for verb in _VERBS)
#: What is read of an answer as if all had gone well.
_READ = frozenset({"json", "text", "content"})


class UncheckedResponse(AstRule):
    """An answer is read, and nobody asks whether it is an error.

    ## What it does
    Reports `json()`, `text` and `content` of what `requests.get()`, `httpx.post()` and the like answer, where the function does
    not look at the status of the answer in any way.

    Answers that are handed to something else, which may look, and functions that are ready for errors are fine.

    ## Why is this bad
    These libraries do not raise where the server says "not found" or "internal error". The page that says so is taken
    for the data, and the program ends somewhere else, or stores it.

    ## Example
    ```python
    import requests

    def rate(currency):
        return requests.get(f"https://rates.example.com/{currency}", timeout=9).json()
    ```

    ## Use instead
    ```python
    import requests

    def rate(currency):
        response = requests.get(f"https://rates.example.com/{currency}", timeout=9)
        response.raise_for_status()
        return response.json()
    ```

    ## References
    - [requests: response status codes](https://requests.readthedocs.io/en/latest/user/quickstart/#response-status-codes)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({"requests", "httpx"})

    VALID = (
        Valid("import requests\n\ndef f(u):\n    r = requests.get(u)\n    if r.status_code == 404:\n        return None\n    return r.json()"),
        Valid("import requests\n\ndef f(u):\n    r = requests.get(u)\n    r.raise_for_status()\n    return r.text"),
        Valid("import requests\n\ndef f(u):\n    r = requests.get(u)\n    check(r)\n    return r.text", "It may look"),
        Valid("import requests\n\ndef f(u):\n    r = requests.get(u)\n    return r.text if r else ''", "It is asked"),
        Valid("import requests\n\ndef f(u):\n    try:\n        return requests.get(u).json()\n    except ValueError:\n        return {}", "It is ready"),
        Valid("import requests\n\ndef f(u):\n    return requests.get(u)\n\ndef g(session, u):\n    return session.get(u).json()"),
        Valid("import requests\n\nassert 'a' in requests.get(u).text", role="test"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import httpx\n\ndef f(u):\n    answer = httpx.post(u, json={})\n    print(answer.text)\n    return answer.json()",
            ("5:11-5:22 answer may be an error page: call raise_for_status() before",),
        ),
        Invalid(
            "import requests\n\ndef f(u):\n    return requests.get(u).content",
            ("4:12-4:35 requests.get(…) may be an error page: call raise_for_status() before",),
        ),
    )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        function = self.facts.function(node)
        if (
            node.attr not in _READ
            or function is None
            or self.source.role == "test"
            or self._is_expected(node)
        ):
            return
        owner = node.value
        if self._is_request(owner):
            shown = f"{ast.unparse(owner.func)}(…)"  # type: ignore[attr-defined]
            self.report(node, f"{shown} may be an error page: call raise_for_status() before")
        elif isinstance(owner, ast.Name) and self._is_request(self.facts.only_value(owner)):
            first, asked = self._uses(function, owner.id)
            if first is node and not asked:
                self.report(node, f"{owner.id} may be an error page: call raise_for_status() before")

    def _is_request(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Call) and self.facts.origin(node.func) in _REQUESTS

    def _uses(self, function: FunctionNode, name: str) -> tuple[ast.AST | None, bool]:
        """The first place that reads an answer, and whether something else is done with it."""
        above = [self.facts.parent(load) for load in self.facts.names(function).loads.get(name, ())]
        read = [each for each in above if isinstance(each, ast.Attribute) and each.attr in _READ]
        return (read[0] if read else None), len(read) < len(above)

    def _is_expected(self, node: ast.AST) -> bool:
        """Tells whether some handler around a node is ready for an error."""
        return any(guards(self.facts, node))
