"""A plugin that worker processes can load: they know nothing of this process but what is installed."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from quality_fakes import profile

from quality.model import AnalyzerUse, Limits, Profile
from quality.runtime import _template

#: What a text makes the analyzer do in its worker.
_MODULE = """
    import os
    import time

    from quality.model import AnalyzerResult, Finding, Location, Measure, Metric, Rule, Scope, Score, Severity
    from quality.plugins import hookimpl

    RULE = Rule("worker:said", "Something said", "clarity", Severity.NOTE, "It is there.", "worker")


    class WorkerAnalyzer:
        id = "worker"
        version = "1"
        options = ()

        def open(self, context):
            self.rules = context.rules
            self.seen = 0

        def analyze(self, source):
            self.seen += 1
            text = source.text
            if "EXIT" in text:
                os._exit(9)
            if "HANG" in text:
                while True:
                    time.sleep(0.01)
            while "SPIN" in text:
                pass
            while "STUBBORN" in text:
                try:
                    while True:
                        pass
                except BaseException:
                    pass
            if "GREEDY" in text:
                bytearray(1 << 40)
            if "RAISE" in text:
                raise RuntimeError("asked to")
            if "LARGE" in text:
                large = bytearray(300 << 20)
                large[::4096] = b"x" * len(large[::4096])
            print("noise on stdout")
            tell = {
                "PID": os.getpid, "CWD": os.getcwd, "SEEN": lambda: self.seen,
                "ENVIRONMENT": lambda: sorted(os.environ), "HASH": lambda: hash("seed"),
                "FILES": lambda: [os.path.realpath(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")],
            }
            said = [str(answer()) for word, answer in tell.items() if word in text]
            scope = Scope("module", "<module>", 1, len(source.lines))
            return AnalyzerResult(
                tuple(Finding.of(RULE, message, Location(source.path, 1)) for message in said),
                (Measure("fake:complexity", 0, scope), Measure("fake:lloc", source.outline.lloc, scope)),
            )


    @hookimpl
    def quality_analyzers():
        return [WorkerAnalyzer()]


    @hookimpl
    def quality_rules():
        return [RULE]


    @hookimpl
    def quality_metrics():
        return [Metric("fake:complexity", "C", "points"), Metric("fake:lloc", "S", "statements")]


    @hookimpl
    def quality_score(analysis, profile):
        if analysis.reason is None and "bad-formula" in profile.description:
            raise ValueError("no formula")
"""


@pytest.fixture
def worker_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """A sealed profile whose plugin is installed where this process and its workers look."""
    info = tmp_path / "worker_plugin-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: worker-plugin\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[quality]\nworker = worker_plugin\n", "utf-8")
    (tmp_path / "worker_plugin.py").write_text(textwrap.dedent(_MODULE), "utf-8")
    paths = [*_template._import_paths(), str(tmp_path)]
    monkeypatch.setattr(_template, "_import_paths", lambda: paths)
    monkeypatch.syspath_prepend(str(tmp_path))
    return profile(
        analyzers=(AnalyzerUse("worker"),),
        distribution="worker-plugin",
        select=("worker:*",),
        limits=Limits(characters=10_000_000, line_length=10_000_000),
    )
