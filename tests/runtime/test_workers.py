"""Where workers come from and how they go."""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quality.model import HostError, Profile, Reason, Status
from quality.runtime import HostSpec, Scorer, Task
from quality.runtime import _template as template_module
from quality.runtime._books import Memory
from quality.runtime._pool import PoolEngine
from quality.runtime._worker import Order

GOOD = "x = 1\n"


def said(engine: PoolEngine, text: str) -> str:
    (outcome,) = engine.run([Task(text)], Memory())
    (finding,) = outcome.score.findings
    return finding.message


@pytest.fixture(params=[True, False], ids=["forked", "started"])
def engine(request: pytest.FixtureRequest, worker_profile: Profile) -> Iterator[PoolEngine]:
    engine = PoolEngine(HostSpec(worker_profile), 2, 0.3, forks=request.param)
    yield engine
    engine.close()


def test_however_workers_start_results_are_equal(worker_profile: Profile, engine: PoolEngine) -> None:
    texts = [GOOD, "ENVIRONMENT\n", "HASH\n", "CWD\n", "def ("]
    with Scorer(worker_profile, workers=1) as scorer:
        assert [one.score for one in engine.run(map(Task, texts), Memory())] == list(scorer.score_many(texts))


def test_however_workers_start_a_loss_is_made_good(engine: PoolEngine) -> None:
    outcomes = list(
        engine.run(map(Task, [GOOD, "EXIT\n", "SPIN\n", "STUBBORN\n", "GREEDY\n", "\n" + GOOD]), Memory())
    )
    reasons = [outcome.score.reason for outcome in outcomes]
    assert reasons == [None, Reason.CRASH, Reason.TIMEOUT, Reason.TIMEOUT, Reason.MEMORY, None]


def test_workers_are_gone_when_the_engine_closes(engine: PoolEngine) -> None:
    pid = int(said(engine, "PID\n"))
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("order", [Order.READ, Order.START])
def test_an_interrupt_before_an_answer_costs_no_later_one(order: Order, worker_profile: Profile) -> None:
    template = template_module.Template(HostSpec(worker_profile), 1.0, forks=True)
    template.identity()
    worker = template.worker()
    template._send((order, ("json",)))  # the interrupt comes before the answer is read
    if order is Order.START:
        with (Path(os.devnull)).open() as nothing:
            socket.send_fds(template._socket, [b"."], [nothing.fileno()])
    assert template.end(worker._pid) == -signal.SIGKILL
    template.close()
    worker.channel.close()


def test_a_worker_sees_no_file_of_its_parent(worker_profile: Profile, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - its only form
        with Scorer(worker_profile, workers=2) as scorer:
            (finding,) = scorer.score("FILES\n").findings
    assert "secret" not in finding.message


def test_a_worker_that_judged_many_texts_is_replaced(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=1) as scorer:
        pids = {
            score.findings[0].message for score in scorer.score_many(f"PID  # {n}\n" for n in range(2_001))
        }
    assert len(pids) == 2


def test_a_worker_that_grew_is_replaced(worker_profile: Profile) -> None:
    with Scorer(worker_profile, workers=1) as scorer:
        texts = ["PID  # 1\n", "PID = 'LARGE'\n", "PID  # 2\n"]
        first, second, third = (score.findings[0].message for score in scorer.score_many(texts))
    assert first == second != third


def test_a_template_that_died_is_replaced(worker_profile: Profile) -> None:
    engine = PoolEngine(HostSpec(worker_profile), 1, 0.3)
    try:
        engine._templates[0]._process.kill()
        engine._templates[0]._process.wait()
        lost, good = engine.run(map(Task, ["EXIT\n", GOOD]), Memory())
        assert lost.score.reason is Reason.CRASH
        assert good.score.status is Status.MEASURED
    finally:
        engine.close()


def test_processes_that_do_not_start_say_why(
    worker_profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_module, "_START", "raise SystemExit('no luck today')  # {paths} {channel}")
    with pytest.raises(HostError, match="exit code 1: no luck today"):
        Scorer(worker_profile, workers=1)


def test_processes_that_end_before_they_are_told_anything_say_why_and_leave_no_file_open(
    worker_profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen

    def ended(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        process = start(*arguments, **options)
        process.wait()
        return process

    monkeypatch.setattr(template_module, "_START", "raise SystemExit('no luck today')  # {paths} {channel}")
    monkeypatch.setattr(subprocess, "Popen", ended)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(HostError, match="exit code 1: no luck today"):
        Scorer(worker_profile, workers=1)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("HANG", r"did not finish a first, harmless text within 0\.2 s\. Repair the plugin"),
        ("SPIN", r"did not finish a first, harmless text within 0\.2 s\. Repair the plugin"),
        ("STUBBORN", r"lost their process \(exit code -26\)"),
    ],
)
def test_analyzers_that_never_finish_any_text_are_an_error(
    text: str, told: str, worker_profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template_module, "_START", _reading(text, 0.2))
    with pytest.raises(HostError, match=told):
        Scorer(worker_profile, workers=1)


def _reading(text: str, seconds: float) -> str:
    """The code of a template whose analyzers first read this text."""
    before = f"from quality.runtime import _worker; _worker._WARM = {text!r}; _worker._READING = {seconds}; "
    return template_module._START.replace("from quality", f"{before}from quality", 1)


def test_no_template_outlives_a_parent_that_it_has_not_answered_yet(
    worker_profile: Profile, tmp_path: Path
) -> None:
    script = f"""
        import pickle, sys, os, signal
        sys.path += {[str(tmp_path), *template_module._import_paths()]!r}
        from quality.runtime import _template
        _template._import_paths = lambda: {[*template_module._import_paths()]!r}
        _template._START = {_reading("HANG", 60.0)!r}
        template = _template.Template(pickle.loads(bytes.fromhex(sys.argv[1])), 60.0, forks=True)
        print(template._process.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    spec = pickle.dumps(HostSpec(worker_profile)).hex()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), spec], stdout=subprocess.PIPE, check=False, text=True
    )
    assert done.returncode == -signal.SIGKILL
    _wait_for_end(int(done.stdout))


@pytest.mark.parametrize("text", [GOOD, "HANG\n"])
def test_no_process_outlives_its_parent(worker_profile: Profile, tmp_path: Path, text: str) -> None:
    """Not even when the parent is killed while a worker waits for ever."""
    script = f"""
        import pickle, sys, os, signal
        sys.path += {[str(tmp_path), *template_module._import_paths()]!r}
        from quality.runtime import _template, HostSpec, Task
        from quality.runtime._pool import PoolEngine
        _template._import_paths = lambda: {[*template_module._import_paths()]!r}
        engine = PoolEngine(pickle.loads(bytes.fromhex(sys.argv[1])), 1, 60.0)
        print(engine._templates[0]._process.pid, engine._workers[0]._pid, flush=True)
        engine._workers[0].send(0, Task({text!r}))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    spec = pickle.dumps(HostSpec(worker_profile)).hex()
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), spec], stdout=subprocess.PIPE, check=False, text=True
    )
    assert done.returncode == -signal.SIGKILL
    for pid in map(int, done.stdout.split()):
        _wait_for_end(pid)


def _wait_for_end(pid: int) -> None:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(handle, selectors.EVENT_READ)
            assert selector.select(timeout=30), f"process {pid} lives"
    finally:
        os.close(handle)


def test_a_worker_that_cannot_be_started_is_an_error_with_its_cause(
    worker_profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("quality.runtime._template.socket.socketpair", refused)
    with pytest.raises(HostError, match=r"does not start: Too many open files\. Use fewer"):
        PoolEngine(HostSpec(worker_profile), 1, 1.0)


def test_a_template_that_cannot_be_started_leaves_no_file_open(
    worker_profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr("quality.runtime._template.subprocess.Popen", refused)
    with pytest.raises(HostError, match=r"does not start: .*Cannot allocate memory"):
        PoolEngine(HostSpec(worker_profile), 1, 1.0)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_an_interpreter_found_through_a_relative_path_starts_workers() -> None:
    code = "import quality; print(quality.Scorer(workers=1).score('total = len(input())\\n').status)"
    done = subprocess.run(
        ["python", "-c", code],
        cwd=sys.prefix,
        env={**os.environ, "PATH": "bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "measured\n"), done.stderr
