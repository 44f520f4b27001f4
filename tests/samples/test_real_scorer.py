"""Lines through the real analyzers: the same bytes in this process and in workers."""

from __future__ import annotations

import json
import math

import pytest

from quality.runtime import Scorer
from quality.samples import run_score


@pytest.fixture
def samples(human_eval, tmp_path):
    tasks = human_eval[:12]
    lines = [json.dumps({"id": t["task_id"], "code": t["prompt"] + t["canonical_solution"]}) for t in tasks]
    lines[3:3] = [
        "{",
        json.dumps({"completion": "no"}),
        json.dumps({"code": "def f(:"}),
        json.dumps({"code": "'\ud800'"}),
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.mark.packages
def test_lines_come_out_in_order_with_losses_that_add_up_whoever_scores_them(samples, tmp_path):
    with Scorer() as scorer:
        run_score(samples, tmp_path / "here", scorer)
    with Scorer(workers=2) as scorer:
        run_score(samples, tmp_path / "workers", scorer)
    assert (tmp_path / "here").read_bytes() == (tmp_path / "workers").read_bytes()
    lines = [json.loads(line) for line in (tmp_path / "here").read_bytes().splitlines()]
    assert [line["reason"] for line in lines[2:8]] == [
        None,
        "bad-input",
        "no-code",
        "syntax-error",
        "encoding",
        None,
    ]
    for line in lines:
        if line["score"] is not None:
            losses = math.fsum(entry["loss"] for entry in line["contributions"])
            assert losses == pytest.approx(1 / line["score"] - 1, abs=1e-9)
