"""The rule array-grown-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid, targets_of
from quality_rules._called import is_name
from quality_rules._loops import Loops, loop_of

if TYPE_CHECKING:
    from quality.model import Source

_JOINS = frozenset(
    {
        *(
            "numpy.append",
            "numpy.concatenate",
            "numpy.vstack",
            "numpy.hstack",
            "numpy.row_stack",
            "numpy.insert",
        ),
        *("pandas.concat", "torch.cat", "torch.vstack", "torch.hstack", "tensorflow.concat"),
    }
)
#: How arrays are told of; a piece of code comes without its imports.
_PACKAGES = ("numpy", "pandas", "torch", "tensorflow", "np.", "pd.", "tf.")


class ArrayGrownInLoop(AstRule):
    """An array or table is copied to add to it, in a loop.

    ## What it does
    Reports `frame = pd.concat([frame, row])`, `frame = frame.append(row)`, `array = np.append(array, x)`,
    `np.vstack`, `torch.cat` and the like in a loop.

    Collecting the parts in a list and joining them once is fine, and so is an array that is new in each turn.

    ## Why is this bad
    Arrays and tables have a fixed size: each turn makes a new one and copies all that was there, so the time
    grows with the square of the length.

    ## Example
    ```python
    import pandas as pd

    def load(paths):
        frame = pd.DataFrame()
        for path in paths:
            frame = pd.concat([frame, pd.read_csv(path)])
        return frame
    ```

    ## Use instead
    ```python
    import pandas as pd

    def load(paths):
        return pd.concat([pd.read_csv(path) for path in paths])
    ```

    ## References
    - [pandas documentation: concat](https://pandas.pydata.org/docs/reference/api/pandas.concat.html)
    """

    dimension = "efficiency"

    needs = frozenset({"append", *(name.rpartition(".")[2] for name in _JOINS)})

    VALID = (
        Valid("import numpy as np\n\ndef f(parts):\n    return np.concatenate(parts)", "Once"),
        Valid(
            "import numpy as np\n\ndef f(xs, y):\n    for x in xs:\n        z = np.append(x, y)\n        g(z)"
        ),
        Valid(
            "import torch\n\ndef f(images, line):\n    for image in images:\n        image = torch.cat([image, line])\n        show(image)",
            "A new one in each turn",
        ),
        Valid(
            "import numpy as np\n\ndef f(sizes):\n    for size in sizes:\n        row = np.zeros(size)\n"
            "        if size < 9:\n            row = np.append(row, 1)\n        show(row)",
            "A new one in each turn",
        ),
        Valid("def f(rows):\n    out = []\n    for row in rows:\n        out.append(row)", "A list"),
    )
    INVALID = (
        Invalid(
            "def load(paths):\n    frame = pd.DataFrame()\n    for path in paths:\n        frame = pd.concat([frame, pd.read_csv(path)])\n    return frame",
            (
                "4:9-4:54 frame is copied in each turn of the loop: collect the parts in a list and join them once",
            ),
        ),
        Invalid(
            """
            import numpy as np

            def squares(n):
                found = None
                for i in range(n):
                    if found is None:
                        found = np.array([i * i])
                    else:
                        found = np.append(found, i * i)
                        found = found.reshape(-1)
                return found
            """,
            (
                "9:13-9:44 found is copied in each turn of the loop: collect the parts in a list and join them once",
            ),
        ),
        Invalid(
            """
            import numpy as np

            def squares(n):
                found = np.array([])
                for i in range(n):
                    found = np.append(found, i * i)
                return found
            """,
            (
                "6:9-6:40 found is copied in each turn of the loop: collect the parts in a list and join them once",
            ),
        ),
        Invalid(
            """
            import pandas as pd

            frame = pd.DataFrame()
            for row in rows:
                frame = frame.append(row, ignore_index=True)
            """,
            (
                "5:5-5:49 frame is copied in each turn of the loop: collect the parts in a list and join them once",
            ),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions(*_PACKAGES)

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        target, call = targets_of(statement)[0], statement.value
        if (
            not isinstance(target, ast.Name)
            or not isinstance(call, ast.Call)
            or not self._adds(call, target.id)
        ):
            return
        if self.facts.derived(Loops).inside(statement) and not self._is_new(statement, target.id):
            self.report(
                statement,
                f"{target.id} is copied in each turn of the loop: "
                "collect the parts in a list and join them once",
            )

    visit_AnnAssign = visit_Assign

    def _is_new(self, statement: ast.stmt, name: str) -> bool:
        """Tells whether each turn of the innermost loop gives a name another value before."""
        loop = loop_of(self.facts, statement)
        if loop is None:
            return False
        for place in self.facts.within(loop):
            if not isinstance(place, ast.Name) or place.id != name or not isinstance(place.ctx, ast.Store):
                continue
            if isinstance(loop, ast.For | ast.AsyncFor) and self.facts.contains(loop.target, place):
                return True
            other = self.facts.statement(place)
            later = self.facts.rest(other) if isinstance(other, ast.stmt) else ()
            read = (
                each.id for each in self.facts.within(other) if isinstance(each, ast.Name) and _is_read(each)
            )
            if name not in read and any(self.facts.contains(each, statement) for each in later):
                return True
        return False

    def _adds(self, call: ast.Call, name: str) -> bool:
        """Tells whether a call joins what a name is bound to with something else."""
        function = call.func
        if (
            isinstance(function, ast.Attribute)
            and function.attr == "append"
            and is_name(function.value, name)
        ):
            return True
        if self.facts.origin(function) not in _JOINS or not call.args:
            return False
        first = self.facts.only_value(call.args[0])
        parts = first.elts if isinstance(first, ast.List | ast.Tuple) else call.args[:1]
        return any(is_name(part, name) for part in parts)


def _is_read(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)
