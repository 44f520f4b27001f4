"""The rule row-by-row."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._loops import COMPREHENSIONS, turns_of

if TYPE_CHECKING:
    from quality.rules import Facts

#: Attributes of a table by which rows are taken.
_BY_ROW = frozenset({"iloc", "loc", "iat", "at"})
#: Methods of texts that columns of texts have too.
_OF_COLUMNS = frozenset(
    {
        *("lower", "upper", "title", "capitalize", "swapcase", "casefold", "strip", "lstrip", "rstrip"),
        *("replace", "zfill", "startswith", "endswith", "removeprefix", "removesuffix"),
    }
)


class RowByRow(AstRule):
    """A table is gone through row by row.

    ## What it does
    Reports loops over `frame.iterrows()`, loops over the places of rows that take them with `frame.iloc[i]`, `frame.loc[i]`
    or `frame["price"][i]`, `frame.apply(function, axis=1)`, and a `lambda` for each value of a column that only calls methods of
    texts on it (`frame["name"].apply(lambda name: name.strip())`), in code that uses pandas.

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
        Valid(
            "import pandas\n\nfor i in range(len(names)):\n    send(names[i], sizes['a'])",
            "A list",
        ),
        Valid(
            "import pandas\n\nfor name in frame.columns:\n    frame[name] = frame[name].fillna(0)",
            "Column by column",
        ),
        Valid("import pandas\n\nsizes = frame.apply(len)", "Column by column"),
        Valid("def f(df):\n    return df['a'].apply(lambda x: x.parse().day)", "No method of texts"),
    )
    INVALID = (
        Invalid(
            "def f(df):\n    return df['a'].apply(lambda x: x.strip().lower())",
            ("2:12-2:54 df['a'] is changed value by value: use the methods of df['a'].str",),
        ),
        Invalid(
            "import pandas as pd\n\nnames = frame.apply(lambda row: row.first + row.last, axis=1)",
            ("3:9-3:62 frame.apply(…, axis=1) goes row by row: work on whole columns",),
        ),
        Invalid(
            "import pandas as pd\n\nfor index, row in frame.iterrows():\n    frame.loc[index, 'a'] = row['b'] * 2",
            ("3:19-3:35 frame.iterrows() goes row by row: work on whole columns, or use itertuples()",),
        ),
        Invalid(
            "import pandas as pd\n\nfor i in range(len(frame)):\n    send(frame.iloc[i]['a'])",
            ("3:10-3:27 frame is gone through row by row: work on whole columns, or use itertuples()",),
        ),
        Invalid(
            "import pandas as pd\n\nnames = [frame['a'][i] + frame['b'][i] for i in range(frame.shape[0])]",
            ("3:49-3:70 frame is gone through row by row: work on whole columns, or use itertuples()",),
        ),
        Invalid(
            "import pandas as pd\n\nfor index in frame.index:\n    frame.loc[index, 'a'] = 2 * frame.loc[index, 'b']",
            ("3:14-3:25 frame is gone through row by row: work on whole columns, or use itertuples()",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        # A piece that was cut out shows no import.
        return not {"pandas", "pd", "iterrows", "iloc", "df"}.isdisjoint(facts.words)

    def visit_Module(self, _: ast.Module) -> None:
        for loop in self.facts.of(ast.For, *COMPREHENSIONS):
            for target, source in turns_of(loop):
                frame = self._table_of(source)
                if frame and isinstance(target, ast.Name) and self._takes_rows(loop, frame, target.id):
                    self.report(
                        source,
                        f"{frame} is gone through row by row: work on whole columns, or use itertuples()",
                    )

    def _table_of(self, source: ast.expr) -> str:
        """``frame`` of ``range(len(frame))``, ``range(frame.shape[0])`` and ``frame.index``, if it is one; empty for others."""
        if isinstance(source, ast.Attribute) and source.attr == "index":
            return ast.unparse(source.value)
        if not isinstance(source, ast.Call) or not self.facts.is_builtin(source.func, "range"):
            return ""
        count = source.args[-1] if len(source.args) in {1, 2} else None
        if isinstance(count, ast.Call) and self.facts.is_builtin(count.func, "len") and count.args:
            return ast.unparse(count.args[0])
        shape = count.value if isinstance(count, ast.Subscript) else None
        rows = isinstance(shape, ast.Attribute) and shape.attr == "shape"
        return ast.unparse(shape.value) if rows else ""  # type: ignore[union-attr]

    def _takes_rows(self, loop: ast.AST, frame: str, place: str) -> bool:
        """Tells whether a loop takes the row at a place out of a table, or a value of it out of a column."""
        for node in self.facts.within(loop):
            if not isinstance(node, ast.Subscript):
                continue
            first = (
                node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
            )
            if not isinstance(first, ast.Name) or first.id != place:
                continue
            held = node.value
            by_row = isinstance(held, ast.Attribute) and held.attr in _BY_ROW
            by_column = isinstance(held, ast.Subscript) and _is_text(held.slice)
            if (by_row or by_column) and ast.unparse(held.value) == frame:  # type: ignore[attr-defined]
                return True
        return False

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
        elif function.attr in {"apply", "map"} and len(call.args) == 1 and _changes_text(call.args[0]):
            column = isinstance(function.value, ast.Subscript) and _is_text(function.value.slice)
            if column:
                shown = ast.unparse(function.value)
                self.report(call, f"{shown} is changed value by value: use the methods of {shown}.str")


def _is_rows(keyword: ast.keyword) -> bool:
    return (
        keyword.arg == "axis"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value in {1, "columns"}
    )


def _changes_text(function: ast.expr) -> bool:
    """Tells whether a function does nothing but call methods of texts, which columns have too, on what it gets."""
    if not isinstance(function, ast.Lambda) or len(function.args.args) != 1:
        return False
    result, steps = function.body, 0
    while isinstance(result, ast.Call) and isinstance(result.func, ast.Attribute):
        if result.func.attr not in _OF_COLUMNS:
            return False
        result, steps = result.func.value, steps + 1
    return steps > 0 and isinstance(result, ast.Name) and result.id == function.args.args[0].arg


def _is_text(key: ast.expr) -> bool:
    return isinstance(key, ast.Constant) and isinstance(key.value, str)
