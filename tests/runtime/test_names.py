from __future__ import annotations

import pytest

from quality.model import ConfigurationError
from quality.runtime import resolve_spec

MISTAKES = """
extends = "projct"
selct = ["pylint:*"]
select = ["pylint:*", "pylnt:*"]
ignore = ["pylint:invalid-nam", "pylint:never-*"]
ignore-in-tests = ["bandit:B1011"]

[caps]
"quality:stub-bod" = 0.3

[options."quality:god-function"]
minimum-statement = 80
"""


def test_all_mistakes_of_a_profile_are_told_at_once_with_file_key_and_nearest_name(tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text(MISTAKES)
    with pytest.raises(ConfigurationError) as caught:
        resolve_spec(str(file))
    lines = str(caught.value).split("\n")
    assert all(line.startswith(f"{file}: ") for line in lines)
    for line, told in zip(
        lines,
        (
            "unknown key 'selct'. Did you mean 'select'?",
            "extends unknown profile 'projct'. Did you mean 'project'?",
            "key 'select': no rule matches 'pylnt:*'.",
            "key 'ignore': there is no rule 'pylint:invalid-nam'. Did you mean 'pylint:invalid-name'?",
            "key 'ignore-in-tests': there is no rule 'bandit:B1011'. Did you mean 'bandit:B101'?",
            "key 'caps': there is no rule 'quality:stub-bod'. Did you mean 'quality:stub-body'?",
            "key 'options': unknown option 'minimum-statement' of 'quality:god-function'. ",
        ),
        strict=True,
    ):
        assert told in line


@pytest.mark.parametrize("profile", ["sample", "fast", "project"])
def test_what_a_profile_of_our_own_names_is_there(profile, tmp_path):
    file = tmp_path / "ours.toml"
    file.write_text(f'extends = "{profile}"\n')
    assert resolve_spec(str(file)).profile.name == "ours"
