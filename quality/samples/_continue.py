"""Completions that go on where a prompt of code stops, as HumanEval's do."""

from __future__ import annotations

import ast
import re

from quality.model import parsed

#: A line that starts in the first column: what follows a finished function.
_OUTSIDE = re.compile(r"^(?=[^\s#)\]}])", re.MULTILINE)
#: What models write behind their answer: end-of-text marks of chat templates.
_MARKS = re.compile(r"(?:\s*(?:<\|[\w ▁-]{1,40}\|>|</s>|<eos>|<end_of_turn>|\[/?INST\]))+\s*\Z")


def without_echo(text: str, prompt: str) -> str:
    """The text behind the prompt, when it begins with it."""
    return text[len(prompt) :] if prompt.strip() and text.startswith(prompt) else text


def without_marks(text: str) -> str:
    """The text without end-of-text marks at its end."""
    # The search is cut to the end: the pattern is only linear there.
    head, tail = text[:-400], text[-400:]
    return head + _MARKS.sub("", tail)


def continued(prompt: str, body: str) -> str | None:
    """A program made of a prompt that ends in an open function, and the rest of that function.

    Args:
        prompt: Code whose last top-level statement is a function or class without a body, or with nothing but
            imports and a docstring as its body.
        body: What follows. What a model went on writing behind the function is cut off when the whole does
            not parse; so is an indentation that was stripped restored.

    Returns:
        The program, or None when the prompt is no such code or the two make none.
    """
    if not body.strip() or not _opens(prompt):
        return None
    joint = "" if prompt.endswith(("\n", " ", "\t")) else "\n"
    outside = _OUTSIDE.search(body, 1)
    cut = body[: outside.start()] if outside else body
    for piece in dict.fromkeys((body, cut, f"    {body}", f"    {cut}")):
        code = f"{prompt}{joint}{piece}"
        if _grows(prompt, code):
            return code
    return None


def defined_again(prompt: str, text: str) -> bool:
    """Tells whether a text defines what the prompt leaves open, so that it stands on its own."""
    opened, own = parsed(prompt) or parsed(f"{prompt.rstrip()}\n    pass"), parsed(text)
    if opened is None or own is None or not opened.body:
        return False
    name = getattr(opened.body[-1], "name", None)
    return any(getattr(statement, "name", None) == name for statement in own.body)


def _opens(prompt: str) -> bool:
    """Tells whether a text is code whose last statement is a function or class that waits for its body."""
    tree = parsed(prompt)
    if tree is None:
        return _ends_open(parsed(f"{prompt.rstrip()}\n    pass"))
    return _ends_open(tree)


def _ends_open(tree: ast.Module | None) -> bool:
    if tree is None or not tree.body:
        return False
    last = tree.body[-1]
    return isinstance(last, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and all(
        isinstance(statement, ast.Pass | ast.Import | ast.ImportFrom)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in last.body
    )


def _grows(prompt: str, code: str) -> bool:
    """Tells whether a program's last function of the prompt got a body: nothing but that makes it an answer."""
    tree, opened = parsed(code), parsed(prompt) or parsed(f"{prompt.rstrip()}\n    pass")
    if tree is None or opened is None or len(tree.body) < len(opened.body):
        return False
    return not _ends_open(ast.Module(tree.body[: len(opened.body)], []))
