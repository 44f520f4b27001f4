from __future__ import annotations

from textwrap import dedent, indent

import pytest

from quality.model import Source
from quality_radon._checks import MOST_GUARDS, MOST_REFUSALS
from quality_radon._cognitive import cognitive
from quality_radon._guard_kinds import Cost
from quality_radon._guards import cost_of_guards

HEADER = "def f(path, sizes):"


def text_of(body: str) -> str:
    return f"{HEADER}\n" + indent(dedent(body).strip("\n"), "    ") + "\n"


def cost(body: str) -> Cost:
    return cost_of_guards(Source(text_of(body)).outline.units[0])


def whole(body: str) -> Cost:
    """Cognitive complexity and LLOC of all of it."""
    source = Source(text_of(body))
    return Cost(cognitive(source)[0], source.outline.units[0].lloc)


@pytest.mark.parametrize(
    "leaving",
    [
        "raise ValueError(path)",
        "return",
        "return None",
        'return "no such file", 404',
        "return JsonResponse(ERRORS, status=400)",
        "abort(400)",
        "sys.exit(f'{path} is missing')",
        "parser.fail('no sizes')",
    ],
)
def test_a_check_that_leaves_before_the_work_is_a_guard(leaving):
    assert cost(f"if not sizes:\n    {leaving}\nreturn work(path)") == Cost(1, 2)


def test_guards_stand_inside_with_and_try_too():
    body = """
        with lock:
            try:
                if not path:
                    return None
                return work(path)
            finally:
                for size in sizes:
                    done(size)
    """
    assert cost(body) == Cost(1, 2)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("try:\n    work(path)\nfinally:\n    path.close()", Cost(0, 2)),
        (
            "try:\n    work(path)\nexcept OSError:\n    log(path)\nfinally:\n    path.close()\n    del path",
            Cost(0, 2),
        ),
        ("try:\n    work(path)\nfinally:\n    if path:\n        path.close()", Cost(0, 0)),
        ("try:\n    work(path)\nfinally:\n    a()\n    b()\n    c()", Cost(0, 0)),
    ],
)
def test_cleaning_up_whatever_happened_is_a_guard(body, expected):
    assert cost(body) == expected


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
    assert cost(body) == Cost(2, 2)


def test_try_is_free_when_all_its_handlers_are():
    assert cost(
        "try:\n    work(path)\nexcept KeyError:\n    return None\nexcept OSError:\n    raise"
    ) == Cost(2, 3)


@pytest.mark.parametrize(
    "body",
    [
        "if not sizes:\n    return path\nreturn work(path)",
        "if not sizes:\n    return None\nelse:\n    return work(path)",
        "if not sizes:\n    print(path)\n    print(sizes)\n    return None\nreturn work(path)",
        "if not sizes:\n    path = work(path)\n    return None\nreturn work(path)",
        "if not sizes:\n    a()\n    b()\n    c()\n    raise ValueError\nreturn work(path)",
        "if not sizes:\n    for size in sizes:\n        print(size)\n    raise ValueError\nreturn work(path)",
        "if sizes:\n    return True\nreturn False",
        "if sizes:\n    return True",
        "for size in sizes:\n    if not size:\n        return None\n    work(size)",
        "for size in sizes:\n    if not size:\n        return False\nreturn True",
        "for size in sizes:\n    if not size:\n        return False\nelse:\n    work(path)\nreturn path",
        "if sizes:\n    if not path:\n        return None\n    work(path)",
        "for size in sizes:\n    if not size:\n        work(path)\n        path = size\n        continue\n    work(size)",
        "for size in sizes:\n    if size:\n        work(size)\n    if not path:\n        continue",
        "try:\n    work(path)\nexcept KeyError:\n    work(sizes)",
        "try:\n    work(path)\nexcept KeyError:\n    pass",
        "found = 1\nif sizes:\n    return found\nreturn work(path)",
        "unescape(path)",
        "path.unquote()",
        "self.checks = path",
        "path, sizes = work(path)",
    ],
)
def test_results_and_logic_are_no_guards(body):
    assert cost(body) == Cost(0, 0)


@pytest.mark.parametrize(
    "refusal",
    ["if not path:\n    raise ValueError", "asked = path.a\nif asked:\n    raise ValueError(asked)"],
)
def test_a_refusal_behind_the_result_makes_no_guard_of_it(refusal):
    result = "if sizes:\n    return True"
    assert cost(f"{result}\n{refusal}\nreturn False") == cost(f"{refusal}\n{result}\nreturn False")


CHECKS = [
    "if not path:\n    raise ValueError",
    "if not path or '..' in path:\n    raise ValueError",
    "if any(part == '..' for part in path if part) or not path and sizes:\n    raise ValueError",
    "if len(path if path else sizes) > 9:\n    raise ValueError",
    "if not (path and sizes):\n    abort(404)",
    "if not path:\n    message = 'no path'\n    raise ValueError(message)",
    "if not path:\n    log.warning('no path')\n    message = 'no path'\n    raise ValueError(message)",
    "for size in sizes:\n    if size < 0 or size > 9:\n        raise ValueError(size)",
    "assert path",
    "if path:\n    check_path(path)",
    "if path and sizes:\n    path = quote(path)",
    "validate_path(path)",
    "if path:\n    validate_path(path)\n    check(sizes)",
    "if path:\n    if '..' in path:\n        raise ValueError\n    if not sizes and path:\n        abort(400)",
    "for size in sizes:\n    check(size)",
    "if not path:\n    for size in sizes:\n        if size:\n            check(size)",
    "if not path:\n    raise ValueError(', '.join(f'{size}' for size in sizes if size))",
    "bad = [size for size in sizes if size < 0]\nif bad and path:\n    raise ValueError(bad)",
    "length = len(path)\nif length > 9:\n    raise ValueError",
    "self.path = escape(path)",
    "sizes[0] = quote(path)",
    "name = os.path.basename(path)",
    "await self.checkAccess(path)",
    "path = html.escape(path)",
    "safe = sanitize(path)",
]
PLACES = [
    "{}\nwork(path)",
    "with lock:\n    {}\n    work(path)",
    "for size in sizes:\n    {}\n    work(size)",
    "while sizes:\n    for size in sizes.pop():\n        {}\n        work(size)",
    "if sizes:\n    {}\n    work(path)",
    "if sizes:\n    work(path)\nelse:\n    work(sizes)\n    {}",
    "try:\n    work(path)\n    {}\nfinally:\n    a()\n    b()\n    c()",
    "try:\n    work(path)\nexcept KeyError:\n    work(sizes)\n    {}",
    "match path:\n    case '.':\n        work(path)\n        {}",
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("check", CHECKS)
def test_a_check_costs_nothing_wherever_it_stands(place, check):
    before = place.index("{")
    margin = " " * (before - place.rfind("\n", 0, before) - 1)
    body = place.replace("{}", indent(check, margin).strip())
    with_it, without_it = whole(body), whole(place.replace("{}", "pass"))
    assert cost(body) == (with_it.cognitive - without_it.cognitive, with_it.lloc - without_it.lloc + 1)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("path = path.strip().lower()\nwork(path)", Cost(0, 1)),
        ("sizes = int(sizes)\nwork(sizes)", Cost(0, 1)),
        ("path = re.sub('[<>]', '', path)\nwork(path)", Cost(0, 1)),
        ("path = work(path)\nreturn path", Cost(0, 0)),
        ("path = sizes.strip()\nreturn path", Cost(0, 0)),
        ("while sizes:\n    path = path.strip()", Cost(0, 0)),
        ("other = path.strip()\nother = other.strip()\nreturn other", Cost(0, 0)),
    ],
)
def test_a_parameter_is_put_right_before_the_work(body, expected):
    assert cost(body) == expected


def test_a_counter_that_a_check_alone_asks_belongs_to_it():
    body = "total = 0\nfor size in sizes:\n    total += size\n    if total > 9:\n        raise ValueError\n    work(size)"
    assert cost(body) == Cost(2, 4)
    assert cost(f"{body}\nreturn total") == Cost(2, 2)


@pytest.mark.parametrize(
    "body",
    [
        "if sizes:\n    work(path)\nelif path:\n    raise ValueError",
        "for size in sizes:\n    if size:\n        work(path)\n    elif path:\n        raise ValueError",
        "try:\n    work(path)\nexcept (KeyError, OSError):\n    return None",
        "for size in sizes:\n    if not size:\n        continue\n    work(size)",
        "while sizes:\n    if not path:\n        log.info('skipped')\n        continue\n    work(sizes)",
        "while sizes:\n    try:\n        work(sizes.pop())\n    except KeyError:\n        continue",
        "for size in sizes:\n    try:\n        work(size)\n    except (KeyError, OSError):\n        break",
    ],
)
def test_clauses_that_only_leave_are_guards(body):
    assert cost(body).cognitive >= 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "if sizes:\n    work(path)\nelif not path:\n    raise ValueError\nelse:\n    work(sizes)",
            Cost(1, 2),
        ),
        ("if not path:\n    raise ValueError\nelif sizes:\n    work(path)", Cost(1, 2)),
        ("if not path and sizes:\n    raise ValueError\nelse:\n    work(path)", Cost(2, 2)),
        (
            "if sizes:\n    work(path)\nelse:\n    message = 'no sizes'\n    raise ValueError(message)",
            Cost(1, 2),
        ),
        ("if sizes:\n    work(path)\nelif path:\n    work(sizes)\nelse:\n    raise ValueError", Cost(1, 1)),
        ("if sizes:\n    return None\nelif path:\n    work(sizes)\nelse:\n    return path", Cost(0, 0)),
    ],
)
def test_a_branch_that_raises_is_a_guard_and_the_others_are_not(body, expected):
    assert cost(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("if path is None:\n    path = '.'\nreturn work(path)", Cost(1, 2)),
        ("if len(path) > 9 or not path:\n    path = path[:9]\nreturn work(path)", Cost(2, 2)),
        ("if path < 0:\n    path += len(sizes)\nreturn work(path)", Cost(1, 2)),
        ("if sizes:\n    path = '.'\nreturn work(path)", Cost(0, 0)),
        ("if not path:\n    path = '.'", Cost(0, 0)),
        ("for size in sizes:\n    if size > path:\n        path = size\nreturn path", Cost(0, 0)),
        ("if path:\n    path = '.'\nelse:\n    path = '/'\nreturn work(path)", Cost(0, 0)),
        ("if path:\n    path = '.'\n    work(sizes)\nreturn work(path)", Cost(0, 0)),
    ],
)
def test_what_puts_a_name_right_before_the_work_is_a_guard(body, expected):
    assert cost(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return path[0] if path else None", Cost(1, 0)),
        ("return '' if path is None or not sizes else path.name", Cost(2, 0)),
        ("name = path.get('name') or {}\nreturn name.get(sizes)", Cost(1, 0)),
        ("with lock:\n    return path or DEFAULTS", Cost(1, 0)),
        ("return sizes if path else path", Cost(0, 0)),
        ("return 1 if path else 2", Cost(0, 0)),
        ("return path == '' or sizes == 0", Cost(0, 0)),
        ("return path and {}", Cost(0, 0)),
        ("for size in sizes:\n    path = size or 1\nreturn path", Cost(0, 0)),
    ],
)
def test_a_default_for_what_is_missing_is_a_guard(body, expected):
    assert cost(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("length = len(path)\nif length > 9:\n    raise ValueError(length)\nreturn work(path)", Cost(1, 3)),
        ("length = len(path)\nif length > 9:\n    raise ValueError\nreturn work(length)", Cost(1, 2)),
        (
            "length = len(path)\nlog(path)\nif length > 9:\n    raise ValueError\nreturn work(path)",
            Cost(1, 2),
        ),
        ("path = escape(path)\nif path:\n    raise ValueError", Cost(1, 3)),
        ("a, b = path\nif a:\n    raise ValueError\nreturn work(path)", Cost(1, 2)),
    ],
)
def test_what_only_a_check_asks_about_belongs_to_it(body, expected):
    assert cost(body) == expected


def test_more_checks_that_raise_are_free_than_others():
    checks = "\n".join(f"if sizes == {n}:\n    raise ValueError({n})" for n in range(9))
    answers = "\n".join(f"if sizes == {n}:\n    return {n}" for n in range(9))
    assert cost(checks) == Cost(MOST_REFUSALS, 2 * MOST_REFUSALS)
    both = MOST_REFUSALS + MOST_GUARDS
    assert cost(f"{checks}\n{answers}\nreturn work(path)") == Cost(both, 2 * both)


@pytest.mark.parametrize(
    "body",
    [
        "if path:\n    check(path)\n    work(sizes)\nreturn path",
        "for size in sizes:\n    check(size)\n    work(size)",
        "if path:\n    check(path)\n    check(path)\n    check(path)\n    check(path)\nreturn path",
    ],
)
def test_what_holds_work_or_much_is_no_check(body):
    assert cost(body).cognitive == 0


def test_the_guards_of_closures_belong_to_the_unit():
    body = """
        def wrapper(size):
            if not size:
                raise ValueError
            return work(path, size)

        return wrapper
    """
    assert cost(body) == Cost(1, 2)


def test_only_the_costliest_few_are_free():
    checks = "\n".join(f"if sizes == {n}:\n    return {n}" for n in range(9))
    assert cost(f"{checks}\nreturn work(path)") == Cost(MOST_GUARDS, 2 * MOST_GUARDS)
    assert cost(f"check(path)\n{checks}\nreturn work(path)") == Cost(MOST_GUARDS, 2 * MOST_GUARDS)
    assert cost("check(path)\ncheck(sizes)\nif path:\n    raise KeyError") == Cost(1, 4)


def test_the_code_of_a_module_has_none():
    assert cost_of_guards(Source("if a:\n    raise b\nc()\n").outline.units[-1]) == Cost(0, 0)


def test_a_check_of_a_function_inside_is_no_more_a_guard_than_where_it_stands_alone():
    inner = """
        def read(default):
            try:
                return load(path)
            except OSError:
                return default
        return read
    """
    assert cost(inner) == Cost(0, 0)
