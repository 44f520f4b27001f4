"""The rule different-when-tested."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, parameters
from quality_rules._reads import reads_of
from quality_rules._tested import asks_for_tests, is_runner, reads_tests

if TYPE_CHECKING:
    from quality.model import Source
    from quality.rules import Facts

#: What a branch has that makes the outcome another one.
_DECIDING = (ast.Return, ast.Raise, ast.Yield, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
#: Words of the paths of tests.
_FILES = ("test/", "tests/", "test_", "_test.py", "conftest", "test\\", "tests\\")
#: What a text has that asks for tests, or reads them.
_WORDS = (
    *("pytest", "unittest", "nose", "doctest", "py.test", "PYTEST", "_called_from_test"),
    *_FILES,
)
#: Each of them has one of these in it.
_PARTS = ("test", "TEST", "nose")
#: Where tests leave something, or are seen: what is looked for there may be written in pieces.
_PLACES = ("environ", "getenv", "sys.modules", "sys.argv")
_ASKING = (ast.Compare, ast.Subscript, ast.Call)
#: Words of the names of functions that load something for tests.
_LOADING = frozenset(
    {
        *(
            "load",
            "read",
            "open",
            "parse",
            "get",
            "fixture",
            "fixtures",
            "data",
            "file",
            "path",
            "config",
            "settings",
        ),
        *(
            "test",
            "tests",
            "case",
            "cases",
            "sample",
            "samples",
            "example",
            "examples",
            "expected",
            "text",
            "source",
        ),
    }
)


#: Runners of Python's own, which programs import for other reasons too.
_OF_PYTHON = frozenset({"unittest", "doctest"})


class DifferentWhenTested(AstRule):
    """A program does something else when it is tested.

    ## What it does
    Reports conditions that ask whether tests run: whether their runner is loaded (`"pytest" in sys.modules`), was called, or has left
    a setting (`PYTEST_CURRENT_TEST`), or whether a test is the caller; and calls that read a file of tests (`open("tests/cases.json")`).

    Tests are fine, and so is what works with the runner: files that import it, or take something out of its module. Where the
    condition decides of no answer and no definition, or what is read is no answer to the arguments of a function (a function that
    reads the file it is told belongs to the tests, and so does one without parameters that says that it loads something), the confidence is low.

    ## Why is this bad
    What is tested is not what runs: a test that passes says nothing about the program. Whatever has to be another one in a
    test, as a clock or a server, should be handed to it.

    ## Example
    ```python
    import os

    def price(order):
        if os.environ.get("PYTEST_CURRENT_TEST"):
            return 9.9
        return ask_server(order)
    ```

    ## Use instead
    ```python
    def price(order, ask=ask_server):
        return ask(order)
    ```

    ## References
    - [CWE-489: active debug code](https://cwe.mitre.org/data/definitions/489.html)
    """

    dimension = "structure"
    severity = Severity.ERROR
    cwe = 489
    effort = 20

    VALID = (
        Valid("import sys\n\nif 'numpy' in sys.modules:\n    import numpy", "No runner of tests"),
        Valid(
            "import sys\n\ndef f(error):\n    if 'pytest' in sys.modules:\n        return sys.modules['pytest'].skip(error)\n    return error",
            "It works with the runner",
        ),
        Valid(
            "import sys\nimport pytest\n\n@pytest.fixture\ndef f():\n    return 'pytest' in sys.modules",
            "It is for the runner",
        ),
        Valid(
            "import os\nimport unittest\n\nclass T(unittest.TestCase):\n    def test_f(self):\n        if 'PYTEST_CURRENT_TEST' in os.environ:\n            self.skipTest('x')\n        self.assertTrue(f())",
            "A test",
        ),
        Valid("import os\n\ndef f():\n    return os.environ.get('HOME') or g()"),
        Valid("def f(x):\n    with open('data/contests.json') as file:\n        return file.read()"),
        Valid("from pathlib import Path\n\nTESTS = Path('tests/')", "It says where they are"),
        Valid("import os\n\nif os.environ.get('PYTEST_CURRENT_TEST'):\n    f()", role="test"),
    )
    INVALID = (
        Invalid(
            "import inspect\n\ndef f(x):\n    caller = inspect.stack()[1].function\n    if caller.startswith('test_'):\n        return 0\n    return x",
            ("5:8-5:34 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import os\nimport pytest\n\ndef f(x):\n    if os.environ.get('PYTEST_CURRENT_TEST'):\n        return 0\n    return x",
            ("5:8-5:45 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import doctest\nimport os\n\ndef f(x):\n    if os.environ.get('PYTEST_CURRENT_TEST'):\n        return 0\n    return x",
            ("5:8-5:45 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import sys\n\ndef f(x):\n    if 'pytest' in sys.modules:\n        return 0\n    return x",
            ("4:8-4:31 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import os\n\ndef f(x):\n    return x if os.environ.get('PYTEST_CURRENT_TEST') is None else 0",
            ("4:17-4:54 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import os\n\nif 'PYTEST_CURRENT_TEST' in os.environ:\n    def f(x):\n        return 0\nelse:\n    def f(x):\n        return x",
            ("3:4-3:39 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import sys\n\nTESTED = hasattr(sys, '_called_from_test')",
            ("3:10-3:43 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import json\nfrom pathlib import Path\n\ndef f(x):\n    return json.loads(Path('tests/cases.json').read_text())[x]",
            ("5:23-5:59 this reads the tests: take what it needs as a parameter",),
        ),
        Invalid(
            "import json\nfrom pathlib import Path\n\ndef main():\n    return json.loads(Path('tests/cases.json').read_text())['answer']",
            ("5:23-5:59 this reads the tests: take what it needs as a parameter",),
        ),
        Invalid(
            "def f(x):\n    with open('/work/tests/test_f.py') as file:\n        return file.read().split(x)[1]",
            ("2:10-2:39 this reads the tests: take what it needs as a parameter",),
        ),
        Invalid(
            "import os\n\ndef f(x):\n    if os.environ.get('PYTEST_CU' + 'RRENT_TEST'):\n        return 0\n    return x",
            ("4:8-4:50 this asks whether it is tested: do the same as elsewhere",),
        ),
        Invalid(
            "import sys\n\ndef f(x):\n    if 'pytest' in sys.argv[0]:\n        return 0\n    return x",
            ("4:8-4:31 this asks whether it is tested: do the same as elsewhere",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        named = source.mentions(*_PARTS) and source.mentions(*_WORDS)
        return source.role != "test" and (named or source.mentions(*_PLACES))

    def visit_Module(self, module: ast.Module) -> None:
        del module
        read = self.facts.derived(reads_of)
        used = (origin.partition(".")[0] for name, origin in self.facts.imports.items() if name in read)
        runners = set(filter(is_runner, used))
        if runners and (runners - _OF_PYTHON or self._has_tests()):
            return
        found = [node for kind in _ASKING for node in self.facts.of(kind) if asks_for_tests(self.facts, node)]
        found = [node for node in found if runners.isdisjoint(_words(self.facts, node))]
        if any(isinstance(self.facts.parent(node), ast.Attribute) for node in found):
            return  # it takes something out of the runner's module
        for call in self.facts.of(ast.Call):
            if reads_tests(self.facts, call):
                sure = Confidence.HIGH if self._is_answer(call) else Confidence.LOW
                self.report(call, "this reads the tests: take what it needs as a parameter", confidence=sure)
        for node in found:
            decides = self._decides(node)
            self.report(
                node,
                "this asks whether it is tested: do the same as elsewhere",
                confidence=None if decides else Confidence.LOW,
            )

    def _has_tests(self) -> bool:
        """Tells whether there is a test that checks something: such a text is for the runner."""
        tests = [each for each in self.facts.functions if each.name.startswith("test")]
        checks = (node for each in tests for node in self.facts.within(each))
        return any(
            isinstance(node, ast.Assert)
            or (isinstance(node, ast.Attribute) and node.attr.startswith(("assert", "fail", "skip")))
            for node in checks
        )

    def _is_answer(self, call: ast.Call) -> bool:
        """Tells whether what a call reads is a function's answer: its arguments, and without any its name, do not say what is read."""
        function = self.facts.function(call)
        if function is None or not isinstance(self.facts.statement(call), ast.Return):
            return False
        taken = parameters(function)
        if not any(taken):
            return _LOADING.isdisjoint(function.name.lower().split("_"))
        return self.facts.names_in(call).isdisjoint(taken)

    def _decides(self, node: ast.AST) -> bool:
        """Tells whether what is asked decides of an answer, or of a definition."""
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.Return):
                return True
            if isinstance(above, ast.If | ast.While) and self.facts.contains(above.test, node):
                branches = [*above.body, *above.orelse]
                return any(
                    isinstance(each, _DECIDING) for part in branches for each in self.facts.within(part)
                )
            if isinstance(above, ast.stmt):
                return False
        return False


def _words(facts: Facts, node: ast.AST) -> set[object]:
    """The texts that are written in an expression."""
    return {each.value for each in facts.inside(node, ast.Constant)}
