"""The rule version-as-text."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, is_text

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
#: What gives a version in one text.
_TEXTS = frozenset({"sys.version", "platform.python_version"})
_PAIR = "compare sys.version_info with (major, minor)"


class VersionAsText(AstRule):
    """A version is compared by its letters.

    ## What it does
    Reports versions in one text (`sys.version`, `platform.python_version()`, `numpy.__version__`), or split at their dots,
    that are compared with a text by `<`, `>` and the like; a piece cut out of `sys.version`; and a minor number of
    `sys.version_info` that is compared where nothing asks for the major one.

    Comparisons with `==`, tuples of numbers, and versions that are parsed, are fine.

    ## Why is this bad
    By its letters, "3.10" comes before "3.9", and the first three of "3.10" are "3.1". It works until a number has two
    digits, and then the wrong half of the program runs.

    ## Example
    ```python
    import sys

    if sys.version >= "3.9":
        from zoneinfo import ZoneInfo
    ```

    ## Use instead
    ```python
    import sys

    if sys.version_info >= (3, 9):
        from zoneinfo import ZoneInfo
    ```

    ## References
    - [Python documentation: sys.version_info](https://docs.python.org/3/library/sys.html#sys.version_info)
    - [packaging: versions](https://packaging.pypa.io/en/stable/version.html)
    """

    dimension = "reliability"
    effort = 2
    needs = frozenset({"version", "python_version", "__version__", "version_info"})

    VALID = (
        Valid("import sys\n\nif sys.version_info >= (3, 9):\n    run()\nprint(sys.version)"),
        Valid("import torch\n\nif torch.__version__ == '2.1.0':\n    run()", "This one"),
        Valid(
            "from packaging.version import parse\nimport torch\n\nnew = parse(torch.__version__) > parse('2.1')"
        ),
        Valid(
            "import sys\n\nnew = sys.version_info[0] == 3 and sys.version_info[1] > 8", "The major one too"
        ),
        Valid("import sys\n\nnew = sys.version.split()[0]", "A word"),
        Valid("def newer(order, other):\n    return order.version > other.version", "Nobody knows"),
    )
    INVALID = (
        Invalid(
            "import numpy as np\n\nif np.__version__ < '1.20':\n    warn()",
            (
                "3:4-3:27 numpy.__version__ is compared by its letters, where 10 comes before 9: parse both with packaging.version",
            ),
        ),
        Invalid(
            "import torch\n\nnew = torch.__version__.split('.') >= ['1', '10']",
            (
                "3:7-3:50 torch.__version__ is compared by its letters, where 10 comes before 9: parse both with packaging.version",
            ),
        ),
        Invalid(
            "import platform\n\nassert '3.8' <= platform.python_version()",
            (
                "3:8-3:42 platform.python_version is compared by its letters, where 10 comes before 9: compare sys.version_info with (major, minor)",
            ),
        ),
        Invalid(
            "import sys\n\nfolder = 'python' + sys.version[:3]",
            (
                "3:21-3:36 a piece of sys.version is wrong where a number has two digits: take sys.version_info",
            ),
        ),
        Invalid(
            "import sys\n\nold = sys.version_info[1] < 9 or sys.version_info.minor < 10",
            (
                "3:7-3:30 sys.version_info[1] is right for one major version: compare sys.version_info with (major, minor)",
                "3:34-3:61 sys.version_info.minor is right for one major version: compare sys.version_info with (major, minor)",
            ),
        ),
        Invalid(
            "from sys import version as v\n\ndef f():\n    now = v\n    return now > '3'",
            (
                "5:12-5:21 sys.version is compared by its letters, where 10 comes before 9: compare sys.version_info with (major, minor)",
            ),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) != 1 or not isinstance(node.ops[0], _ORDER):
            return
        for side, other in ((node.left, node.comparators[0]), (node.comparators[0], node.left)):
            name = self._named(side)
            if name and self._is_of_texts(other):
                remedy = (
                    _PAIR if name.startswith(("sys.", "platform.")) else "parse both with packaging.version"
                )
                self.report(node, f"{name} is compared by its letters, where 10 comes before 9: {remedy}")
            elif self._is_minor(side) and not self._asks_major:
                self.report(node, f"{ast.unparse(side)} is right for one major version: {_PAIR}")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        # A piece up to a blank or from a place that was looked for is another matter.
        cut = node.slice
        ends = [cut.lower, cut.upper] if isinstance(cut, ast.Slice) else [cut]
        fixed = all(end is None or isinstance(end, ast.Constant) for end in ends)
        if fixed and self.facts.origin(node.value) == "sys.version":
            self.report(
                node, "a piece of sys.version is wrong where a number has two digits: take sys.version_info"
            )

    def _named(self, side: ast.expr) -> str:
        """The name of the version that one side of a comparison is, or a list of whose parts; empty for anything else."""
        side = self.facts.only_value(side)
        if isinstance(side, ast.Call):
            function = side.func
            if isinstance(function, ast.Attribute) and function.attr == "split":
                return self._named(function.value)
            side = function
            if self.facts.origin(side) != "platform.python_version":
                return ""
        origin = self.facts.origin(side)
        known = origin in _TEXTS or origin.endswith(".__version__")
        return origin if known and self.facts.may_be_module(origin.partition(".")[0]) else ""

    def _is_of_texts(self, other: ast.expr) -> bool:
        other = self.facts.only_value(other)
        return is_text(other) or (
            isinstance(other, ast.List | ast.Tuple) and bool(other.elts) and all(map(is_text, other.elts))
        )

    def _is_minor(self, side: ast.expr) -> bool:
        return self._part(side) in {1, "minor"}

    def _part(self, node: ast.expr) -> object:
        """Which part of ``sys.version_info`` an expression is; None for anything else."""
        owner: ast.expr | None = None
        part: object = None
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            owner, part = node.value, node.slice.value
        elif isinstance(node, ast.Attribute):
            owner, part = node.value, node.attr
        return part if owner is not None and self.facts.origin(owner) == "sys.version_info" else None

    @property
    def _asks_major(self) -> bool:
        nodes = [*self.facts.of(ast.Subscript), *self.facts.of(ast.Attribute)]
        return any(self._part(node) in {0, "major"} for node in nodes)
