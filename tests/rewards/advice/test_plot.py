"""The picture of a simulation."""

from __future__ import annotations

import io
import json
import sys
from xml.etree import ElementTree as ET

import pytest

from quality.cli._app import run as run_app
from quality.model import UsageError
from quality.rewards import Terms
from quality.rewards.advice import SETTINGS, draw, read_recorded, simulate

LINES = [
    {"task_id": task, "code": "x", "passed": passed, "quality": quality}
    for task in ("t", "u<script>")
    for passed, quality in ((True, 0.9), (True, 0.6), (False, 0.8), (True, None))
]


def drawn(form: str) -> bytes:
    found = read_recorded([json.dumps(line).encode() for line in LINES], lambda: None, {})
    stream = io.BytesIO()
    draw(simulate(found, Terms()), stream, form)
    return stream.getvalue()


class TestWithMatplotlib:
    @pytest.fixture(autouse=True)
    def needs_it(self):
        pytest.importorskip("matplotlib", reason="needs the extra 'plot'")

    def test_it_has_a_panel_per_setting_with_its_margin(self):
        text = "".join(ET.fromstring(drawn("svg")).itertext())
        assert all(f"{setting.name}: margin" in text for setting in SETTINGS)
        assert all(kind in text for kind in ("passes", "fails", "gets nothing"))

    def test_the_same_simulation_gives_the_same_bytes(self):
        assert drawn("svg") == drawn("svg")

    def test_png_is_drawn_too(self):
        assert drawn("png").startswith(b"\x89PNG")

    def test_the_command_draws_what_it_prints(self, tmp_path, capsys):
        file = tmp_path / "groups.jsonl"
        file.write_text("\n".join(map(json.dumps, LINES)))
        assert run_app(["rewards", "simulate", str(file), "--plot", str(tmp_path / "p.svg")]) == 0
        assert b"<svg" in (tmp_path / "p.svg").read_bytes()
        assert "margin" in capsys.readouterr().out


def test_another_form_is_refused_before_anything_is_scored(tmp_path, capsys):
    assert run_app(["rewards", "simulate", "missing.jsonl", "--plot", str(tmp_path / "p.pdf")]) == 2
    assert ".svg and .png" in capsys.readouterr().err


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"needs matplotlib"):
        drawn("svg")
