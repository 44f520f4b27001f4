"""Cases of the rule dead-code."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid("def f():\n    while True:\n        step()\n    return None", "It says what the end would be"),
    Valid(
        """
        def climb(node, edges):
            while True:
                for low, high in edges:
                    if low == node:
                        node = high
                        break
                else:
                    break
            return node
        """,
        "The second break is of the loop around",
    ),
    Valid("def nothing():\n    return\n    yield", "It makes the function a generator"),
    Valid("def f(pair):\n    first, second = pair\n    return second", "Unpacking names what is there"),
    Valid("def f():\n    _unused = g()\n", "The name says that it is not used"),
    Valid("def f(x):\n    _ = x.area\n    return x", "To ask for an attribute may do something"),
    Valid("def f(x):\n    count = len(x)\n    assert count\n    return x", "It is asked for"),
    Valid("def f(x):\n    count = len(x)\n    return lambda: count"),
    Valid("def f(x):\n    size = len(x)\n    class Kept:\n        most = size\n    return Kept"),
    Valid("def f(x):\n    __tracebackhide__ = True\n    assert x", "A test runner reads it"),
    Valid(
        "def f(x):\n    _rich_traceback_omit = True\n    return 1 / x",
        "What shows the traceback reads it",
    ),
    Valid("def f(table):\n    limit = 3\n    return table.query('price > @limit')"),
    Valid("def f(people):\n    x = 20\n    return people.select('lambda p: p.age > x')"),
    Valid("def f(template):\n    name = 'x'\n    return template.format(**locals())"),
    Valid(
        "def f():\n    total = 0\n    def add(n):\n        nonlocal total\n        total = n\n    return add"
    ),
    Valid("if __debug__:\n    check()"),
    Valid("DEBUG = False\nif DEBUG:\n    start()", "A switch for whoever edits the module"),
    Valid("if TYPE_CHECKING:\n    from a import b\n    def reveal(x: b) -> b: ..."),
    Valid(
        "if TYPE_CHECKING:\n    T = TypeVar('T', bound='Shop')\n    Rows = list[T]\n    reveal_type(rows)\n    __all__ += ['Rows']"
    ),
)

INVALID = (
    Invalid(
        """
        def f(x):
            if x:
                raise ValueError(x)
                x = 1
                print(x)
            return x
        """,
        ("4:9-5:17 never runs: it stands behind raise",),
    ),
    Invalid(
        """
        def serve():
            while True:
                step()
            close()
        """,
        ("4:5-4:12 never runs: it stands behind an endless loop",),
    ),
    Invalid("debug = 0\nif debug:\n    start()", ("3:5-3:12 never runs: the condition is always false",)),
    Invalid("False and start()", ("1:11-1:18 never runs: the condition is always false",)),
    Invalid(
        "def f(x):\n    debug = False\n    if debug:\n        print(x)\n    return x",
        ("4:9-4:17 never runs: the condition is always false",),
    ),
    Invalid("if ready and not ready:\n    start()", ("2:5-2:12 never runs: the condition is always false",)),
    Invalid("if False and ready:\n    start()", ("2:5-2:12 never runs: the condition is always false",)),
    Invalid("if 1:\n    start()\nelse:\n    stop()", ("4:5-4:11 never runs: the condition is always true",)),
    Invalid(
        "if TYPE_CHECKING:\n    def f(x):\n        return x + 1",
        ("2:5-2:14 never runs: only type checkers come here",),
    ),
    Invalid(
        "if TYPE_CHECKING:\n    from logging import getLogger\n    LOG = getLogger(__name__)",
        ("2:5-3:30 never runs: only type checkers come here",),
    ),
    Invalid(
        """
        def f(rows):
            count = len(rows)
            return sum(rows)
        """,
        ("2:5-2:10 count is never read: remove the assignment",),
    ),
    *(
        Invalid(
            f"def f(rows):\n    count = len(rows)\n    {use}\n    return sum(rows)",
            ("2:5-2:10 count is never read: remove the assignment", *more),
        )
        for use, more in {
            "_ = count": ("3:5-3:6 _ is never read: remove the assignment",),
            "count += 1": (),
            "isinstance(count, int)": (),
            "if count:\n        pass": (),
            "locals()": (),
        }.items()
    ),
    Invalid(
        "def f(rows):\n    count = len(rows)\n    print('count')\n    return sum(rows)",
        ("2:5-2:10 count is never read: remove the assignment",),
    ),
    Invalid(
        "def f(rows):\n    count, most = len(rows), 9\n    return rows[most]",
        ("2:5-2:10 count is never read: remove the assignment",),
    ),
    Invalid(
        "from typing import Any, cast\n\ndef f(rows):\n    count = cast(Any, len(rows))\n    return sum(rows)",
        ("4:5-4:10 count is never read: remove the assignment",),
    ),
    Invalid(
        """
        def f(rows):
            count = len(rows)
            del count
            return sum(rows)
        """,
        ("2:5-2:10 count is never read: remove the assignment",),
    ),
)
