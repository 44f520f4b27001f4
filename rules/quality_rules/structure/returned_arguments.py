"""The rule returned-arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality_rules._substance import Nature, shown_name
from quality_rules.structure._cases import returned_arguments as cases
from quality_rules.structure._pretence import PretenceRule
from quality_rules.structure._promises import Promises, breaks_promises

if TYPE_CHECKING:
    import ast


class ReturnedArguments(PretenceRule):
    """A function gives its arguments back and does nothing with them.

    ## What it does
    Reports functions that return or yield their arguments as they came, copied, or put into a list or tuple, also by an
    operation that changes nothing (`value + 0`), by functions of iterators that give what they get, or through the field
    of a new object.

    Methods of classes that work, functions that are handed on as values or have an
    alternative, and functions that say so by their names (`identity`, `clone` for a copy, `pair` for two beside one
    another) are fine. So is any change: another form, kind or order, a part, what is inside of several in one row,
    something else beside or between them, a default in its place. A class whose methods another class has too is one case of both. The confidence is low where several arguments become one value, such as a key, for
    a function that works. A decorator that somebody else wrote makes it medium, and one that is told for what a function is the
    answer (`@shown.register(int)`) low.
    Where other files may override or replace a function, which `sample` excludes with the option `standalone`, the
    confidence is low.

    ## Why is this bad
    Every parameter is used and something is returned, so it looks like work that is done. It is none.

    ## Example
    ```python
    def normalise(rows):
        result = []
        for row in rows:
            result.append(row)
        return result
    ```

    ## Use instead
    ```python
    def normalise(rows):
        return [row.strip().lower() for row in rows]
    ```
    """

    asks = (breaks_promises,)

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_Module(self, module: ast.Module) -> None:
        del module
        for function, sure in self.facts.derived(Promises).of_nature(Nature.ECHO):
            message = f"{shown_name(function)}() gives its arguments back: do something with them"
            self.accuse(function, message, sure)
