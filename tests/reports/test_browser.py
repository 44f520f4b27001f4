"""The page in a real browser: its script runs under its own policy. Skipped where there is none."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from quality_reports import HtmlRenderer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


def test_the_script_runs_under_the_policy_from_a_file(tmp_path, hostile_report):
    page = tmp_path / "report.html"
    page.write_text(HtmlRenderer().render(hostile_report), encoding="utf-8")
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        page.as_uri(),
    ]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)

    assert "Content Security Policy" not in done.stderr
    assert "Uncaught" not in done.stderr
    assert '<button type="button">Cognitive</button>' in done.stdout
    assert '<button type="button" id="theme">' in done.stdout
