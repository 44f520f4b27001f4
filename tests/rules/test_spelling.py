"""A defect that is spelled otherwise is still reported."""

from __future__ import annotations

import ast
import dataclasses
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from respellings import RESPELLINGS

import quality_rules
from quality.rules import BaseRule, Invalid, discover_rules, run_rule

RULES = discover_rules(quality_rules)


class Apart(NamedTuple):
    """Rules to which it matters how something is written, and why."""

    why: str
    respellings: tuple[str, ...]
    rules: tuple[str, ...]


_BLOCKS = ("in an if", "in a try", "in a with")
_NAMED = ("argument kept",)
_TEXTS = ("format()", "%", "+")

APART = (
    # The way of writing is what the rule is about.
    Apart("what it reports is the place", _BLOCKS, ("unguarded-script",)),
    Apart("what it reports is the place", ("in main()",), ("unbound-in-module",)),
    Apart("a name of a function is no function of the file", ("in main()",), ("answer-table",)),
    Apart("it reports the constant in front", ("b == a",), ("reversed-comparison",)),
    Apart(
        "a type, or a second use, is what the name is good for",
        ("annotated", "chained", "walrus"),
        ("needless-variable",),
    ),
    Apart(
        "it counts the names and how long they are used",
        ("in one assignment", "walrus"),
        ("cryptic-names",),
    ),
    Apart("the import is the module's, and stays what it is", ("in main()",), ("loop-variable-reused",)),
    Apart("there is no sign for it", ("chained",), ("spelled-out-update",)),
    Apart(
        "it reports functions in a table that is written with its keys",
        ("list() and dict()",),
        ("lambda-table",),
    ),
    Apart(
        "what is needless is so where it stands, and a name says what it is for",
        _NAMED,
        (
            "call-by-detour",
            "listed-conditions",
            "needless-copy",
            "redundant-conversion",
            "repeated-default",
            "statements-in-expression",
        ),
    ),
    # It is another program.
    Apart("a lambda does not say that it gets lists", ("lambda",), ("list-membership-in-loop",)),
    Apart("its view may be reached by a method that its class knows", ("as a method",), ("deletion-by-get",)),
    Apart("a method may take what others of its name need", ("as a method",), ("stub-body",)),
    Apart("two values are data", _NAMED, ("stub-body",)),
    Apart("a coroutine is what the other function is to get", ("async",), ("called-too-early",)),
    Apart(
        "the object has another name, by which it may be read, filled or closed",
        ("chained",),
        ("manual-comprehension", "never-asked", "never-filled", "overwritten-value", "resource-leak"),
    ),
    Apart("both are written out, and meant", ("x = x + y",), ("doubled-operand",)),
    Apart("a new list is made, and the default stays as it is", ("x = x + y",), ("default-evaluated-once",)),
    Apart(
        "the equal branches are no neighbours any more", ("negated", "in the else"), ("repeated-branch-code",)
    ),
    Apart(
        "the loop, block or branch does more than the one thing",
        _NAMED,
        (
            "manual-comprehension",
            "manual-grouping",
            "manual-total",
            "printed-exception",
            "swallowed-assertion",
            "type-switch",
        ),
    ),
    Apart("most statements are bindings of constants, as in a table of settings", _NAMED, ("repeated-code",)),
    Apart("a text with a name may be filled later", _NAMED, ("unfilled-placeholder",)),
    Apart("a result with a name can be asked about", _NAMED, ("unchecked-none",)),
    Apart("the statements are no neighbours any more", _NAMED, ("slipped-copy",)),
    Apart("the condition has a name, by which it may be read elsewhere", ("chained",), ("manual-total",)),
    Apart("what is made has another name, by which it may be read", ("chained",), ("made-where-used",)),
    Apart("Python compiles this", ("**{}", "in main()"), ("does-not-compile",)),
    Apart(
        "a lambda has no annotations",
        ("lambda",),
        (
            "called-value",
            "contradicted-annotation",
            "misleading-name",
            "missing-attribute",
            "position-as-truth",
            "returned-arguments",
            "says-any",
        ),
    ),
    Apart("what a coroutine gives is no text yet", ("async",), ("operator-call",)),
    Apart("a module cannot wait for it", ("async",), ("broken-dataclass", "default-evaluated-once")),
    Apart("it waits for its other half", ("async",), ("continued-function",)),
    # Another finding says it.
    Apart("spelled-out-attribute says so", ("getattr()",), ("call-by-detour",)),
    Apart("negated-condition says so first", ("negated",), ("manual-grouping",)),
    Apart("pylint's no-else-return says so first", ("in the else",), ("type-switch",)),
    Apart("pylint's assignment-from-no-return says so", _NAMED, ("called-too-early",)),
    Apart(
        "it is about how work is started, and sees calls as they are written",
        ("getattr()",),
        ("waited-for-at-once",),
    ),
    # What surrounds the code is weighed with it.
    Apart(
        "what a function brings in is its own",
        ("in main()",),
        ("borrowed-work",),
    ),
    Apart(
        "it compares texts with the statements in the open, and one has come to them",
        (*_BLOCKS, "in main()"),
        ("opaque-code",),
    ),
    Apart(
        "the block or function is a definition, of which there was none",
        (*_BLOCKS, "in main()"),
        ("stub-body",),
    ),
    # Not followed yet.
    Apart(
        "it looks at one expression",
        _NAMED,
        (
            "constant-assertion",
            "count-in-loop",
            "discarded-result",
            "exponential-recursion",
            "predictable-secret",
            "repeated-call-in-loop",
        ),
    ),
    Apart("it looks at an f-string", _TEXTS, ("redundant-conversion", "unencrypted-login")),
    Apart("it does not look at what is awaited", ("async",), ("contradicted-annotation",)),
    Apart("it knows the displays in a default", ("list() and dict()",), ("default-evaluated-once",)),
)


def _cases(rule: type[BaseRule]) -> Iterator[Invalid]:
    """The cases of one file, without comments and in one layout: neither survives a respelling."""
    for case in rule.INVALID:
        if "# file: " not in case.code:
            yield dataclasses.replace(case, code=ast.unparse(ast.parse(textwrap.dedent(case.code))) + "\n")


def _lost(respelling: str) -> dict[str, str]:
    """Rule → the respelled code in which it reports less than before."""
    found: dict[str, str] = {}
    for rule in RULES:
        for case in _cases(rule):
            text = RESPELLINGS[respelling](case.code)
            respelled = case if text is None else dataclasses.replace(case, code=text)
            if text is not None and len(run_rule(rule, respelled)) < len(run_rule(rule, case)):
                found[rule.name] = text
    return found


@pytest.mark.parametrize("respelling", RESPELLINGS)
def test_a_respelling_hides_no_defect(respelling: str) -> None:
    lost = _lost(respelling)
    apart = {rule for entry in APART if respelling in entry.respellings for rule in entry.rules}
    hidden = [f"{rule}:\n{text}" for rule, text in lost.items() if rule not in apart]
    assert not hidden, "\n".join(hidden)
    assert apart == set(lost), "reported after all: take it out of APART"
