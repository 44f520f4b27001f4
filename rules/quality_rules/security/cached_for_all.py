"""The rule cached-for-all."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._called import called_word
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Attributes of a request that another one for the same address does not share.
_OF_ONE = words(
    "args form json data values files cookies headers authorization query_string get_json get_data"
)
#: Names of whoever asks.
_PERSONS = words("current_user session")
#: Arguments that put more into the key than the address.
_KEYS = words("query_string make_cache_key key_prefix unless source_check")
_METHODS = words("POST PUT PATCH DELETE")


class CachedForAll(AstRule):
    """An answer is kept for everybody that depends on who asked, and how.

    ## What it does
    Reports views under `@cache.cached()` that read the query, the form, cookies or headers of the request, or the session, and
    such views that answer to `POST` and other methods that change something.

    Caches whose key has more than the address, by `query_string=True`, `make_cache_key` or `key_prefix`, are fine.

    ## Why is this bad
    The key is the address alone. The first answer goes to all who ask there until it is old: with the data of another
    client, or for another question. What is to change something is done once.

    ## Example
    ```python
    from flask import request

    @app.route("/prices")
    @cache.cached(timeout=60)
    def prices():
        return find_prices(request.args["article"])
    ```

    ## Use instead
    ```python
    from flask import request

    @app.route("/prices")
    @cache.cached(timeout=60, query_string=True)
    def prices():
        return find_prices(request.args["article"])
    ```

    ## References
    - [CWE-524: use of cache containing sensitive information](https://cwe.mitre.org/data/definitions/524.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 524
    effort = 5
    needs = frozenset({"cached"})

    VALID = (
        Valid("@app.route('/a')\n@cache.cached(timeout=9)\ndef f():\n    return 'a'"),
        Valid(
            "@app.route('/a')\n@cache.cached(make_cache_key=key)\ndef f():\n    return g(request.args)",
            "A key of its own",
        ),
        Valid(
            "@app.route('/a')\n@cache.cached(**options)\ndef f():\n    return g(request.args)", "Nobody knows"
        ),
        Valid(
            "@app.route('/a/<x>')\n@cache.cached()\ndef f(x):\n    return g(request.path, x)",
            "Of the address",
        ),
        Valid("@cached(ttl=9)\ndef f(session):\n    return session.query(A)", "No view"),
    )
    INVALID = (
        Invalid(
            "from flask_login import current_user\n\n@app.get('/a')\n@cache.cached(timeout=9)\ndef f():\n    return g(current_user)",
            ("6:14-6:26 current_user is not in the key of the cache: others get this answer",),
        ),
        Invalid(
            "@app.route('/a', methods=['POST'])\n@cache.cached()\ndef f():\n    return g()",
            ("1:27-1:33 POST is answered from the cache: nothing is done then",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        cached = [each for each in function.decorator_list if called_word(each) == "cached"]
        routes = [each for each in function.decorator_list if called_word(each) in _ROUTES]
        if not cached or not routes or not isinstance(cached[0], ast.Call):
            return
        if any(keyword.arg is None or keyword.arg in _KEYS for keyword in cached[0].keywords):
            return
        for route in routes:
            self._check_methods(route)
        for node in self.facts.within(function):
            name = self._own(node)
            if name:
                self.report(node, f"{name} is not in the key of the cache: others get this answer")
                return

    def _check_methods(self, route: ast.expr) -> None:
        for node in self.facts.within(route):
            if isinstance(node, ast.Constant) and node.value in _METHODS:
                self.report(node, f"{node.value} is answered from the cache: nothing is done then")

    def _own(self, node: ast.AST) -> str:
        """How the code names what is of one request or visitor; empty for anything else."""
        if isinstance(node, ast.Attribute) and node.attr in _OF_ONE:
            origin = self.facts.origin(node.value)
            return f"request.{node.attr}" if origin.rpartition(".")[2] == "request" else ""
        if isinstance(node, ast.Name) and node.id in _PERSONS and isinstance(node.ctx, ast.Load):
            return node.id if self.facts.origin(node).startswith("flask") else ""
        return ""


_ROUTES = words("route get post put patch delete")
