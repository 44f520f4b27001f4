"""What a rule is: one class in one file."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any, ClassVar

from quality.model import Clearance, Confidence, Finding, Severity, Trace
from quality.rules._settings import Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import libcst

    from quality.model import FlowStep, Location, Option, OptionValue, Rule, Source
    from quality.rules._cases import Invalid, Valid
    from quality.rules._facts import Facts

#: Prefixes of the methods that are called for nodes.
_HANDLER = re.compile(r"(visit|leave)_(\w+)")
#: Syntax tree nodes that newer interpreters have; a handler of one is never called on an older one.
_NEWER_NODES = frozenset(
    {"TypeAlias", "TypeVar", "ParamSpec", "TypeVarTuple", "TemplateStr", "Interpolation"}
)
#: Nodes that have an asynchronous form of the same shape.
_ASYNC_NODES = frozenset({"FunctionDef", "For", "With"})


class BaseRule:
    """What both kinds of rules share. Derive from ``AstRule`` or ``CstRule`` instead.

    A new object is made for each source, so a rule may keep what it likes on ``self``.

    The class docstring is the rule's page. Its first line is the title, then follow the sections
    ``## What it does``, ``## Why is this bad``, ``## Example``, ``## Use instead`` and ``## References``.

    Attributes:
        source: The text under judgement.
        facts: What all rules like to know about it, computed once.
        entry: The rule's catalogue entry.
        settings: Values of the rule's options.
    """

    #: The word behind the colon of the rule's id. Made from the class name when not given.
    name: ClassVar[str] = ""
    #: Id of the dimension that findings cost points in.
    dimension: ClassVar[str]
    #: How bad a finding is.
    severity: ClassVar[Severity] = Severity.WARNING
    #: How sure a finding is.
    confidence: ClassVar[Confidence] = Confidence.HIGH
    #: Minutes that a fix usually takes.
    effort: ClassVar[int] = 5
    #: Common Weakness Enumeration number.
    cwe: ClassVar[int | None] = None
    #: Ids of other analyzers' rules that see the same defect.
    equivalents: ClassVar[tuple[str, ...]] = ()
    #: Factor on the severity's points.
    weight: ClassVar[float] = 1.0
    #: Words, such as names of functions, or types of nodes without which it has no finding: it is only run on a source that
    #: has one of them in ``Facts.vocabulary`` or its tree. Empty for a rule that finds things whatever there is.
    needs: ClassVar[frozenset[str | type[ast.AST]]] = frozenset()
    #: Questions to the facts that several rules share: each is asked once for all, and none of them is run where the answer is no.
    asks: ClassVar[tuple[Callable[[Facts], bool], ...]] = ()
    #: True for a rule about how things are written. The others see detours written out: ``getattr(a, "b")(c)`` is ``a.b(c)``.
    as_written: ClassVar[bool] = False
    #: Version of the plugin that brought the rule.
    since: ClassVar[str] = "0.1"
    #: Code that must not be reported.
    VALID: ClassVar[tuple[Valid, ...]] = ()
    #: Code that must be reported.
    INVALID: ClassVar[tuple[Invalid, ...]] = ()

    #: (method, event, node name) of each method that is called for nodes; filled by the class itself.
    handlers: ClassVar[tuple[tuple[str, str, str], ...]] = ()

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if not cls.__dict__.get("name"):
            cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()
        matches = ((name, _HANDLER.fullmatch(name)) for name in sorted(dir(cls)))
        cls.handlers = tuple((name, match[1], match[2]) for name, match in matches if match)

    def __init__(
        self, source: Source, facts: Facts, entry: Rule, settings: Mapping[str, OptionValue]
    ) -> None:
        self.source = source
        self.facts = facts
        self.entry = entry
        self.settings = settings

    @classmethod
    def applies(cls, source: Source) -> bool:
        """A cheap look at the text, such as ``source.mentions("numpy")``: False when the rule cannot have a finding there.

        A concrete tree is only made for a source to which some ``CstRule`` applies.
        """
        del source
        return True

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """A cheap look at the facts, behind ``applies``: False when the rule cannot have a finding there."""
        del facts
        return True

    @classmethod
    def declared_options(cls) -> tuple[Option, ...]:
        """The options that the class declares with ``Setting``, by name."""
        attributes = (getattr(cls, name) for name in sorted(dir(cls)))
        return tuple(attribute.option for attribute in attributes if isinstance(attribute, Setting))


class AstRule(BaseRule):
    """A rule on the syntax tree, for where the syntax alone decides.

    Methods ``visit_<Node>`` and ``leave_<Node>`` (names of the module ``ast``) are called once per node, in
    the order of the text. Those for ``FunctionDef``, ``For`` and ``With`` are also called for the ``async``
    form, unless it has a method of its own. They return nothing; what they find they ``report``.

    Attributes:
        findings: What was reported.
        clearances: What was cleared.
        traces: What was noted.
        tells: Whether there is any of these.
    """

    # Most rules find nothing in most sources: the first entry makes the list.
    findings: Sequence[Finding] = ()
    clearances: Sequence[Clearance] = ()
    traces: Sequence[Trace] = ()
    tells: bool = False

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        for method, event, node in cls.handlers:
            if not hasattr(ast, node) and node not in _NEWER_NODES:
                raise TypeError(f"rule {cls.__name__}: {method} names no node of the module ast")
            if node in _ASYNC_NODES and not hasattr(cls, f"{event}_Async{node}"):
                cls.handlers = (*cls.handlers, (method, event, f"Async{node}"))

    def __init__(
        self, source: Source, facts: Facts, entry: Rule, settings: Mapping[str, OptionValue]
    ) -> None:
        self.source = source  # as above; a call for each rule and source would be dear
        self.facts = facts
        self.entry = entry
        self.settings = settings

    def report(
        self,
        where: ast.AST | Location,
        message: str,
        *,
        until: ast.AST | None = None,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
        flow: tuple[FlowStep, ...] = (),
    ) -> None:
        """Reports a finding.

        Args:
            where: A node, whose range is meant (of a function or class, its header's first line), or a place.
            message: What is wrong here, with the names from the code, and the remedy; no full stop.
            until: Last node of the range that ``where`` begins.
            severity: When this finding's differs from the rule's.
            confidence: When this finding's differs from the rule's.
            flow: The way that data took to the defect.
        """
        place = self.source.location_of(_placed(self.facts, where)) if isinstance(where, ast.AST) else where
        if until is not None:
            last = self.source.location_of(until)
            place = self.source.location(place.line, place.column, last.end_line, last.end_column)
        finding = Finding.of(self.entry, message, place, severity=severity, confidence=confidence, flow=flow)
        self.tells = True
        vars(self).setdefault("findings", []).append(finding)

    def note(self, where: ast.AST, key: str, name: str = "") -> None:
        """Keeps something to compare with other sources, in ``across``.

        Args:
            where: What a finding would point to.
            key: What is compared.
            name: What it is called in messages.
        """
        trace = Trace(self.entry.id, key, self.source.location_of(where), name)
        self.tells = True
        vars(self).setdefault("traces", []).append(trace)

    @classmethod
    def across(cls, entry: Rule, traces: Sequence[Trace]) -> Iterable[Finding]:
        """What all sources give together, from what ``note`` kept of each; nothing unless a rule defines it.

        Called once, when several sources are judged together (``quality check``). It sees no source: everything
        it needs is in the traces. It must be fast and the same whatever the order of the sources.

        Args:
            entry: The rule's catalogue entry, to make findings of.
            traces: In the order of the paths and of the places in them.
        """
        del entry, traces
        return ()

    def clear(self, where: ast.expr | ast.stmt, rules: tuple[str, ...]) -> None:
        """Says that other rules' findings are wrong in the lines of a node, since it is shown to be harmless.

        Args:
            where: The node.
            rules: Ids of the other rules, out of this rule's ``equivalents``.
        """
        last = where.end_lineno or where.lineno
        clearance = Clearance(self.entry.id, rules, where.lineno, last)
        self.tells = True
        vars(self).setdefault("clearances", []).append(clearance)


class CstRule(BaseRule):
    """A rule on the concrete tree, for where comments, white space or corrections matter.

    Methods ``visit_<Node>`` and ``leave_<Node>`` (names of libcst's nodes) are called once per node, parents
    before children. Making the tree costs fifteen times as much as a syntax tree: narrow ``applies``.
    """

    def __init__(
        self, source: Source, facts: Facts, entry: Rule, settings: Mapping[str, OptionValue]
    ) -> None:
        super().__init__(source, facts, entry, settings)
        self.reports: list[tuple[libcst.CSTNode, str, Severity | None, Confidence | None]] = []

    def report(
        self,
        where: libcst.CSTNode,
        message: str,
        *,
        severity: Severity | None = None,
        confidence: Confidence | None = None,
    ) -> None:
        """Reports a finding at a node. Positions are only computed for sources that have findings.

        Args:
            where: The node whose range is meant.
            message: What is wrong here, with the names from the code, and the remedy; no full stop.
            severity: When this finding's differs from the rule's.
            confidence: When this finding's differs from the rule's.
        """
        self.reports.append((where, message, severity, confidence))


def _placed(facts: Facts, where: ast.AST) -> ast.AST:
    """The f-string that a text is a part of: before Python 3.12 its parts have no place of their own."""
    above = facts.parent(where) if isinstance(where, ast.Constant) else None
    while isinstance(above, ast.JoinedStr | ast.FormattedValue):
        where, above = above, facts.parent(above)
    return where
