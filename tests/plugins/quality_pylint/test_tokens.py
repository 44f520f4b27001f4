"""A text is cut into tokens where a checker of tokens could see something."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quality.model import AnalyzerContext, Source
from quality_pylint import PylintAnalyzer, catalogue
from quality_pylint._tokens import branch_words, needs_tokens

SHOWN_BY_TOKENS = {
    "pylint:anomalous-backslash-in-string",
    "pylint:else-if-used",
    "pylint:implicit-str-concat",
    "pylint:trailing-comma-tuple",
}

PLAIN = '''
def f(a, b):
    """Has "quotes", and \'others\'.

    Ends here"""
    if a:
        f(
            a,
            (1, 2),
        )
        return "" + b["x"] + '' + r"raw" + """"a" """
    else:
        return b"x", 1, u'', ("a", "b")
'''


@pytest.fixture(scope="module")
def tell() -> Callable[[str], set[str]]:
    """Analyses a text with these rules alone, so that no other checker asks for tokens."""
    analyzer = PylintAnalyzer()
    analyzer.open(AnalyzerContext({rule.id: rule for rule in catalogue() if rule.id in SHOWN_BY_TOKENS}))
    return lambda text: {
        finding.rule_id.removeprefix("pylint:") for finding in analyzer.analyze(Source(text)).findings
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = '\\d'", {"anomalous-backslash-in-string"}),
        ("x = 1,", {"trailing-comma-tuple"}),
        ("x = 1,  # so", {"trailing-comma-tuple"}),
        ("def f():\n    return 1, 2,", {"trailing-comma-tuple"}),
        ("x: tuple = 1,", {"trailing-comma-tuple"}),
        ("del x[y == 1],", {"trailing-comma-tuple"}),
        ("x = ['a' 'b']", {"implicit-str-concat"}),
        ("x = ['a'\"b\"]", {"implicit-str-concat"}),
        ('x = ["""a""" "b", ""]', {"implicit-str-concat"}),
        ("x = [r'a' r'b']", {"implicit-str-concat"}),
        ("x = ['' '']", set()),
        ("x = [f'{y}' 'b']", set()),
        ("x = ['é' 'b']", {"implicit-str-concat"}),
        ("if a:\n    b()\nelse:\n    if c:\n        d()", {"else-if-used"}),
        ("if a:\n    b()\nelif c:\n    d()", set()),
        ("if ä:\n    b('ö')\nelse:\n    if c:\n        d('ü')", {"else-if-used"}),
        ("x = 'é', 1,", {"trailing-comma-tuple"}),
    ],
)
def test_what_tokens_show_is_said(tell, text, said):
    source = Source(text + "\n")
    assert needs_tokens(source) != bool(branch_words(source))
    assert tell(source.text) == said


def test_most_texts_need_none(tell):
    assert not needs_tokens(Source(PLAIN))
    assert not branch_words(Source(PLAIN))
    assert tell(PLAIN) == set()


def test_a_text_needs_none_for_its_other_letters(tell):
    text = PLAIN.replace('["x"]', '["ä"]').replace('("a", "b")', '("ö", "ü")').replace("Ends", "Endet für")
    assert not needs_tokens(Source(text))
    assert tell(text) == set()


def test_how_a_branch_is_written_needs_no_other_tokens():
    source = Source("if a:\n    b()\nelif c:\n    d()\nelse:\n    if e:\n        f()\n")
    words = [(token.string, token.start) for token in branch_words(source)]
    tokens = [(token.string, token.start) for token in source.tokens if token.string in {"if", "elif"}]
    assert sorted(words[:-1]) == sorted(tokens)


def test_the_strings_of_an_earlier_text_are_forgotten(tell):
    assert tell("x = ['a' 'b']\n") == {"implicit-str-concat"}
    assert tell("x = ['ab', 'c']\n") == set()
