"""Suppression directives: blanked for every analyzer, counted, and obeyed only outside sealed profiles."""

from __future__ import annotations

import ast
import dataclasses
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality_fakes import RULE, finding

from quality.analysis import prepare
from quality.analysis._directives import neutralise
from quality.analysis._findings import settle
from quality.model import Confidence, Limits, Rule, Severity, Source

PYLINT = Rule("pylint:unused-import", "t", "clarity", Severity.NOTE, "w", "pylint", aliases=("W0611", "F401"))
BANDIT = Rule("bandit:B602", "t", "security", Severity.ERROR, "w", "bandit")
RULES = {rule.id: rule for rule in (PYLINT, BANDIT, RULE)}


def source_of(text: str) -> Source:
    source = prepare(textwrap.dedent(text).lstrip("\n"), "sample.py", Limits())
    assert isinstance(source, Source), source
    return source


def suppressed_lines(text: str, rule: Rule = PYLINT, *, obey: bool = True) -> list[int]:
    """The lines in which a finding of the rule would be suppressed."""
    source = source_of(text)
    findings = [finding(rule, line) for line in range(1, len(source.lines))]
    settled = settle(findings, source, RULES, obey=obey)
    return [each.location.line for each in settled if each.suppressed]


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa",
        "#noqa",
        "# NoQA: E501",
        "# noqa:E501,W291",
        "# see below # noqa",
        "# nosec",
        "# nosec B602",
        "# pylint: disable=all",
        "# pylint:disable=C,R",
        "# pylint: skip-file",
        "# pylint: disable-next=invalid-name",
        "# pylint: enable=all",
        "# ruff: noqa",
        "# ruff: disable[E501]",
        "# ruff: file-ignore[E501]",
        "# ruff: ignore[E501]",
        "# flake8: noqa",
        "# flake8: noqa: E123",
        "# type: ignore",
        "# type:ignore[attr-defined]",
        "# mypy: disallow-untyped-defs=False",
        "# mypy: strict, ignore-errors",
        "# mypy: ignore-errors",
        "# pyright: basic",
        "# fmt: off",
        "# fmt: skip",
        "# isort: skip",
        "# pragma: no cover",
        "# noqa\u00a0: E501",
        "#\u00a0noqa",
    ],
)
def test_a_directive_is_blanked_in_place_and_listed(comment: str) -> None:
    text, directives = neutralise(f"x = 1  {comment}\ny = 2\n", "sample.py")
    assert text == f"x = 1  {' ' * len(comment)}\ny = 2\n"
    (directive,) = directives
    assert (directive.location.line, directive.location.column) == (1, 8)
    assert directive.location.end_column == 8 + len(comment)


@pytest.mark.parametrize(
    "text",
    [
        "# mypy: strict, disallow-untyped-defs, warn-unreachable",
        "# pyright: strict",
        "x = 1  # a comment about linters\n",
        "x = '# noqa'\n",
        'x = """\n# nosec\n"""\n',
        "x = 1  # types: ignored here\n",
        "x = 1  # the format: off by one\n",
    ],
)
def test_what_is_no_directive_stays(text: str) -> None:
    assert neutralise(text, "sample.py") == (text, ())


def test_a_sealed_profile_obeys_nothing() -> None:
    assert suppressed_lines("import os  # noqa\n", obey=False) == []


def test_a_bare_noqa_silences_its_line() -> None:
    assert suppressed_lines("import a\nimport b  # noqa\nimport c\n") == [2]


def test_a_reason_behind_noqa_is_no_code() -> None:
    assert suppressed_lines("import a  # noqa this is needed\n") == [1]


@pytest.mark.parametrize("code", ["F401", "W0611", "unused-import", "PLW0611", "E501, F401"])
def test_a_rule_is_silenced_by_any_of_its_names(code: str) -> None:
    assert suppressed_lines(f"import a  # noqa: {code}\n") == [1]


def test_another_code_silences_nothing() -> None:
    assert suppressed_lines("import a  # noqa: E501\n") == []


@pytest.mark.parametrize(
    ("comment", "rule", "silenced"),
    [
        ("# nosec", BANDIT, True),
        ("# nosec B602", BANDIT, True),
        ("# nosec B101", BANDIT, False),
        ("# nosec", PYLINT, False),
        ("# pylint: disable=all", BANDIT, False),
        ("# noqa", BANDIT, True),
        ("# fmt: skip", PYLINT, False),
        ("# type: ignore", PYLINT, False),
    ],
)
def test_a_directive_speaks_for_its_tool(comment: str, rule: Rule, silenced: bool) -> None:  # noqa: FBT001 - a table
    assert bool(suppressed_lines(f"x = 1  {comment}\n", rule)) is silenced


def test_a_pylint_comment_of_its_own_reaches_to_the_end_of_its_block() -> None:
    text = """
        def f():
            a = 1
            # pylint: disable=unused-import
            import b
            if a:
                import c
        import d
    """
    assert suppressed_lines(text) == [3, 4, 5, 6]


@pytest.mark.parametrize(
    "first", ["", '    "Documented."\n', "    # Why.\n\n", '    """Documented.\n\n    At length."""\n']
)
@pytest.mark.parametrize("head", ["def f(a):", "async def f(\n    a,\n) -> int:", "class A(B):"])
def test_a_pylint_comment_that_comes_first_speaks_for_the_name_too(head: str, first: str) -> None:
    text = f"import c\n{head}\n{first}    # pylint: disable=unused-import\n    import b\nimport d\n"
    lines = text.count("\n")
    assert suppressed_lines(text) == [*range(2, lines)]


@pytest.mark.parametrize("head", ["if a:", "for a in b:", "def f():\n    a = 1"])
def test_another_pylint_comment_does_not(head: str) -> None:
    text = f"{head}\n    # pylint: disable=unused-import\n    import b\n"
    first = head.count("\n") + 2
    assert suppressed_lines(text) == [first, first + 1]


def test_a_pylint_comment_of_the_module_reaches_to_the_end() -> None:
    assert suppressed_lines("import a\n# pylint: disable=unused-import\nimport b\nimport c\n") == [2, 3, 4]


def test_a_pylint_comment_behind_a_block_statement_reaches_over_the_block() -> None:
    text = """
        def f():  # pylint: disable=unused-import
            import b
        import c
    """
    assert suppressed_lines(text) == [1, 2]


def test_disable_next_silences_the_next_line() -> None:
    assert suppressed_lines("import a\n# pylint: disable-next=all\nimport b\nimport c\n") == [2, 3]


@pytest.mark.parametrize("comment", ["# pylint: skip-file", "# ruff: noqa", "# flake8: noqa"])
def test_a_directive_for_the_file_silences_all_of_it(comment: str) -> None:
    assert suppressed_lines(f"import a\n{comment}\nimport b\n") == [1, 2, 3]


def test_enabling_silences_nothing() -> None:
    assert suppressed_lines("import a\n# pylint: enable=unused-import\nimport b\n") == []


def test_enabling_ends_what_was_disabled() -> None:
    text = """
        # pylint: disable=unused-import
        import a
        # pylint: enable=unused-import
        import b
    """
    assert suppressed_lines(text) == [1, 2, 3]


def test_enabling_something_else_ends_nothing() -> None:
    text = """
        # pylint: disable=unused-import
        import a
        # pylint: enable=line-too-long
        import b
    """
    assert suppressed_lines(text) == [1, 2, 3, 4]


def test_a_fingerprint_survives_edits_elsewhere() -> None:
    before = settle([finding(line=1)], source_of("do(1)\n"), RULES, obey=True)
    after = settle([finding(line=3)], source_of("a = 1\nb = 2\ndo(1)\n"), RULES, obey=True)
    assert before[0].fingerprint == after[0].fingerprint


def test_equal_lines_have_fingerprints_of_their_own() -> None:
    source = source_of("do(1)\ndo(1)\n")
    first, second = settle([finding(line=2), finding(line=1)], source, RULES, obey=True)
    assert (first.location.line, second.location.line) == (1, 2)
    assert first.fingerprint != second.fingerprint


def test_a_fingerprint_does_not_depend_on_the_message() -> None:
    source = source_of("do(1)\n")
    one, other = (finding(message=message) for message in ("one", "other"))
    assert settle([one], source, RULES, obey=True)[0] == dataclasses.replace(
        settle([other], source, RULES, obey=True)[0], message="one"
    )


@given(
    st.lists(
        st.sampled_from(
            ["x = 1", "# noqa", "  # nosec", "if x:\n    y = 2  # noqa: E1", "'# noqa'", "z = '''\n", "'''"]
        )
    )
)
def test_blanking_keeps_every_position_and_the_program(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    blanked, _ = neutralise(text, "sample.py")
    assert list(map(len, blanked.split("\n"))) == list(map(len, text.split("\n")))
    assert ast.dump(ast.parse(blanked), include_attributes=True) == ast.dump(tree, include_attributes=True)


def test_two_directives_in_one_comment_keep_their_codes_apart() -> None:
    _, directives = neutralise(
        "x = f()  # type: ignore[misc]  # noqa: F401 # pylint: disable=C0103\n", "a.py"
    )
    found = [(directive.tool, directive.codes) for directive in directives]
    assert found == [("type", ("misc",)), ("noqa", ("f401",)), ("pylint", ("c0103",))]
    _, directives = neutralise("x = f()  # noqa: E501 # noqa: F401\n", "a.py")
    assert [directive.codes for directive in directives] == [("e501",)]


def test_nosec_silences_what_its_line_is_a_part_of():
    text = "digest = md5(\n    text\n).hexdigest()  # nosec\n"
    source = source_of(text)
    whole = finding(BANDIT, line=1)
    whole = dataclasses.replace(whole, location=dataclasses.replace(whole.location, end_line=3))
    lines = [finding(BANDIT, line=1), whole]
    assert [each.suppressed for each in settle(lines, source, RULES, obey=True)] == [False, True]


def test_a_type_checkers_name_for_the_same_mistake_silences_it():
    member = Rule(
        "pylint:no-member",
        "t",
        "reliability",
        Severity.ERROR,
        "w",
        "pylint",
        aliases=("E1101", "attr-defined"),
    )
    for comment, hidden in {
        "type: ignore[attr-defined]": True,
        "type: ignore[arg-type]": False,
        "type: ignore": False,
    }.items():
        source = source_of(f"do(1)  # {comment}\n")
        (settled,) = settle([finding(member, line=1)], source, {member.id: member}, obey=True)
        assert settled.suppressed is hidden, comment


@pytest.mark.parametrize(
    ("sealed", "said", "severity"),
    [
        (True, Severity.ERROR, Severity.ERROR),
        (False, Severity.ERROR, Severity.WARNING),
        (False, Severity.WARNING, Severity.NOTE),
        (False, Severity.NOTE, Severity.NOTE),
    ],
)
def test_what_nobody_is_sure_of_is_one_step_lower_for_readers(sealed, said, severity):
    unsure = finding(BANDIT, line=1)
    unsure = dataclasses.replace(unsure, severity=said, confidence=Confidence.LOW)
    (settled,) = settle([unsure], source_of("do(1)\n"), RULES, obey=not sealed)
    assert settled.severity is severity


def test_a_word_about_mypy_to_readers_is_no_directive():
    assert neutralise("x = 1  # mypy: this is not None here\n", "a.py")[1] == ()
    assert neutralise('# mypy: disable-error-code="misc"\n', "a.py")[1] != ()


@pytest.mark.parametrize(
    "comment",
    ["# noqa" + " " * 19_900 + "!", "# nosec" + " " * 19_900 + "!", "# type: ignore" + "[" * 19_900],
)
def test_the_longest_comment_is_read_at_once(comment: str) -> None:
    began = time.process_time()
    _, (directive,) = neutralise(f"x = 1  {comment}\n", "a.py")
    assert directive.codes == ()
    assert time.process_time() - began < 1.0
