"""The rule row-by-row."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import Source


class RowByRow(AstRule):
    """A table is gone through row by row.

    ## What it does
    Reports loops over `frame.iterrows()`, and `frame.apply(function, axis=1)`, in code that uses pandas.

    Operations on whole columns, and `itertuples` where a loop is needed, are fine.

    ## Why is this bad
    Each row becomes an object of its own, with its values converted to a common type. The same on whole
    columns is some hundred times as fast, and keeps the types.

    ## Example
    ```python
    import pandas as pd

    def total(frame: pd.DataFrame):
        return sum(row["price"] * row["count"] for _, row in frame.iterrows())
    ```

    ## Use instead
    ```python
    import pandas as pd

    def total(frame: pd.DataFrame):
        return (frame["price"] * frame["count"]).sum()
    ```

    ## References
    - [pandas documentation: iterrows](https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.iterrows.html)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("import pandas\n\nfor row in frame.itertuples():\n    send(row)", "Where a loop is needed"),
        Valid("import pandas\n\nsizes = frame.apply(len)", "Column by column"),
    )
    INVALID = (
        Invalid(
            "import pandas as pd\n\nnames = frame.apply(lambda row: row.first + row.last, axis=1)",
            ("3:9-3:62 frame.apply(…, axis=1) goes row by row: work on whole columns",),
        ),
        Invalid(
            "import pandas as pd\n\nfor index, row in frame.iterrows():\n    frame.loc[index, 'a'] = row['b'] * 2",
            ("3:19-3:35 frame.iterrows() goes row by row: work on whole columns, or use itertuples()",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return "pandas" in source.text and source.mentions(".iterrows()", ".apply(")

    def visit_Call(self, call: ast.Call) -> None:
        function = call.func
        if not isinstance(function, ast.Attribute):
            return
        owner = ast.unparse(function.value) if isinstance(function.value, ast.Name | ast.Attribute) else "…"
        if function.attr == "iterrows" and not call.args:
            self.report(
                call, f"{owner}.iterrows() goes row by row: work on whole columns, or use itertuples()"
            )
        elif function.attr == "apply" and any(_is_rows(keyword) for keyword in call.keywords):
            self.report(call, f"{owner}.apply(…, axis=1) goes row by row: work on whole columns")


def _is_rows(keyword: ast.keyword) -> bool:
    return (
        keyword.arg == "axis"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value in {1, "columns"}
    )
