"""The rule repeated-expression."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Setting, Valid, root_name, shorten
from quality_rules._asked import is_product

#: Methods that take a text apart or make another of it, and answer the same each time.
_METHODS = frozenset(
    {
        *("split", "rsplit", "splitlines", "partition", "rpartition", "strip", "lstrip", "rstrip"),
        *("lower", "upper", "casefold", "title", "replace"),
    }
)
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return)
_DEFERRED = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class RepeatedExpression(AstRule):
    """A text is taken apart again for each of its parts.

    ## What it does
    Reports a call such as `line.split(",")` that stands in the statements of one block three times or more, while the text
    stays the same.

    Calls in branches of which one runs, in comprehensions, and with other arguments, are fine.

    ## Why is this bad
    The reader has to compare the three to see that they are one. A correction of the separator is made in two of them. With a
    name, or unpacked, the parts say what they are.

    ## Example
    ```python
    def entry(line):
        time = line.split(" ")[0]
        level = line.split(" ")[1]
        source = line.split(" ")[2]
        return Entry(time, level, source)
    ```

    ## Use instead
    ```python
    def entry(line):
        time, level, source = line.split(" ")
        return Entry(time, level, source)
    ```

    ## References
    - [Refactoring: extract variable](https://refactoring.com/catalog/extractVariable.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 2
    needs = _METHODS

    fewest = Setting(3, "Fewest times that it stands in a block.", minimum=2)

    asks = (is_product,)

    VALID = (
        Valid("def f(x):\n    a = x.split()[0]\n    b = x.split()[1]\n    return a, b", "Twice"),
        Valid(
            "def f(x):\n    a = x.strip()\n    x = x.strip()\n    c = x.strip()\n    return a, c",
            "Another text each time",
        ),
        Valid(
            "def f(x):\n    if x.lower() == 'a':\n        return 1\n    if x.lower() == 'b':\n        return g(x.lower())\n    return x.lower()",
            "One of them runs",
        ),
        Valid("def f(x):\n    return x.split(','), x.split(';'), x.split('.')", "Other arguments"),
    )
    INVALID = (
        Invalid(
            "def f(row):\n    return Row(row['a'].split('-')[0], row['a'].split('-')[1], last=row['a'].split('-')[2])",
            ("2:16-2:35 row['a'].split('-') is written 3 times: give it a name",),
        ),
        Invalid(
            "def f(lines):\n    found = []\n    for line in lines:\n        a = line.split(' ')[0]\n        found.append(line.split(' ')[1] + a)\n        found.append(line.split(' ')[2])\n    return found",
            ("4:13-4:28 line.split(' ') is written 3 times: give it a name",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for block in self.facts.blocks:
            calls = self._calls(block)
            repeated = {text: found for text, found in calls.items() if len(found) >= self.fewest}
            stored = self._stored(block) if repeated else set()
            for text, found in repeated.items():
                if root_name(found[0].func) not in stored:
                    told = f"{shorten(text)} is written {len(found)} times: give it a name"
                    self.report(found[0], told)

    def _calls(self, block: list[ast.stmt]) -> dict[str, list[ast.Call]]:
        """The calls of a block that only make something of a text, by how they are written."""
        calls: dict[str, list[ast.Call]] = {}
        for statement in block:
            for node in self.facts.within(statement) if isinstance(statement, _SIMPLE) else ():
                if isinstance(node, ast.Call) and self._is_of_a_text(node):
                    calls.setdefault(ast.unparse(node), []).append(node)
        return calls

    def _is_of_a_text(self, call: ast.Call) -> bool:
        """Tells whether it makes something of a text that has a name, with written arguments, at once."""
        method = call.func
        if not (isinstance(method, ast.Attribute) and method.attr in _METHODS and root_name(method)):
            return False
        written = not call.keywords and all(isinstance(each, ast.Constant) for each in call.args)
        return written and not any(isinstance(above, _DEFERRED) for above in self.facts.ancestors(call))

    def _stored(self, block: list[ast.stmt]) -> set[str]:
        """The names that a block binds, or whose parts it binds."""
        return {
            root_name(node)
            for statement in block
            for node in self.facts.within(statement)
            if isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
            and not isinstance(node.ctx, ast.Load)
        }
