"""The command ``quality serve``: a process of its own, the real analyzers, real connections."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from http_caller import Caller
from service_fakes import until

from quality.cli._app import run
from quality.rewards import QualityReward
from quality.runtime import Scorer

TOKEN = "a-token-of-many-letters"
GOOD = "def mean(values):\n    return sum(values) / len(values)\n"
SMELLY = "import os\n\n\ndef run(command, seen=[]):\n    os.system(command)\n    return seen\n"


def code(number: int) -> str:
    """A text that no other number has."""
    return (
        f"def f{number}(a, b=[]):\n    b.append(a == None)\n    return [x for x in b if x is not {number}]\n"
    )


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen[str]
    caller: Caller

    def workers(self) -> list[int]:
        templates = children(self.process.pid)
        return [worker for template in templates for worker in children(template)]

    def given(self) -> int:
        """Results that its scorer has given."""
        numbers = self.caller.get("/metrics").body.decode()
        return int(float(numbers.partition("\nquality_scorer_texts_total ")[2].partition("\n")[0]))


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextlib.contextmanager
def serving(folder: Path, *arguments: str, token: str = "") -> Iterator[Served]:
    command = [sys.executable, "-m", "quality", "serve", "--port", "0", "--jobs", "2", *arguments]
    environment = {**os.environ, "QUALITY_TOKEN": token} if token else None
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder, env=environment) as process:
        try:
            said = process.stderr.readline()
            assert "serving at http://127.0.0.1:" in said, said + process.stderr.read()
            port = int(said.partition("127.0.0.1:")[2].partition(" ")[0])
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            yield Served(process, Caller(port, headers))
        finally:
            process.kill()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), token=TOKEN) as running:
        yield running


def test_scores_are_the_bytes_of_the_command(served: Served, tmp_path: Path) -> None:
    samples = [
        {"id": "a", "code": GOOD, "status": "mine"},
        {"id": 2, "completion": f"So:\n```python\n{SMELLY}```"},
        {"code": "def ("},
        {"code": "x = '\ud800'\n"},
        {"code": "x = 1 + " + "1 + " * 3_000 + "1\n"},
        {"completion": None},
        {"code": 'exec("a")\n', "none": [None]},
    ]
    lines = b"".join(json.dumps(sample).encode() + b"\n" for sample in samples) + b"{\n"
    (tmp_path / "in.jsonl").write_bytes(lines)
    command = [sys.executable, "-m", "quality", "score", "in.jsonl", "-o", "out.jsonl", "-j", "1"]
    subprocess.run(command, cwd=tmp_path, check=True)
    expected = (tmp_path / "out.jsonl").read_bytes()
    assert served.caller.post("/score", lines, "application/x-ndjson").body == expected
    one_by_one = [served.caller.post("/score", sample).body for sample in samples]
    assert (
        b"".join(one_by_one)
        == b"".join(expected.splitlines(keepends=True)[:5]) + one_by_one[5] + one_by_one[6]
    )
    assert served.caller.post("/score", samples).json == [
        json.loads(line) for line in expected.splitlines()[: len(samples)]
    ]


def test_rewards_are_those_of_the_library(served: Served) -> None:
    completions = [f"```python\n{code(1)}```", f"```python\n{SMELLY}```", "none", f"```\n{GOOD}```"]
    columns = {"passed": [True, True, True, 0.25], "prompts": ["p"] * 4}
    with QualityReward() as reward:
        assert served.caller.post("/reward", {"completions": completions, **columns}).json == {
            "rewards": reward(completions, **columns),
            "components": reward.components(completions, **columns),
            "profile": "sample",
            "fingerprint": served.caller.get("/healthz").json["fingerprint"],
        }


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="workers are found in /proc")
def test_results_are_right_while_workers_are_killed(served: Served) -> None:
    batches = [[{"code": code(100 * batch + number)} for number in range(12)] for batch in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(served.caller.post, "/score", batch) for batch in batches]
        oldest_first = served.workers()
        for _ in range(4):
            # A text whose worker dies twice counts as one that ends its workers: the fresh one has it again.
            before = set(served.workers())
            os.kill(oldest_first.pop(0), signal.SIGKILL)
            until(lambda before=before: set(served.workers()) - before)
            oldest_first += set(served.workers()) - before
            given = served.given()
            until(lambda given=given: served.given() >= given + 8)
        found = [answer.result() for answer in answers]
    assert [reply.status for reply in found] == [200] * 6
    with Scorer() as scorer:
        expected = [
            score.value for score in scorer.score_many(one["code"] for one in itertools.chain(*batches))
        ]
    assert [line["score"] for reply in found for line in reply.json] == expected
    text = served.caller.get("/metrics").body.decode()
    assert "quality_scorer_replaced_total 0.0" not in text


def test_it_holds_to_its_own_document(served: Served, tmp_path: Path) -> None:
    """All that schemathesis makes of the OpenAPI document, right and wrong, is answered as the document says."""
    # That lists are equally long cannot be said in a schema.
    (tmp_path / "schemathesis.toml").write_text(
        '[[operations]]\ninclude-path = ["/reward", "/get_reward"]\n'
        'checks.positive_data_acceptance.expected-statuses = ["2xx", "422"]\n'
    )
    checked = [
        "run",
        f"http://127.0.0.1:{served.caller.port}/openapi.json",
        "-H",
        f"Authorization: Bearer {TOKEN}",
    ]
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", "schemathesis.toml", *checked]
    bounds = ["--max-examples", "10", "--seed", "1", "--no-color"]
    done = subprocess.run([*command, *bounds], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 selected / 6 total" in done.stdout


def test_what_was_accepted_is_answered_before_it_ends(tmp_path: Path) -> None:
    with serving(tmp_path) as served, ThreadPoolExecutor() as pool:
        batch = [{"code": code(number)} for number in range(40)]
        answer = pool.submit(served.caller.post, "/score", batch)
        until(lambda: served.caller.get("/healthz").json["waiting"] > 0)
        served.process.send_signal(signal.SIGTERM)
        assert [line["status"] for line in answer.result().json] == ["measured"] * 40
        assert served.process.wait(30) == 0
        assert served.process.stderr.read() == ""
        with pytest.raises(ConnectionRefusedError):
            served.caller.get("/healthz")


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["--host", "0.0.0.0"], {}, "can be reached from other machines"),
        (["--host", "::"], {}, "can be reached from other machines"),
        (["--host", "0.0.0.0"], {"QUALITY_TOKEN": "short"}, "16 or more"),
        (["--host", "no.such.name.invalid"], {}, "no.such.name.invalid"),
        (["--token-file", "empty"], {}, "16 or more"),
        (["--jobs", "0"], {}, "--jobs 1 or more"),
        (["--weight", "0.6"], {}, "failed_factor < 1 - weight"),
        (["--profile", "nothing"], {}, "nothing"),
    ],
)
def test_it_does_not_start_where_it_should_not(
    arguments: list[str],
    environment: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").touch()
    monkeypatch.chdir(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(["serve", "--port", "0", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--port", str(served.caller.port)]) == 2
    assert f"127.0.0.1:{served.caller.port} cannot be listened on" in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_install_it() -> None:
    script = """
        import sys
        sys.modules["uvicorn"] = None
        from quality.cli import main
        sys.argv = ["quality", "serve"]
        main()
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "needs uvicorn" in done.stderr
    assert "pip install 'quality[serve]'" in done.stderr


def test_the_framework_is_imported_only_to_serve() -> None:
    script = (
        "import sys, quality.serve, quality.cli._serve; print({'starlette', 'uvicorn'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
