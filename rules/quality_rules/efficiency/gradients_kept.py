"""The rule gradients-kept."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, decorators, dotted_name

if TYPE_CHECKING:
    from quality.model import FunctionNode


class GradientsKept(AstRule):
    """A model is evaluated, and what only training needs is kept.

    ## What it does
    Reports functions that set a model of PyTorch to evaluation (`model.eval()`) and call it outside of `torch.no_grad()` and
    `torch.inference_mode()`.

    Functions that compute gradients (`backward()`, `autograd.grad()`), or switch them off in another way, are fine.

    ## Why is this bad
    `eval()` changes what layers do, not what is recorded: every result still holds all that `backward()` would need. That
    takes several times the memory, and time, for nothing.

    ## Example
    ```python
    def predict(model, batches):
        model.eval()
        return [model(batch).argmax(1) for batch in batches]
    ```

    ## Use instead
    ```python
    def predict(model, batches):
        model.eval()
        with torch.no_grad():
            return [model(batch).argmax(1) for batch in batches]
    ```

    ## References
    - [PyTorch: evaluation mode](https://pytorch.org/docs/stable/notes/autograd.html#evaluation-mode-nn-module-eval)
    """

    dimension = "efficiency"
    needs = frozenset({"eval"})
    confidence = Confidence.MEDIUM
    effort = 2

    VALID = (
        Valid("@torch.no_grad()\ndef f(model, x):\n    model.eval()\n    return model(x)"),
        Valid(
            "def f(model, x):\n    with torch.inference_mode():\n        model.eval()\n        return model(x)"
        ),
        Valid(
            "def f(model, x):\n    model.eval()\n    loss = model(x)\n    loss.backward()\n    return x.grad"
        ),
        Valid("def f(model, x):\n    model.eval()\n    return score(model, x)", "It is called elsewhere"),
        Valid(
            "def f(term, x):\n    value = term.eval()\n    return value, term(x)", "A term of another library"
        ),
        Valid("def f(model, x):\n    model.train()\n    return model(x)"),
    )
    INVALID = (
        Invalid(
            "class Trainer:\n    def test(self, x):\n        self.net.eval()\n        return self.net(x)",
            ("4:16-4:27 self.net() records what backward() needs: call it in torch.no_grad()",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        evaluated = [
            dotted_name(call.func.value)
            for call, name in self.facts.called.get("eval", ())
            if isinstance(call.func, ast.Attribute)
            and not call.args
            and self.facts.function(call) is function
            and isinstance(self.facts.parent(call), ast.Expr)
        ]
        models = {name for name in evaluated if name}
        if not models or self._is_about_gradients(function):
            return
        for node in self.facts.within(function):
            if isinstance(node, ast.Call) and dotted_name(node.func) in models:
                shown = dotted_name(node.func)
                self.report(node, f"{shown}() records what backward() needs: call it in torch.no_grad()")
                return

    def _is_about_gradients(self, function: FunctionNode) -> bool:
        """Tells whether a function, or what is around it, computes gradients or switches them off."""
        words = [*decorators(function)]
        for node in self.facts.within(function):
            words += [
                getattr(node, name)
                for name in ("id", "attr", "arg")
                if isinstance(getattr(node, name, None), str)
            ]
        return any("grad" in word or word.endswith(("inference_mode", "backward")) for word in words)
