"""The rule decoded-after-check."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, targets_of
from quality_rules._branches import leaves
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

#: Functions that turn other spellings of a character into it, and which argument they read.
_DECODERS = {
    **dict.fromkeys(words("urllib.parse.unquote urllib.parse.unquote_plus unquote unquote_plus"), 0),
    **dict.fromkeys(words("html.unescape HTMLParser.unescape"), 0),
    **dict.fromkeys(words("os.path.expandvars os.path.expanduser"), 0),
    "unicodedata.normalize": 1,
}
#: What is looked for in a text that may not come in.
_HARMFUL = ("..", "/", "\\", "<", ">", "'", '"', ";", "|", "&", "$", "`", "script", "~")
#: More tests are not looked at.
_MOST_TESTS = 60


class DecodedAfterCheck(AstRule):
    """A text is checked, and then decoded into another.

    ## What it does
    Reports `unquote`, `html.unescape`, `unicodedata.normalize` and `expandvars` of a text in which the function looked for harmful
    characters before, and does not look again after.

    ## Why is this bad
    What the check looks for comes in under another spelling: `%2e%2e%2f` has no dot, and the wide form of a slash is another character until it is
    normalized.

    ## Example
    ```python
    from urllib.parse import unquote

    def page(name):
        if ".." in name or "/" in name:
            raise ValueError(name)
        return PAGES / unquote(name)
    ```

    ## Use instead
    ```python
    from urllib.parse import unquote

    def page(name):
        name = unquote(name)
        if ".." in name or "/" in name:
            raise ValueError(name)
        return PAGES / name
    ```

    ## References
    - [CWE-179: incorrect behavior order: early validation](https://cwe.mitre.org/data/definitions/179.html)
    - [CWE-180: validate before canonicalize](https://cwe.mitre.org/data/definitions/180.html)
    """

    dimension = "security"
    needs = frozenset(name.rpartition(".")[2] for name in _DECODERS)
    confidence = Confidence.MEDIUM
    cwe = 179

    VALID = (
        Valid(
            """
            from urllib.parse import unquote

            def page(name):
                name = unquote(name)
                if ".." in name:
                    raise ValueError(name)
                return name
            """,
            "Decoded first",
        ),
        Valid(
            """
            from urllib.parse import unquote

            def page(name):
                if "/" in name:
                    raise ValueError(name)
                plain = unquote(name)
                if "/" in plain:
                    raise ValueError(name)
                return plain
            """,
            "Checked again",
        ),
        Valid(
            """
            from urllib.parse import unquote

            def shown(name):
                if "/" in name:
                    name = name.rpartition("/")[2]
                return unquote(name)
            """,
            "No check: it goes on",
        ),
        Valid(
            """
            import html

            def f(text, kind):
                if "<" in kind:
                    raise ValueError(kind)
                return html.unescape(text)
            """,
            "Another text",
        ),
    )
    INVALID = (
        Invalid(
            """
            import unicodedata

            def file_of(title):
                if "/" in title:
                    raise ValueError(title)
                return unicodedata.normalize("NFKC", title)
            """,
            ("6:12-6:48 title was checked before it is decoded, and other spellings pass: decode it first",),
        ),
        Invalid(
            """
            import html

            def keep(comment):
                if "<script" in comment.lower():
                    return None
                comment = html.unescape(comment)
                return store(comment)
            """,
            (
                "6:15-6:37 comment was checked before it is decoded, and other spellings pass: decode it first",
            ),
        ),
        Invalid(
            """
            from urllib.parse import unquote

            def page(name):
                if any(bad in name for bad in ("..", "/")):
                    raise ValueError(name)
                name = unquote(name)
                return PAGES / name
            """,
            ("6:12-6:25 name was checked before it is decoded, and other spellings pass: decode it first",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        position = _DECODERS.get(self.facts.origin(call.func))
        function = self.facts.function(call)
        if position is None or function is None or len(call.args) <= position:
            return
        decoded = call.args[position]
        if not isinstance(decoded, ast.Name):
            return
        kept = {each.id for each in targets_of(self.facts.statement(call)) if isinstance(each, ast.Name)}
        tests = list(self._tests(function))
        before = [test for test in tests if _ends_before(test.test, call) and self._checks(test, decoded.id)]
        after = (test for test in tests if not _ends_before(test.test, call))
        again = any(self._names(test) & (kept | {decoded.id}) for test in after)
        if before and not again and not self._is_other_text(decoded, before[-1]):
            self.report(
                call,
                f"{decoded.id} was checked before it is decoded, and other spellings pass: decode it first",
            )

    def _tests(self, function: FunctionNode) -> Iterator[ast.If]:
        found = (node for node in self.facts.within(function) if isinstance(node, ast.If | ast.While))
        for number, node in enumerate(found):
            if number < _MOST_TESTS and isinstance(node, ast.If):
                yield node

    def _checks(self, test: ast.If, name: str) -> bool:
        """Tells whether an ``if`` refuses a text for what is in it."""
        if not (leaves(test.body) or leaves(test.orelse)) or name not in self._names(test):
            return False
        nodes = self.facts.within(test.test)
        return any(map(_looks_for, nodes)) and any(
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and any(mark in node.value for mark in _HARMFUL)
            for node in nodes
        )

    def _names(self, test: ast.If) -> set[str]:
        """The names that a condition asks about, those that stand in a name for it included."""
        asked = [node for node in self.facts.within(test.test) if isinstance(node, ast.Name)]
        behind = [part for node in asked for part in self.facts.within(self.facts.only_value(node))]
        return {node.id for node in [*asked, *behind] if isinstance(node, ast.Name)}

    def _is_other_text(self, decoded: ast.Name, test: ast.If) -> bool:
        """Tells whether the name has got another value since the check."""
        function = self.facts.function(decoded)
        stores = self.facts.names(function).stores.get(decoded.id, ()) if function else ()
        statement = self.facts.statement(decoded)
        return any(
            _ends_before(test.test, store)
            and _ends_before(store, decoded)
            and self.facts.statement(store) is not statement
            for store in stores
        )


def _ends_before(first: ast.AST, second: ast.AST) -> bool:
    return (first.end_lineno, first.end_col_offset) <= (second.lineno, second.col_offset)  # type: ignore[attr-defined]


def _looks_for(node: ast.AST) -> bool:
    if isinstance(node, ast.Compare):
        return isinstance(node.ops[0], ast.In | ast.NotIn)
    return isinstance(node, ast.Attribute) and node.attr in {"startswith", "find"}
