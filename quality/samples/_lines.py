"""JSON lines: each input line becomes one output line, whatever is in it."""

from __future__ import annotations

import codecs
import dataclasses
import itertools
import json
import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, Protocol

from quality.model import Reason, Score, Status
from quality.samples._extract import Extraction, extract
from quality.samples._messages import answer_texts
from quality.schema import score_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: Longest line that is read, in bytes or characters.
LONGEST_LINE = 64 << 20
#: Deepest nesting of arrays and objects in a line.
_DEEPEST = 100

#: Keys of output lines. The same key of an input line moves into the object ``input`` of its output line.
RESERVED = frozenset(
    {
        *("id", "status", "reason", "score", "grade", "dimensions", "contributions", "findings"),
        *("profile", "fingerprint", "detail", "line", "extraction", "input"),
    }
)


@dataclass(frozen=True, slots=True)
class Damage:
    """Stands for a line that cannot be read.

    Attributes:
        detail: Why.
    """

    detail: str


Line = bytes | str | Damage


class CodeScorer(Protocol):
    """What scores codes: ``quality.Scorer``, or a stand-in for it."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all its scores."""
        ...

    def score_many(self, codes: Iterable[str | bytes]) -> Iterator[Score]:
        """Yields one score per code, in order, reading ahead a bounded number of codes."""
        ...


@dataclass(frozen=True, slots=True)
class Sample:
    """An input line that was read.

    Attributes:
        number: Its number, from 1.
        code: Its code, empty when there is none.
        identity: Its ``id``.
        others: Its other keys.
        extraction: How the code was found in a completion; None when the line has code.
        reason: Why there is no code, or None.
        detail: The reason in words.
        length: Characters of the completion's texts, thinking aside; of the code where there is no completion.
    """

    number: int
    code: str = ""
    identity: object = None
    others: Mapping[str, object] = field(default_factory=dict)
    extraction: Extraction | None = None
    reason: Reason | None = None
    detail: str = ""
    length: int = 0


class _BadLineError(ValueError):
    """A line that is not what a line should be; the message is its detail."""


def score_lines(
    lines: Iterable[Line], scorer: CodeScorer, *, start: int = 1, step: int = 1
) -> Iterator[dict[str, object]]:
    """Scores JSON lines, streaming.

    Args:
        lines: One JSON object each, ``{"id": ..., "code": "..."}`` or ``"completion"`` instead of ``code``;
            with both, ``code`` counts and the completion passes through. A text ``prompt`` beside a
            completion is what the completion answers (see ``extract``), and passes through.
        scorer: Scores the codes.
        start: Number of the first line.
        step: What each next line's number adds.

    Yields:
        One object per line, in order: the keys of ``quality.schema.score_line``; for an unmeasured one
        ``detail`` (the reason in words); for a bad line ``line`` (its number); for a completion
        ``extraction`` (``choice``, ``block``, ``blocks``, ``note``); then the input's other keys. An input
        key that an output line uses itself is kept in the object ``input``.
    """
    numbered = zip(itertools.count(start, step), lines)
    return score_samples((read_sample(line, number) for number, line in numbered), scorer)


def score_samples(samples: Iterable[Sample], scorer: CodeScorer) -> Iterator[dict[str, object]]:
    """Scores samples, streaming; yields what ``score_lines`` does."""
    pending: deque[Sample] = deque()

    def codes() -> Iterator[str]:
        for sample in samples:
            pending.append(sample)
            # What has no code is scored as an empty text, which costs nothing and keeps the two in step.
            yield sample.code

    for score in scorer.score_many(codes()):
        yield _output(pending.popleft(), score)


def encode_line(line: Mapping[str, object]) -> bytes:
    """Encodes an output line: ASCII, compact, the same bytes everywhere; with the newline."""
    text = json.dumps(line, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def read_object(line: bytes | str) -> dict[str, object]:
    """Parses a line that should be a JSON object.

    Raises:
        ValueError: It is not; the message says why.
    """
    if len(line) > LONGEST_LINE:
        raise _BadLineError(f"the line is longer than {LONGEST_LINE:,} bytes")
    if not line.strip():
        raise _BadLineError("the line is empty")
    value = read_json(line)
    if not isinstance(value, dict):
        raise _BadLineError(f"a line is a JSON object, got {_kind(value)}")
    return value


def read_json(data: bytes | str) -> object:
    """Parses JSON in UTF-8, without what is not JSON (NaN) or could not be written again (deep nesting).

    Raises:
        ValueError: Says why.
    """
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8") if isinstance(data, bytes) else data
    except UnicodeDecodeError as error:
        raise _BadLineError(f"byte {error.start + 1} is not UTF-8") from None
    value = _parse(text)
    if _depth_exceeds(value, _DEEPEST):
        raise _BadLineError(f"nested deeper than {_DEEPEST} levels")
    return value


def _parse(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except _BadLineError:
        raise
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")  # some of its messages end as they would be continued
        raise _BadLineError(f"not JSON: {what} at column {error.colno}") from None
    except RecursionError:
        raise _BadLineError(f"nested deeper than {_DEEPEST} levels") from None
    except ValueError:
        raise _BadLineError("an integer has too many digits") from None


def _refuse(constant: str) -> NoReturn:
    raise _BadLineError(f"not JSON: {constant}")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _BadLineError("a number is out of range")
    return number


def _depth_exceeds(value: object, deepest: int) -> bool:
    level = [value]
    for _ in range(deepest):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: object) -> Iterable[object]:
    """The arrays and objects in a value."""
    inner: Iterable[object] = ()
    if isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, list):
        inner = value
    return [child for child in inner if isinstance(child, dict | list)]


def read_sample(line: Line, number: int) -> Sample:
    """Reads an input line; what is wrong with it becomes a sample with a reason."""
    if isinstance(line, Damage):
        return Sample(number, reason=Reason.BAD_INPUT, detail=line.detail)
    try:
        entry = read_object(line)
    except ValueError as error:
        return Sample(number, reason=Reason.BAD_INPUT, detail=str(error))
    return sample_of(entry, number)


def sample_of(value: object, number: int) -> Sample:
    """Makes a sample of a parsed line, or of an element of a list of them."""
    if not isinstance(value, dict):
        detail = f"a line is a JSON object, got {_kind(value)}"
        return Sample(number, reason=Reason.BAD_INPUT, detail=detail)
    entry = dict(value)
    identity = entry.pop("id", None)
    code = entry.get("code")
    if code is not None:
        del entry["code"]
        if isinstance(code, str):
            return Sample(number, code, identity, entry, length=len(code))
        detail = f"'code' should be text, got {_kind(code)}"
        return Sample(number, identity=identity, others=entry, reason=Reason.BAD_INPUT, detail=detail)
    entry.pop("code", None)
    completion = entry.pop("completion", None)
    if completion is None:
        detail = "the line has neither 'code' nor 'completion'"
        return Sample(number, identity=identity, others=entry, reason=Reason.BAD_INPUT, detail=detail)
    found = extract(completion, entry.get("prompt"))
    length = sum(map(len, answer_texts(completion) or ()))
    return Sample(number, found.code or "", identity, entry, found, found.reason, found.note, length)


def may_answer(written: Mapping[str, object], line: Line, number: int) -> bool:
    """Tells whether an output line can be that of an input line, as far as that shows without scoring.

    Args:
        written: The output line.
        line: The input line.
        number: The input line's number.
    """
    sample = read_sample(line, number)
    expected = {"id": sample.identity, "line": None, "extraction": None, "input": None, **_told(sample)}
    if sample.reason is not None:
        expected["reason"] = sample.reason
    keys = expected.keys() | (written.keys() - RESERVED)
    return {key: written.get(key) for key in keys} == expected


def _output(sample: Sample, score: Score) -> dict[str, object]:
    if sample.reason is not None:
        score = dataclasses.replace(
            score, status=Status.UNMEASURED, reason=sample.reason, detail=sample.detail
        )
    line: dict[str, object] = {**score_line(sample.identity, score)}
    if score.status is Status.UNMEASURED:
        line["detail"] = score.detail
    return line | _told(sample)


def _told(sample: Sample) -> dict[str, object]:
    """What an output line says of its sample whatever the score is."""
    told: dict[str, object] = {}
    if sample.reason is Reason.BAD_INPUT:
        told["line"] = sample.number
    if sample.extraction is not None:
        told["extraction"] = _extraction_object(sample.extraction)
    hidden = {key: value for key, value in sample.others.items() if key in RESERVED}
    told |= {key: value for key, value in sample.others.items() if key not in RESERVED}
    return told | {"input": hidden} if hidden else told


def _extraction_object(found: Extraction) -> dict[str, object]:
    return {"choice": found.choice, "block": found.block, "blocks": found.blocks, "note": found.note}


def _kind(value: object) -> str:
    """A JSON type in words."""
    names = {dict: "an object", list: "an array", str: "text", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
