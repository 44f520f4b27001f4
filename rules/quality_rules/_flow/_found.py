"""What an analysis found: where harm is done, and where it is known that none is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality_rules._flow._hits import Hit, counts_for_parameter, is_of_task, is_statement
from quality_rules._flow._texts import looks_like_html
from quality_rules._flow._values import Harm, Level

if TYPE_CHECKING:
    import ast
    from collections.abc import Container, Iterable

    from quality_rules._flow._values import Origin, Taint, Value

#: More is not remembered of a function.
_MOST_REACHED = 24


class Found:
    """The places that were reached, by what, in all functions that were followed."""

    def __init__(self) -> None:
        #: Whether everything was followed: else no place is known to be safe.
        self.complete = True
        self._hits: dict[tuple[Harm, ast.expr], Hit] = {}
        self._safe: dict[tuple[Harm, ast.expr], bool] = {}
        self._settled: dict[tuple[Harm, ast.expr], bool] = {}
        self._pages: dict[Origin, Hit] = {}
        #: Parameters of functions whose callers answer for what they give.
        self._answered: set[Origin] = set()
        #: The functions that are being followed, and what was reached in each.
        self._functions: list[str] = []
        self._reached: list[dict[tuple[Harm, ast.expr, Origin], Hit]] = []

    def __bool__(self) -> bool:
        """Tells whether there is harm, or a place that is known to be safe from it."""
        return bool(self._hits or self._safe)

    def hits(self, harm: Harm) -> list[Hit]:
        """The harm that is done, in the order of the text."""
        found = [hit for (kind, _), hit in self._hits.items() if kind is harm]
        return sorted(found, key=lambda hit: (hit.node.lineno, hit.node.col_offset))

    def safe(self, harm: Harm) -> list[ast.expr]:
        """Places where nothing but what is known to be safe arrives."""
        if not self.complete:
            return []
        return [node for (kind, node), safe in self._safe.items() if kind is harm and safe]

    def settled(self, harm: Harm) -> list[ast.expr]:
        """Places in functions that are called here, each time with what is known to be safe."""
        return [node for (kind, node), safe in self._settled.items() if kind is harm and safe]

    def judge(self, harm: Harm, node: ast.expr, *, safe: bool) -> None:
        """Notes whether what arrives at a place is safe; once it is not, the place is not."""
        key = (harm, node)
        self._safe[key] = self._safe.get(key, True) and safe

    def settle(self, harm: Harm, node: ast.expr, *, safe: bool) -> None:
        """Notes whether a call gives what is safe to a function in which a place is."""
        key = (harm, node)
        self._settled[key] = self._settled.get(key, True) and safe

    def reach(
        self, harm: Harm, node: ast.expr, value: Value, *, sure: bool, composed: bool, marked: bool = False
    ) -> None:
        """A value arrives where it could do harm."""
        place = value.built if harm is Harm.SQL and value.built is not None else node
        harmful = [taint for taint in value.taints if taint.harms & harm]
        self.judge(harm, place, safe=not harmful and not value.unknown & harm)
        page = marked or harm is not Harm.HTML or looks_like_html(value.text or "")
        put = value.built is not None and page
        for taint in harmful:
            remote = taint.origin.level is Level.REMOTE
            if not remote and self._functions and is_of_task(harm, self._functions[-1]):
                continue
            if harm is Harm.SQL and is_statement(taint, value.text or ""):
                continue
            if remote or ((put or not composed) and counts_for_parameter(harm, taint)):
                self.record(Hit(harm, place, taint, sure))

    def note_page(self, page: Value) -> None:
        """A page was put together of what a client chose: wherever it goes, it is one."""
        for taint in page.taints:
            if taint.origin.level is Level.REMOTE and taint.sure and taint.harms & Harm.HTML and page.built:
                self._pages.setdefault(taint.origin, Hit(Harm.HTML, page.built, taint, sure=False))

    def record(self, hit: Hit) -> None:
        """Notes what reached a place, the most dangerous of all that did."""
        known = self._hits.get((hit.harm, hit.node))
        if hit.taint.origin not in self._answered and (known is None or hit.rank > known.rank):
            self._hits[hit.harm, hit.node] = hit
        if self._reached:
            self._reached[-1].setdefault((hit.harm, hit.node, hit.taint.origin), hit)

    def answer_for(self, origins: Iterable[Origin]) -> None:
        """Notes parameters for which whoever calls the function in this source answers."""
        self._answered.update(origins)

    def enter(self, function: str) -> None:
        """A function is followed from here on."""
        self._functions.append(function)
        self._reached.append({})

    def leave(self, origins: Container[Origin]) -> tuple[Hit, ...]:
        """What the parameters of the function that was followed reached in it."""
        self._functions.pop()
        everything = self._reached.pop().values()
        return tuple([hit for hit in everything if hit.taint.origin in origins][:_MOST_REACHED])

    def is_reached_by(self, taints: Iterable[Taint], hit: Hit) -> bool:
        """Tells whether all of these reached the place of a hit before, in the function that is being followed."""
        known = self._reached[-1] if self._reached else None
        return known is not None and all((hit.harm, hit.node, taint.origin) in known for taint in taints)

    def start_again(self) -> None:
        """Forgets the harm that a first look found: the second will find it, with more behind it."""
        self._hits.clear()

    def send_pages(self) -> None:
        """Notes the pages of which no part was seen to be sent."""
        sent = {hit.taint.origin for hit in self._hits.values() if hit.harm is Harm.HTML}
        for origin, hit in self._pages.items():
            if origin not in sent:
                self.record(hit)
