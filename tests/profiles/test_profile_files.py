"""Profile files: what they take over, what they change, and every mistake named at once."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from pathlib import Path

import pytest
from quality_fakes import PROFILE

from quality.model import ConfigurationError, Profile, UsageError
from quality.profiles import builtin_profiles, load_profile, nearest, read_toml

SAMPLE = builtin_profiles()["sample"]


@pytest.fixture
def written(tmp_path: Path):
    """Writes a profile file and returns its path."""

    def write(text: str, name: str = "mine.toml") -> str:
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
        return str(tmp_path / name)

    return write


def problems(path: str) -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        load_profile(path)
    return str(caught.value).splitlines()


def same_but(profile: Profile, base: Profile, **changes: object) -> bool:
    return profile == dataclasses.replace(base, **changes)


@pytest.mark.parametrize("name", ["sample", "project", "fast"])
def test_a_builtin_profile_is_whole(name: str) -> None:
    profile = builtin_profiles()[name]
    assert profile.name == name
    assert profile.description
    assert sum(dimension.weight for dimension in profile.dimensions) == pytest.approx(1)
    assert [each.id for each in profile.dimensions] == [
        "complexity",
        "reliability",
        "security",
        "structure",
        "clarity",
        "efficiency",
    ]
    assert profile.analyzers
    assert all(use.required for use in profile.analyzers)
    assert profile.distribution == "quality"


def test_the_sample_profile_is_sealed_and_the_project_profile_is_not() -> None:
    assert SAMPLE.sealed
    assert not builtin_profiles()["project"].sealed


def test_builtin_grades_fall() -> None:
    bounds = list(SAMPLE.calibration.grades.values())
    assert bounds == sorted(bounds, reverse=True)
    assert list(SAMPLE.calibration.grades) == ["A", "B", "C", "D", "E"]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("tool:one-thng", "Did you mean 'tool:one-thing'?"),
        ("other:one-thing", "Did you mean 'tool:one-thing'?"),
        ("tool:nope", "Known: tool:no-member, tool:one-thing."),
    ],
)
def test_only_what_follows_the_analyzer_is_compared(name: str, remedy: str) -> None:
    assert nearest(name, ["tool:one-thing", "tool:no-member"]) == remedy


def test_of_many_names_those_are_told_that_hold_the_word() -> None:
    many = [f"tool:rule-{number}" for number in range(40)] + ["tool:opens-urls-of-clients"]
    assert nearest("urls", many) == "There are 41, among them tool:opens-urls-of-clients."


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"no profile 'simple'\. Did you mean 'sample'\?"):
        load_profile("simple")


def test_profiles_of_plugins_are_known_by_name() -> None:
    assert load_profile("fake", {"fake": PROFILE}) is PROFILE


def test_a_plugin_cannot_replace_a_builtin_profile() -> None:
    imposter = dataclasses.replace(PROFILE, name="sample")
    assert load_profile("sample", {"sample": imposter}) == SAMPLE


def test_an_empty_file_is_the_sample_profile_by_another_name(written) -> None:
    assert same_but(load_profile(written("")), SAMPLE, name="mine", distribution="")


def test_a_file_names_only_what_differs(written) -> None:
    path = written(
        """
        extends = "project"
        description = "Ours."
        select = ["pylint:*"]
        ignore = ["pylint:line-too-long"]
        suppressed-factor = 1

        [limits]
        depth = 50

        [options."quality:god-function"]
        statements = 80
        """
    )
    project = builtin_profiles()["project"]
    assert same_but(
        load_profile(path),
        project,
        name="mine",
        distribution="",
        description="Ours.",
        select=("pylint:*",),
        ignore=(*project.ignore, "pylint:line-too-long"),
        suppressed_factor=1.0,
        limits=dataclasses.replace(project.limits, depth=50),
        options={**project.options, "quality:god-function": {"statements": 80}},
    )


def test_dimensions_take_their_half_points_from_the_table(written) -> None:
    path = written(
        """
        [dimensions.size]
        title = "Size"
        description = "How long."
        weight = 0.5
        judged-by = "units"

        [dimensions.security]
        title = "Security"
        description = "How safe."
        weight = 0.25

        [dimensions.manners]
        title = "Manners"
        description = "How polite."
        weight = 0.25
        half-points = 0.5
        """
    )
    halves = {each.id: each.half_points for each in load_profile(path).dimensions}
    assert halves == {
        "size": None,
        "security": SAMPLE.calibration.half_points["security"],
        "manners": 0.5,
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("selekt = []", "unknown key 'selekt'. Did you mean 'select'?"),
        ("sealed = 'yes'", "key 'sealed' should be a valid boolean, got 'yes'"),
        ("suppressed-factor = 2", "key 'suppressed-factor' should be less than or equal to 1, got 2"),
        ("[limits]\ndepths = 3", "unknown key 'limits.depths'. Did you mean 'depth'?"),
        ("[limits]\ndepth = -3", "key 'limits.depth' should be greater than 0"),
        ("extends = 'projekt'", "extends unknown profile 'projekt'. Did you mean 'project'?"),
        ("analyzers = [{ name = 'radon' }]", "key 'analyzers.0.id' is missing"),
        ("[dimensions.a]\ntitle = 'A'\ndescription = 'A.'\nweight = 0.5", "should sum to 1, got 0.5"),
        ("[dimensions.a]\ntitle = 'A'\ndescription = 'A.'\nweight = 1", "has no 'half-points'"),
        ("table = 'nowhere.json'", "key 'table': There is no calibration table 'nowhere.json'"),
        ("limits = 3", "key 'limits' should be a table, got 3"),
        ("x = [", "is no TOML"),
        (f"x = {'[' * 5000}{']' * 5000}", "is nested too deeply to be read"),
        (
            "[caps]\n'quality:stub-body' = 5",
            "key 'caps.quality:stub-body' should be less than or equal to 1, got 5",
        ),
        ("volume = inf", "key 'volume' should be a finite number, got inf"),
        ("suppressed-factor = nan", "key 'suppressed-factor' should be a finite number, got nan"),
    ],
)
def test_a_mistake_names_file_key_and_remedy(written, text: str, says: str) -> None:
    path = written(text)
    lines = problems(path)
    assert any(says in line for line in lines)
    assert all(line.startswith(f"{path}: ") for line in lines)


def test_all_mistakes_come_at_once(written) -> None:
    assert len(problems(written("a = 1\nb = 2\nsealed = 3\n"))) == 3
    assert len(problems(written("a = 1\nextends = 'projekt'\ntable = 'nowhere.json'\n"))) == 3


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        load_profile(str(tmp_path / "none.toml"))


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"a = '\xff'\n")
    with pytest.raises(ConfigurationError, match="is not in UTF-8"):
        read_toml(tmp_path / "x.toml")


TABLE = {
    "name": "mine",
    "curves": {"m:a": {"p90": 1, "p50": 5, "exponent": 0.5}, "m:b": {"p90": 1, "p50": 5, "exponent": 0.5}},
    "half-points": dict.fromkeys(("reliability", "security", "structure", "clarity", "efficiency"), 0.1),
    "points": {"note": 1, "warning": 2, "error": 3},
    "confidence": {"low": 0.1, "medium": 0.5, "high": 1},
    "grades": {"C": 0, "A": 0.9, "B": 0.5},
}


@pytest.fixture
def with_table(written, tmp_path: Path):
    """Writes a table, changed as asked for, and a profile beside it that uses it."""

    def write(**changes: object) -> str:
        table = {**TABLE, **{key.replace("_", "-"): value for key, value in changes.items()}}
        (tmp_path / "table.json").write_text(json.dumps(table), encoding="utf-8")
        return written("table = 'table.json'")

    return write


def test_a_table_beside_the_profile_is_used(with_table) -> None:
    table = load_profile(with_table()).calibration
    assert table.name == "mine"
    assert list(table.grades.items()) == [("A", 0.9), ("B", 0.5), ("C", 0.0)]
    assert table.points == {"note": 1.0, "warning": 2.0, "error": 3.0}


def test_a_table_has_the_digest_of_its_text(with_table) -> None:
    one = load_profile(with_table()).calibration.digest
    assert one != load_profile(with_table(name="mine ")).calibration.digest


def test_the_half_points_of_another_table_count(with_table) -> None:
    halves = {each.id: each.half_points for each in load_profile(with_table()).dimensions}
    assert halves["security"] == 0.1
    assert halves["complexity"] is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"points": {"note": 1, "warning": 2}}, "key 'points.error' is missing"),
        ({"confidence": {"low": 1, "medium": 1}}, "key 'confidence.high' is missing"),
        ({"half_points": {"security": 0}}, "'half-points.security' should be greater than 0"),
        ({"curves": {"m:a": {"p90": 5, "p50": 5, "exponent": 1}}}, "should have p50 above p90, got 5 and 5"),
        ({"curves": {"m:a": {"p90": 1, "p50": 5, "exponent": 0.5}}}, "should sum to 1, got 0.5"),
        ({"colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_a_wrong_table_is_named(with_table, changes: dict[str, object], says: str) -> None:
    lines = problems(with_table(**changes))
    assert any(says in line for line in lines)
    assert all(line.startswith("table.json: ") for line in lines)


def test_a_missing_table_is_a_usage_error(written) -> None:
    with pytest.raises(UsageError, match=r"no calibration table 'repository'\. Did you mean 'repositories'"):
        load_profile(written("table = 'repository'"))


def test_a_table_that_is_no_json_is_named(written, tmp_path: Path) -> None:
    (tmp_path / "table.json").write_text("{", encoding="utf-8")
    assert "is no JSON" in problems(written("table = 'table.json'"))[0]
    (tmp_path / "table.json").write_text("[" * 100_000, encoding="utf-8")
    assert "is nested too deeply" in problems(written("table = 'table.json'"))[0]


def test_the_fast_tier_judges_as_sample_does_but_without_pylint() -> None:
    fast = builtin_profiles()["fast"]
    assert {use.id for use in SAMPLE.analyzers} - {use.id for use in fast.analyzers} == {"pylint"}
    assert same_but(
        fast,
        SAMPLE,
        name="fast",
        description=fast.description,
        analyzers=fast.analyzers,
        select=tuple(pattern for pattern in SAMPLE.select if pattern != "pylint:*"),
    )
