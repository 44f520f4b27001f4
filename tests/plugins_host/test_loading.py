"""Find and load: each entry point alone, a broken one is a value with a remedy."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from quality_fakes import found

from quality.cli._app import run
from quality.plugins import (
    BrokenPlugin,
    FoundPlugin,
    LoadedPlugin,
    aside,
    find_plugins,
    load_plugin,
    load_plugins,
)


def install(folder: Path, name: str, entry_points: str, module: str = "") -> None:
    """Makes a folder look like a site-packages with one installed distribution."""
    info = folder / f"{name.replace('-', '_')}-2.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    (folder / f"{name.replace('-', '_')}.py").write_text(module, encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_an_installed_distribution_is_found_with_its_version(site: Path) -> None:
    install(site, "wonder-plugin", "[some-group]\nwonder = wonder_plugin\n")
    assert find_plugins("some-group") == (FoundPlugin("wonder-plugin", "wonder", "2.1", "wonder_plugin"),)


def test_plugins_are_found_in_the_order_of_distribution_and_name(site: Path) -> None:
    install(site, "b-plugin", "[some-group]\nz = b_plugin\na = b_plugin\n")
    install(site, "a-plugin", "[some-group]\nm = a_plugin\n")
    order = [(plugin.distribution, plugin.name) for plugin in find_plugins("some-group")]
    assert order == [("a-plugin", "m"), ("b-plugin", "a"), ("b-plugin", "z")]


def test_a_distribution_that_is_on_the_path_twice_is_found_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("one", "two"):
        install(tmp_path / folder, "twice-plugin", "[some-group]\nonly = twice_plugin\n")
        monkeypatch.syspath_prepend(str(tmp_path / folder))
    assert len(find_plugins("some-group")) == 1


def test_finding_imports_nothing(site: Path) -> None:
    install(site, "lazy-plugin", "[some-group]\nlazy = lazy_plugin\n", "raise RuntimeError")
    find_plugins("some-group")
    assert "lazy_plugin" not in sys.modules


def test_a_module_loads() -> None:
    outcome = load_plugin(found("json", value="json"))
    assert isinstance(outcome, LoadedPlugin)
    assert outcome.plugin is sys.modules["json"]


@pytest.mark.parametrize(
    ("module", "says"),
    [
        ("import no_such_module_at_all", "ModuleNotFoundError"),
        ("def (", "SyntaxError"),
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("raise RuntimeError('first line\\nsecond line')", "RuntimeError: first line)"),
    ],
)
def test_a_plugin_whose_import_fails_names_itself_and_the_remedy(site: Path, module: str, says: str) -> None:
    (site / "broken_one.py").write_text(module, encoding="utf-8")
    outcome = load_plugin(found("broken", "broken-one", "broken_one"))
    assert isinstance(outcome, BrokenPlugin)
    assert says in outcome.error
    assert "'broken' of broken-one 1.0" in outcome.error
    assert "pip install -U broken-one" in outcome.error
    assert "second line" not in outcome.error


def test_an_entry_point_to_a_missing_object_is_broken() -> None:
    assert isinstance(load_plugin(found("x", value="json:no_such_thing")), BrokenPlugin)


NOISY = """
from quality import hookimpl
print("noise of the import")


@hookimpl
def quality_rules():
    print("noise of a hook")
    return []
"""


def test_what_a_plugin_prints_is_no_result(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install(site, "noisy-plugin", "[quality]\nnoisy = noisy_plugin\n", NOISY)
    plugins = load_plugins([FoundPlugin("noisy-plugin", "noisy", "2.1", "noisy_plugin")])
    sys.stdout.write("the result\n")
    captured = capsys.readouterr()
    assert not plugins.broken
    assert captured.out == "the result\n"
    assert captured.err == "noise of the import\nnoise of a hook\n"


def test_only_threads_inside_write_aside_and_the_last_gives_standard_output_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = sys.stdout
    inside, done = threading.Event(), threading.Event()

    def work() -> None:
        with aside():
            inside.set()
            done.wait(10)
            sys.stdout.write("elsewhere\n")

    thread = threading.Thread(target=work)
    thread.start()
    assert inside.wait(10)
    with aside():
        sys.stdout.write("here\n")
    sys.stdout.write("there\n")
    done.set()
    thread.join()
    assert sys.stdout is before
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("there\n", "here\nelsewhere\n")


def test_inside_of_inside_is_inside(capsys: pytest.CaptureFixture[str]) -> None:
    with aside():
        with aside():
            sys.stdout.write("first\n")
        sys.stdout.write("second\n")
    sys.stdout.write("third\n")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("third\n", "first\nsecond\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "mine.py", "--profile", "theirs"),
        ("check", "mine.py", "--format", "theirs"),
        ("explain", "theirs:rule"),
    ],
)
def test_what_a_broken_plugin_may_have_brought_is_missed_with_its_name(
    arguments: tuple[str, ...],
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    install(site, "torn-plugin", "[quality]\ntorn = torn_plugin\n", "import lost_module\n")
    (site / "mine.py").write_text("x = f()\n")
    monkeypatch.chdir(site)
    assert run(list(arguments)) == 2
    told = capsys.readouterr().err
    assert "There is no " in told
    assert "Plugin 'torn' of torn-plugin 2.1 does not load (ModuleNotFoundError: No module named" in told


def test_each_format_is_known_with_the_plugin_that_brings_it() -> None:
    plugins = load_plugins()
    assert plugins.makers.keys() == plugins.renderers.keys()
    assert plugins.makers["html"] == "quality:reports"
