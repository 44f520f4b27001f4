"""The rule misspelled-name."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from quality.model import BUILTINS, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._asked import names_what_nothing_binds

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Letters that make another form of a word.
_ENDINGS = frozenset("drs")
#: Shorter names have too many neighbours.
_SHORTEST = 4
#: Names that every module has or may import.
_GIVEN = frozenset({*BUILTINS, *sys.stdlib_module_names}) | {
    "__file__",
    "__path__",
    "__builtins__",
    "__class__",
    "__annotations__",
    "reveal_type",
}
_WHOLE = frozenset({"exec", "locals", "globals", "vars"})


class MisspelledName(AstRule):
    """A name is nowhere, and one that differs by a letter is there.

    ## What it does
    Reports a name that a function reads, that nothing in the source gives a value to, and that is one letter away from a
    parameter or a variable of the function: a letter is missing, too much, another one, or two are exchanged.

    Names of one to three letters, modules of the standard library, whose import may be cut off, sources with a star import
    or with `exec`, functions that are called, other forms of a word (`escapes` and `escaped`), and names that differ in their first
    letter, or only in a digit, in capitals or in an underscore in front, are fine.

    ## Why is this bad
    Reaching the line raises NameError. A piece of code that was cut out of its file may use names that it does not show,
    but hardly one that its own names are nearly equal to.

    ## Example
    ```python
    def area(width, height):
        return width * heigth
    ```

    ## Use instead
    ```python
    def area(width, height):
        return width * height
    ```

    ## References
    - [Python documentation: NameError](https://docs.python.org/3/library/exceptions.html#NameError)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    equivalents = ("pylint:undefined-variable", "quality:forgotten-self", "quality:unbound-local")
    asks = (names_what_nothing_binds,)

    VALID = (
        Valid("def f(rows):\n    return rows, row", "A name of three letters"),
        Valid("def f(value1):\n    return value2", "A digit"),
        Valid("def f(_value, other):\n    return value, Other"),
        Valid("from names import *\n\ndef f(value):\n    return values", "It may come from there"),
        Valid("values = [1]\n\ndef f(value):\n    return values"),
        Valid("def f(value):\n    global values\n    return values", "It says where it is from"),
        Valid("def f(path):\n    lstat = path.lstat()\n    return lstat.st_mode == stat.S_IFDIR", "A module"),
        Valid("def f(lines):\n    return clines", "Another word"),
        Valid("def f(text):\n    parsed_url = parse_url(text)\n    return parsed_url", "A function"),
        Valid("def f(escaped, text):\n    return escaped + text[0] in escapes", "Another form of a word"),
        Valid("def f(path):\n    return Path(path), paths", "There may be many of them elsewhere"),
    )
    INVALID = (
        Invalid(
            "def f(planets):\n    planet_index = planets.index(1)\n    return planet_inde + 1",
            ("3:12-3:23 planet_inde is nowhere: planet_index may be meant",),
        ),
        Invalid(
            "def f(numbers):\n    return [nubmers[0] for number in numbers]",
            ("2:13-2:20 nubmers is nowhere: numbers may be meant",),
        ),
        Invalid(
            "class A:\n    def f(self, response):\n        def inner():\n            return respons\n        return inner",
            ("4:20-4:27 respons is nowhere: response may be meant",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        bound = self.facts.bound
        nowhere = [
            node
            for node in self.facts.of(ast.Name)
            if node.id not in bound and node.id not in _GIVEN and len(node.id) >= _SHORTEST
        ]
        if not nowhere or self._binds_unseen():
            return
        declared = {name for node in self.facts.of(ast.Global) for name in node.names}
        declared.update(name for node in self.facts.of(ast.Nonlocal) for name in node.names)
        declared.update(call.func.id for call in self.facts.of(ast.Call) if isinstance(call.func, ast.Name))
        told: set[tuple[object, str]] = set()
        for node in nowhere:
            function = self.facts.function(node)
            if node.id in declared or (function, node.id) in told:
                continue
            meant = next(self._alike(node), "")
            if meant:
                told.add((function, node.id))
                self.report(node, f"{node.id} is nowhere: {meant} may be meant")

    def _binds_unseen(self) -> bool:
        """Tells whether there may be more names than the text shows."""
        return "*" in self.facts.bound or any(
            node.id in _WHOLE and isinstance(node.ctx, ast.Load) for node in self.facts.of(ast.Name)
        )

    def _alike(self, node: ast.Name) -> Iterator[str]:
        """The names of the functions around a name that are one letter away from it."""
        function = self.facts.function(node)
        while function is not None:
            names = self.facts.names(function)
            yield from (name for name in (*names.parameters, *names.stores) if _is_slip(node.id, name))
            function = self.facts.function(function)


def _is_slip(written: str, meant: str) -> bool:
    """Tells whether a name is another with a letter missing, added or changed, or with two neighbours exchanged.

    Another form of a word, as its plural, is a name of its own, and so are names with other digits or capitals.
    """
    if len(meant) < _SHORTEST or abs(len(written) - len(meant)) > 1 or written[0] != meant[0]:
        return False
    longer, shorter = sorted((written, meant), key=len, reverse=True)
    if longer.strip("_") == shorter.strip("_"):
        return False
    at = next(
        (place for place, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter)
    )
    if longer[at] in _ENDINGS and longer[at + 1 : at + 2] in {"", "_"}:
        return False
    if len(longer) > len(shorter):
        return longer[at].isalpha() and longer[at].islower() and longer[at + 1 :] == shorter[at:]
    if longer[at : at + 2] == shorter[at : at + 2][::-1]:
        return longer[at + 2 :] == shorter[at + 2 :]
    letters = longer[at].islower() and shorter[at].islower()
    return letters and longer[at + 1 :] == shorter[at + 1 :]
