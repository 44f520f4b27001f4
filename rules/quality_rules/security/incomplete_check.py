"""The rule incomplete-check."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word

_DOTS = frozenset({"../", "/../", "..\\", "/..", "./", "../../"})
_PATH_CHECKS = frozenset(
    {
        "isabs",
        "realpath",
        "abspath",
        "resolve",
        "is_relative_to",
        "commonpath",
        "is_absolute",
        "safe_join",
        "basename",
        "secure_filename",
    }
)
_SITE = re.compile(
    r"(?:https?:/?/?)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|edu|gov|example|dev|co)", re.IGNORECASE
)
_URL_WORDS = frozenset(
    {
        "url",
        "uri",
        "link",
        "href",
        "redirect_url",
        "next_url",
        "target_url",
        "referer",
        "referrer",
        "host",
        "domain",
        "netloc",
        "hostname",
        "origin",
    }
)


class IncompleteCheck(AstRule):
    """A check of a path or URL looks at a piece of it only.

    ## What it does
    Reports tests for `../` in a path in functions that never make it absolute or look whether it is, removal of `../`,
    and tests whether a host's name is anywhere in a URL or at its beginning without the slash behind it.

    ## Why is this bad
    `/etc/passwd` has no `../`, `....//` leaves one when it is removed, and `https://evil.example/?a.example` contains every name.

    ## Example
    ```python
    def read(path):
        if "../" in path:
            raise ValueError(path)
        return open(path).read()
    ```

    ## Use instead
    ```python
    def read(path):
        full = os.path.realpath(os.path.join(ROOT, path))
        if not full.startswith(ROOT + os.sep):
            raise ValueError(path)
        return open(full).read()
    ```

    ## References
    - [CWE-22: path traversal](https://cwe.mitre.org/data/definitions/22.html)
    - [CWE-20: improper input validation](https://cwe.mitre.org/data/definitions/20.html)
    """

    dimension = "security"
    confidence = Confidence.MEDIUM
    cwe = 20

    VALID = (
        Valid("def f(path):\n    return '../' not in path and not os.path.isabs(path)"),
        Valid("def f(path):\n    return '/../' not in path and not path.startswith('../')", "Both"),
        Valid("def f(url):\n    return url.startswith('https://a.example.com/')"),
        Valid("def f(text):\n    return 'a.example.com' in text", "Not a URL by its name"),
    )
    INVALID = (
        Invalid(
            "def f(path):\n    return open(path.replace('../', ''))",
            (
                "2:17-2:40 absolute paths and other spellings pass: make the path absolute and compare it with its folder",
            ),
        ),
        Invalid(
            "def f(url):\n    return 'example.com' in url",
            ("2:12-2:32 other sites can hold this text: compare the host of urllib.parse.urlsplit",),
        ),
        Invalid(
            "def f(url, domain):\n    return domain in url",
            ("2:12-2:25 other sites can hold this text: compare the host of urllib.parse.urlsplit",),
        ),
        Invalid(
            "def f(url):\n    return url.startswith('https://example.com')",
            ("2:12-2:49 other sites can hold this text: compare the host of urllib.parse.urlsplit",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.In | ast.NotIn):
            return
        left, right = node.left, node.comparators[0]
        text = left.value if isinstance(left, ast.Constant) else None
        if text in _DOTS:
            if self._never_absolute(node) and not self._looks_at_beginning(node):
                self._report_path(node)
        elif last_word(right) in _URL_WORDS - {"host", "domain", "origin"}:
            named = isinstance(text, str) and _SITE.fullmatch(text)
            if named or last_word(left) in {
                "domain",
                "host",
                "hostname",
                "allowed_domain",
                "allowed_host",
                "trusted_domain",
            }:
                self._report_url(node)

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        if (
            not isinstance(function, ast.Attribute)
            or not node.args
            or not isinstance(node.args[0], ast.Constant)
        ):
            return
        text = node.args[0].value
        if function.attr == "replace" and text in {"../", "..\\"} and self._never_absolute(node):
            self._report_path(node)
        elif (
            function.attr in {"startswith", "endswith"}
            and isinstance(text, str)
            and last_word(function.value) in _URL_WORDS
        ):
            begins = function.attr == "startswith" and "://" in text
            if (begins or function.attr == "endswith") and _SITE.fullmatch(text):
                self._report_url(node)

    def _never_absolute(self, node: ast.AST) -> bool:
        function = self.facts.function(node)
        scope = self.facts.within(function) if function is not None else []
        return function is not None and not any(last_word(part) in _PATH_CHECKS for part in scope)

    def _looks_at_beginning(self, node: ast.AST) -> bool:
        """Tells whether the function looks at how a path begins, too."""
        function = self.facts.function(node)
        calls = (
            (part for part in self.facts.within(function) if isinstance(part, ast.Call)) if function else ()
        )
        return any(
            last_word(call.func) in {"startswith", "lstrip"}
            and call.args
            and isinstance(call.args[0], ast.Constant)
            and call.args[0].value in {"..", "../", "/"}
            for call in calls
        )

    def _report_path(self, node: ast.AST) -> None:
        self.report(
            node,
            "absolute paths and other spellings pass: make the path absolute and compare it with its folder",
        )

    def _report_url(self, node: ast.AST) -> None:
        self.report(
            node,
            "other sites can hold this text: compare the host of urllib.parse.urlsplit",
            confidence=Confidence.LOW,
        )
