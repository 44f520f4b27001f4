"""The rule array-of-iterator."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument

_KEEPING = frozenset({"numpy.array", "numpy.asarray", "numpy.asanyarray"})
_REFUSING = frozenset(
    {
        *("numpy.concatenate", "numpy.stack", "numpy.vstack", "numpy.hstack", "numpy.dstack", "numpy.column_stack"),
        *("numpy.mean", "numpy.median", "numpy.std", "numpy.var", "numpy.percentile", "numpy.cumsum"),
        *("torch.tensor", "torch.as_tensor", "torch.stack", "torch.cat", "torch.vstack", "torch.hstack"),
    }
)  # fmt: skip
_VIEWS = frozenset({"keys", "values", "items"})


class ArrayOfIterator(CallRule):
    """An array is made of an iterator, which it does not go through.

    ## What it does
    Reports `np.array`, `np.mean`, `np.stack`, `torch.tensor` and the like that are given a generator expression, what `map`, `filter` or
    `zip` make, or the `values()` of a dictionary.

    `np.fromiter`, and an array that is to hold objects (`dtype=object`), are fine.

    ## Why is this bad
    NumPy makes an array of no dimension that holds the iterator itself, and the next operation on it fails or means
    nothing. PyTorch, and what puts arrays together, raise an error.

    ## Example
    ```python
    import numpy as np

    def squares(numbers):
        return np.array(n * n for n in numbers)
    ```

    ## Use instead
    ```python
    import numpy as np

    def squares(numbers):
        return np.array([n * n for n in numbers])
    ```

    ## References
    - [NumPy documentation: fromiter](https://numpy.org/doc/stable/reference/generated/numpy.fromiter.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset(name.rpartition(".")[2] for name in _KEEPING | _REFUSING)

    VALID = (
        Valid("import numpy as np\n\na = np.array([x for x in y])\nb = np.fromiter((x for x in y), float)"),
        Valid(
            "import numpy as np\n\na = np.array((x for x in y), dtype=object)\nb = np.array(list(d.values()))"
        ),
        Valid(
            "import numpy as np\n\na = np.array(range(3))\nb = np.array(table.values(1))\nc = array(x for x in y)"
        ),
    )
    INVALID = (
        Invalid(
            "import numpy as np\n\ndef f(rows):\n    squares = (r * r for r in rows)\n    return np.mean(squares), np.array(map(float, rows))",
            (
                "5:20-5:27 mean() does not go through an iterator: give it a list",
                "5:39-5:55 array() does not go through an iterator: give it a list",
            ),
        ),
        Invalid(
            "import numpy\n\ndef f():\n    counts = {}\n    return numpy.asarray(counts.values())",
            ("5:26-5:41 asarray() does not go through an iterator: give it a list",),
        ),
        Invalid(
            "import torch\n\ndef f(rows):\n    return torch.stack(embed(row) for row in rows)",
            ("4:23-4:51 stack() does not go through an iterator: give it a list",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        given = argument(call, 0, "object", "a", "arrays", "data", "tensors")
        if given is None or dotted not in _KEEPING | _REFUSING or _holds_objects(call):
            return
        sure = self._is_iterator(self.facts.only_value(given))
        if sure is not None:
            word = dotted.rpartition(".")[2]
            self.report(given, f"{word}() does not go through an iterator: give it a list", confidence=sure)

    def _is_iterator(self, node: ast.expr) -> Confidence | None:
        """How sure it is that something can only be gone through; None when it may be more."""
        if isinstance(node, ast.GeneratorExp):
            return Confidence.HIGH
        if not isinstance(node, ast.Call):
            return None
        if self.facts.is_builtin(node.func, "map", "filter", "zip", "enumerate", "reversed"):
            return Confidence.HIGH
        views = isinstance(node.func, ast.Attribute) and node.func.attr in _VIEWS
        return Confidence.MEDIUM if views and not node.args and not node.keywords else None


def _holds_objects(call: ast.Call) -> bool:
    kind = argument(call, 1, "dtype")
    return getattr(kind, "id", getattr(kind, "attr", getattr(kind, "value", ""))) in {
        "object",
        "object_",
        "O",
    }
