"""Nothing around a text runs or changes its score: not its folder, not the user's files, not the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

SAMPLE = """\
import os
import gi
import numpy
import helper

gi.require_version("Gtk", "3.0")
numpy.array([1]).shape


def read(name, seen=[]):
    seen.append(name)
    return os.popen("cat " + name).read(), helper.f(), numpy.x
"""

pytestmark = pytest.mark.hostile


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("canary") / "sang"


def sing(canary: Path, name: str) -> str:
    return f"open({str(canary)!r}, 'a').write({name!r})"


def plant(folder: Path, canary: Path) -> None:
    """Puts every way in that is known into a folder."""

    def put(name: str, text: str) -> None:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    ini = f"init-hook={sing(canary, 'init-hook')}\nload-plugins=evil_plugin\nevaluation={sing(canary, 'evaluation')}\ndisable=all\n"
    for name in ("pylintrc", ".pylintrc"):
        put(name, f"[MAIN]\n{ini}")
    put("setup.cfg", f"[pylint.MAIN]\n{ini}\n[bandit]\nskips = B605\n[flake8]\nignore = E\n")
    put("tox.ini", f"[pylint.MAIN]\n{ini}\n[bandit]\nskips = B605\n[radon]\nexclude = *\n")
    hook = json.dumps(sing(canary, "toml"))
    toml = f"[tool.pylint.main]\ninit-hook = {hook}\nload-plugins = ['evil_plugin']\ndisable = ['all']\n"
    put("pylintrc.toml", toml)
    put("pyproject.toml", toml + "[tool.bandit]\nskips = ['B605']\n[tool.quality]\nignore = ['*']\n")
    put("quality.toml", "ignore = ['*']\nprofile = 'nobody'\n")
    put(".bandit", "[bandit]\nskips = B605\n")
    put("radon.cfg", "[radon]\nexclude = *\n")
    put("complexipy.toml", "max-complexity = 1\n")
    put(".libcst.codemod.yaml", "modules: [evil_plugin]\n")
    shadows = (
        *(
            "gi",
            "numpy",
            "helper",
            "evil_plugin",
            "pylint",
            "astroid",
            "bandit",
            "radon",
            "libcst",
            "complexipy",
            "quality",
        ),
        *(
            "quality_pylint",
            "quality_rules",
            "pluggy",
            "click",
            "rich",
            "ast",
            "tokenize",
            "json",
            "random",
            "string",
            "logging",
        ),
        *("sitecustomize", "usercustomize"),
    )
    for name in shadows:
        put(f"{name}.py", sing(canary, name))
    put("gi/__init__.py", sing(canary, "gi package"))
    put("numpy/__init__.py", sing(canary, "numpy package"))
    put("evil.pth", f"import os; {sing(canary, 'pth')}\n")
    put("evil-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    put(
        "evil-1.dist-info/entry_points.txt",
        "[quality]\nevil = evil_plugin\n[bandit.plugins]\nevil = evil_plugin\n[bandit.formatters]\nevil = evil_plugin\n",
    )
    put("evil.egg-info/PKG-INFO", "Metadata-Version: 2.1\nName: evil-egg\nVersion: 1\n")
    put("evil.egg-info/entry_points.txt", "[bandit.plugins]\negg = evil_plugin\n")
    for name in ("_curses", "_tkinter", "_dbm", "_ctypes"):
        suffix = str(sysconfig.get_config_var("EXT_SUFFIX"))
        (folder / f"{name}{suffix}").write_bytes(b"\x7fELF no library")
        (folder / f"{name}.so").write_bytes(b"\x7fELF no library")


def quality(folder: Path, *arguments: str, given: str = "", **environment: str) -> str:
    """Runs the installed command in a folder."""
    command = Path(sys.executable).with_name("quality")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYLINT", "HOME"))
    }
    done = subprocess.run(
        [command, *arguments],
        cwd=folder,
        env=kept | environment,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def score(folder: Path, **environment: str) -> str:
    line = json.dumps({"id": 1, "code": SAMPLE})
    return quality(folder, "score", "-j", "1", given=line + "\n", **environment)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> str:
    return score(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory, canary: Path) -> Path:
    folder = tmp_path_factory.mktemp("trap")
    plant(folder, canary)
    return folder


def test_the_canary_sings_when_it_is_called(trap: Path, canary: Path) -> None:
    """Else the tests below would prove nothing."""
    subprocess.run(
        [sys.executable, "-c", "import numpy"], cwd=trap, check=True, env={"PYTHONPATH": str(trap)}
    )
    assert "numpy package" in canary.read_text()
    canary.unlink()


def test_a_sample_is_scored_alike_in_a_folder_of_traps(clean: str, trap: Path, canary: Path) -> None:
    assert json.loads(clean)["status"] == "measured"
    assert score(trap) == clean
    assert not canary.exists()


def test_the_users_files_change_nothing(clean: str, trap: Path, canary: Path, tmp_path: Path) -> None:
    settings = {"HOME": trap, "XDG_CONFIG_HOME": trap, "PYLINTRC": trap / "pylintrc", "PYLINTHOME": trap}
    assert score(tmp_path, **{name: str(value) for name, value in settings.items()}) == clean
    assert not canary.exists()


def test_workers_ignore_the_path_that_the_parent_was_given(clean: str, canary: Path, tmp_path: Path) -> None:
    """PYTHONPATH rules the parent, as of every Python program; the analyzers run in workers, which have none."""
    folder = tmp_path / "path"
    folder.mkdir()
    for name in ("gi", "numpy", "helper", "evil_plugin", "pylint", "astroid", "radon"):
        (folder / f"{name}.py").write_text(sing(canary, name), "utf-8")
    assert score(tmp_path, PYTHONPATH=str(folder), PYTHONHASHSEED="7", PYTHONWARNINGS="ignore") == clean
    assert not canary.exists()


@pytest.mark.parametrize("jobs", ["0", "1"])
def test_a_tree_of_traps_is_checked_without_running_it(trap: Path, canary: Path, jobs: str) -> None:
    (trap / "sample.py").write_text(SAMPLE, "utf-8")
    report = json.loads(
        quality(trap, "check", ".", "--no-config", "--no-cache", "--format", "json", "-j", jobs)
    )
    assert len(report["sources"]) > 20
    assert not canary.exists()
