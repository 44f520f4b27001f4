"""The engine on a cluster of two nodes on this machine."""

from __future__ import annotations

import itertools
import os
import signal
import socket
from pathlib import Path

import pytest

import quality
from quality.model import HostError, UsageError

ray = pytest.importorskip("ray", reason="needs the extra 'ray'")
pytestmark = [pytest.mark.hostile, pytest.mark.filterwarnings("ignore")]

HOSTILE = [
    "def (",
    "",
    "x = 1\n" * 30_000,
    "(" * 300,
    "import os\nos.getcwd = 5\n",
    "a = " + "[" * 50 + "]" * 50,
]


def texts(count: int) -> list[str]:
    return [
        *HOSTILE,
        *(f"import os\n\n\ndef f(x, y=[]):\n    return os.getcwd(), {n}\n" for n in range(count)),
    ]


@pytest.fixture(scope="module")
def expected():
    with quality.Scorer(workers=1) as scorer:
        return list(scorer.score_many(texts(200)))


@pytest.fixture(scope="module")
def cluster():
    from ray.cluster_utils import Cluster

    os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    yield cluster
    ray.shutdown()
    cluster.shutdown()


def test_it_gives_the_same_as_the_local_engine(cluster, expected):
    with quality.Scorer(workers=2, engine="ray") as scorer:
        assert list(scorer.score_many(texts(200))) == expected
        unordered = scorer.as_completed(quality.runtime.Task(text) for text in texts(20))
        assert {number: outcome.score for number, outcome in unordered} == dict(
            enumerate(expected[: len(HOSTILE) + 20])
        )


def test_it_survives_the_end_of_an_actor(cluster, expected):
    with quality.Scorer(workers=2, engine="ray") as scorer:
        found = scorer.score_many(texts(200))
        first = list(itertools.islice(found, 20))
        os.kill(actor_processes()[0], signal.SIGKILL)
        assert [*first, *found] == expected


def test_it_survives_the_end_of_a_node(cluster, expected):
    node = cluster.add_node(num_cpus=1)
    with quality.Scorer(workers=3, engine="ray") as scorer:
        found = scorer.score_many(texts(200))
        first = list(itertools.islice(found, 20))
        cluster.remove_node(node, allow_graceful=False)
        assert [*first, *found] == expected


def test_the_call_is_checked():
    with pytest.raises(UsageError, match="There is no engine 'rey'"):
        quality.Scorer(engine="rey")
    with pytest.raises(UsageError, match="needs workers"):
        quality.Scorer(engine="ray")


def actor_processes() -> list[int]:
    """The processes of living actors; Ray names them after the class."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if Path(entry.path, "cmdline").read_bytes().startswith(b"ray::Judge"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return sorted(found)


class TestNoCluster:
    """An address where nobody listens, or that is none, is named with a remedy, and soon."""

    @pytest.fixture(autouse=True)
    def unconnected(self, monkeypatch):
        monkeypatch.setattr(ray, "is_initialized", lambda: False)

    @pytest.fixture
    def closed_port(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            return listener.getsockname()[1]

    @pytest.mark.parametrize(
        "address", ["127.0.0.1:{port}", "ray://127.0.0.1:{port}", "garbage", "http://x", "127.0.0.1:99999"]
    )
    def test_the_address_is_named(self, monkeypatch, closed_port, address):
        named = address.format(port=closed_port)
        monkeypatch.setenv("RAY_ADDRESS", named)
        with pytest.raises(HostError, match="cannot be used") as caught:
            quality.Scorer(workers=1, engine="ray")
        assert named in str(caught.value)
        assert "HOST:PORT" in str(caught.value)

    def test_a_ray_that_does_not_start_here_is_named(self, monkeypatch):
        def refuse(**_):
            raise RuntimeError("No space left.\nand more")

        monkeypatch.delenv("RAY_ADDRESS", raising=False)
        monkeypatch.setattr(ray, "init", refuse)
        with pytest.raises(HostError, match=r"Ray does not start on this machine: No space left\. See"):
            quality.Scorer(workers=1, engine="ray")
