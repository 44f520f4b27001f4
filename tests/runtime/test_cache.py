"""The results cache: right or not used, never wrong and never in the way."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import pickle
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from quality.model import Analysis, Profile, Reason, Status
from quality.runtime import CacheWarning, Scorer, Task, _cache
from quality.runtime._books import Memory
from quality.runtime._cache import Cache, _decoded, _encoded
from quality.runtime._stamp import code_digest
from quality.runtime._task import Outcome, task_key
from quality.scoring import unmeasured

TEXTS = ["SEEN\n", "SEEN\n\n", "x = 1\n", "def (", ""]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "results.sqlite"


def outcome(profile: Profile, detail: str = "", reason: Reason = Reason.EMPTY, mark: str = "f") -> Outcome:
    return Outcome(Analysis("a.py", "", reason=reason), unmeasured(profile, mark, reason, detail, "a.py"))


@pytest.mark.parametrize("workers", [0, 1])
def test_what_was_judged_is_not_judged_again(worker_profile: Profile, file: Path, workers: int) -> None:
    with Scorer(worker_profile, workers=workers, cache=file) as scorer:
        first = list(scorer.score_many(TEXTS))
        assert list(scorer.score_many(TEXTS)) == first
    with Scorer(worker_profile, workers=1 - workers, cache=file) as scorer:
        assert list(scorer.score_many(TEXTS)) == first  # SEEN would count on


def test_no_result_of_another_fingerprint_is_given(worker_profile: Profile, file: Path) -> None:
    with Scorer(worker_profile, cache=file) as scorer:
        mine = scorer.score("x = 1\n")
    other = dataclasses.replace(worker_profile, suppressed_factor=0.5)
    with Scorer(other, cache=file) as scorer:
        assert scorer.score("x = 1\n").fingerprint == scorer.fingerprint != mine.fingerprint


def test_a_row_that_was_moved_to_another_fingerprint_is_no_result(
    worker_profile: Profile, file: Path
) -> None:
    cache = Cache(file, "f")
    cache.keep(b"key", outcome(worker_profile, mark="g"))
    cache.save()
    assert cache.recall(b"key") is None
    cache.close()


@pytest.mark.parametrize("text", ["RAISE\n", "EXIT\n", "GREEDY\n"])
def test_what_another_try_could_change_is_not_kept(worker_profile: Profile, file: Path, text: str) -> None:
    with Scorer(worker_profile, workers=1, cache=file) as scorer:
        assert scorer.score(text).status is Status.UNMEASURED
        assert scorer._cache is not None
        assert scorer._cache.recall(task_key(Task(text))) is None


def test_results_come_back_equal(worker_profile: Profile) -> None:
    with Scorer(worker_profile) as scorer:
        for each in scorer.run(map(Task, TEXTS)):
            assert _decoded(b"key", _encoded(b"key", each)) == each
            assert _decoded(b"other", _encoded(b"key", each)) is None


@pytest.mark.parametrize("damaged", ["substr(value, 1, 40)", "'text'", "0", "x''"])
def test_damaged_rows_are_judged_anew_and_replaced(worker_profile: Profile, file: Path, damaged: str) -> None:
    with Scorer(worker_profile, cache=file) as scorer:
        first = scorer.score("SEEN\n")
    with sqlite3.connect(file) as rows:
        rows.execute(f"UPDATE outcomes SET value = {damaged}")
    rows.close()
    for _ in range(2):
        with Scorer(worker_profile, cache=file) as scorer:
            assert scorer.score("SEEN\n") == first
    with sqlite3.connect(file) as rows:
        assert [kind for (kind,) in rows.execute("SELECT typeof(value) FROM outcomes")] == ["blob"]
    rows.close()


def test_a_row_under_another_key_is_no_result(worker_profile: Profile, file: Path) -> None:
    cache = Cache(file, "f")
    for key in (b"one", b"other"):
        cache.keep(key, outcome(worker_profile, detail=key.decode()))
    cache.save()
    with sqlite3.connect(file) as rows:
        rows.execute("UPDATE outcomes SET value = (SELECT value FROM outcomes ORDER BY rowid LIMIT 1)")
    rows.close()
    one, other = cache.recall(b"one"), cache.recall(b"other")
    assert one is not None
    assert other is None
    cache.close()


class Payload:
    def __reduce__(self) -> tuple[object, ...]:
        return os.putenv, ("QUALITY_CANARY", "1")


@pytest.mark.parametrize("forged", [Payload(), [Payload()], "text", 1, None])
def test_a_forged_row_is_never_called(forged: object) -> None:
    data = pickle.dumps(forged)
    checksum = hashlib.sha256(b"key" + data).digest()[:8]
    assert _decoded(b"key", checksum + data) is None


@pytest.mark.parametrize("content", [b"no database" * 200, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_file_that_is_no_cache_is_named_and_left_alone(
    worker_profile: Profile, file: Path, content: bytes
) -> None:
    file.write_bytes(content)
    with pytest.warns(CacheWarning, match=r"results\.sqlite is not used"):
        scorer = Scorer(worker_profile, cache=file)
    assert [score.status for score in scorer.score_many(["x = 1\n"])] == [Status.MEASURED]
    scorer.close()
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(worker_profile: Profile, file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE mine (a)")
    other.close()
    before = file.read_bytes()
    with pytest.warns(CacheWarning, match="another program"):
        Scorer(worker_profile, cache=file).close()
    assert file.read_bytes() == before


def test_a_folder_that_does_not_exist_is_named(worker_profile: Profile, tmp_path: Path) -> None:
    with pytest.warns(CacheWarning, match="unable to open"):
        Scorer(worker_profile, cache=tmp_path / "no" / "results").close()


def test_a_cache_that_cannot_be_written_still_gives_results(worker_profile: Profile, file: Path) -> None:
    with Scorer(worker_profile, cache=file) as scorer:
        first = scorer.score("SEEN\n")
    with Scorer(worker_profile, cache=file) as scorer:
        assert scorer._cache is not None
        assert scorer._cache._file is not None
        scorer._cache._file.execute("PRAGMA query_only = 1")
        with pytest.warns(CacheWarning, match="takes no new results: attempt to write a readonly database"):
            assert [score.status for score in scorer.score_many(["x = 2\n"])] == [Status.MEASURED]
        assert scorer.score("SEEN\n") == first
        assert scorer.score("x = 3\n").status is Status.MEASURED


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that its owner alone can write, with everyone else looking on; root looks on as nobody."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "cache"
        folder.mkdir()
        Path(name).chmod(0o755)
        yield folder
        folder.chmod(0o755)


@contextlib.contextmanager
def looking_on(folder: Path, *, folder_too: bool) -> Iterator[None]:
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555 if folder_too else 0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("folder_too", [True, False])
def test_a_cache_that_cannot_be_written_is_read_and_said_to_be_once(
    worker_profile: Profile, shared_folder: Path, monkeypatch: pytest.MonkeyPatch, *, folder_too: bool
) -> None:
    # Nobody may be unable to read the code and the metadata that are part of a key.
    monkeypatch.setattr(_cache, "code_digest", lambda: "the same")
    monkeypatch.setattr(_cache, "version", lambda _: "the same")
    file = shared_folder / "results.sqlite"
    written = Cache(file, "f")
    written.keep(b"known", outcome(worker_profile))
    written.close()
    before = file.read_bytes()
    with looking_on(shared_folder, folder_too=folder_too), warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        cache = Cache(file, "f")
        assert cache.recall(b"known") == outcome(worker_profile)
        assert cache.recall(b"new") is None
        for number in range(3):
            cache.keep(b"new %d" % number, outcome(worker_profile))
            cache.save()
        cache.close()
    assert [str(one.message).partition(": ")[0] for one in said] == [
        f"The results cache {file} takes no new results"
    ]
    assert "writable" in str(said[0].message)
    assert file.read_bytes() == before


def test_the_file_stays_below_its_limit(worker_profile: Profile, file: Path) -> None:
    cache = Cache(file, "f", limit=400_000)
    for n in range(1_500):
        cache.keep(b"%d" % n, outcome(worker_profile, f"{n}" * 300))
    cache.close()
    assert file.stat().st_size < 600_000
    cache = Cache(file, "f")
    assert cache.recall(b"0") is None
    assert cache.recall(b"1499") is not None
    cache.close()


def test_several_processes_share_a_file(worker_profile: Profile, file: Path) -> None:
    script = """if True:
        import pickle, sys
        from quality.runtime._cache import Cache
        cache = Cache(sys.argv[1], "f")
        made = pickle.loads(bytes.fromhex(sys.argv[2]))
        for n in range(300):
            cache.keep(b"%d" % (n * 2 + int(sys.argv[3])), made)
        cache.close()
    """
    made = pickle.dumps(outcome(worker_profile)).hex()
    command = [sys.executable, "-W", "error", "-c", script, str(file), made]
    paths = os.environ | {"PYTHONPATH": str(file.parent)}  # where the plugin is: the same code judges
    running = [subprocess.Popen([*command, str(n)], env=paths) for n in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    cache = Cache(file, "f")
    assert all(cache.recall(b"%d" % n) for n in range(600))
    cache.close()


def test_a_memory_is_bounded(worker_profile: Profile) -> None:
    memory = Memory()
    made = outcome(worker_profile)
    for n in range(5_000):
        memory.keep(b"%d" % n, made)
    assert memory.recall(b"0") is None
    assert memory.recall(b"4999") is made


def test_a_result_of_other_code_is_no_result(
    worker_profile: Profile, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(file, "f")
    cache.keep(b"key", outcome(worker_profile))
    cache.close()
    monkeypatch.setattr("quality.runtime._cache.code_digest", lambda: "changed")
    cache = Cache(file, "f")
    assert cache.recall(b"key") is None
    cache.close()


def test_the_digest_of_the_code_follows_the_files_of_plugins(
    worker_profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "worker_plugin", raising=False)
    before = code_digest()
    assert code_digest() == before
    plugin = tmp_path / "worker_plugin.py"
    plugin.write_text(plugin.read_text("utf-8") + "\n", "utf-8")
    assert code_digest() != before
