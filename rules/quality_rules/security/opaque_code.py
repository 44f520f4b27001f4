"""The rule opaque-code."""

from __future__ import annotations

import ast

from quality.model import IMPORTERS, Confidence, Severity, cached_property
from quality.rules import ASSIGNMENTS, AstRule, Setting
from quality_rules._called import is_called
from quality_rules._substance import Nature, Text
from quality_rules._written import statements_in
from quality_rules.security._builtins import RUNNERS, Builtins
from quality_rules.security._cases import opaque_code as cases
from quality_rules.security._given_programs import GivenPrograms
from quality_rules.security._payloads import (
    COMMANDING,
    decoded,
    is_command,
    is_decoded,
    is_long,
    is_payload,
    is_pieced,
    is_program,
    is_written,
)
from quality_rules.security._programs import is_unread, open_lines, program_lines

#: So many lines of a program in a text that nothing reads are a part of it.
_PART = 2
#: Builtins that lead to running text.
_HIDDEN = frozenset({"exec", "eval", "compile", "__import__"})
#: Functions of the standard library that run their first argument when it is text.
_TEXT_RUNNERS = frozenset(
    {
        "cProfile.run",
        "cProfile.runctx",
        "profile.run",
        "pdb.run",
        "pdb.runeval",
        "timeit.timeit",
        "timeit.repeat",
        "ctypes.pythonapi.PyRun_SimpleString",
        "ctypes.pythonapi.PyRun_String",
        "doctest.run_docstring_examples",
    }
)
#: Functions that make live objects out of bytes.
_LOADERS = frozenset({"marshal.loads", "pickle.loads", "dill.loads", "cloudpickle.loads"})
#: Functions that run a file as a module.
_FILE_RUNNERS = frozenset(
    {
        "importlib.util.spec_from_file_location",
        "importlib.machinery.SourceFileLoader",
        "runpy.run_path",
    }
)
#: Methods that write into a file.
_WRITING = frozenset({"write", "write_bytes", "write_text"})
#: Functions that work out what annotations say.
_ANNOTATION_RUNNERS = frozenset({"typing.get_type_hints", "inspect.get_annotations"})


class OpaqueCode(AstRule):
    """Text or bytes run as code.

    ## What it does
    Reports what hides a program from its reader and from every tool: `exec` and `eval`, also when they are
    reached through `builtins`, by an alias or by a name spelled in pieces; payloads that
    are decoded and loaded; programs on the command line of an interpreter, of whatever language; files that are run as modules where
    a text is a program, or is written into a file; annotations that call something, where their values are asked for; functions and code objects built by hand.

    Parsing (`ast.parse`, `ast.literal_eval`), `compile` of what is not run, copying a function, `getattr` with
    a plain name and `import_module` of a variable are fine.

    A text that stands alone hides itself, too, when more of the program is in its strings than in the open, whoever
    is to run them, or when a text that nothing in it reads has two lines of a program or more.

    In a text that stands alone (option `standalone`, which `sample` sets) it is an error, but a warning of low confidence
    where it runs what somebody types or what a function is given from outside: the text hides nothing then.
    Among the files of a program, running code can be what one of them is for: there it is a warning, unless the code
    itself is in the source as a text, encoded or in pieces.

    ## Why is this bad
    Whoever controls the text controls the process. Nobody can review, check, search or debug what only
    exists at run time, so nothing can be said about the quality of such code.

    ## Example
    ```python
    def total(expression):
        return eval(expression)
    ```

    ## Use instead
    ```python
    import ast

    def total(expression):
        return sum(ast.literal_eval(expression))
    ```

    ## References
    - [CWE-95: eval injection](https://cwe.mitre.org/data/definitions/95.html)
    - [Python documentation: ast.literal_eval](https://docs.python.org/3/library/ast.html#ast.literal_eval)
    """

    dimension = "security"
    severity = Severity.ERROR
    effort = 30
    cwe = 95
    equivalents = ("bandit:B102", "bandit:B307", "bandit:B302", "pylint:exec-used", "pylint:eval-used")

    standalone = Setting(
        default=False,
        description="The text is all there is: running code is not the task of a program's file.",
    )

    VALID, INVALID = cases.VALID, cases.INVALID

    @cached_property
    def _builtins(self) -> Builtins:
        return Builtins(self.facts)

    def visit_Module(self, _: ast.Module) -> None:
        """Whatever runs them, and if nothing does: texts that hold more of a program than is in the open hide it."""
        for name in self.facts.of(ast.Name) if not RUNNERS.isdisjoint(self.facts.mentioned) else ():
            self._check_name(name)
        programs = program_lines(self.facts) if self.standalone else []
        if programs and sum(lines for _, lines in programs) >= open_lines(self.facts):
            self.report(programs[0][0], "more of the program is in texts than in the open: write it as code")
            return
        for text, lines in programs:
            if lines >= _PART and is_unread(self.facts, text):
                message = "a part of the program is in a text that nothing here reads: write it as code"
                self.report(text, message)

    def visit_Call(self, call: ast.Call) -> None:
        origin = self._builtins.origin(call.func)
        first = call.args[0] if call.args else None
        if origin in RUNNERS and first is not None:
            self._runs(call, origin, first)
        elif origin == "getattr":
            self._looks_up(call)
        elif first is not None and (origin or self._has_command):
            self._uses(call, origin, self.facts.only_value(first))
        if origin or call.keywords or isinstance(call.func, ast.Call):
            self._builds(call, origin, first)

    @cached_property
    def _has_command(self) -> bool:
        """Tells whether the source may have a command line with a program in it."""
        return any(
            isinstance(node.value, str) and node.value in COMMANDING for node in self.facts.of(ast.Constant)
        )

    @cached_property
    def _writes_text(self) -> bool:
        """Tells whether a text that is longer than a name, and is written here, is written into a file."""
        calls = (call for call in self.facts.of(ast.Call) if getattr(call.func, "attr", "") in _WRITING)
        return any(is_payload(self.facts.only_value(call.args[0])) for call in calls if call.args)

    @cached_property
    def _calls_in_annotations(self) -> bool:
        """Tells whether an annotation that is a text calls a function, which no type does."""
        fields = (node.annotation for node in self.facts.of(ast.AnnAssign))
        parameters = (node.annotation for node in self.facts.of(ast.arg))
        texts = (node.value for node in (*fields, *parameters) if isinstance(node, ast.Constant))
        bodies = (statements_in(text) for text in texts if isinstance(text, str) and "(" in text)
        return any(isinstance(node, ast.Call) for body in bodies for each in body for node in ast.walk(each))

    def _accuse(self, where: ast.expr | ast.stmt, message: str, confidence: Confidence | None = None) -> None:
        """Reports a finding: running code can be the task of a file among others, and hides nothing there."""
        severity = None if self.standalone else Severity.WARNING
        self.report(where, message, severity=severity, confidence=confidence)

    def _check_name(self, name: ast.Name) -> None:
        handed = name.id in RUNNERS and isinstance(name.ctx, ast.Load) and not is_called(self.facts, name)
        if handed and not self._builtins.is_redefined(name):
            sure = Confidence.HIGH if self._has_program else Confidence.MEDIUM
            self._accuse(name, f"{name.id} is handed on to run text as code", confidence=sure)

    def visit_Attribute(self, attribute: ast.Attribute) -> None:
        parent = self.facts.parent(attribute)
        called = is_called(self.facts, attribute)
        if attribute.attr in RUNNERS and not called and self._builtins.is_module(attribute.value):
            self._accuse(attribute, f"{attribute.attr} is handed on to run text as code")
        is_code = attribute.attr == "__code__" and isinstance(attribute.ctx, ast.Store)
        if is_code and isinstance(parent, ASSIGNMENTS) and parent.value and _is_new_code(parent.value):
            message = "the code of a function is exchanged: define the function"
            self._accuse(attribute, message, confidence=Confidence.MEDIUM)
        if attribute.attr == "__subclasses__" and _climbs(attribute.value):
            self._accuse(attribute, "classes are found by climbing the class tree: import what you need")

    def visit_Subscript(self, subscript: ast.Subscript) -> None:
        if not isinstance(subscript.ctx, ast.Load):
            return
        key = subscript.slice
        if self._builtins.is_module(subscript.value):
            hidden = is_pieced(key) or (isinstance(key, ast.Constant) and key.value in _HIDDEN)
            sure = Confidence.HIGH if hidden else Confidence.MEDIUM
            self._accuse(subscript, "a builtin is looked up by name: write the name", confidence=sure)
        elif _is_namespace(subscript.value) and is_pieced(key):
            self.report(subscript, "a name is looked up in pieces: write the name")
        elif isinstance(key, ast.Constant) and key.value == "__builtins__":
            self._accuse(subscript, "the builtins are looked up by name: name the builtin")

    def visit_ImportFrom(self, statement: ast.ImportFrom) -> None:
        names = [alias.name for alias in statement.names if alias.name in _HIDDEN]
        if statement.module == "builtins" and names:
            self._accuse(statement, f"{names[0]} is imported from builtins, which hides its use")

    def _runs(self, call: ast.Call, name: str, text: ast.expr) -> None:
        hidden = (
            is_written(text)
            or self._has_program
            or self.facts.derived(Text).nature_of(text) <= Nature.FIXED
            or self.facts.derived(GivenPrograms).is_written_here(text)
        )
        confidence = Confidence.HIGH if hidden else Confidence.MEDIUM
        if not hidden and self.standalone and self.facts.derived(GivenPrograms).is_given(text):
            message = f"{name}() runs what it is given as code: call a function instead"
            self.report(call, message, severity=Severity.WARNING, confidence=Confidence.LOW)
            return
        accuse = self.report if is_written(text) else self._accuse
        accuse(call, f"{name}() runs text as code: call a function instead", confidence=confidence)

    @cached_property
    def _has_program(self) -> bool:
        """Tells whether a string of the source, documentation aside, is a program or encoded bytes."""
        texts = (node for node in self.facts.of(ast.Constant) if not self._is_documentation(node))
        return any(is_program(node.value) for node in texts)

    def _is_documentation(self, node: ast.Constant) -> bool:
        return isinstance(self.facts.parent(node), ast.Expr)

    def _looks_up(self, call: ast.Call) -> None:
        if len(call.args) <= 1:
            return
        holder, name = call.args[:2]
        if is_pieced(name):
            what = "a builtin is reached" if self._builtins.is_module(holder) else "an attribute is reached"
            self.report(call, f"{what} by a name in pieces: write the name")
        elif self._builtins.is_module(holder) and (
            not isinstance(name, ast.Constant) or name.value in _HIDDEN
        ):
            self._accuse(call, "a builtin is looked up by name: write the name", confidence=Confidence.MEDIUM)

    def _uses(self, call: ast.Call, origin: str, first: ast.expr) -> None:
        if origin in IMPORTERS and (is_pieced(first) or is_decoded(first)):
            self.report(call, "a module is imported by a name in pieces: import it by its name")
        elif origin in _LOADERS and self._holds_payload(first):
            accuse = self.report if any(map(is_payload, ast.walk(first))) else self._accuse
            accuse(call, f"{origin}() makes objects out of encoded bytes: write the code in the open")
        elif origin == "operator.attrgetter" and isinstance(first, ast.Constant) and first.value in _HIDDEN:
            self._accuse(call, "a builtin is looked up by name: write the name")
        elif is_command(first):
            self._accuse(call, "a program in a string is handed to an interpreter: define a function")
        elif origin in _TEXT_RUNNERS and is_long(first):
            self._accuse(call, f"{origin}() runs a program in a string: define a function")
        elif origin in _FILE_RUNNERS and (self._has_program or self._writes_text):
            self._accuse(call, f"{origin}() runs a program that is in a string here: define a function")
        elif origin in _ANNOTATION_RUNNERS and self._calls_in_annotations:
            self._accuse(call, f"{origin}() runs what is called in annotations: define a function")

    def _holds_payload(self, data: ast.expr) -> bool:
        """Tells whether the bytes that are loaded may be in the source, not in a file or what a function is given."""
        if not is_decoded(data):
            return isinstance(data, ast.Constant)
        held = decoded(data)
        if isinstance(held, ast.Name):
            held = self.facts.only_value(held)
        local = isinstance(held, ast.Name) and self.facts.function(held) is not None and self._is_kept(held)
        return self._has_program or not (local or isinstance(held, ast.Call | ast.Attribute | ast.Subscript))

    def _is_kept(self, name: ast.Name) -> bool:
        """Tells whether a name is one of the function that it stands in."""
        function = self.facts.function(name)
        names = self.facts.names(function) if function is not None else None
        return names is not None and (name.id in names.parameters or name.id in names.stores)

    def _builds(self, call: ast.Call, origin: str, first: ast.expr | None) -> None:
        by_type = isinstance(call.func, ast.Call) and self._builtins.origin(call.func.func) == "type"
        from_lambda = by_type and any(isinstance(a, ast.Lambda) for a in getattr(call.func, "args", ()))
        copied = isinstance(first, ast.Attribute) and first.attr == "__code__"
        if origin == "types.CodeType":
            self._accuse(call, "a code object is built by hand: define a function")
        elif (origin in {"types.FunctionType", "types.LambdaType"} or from_lambda) and first and not copied:
            self._accuse(call, "a function is built from a code object: define it")
        elif _is_patch(call):
            self._accuse(call, "a code object is rewritten: define a function")


def _is_new_code(value: ast.expr) -> bool:
    """Tells whether a function's code may come from elsewhere: a changed copy of code does not."""
    copied = (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "replace"
    )
    return not copied and not isinstance(value, ast.Constant)


def _is_patch(call: ast.Call) -> bool:
    changes = any(keyword.arg in {"co_code", "co_consts"} for keyword in call.keywords)
    return changes and isinstance(call.func, ast.Attribute) and call.func.attr == "replace"


def _climbs(node: ast.expr) -> bool:
    """Tells whether an expression goes up from an object to the root of all classes."""
    above = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return bool(above & {"__base__", "__bases__", "__mro__"})


def _is_namespace(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"globals", "locals", "vars"}
    return isinstance(node, ast.Attribute) and node.attr in {"__dict__", "__globals__"}
