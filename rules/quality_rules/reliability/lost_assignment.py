"""The rule lost-assignment."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._frames import is_frame


class LostAssignment(AstRule):
    """A value is put into a copy of some rows.

    ## What it does
    Reports assignments to a part of `frame[frame["price"] < 0]`, or of what another condition on a table or an array chooses,
    and to a part of `frame["price"]` or `frame.loc[row]` where `frame` is a table of pandas.

    ## Why is this bad
    Choosing rows by a condition makes a copy, and in pandas so does choosing a column. The value is put into it, and the copy is
    gone: the table stays as it was. Before pandas 3 it depended on the types in the table.

    ## Example
    ```python
    def without_debts(frame):
        frame[frame["price"] < 0]["price"] = 0
        return frame
    ```

    ## Use instead
    ```python
    def without_debts(frame):
        frame.loc[frame["price"] < 0, "price"] = 0
        return frame
    ```

    ## References
    - [pandas documentation: returning a view versus a copy](https://pandas.pydata.org/docs/user_guide/indexing.html#returning-a-view-versus-a-copy)
    """

    dimension = "reliability"

    VALID = (
        Valid("frame.loc[frame['a'] < 0, 'a'] = 0"),
        Valid("cells[0]['a'] = 1\ncells[name == 'x']['a'] = 1", "No condition on the table itself"),
        Valid("frame[frame['a'] < 0] = 0"),
        Valid("import pandas as pd\n\ndef f(rows: dict[str, list]):\n    rows['a'][0] = 1", "No table"),
        Valid("import pandas as pd\n\ndef f():\n    frame = pd.DataFrame()\n    frame['a'] = 1", "A column"),
    )
    INVALID = (
        Invalid(
            "import pandas as pd\n\ndef f(frame: pd.DataFrame):\n    for i in frame.index:\n        frame['a'][i] = 1",
            ("5:9-5:22 frame['a'][i] is set in a copy: use loc",),
        ),
        Invalid(
            "import pandas as pd\n\nframe = pd.read_csv('a.csv')\nframe = frame.dropna()\nframe.iloc[0]['a'] += 1",
            ("5:1-5:19 frame.iloc[0]['a'] is set in a copy: use loc",),
        ),
        Invalid(
            "frame[(frame['a'] < 0) & (frame.b > 1)]['c'] = 0",
            ("1:1-1:45 frame[(frame['a'] < 0) & (frame.b > 1)]… is set in a copy: use loc",),
        ),
        Invalid("a[a < 0] [0] = 1", ("1:1-1:13 a[a < 0][0] is set in a copy: use loc",)),
        Invalid("a[~a.isnull()][0] += 1", ("1:1-1:18 a[~a.isnull()][0] is set in a copy: use loc",)),
    )

    def visit_Subscript(self, target: ast.Subscript) -> None:
        chosen = target.value
        if not isinstance(target.ctx, ast.Store) or not isinstance(chosen, ast.Subscript):
            return
        sure = isinstance(chosen.value, ast.Name) and _is_condition(chosen.slice, chosen.value.id)
        if sure or is_frame(self.facts, _table_of(chosen)):
            self.report(
                target,
                f"{shorten(ast.unparse(target))} is set in a copy: use loc",
                confidence=None if sure else Confidence.MEDIUM,
            )


def _table_of(chosen: ast.Subscript) -> ast.expr:
    """``frame`` of ``frame["price"]`` and of ``frame.loc[row]``."""
    by_place = isinstance(chosen.value, ast.Attribute) and chosen.value.attr in {"loc", "iloc"}
    return chosen.value.value if by_place else chosen.value  # type: ignore[attr-defined]


def _is_condition(node: ast.expr, name: str) -> bool:
    """Tells whether an expression is a condition on the parts of what has a name."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Invert) and _is_part(node.operand, name)
    if isinstance(node, ast.BinOp):
        combined = isinstance(node.op, ast.BitAnd | ast.BitOr)
        return combined and (_is_condition(node.left, name) or _is_condition(node.right, name))
    return isinstance(node, ast.Compare) and _is_part(node.left, name)


def _is_part(node: ast.expr, name: str) -> bool:
    """Tells whether an expression begins with a part of what has a name."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return isinstance(node, ast.Name) and node.id == name
