"""The rule commented-out-code."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._asked import has_comments
from quality_rules._written import statements_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.rules import Comment

#: Longest comment, in lines and in characters a line, that is tried as code.
_MOST_LINES = 60
_MOST_CHARACTERS = 200
#: Deepest brackets in a comment that is tried as code: the text is hostile, the parser recursive.
_DEEPEST = 8
#: What a line of code, and hardly a line of prose, looks like.
_CODE_LINE = re.compile(
    r"[\w.\[\]'\", ]+ ?[-+*/%|&]?= ?\S|.*[\w\])]\(.*\)[:,]?$|(from [\w.]+ )?import [\w., *]+$"
    r"|(if|for|while|with|def|class|elif|except)\b.*:$|(else|try|finally):$|return\b|raise \w+\(|@\w|assert "
)


class CommentedOutCode(AstRule):
    """Code is kept in a comment.

    ## What it does
    Reports comments of two lines or more, on lines of their own, that are valid Python with assignments,
    calls, imports or control flow in them; and single lines that assign, import or print.

    Prose, examples that a text introduces with a colon, doctests, and data are fine.

    ## Why is this bad
    Nobody dares to delete it, nobody keeps it up to date, and it hides the code that runs. Version control
    remembers it better.

    ## Example
    ```python
    def total(rows):
        # result = 0
        # for row in rows:
        #     result += row
        return sum(rows)
    ```

    ## Use instead
    ```python
    def total(rows):
        return sum(rows)
    ```
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 2
    weight = 0.3

    asks = (has_comments,)

    VALID = (
        Valid("# Note: rows are sorted.\n# See also: total(rows)\nx = 1", "Prose"),
        Valid("# Use it like this:\n# result = total(rows)\n# print(result)\nx = 1", "An introduced example"),
        Valid("# >>> total(rows)\n# 3\nx = 1", "A doctest"),
        Valid("# a, b, c\n# 1, 2, 3\nx = 1", "Data"),
        Valid("text = '''\n# x = 1\n# print(x)\n'''", "Not a comment"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    # y = g(x)\n    # print(y)\n    return x",
            ("2:5-3:15 y = g(x) and 1 more line of code in a comment: delete them",),
        ),
        Invalid("# import os\nx = 1", ("1:1-1:12 import os is code in a comment: delete it",)),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for block in _blocks(self.facts.comments):
            first, last = block[0], block[-1]
            if _is_code(block) and not (first is last and first.line in self._inside_expressions):
                where = self.source.location(first.line, first.column, last.line, last.end_column)
                self.report(where, _message(block))

    @cached_property
    def _inside_expressions(self) -> set[int]:
        """Lines inside of statements over several lines, where a comment explains an element."""
        simple = (s for s in self.facts.nodes if isinstance(s, ast.stmt) and not hasattr(s, "body"))
        return {line for s in simple for line in range(s.lineno + 1, (s.end_lineno or s.lineno) + 1)}


def _message(block: Sequence[Comment]) -> str:
    first, *others = (text for comment in block if (text := comment.text.strip()))
    if not others:
        return f"{shorten(first)} is code in a comment: delete it"
    more = "1 more line" if len(others) == 1 else f"{len(others)} more lines"
    return f"{shorten(first)} and {more} of code in a comment: delete them"


def _blocks(comments: Sequence[Comment]) -> Iterator[list[Comment]]:
    """Comments on consecutive lines in one column."""
    block: list[Comment] = []
    for comment in comments:
        if block and (comment.line, comment.column) != (block[-1].line + 1, block[-1].column):
            yield block
            block = []
        block.append(comment)
    if block:
        yield block


def _is_code(block: list[Comment]) -> bool:
    lines = [comment.text for comment in block]
    written = [line.strip() for line in lines if line.strip()]
    if len(lines) > _MOST_LINES or not written or not all(map(_is_tame, lines)):
        return False
    if 2 * sum(bool(_CODE_LINE.match(line)) for line in written) <= len(written):
        return False
    body = statements_in("\n".join(lines))
    if len(written) == 1:
        return bool(body) and _is_unmistakable(body[0])
    return any(map(_does_something, body)) and all(map(_is_statement, body))


def _is_tame(line: str) -> bool:
    deep = max(line.count(bracket) for bracket in "([{") > _DEEPEST
    return len(line) <= _MOST_CHARACTERS and not deep


def _is_unmistakable(statement: ast.stmt) -> bool:
    """Tells whether a lone statement is code for certain and no formula or hint."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return isinstance(statement.value.func, ast.Name) and statement.value.func.id in {
            "print",
            "breakpoint",
        }
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _is_statement(statement: ast.stmt) -> bool:
    """Tells whether a statement does something, unlike a word that happens to parse."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Call | ast.Await | ast.Yield | ast.YieldFrom)
    return not isinstance(statement, ast.AnnAssign) or statement.value is not None


def _does_something(statement: ast.stmt) -> bool:
    plain = isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.Pass)
    return not plain or any(isinstance(node, ast.Call) for node in ast.walk(statement))
