"""The rule missing-group."""

from __future__ import annotations

import ast
import re
from typing import Any

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import argument
from quality_rules._expressions import FLAGS_AT, PatternRule

_FINDERS = frozenset({"match", "search", "fullmatch"})
_ASKED = frozenset({"group", "start", "end", "span"})
_REPLACERS = frozenset({"sub", "subn"})
#: What follows a backslash in a replacement: the number of a group, or its name; else one character, such as another backslash.
_REFERENCE = re.compile(
    r"\\(?:g<(?P<name>\w+)>|(?P<octal>0[0-7]{0,2}|[0-3][0-7]{2})|(?P<number>\d{1,2})|.)", re.DOTALL
)


class MissingGroup(PatternRule):
    r"""A group is asked for that the regular expression does not have.

    ## What it does
    Reports `match.group("year")`, `match[3]`, `match.start(2)` and the like, and `\3` or `\g<year>` in a replacement, where the pattern
    stands in the source and has no such group.

    ## Why is this bad
    It raises an IndexError, or in a replacement an error of the module re, whenever the pattern matches.

    ## Example
    ```python
    import re

    def year(text):
        match = re.search(r"(\d+)-(\d+)", text)
        return match.group(3) if match else None
    ```

    ## Use instead
    ```python
    import re

    def year(text):
        match = re.search(r"(?P<month>\d+)-(?P<year>\d+)", text)
        return match["year"] if match else None
    ```

    ## References
    - [Python documentation: Match.group](https://docs.python.org/3/library/re.html#re.Match.group)
    """

    dimension = "reliability"
    severity = Severity.ERROR

    VALID = (
        Valid(
            "import re\n\ndef f(x):\n    m = re.match('(?P<a>.)(.)', x)\n    return m['a'], m.group(1, 2), m.end(), m[0]"
        ),
        Valid("import re\n\ndef f(x):\n    m = re.match(x, x)\n    return m.group(9)", "Any pattern"),
        Valid(
            "import re\n\ndef f(x):\n    m = re.match('a', x)\n    m = re.match('(b)', x)\n    return m.group(1)", "Which?"
        ),
        Valid(r"import re" "\n\n" r"re.sub('(a)', r'\1\\2\g<0>\101', text)", "A backslash, and a letter by its number"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import re\n\nPAIR = re.compile('(.)=(?P<value>.)')\n\ndef f(text):\n    match = PAIR.match(text)\n    return match.group('key'), match[3]",
            (
                "7:12-7:30 the pattern has no group 'key'",
                "7:32-7:40 the pattern has no group 3",
            ),
        ),
        Invalid(
            "import re\n\ndef f(text):\n    for found in re.finditer('(a)b', text):\n        yield found.span(2)",
            ("5:15-5:28 the pattern has no group 2",),
        ),
        Invalid(
            r"import re"
            "\n\n"
            r"re.sub('(a)b', r'\1-\2', text)"
            "\n"
            r"re.compile('(?P<a>b)').sub(r'\g<b>', text)",
            (
                "3:16-3:24 the pattern has no group 2",
                "4:28-4:36 the pattern has no group 'b'",
            ),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        self._parsed: dict[ast.AST, Any] = {}
        for word in sorted(_ASKED & self.facts.called.keys()):
            for call, _dotted in self.facts.called[word]:
                if isinstance(call.func, ast.Attribute) and not call.keywords:
                    self._check(call, call.func.value, call.args)
        for node in self.facts.of(ast.Subscript):
            if isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name):
                self._check(node, node.value, [node.slice])
        for word in sorted(_REPLACERS & self.facts.called.keys()):
            for call, dotted in self.facts.called[word]:
                self._check_replacement(call, dotted)

    def _check(self, place: ast.expr, owner: ast.expr, asked: list[ast.expr]) -> None:
        references = [self.constant(node) for node in asked]
        wanted = [each for each in references if isinstance(each, str | int) and not isinstance(each, bool)]
        parsed = self._matched(owner) if wanted and isinstance(owner, ast.Name) else None
        if parsed is not None:
            self._report(place, wanted, parsed)

    def _report(self, place: ast.expr, wanted: list[str | int], parsed: Any) -> None:
        groups, names = parsed.state.groups, parsed.state.groupdict
        for each in wanted:
            if each not in names if isinstance(each, str) else not -1 < each < groups:
                self.report(place, f"the pattern has no group {each!r}")

    def _check_replacement(self, call: ast.Call, dotted: str) -> None:
        by_module = dotted.rpartition(".")[0] == "re"
        given = argument(call, 1 if by_module else 0, "repl")
        text = self.constant(given)
        if given is None or not isinstance(text, str) or "\\" not in text:
            return
        owner = call if by_module else getattr(call.func, "value", None)
        parsed = self._of_pattern(owner) if owner is not None else None
        if parsed is not None:
            self._report(given, _references(text), parsed)

    def _matched(self, owner: ast.Name) -> Any:
        """The pattern by which a match was found; None when that is not known."""
        found: ast.AST = self.facts.only_value(owner)
        finders = _FINDERS
        if found is owner:
            found, finders = self._gone_through(owner) or owner, frozenset({"finditer"})
        if not isinstance(found, ast.Call) or not isinstance(found.func, ast.Attribute | ast.Name):
            return None
        origin = self.facts.origin(found.func)
        if origin.rpartition(".")[0] == "re":
            return self._of_pattern(found) if origin.rpartition(".")[2] in finders else None
        if isinstance(found.func, ast.Attribute) and found.func.attr in finders:
            return self._of_pattern(found.func.value)
        return None

    def _gone_through(self, owner: ast.Name) -> ast.expr | None:
        """What is gone through by the loops that alone bind a name."""
        function = self.facts.function(owner)
        stores = self.facts.names(function).stores.get(owner.id, []) if function is not None else []
        if len(stores) != 1:
            return None
        loop = self.facts.parent(stores[0])
        return (
            loop.iter if isinstance(loop, ast.For | ast.comprehension) and loop.target is stores[0] else None
        )

    def _of_pattern(self, node: ast.AST) -> Any:
        """How the pattern is read that a call of the module re gets, or that a name stands for."""
        made = self.facts.only_value(node) if isinstance(node, ast.expr) else node
        if isinstance(made, ast.Name):
            made = self.facts.origins.value(made)
        if not isinstance(made, ast.Call):
            return None
        owner, _, word = self.facts.origin(made.func).rpartition(".")
        if owner != "re" or word not in FLAGS_AT or (node is not made and word != "compile"):
            return None
        if made not in self._parsed:
            self._parsed[made] = self.parsed(made, word)
        return self._parsed[made]


def _references(text: str) -> list[str | int]:
    """The groups that a replacement names."""
    found: list[str | int] = []
    for reference in _REFERENCE.finditer(text):
        name, number = reference["name"], reference["number"]
        if name is not None:
            found.append(int(name) if name.isdecimal() else name)
        elif number is not None:
            found.append(int(number))
    return found
