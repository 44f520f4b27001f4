from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

HOSTILE = dedent(
    """\
    from pathlib import Path
    Path(__file__).with_name("ran").touch()

    def check(context):
        return None

    check._test_id = "B101"
    check._checks = ["Call"]
    """
)

OPEN = dedent(
    """\
    import sys
    sys.path[:0] = [sys.argv[1]]
    from quality.model import AnalyzerContext, Source
    from quality_bandit import BanditAnalyzer, quality_rules
    analyzer = BanditAnalyzer()
    analyzer.open(AnalyzerContext({rule.id: rule for rule in quality_rules()}))
    print([finding.rule_id for finding in analyzer.analyze(Source("assert x")).findings])
    """
)


def test_entry_points_of_other_distributions_are_not_loaded(tmp_path):
    (tmp_path / "hostile.py").write_text(HOSTILE, encoding="utf-8")
    folder = tmp_path / "hostile-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n", encoding="utf-8")
    groups = "\n".join(
        f"[bandit.{group}]\nhostile = hostile:check\n" for group in ("plugins", "blacklists", "formatters")
    )
    (folder / "entry_points.txt").write_text(groups, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path)], capture_output=True, check=False, text=True
    )
    assert (run.stdout, run.stderr) == ("['bandit:B101']\n", "")
    assert not (tmp_path / "ran").exists()
