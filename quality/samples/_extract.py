"""Which part of a completion is its code."""

from __future__ import annotations

import ast
import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import Reason, parsed
from quality.samples._continue import continued, defined_again, without_echo, without_marks
from quality.samples._fences import find_blocks
from quality.samples._messages import answer_texts
from quality.samples._plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.samples._fences import Block

#: Most characters that are parsed to learn whether text without a language is Python.
_TRIED = 100_000
#: Most characters of an answer that is searched at all: as many as the gate lets code have.
LONGEST_ANSWER = 1_000_000


class Choice(enum.StrEnum):
    """What was taken as the code."""

    PYTHON = "python-block"
    UNTAGGED = "untagged-block"
    CUT_OFF = "cut-off-block"
    BARE = "bare-text"
    CONTINUED = "prompt-and-text"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Extraction:
    """The code of a completion, and how it was chosen.

    Attributes:
        code: The code, or None when there is none.
        choice: What was taken.
        block: Which fenced block was taken, from 1; 0 when none was.
        blocks: How many fenced blocks there are, in any language.
        reason: Why there is no code: ``no-code``; ``too-large``; ``bad-input`` when the completion is
            neither text nor messages. None when there is code.
        note: The choice in words.
    """

    code: str | None
    choice: Choice
    block: int = 0
    blocks: int = 0
    reason: Reason | None = None
    note: str = ""


def extract(completion: object, prompt: object = None) -> Extraction:
    """Takes the code out of a completion.

    What counts, the first that there is: the last closed block tagged as Python; the last closed block
    without a language that parses as Python and does something; a block that the text's end cuts off, when
    it is tagged or parses (stop sequences often swallow the closing fence); the whole text, when it has no
    block and parses. Thinking blocks are dropped first. Of several messages the last one with code counts.

    With a prompt, an echo of it at the text's beginning is dropped, so that its examples are nobody's answer.
    When the prompt is code that ends in an open function (as HumanEval's do) and the text is the rest of that
    function, the code is both together; text behind the function is cut off when it does not parse.

    Args:
        completion: Text, UTF-8 bytes, a chat message or a list of messages. Anything else has no code, and
            neither has an answer of more than a million characters, thinking aside. Nothing raises; the
            time is linear in the length.
        prompt: The prompt as a text; anything else is no prompt.
    """
    texts = answer_texts(completion)
    if texts is None:
        note = f"a completion is text or chat messages, got {type(completion).__name__}"
        return Extraction(None, Choice.NOTHING, reason=Reason.BAD_INPUT, note=note)
    length = sum(map(len, texts))
    if length > LONGEST_ANSWER:
        note = f"{length:,} characters, the limit is {LONGEST_ANSWER:,}"
        return Extraction(None, Choice.NOTHING, reason=Reason.TOO_LARGE, note=note)
    prompt = plain(prompt)
    opening = prompt.replace("\r\n", "\n").replace("\r", "\n") if isinstance(prompt, str) else ""
    count = 0
    for text in reversed(texts):
        found = _from_text(text, opening)
        count += found.blocks
        if found.code is not None:
            return found
    note = (
        f"none of {count} fenced blocks is Python" if count else "no fenced block, and the text is no Python"
    )
    return Extraction(None, Choice.NOTHING, blocks=count, reason=Reason.NO_CODE, note=note)


def _from_text(text: str, prompt: str) -> Extraction:
    text = without_marks(without_echo(text, prompt))
    blocks = find_blocks(text)
    if not blocks:
        return _without_blocks(text, prompt)
    numbered = list(enumerate(blocks, 1))
    closed = [(number, block) for number, block in reversed(numbered) if block.closed]
    tagged = next(((number, block) for number, block in closed if block.is_python), None)
    if tagged:
        return _taken(Choice.PYTHON, *tagged, blocks, "the last closed Python block")
    untagged = _last_program(closed)
    if untagged:
        return _taken(Choice.UNTAGGED, *untagged, blocks, "the last block without a language that is Python")
    last = blocks[-1]
    if not last.closed and (last.is_python or (not last.tag and _is_program(last.code))):
        return _taken(Choice.CUT_OFF, len(blocks), last, blocks, "the last block, which is cut off")
    return Extraction(None, Choice.NOTHING, blocks=len(blocks))


def _without_blocks(text: str, prompt: str) -> Extraction:
    alone = _is_program(text)
    if prompt and len(prompt) + len(text) <= _TRIED and not (alone and defined_again(prompt, text)):
        code = continued(prompt, text)
        if code is not None:
            return Extraction(
                code, Choice.CONTINUED, note="the prompt's code and the text, which goes on with it"
            )
    if alone:
        return Extraction(text, Choice.BARE, note="the whole text, which has no fenced block")
    return Extraction(None, Choice.NOTHING)


def _taken(choice: Choice, number: int, block: Block, blocks: list[Block], what: str) -> Extraction:
    note = f"{what} (block {number} of {len(blocks)})"
    return Extraction(block.code, choice, number, len(blocks), note=note)


def _last_program(closed: Iterable[tuple[int, Block]]) -> tuple[int, Block] | None:
    """The last block without a language that is Python, as far as parsing them all stays cheap."""
    tried = 0
    for number, block in closed:
        if block.tag:
            continue
        tried += len(block.code) + 50
        if tried > _TRIED:
            return None
        if _is_program(block.code):
            return number, block
    return None


def _is_program(text: str) -> bool:
    """Tells whether a text parses as Python and does more than name values (output does that too)."""
    if len(text) > _TRIED:
        return False
    tree = parsed(text)
    return tree is not None and not all(_names_a_value(statement) for statement in tree.body)


def _names_a_value(statement: ast.stmt) -> bool:
    """True for ``42``, ``[1, 2]``, ``Done`` and annotations such as ``Note: this``; false for calls."""
    if isinstance(statement, ast.AnnAssign):
        return statement.value is None
    return isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Call | ast.Await)
