"""The rule unchecked-none."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word, shorten
from quality_rules._handlers import guards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode
    from quality.rules import Facts

_MATCHERS = frozenset({"re.match", "re.search", "re.fullmatch", "shutil.which", "inspect.getmodule"})
#: A pattern each part of which may be missing.
_OPTIONAL = re.compile(r"\^?(?:\(?(?:\[[^\]]*\]|\\.|[^\\()\[\]*+?])[*?]\)?){1,9}\$?")
#: Objects whose ``get`` looks nothing up, or says itself when there is nothing.
_OTHERS = frozenset(
    {
        "requests",
        "session",
        "sess",
        "client",
        "http",
        "httpx",
        "api",
        "query",
        "cache",
        "objects",
        "app",
        "self",
    }
)
#: More uses of a name are not looked at.
_MOST_USES = 20
_LOOKUPS = frozenset({"os.environ.get", "os.getenv"})
#: What is asked of an entry of a document: another entry, or what a text has.
_OF_ENTRIES = frozenset(
    {
        "get",
        "items",
        "keys",
        "values",
        "split",
        "strip",
        "lower",
        "upper",
        "startswith",
        "endswith",
        "replace",
    }
)
#: Keys, and no addresses or sentences.
_KEY = re.compile(r"[A-Za-z_][\w-]{0,40}")


class UncheckedNone(AstRule):
    """A result that may be None is used at once.

    ## What it does
    Reports an attribute, index or call on the result of `re.match`, `re.search`, `os.environ.get` or
    `os.getenv` without a default, and `shutil.which`, in the same expression, of an entry that `get("key")` finds, where another
    entry or a text is asked for, and `int()` and `float()` of such a variable. So is a name that is given what a pattern or `get()` finds
    under a key that varies, in functions that use its items or attributes and never ask about it or the key.

    Other results with a name, which can be asked about, defaults, patterns that match any text, and code that
    expects the error, are fine.

    ## Why is this bad
    Where nothing was found, the user reads "'NoneType' object has no attribute 'group'" instead of what is
    missing.

    ## Example
    ```python
    import re

    version = re.search(r"version = (.*)", text).group(1)
    ```

    ## Use instead
    ```python
    import re

    found = re.search(r"version = (.*)", text)
    if found is None:
        raise ValueError("there is no version")
    version = found.group(1)
    ```

    ## References
    - [Python documentation: re.Match](https://docs.python.org/3/library/re.html#match-objects)
    """

    dimension = "reliability"
    needs = frozenset({"match", "search", "fullmatch", "which", "getmodule", "environ", "getenv", "get"})
    cwe = 476
    confidence = Confidence.LOW

    VALID = (
        Valid("import os\n\npaths = os.environ.get('PATHS', '').split(':')", "A default"),
        Valid(
            "import os\n\nn = int(os.environ.get('N', '1'))\nm = int(os.environ.get('M') or 1)", "Defaults"
        ),
        Valid(
            "import re\n\ndef f(text):\n    found = re.match('a', text)\n    return found and found.group()"
        ),
        Valid("def f(users, name):\n    user = users.get(name)\n    return user and user['email']"),
        Valid(
            "def f(users, name):\n    if name not in users:\n        raise KeyError(name)\n    user = users.get(name)\n    return user['email']",
            "It is there",
        ),
        Valid("def f(users, name):\n    if user := users.get(name):\n        print(user['email'])"),
        Valid("def f(session):\n    return session.get('page').json()", "A client"),
        Valid(
            "def f(row):\n    return row.get('to').get('id') if row.get('to') else None", "It is asked for"
        ),
        Valid("def f(form):\n    return form.get('name').save()", "No entry of a document"),
        Valid("def f(users):\n    user = users.get('root')\n    return user['email']", "A key that is known"),
        Valid(
            "def f(session, url):\n    answer = session.get(url)\n    return answer.text", "Something else"
        ),
        Valid("import re\n\nindent = re.match(r'^([ \\t]*)', line).group()", "It matches any text"),
        Valid(
            "import re\n\ntry:\n    n = re.match('a', t).group()\nexcept AttributeError:\n    n = ''",
            "It is expected",
        ),
    )
    INVALID = (
        Invalid(
            "def f(payload):\n    return payload.get('customer').get('city')",
            ("2:12-2:35 payload.get('customer') may be None, which has no get: ask for None first",),
        ),
        Invalid(
            "import re\n\n_LINE = re.compile(r'(\\w+)=(\\w+)')\n\ndef f(text):\n    found = _LINE.match(text)\n    return found.group(1)",
            ("7:12-7:23 _LINE.match(text) may be None, which has no group: ask for None first",),
        ),
        Invalid(
            "import os\n\nLIMIT = int(os.environ.get('LIMIT'))",
            ("3:9-3:37 os.environ.get('LIMIT') may be None, which is no number: ask for None first",),
        ),
        Invalid(
            "def domain(users, name):\n    user = users.get(name)\n    return user['email'].split('@')[1]",
            ("3:12-3:25 users.get(name) may be None, which has no index: ask for None first",),
        ),
        Invalid(
            "import os\n\nhosts = os.getenv('HOSTS').split(',')",
            ("3:9-3:27 os.getenv('HOSTS') may be None, which has no split: ask for None first",),
        ),
        Invalid(
            "import re\n\nword = re.match(r'\\w+', line)[0]",
            ("3:8-3:30 re.match('\\\\w+', line) may be None, which has no index: ask for None first",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        names = self.facts.names(function)
        asks_for_keys = self._asks_for_keys(function)
        for name, places in names.stores.items():
            given = self.facts.values(places[0], name)
            found = given[0] if len(given) == 1 else None
            loads = names.loads.get(name, [])[:_MOST_USES]
            if (
                not isinstance(found, ast.Call)
                or not loads
                or not ((not asks_for_keys and _looks_up(found)) or self._matches(found))
                or self._is_expected(found)
                or self._is_asked_at_once(found)
            ):
                continue
            above = [self.facts.parent(load) for load in loads]
            used = all(
                isinstance(part, ast.Subscript | ast.Attribute) and part.value is load
                for part, load in zip(above, loads, strict=True)
            )
            if used and above[0] is not None and not self._is_expected(above[0]):
                what = above[0].attr if isinstance(above[0], ast.Attribute) else "index"
                shown = shorten(ast.unparse(found))
                self.report(above[0], f"{shown} may be None, which has no {what}: ask for None first")

    def _is_asked_at_once(self, found: ast.Call) -> bool:
        """``if user := users.get(name)``."""
        above = self.facts.parent(found)
        around = self.facts.parent(above) if isinstance(above, ast.NamedExpr) else None
        return isinstance(above, ast.NamedExpr) and not isinstance(
            around, ast.Expr | ast.Subscript | ast.Attribute
        )

    def _asks_for(self, found: ast.Call) -> bool:
        """Tells whether the code around asks for an entry, or whether there is one, elsewhere too."""
        asked = self.facts.derived(_Asked).by(self.facts.function(found) or self.source.tree)
        return not asked.isdisjoint(map(ast.dump, (found, found.args[0])))

    def _asks_for_keys(self, function: FunctionNode) -> bool:
        """Tells whether a function asks whether something is in something else."""
        return any(
            isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn)
            for node in self.facts.within(function)
        )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._check(node.value, node.attr)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._check(node.value, "index")

    def visit_Call(self, call: ast.Call) -> None:
        if not self.facts.is_builtin(call.func, "int", "float") or not call.args:
            return
        asked = call.args[0]
        if isinstance(asked, ast.Call) and self.facts.origin(asked.func) in _LOOKUPS:
            found = self._may_be_none(asked) and not self._is_expected(call)
            if found:
                shown = shorten(ast.unparse(asked))
                self.report(call, f"{shown} may be None, which is no number: ask for None first")

    def _matches(self, call: ast.Call) -> bool:
        """Tells whether a call looks for a pattern, which may be made elsewhere."""
        if self.facts.origin(call.func) in _MATCHERS:
            return self._may_be_none(call)
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"match", "search", "fullmatch"}:
            return False
        made = self.facts.origins.value(self.facts.only_value(call.func.value))
        if not isinstance(made, ast.Call) or self.facts.origin(made.func) != "re.compile":
            return False
        return not (made.args and _always_matches(made.args[0]))

    def _check(self, call: ast.expr, what: str) -> None:
        if not isinstance(call, ast.Call):
            return
        if not self._may_be_none(call) and not (_is_entry(call, what) and not self._asks_for(call)):
            return
        if self._is_expected(call):
            return
        shown = shorten(ast.unparse(call))
        self.report(call, f"{shown} may be None, which has no {what}: ask for None first")

    def _may_be_none(self, call: ast.Call) -> bool:
        origin = self.facts.origin(call.func)
        if origin in _LOOKUPS:
            return len(call.args) == 1 and not call.keywords
        return origin in _MATCHERS and not (call.args and _always_matches(call.args[0]))

    def _is_expected(self, node: ast.AST) -> bool:
        """Tells whether some handler around a node is ready for the error."""
        return any(guards(self.facts, node))


class _Asked:
    """What functions ask for, gathered once for each: an entry may be looked up many times.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[ast.AST, frozenset[str]] = {}

    def by(self, function: ast.AST) -> frozenset[str]:
        """Dumps of the keys for which a function asks whether they are in something, and of entries that it does not use at once."""
        if function not in self._known:
            self._known[function] = frozenset(map(ast.dump, self._asked_by(function)))
        return self._known[function]

    def _asked_by(self, function: ast.AST) -> Iterator[ast.AST]:
        for node in self._facts.within(function):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
                yield node.left
            elif isinstance(node, ast.Call) and last_word(node.func) == "get":
                above = self._facts.parent(node)
                if not (isinstance(above, ast.Attribute | ast.Subscript) and above.value is node):
                    yield node


def _is_entry(call: ast.Call, what: str) -> bool:
    """Tells whether a call is ``table.get("key")``, of which something is asked that documents and texts have."""
    match call:
        case ast.Call(
            func=ast.Attribute(value=owner, attr="get"), args=[ast.Constant(value=str(key))], keywords=[]
        ):
            return what in _OF_ENTRIES and _KEY.fullmatch(key) is not None and last_word(owner) not in _OTHERS
    return False


def _looks_up(call: ast.Call) -> bool:
    """Tells whether a call is ``table.get(key)`` of a key that varies."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "get":
        return False
    owner = last_word(call.func.value)
    plain = len(call.args) == 1 and not call.keywords
    return (
        plain
        and isinstance(call.args[0], ast.Name | ast.Attribute)
        and owner.islower()
        and owner not in _OTHERS
    )


def _always_matches(pattern: ast.expr) -> bool:
    """Tells whether a written pattern matches any text, since all of it may be missing."""
    value = pattern.value if isinstance(pattern, ast.Constant) else None
    return isinstance(value, str) and _OPTIONAL.fullmatch(value) is not None
