"""The rule history-kept."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, last_word
from quality_rules._loops import Loops
from quality_rules._updates import update_of

if TYPE_CHECKING:
    from quality.model import Source

#: Methods that put something into a list.
_KEEPING = frozenset({"append", "extend"})


class HistoryKept(AstRule):
    """What a loss was computed from is kept from step to step of a training.

    ## What it does
    Reports `total += loss` and `losses.append(loss)` in a loop in which `loss.backward()` is called, in code that uses PyTorch.

    `loss.item()`, `loss.detach()` and `float(loss)` are fine, and so are sums that `backward()` is called of.

    ## Why is this bad
    A tensor that needs gradients holds on to the graph of all that it was computed from. The sum holds the graphs of all steps:
    memory grows until there is none left.

    ## Example
    ```python
    import torch

    def train(model, batches, criterion, optimizer):
        total = 0
        for inputs, targets in batches:
            optimizer.zero_grad()
            loss = criterion(model(inputs), targets)
            loss.backward()
            optimizer.step()
            total += loss
        return total
    ```

    ## Use instead
    ```python
    import torch

    def train(model, batches, criterion, optimizer):
        total = 0.0
        for inputs, targets in batches:
            optimizer.zero_grad()
            loss = criterion(model(inputs), targets)
            loss.backward()
            optimizer.step()
            total += loss.item()
        return total
    ```

    ## References
    - [PyTorch documentation: frequently asked questions](https://docs.pytorch.org/docs/stable/notes/faq.html#my-model-reports-cuda-runtime-error-2-out-of-memory)
    """

    dimension = "efficiency"
    needs = frozenset({"backward"})
    effort = 1

    VALID = (
        Valid(
            "import torch\n\nfor batch in batches:\n    loss = f(batch)\n    loss.backward()\n    total += loss.item()\n"
            "    losses.append(loss.detach())\n    other = total + float(loss)",
            "The number alone",
        ),
        Valid(
            "import torch\n\nfor batch in batches:\n    loss = f(batch)\n    total = g(batch)\n    loss.backward(retain_graph=True)\n"
            "    total += loss\n    total.backward()",
            "A part of what gradients are computed of",
        ),
        Valid("import torch\n\nloss.backward()\ntotal += loss", "Once"),
        Valid("for step in steps:\n    step.backward()\n    walked += step", "No tensors"),
    )
    INVALID = (
        Invalid(
            "import torch\n\nfor batch in batches:\n    loss = f(batch)\n    loss.backward()\n    total = total + loss * len(batch)",
            ("6:5-6:38 total keeps all that loss was computed from: add loss.item()",),
        ),
        Invalid(
            "def f(batches, optimizer):\n    for batch in batches:\n        loss = g(batch)\n        loss.backward()\n        optimizer.step()\n        total += loss",
            ("6:9-6:22 total keeps all that loss was computed from: add loss.item()",),
        ),
        Invalid(
            "from torch import nn\n\ndef f(batches):\n    losses = []\n    for batch in batches:\n        loss = g(batch)\n"
            "        losses.append(loss)\n        loss.backward()\n    return losses",
            ("7:9-7:28 losses keeps all that loss was computed from: add loss.item()",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        # A piece that was cut out shows the steps of a training, and not the import.
        return source.mentions("torch", "zero_grad", "optimizer")

    def visit_Module(self, _: ast.Module) -> None:
        calls = [call for call in self.facts.of(ast.Call) if isinstance(call.func, ast.Attribute)]
        derived: set[tuple[ast.AST | None, str]] = {
            (self.facts.function(call), last_word(call.func.value))  # type: ignore[attr-defined]
            for call in calls
            if last_word(call.func) == "backward" and isinstance(call.func.value, ast.Name)  # type: ignore[attr-defined]
        }
        for node in self.facts.of(ast.AugAssign, *ASSIGNMENTS) if derived else ():
            update = update_of(node)
            if update is not None and isinstance(update.operator, ast.Add):
                self._check(node, update.target, update.value, derived)
        for call in calls if derived else ():
            if last_word(call.func) in _KEEPING and len(call.args) == 1:
                self._check(call, call.func.value, call.args[0], derived)  # type: ignore[attr-defined]

    def _check(
        self, node: ast.AST, keeper: ast.expr, value: ast.expr, derived: set[tuple[ast.AST | None, str]]
    ) -> None:
        function = self.facts.function(node)
        if (function, last_word(keeper)) in derived or not self.facts.derived(Loops).inside(node):
            return
        while isinstance(value, ast.BinOp):
            value = value.left if isinstance(value.left, ast.Name | ast.BinOp) else value.right
        if isinstance(value, ast.Name) and (function, value.id) in derived:
            self.report(
                node,
                f"{ast.unparse(keeper)} keeps all that {value.id} was computed from: add {value.id}.item()",
            )
