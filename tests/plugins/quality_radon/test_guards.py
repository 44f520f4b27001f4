from __future__ import annotations

from textwrap import dedent, indent

import pytest

from quality.model import Source
from quality_radon._guards import MOST_GUARDS, count_guards


def guards(body: str, header: str = "def f(path, sizes):") -> int:
    text = f"{header}\n" + indent(dedent(body).strip("\n"), "    ") + "\n"
    return count_guards(Source(text).outline.units[0])


@pytest.mark.parametrize(
    "leaving",
    [
        "raise ValueError(path)",
        "return",
        "return None",
        'return "no such file", 404',
        "return JsonResponse(ERRORS, status=400)",
    ],
)
def test_a_check_that_leaves_before_the_work_is_a_guard(leaving):
    assert guards(f"if not sizes:\n    {leaving}\nreturn work(path)") == 1


def test_guards_stand_inside_with_and_try_too():
    body = """
        with lock:
            try:
                if not path:
                    raise ValueError
                return work(path)
            finally:
                done()
    """
    assert guards(body) == 1


def test_handlers_of_named_exceptions_that_only_leave_are_guards():
    body = """
        try:
            return work(path)
        except KeyError:
            raise ValueError(path) from None
        except (OSError, TypeError):
            return None
        except Exception:
            return None
        except ImportError:
            repair(path)
    """
    assert guards(body) == 2


@pytest.mark.parametrize(
    "body",
    [
        "if not sizes:\n    return path\nreturn work(path)",
        "if not sizes:\n    return None\nelse:\n    return work(path)",
        "if not sizes:\n    print(path)\n    return None\nreturn work(path)",
        "if sizes:\n    return True\nreturn False",
        "if sizes:\n    return True",
        "for size in sizes:\n    if not size:\n        return None\n    work(size)",
        "if sizes:\n    if not path:\n        return None\n    work(path)",
        "for size in sizes:\n    if not size:\n        continue\n    work(size)",
        "try:\n    work(path)\nexcept KeyError:\n    work(sizes)",
        "try:\n    work(path)\nexcept KeyError:\n    pass",
        "found = 1\nif sizes:\n    return found\nreturn work(path)",
    ],
)
def test_results_and_logic_are_no_guards(body):
    assert guards(body) == 0


@pytest.mark.parametrize(
    "body",
    [
        "for size in sizes:\n    if not size:\n        raise ValueError\n    work(size)",
        "if sizes:\n    if not path:\n        raise ValueError\n    work(path)",
        "while sizes:\n    try:\n        work(sizes.pop())\n    except KeyError:\n        continue",
        "for size in sizes:\n    try:\n        work(size)\n    except (KeyError, OSError):\n        break",
    ],
)
def test_checks_that_raise_and_narrow_handlers_are_guards_wherever_they_stand(body):
    assert guards(body) == 1


def test_only_the_first_few_are_free():
    checks = "\n".join(f"if sizes == {n}:\n    return {n}" for n in range(9))
    assert guards(f"{checks}\nreturn work(path)") == MOST_GUARDS


def test_the_code_of_a_module_has_none():
    assert count_guards(Source("if a:\n    raise b\nc()\n").outline.units[-1]) == 0
