"""What runs in Python 2 alone is not asked what Python 3 makes of it."""

from __future__ import annotations

import pytest

from quality.model import Source

from .conftest import opened

TEXT = """
import sys
class Node:
    if {test}:
        def __str__(self):
            return b"a"
    else:
        size = 1
"""


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("sys.version_info < (3, 0)", False),
        ("sys.version_info < (2, 7)", False),
        ("sys.version_info[0] == 2", False),
        ("sys.version_info.major < 3", False),
        ("six.PY2", False),
        ("not PY3", False),
        ("not py3k", False),
        ("str is bytes", False),
        ("sys.version_info < (3, 12)", True),
        ("sys.version_info >= (3,)", True),
        ("not PY2", True),
        ("DEBUG", True),
    ],
)
def test_a_condition_has_to_hold_in_python_2_alone(test, found):
    text = TEXT.format(test=test)
    assert bool(opened("invalid-str-returned", standalone=False).analyze(Source(text)).findings) is found


def test_so_it_is_where_a_condition_for_python_3_fails():
    text = "import sys\nif sys.version_info >= (3, 0):\n    size = 1\nelse:\n    print(unicode('a'))\n"
    assert opened("undefined-variable", standalone=False).analyze(Source(text)).findings == ()


@pytest.mark.parametrize(
    ("path", "found"), [("shop/_py2.py", False), ("shop/python2/text.py", False), ("shop/copy2.py", True)]
)
def test_so_it_is_in_a_module_that_is_called_so(path, found):
    source = Source("def f(text):\n    return unicode(text)\n", path)
    assert bool(opened("undefined-variable", standalone=False).analyze(source).findings) is found
