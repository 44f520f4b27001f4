"""The rule callers-variables."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, root_name

#: Functions that give frames of callers.
_FRAMES = frozenset({"inspect.currentframe", "inspect.stack", "sys._current_frames", "sys._getframe"})
#: What a frame, or what was found out about one, knows of its caller: variables, and the lines that call.
_KNOWN = {
    "f_locals": "these are the variables of another function: take them as parameters",
    "code_context": "these are the lines that call this function: take what you need as a parameter",
}
#: Functions that give what others hold, whoever they are.
_SEARCHING = frozenset({"gc.get_objects", "gc.get_referrers"})


class CallersVariables(AstRule):
    """A function takes what was not handed to it out of its caller.

    ## What it does
    Reports reads of the variables of a frame (`f_locals`) that a function looks up itself, or of the lines that call it
    (`inspect.stack()[1].code_context`), and searches through all objects of the process (`gc.get_objects()`).

    Frames that a function is given, as tracers and debuggers are, and those of a traceback are fine. Where what is found there, or
    a part of it, is not the answer as it is, the confidence is low.

    ## Why is this bad
    What the function does depends on how its caller names its variables. Nobody sees that in the call, every renaming breaks it,
    and what it finds may be what it was to find out.

    ## Example
    ```python
    import inspect

    def total():
        return sum(inspect.currentframe().f_back.f_locals["prices"])
    ```

    ## Use instead
    ```python
    def total(prices):
        return sum(prices)
    ```

    ## References
    - [Python documentation: frame objects](https://docs.python.org/3/reference/datamodel.html#frame-objects)
    """

    dimension = "structure"
    severity = Severity.ERROR
    confidence = Confidence.LOW
    effort = 15

    needs = frozenset({*_KNOWN, "get_objects", "get_referrers"})

    VALID = (
        Valid("def trace(frame, event, arg):\n    return frame.f_locals['self']", "It is given the frame"),
        Valid(
            "def show(trace):\n    for frame, _ in walk(trace):\n        print(frame.f_locals)",
            "Those of an error",
        ),
        Valid("import inspect\n\nname = inspect.currentframe().f_code.co_name"),
        Valid("import gc\n\ngc.collect()"),
        Valid("def show(trace):\n    return [each.code_context for each in trace]", "Those of an error"),
    )
    INVALID = (
        Invalid(
            "import inspect\n\ndef f():\n    return inspect.currentframe().f_back.f_locals['x']",
            ("4:12-4:50 these are the variables of another function: take them as parameters",),
        ),
        Invalid(
            "import sys\n\ndef f():\n    frame = sys._getframe(1)\n    return frame.f_locals",
            ("5:12-5:26 these are the variables of another function: take them as parameters",),
        ),
        Invalid(
            "import inspect\n\ndef f():\n    return inspect.stack()[1].code_context[0]",
            ("4:12-4:43 these are the lines that call this function: take what you need as a parameter",),
        ),
        Invalid(
            "import gc\n\ndef f():\n    return [each for each in gc.get_objects() if 'x' in each]",
            ("4:30-4:46 this goes through what others hold: take what you need as a parameter",),
        ),
        Invalid(
            "import gc\n\ndef f():\n    for each in gc.get_objects():\n        if isinstance(each, dict) and 'x' in each:\n            return each['x']",
            ("4:17-4:33 this goes through what others hold: take what you need as a parameter",),
        ),
    )

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in _KNOWN and self._is_looked_up(node.value):
            self._report(node, _KNOWN[node.attr])

    def _is_looked_up(self, frame: ast.expr) -> bool:
        """Tells whether an expression is a frame that does not come from outside, or that of a caller."""
        if any(
            isinstance(node, ast.Attribute) and node.attr == "f_back" for node in self.facts.within(frame)
        ):
            return True
        values = self.facts.values(frame, frame.id) if isinstance(frame, ast.Name) else (frame,)
        calls = (node for value in values if value for node in self.facts.within(value))
        return any(isinstance(node, ast.Call) and self.facts.origin(node.func) in _FRAMES for node in calls)

    def visit_Call(self, node: ast.Call) -> None:
        if self.facts.origin(node.func) in _SEARCHING:
            self._report(node, "this goes through what others hold: take what you need as a parameter")

    def _report(self, node: ast.expr, message: str) -> None:
        """Reports what is taken; for certain where it is the answer, or an entry of it is."""
        above = self.facts.parent(node)
        while isinstance(above, ast.Subscript | ast.Attribute | ast.Call):
            above = self.facts.parent(above)
        answered = isinstance(above, ast.Return) or (
            isinstance(above, ast.For) and self._answers_entry(above)
        )
        self.report(node, message, confidence=Confidence.HIGH if answered else None)

    def _answers_entry(self, loop: ast.For) -> bool:
        """Tells whether a loop answers an entry, or a part of it."""
        entries = self.facts.names_in(loop.target)
        answers = (node.value for part in loop.body for node in self.facts.inside(part, ast.Return))
        return any(
            isinstance(each, ast.Name | ast.Subscript | ast.Attribute) and root_name(each) in entries
            for each in answers
        )
