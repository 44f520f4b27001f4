"""Parquet in and out: the rows are what lines of JSON would have been."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from scorer_fakes import FakeScorer

from quality.model import UsageError
from quality.samples import ParquetFormat, ScoreRun, Shard, run_score
from quality.schema import shapes

arrow = pytest.importorskip("pyarrow", reason="needs the extra 'data'")
from pyarrow import parquet  # noqa: E402

ROWS = [
    {"id": "a", "code": "x  # q=0.5", "completion": None, "rank": 1, "line": 7},
    {"id": "b", "code": None, "completion": "nothing", "rank": 2, "line": 8},
    {"id": "c", "code": None, "completion": "```python\ny = f()  # q=0.25\n```", "rank": None, "line": 9},
    {"id": None, "code": None, "completion": None, "rank": 4, "line": None},
    {"id": "e", "code": "z  # stub", "completion": "kept", "rank": 5, "line": 1},
] * 40


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    file = tmp_path / "in.parquet"
    parquet.write_table(arrow.Table.from_pylist(ROWS), file, row_group_size=70)
    return file


def scored(samples: Path, output: Path, **options: object) -> ScoreRun:
    form = ParquetFormat(samples, ["security"])
    return run_score(samples, output, FakeScorer(), form=form, **options)


def without_nothing(value: object) -> object:
    """Rows have every column; lines have only what there is."""
    if isinstance(value, dict):
        kept = {key: without_nothing(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None and each != {}}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


def test_rows_are_what_lines_would_have_been(samples: Path, tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    run = scored(samples, tmp_path / "out.parquet")
    assert run == run_score(lines, tmp_path / "out.jsonl", FakeScorer())
    expected = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [without_nothing(row) for row in rows] == [without_nothing(line) for line in expected]
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        *("in.jsonl", "in.parquet", "out.jsonl", "out.parquet")
    ]


def test_the_columns_are_the_keys_of_a_line(samples: Path, tmp_path: Path) -> None:
    scored(samples, tmp_path / "out.parquet")
    schema = parquet.read_schema(tmp_path / "out.parquet")
    assert set(schema.names) == {
        *shapes.ScoreLine.__annotations__,
        *("detail", "line", "extraction", "completion", "rank", "input"),
    }

    def fields(name: str) -> set[str]:
        return {field.name for field in schema.field(name).type.value_type}

    assert fields("findings") == set(shapes.FindingObject.__annotations__)
    assert fields("contributions") == set(shapes.ContributionObject.__annotations__)


def test_a_killed_run_resumes_to_the_same_file(samples: Path, tmp_path: Path) -> None:
    scored(samples, tmp_path / "whole.parquet")
    lines = tmp_path / "in.jsonl"
    lines.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    run_score(lines, tmp_path / "whole.jsonl", FakeScorer())
    begun = (tmp_path / "whole.jsonl").read_bytes()[:20_000]
    (tmp_path / "out.parquet.partial").write_bytes(begun)
    assert scored(samples, tmp_path / "out.parquet", resume=True).resumed == begun.count(b"\n")
    assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_shards_are_every_nth_row(samples: Path, tmp_path: Path) -> None:
    scored(samples, tmp_path / "out.parquet", shard=Shard(2, 3))
    ids = parquet.read_table(tmp_path / "out.parquet").column("id").to_pylist()
    assert ids == [row["id"] for row in ROWS[1::3]]


def test_a_file_that_is_cut_off_is_named(samples: Path) -> None:
    samples.write_bytes(samples.read_bytes()[:-100])
    with pytest.raises(UsageError, match=r"in\.parquet cannot be read as Parquet: .* cut off"):
        ParquetFormat(samples, [])


def test_a_damaged_row_group_is_skipped_row_by_row_with_its_reason(samples: Path, tmp_path: Path) -> None:
    column = parquet.ParquetFile(samples).metadata.row_group(1).column(1)
    data = bytearray(samples.read_bytes())
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    samples.write_bytes(data)
    run = scored(samples, tmp_path / "out.parquet")
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert len(rows) == len(ROWS)
    lost = [row for row in rows if "row group 2 cannot be read" in (row["detail"] or "")]
    assert [row["line"] for row in lost] == list(range(71, 141))
    assert run.reasons["bad-input"] == 70 + sum(row["id"] is None for row in [*ROWS[:70], *ROWS[140:]])


def test_columns_without_a_form_in_json_are_named(tmp_path: Path) -> None:
    file = tmp_path / "in.parquet"
    parquet.write_table(arrow.table({"code": ["x"], "blob": [b"\xff"]}), file)
    with pytest.raises(UsageError, match="column 'blob' is binary"):
        ParquetFormat(file, [])


def test_dates_pass_through_as_texts_and_what_is_no_number_as_nothing(tmp_path: Path) -> None:
    file = tmp_path / "in.parquet"
    day = dt.date(2024, 2, 29)
    table = {"code": ["x", "y"], "day": [day, None], "heat": [float("nan"), 1.5], "tags": [["a"], []]}
    parquet.write_table(arrow.table(table), file)
    scored(file, tmp_path / "out.parquet")
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["day"], row["heat"], row["tags"]) for row in rows] == [
        ("2024-02-29", None, ["a"]),
        (None, 1.5, []),
    ]


def test_standard_input_is_refused() -> None:
    with pytest.raises(UsageError, match="standard input"):
        ParquetFormat(None, [])
