"""The text of a completion: out of strings, bytes and chat messages, without what was only thought."""

from __future__ import annotations

import re
from collections.abc import Mapping

from quality.samples._plain import plain

_THOUGHT = re.compile(
    r"^[ \t]*+<(?:think|thinking|reasoning)>|</(?:think|thinking|reasoning)>", re.IGNORECASE | re.MULTILINE
)


def answer_texts(completion: object) -> list[str] | None:
    """Takes the texts that answer, in order, without thinking blocks.

    Args:
        completion: A text; UTF-8 bytes; a chat message ``{"role", "content"}`` with a text or a list of
            parts as content; or a list of messages, of which those of the assistant (or of no role) count.

    Returns:
        A text per message, or None when the completion is none of these.
    """
    completion = plain(completion)
    text = _text(completion)
    if text is not None:
        return [_without_thought(text)]
    if isinstance(completion, Mapping):
        completion = [completion]
    if not isinstance(completion, list):
        return None
    messages = [message for message in completion if isinstance(message, Mapping)]
    if len(messages) != len(completion):
        return None
    return [_without_thought(_content(message.get("content"))) for message in messages if _answers(message)]


def prompt_text(prompt: object) -> str:
    """The text of a prompt: a text, or of chat messages the last that is no answer; empty where there is none."""
    prompt = plain(prompt)
    messages = prompt if isinstance(prompt, list) else [prompt]
    for message in reversed(messages):
        if not isinstance(message, Mapping):
            return _text(message) or ""
        if message.get("role") != "assistant":
            return _content(message.get("content"))
    return ""


def _answers(message: Mapping[object, object]) -> bool:
    role = message.get("role")
    return role is None or role == "assistant"


def _text(value: object) -> str | None:
    """A text with plain newlines; bytes that are not UTF-8 become surrogates, which the gate refuses."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "surrogateescape")
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else None


def _content(content: object) -> str:
    """The text of a message's content; parts that are no text count for nothing."""
    parts = content if isinstance(content, list | tuple) else [content]
    texts = (_text(part.get("text") if isinstance(part, Mapping) else part) for part in parts)
    return "\n".join(text for text in texts if text is not None)


def _without_thought(text: str) -> str:
    """Drops ``<think>`` blocks; one that never ends takes the rest with it.

    A closing tag that comes before any opening one ends a thought whose beginning was in the prompt.
    """
    kept: list[str] = []
    start = 0
    thinking = False
    for number, tag in enumerate(_THOUGHT.finditer(text)):
        closing = "</" in tag.group()
        if closing and (thinking or number == 0):
            thinking = False
            start = tag.end()
        elif not closing and not thinking:
            kept.append(text[start : tag.start()])
            thinking = True
    if not thinking:
        kept.append(text[start:])
    return "\n".join(kept)
