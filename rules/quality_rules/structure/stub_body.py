"""The rule stub-body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality_rules._substance import Nature, shown_name
from quality_rules.structure._bare import Bare
from quality_rules.structure._cases import stub_body as cases
from quality_rules.structure._greeting import greets
from quality_rules.structure._hollow import Hollow
from quality_rules.structure._hulls import Hulls
from quality_rules.structure._idleness import Idleness
from quality_rules.structure._pretence import PretenceRule
from quality_rules.structure._promises import Promises
from quality_rules.structure._tests import emptiness
from quality_rules.structure._told import Told
from quality_rules.structure._traces import Traces

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence

    from quality_rules._substance import Callable

_NOTHING = "nothing here computes, reads or changes anything: write it"


class StubBody(PretenceRule):
    """A function promises something and does nothing.

    ## What it does
    Reports functions and methods that give no result and have no effect: `pass`, `...`, a bare `return` or
    `raise NotImplementedError`, also below conditions, in loops, behind dead code, in a closure, through a call
    of another stub, or behind assertions and refusals that say no more of an argument than an annotation would. These
    are what a function is for that is named as a check (`check_board`), unless it says that it returns an answer, or
    does not look at all of its parameters.
    Reported once are

    - a class of several methods of which none does anything,
    - a text without a definition, an import, a call or an assignment,
    - a text that stands alone and only imports, shows what is written in it, or names nothing, one value, or what
      there is already (`solve = None`, `solve = sorted`, a class without a body); data, declarations, kinds of errors and
      whatever computes are more,
    - a text whose functions all do no more than to return or print what is written in them, or to answer without a look at any of
      their parameters,
    - a text that has nothing but one short function over and over, numbered through,
    - where the text stands alone, a class of the module with nothing in it, derived from nothing or from such a class, that
      nothing uses: data, imports and functions beside it do not make it more. What is named as an error may be raised, and
      what is named as a mark (`Missing`) may have nothing in it.

    Not done is what nobody gets: what is put into a name of the module, or an attribute of its classes, functions and
    objects, that the text never reads, unless the function says that it keeps something (`add_task`) and looks at what it is given;
    to end the program by another function; and an error that a function raises whatever it is given, unless its name says so,
    it says that it never returns, or it is a method of a class with a base. Reported is also a module that says, whatever
    happens, that it is not written, and a function of a module without parameters that promises a change by its name
    (`update_prices`) and only prints words that are written there.

    Not reported are

    - abstract methods, protocols, overloads and overriding methods,
    - hooks that working code calls or a class of the same file overrides,
    - classes that do nothing where another of the file with these methods works,
    - empty functions that a decorator registers, where its name says that others write them (`hookspec`), or they need no more than a
      framework hands to all of its kind, and those that are handed on as values (an empty callback),
    - what says by its name that it does nothing (`noop`, `NullHandler`),
    - a class that says that others write its methods (`Subclasses override ...`), where each of these is public, says
      what it is for, and some raise `NotImplementedError`, or where their errors say so, or where each says itself that it may
      be overridden; and one of them that works by the others, as a frame around abstract methods does,
    - a class whose objects are only told from others (`<unset>`), which has special methods alone,
    - a class that answers questions of its base, or of what it is mixed into, with yes or no,
    - a function without parameters that gives several things.

    A decorator that somebody else wrote may fill in what is empty, but hardly a function that only raises `NotImplementedError`, or that
    has parameters of its own: that is reported with medium confidence, and with low where the decorator is told for what it is the answer.

    A stub beside methods that work may be a hook: it is reported with low confidence, and so is every stub of a text
    that does not stand alone (option `standalone`, which `sample` sets): other files may override it, or ask for it.

    ## Why is this bad
    A stub looks like work that is done: callers get nothing, or an error, and every measure of complexity
    calls it perfect. What is not written yet should not pass for code.

    ## Example
    ```python
    def median(values):
        raise NotImplementedError
    ```

    ## Use instead
    ```python
    def median(values):
        ordered = sorted(values)
        return ordered[len(ordered) // 2]
    ```

    ## References
    - [Python documentation: abc](https://docs.python.org/3/library/abc.html)
    """

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_Module(self, module: ast.Module) -> None:
        traces = self.facts.derived(Traces)
        if module.body and traces.has_none(module):
            self.accuse(module.body[0], "nothing is defined, computed or done here: write it")
        elif unwritten := traces.unwritten(module):
            self.accuse(unwritten, "nobody can run or import this: it says that it is not written")
        else:
            for statement in traces.idle_blocks(module):
                self.accuse(statement, "this does nothing: write it or remove it")
        told = [*self.facts.derived(Told).functions()]
        for teller in told:
            self.accuse(teller, f"{teller.name}() only tells what is written: do what it promises")
        promises, idleness = self.facts.derived(Promises), self.facts.derived(Idleness)
        if not told and Confidence.HIGH not in promises.broken.values():
            self._check_whole(module, idleness.units)
        for function, sure in promises.of_nature(Nature.NOTHING):
            kind = (emptiness(function) if is_function(function) else "") or "does nothing"
            message = f"{shown_name(function)}() {kind}: write it or remove it"
            self.accuse(function, message, sure)
        for owner, methods in idleness.classes.items():
            found = {promises.broken[method] for method in methods if method in promises.broken}
            if len(methods) > 1 and found:
                message = f"none of the {len(methods)} methods of {owner.name} does anything: write them"
                self.accuse(owner, message, Confidence.LOW if found == {Confidence.LOW} else Confidence.HIGH)

    def _check_whole(self, module: ast.Module, units: Sequence[Callable]) -> None:
        hollow = self.facts.derived(Hollow)
        if self.standalone and module.body and not units and self.facts.derived(Bare).is_hollow:
            self.accuse(module.body[0], _NOTHING, Confidence.LOW if greets(self.facts) else Confidence.HIGH)
        elif self.standalone:
            for hull in Hulls(self.facts).found():
                self.accuse(hull, f"nothing is in {hull.name}, and nothing uses it: write it or remove it")
        if hollow.is_hollow:
            self.accuse(units[0], _NOTHING, Confidence.LOW if greets(self.facts) else Confidence.HIGH)
        elif hollow.is_numbered:
            self.accuse(units[0], f"nothing here but one function {len(units)} times: write what it is for")
