"""``quality calibrate`` as a user calls it."""

from __future__ import annotations

import json
import zipfile

import pytest
from click.testing import CliRunner

from quality.cli._app import app
from quality.profiles import load_calibration, load_profile

PROFILE = 'extends = "sample"\nanalyzers = [{ id = "radon" }, { id = "libcst" }]\n'


def source(number: int) -> str:
    """Three functions, different ones for every number."""
    lines = []
    for place in range(1, 4):
        name = f"f{number}_{place}"
        parameters = ", ".join(f"a{each}" for each in range(1 + (number + place) % 5))
        lines.append(f"def {name}({parameters}):\n    total = {number + 10 * place}")
        for depth in range(place + number % 3):
            pad = "    " * (depth + 1)
            lines.append(f"{pad}if a0 > {depth}:\n{pad}    total += {depth + number}")
        lines += [f"    total -= {each}" for each in range(number % 7)]
        lines.append("    return total\n\n")
    return "\n".join(lines)


@pytest.fixture
def corpus(tmp_path):
    """Twelve folders with one source each."""
    for number in range(12):
        folder = tmp_path / "corpus" / f"p{number}"
        folder.mkdir(parents=True)
        (folder / "code.py").write_text(source(number))
    return [tmp_path / "corpus" / f"p{number}" for number in range(12)]


@pytest.fixture
def run(tmp_path):
    (tmp_path / "light.toml").write_text(PROFILE)

    def invoke(*arguments):
        options = ["-o", tmp_path / "table.json", "-j", "0", "--profile", tmp_path / "light.toml"]
        command = ["calibrate", *map(str, [*arguments, *options])]
        return CliRunner().invoke(app, command, standalone_mode=False)

    return invoke


def test_the_table_can_be_used_and_names_its_corpus(run, corpus, tmp_path):
    result = run(*corpus)
    assert result.exception is None
    assert "12 projects, 12 sources, 36 functions, 0 not used" in result.stdout
    assert "radon:cognitive" in result.stdout
    table = load_calibration("table.json", tmp_path)
    assert table.facts["corpus"][0]["name"] == "p0"
    assert set(table.peers) == {"radon:cognitive", "radon:cyclomatic", "radon:nesting", "radon:parameters"}
    assert {metric for metric, fit in table.fit.items() if fit.peers is not None} == set(table.peers)
    assert table.firing["quality:stub-body"].per_kilo == 0
    (tmp_path / "mine.toml").write_text('extends = "sample"\ntable = "table.json"\n')
    assert load_profile(str(tmp_path / "mine.toml")).calibration == table


def test_the_same_corpus_gives_the_same_table_whatever_the_order(run, corpus, tmp_path):
    run(*corpus)
    first = json.loads((tmp_path / "table.json").read_text())
    run(*reversed(corpus))
    second = json.loads((tmp_path / "table.json").read_text())
    for table in (first, second):
        table["facts"].pop("date")
        table["facts"].pop("corpus-sha256")
        table["facts"]["corpus"].sort(key=lambda each: each["name"])
    assert first == second


def test_copies_count_once(run, corpus, tmp_path):
    (corpus[0] / "copy.py").write_text(source(0))
    (corpus[1] / "clone.py").write_text(source(0).replace("    ", "  "))
    result = run(*corpus)
    assert "12 sources, 36 functions" in result.stdout


def test_no_project_gives_more_than_its_share(run, corpus, tmp_path):
    for number in range(20, 30):
        (corpus[0] / f"more{number}.py").write_text(source(number))
    run("--files", "2", *corpus)
    table = json.loads((tmp_path / "table.json").read_text())
    assert table["facts"]["corpus"][0]["files"] == 2


def test_corpora_that_cannot_be_used_are_named_and_the_rest_goes_on(run, corpus, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.whl").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "broken.tar.gz").write_bytes(b"\x1f\x8b\x08 no archive")
    with zipfile.ZipFile(tmp_path / "data.whl", "w") as wheel:
        wheel.writestr("data/readme.txt", "no source")
    damaged = tmp_path / "damaged.whl"
    with zipfile.ZipFile(damaged, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr("code.py", source(40) * 9)
    data = bytearray(damaged.read_bytes())
    data[60:90] = bytes(30)
    damaged.write_bytes(data)
    (corpus[3] / "latin.py").write_bytes(b"x = '\xe4'\n")
    (corpus[4] / "syntax.py").write_text("def f(:\n")
    names = ["lost", "empty", "broken.whl", "broken.tar.gz", "data.whl", "damaged.whl"]
    result = run(*corpus, corpus[0], *(tmp_path / name for name in names))
    assert result.exception is None
    for name in names:
        assert sum(f"{name}'" in line for line in result.stderr.splitlines()) == 1, name
    lines = result.stderr.splitlines()
    assert (
        sum(line.endswith("is no folder, wheel or sdist (no archive, or a damaged one).") for line in lines)
        == 3
    )
    assert "p0' has the sources of" in result.stderr
    assert "p3/latin.py: encoding" in result.stderr
    assert "p4/syntax.py: syntax-error" in result.stderr
    assert "12 projects, 12 sources, 36 functions, 2 not used" in result.stdout


def test_what_is_done_is_told_to_terminals_alone(run, corpus):
    (corpus[4] / "syntax.py").write_text("def f(:\n")
    assert run(*corpus).stderr == "quality: not used: p4/syntax.py: syntax-error (line 1: invalid syntax)\n"


def test_the_table_is_not_written_over_the_corpus(run, corpus, tmp_path):
    wheel = tmp_path / "table.json"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("code.py", source(1))
    kept = wheel.read_bytes()
    result = run(*corpus, wheel)
    assert result.exception.exit_code == 2
    assert "is read, and would be lost" in str(result.exception)
    assert wheel.read_bytes() == kept


def test_nothing_usable_is_a_wrong_call(run, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run(tmp_path / "empty", tmp_path / "lost")
    assert result.exception.exit_code == 2
    assert "empty' holds no Python source" in str(result.exception)
    assert "There is no corpus" in str(result.exception)
    assert not (tmp_path / "table.json").exists()
