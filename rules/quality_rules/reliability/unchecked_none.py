"""The rule unchecked-none."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten

_MATCHERS = frozenset({"re.match", "re.search", "re.fullmatch", "shutil.which", "inspect.getmodule"})
#: A pattern each part of which may be missing.
_OPTIONAL = re.compile(r"\^?(?:\(?(?:\[[^\]]*\]|\\.|[^\\()\[\]*+?])[*?]\)?){1,9}\$?")
_LOOKUPS = frozenset({"os.environ.get", "os.getenv"})


class UncheckedNone(AstRule):
    """A result that may be None is used at once.

    ## What it does
    Reports an attribute, index or call on the result of `re.match`, `re.search`, `os.environ.get` or
    `os.getenv` without a default, and `shutil.which`, in the same expression.

    Results with a name, which can be asked about, defaults, patterns that match any text, and code that
    expects the AttributeError, are fine.

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
    needs = frozenset({"match", "search", "fullmatch", "which", "getmodule", "environ", "getenv"})
    cwe = 476
    confidence = Confidence.LOW

    VALID = (
        Valid("import os\n\npaths = os.environ.get('PATHS', '').split(':')", "A default"),
        Valid(
            "import re\n\ndef f(text):\n    found = re.match('a', text)\n    return found and found.group()"
        ),
        Valid("import re\n\nindent = re.match(r'^([ \\t]*)', line).group()", "It matches any text"),
        Valid(
            "import re\n\ntry:\n    n = re.match('a', t).group()\nexcept AttributeError:\n    n = ''",
            "It is expected",
        ),
    )
    INVALID = (
        Invalid(
            "import os\n\nhosts = os.getenv('HOSTS').split(',')",
            ("3:9-3:27 os.getenv('HOSTS') may be None, which has no split: ask for None first",),
        ),
        Invalid(
            "import re\n\nword = re.match(r'\\w+', line)[0]",
            ("3:8-3:30 re.match('\\\\w+', line) may be None, which has no index: ask for None first",),
        ),
    )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._check(node.value, node.attr)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        self._check(node.value, "index")

    def _check(self, call: ast.expr, what: str) -> None:
        if not isinstance(call, ast.Call) or not self._may_be_none(call) or self._is_expected(call):
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
        below = node
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.Try) and below in above.body and above.handlers:
                return True
            below = above
        return False


def _always_matches(pattern: ast.expr) -> bool:
    """Tells whether a written pattern matches any text, since all of it may be missing."""
    value = pattern.value if isinstance(pattern, ast.Constant) else None
    return isinstance(value, str) and _OPTIONAL.fullmatch(value) is not None
