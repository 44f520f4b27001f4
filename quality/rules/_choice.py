"""Which rules are run on a source: the others cannot have a finding there, and cost it nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from quality.rules._base import BaseRule, CstRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from quality.model import Source
    from quality.rules._facts import Facts
    from quality.rules._walks import Handlers

_Key = TypeVar("_Key")
_Asked = TypeVar("_Asked")


class Choice:
    """Chooses among rules by the nodes and words that a source has, and by what the rules ask of it.

    Args:
        rules: The classes.
        handlers: What is called of each for which nodes.
    """

    def __init__(self, rules: Sequence[type[BaseRule]], handlers: Sequence[Handlers]) -> None:
        self._concrete = frozenset(index for index, rule in enumerate(rules) if issubclass(rule, CstRule))
        self._called = _indexed(handler.kinds for handler in handlers)
        self._seeking = _indexed(rule.needs for rule in rules)
        self._needing = frozenset(index for index, rule in enumerate(rules) if rule.needs)
        self._applies = _indexed(_own(rule.applies, BaseRule.applies) for rule in rules)
        self._concerns = _indexed([*rule.asks, *_own(rule.concerns, BaseRule.concerns)] for rule in rules)

    def of(
        self, source: Source, facts: Facts, wanted: frozenset[int] | None, failed: dict[int, Exception]
    ) -> set[int]:
        """The rules to run, as indices.

        Args:
            source: The source.
            facts: Its facts.
            wanted: Among which rules; None for all.
            failed: Gets the rules that raise when they are asked.
        """
        kinds, words = source.nodes.kinds, facts.vocabulary
        chosen = set(self._concrete).union(*(self._called[kind] for kind in kinds if kind in self._called))
        if wanted is not None:
            chosen &= wanted
        sought = self._seeking.keys() & {*words, *kinds}
        chosen -= self._needing.difference(*(self._seeking[each] for each in sought))
        _ask(self._applies, source, chosen, failed)
        _ask(self._concerns, facts, chosen, failed)
        return chosen


def _ask(
    questions: dict[Callable[[_Asked], bool], frozenset[int]],
    asked: _Asked,
    chosen: set[int],
    failed: dict[int, Exception],
) -> None:
    """Asks each question once, and takes the rules out to which the answer is no."""
    for question, asking in questions.items():
        if asking.isdisjoint(chosen):
            continue
        try:
            if question(asked):
                continue
        except Exception as error:  # noqa: BLE001 - the guard around each rule
            failed.update(dict.fromkeys(asking & chosen, error))
        chosen -= asking


def _own(question: Callable[[_Asked], bool], inherited: object) -> list[Callable[[_Asked], bool]]:
    """A rule's question, where it has one of its own."""
    same = getattr(question, "__func__", None) is getattr(inherited, "__func__", None)
    return [] if same else [question]


def _indexed(keys: Iterable[Iterable[_Key]]) -> dict[_Key, frozenset[int]]:
    """Key → the places of those that have it."""
    found: dict[_Key, set[int]] = {}
    for index, own in enumerate(keys):
        for key in own:
            found.setdefault(key, set()).add(index)
    return {key: frozenset(places) for key, places in found.items()}
