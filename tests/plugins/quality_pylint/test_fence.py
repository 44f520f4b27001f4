from __future__ import annotations

import sys
import types

import pytest
from astroid.builder import AstroidBuilder
from astroid.manager import AstroidManager

from quality.model import Source


@pytest.fixture
def hostile_folder(tmp_path, monkeypatch):
    """A folder at the head of the path; every module in it leaves a trace when it runs."""
    trace = "open({!r}, 'w').close()\ndef require_version(*a): open({!r}, 'w').close()\n"
    marker = str(tmp_path / "ran")
    for name in ("gi", "numpy", "sibling", "_curses", "graphlib"):
        (tmp_path / f"{name}.py").write_text(trace.format(marker, marker) + "class Thing: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "import gi\ngi.require_version('Gtk', '3.0')\nfrom gi.repository import Gtk\nGtk.Window()\n",
        "import numpy as np\nx = np.zeros(3)\nx.no_such_thing\n",
        "import sibling\nsibling.Thing().missing\n",
        "from . import sibling\nsibling.Thing().missing\n",
        "import curses, _curses\n_curses.initscr().missing\n",
        "import graphlib\ngraphlib.TopologicalSorter()\n",
    ],
)
def test_no_module_beside_the_text_is_imported(analyzer, hostile_folder, text):
    analyzer.analyze(Source(text))
    assert not (hostile_folder / "ran").exists()
    assert not {"gi", "sibling"} & set(sys.modules)


def test_modules_that_are_not_the_standard_librarys_are_unknown(look, hostile_folder):
    assert look("import sibling\n\nprint(sibling.missing)\n") == []


@pytest.mark.parametrize("module", ["antigravity", "this", "unittest.__main__", "ensurepip.__main__"])
def test_looking_for_a_submodule_imports_no_standard_module(analyzer, module, capfd):
    """Some open a browser, print or start a program when they are imported."""
    assert module not in sys.modules
    analyzer.analyze(Source(f"import {module}.part\nfrom {module}.part import x\n{module}.part.y()\n"))
    analyzer.analyze(Source(f"import {module}\nfrom {module} import x\n{module}.y()\n"))
    assert module not in sys.modules
    assert capfd.readouterr() == ("", "")


def test_the_standard_library_is_known_with_its_packages_and_compiled_modules(look):
    text = (
        "import array\nimport collections.abc\nimport os.path\nimport xml.etree.ElementTree as tree\n\n"
        "print(array.nothing, collections.abc.nothing, os.path.nothing, tree.nothing)\n"
    )
    assert look(text) == ["no-member"] * 5


def test_large_parts_that_no_program_needs_are_not_parsed(analyzer):
    analyzer.analyze(Source("import test.test_typing\nimport idlelib.pyshell\ntest.test_typing.x()\n"))
    assert not {"test", "idlelib", "test.test_typing"} & set(AstroidManager().astroid_cache)


def test_astroid_is_left_as_it_was(analyzer):
    def state():
        return (
            AstroidManager.ast_from_module_name,
            AstroidManager.file_from_module_name,
            AstroidBuilder.delayed_assattr,
        )

    before = state()
    analyzer.analyze(Source("import os\nos.x = 1\n"))
    assert state() == before


def test_a_loaded_numpy_of_the_process_stays(analyzer, monkeypatch):
    mine = types.ModuleType("numpy")
    monkeypatch.setitem(sys.modules, "numpy", mine)
    analyzer.analyze(Source("import numpy\nnumpy.zeros(3)\n"))
    assert sys.modules["numpy"] is mine


def test_distutils_is_unknown_wherever_it_comes_from(look, tmp_path, monkeypatch):
    package = tmp_path / "distutils"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "errors.py").write_text("")
    text = "import distutils.errors\n\nprint(distutils.errors.missing, distutils.missing)\n"
    without = look(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert look(text) == without
    assert not [each for each in without if "no-member" in str(each)]
