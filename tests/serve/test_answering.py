"""The service over HTTP, with a scorer that waits where a test needs it to."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from http_caller import Caller, Reply
from scorer_fakes import FINGERPRINT
from service_fakes import GatedScorer, until

from quality.model import HostError
from quality.rewards import QualityReward
from quality.serve import Dispatcher, ServeOptions
from quality.serve._options import listen
from quality.serve._run import make_server

TOKEN = "a-token-of-many-letters"
OPTIONS = ServeOptions(port=0, requests=3, texts=4, body=10_000, deadline=60.0)
#: A completion, and its reward when it passes its tests.
RIGHT = "```python\nx = 1  # q=0.5\n```"
RIGHTLY = 0.85 + 0.15 * 0.5


@dataclass(frozen=True)
class Service:
    caller: Caller
    scorer: GatedScorer
    dispatcher: Dispatcher

    def later(self, pool: ThreadPoolExecutor, body: object, path: str = "/score"):
        return pool.submit(self.caller.post, path, body)


@contextlib.contextmanager
def served(options: ServeOptions = OPTIONS, scorer: GatedScorer | None = None) -> Iterator[Service]:
    scorer = scorer or GatedScorer()
    dispatcher = Dispatcher(lambda: scorer, options.texts)
    started = threading.Event()
    with listen(options) as listener, ThreadPoolExecutor(options.requests) as threads:
        reward = QualityReward(workers=1)
        server = make_server(reward, dispatcher, threads, options, started.set)
        running = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        running.start()
        assert started.wait(30)
        try:
            yield Service(Caller(listener.getsockname()[1]), scorer, dispatcher)
        finally:
            scorer.gate.set()
            server.should_exit = True
            running.join(30)
            dispatcher.close()


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with served() as running:
        yield running


def problem(reply: Reply, status: int) -> dict[str, object]:
    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert b"Traceback" not in reply.body
    return reply.json


def test_a_sample_is_answered_with_its_line(service: Service) -> None:
    reply = service.caller.post("/score", {"id": 7, "code": "x = 1  # q=0.5", "task": "t"})
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert (reply.json["id"], reply.json["score"], reply.json["task"]) == (7, 0.5, "t")


def test_a_list_is_answered_with_a_list(service: Service) -> None:
    lines = service.caller.post("/score", [{"code": "# q=0.1"}, 5, {"completion": RIGHT}, {}]).json
    assert [line["score"] for line in lines] == [0.1, None, 0.5, None]
    assert [line.get("line") for line in lines] == [None, 2, None, 4]
    assert service.caller.post("/score", []).json == []


@pytest.mark.parametrize("media", ["application/x-ndjson", "application/jsonl; charset=utf-8"])
def test_lines_are_answered_with_lines(service: Service, media: str) -> None:
    reply = service.caller.post("/score", b'{"code": "# q=0.1"}\nnot JSON\n{"code": "# q=0.3"}', media)
    assert reply.headers["content-type"] == media.partition(";")[0]
    assert reply.body.count(b"\n") == 3
    assert b'"score":0.1' in reply.body


def test_a_batch_is_rewarded(service: Service) -> None:
    body = {"completions": [RIGHT, RIGHT, "no code", RIGHT], "passed": [True, False, True, None]}
    answer = service.caller.post("/reward", body).json
    assert answer["rewards"] == [RIGHTLY, 0.0, 0.0, None]
    assert [row["abstained"] for row in answer["components"]] == [0.0, 0.0, 0.0, 1.0]
    assert (answer["profile"], answer["fingerprint"]) == ("sample", FINGERPRINT)


@pytest.mark.parametrize("path", ["/reward", "/get_reward"])
def test_openrlhf_gets_its_form(service: Service, path: str) -> None:
    body = {
        "query": [f"Prompt.{RIGHT}", "Prompt."],
        "prompts": ["Prompt."] * 2,
        "labels": [{"passed": 1}, "{}"],
    }
    answer = service.caller.post(path, body).json
    assert set(answer) == {"rewards", "scores", "extra_logs"}
    assert (answer["rewards"], answer["scores"]) == ([RIGHTLY, 0.0], [1.0, 0.0])
    assert answer["extra_logs"]["quality"] == [0.5, 0.0]


def test_nemo_gym_gets_its_form(service: Service) -> None:
    content = [{"type": "output_text", "text": RIGHT}]
    response = {"output": [{"type": "message", "content": content}]}
    body = {
        "responses_create_params": {"input": "?"},
        "response": response,
        "verifier_metadata": {"passed": 1},
    }
    answer = service.caller.post("/verify", body).json
    assert answer["reward"] == RIGHTLY
    assert answer["reward_components"] == {"correctness_term": 0.85, "quality_term": 0.075}
    assert answer["responses_create_params"] == {"input": "?"}


def test_health_says_who_judges(service: Service) -> None:
    reply = service.caller.get("/healthz")
    assert (reply.status, reply.json["status"], reply.json["fingerprint"]) == (200, "ok", FINGERPRINT)


def test_a_broken_scorer_is_no_missing_reward() -> None:
    with served(scorer=GatedScorer(error=lambda: HostError("no workers"))) as broken:
        reply = broken.caller.post("/reward", {"completions": [RIGHT]})
        assert problem(reply, 503)["detail"] == "no workers"
        assert reply.headers["retry-after"] == "5"
        health = broken.caller.get("/healthz")
        assert (health.status, health.json["status"]) == (503, "broken")


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/score", b"{", 400, "not JSON"),
        ("/score", b"\xff", 400, "UTF-8"),
        ("/score", b'{"code": NaN}', 400, "NaN"),
        ("/score", b"[" * 200 + b"]" * 200, 400, "nested deeper"),
        ("/score", b"7", 422, "form"),
        ("/reward", b"[]", 422, "valid dictionary"),
        ("/reward", b"{}", 422, "completions"),
        ("/reward", b'{"completions": [], "pased": []}', 422, "pased"),
        ("/reward", b'{"completions": ["x"], "passed": []}', 422, "'passed' has 0 entries, 'completions' 1."),
        ("/reward", b'{"completions": ["x"], "passed": ["yes"]}', 422, "passed.0"),
        ("/reward", b'{"query": 7}', 422, "'query' should be a list"),
        ("/get_reward", b'{"query": ["x"], "labels": {}}', 422, "'labels' should be a list"),
        ("/verify", b"[]", 422, "form"),
    ],
)
def test_what_is_wrong_is_said(service: Service, path: str, body: bytes, status: int, said: str) -> None:
    assert said in problem(service.caller.post(path, body), status)["detail"]


def test_a_path_that_is_none_and_a_method_that_is_none(service: Service) -> None:
    problem(service.caller.get("/nothing"), 404)
    reply = service.caller.get("/score")
    assert "POST" in problem(reply, 405)["remedy"]
    assert reply.headers["allow"] == "POST"


def test_other_media_are_refused(service: Service) -> None:
    assert "text/csv" in problem(service.caller.post("/score", b"a,b", "text/csv"), 415)["detail"]
    packed = {"Content-Encoding": "gzip"}
    assert "gzip" in problem(service.caller.post("/score", b"..", **packed), 415)["detail"]


@pytest.mark.parametrize("form", ["whole", "chunks"])
def test_a_long_body_is_refused(service: Service, form: str) -> None:
    body = b" " * 100_000
    headers = {"Content-Type": "application/json"}
    sent = body if form == "whole" else iter([body[:9_000], body[9_000:]])
    assert "10,000 bytes" in problem(service.caller.ask("POST", "/score", sent, headers), 413)["detail"]


def test_more_texts_than_may_wait_are_turned_away() -> None:
    with served(scorer=GatedScorer(closed=True)) as held, ThreadPoolExecutor() as pool:
        first = held.later(pool, [{"code": "1"}, {"code": "2"}])
        until(lambda: held.dispatcher.waiting == 2)
        reply = held.caller.post("/score", [{"code": "x"}] * 3)
        problem(reply, 429)
        assert 1 <= int(reply.headers["retry-after"]) <= 60
        held.scorer.gate.set()
        assert first.result().status == 200
        assert held.caller.post("/score", [{"code": "x"}] * 3).status == 200


def test_more_requests_than_are_worked_on_at_once_are_turned_away_and_health_still_answers() -> None:
    options = replace(OPTIONS, requests=2)
    with served(options, GatedScorer(closed=True)) as held, ThreadPoolExecutor() as pool:
        under_way = [held.later(pool, {"code": code}) for code in "12"]
        until(lambda: held.dispatcher.waiting == 2)
        reply = held.caller.post("/score", {"code": "3"})
        problem(reply, 429)
        assert int(reply.headers["retry-after"]) >= 1
        assert held.caller.get("/healthz").json["waiting"] == 2
        held.scorer.gate.set()
        assert [future.result().status for future in under_way] == [200, 200]


def test_a_request_that_is_not_done_in_time_is_given_up() -> None:
    with served(replace(OPTIONS, deadline=0.05), GatedScorer(closed=True)) as held:
        assert "0.05 s" in problem(held.caller.post("/score", [{"code": "1"}, {"code": "2"}]), 504)["detail"]
        until(lambda: held.dispatcher.waiting == 1)


def connected(service: Service, body: str, length: int) -> socket.socket:
    """A caller that has sent this much of its request."""
    head = ("POST /score HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {length}")
    caller = socket.create_connection(("127.0.0.1", service.caller.port), timeout=30)
    caller.sendall("\r\n".join([*head, "", body]).encode())
    return caller


def test_a_body_that_does_not_come_in_time_is_given_up() -> None:
    with served(replace(OPTIONS, deadline=0.05)) as running, connected(running, "{", 2) as slow:
        assert slow.recv(12) == b"HTTP/1.1 408"


def test_texts_of_a_caller_who_left_are_not_judged() -> None:
    with served(scorer=GatedScorer(closed=True)) as held:
        body = '[{"code": "begun"}, {"code": "never"}]'
        with connected(held, body, len(body)):
            assert held.scorer.began.wait(30)
        until(lambda: held.dispatcher.waiting == 1)
        held.scorer.gate.set()
        until(lambda: b'status="499"} 1.0' in held.caller.get("/metrics").body)
        assert held.scorer.asked == ["begun"]


def test_a_token_is_asked_for_everywhere_but_at_health() -> None:
    with served(replace(OPTIONS, token=TOKEN)) as guarded:
        for path in ["/metrics", "/openapi.json", "/nothing"]:
            reply = guarded.caller.get(path)
            problem(reply, 401)
            assert reply.headers["www-authenticate"] == "Bearer"
        for shown in [TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer", "Bearer \xe9"]:
            problem(guarded.caller.post("/score", {"code": "x"}, Authorization=shown), 401)
        assert guarded.caller.post("/score", {"code": "x"}, Authorization=f"Bearer {TOKEN}").status == 200
        assert guarded.caller.get("/healthz").status == 200
        assert guarded.scorer.asked == ["x"]


def test_a_mistake_of_ours_shows_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("quality.serve._service.score_samples", broken)
    with served() as running:
        reply = running.caller.post("/score", {"code": "x"})
    assert "RuntimeError" in problem(reply, 500)["detail"]
    assert b"secret" not in reply.body


def test_what_happened_is_counted() -> None:
    with served() as counted:
        counted.caller.post("/score", {"code": "x"})
        counted.caller.get("/wp-login.php")
        text = counted.caller.get("/metrics").body.decode()
    assert 'quality_http_requests_total{path="/score",status="200"} 1.0' in text
    assert 'quality_http_requests_total{path="other",status="404"} 1.0' in text
    assert 'quality_http_request_seconds_count{path="/score"} 1.0' in text
    assert 'quality_scorer_statuses_total{status="measured"} 1.0' in text
    assert 'quality_scorer_seconds_total{analyzer="fake"} 0.5' in text
    assert "quality_texts_waiting 0.0" in text
    assert 'profile="sample"' in text
