"""The rule narrating-comment."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._asked import has_comments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Comment

_MOST_WORDS = 8
_COMMENT = re.compile(r"[A-Za-z][A-Za-z_' ]*\.?")
_WORD = re.compile(r"[a-z]+")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

#: Words that say nothing by themselves.
_FILLERS = frozenset(
    [
        "a",
        "all",
        "an",
        "and",
        "as",
        "at",
        "be",
        "by",
        "current",
        "each",
        "every",
        "everything",
        "final",
        "first",
        "for",
        "from",
        "given",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "last",
        "main",
        "my",
        "new",
        "now",
        "of",
        "on",
        "or",
        "our",
        "out",
        "over",
        "simply",
        "some",
        "that",
        "the",
        "their",
        "then",
        "this",
        "through",
        "to",
        "up",
        "using",
        "we",
        "whether",
        "which",
        "while",
        "with",
    ]
)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
_CALLS = (ast.Expr, ast.With, ast.AsyncWith, *_ASSIGNMENTS)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
#: First word of a comment → the statements that say the same.
_VERBS: dict[str, tuple[type[ast.stmt], ...]] = {
    **dict.fromkeys(["return"], (ast.Return,)),
    **dict.fromkeys(["iterate", "loop"], (ast.For, ast.AsyncFor, ast.While)),
    **dict.fromkeys(["check", "test"], (ast.If,)),
    **dict.fromkeys(["import"], (ast.Import, ast.ImportFrom)),
    **dict.fromkeys(["declare", "define"], (*_ASSIGNMENTS, *_DEFINITIONS)),
    **dict.fromkeys(["decrement", "increase", "increment", "decrease", "subtract"], (ast.AugAssign,)),
    **dict.fromkeys(["assign", "init", "initialise", "initialize", "set", "store"], _ASSIGNMENTS),
    **dict.fromkeys(["calculate", "compute", "create", "get", "make"], _ASSIGNMENTS),
    **dict.fromkeys(["add", "append", "call", "close", "convert", "open", "print", "read"], _CALLS),
    **dict.fromkeys(["remove", "reverse", "sort", "split", "update", "write"], _CALLS),
}
#: Node → words that a comment may use for it.
_GLOSSARY: dict[type[ast.AST], frozenset[str]] = {
    ast.Return: frozenset({"result", "value", "answer", "output"}),
    ast.For: frozenset({"item", "element", "range"}),
    ast.Import: frozenset({"library", "module", "necessary", "required"}),
    ast.ImportFrom: frozenset({"library", "module", "necessary", "required"}),
    ast.FunctionDef: frozenset({"function", "method", "helper"}),
    ast.ClassDef: frozenset({"class"}),
    ast.Call: frozenset({"function", "method"}),
    ast.Assign: frozenset({"variable", "value"}),
    ast.List: frozenset({"list", "empty"}),
    ast.Dict: frozenset({"dict", "dictionary", "empty"}),
    ast.Set: frozenset({"set"}),
    ast.Compare: frozenset(
        {"equal", "greater", "less", "than", "not", "negative", "positive", "zero", "none"}
    ),
    ast.Not: frozenset({"not", "empty"}),
    ast.Constant: frozenset({"zero", "one", "none", "true", "false", "string", "empty"}),
}


class NarratingComment(AstRule):
    """A comment says what the next line says.

    ## What it does
    Reports short comments that begin with a verb such as *initialize*, *return*, *loop* or *check* and have
    no word that is not in the statement below them.

    Comments that say why, or anything that the statement does not, are fine.

    ## Why is this bad
    The reader reads everything twice and learns to skip comments, also the one that matters. When the line
    changes, the comment is wrong.

    ## Example
    ```python
    # Initialize the counter
    counter = 0
    ```

    ## Use instead
    ```python
    counter = 0
    ```

    ## References
    - [PEP 8: inline comments that state the obvious](https://peps.python.org/pep-0008/#inline-comments)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1
    weight = 0.3

    asks = (has_comments,)

    VALID = (
        Valid("# Return early: the cache is warm\nreturn_value = None", "It says why"),
        Valid("# Initialize lazily\ncounter = 0", "It says more than the line"),
        Valid("# Set by the caller\nvalue = None"),
        Valid("# Check the tides before sailing\nif depth > 3:\n    sail()"),
    )
    INVALID = (
        Invalid(
            "def f(n):\n    # Return the result\n    return n",
            ("2:5-2:24 'Return the result' repeats the code below, return n: say why, or delete it",),
        ),
        Invalid(
            "# Loop through each row in rows\nfor row in rows:\n    show(row)",
            (
                "1:1-1:32 'Loop through each row in rows' repeats the code below, for row in rows: say why, or delete it",
            ),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        comments = {comment.line: comment for comment in self.facts.comments}
        for line, comment in comments.items():
            alone = line - 1 not in comments and line + 1 not in comments
            statement = self._statements.get(line + 1) if alone else None
            if statement is not None and _repeats(comment, statement):
                where = self.source.location(line, comment.column, line, comment.end_column)
                said, done = (
                    shorten(comment.text.strip()),
                    shorten(self.source.lines[line].strip().rstrip(":")),
                )
                self.report(where, f"'{said}' repeats the code below, {done}: say why, or delete it")

    @cached_property
    def _statements(self) -> dict[int, ast.stmt]:
        """Line → the first statement that begins there."""
        found: dict[int, ast.stmt] = {}
        for node in self.facts.nodes:
            if isinstance(node, ast.stmt):
                found.setdefault(node.lineno, node)
        return found


def _repeats(comment: Comment, statement: ast.stmt) -> bool:
    text = comment.text.strip()
    words = _WORD.findall(text.lower())
    if not (_COMMENT.fullmatch(text) and words and len(words) <= _MOST_WORDS):
        return False
    verb = words[0].removesuffix("s") if words[0].removesuffix("s") in _VERBS else words[0]
    if not isinstance(statement, _VERBS.get(verb, ())):
        return False
    said = {_stem(word) for word in _words_of(statement)}
    return all(_stem(word) in said for word in words[1:] if word not in _FILLERS)


def _words_of(statement: ast.stmt) -> Iterator[str]:
    """The words that a statement's first line has, in any form."""
    for node in _header(statement):
        yield from _GLOSSARY.get(type(node), ())
        for name in (getattr(node, field, None) for field in ("id", "attr", "arg", "name", "module")):
            yield from _PART.findall(name) if isinstance(name, str) else ()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _WORD.findall(node.value.lower())


def _header(statement: ast.stmt) -> Iterator[ast.AST]:
    """A statement and its expressions, without the statements inside."""
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt))


def _stem(word: str) -> str:
    """A word without its endings, so that ``rows`` meets ``row`` and ``sorted`` meets ``sort``."""
    word = word.lower()
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word.removesuffix(ending)
    return word
