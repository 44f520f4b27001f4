"""What HTTP costs: the service under load beside ``Scorer.score_many`` on the same texts, in one run."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from _corpus import human_eval

from quality import Scorer

_RETRY = 429


@dataclass
class _Load:
    """What callers saw."""

    seconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    values: dict[str, float | None] = field(default_factory=dict)
    turned_away: int = 0


def main() -> None:
    """Measures and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=int, default=984, help="how many distinct texts")
    options.add_argument("--callers", type=int, default=16, help="connections at once")
    options.add_argument(
        "--batch", type=int, nargs="*", default=[1, 64], help="texts a request, one run each"
    )
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options.add_argument("--kill", type=float, metavar="SECONDS", help="kill a worker so often meanwhile")
    options.add_argument("--json", action="store_true", help="print JSON only")
    arguments = options.parse_args()
    codes = _distinct(human_eval(), arguments.texts)
    with Scorer(workers=arguments.workers) as scorer:
        expected = dict(zip(codes, (score.value for score in scorer.score_many(codes)), strict=True))
        rows = [_row(arguments, scorer, expected, batch) for batch in arguments.batch]
    if not arguments.json:
        print(f"{len(codes)} texts, {arguments.workers} workers, {arguments.callers} callers\n")
        head = (
            "texts a request",
            "texts/s",
            "score_many/s",
            "× score_many",
            "p50 ms",
            "p99 ms",
            "errors",
            "429",
            "wrong",
        )
        print(" ".join(f"{name:>15}" for name in head))
        for row in rows:
            print(" ".join(f"{value:>15.4g}" for value in row.values()))
        print()
    print(json.dumps({"texts": len(codes), "runs": rows}))


def _distinct(solutions: list[str], count: int) -> list[str]:
    """Texts that cost what solutions cost, none of them twice."""
    rounds = -(-count // len(solutions))
    return [f"{text}\n\nROUND = {number}\n" for number in range(rounds) for text in solutions][:count]


def _row(
    arguments: argparse.Namespace, scorer: Scorer, expected: dict[str, float | None], batch: int
) -> dict[str, float]:
    """One run of the service between two of the library, so that a busy hour is one for both."""
    codes = list(expected)
    before = _direct(scorer, codes)
    load, seconds = _measure(arguments, codes, batch)
    direct = (before + _direct(scorer, codes)) / 2
    cuts = statistics.quantiles(load.seconds, n=100) if len(load.seconds) > 1 else load.seconds * 99
    return {
        "batch": batch,
        "texts_per_second": len(codes) / seconds,
        "score_many_per_second": len(codes) / direct,
        "times_score_many": seconds / direct,
        "p50_milliseconds": 1000 * cuts[49],
        "p99_milliseconds": 1000 * cuts[98],
        "errors": sum(status != 200 for status in load.statuses),  # noqa: PLR2004 - HTTP's
        "turned_away": load.turned_away,
        "wrong": sum(load.values[code] != expected[code] for code in codes),
    }


def _direct(scorer: Scorer, codes: list[str]) -> float:
    began = time.perf_counter()
    for _ in scorer.score_many(codes):
        pass
    return time.perf_counter() - began


def _measure(arguments: argparse.Namespace, codes: list[str], batch: int) -> tuple[_Load, float]:
    """One run against a service of its own, so that none finds results of another."""
    command = [sys.executable, "-m", "quality", "serve", "--port", "0", "-j", str(arguments.workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = process.stderr.readline() if process.stderr else ""
            port = int(address.partition("127.0.0.1:")[2].split()[0])
            load = _Load()
            requests = [codes[start : start + batch] for start in range(0, len(codes), batch)]
            _call(port, _Load(), iter([codes[:32]]), threading.Lock())
            ended = threading.Event()
            if arguments.kill:
                threading.Thread(target=_kill, args=(process.pid, arguments.kill, ended)).start()
            began = time.perf_counter()
            _drive(port, load, requests, arguments.callers)
            seconds = time.perf_counter() - began
            ended.set()
        finally:
            process.send_signal(signal.SIGTERM)
    return load, seconds


def _drive(port: int, load: _Load, requests: list[list[str]], callers: int) -> None:
    waiting, lock = iter(requests), threading.Lock()
    with ThreadPoolExecutor(callers) as pool:
        for future in [pool.submit(_call, port, load, waiting, lock) for _ in range(callers)]:
            future.result()


def _call(port: int, load: _Load, waiting: object, lock: threading.Lock) -> None:
    """One caller: takes requests until there are none, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    while True:
        with lock:
            codes = next(waiting, None)  # type: ignore[call-overload]
        if codes is None:
            connection.close()
            return
        body = json.dumps([{"code": code} for code in codes]).encode()
        began = time.perf_counter()
        while True:
            connection.request("POST", "/score", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            lines = json.loads(answer.read())
            if answer.status != _RETRY:
                break
            load.turned_away += 1
            time.sleep(int(answer.headers["Retry-After"]))
        load.seconds.append(time.perf_counter() - began)
        load.statuses.append(answer.status)
        load.values.update(zip(codes, (line["score"] for line in lines), strict=True))


def _kill(server: int, often: float, ended: threading.Event) -> None:
    """Kills the oldest worker from time to time."""
    while not ended.wait(often):
        workers = [worker for template in _children(server) for worker in _children(template)]
        if workers:
            os.kill(min(workers), signal.SIGKILL)


def _children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:  # noqa: PTH123
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


if __name__ == "__main__":
    main()
