"""The gate: static limits that stand before every recursive parser and walker.

Honest code never meets them; texts made to stall or crash the analyzers do. A limit decides a status, so the
limits are part of the profile's fingerprint, and none of them looks at a clock.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Reason, function_around

if TYPE_CHECKING:
    from quality.model import Limits, Nodes

#: Comments and strings. One that does not end goes on to the end, so that no text is scanned twice.
_STRINGS = re.compile(
    r"#[^\n]*"
    r'|"""(?:[^"\\]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\Z)'
    r"|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z)",
    re.DOTALL,
)
_BRACKETS = re.compile(r"[()\[\]{}]")
#: Statements with branches, and the field that holds these.
_BRANCHING = ((ast.Try, "handlers"), (ast.TryStar, "handlers"), (ast.Match, "cases"))

Verdict = tuple[Reason, str] | None


def check_text(text: str, limits: Limits) -> Verdict:
    """Checks what can be seen without parsing."""
    if len(text) > limits.characters:
        return _too_large("characters", len(text), limits.characters)
    lines = text.count("\n") + 1
    if lines > limits.lines:
        return _too_large("lines", lines, limits.lines)
    longest = max(map(len, text.split("\n"))) if len(text) > limits.line_length else 0
    if longest > limits.line_length:
        return _too_large("characters in a line", longest, limits.line_length)
    if sum(map(text.count, "([{")) <= limits.brackets:
        return None
    depth = _bracket_depth(text)
    if depth > limits.brackets:
        # Brackets in strings and comments do not count; removing those is dearer, so it is done when needed.
        depth = _bracket_depth(_STRINGS.sub("", text))
    if depth > limits.brackets:
        return _too_large("levels of brackets", depth, limits.brackets)
    return None


def check_tree(nodes: Nodes, limits: Limits) -> Verdict:
    """Checks the size and depth of a syntax tree and what takes exponential time."""
    deepest = max(nodes.depths) + 1
    if deepest > limits.depth or len(nodes.order) > limits.nodes:
        return _exceeded(nodes, limits)
    classes = [node for node in nodes.kinds.get(ast.ClassDef, ()) if isinstance(node, ast.ClassDef)]
    return _check_branches(nodes, limits) or _check_classes(classes, limits)


def _exceeded(nodes: Nodes, limits: Limits) -> Verdict:
    """Which of the two limits is met first, level by level."""
    levels = Counter(nodes.depths)
    count = 0
    for depth in range(len(levels)):
        count += levels[depth]
        if depth >= limits.depth:
            return _too_large("levels of syntax", depth + 1, limits.depth)
        if count > limits.nodes:
            return _too_large("syntax tree nodes", count, limits.nodes)
    return None


def _check_branches(nodes: Nodes, limits: Limits) -> Verdict:
    """Outside functions pylint compares all that the branches bind with each other."""
    for kind, field in _BRANCHING:
        for node in nodes.kinds.get(kind, ()):
            count = len(getattr(node, field))
            if count > limits.branches and function_around(node, nodes) is None:
                return _too_large("branches of a statement outside functions", count, limits.branches)
    return None


def _check_classes(classes: list[ast.ClassDef], limits: Limits) -> Verdict:
    """Inference follows every way up from a class; a name that is bound again counts on."""
    known: dict[str, tuple[int, int]] = {}
    for node in sorted(classes, key=lambda each: each.lineno):
        bases = [known.get(base.id, (0, 0)) for base in node.bases if isinstance(base, ast.Name)]
        length = 1 + max((length for length, _ in bases), default=0)
        ways = 1 + sum(ways for _, ways in bases)
        if length > limits.lineage:
            return _too_large("classes in a line", length, limits.lineage)
        if ways > limits.ancestors:
            return _too_large("ways up from a class", ways, limits.ancestors)
        known[node.name] = (length, ways)
    return None


def _bracket_depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        if bracket in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    return deepest


def _too_large(what: str, found: int, limit: int) -> tuple[Reason, str]:
    return Reason.TOO_LARGE, f"{found:,} {what}, the limit is {limit:,}"
