"""What is known of a value: where it came from, what it could harm, and its text."""

from __future__ import annotations

import enum
import re
from functools import reduce
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Sequence


class Harm(enum.IntEnum):
    """What a value can be dangerous to, as one bit each."""

    SQL = 1 << 0
    COMMAND = 1 << 1
    PATH = 1 << 2
    HTML = 1 << 3
    CODE = 1 << 4
    OBJECTS = 1 << 5
    TEMPLATE = 1 << 6
    REDIRECT = 1 << 7
    REQUEST = 1 << 8
    XML = 1 << 9
    XPATH = 1 << 10
    LDAP = 1 << 11
    HEADER = 1 << 12
    LOG = 1 << 13
    NOSQL = 1 << 14
    PATTERN = 1 << 15
    SESSION = 1 << 16
    MARKUP = 1 << 17
    VOLUME = 1 << 18
    FIELDS = 1 << 19
    SIZE = 1 << 20
    SCHEME = 1 << 21
    OPTION = 1 << 22
    PROMPT = 1 << 23
    CELL = 1 << 24
    NAN = 1 << 25


#: Every harm.
ALL: Final = (1 << len(Harm)) - 1
#: What a URL does whose server somebody else chooses.
URL_HARMS: Final = Harm.REDIRECT | Harm.REQUEST
#: What a text does where it becomes a part of a document.
TEXT_HARMS: Final = Harm.HTML | Harm.XML | Harm.MARKUP
#: Stands in a text for what is not known of it.
HOLE: Final = "\0"

#: More is not kept of a text: what a text is, shows at its beginning.
_LONGEST_TEXT: Final = 4_000
#: More origins are not kept of a value; the most dangerous stay.
_MOST_TAINTS: Final = 6
_LONGEST_TRAIL: Final = 12
_LONGEST_HOST: Final = 300
#: Beginnings of a URL behind which its host is still open.
_NO_HOST: Final = re.compile(r"(?:(?:\w*|\0)://|//?)?")


class Level(enum.IntEnum):
    """Who chooses a value."""

    UNSEEN = 0
    PARAMETER = 1
    LOCAL = 2
    REMOTE = 3


class Origin(NamedTuple):
    """Where a value enters.

    Attributes:
        level: Who chooses it.
        label: As the code names it.
        node: The place.
    """

    level: Level
    label: str
    node: ast.AST


class Step(NamedTuple):
    """A place that a value passed.

    Attributes:
        node: The place.
        note: What happens there.
        before: The step before.
        length: Steps so far.
    """

    node: ast.AST
    note: str
    before: Step | None
    length: int


class Taint(NamedTuple):
    """That somebody else chooses a value, or a part of it.

    Attributes:
        origin: Where it enters.
        harms: Bits of what it still could harm.
        sure: False when it passed code that is not known.
        trail: The last place it passed.
        behind: Whether it stands behind another part of its text.
    """

    origin: Origin
    harms: int
    sure: bool
    trail: Step
    behind: bool = False


class Value(NamedTuple):
    """What is known of a value.

    Attributes:
        taints: Who chooses it.
        unknown: Bits of the harms that nothing is known about; 0 for a proven constant or number.
        text: Its text with a hole for each unknown part, or None.
        items: Of a list or tuple written out, its items.
        tag: A word for what it is, such as ``request``.
        built: Where a text was put together of parts.
        basis: Names that it was derived from: what is checked of it is checked of them.
        each: What a turn of a loop over it gets, where that is less than all that is in it, as of a dictionary's keys.
    """

    taints: tuple[Taint, ...] = ()
    unknown: int = ALL
    text: str | None = None
    items: tuple[Value, ...] | None = None
    tag: str = ""
    built: ast.expr | None = None
    basis: tuple[str, ...] = ()
    each: Value | None = None

    @property
    def is_safe(self) -> bool:
        """Nothing in it is chosen by somebody else or unknown, the size of a number aside."""
        return not self.unknown and not self.is_chosen

    @property
    def is_chosen(self) -> bool:
        """Somebody else chooses it, or a part of it, and not only how great a number is."""
        return bool(self.taints) and any(taint.harms & ~Harm.SIZE for taint in self.taints)

    @property
    def is_cut(self) -> bool:
        """Its text is so long that its end is not kept."""
        return self.built is not None and self.text is not None and len(self.text) >= _LONGEST_TEXT


#: Nothing is known, and nothing is suspected.
UNKNOWN: Final = Value()
#: Tag of what nothing is known of, but that code says is fit.
VOUCHED: Final = "vouched"
#: A number, a truth value, or None.
PLAIN: Final = Value(unknown=0)
NUMBER: Final = Value(unknown=0, tag="number")
#: Every harm that a number cannot do.
TEXTUAL: Final = ALL & ~Harm.SIZE
#: Harms that a parameter does only when its name says that a client wrote it.
SPOKEN: Final = Harm.LOG | Harm.PATTERN | Harm.HEADER
#: Tag of a text that is a constant, so that what it is compared with is known.
EXACT: Final = "exact"
#: Tag of a parser of XML that nobody told to leave entities alone.
LAX_PARSER: Final = "lax parser"
#: Tag of what renders templates that strangers may write.
SANDBOX: Final = "sandbox"
#: Tag of what writes a table for spreadsheets.
TABLE: Final = "table"
#: Tags of files that a client sent, and of one of them: it is opened, and not by its name.
UPLOADS: Final = "uploads"
UPLOAD: Final = "upload"
#: Tags of a file that is open for reading, and of one in a place that is written out.
FILE: Final = "file"
OWN_FILE: Final = "own file"
#: Tags of lists: of any, and of one that a text was cut into.
LISTS: Final = frozenset({"list", "words"})


def tainted(origin: Origin, tag: str = "", harms: int = ALL) -> Value:
    """A value that enters at an origin."""
    step = Step(origin.node, f"{origin.label} enters here", None, 1)
    return Value((Taint(origin, harms, True, step),), 0, tag=tag)  # noqa: FBT003 - a field of a tuple


def number_of(*values: Value) -> Value:
    """A number that is made of these: it may be as great as who chooses them likes."""
    taints = [
        Taint(taint.origin, Harm.SIZE, taint.sure, taint.trail)
        for value in values
        for taint in value.taints
        if taint.harms & Harm.SIZE
    ]
    return Value(merge_taints([Value(tuple(taints))]), 0, tag="number") if taints else NUMBER


def cleaned(value: Value, harms: int) -> Value:
    """The value after something made it harmless to these."""
    if not value.taints:
        return value._replace(unknown=value.unknown & ~harms, each=None) if value.unknown & harms else value
    taints = [
        Taint(origin, left, sure, trail, behind)
        for origin, harm, sure, trail, behind in value.taints
        if (left := harm & ~harms)
    ]
    return value._replace(taints=tuple(taints), unknown=value.unknown & ~harms, each=None)


def doubted(value: Value) -> Value:
    """The value after something that is not known: it may still be in it."""
    return Value(
        tuple(
            [
                Taint(o, harms, sure=False, trail=trail, behind=behind)
                for o, harms, _, trail, behind in value.taints
            ]
        )
    )


def moved(value: Value, node: ast.AST, note: str) -> Value:
    """The value at a further place."""
    if not value.taints:
        return value
    return value._replace(taints=tuple([step_on(taint, node, note) for taint in value.taints]))


def step_on(taint: Taint, node: ast.AST, note: str) -> Taint:
    """The taint at a further place."""
    origin, harms, sure, trail, behind = taint
    if trail.node is node or trail.length >= _LONGEST_TRAIL:
        return taint
    return Taint(origin, harms, sure, Step(node, note, trail, trail.length + 1), behind)


def join(first: Value, second: Value) -> Value:
    """What is known when it is one of two values."""
    if first is second or first == second:
        return first
    tag = first.tag if first.tag == second.tag else ""
    text = first.text if first.text == second.text else _longer(first.text, second.text)
    if first.text != second.text and tag in {EXACT, "number"}:
        tag, text = ("number", None) if tag == "number" else ("", text)
    taints = merge_taints((first, second))
    if VOUCHED in {first.tag, second.tag} and taints and first.tag != second.tag:
        # It is checked at least in some cases.
        taints = tuple(taint._replace(sure=False) for taint in taints)
    return Value(
        taints,
        first.unknown | second.unknown,
        text,
        first.items if first.items == second.items else _pairwise(first.items, second.items),
        tag,
        first.built or second.built,
        _common_basis(first, second),
        _common_each(first, second),
    )


def _common_each(first: Value, second: Value) -> Value | None:
    """What a turn of a loop over either gets; over an empty list there is none."""
    if first.items is None and second.items is None and (first.each is None or second.each is None):
        return None
    known = [each_of(value) for value in (first, second) if value.items != ()]
    if len(known) != 2:  # noqa: PLR2004 - both
        return known[0] if known else None
    return None if known[0] is None or known[1] is None else join(known[0], known[1])


def each_of(value: Value) -> Value | None:
    """What a turn of a loop over a list of tuples of one length gets, as of what else tells its turns."""
    items = value.items
    if value.each is not None or not items or items[0].items is None:
        return value.each
    length = len(items[0].items)
    if any(item.items is None or len(item.items) != length for item in items):
        return None
    return reduce(join, items)


def shallow(value: Value) -> Value:
    """An item without what its own items hold: lists in lists in lists could be compared for ever."""
    if value.items is not None and any(item.items is not None for item in value.items):
        return value._replace(items=None)
    return value


def _pairwise(first: tuple[Value, ...] | None, second: tuple[Value, ...] | None) -> tuple[Value, ...] | None:
    """The items of one of two lists that are as long, or of which one goes on where the other ends."""
    if not first or not second:
        return None
    if len(first) != len(second):
        shorter, longer = sorted((first, second), key=len)
        return longer if longer[: len(shorter)] == shorter else None
    return tuple(join(a, b) for a, b in zip(first, second, strict=True))


def _common_basis(first: Value, second: Value) -> tuple[str, ...]:
    """The names that both are derived from; a constant needs none."""
    if first.basis == second.basis or second.is_safe:
        return first.basis
    return second.basis if first.is_safe else ()


def merge(values: Iterable[Value]) -> Value:
    """What is known of something made of values, its text aside."""
    parts = tuple(values)
    unknown = 0
    for part in parts:
        unknown |= part.unknown
    return Value(merge_taints(parts), unknown)


def merge_taints(values: Sequence[Value]) -> tuple[Taint, ...]:
    """The taints of several values, one per origin."""
    found = [value.taints for value in values if value.taints]
    if not found:
        return ()
    if len(found) == 1:
        return found[0]
    by_origin: dict[Origin, Taint] = {}
    for taint in (taint for taints in found for taint in taints):
        known = by_origin.get(taint.origin)
        if known is None:
            by_origin[taint.origin] = taint
        elif known is not taint:
            harms, sure = known.harms | taint.harms, known.sure or taint.sure
            by_origin[taint.origin] = Taint(
                taint.origin, harms, sure, known.trail, known.behind or taint.behind
            )
    if len(by_origin) <= _MOST_TAINTS:
        return tuple(by_origin.values())
    worst = sorted(by_origin.values(), key=lambda taint: (-taint.origin.level, not taint.sure))
    return tuple(worst[:_MOST_TAINTS])


def compose(parts: Sequence[Value], node: ast.expr) -> Value:
    """A text put together of parts.

    Args:
        parts: The parts in order.
        node: The expression that does it.
    """
    whole = merge(_placed(parts))
    text = "".join(HOLE if part.text is None else part.text[:_LONGEST_TEXT] for part in parts)[:_LONGEST_TEXT]
    first = next((part.built for part in parts if part.built is not None), None)
    built = first or node
    return moved(whole, built, "it becomes part of a text")._replace(text=text, built=built)


def _placed(parts: Sequence[Value]) -> list[Value]:
    """The parts, with a note of those that stand behind another: they say where in a folder, not which folder."""
    placed: list[Value] = []
    before: Value | None = None
    for part in parts:
        # An ending that is added to what is chosen by the same people leads nowhere else.
        if before is not None and part.taints and not any(taint.harms & Harm.PATH for taint in before.taints):
            placed.append(part._replace(taints=tuple(taint._replace(behind=True) for taint in part.taints)))
        else:
            placed.append(part)
        before = before if part.text == "" else part
    return placed


def keep_host(parts: Sequence[Value]) -> list[Value]:
    """The parts of what may be a URL: its beginning decides on the host, and what follows does not."""
    prefix = ""
    for index, part in enumerate(parts):
        if part.is_chosen:
            if not index or _NO_HOST.fullmatch(prefix):
                return list(parts)
            rest = (cleaned(part, URL_HARMS)._replace(unknown=part.unknown) for part in parts[index:])
            return [*parts[:index], *rest]
        prefix = (prefix + (HOLE if part.text is None else part.text))[:_LONGEST_HOST]
    return list(parts)


def _longer(first: str | None, second: str | None) -> str | None:
    if first is None or second is None:
        return second if first is None else first
    return max(first, second, key=lambda text: (len(text), text))
