"""The rule import-cycle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from quality.model import Finding
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quality.model import Rule, Trace

#: Cycles that are reported of one body of code.
_MOST = 50


class ImportCycle(AstRule):
    """Modules import each other.

    ## What it does
    Reports modules that import each other when they are imported, directly or over others. Needs all of them in one
    call of `quality check`.

    Imports inside of functions and under `if TYPE_CHECKING:` are fine: they run later, or not at all.

    ## Why is this bad
    Which names exist depends on who is imported first, so that a new import somewhere else breaks the program. None
    of the modules can be understood, tested or moved without the others.

    ## Example
    ```python
    # file: shop/order.py
    from shop.customer import Customer

    class Order: ...
    # file: shop/customer.py
    from shop.order import Order

    class Customer: ...
    ```

    ## Use instead
    ```python
    # file: shop/order.py
    from shop.customer import Customer

    class Order: ...
    # file: shop/customer.py
    class Customer: ...
    ```

    ## References
    - [Python documentation: circular imports](https://docs.python.org/3/faq/programming.html#what-are-the-best-practices-for-using-import-in-a-module)
    """

    dimension = "structure"
    effort = 30
    equivalents = ("pylint:cyclic-import",)

    VALID = (
        Valid(
            "# file: p/utils.py\nfrom types import x\n# file: p/types.py\nfrom p.utils import y",
            "Another types",
        ),
        Valid(
            "# file: p/a.py\nfrom p import b\n# file: p/b.py\ndef f():\n    from p import a", "It runs later"
        ),
        Valid(
            "# file: p/__init__.py\nfrom p.a import x\n# file: p/a.py\nfrom p.b import y\n# file: p/b.py\ny = 1\n"
        ),
    )
    INVALID = (
        Invalid(
            "# file: p/a.py\nfrom . import b\n# file: p/b.py\nimport os\nimport p.c\n# file: p/c.py\nfrom .a import x",
            (
                "1:1-1:16 p.a imports p.b, that p.c, and that p.a: move what they share into a module of its own",
            ),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        for statement in _running(module):
            for target in _targets(statement):
                self.note(statement, target)

    @classmethod
    def across(cls, entry: Rule, traces: Sequence[Trace]) -> Iterable[Finding]:
        modules = {trace.location.path: _module(trace.location.path) for trace in traces}
        known = set(modules.values())
        places: dict[str, dict[str, Trace]] = {}
        for trace in traces:
            own = modules[trace.location.path]
            target = _resolve(trace.key, own, known, package=trace.location.path.endswith("__init__.py"))
            if target and target != own:
                places.setdefault(own, {}).setdefault(target, trace)
        for cycle in _cycles({own: set(targets) for own, targets in places.items()}):
            first, second, *_ = cycle
            middle = "".join(f", that {name}" for name in cycle[2:])
            message = f"{first} imports {second}{middle}, and that {first}"
            yield Finding.of(
                entry,
                f"{message}: move what they share into a module of its own",
                places[first][second].location,
            )


def _running(module: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run when the module is imported, those in try and in plain conditions included."""
    pending: list[ast.stmt] = list(reversed(module.body))
    while pending:
        statement = pending.pop()
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement
        elif isinstance(statement, ast.Try):
            pending += reversed(statement.body)


def _targets(statement: ast.Import | ast.ImportFrom) -> list[str]:
    """Dotted names that an import may mean, relative ones with their dots, the longest first."""
    if isinstance(statement, ast.Import):
        return [alias.name for alias in statement.names]
    base = "." * statement.level + (statement.module or "")
    joint = "" if base.endswith(".") else "."
    return [f"{base}{joint}{alias.name}" for alias in statement.names]


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _resolve(target: str, own: str, known: set[str], *, package: bool) -> str:
    """The known module that an import means; empty when it is none.

    A dotted name is looked for beside the importing module's own top-level package, whatever folder that lies in, and
    at the top.
    """
    level = len(target) - len(target.lstrip("."))
    folders = own.split(".") if package else own.split(".")[:-1]
    if level:
        starts = [folders[: len(folders) - level + 1]]
    else:
        first, own_words = target.partition(".")[0], [*own.split("."), ""]
        sizes = range(len(folders), -1, -1)
        # Beside the top-level package that the module itself is in, or at the top of what is judged.
        starts = [folders[:size] for size in sizes if not size or own_words[size] == first]
    words = target.lstrip(".").split(".")
    for start in starts:
        # The last word may be a name in the module and no module.
        for size in (len(words), len(words) - 1):
            name = ".".join([*start, *words[:size]])
            if size and name in known:
                return name
    return ""


def _cycles(edges: dict[str, set[str]]) -> Iterator[list[str]]:
    """One cycle after the other, each beginning with its first module, until none is left."""
    for _ in range(_MOST):
        try:
            TopologicalSorter({own: sorted(edges[own]) for own in sorted(edges)}).prepare()
        except CycleError as error:
            # graphlib gives predecessors: each imports the next one when read from behind.
            found: list[str] = error.args[1][:0:-1]
            start = found.index(min(found))
            cycle = found[start:] + found[:start]
            yield cycle
            edges[cycle[-1]].discard(cycle[0])
        else:
            return
