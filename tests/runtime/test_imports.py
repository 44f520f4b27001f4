"""Which modules a template reads before it forks."""

from __future__ import annotations

import dataclasses

import pytest

from quality.model import Profile
from quality.runtime import HostSpec, Task
from quality.runtime._books import Memory
from quality.runtime._imports import common_imports
from quality.runtime._pool import PoolEngine
from quality.runtime._template import Template


def test_only_what_more_than_one_text_imports_is_common() -> None:
    assert common_imports(
        ["import re\nimport json\n", b"if x:\n    import json\nfrom os.path import join\n"]
    ) == ("json",)


def test_a_text_counts_once_and_the_most_frequent_come_first() -> None:
    texts = [
        "import abc\nimport abc\nimport os.path\n",
        "import abc\nimport os.path\n",
        "import os.path\n",
        "import zlib\n",
    ]
    assert common_imports(texts) == ("os.path", "abc")


@pytest.mark.parametrize("name", ["numpy", "gi", "os.class", "os.1", "os.", "_ctypes", "óptica"])
def test_nothing_but_names_of_standard_modules_is_common(name: str) -> None:
    assert common_imports([f"import {name}\n"] * 2) == ()


def test_names_are_bounded() -> None:
    assert len(common_imports(["".join(f"import os.m{i}\n" for i in range(500))] * 2)) == 100


@pytest.mark.parametrize("sealed", [True, False])
def test_the_template_reads_common_modules_once_unless_the_profile_is_sealed(
    sealed: bool,  # noqa: FBT001 - a parameter of the test
    worker_profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[tuple[str, ...]] = []
    theirs = Template.read
    monkeypatch.setattr(Template, "read", lambda self, modules: (read.append(modules), theirs(self, modules)))
    engine = PoolEngine(HostSpec(dataclasses.replace(worker_profile, sealed=sealed)), 2, 5.0, forks=True)
    try:
        tasks = [Task(f"import json\nx = {number}\n") for number in range(40)]
        for _ in range(2):
            assert [each.score.measured for each in engine.run(tasks, Memory())] == [True] * 40
    finally:
        engine.close()
    assert read == ([] if sealed else [("json",)])
