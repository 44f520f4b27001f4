"""What bandit's checks see of calls that are written by a detour, and of functions that are handed on."""

from __future__ import annotations

import pytest


def found(check, text):
    """What is reported besides imports."""
    findings = [finding for finding in check(text) if not finding.rule_id.startswith("bandit:B4")]
    return [(finding.rule_id, finding.location.line) for finding in findings]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("import os\nrun = os.system\nrun(line)", "bandit:B605"),
        ("import os\ngetattr(os, 'sys' + 'tem')(1, 2)\n\ngetattr(os, 'system')(line)", "bandit:B605"),
        ("import subprocess\noptions = {'shell': True}\nsubprocess.run(line, **options)", "bandit:B602"),
        ("import hashlib\nKIND = 'md5'\nhashlib.new(KIND, text)", "bandit:B324"),
        ("import requests\nCHECK = False\nrequests.get(url, verify=CHECK, timeout=1)", "bandit:B501"),
        ("from yaml import Loader, load as read\n\nread(text, Loader)", "bandit:B506"),
        ("import importlib\nyaml = importlib.import_module('yaml')\nyaml.load(text)", "bandit:B506"),
        ("import builtins\n\nbuiltins.eval(text)", "bandit:B307"),
    ],
)
def test_a_call_costs_the_same_by_a_detour(check, text, rule):
    assert found(check, text)[-1][0] == rule


def test_a_function_that_is_put_in_a_table_costs_what_its_call_would(check):
    assert found(check, "import pickle\n\nREADERS = {'p': pickle.loads}\n") == [("bandit:B301", 3)]


def test_a_function_that_is_handed_on_costs_what_its_call_would(check):
    assert found(check, "from os import system\n\nlist(map(system, lines))\n") == [("bandit:B605", 3)]


def test_a_table_whose_entry_is_seen_to_be_called_costs_once(check):
    text = "import pickle\n\nREADERS = {'p': pickle.loads}\nREADERS['p'](data)\n"
    assert found(check, text) == [("bandit:B301", 4)]


@pytest.mark.parametrize(
    "text",
    [
        "import hashlib, hmac\n\nhmac.new(key, text, digestmod=hashlib.sha1)\n",
        "import pickle\n\nclass Reader(pickle.Unpickler):\n    pass\n",
        "import json\n\nREADERS = {'j': json.loads}\n",
        "import os\n\nif os.system is None:\n    stop()\n",
    ],
)
def test_what_does_no_harm_is_free(check, text):
    assert found(check, text) == []
