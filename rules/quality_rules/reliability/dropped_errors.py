"""The rule dropped-errors."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid, dotted_name
from quality_rules._held import Held

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode, Source

_ERRORS = frozenset({"Exception", "BaseException"})


class DroppedErrors(AstRule):
    """Errors are gathered and then left out.

    ## What it does
    Reports `gather(..., return_exceptions=True)` in a function that looks at what comes back for one thing only: to leave the
    errors out, or that begins the work there and does not look at what comes back at all; and `map` of a pool of threads or processes whose results nobody goes through.

    ## Why is this bad
    What failed is missing in the result, and nobody learns that it failed, or why: neither a caller nor a log. A pool raises
    the error of a task where its result is read.

    ## Example
    ```python
    async def refresh(feeds):
        results = await asyncio.gather(*map(fetch, feeds), return_exceptions=True)
        return [result for result in results if not isinstance(result, Exception)]
    ```

    ## Use instead
    ```python
    async def refresh(feeds):
        results = await asyncio.gather(*map(fetch, feeds), return_exceptions=True)
        for error in results:
            if isinstance(error, Exception):
                log.error("a feed failed", exc_info=error)
        return [result for result in results if not isinstance(result, Exception)]
    ```

    ## References
    - [Python documentation: asyncio.gather](https://docs.python.org/3/library/asyncio-task.html#asyncio.gather)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 10
    cwe = 390

    needs = frozenset({"gather", "map"})

    VALID = (
        Valid(
            "async def f(xs):\n    await gather(*xs, return_exceptions=True)", "It only waits for their end"
        ),
        Valid(
            "from concurrent.futures import ThreadPoolExecutor\n\nwith ThreadPoolExecutor() as pool:\n    print(*pool.map(f, xs))"
        ),
        Valid("def f(db, xs):\n    db.map(g, xs)", "No pool"),
        Valid("async def f(xs):\n    return await gather(*xs, return_exceptions=True)", "The caller looks"),
        Valid(
            "async def f(xs):\n    for x in await gather(*xs, return_exceptions=True):\n        if isinstance(x, Exception):\n            log(x)\n        if not isinstance(x, Exception):\n            use(x)"
        ),
        Valid(
            "async def f(xs):\n    for x in await gather(*xs, return_exceptions=True):\n        if not isinstance(x, Exception):\n            use(x)\n        else:\n            log(x)"
        ),
    )
    INVALID = (
        Invalid(
            "async def f(xs):\n    await gather(*(x.send() for x in xs), return_exceptions=True)",
            ("2:11-2:66 what fails here is left out: look at the results, or let the errors through",),
        ),
        Invalid(
            "from concurrent.futures import ThreadPoolExecutor\n\nwith ThreadPoolExecutor() as pool:\n    pool.map(f, xs)",
            ("4:5-4:20 what fails here is left out: go through the results",),
        ),
        Invalid(
            "async def f(xs):\n    found = await asyncio.gather(*xs, return_exceptions=True)\n    for x in found:\n        if not isinstance(x, Exception):\n            use(x)",
            ("2:19-2:62 what fails here is left out below: log the errors, or let them through",),
        ),
        Invalid(
            "async def f(xs):\n    found = await gather(*xs, return_exceptions=True)\n    for x in found:\n        if isinstance(x, BaseException):\n            continue\n        use(x)",
            ("2:19-2:54 what fails here is left out below: log the errors, or let them through",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("return_exceptions=True", "PoolExecutor")

    def visit_Expr(self, statement: ast.Expr) -> None:
        match statement.value:
            case ast.Await(value=ast.Call() as call) if _gathers(call) and _starts_work(call):
                self.report(
                    call, "what fails here is left out: look at the results, or let the errors through"
                )
            case ast.Call(func=ast.Attribute(value=owner, attr="map")) as call if owner in self._pools:
                self.report(call, "what fails here is left out: go through the results")

    @cached_property
    def _pools(self) -> frozenset[ast.AST]:
        """The names of pools, where they are used."""
        held = self.facts.derived(Held).all
        pools = (each for each in held if self.facts.origin(each.made.func).endswith("PoolExecutor"))
        return frozenset(use for pool in pools for use in pool.uses)

    def visit_Call(self, call: ast.Call) -> None:
        function = self.facts.function(call)
        if function is None or not _gathers(call):
            return
        looks = list(self._looks(function))
        if looks and all(map(self._leaves_out, looks)):
            self.report(call, "what fails here is left out below: log the errors, or let them through")

    def _looks(self, function: FunctionNode) -> Iterator[ast.Call]:
        """The calls that ask whether something is an error."""
        for node in self.facts.within(function):
            asks = isinstance(node, ast.Call) and dotted_name(node.func) == "isinstance"
            if asks and isinstance(node, ast.Call) and node.args and dotted_name(node.args[-1]) in _ERRORS:
                yield node

    def _leaves_out(self, asked: ast.Call) -> bool:
        """Tells whether what is an error goes nowhere."""
        above = self.facts.parent(asked)
        if isinstance(above, ast.If):
            return all(isinstance(each, ast.Continue | ast.Pass) for each in above.body)
        if not isinstance(above, ast.UnaryOp) or not isinstance(above.op, ast.Not):
            return False
        place = self.facts.parent(above)
        return isinstance(place, ast.comprehension) or (isinstance(place, ast.If) and not place.orelse)


def _gathers(call: ast.Call) -> bool:
    """Tells whether a call waits for several, and gets the errors among the results."""
    return dotted_name(call.func).rpartition(".")[2] == "gather" and any(
        keyword.arg == "return_exceptions"
        and not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
        for keyword in call.keywords
    )


def _starts_work(call: ast.Call) -> bool:
    """Tells whether what is waited for begins here, and is not what was begun, and perhaps cancelled, elsewhere."""
    given = [each.value if isinstance(each, ast.Starred) else each for each in call.args]
    made = [each.elt if isinstance(each, ast.GeneratorExp | ast.ListComp) else each for each in given]
    return any(isinstance(each, ast.Call) for each in made)
