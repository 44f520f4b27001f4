"""The same choices over rows: dictionaries, ``datasets`` objects and Parquet."""

from __future__ import annotations

import datetime as dt
import json
import math

import pytest
from scorer_fakes import FakeScorer

from quality import UsageError
from quality.cli._app import run as run_app
from quality.rewards import QualityReward
from quality.rewards.selection import Demands, keep_rows, pair_rows, rank_rows

ROWS = [
    {"id": 1, "task_id": "t", "prompt": "p", "code": "a = f()  # q=0.5", "passed": True, "weight": 1.5},
    {"id": 2, "task_id": "t", "prompt": "p", "code": "b = f()  # q=0.9", "passed": True, "weight": None},
    {"id": 3, "task_id": "t", "prompt": "p", "code": "c = f()  # stub", "passed": True, "weight": 2.5},
    {"id": 4, "task_id": "u", "prompt": "q", "code": None, "passed": False, "weight": 0.5},
]


class Scorer(FakeScorer):
    profile = type("Profile", (), {"name": "fake", "caps": {"quality:stub-body": 0.2}, "dimensions": ()})()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def test_rows_are_ranked_paired_and_kept_as_lines_are():
    assert [(row["id"], row["rank"], row["weight"]) for row in rank_rows(ROWS, Scorer())] == [
        (2, 1, None),
        (1, 2, 1.5),
        (3, 3, 2.5),
        (4, 1, 0.5),
    ]
    (pair,) = pair_rows(ROWS, Scorer())
    assert (pair["chosen_id"], pair["rejected_id"], pair["margin"]) == (2, 3, 0.9)
    kept = keep_rows(ROWS, Scorer(), Demands(score=0.6))
    assert kept.rows == (1,)
    assert [each.reason for each in kept.dropped] == ["score", "pretends", "bad-input"]


def test_values_that_json_lacks_end_no_run():
    odd = {"id": dt.date(2026, 1, 1), "code": b"a = f()  # q=0.5", "x": math.nan, "y": [math.inf, {1, 2}]}
    (row,) = rank_rows([odd], Scorer())
    assert (row["id"], row["score"], row["x"], row["y"]) == ("2026-01-01", 0.5, None, [None, "{1, 2}"])


class TestDataSets:
    """``datasets`` objects as they come, and what becomes of the results."""

    @pytest.fixture
    def datasets(self):
        return pytest.importorskip("datasets", reason="datasets is not installed (extra 'train')")

    @pytest.fixture
    def data(self, datasets):
        return datasets.Dataset.from_list(ROWS)

    @pytest.mark.parametrize(
        "form",
        [
            lambda data: data,
            lambda data: data.with_format("numpy"),
            lambda data: data.with_format("arrow").with_format(None),
            lambda data: data.to_iterable_dataset(),
            lambda data: data.select([0, 1, 2, 3]),
            lambda data: data.filter(lambda row: row["id"] > 0),
            lambda data: data.to_pandas().to_dict("records"),
        ],
        ids=["plain", "numpy", "arrow", "iterable", "selected", "filtered", "records"],
    )
    def test_every_form_gives_what_plain_rows_give(self, data, form):
        rows = form(data)
        ranked = [(row["id"], row["rank"], row["passed"], row["score"]) for row in rank_rows(rows, Scorer())]
        assert ranked == [(2, 1, True, 0.9), (1, 2, True, 0.5), (3, 3, True, 0.9), (4, 1, False, None)]
        assert [(pair["chosen_id"], pair["rejected_id"]) for pair in pair_rows(rows, Scorer())] == [(2, 3)]
        assert keep_rows(rows, Scorer(), Demands(score=0.6)).rows == (1,)

    def test_results_are_a_data_set_again(self, datasets, data):
        kept = keep_rows(data, Scorer(), Demands(score=0.6))
        assert list(data.select(kept.rows)["id"]) == [2]
        pairs = datasets.Dataset.from_list(pair_rows(data, Scorer()))
        assert pairs.column_names[:3] == ["prompt", "chosen", "rejected"]
        assert list(datasets.Dataset.from_list(rank_rows(data, Scorer()))["rank"]) == [1, 2, 3, 1]

    def test_messages_stay_messages(self, datasets):
        def said(text):
            return [{"role": "assistant", "content": f"```python\n{text}\n```"}]

        asked = [{"role": "user", "content": "p"}]
        rows = [{"prompt": asked, "completion": said(f"x = f()  # q={value}")} for value in (0.3, 0.8)]
        (pair,) = datasets.Dataset.from_list(pair_rows(datasets.Dataset.from_list(rows), Scorer()))
        assert (pair["prompt"], pair["chosen"]) == (asked, said("x = f()  # q=0.8"))

    def test_columns_reward_a_batch(self, datasets, data):
        reward = QualityReward(open_scorer=FakeScorer)
        for each in (data, data.with_format("numpy")):
            assert reward(each["code"], passed=each["passed"]) == [
                pytest.approx(value) for value in (0.925, 0.985, 0.0, 0.0)
            ]
        marked = data.map(
            lambda batch: {"reward": reward(batch["code"], passed=batch["passed"])}, batched=True
        )
        assert marked["reward"][0] == pytest.approx(0.925)

    def test_a_choice_of_splits_is_no_rows(self, datasets, data):
        with pytest.raises(UsageError, match="Choose a split"):
            rank_rows(datasets.DatasetDict({"train": data}), Scorer())


@pytest.mark.parametrize(
    "options", [{"by": 7}, {"quantum": 1}, {"quantum": "x"}, {"top": 0}, {"top": "x"}, {"top": True}]
)
def test_a_wrong_argument_is_told(options):
    with pytest.raises(UsageError, match="should be"):
        rank_rows(ROWS, Scorer(), **options)


def test_a_demand_of_an_unknown_dimension_is_told():
    with pytest.raises(UsageError, match="no dimension 'speed'"):
        keep_rows(ROWS, Scorer(), Demands(dimensions={"speed": 0.5}))


class TestParquet:
    @pytest.fixture(autouse=True)
    def scored_by_a_fake(self, monkeypatch):
        import quality.runtime

        monkeypatch.setattr(quality.runtime, "Scorer", lambda *_, **__: Scorer())

    @pytest.fixture
    def parquet(self):
        pytest.importorskip("pyarrow", reason="needs the extra 'data'")
        from pyarrow import parquet

        return parquet

    @pytest.fixture
    def samples(self, parquet, tmp_path):
        import pyarrow as pa

        file = tmp_path / "in.parquet"
        weights = pa.array([row["weight"] for row in ROWS], pa.float32())
        table = pa.Table.from_pylist([{k: v for k, v in row.items() if k != "weight"} for row in ROWS])
        parquet.write_table(table.append_column("weight", weights), file, row_group_size=2)
        return file

    def run(self, *arguments) -> int:
        return run_app([*map(str, arguments), "--format", "parquet", "-j0"])

    def test_filter_keeps_rows_with_the_types_that_they_had(self, samples, parquet, tmp_path):
        out, dropped = tmp_path / "out.parquet", tmp_path / "dropped.jsonl"
        assert self.run("filter", samples, "-o", out, "--min-score", "0.4", "--dropped", dropped) == 0
        before, after = parquet.read_table(samples), parquet.read_table(out)
        assert after.equals(before.take([0, 1]))
        assert [json.loads(line)["line"] for line in dropped.read_text().splitlines()] == [3, 4]

    def test_filter_that_keeps_nothing_keeps_the_columns(self, samples, parquet, tmp_path):
        out = tmp_path / "out.parquet"
        assert self.run("filter", samples, "-o", out, "--min-score", "1") == 0
        assert parquet.read_table(out).schema == parquet.read_table(samples).schema
        assert parquet.read_table(out).num_rows == 0

    def test_rank_and_pairs_write_their_keys_as_columns(self, samples, parquet, tmp_path):
        out = tmp_path / "out.parquet"
        assert self.run("rank", samples, "-o", out) == 0
        assert parquet.read_table(out)["rank"].to_pylist() == [1, 2, 3, 1]
        assert self.run("pairs", samples, "-o", out) == 0
        assert parquet.read_table(out)["chosen_id"].to_pylist() == [2]

    def test_it_needs_a_file_on_both_sides(self, samples, capsys):
        assert self.run("rank", samples) == 2
        assert "name it with -o" in capsys.readouterr().err
        assert self.run("rank", "-", "-o", samples.with_name("out")) == 2
        assert "standard input" in capsys.readouterr().err
