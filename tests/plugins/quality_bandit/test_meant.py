"""Calls that are, by what their libraries document, another call."""

from __future__ import annotations

import pytest

BUILT = "f'cp {name} /tmp'"
SAME = [
    ("yaml.load(text, yaml.Loader)", "yaml.unsafe_load(text)"),
    ("yaml.load(text, yaml.Loader)", "list(yaml.unsafe_load_all(text))"),
    ("yaml.load(text, yaml.Loader)", "list(yaml.load_all(text, yaml.Loader))"),
    (f"subprocess.run({BUILT}, shell=True)", f"subprocess.run(['sh', '-c', {BUILT}])"),
    (
        f"subprocess.run({BUILT}, shell=True)",
        f"words = ('/bin/bash', '-e', '-lc', {BUILT})\nsubprocess.run(words)",
    ),
    ("subprocess.call('ls -l', shell=True)", "subprocess.call(['sh', '-c', 'ls -l'])"),
    (f"os.system({BUILT})", f"os.execl('/bin/sh', 'sh', '-c', {BUILT})"),
    (f"os.system({BUILT})", f"os.execv('/bin/sh', ['sh', '-c', {BUILT}])"),
    (f"os.system({BUILT})", f"os.spawnlp(os.P_WAIT, 'sh', 'sh', '-c', {BUILT})"),
    (f"os.system({BUILT})", f"os.posix_spawn('/bin/sh', ['sh', '-c', {BUILT}], os.environ)"),
    (f"os.system({BUILT})", f"ctypes.CDLL(None).system({BUILT}.encode())"),
    (f"os.system({BUILT})", f"libc = ctypes.CDLL('libc.so.6')\nlibc.system({BUILT}.encode())"),
    ("os.system('ls')", "ctypes.CDLL(None).system(b'ls')"),
]
OTHERS = [
    ("list(yaml.load_all(text, Loader=yaml.SafeLoader))", []),
    ("yaml.safe_load_all(text)", []),
    (f"subprocess.run(['/bin/cp', '-c', {BUILT}])", ["bandit:B603"]),
    (f"subprocess.run(['/bin/sh', {BUILT}])", ["bandit:B603"]),
    (f"subprocess.run(['/bin/sh', 'script', '-c', {BUILT}])", ["bandit:B603"]),
    ("subprocess.run(['/bin/sh', '-c'])", ["bandit:B603"]),
    ("subprocess.run([])", ["bandit:B603"]),
    (f"os.execl('/bin/cp', 'cp', '-c', {BUILT})", ["bandit:B606"]),
    (f"ctypes.CDLL(None).puts({BUILT}.encode())", []),
    (f"machine.system({BUILT})", []),
]


@pytest.fixture
def found(check):
    """What is reported of statements besides imports."""

    def look(text):
        findings = check(f"import ctypes, os, subprocess, yaml\n{text}\n")
        return [
            (each.rule_id, each.severity, each.confidence)
            for each in findings
            if not each.rule_id.startswith("bandit:B4") and each.rule_id != "bandit:B108"
        ]

    return look


@pytest.mark.parametrize(("known", "other"), SAME)
def test_what_is_the_same_by_its_documentation_costs_the_same(found, known, other):
    assert found(other) == found(known) != []


@pytest.mark.parametrize(("text", "rules"), OTHERS)
def test_what_only_looks_like_it_is_taken_as_it_is(found, text, rules):
    assert [rule for rule, *_ in found(text)] == rules


def test_the_message_speaks_of_what_is_there(check):
    messages = [each.message for each in check(f"import subprocess\nsubprocess.run(['sh', '-c', {BUILT}])\n")]
    assert "shell=True" not in " ".join(messages)
    assert any("with a shell" in message for message in messages)
