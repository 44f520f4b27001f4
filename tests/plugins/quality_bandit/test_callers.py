"""A shell that a function leaves to its callers is one as far as they ask for it."""

from __future__ import annotations

import pytest

from quality.model import AnalyzerContext, Source
from quality_bandit import BanditAnalyzer, quality_rules

RUN = "    return subprocess.run(args, shell=shell)\n"


@pytest.mark.parametrize(
    "text",
    [
        f"def run(args, shell):\n{RUN}",
        f"def run(args, *, shell=False):\n{RUN}run(['ls'])\n",
        f"def run(args, shell=None):\n{RUN}run(['ls'], False)\n",
        f"class Shop:\n    def run(self, args, shell=False):\n    {RUN}",
        "class Shop:\n    def run(self, args):\n        return subprocess.run(args, shell=self.shell)\n",
    ],
)
def test_a_shell_that_no_caller_asks_for_is_a_doubt(check, text):
    (found,) = [each for each in check(f"import subprocess\n\n{text}") if each.rule_id == "bandit:B602"]

    assert found.confidence == "low"
    assert "shell=True" not in found.message


@pytest.mark.parametrize(
    "text",
    [
        f"def run(args, shell=True):\n{RUN}",
        f"def run(args, shell=False):\n{RUN}run('ls', True)\n",
        f"def run(args, shell=False):\n{RUN}run('ls', shell=wanted)\n",
        f"def run(args, shell=False):\n{RUN}run(*words)\n",
        f"def run(args, shell=False):\n    shell = True\n{RUN}",
        f"class Shop:\n    def run(self, args, shell=False):\n    {RUN}    def list(self):\n        self.run('ls', True)\n",
        "def run(args):\n    return subprocess.run(args, shell=True)\n",
        "subprocess.run(args, shell=shell)\n",
    ],
)
def test_a_shell_that_is_asked_for_is_certain(check, text):
    (found,) = [each for each in check(f"import subprocess\n\n{text}") if each.rule_id == "bandit:B602"]

    assert found.confidence == "high"


def test_a_function_that_is_kept_to_be_looked_up_is_a_doubt(check):
    kept = [
        each for each in check("import os\n\nREFUSED = {eval, os.system}\n") if each.rule_id == "bandit:B605"
    ]

    assert [each.confidence for each in kept] == ["low"]


@pytest.mark.parametrize(
    ("text", "rule", "sure"),
    [
        ("import jinja2\n\nENV = jinja2.Environment()\nENV.get_template('a.py')\n", "bandit:B701", False),
        ("import jinja2\n\nENV = jinja2.Environment()\nENV.get_template('a.html')\n", "bandit:B701", True),
        ("import jinja2\n\ndef show_page(rows):\n    jinja2.Environment()\n", "bandit:B701", True),
        ("from Crypto.Cipher import AES\n", "bandit:B413", False),
        ("import ftplib\n", "bandit:B402", False),
        ("import os\n\nos.system(line)\n", "bandit:B605", False),
        ("import tarfile\n\ntarfile.open(name).extractall()\n", "bandit:B202", True),
    ],
)
def test_what_a_text_does_not_show_is_a_doubt_for_people(text, rule, sure):
    for sealed in (True, False):
        analyzer = BanditAnalyzer()
        analyzer.open(AnalyzerContext({rule.id: rule for rule in quality_rules()}, sealed=sealed))
        (found,) = [each for each in analyzer.analyze(Source(text)).findings if each.rule_id == rule]

        assert (found.confidence != "low") is (sealed or sure)


@pytest.mark.parametrize(("made", "found"), [("zipfile.ZipFile", 0), ("tarfile.open", 1)])
def test_only_archives_that_lead_out_of_the_folder_are_weak(made, found):
    text = f"import tarfile, zipfile\n\nwith {made}(name) as archive:\n    archive.extractall()\n"
    analyzer = BanditAnalyzer()
    analyzer.open(AnalyzerContext({rule.id: rule for rule in quality_rules()}))
    assert [each.rule_id for each in analyzer.analyze(Source(text)).findings].count("bandit:B202") == found
