"""The rule unfilled-placeholder."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, dotted_name, last_word, name_words

if TYPE_CHECKING:
    from quality.model import Source

#: A name between braces, with what an f-string may have behind it.
_PLACEHOLDER = re.compile(
    r"(?<![{$%\\])\{([A-Za-z_]\w{0,60})(?:[.\[][^{}]{0,60})?(?:![rsa])?(?::[^{}]{0,30})?\}(?!\})"
)
#: A place for a value between words of a sentence.
_PLACE = re.compile(r"[a-z]{2} ['\"`]?\{\}(?:['\"`]|[.:,;!]|\Z)?(?: [a-z]{2}|[.:!]?\Z)", re.IGNORECASE)
#: What statements begin with, a place for a value in one, and words of functions that run them.
_STATEMENT = re.compile(
    r"\s{0,40}(?:select\s.{1,400}\sfrom|insert\s+into|update\s.{1,200}\sset|delete\s+from)\s",
    re.IGNORECASE | re.DOTALL,
)
_VALUE = re.compile(r"(?<!%)%[sd](?!\w)")
#: A text in a statement, which is no place for a value.
_QUOTED = re.compile(r"'[^']{0,200}'")
_RUNNING = frozenset({"execute", "query", "fetch", "fetchone", "fetchall", "fetchrow", "fetchval"})
#: Longer texts are not looked at.
_LONGEST = 2_000


class UnfilledPlaceholder(AstRule):
    """A text is left with a placeholder that nothing fills.

    ## What it does
    Reports texts of raised errors, and texts that are printed, with a name of the function in braces or with empty braces
    between words, which are no f-strings and are formatted by nobody. So are SQL statements with `%s` or `%d` that are executed without values.

    ## Why is this bad
    An `f` is missing. Who reads the message learns that something is called `{path}`, and not which path it was. A database
    takes the `%` for an operator, or an error.

    ## Example
    ```python
    def load(path):
        if not path.exists():
            raise FileNotFoundError("no such file: {path}")
        return path.read_text(encoding="utf-8")
    ```

    ## Use instead
    ```python
    def load(path):
        if not path.exists():
            raise FileNotFoundError(f"no such file: {path}")
        return path.read_text(encoding="utf-8")
    ```

    ## References
    - [Python documentation: f-strings](https://docs.python.org/3/reference/lexical_analysis.html#f-strings)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 1

    VALID = (
        Valid("def f(x):\n    raise ValueError('bad {x}'.format(x=x))", "It is formatted"),
        Valid("def f(x):\n    raise ValueError('give {name}')", "No name of the function"),
        Valid("def f(x):\n    raise Problem('bad {x}', x=x)", "The class formats it"),
        Valid("def f(x):\n    print('{{x}}', x)"),
        Valid("def f(x):\n    raise ValueError('empty: {}, []')", "No place for a value"),
        Valid("def f(x):\n    raise ValueError('no user {}'.format(x))"),
        Valid("def f(x):\n    raise ValueError('bad {x} {y}')", "Another thing"),
        Valid("def f(x):\n    print(template('{x}'))", "Another function gets it"),
        Valid("def f(c, x):\n    c.execute('SELECT 1 FROM t WHERE n = %s', (x,))", "It gets the value"),
        Valid("def f(c, x):\n    c.execute('SELECT 1 FROM t WHERE n = %d' % x)", "It has the value"),
        Valid("def f(c):\n    c.execute(\"SELECT 1 FROM t WHERE n LIKE '%sum'\")", "A pattern"),
        Valid(
            "def f(c):\n    c.execute(\"UPDATE t SET n = format('%s-%s', a, b) WHERE n = ''\")",
            "The database fills it",
        ),
        Valid("def f(c):\n    return c.prepare('SELECT 1 FROM t WHERE n = %s')", "The values come later"),
    )
    INVALID = (
        Invalid(
            "def f(self, c):\n    text = 'select word from notes where author=%d order by day'\n    return c.queryDB(self.db, text)",
            ("3:31-3:35 %d stands there as it is: pass the values, too",),
        ),
        Invalid(
            "def f(x):\n    raise ValueError('bad {x!r}, ' + more)",
            ("2:22-2:35 {x!r} stands there as it is: write an f-string",),
        ),
        Invalid(
            "def f(kind):\n    raise ValueError('Kind {} is not supported!')",
            ("2:22-2:49 {} stands there as it is: write an f-string",),
        ),
        Invalid(
            "def f():\n    for name in g():\n        print('found {name}')",
            ("3:15-3:29 {name} stands there as it is: write an f-string",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        if source.mentions("{") and source.mentions("raise ", "print("):
            return True
        return source.mentions("%") and source.mentions("%s", "%d")

    def visit_Raise(self, node: ast.Raise) -> None:
        raised = node.exc
        if isinstance(raised, ast.Call) and dotted_name(raised.func).endswith(("Error", "Exception", "Exit")):
            self._check(raised)

    def visit_Call(self, call: ast.Call) -> None:
        if self.facts.is_builtin(call.func, "print"):
            self._check(call)
        elif _RUNNING & name_words(last_word(call.func)):
            self._check_statement(call)

    def _check_statement(self, call: ast.Call) -> None:
        """A statement with places for values, which is the last that a call is given."""
        last = call.args[-1] if call.args and not call.keywords else None
        text = self.facts.only_value(last) if last is not None else None
        value = text.value if isinstance(text, ast.Constant) else None
        is_one = isinstance(value, str) and _STATEMENT.match(value) is not None
        found = _VALUE.search(_QUOTED.sub("", str(value)[:_LONGEST])) if is_one else None
        if last is not None and found:
            self.report(last, f"{found[0]} stands there as it is: pass the values, too")

    def _check(self, call: ast.Call) -> None:
        """Looks at the only text that a call is given."""
        if len(call.args) != 1 or any(
            keyword.arg not in {"file", "end", "flush"} for keyword in call.keywords
        ):
            return
        pending = [call.args[0]]
        while pending:
            part = pending.pop()
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add):
                pending += [part.left, part.right]
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                self._check_text(part, part.value)

    def _check_text(self, node: ast.Constant, text: str) -> None:
        if len(text) > _LONGEST:
            return
        if _PLACE.search(text):
            self.report(node, "{} stands there as it is: write an f-string")
            return
        found = list(_PLACEHOLDER.finditer(text))
        function = self.facts.function(node)
        if not found or function is None:
            return
        names = self.facts.names(function)
        if all(match[1] in names.parameters or match[1] in names.stores for match in found):
            self.report(node, f"{found[0][0]} stands there as it is: write an f-string")
