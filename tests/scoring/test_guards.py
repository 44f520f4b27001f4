"""Checks of the input must not cost more than doing without them."""

from __future__ import annotations

import pytest

import quality

WORK = """
    total = 0
    for size in sizes:
        if size > 3:
            total += size
    with open(path, encoding="utf-8") as file:
        return total, file.read()
"""


@pytest.mark.parametrize(
    "check",
    [
        "    if not sizes:\n        raise ValueError(path)",
        "    if not path.startswith(ROOT):\n        return None, 400",
    ],
)
def test_a_check_before_the_work_is_free(check):
    bare = quality.score(f"def f(path, sizes):{WORK}")
    checked = quality.score(f"def f(path, sizes):\n{check}{WORK}")
    assert checked.value == pytest.approx(bare.value, abs=1e-9)


def test_ten_checks_are_not():
    checks = "\n".join(f"    if path == 'p{n}':\n        return {n}, ''" for n in range(10))
    bare = quality.score(f"def f(path, sizes):{WORK}")
    checked = quality.score(f"def f(path, sizes):\n{checks}{WORK}")
    assert checked.value < bare.value - 0.02
