"""The cases of the rule returned-arguments."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid("import time\n\ndef timed(rows):\n    time = len(rows)\n    return (rows, time)", "Another time"),
    Valid("import time\n\ndef timed(rows):\n    return (rows, time.time())"),
    Valid(
        "def check_all(*values):\n    if values is None:\n        raise ValueError('a value is missing')\n    return values",
        "It says that it looks at them",
    ),
    Valid(
        "import json\n\ndef plain(value):\n    return json.loads(json.dumps(value.rows))",
        "Of something in it",
    ),
    Valid(
        "def first_error(value):\n    try:\n        check(value)\n        raise KeyError(value)\n    except KeyError as error:\n        return error.args[0]",
        "Another one may have raised it",
    ),
    Valid(
        "import json\n\ndef plain(value):\n    try:\n        json.dumps(value)\n    except TypeError:\n        pass\n    else:\n        return value\n    return find(value)",
        "What goes wrong goes on behind it",
    ),
    Valid(
        "STEPS = []\n\ndef add(step):\n    STEPS.append(step)\n\ndef run(value):\n    for step in STEPS:\n        value = step(value)\n    return value",
        "There may be steps",
    ),
    Valid("from itertools import accumulate\n\ndef sums(rows):\n    return list(accumulate(rows, max))"),
    Valid(
        """
        def best(rows):
            found = None
            def look(row):
                nonlocal found
                if found is None or row > found:
                    found = row
            for row in rows:
                look(row)
            return found
        """
    ),
    Valid(
        """
        def wait(rows):
            found = rows
            def put(row):
                nonlocal found
                found = row
            listen(put)
            return found
        """,
        "Somebody else may give it another one",
    ),
    Valid(
        """
        def values(tree):
            found = []
            def walk(node):
                if node:
                    walk(node.left)
                    found.append(node.value)
            walk(tree)
            return found
        """
    ),
    Valid(
        "def solve(board):\n    return [(number, row) for number, row in enumerate(board)]",
        "With their numbers",
    ),
    Valid("def solve(board):\n    return list(map(str, board))", "In another form"),
    Valid(
        "def require(board):\n    if board is None:\n        raise ValueError('no board')\n    return board",
        "It looks at it, as its name says",
    ),
    Valid(
        "from itertools import chain\n\ndef solve(board):\n    return list(chain(*board))",
        "What is inside of each",
    ),
    Valid("def first(rows):\n    return rows[0]", "A part"),
    Valid("def names(rows):\n    return list(rows) or ['none']", "A default"),
    Valid("def words(tagged):\n    return [word for word, _ in tagged]", "A part of each"),
    Valid("def labels(tokens):\n    return {label for label in tokens}", "Each of them once"),
    Valid(
        "def backwards(rows):\n    found = []\n    for row in rows:\n        found.insert(0, row)\n    return found"
    ),
    Valid("def longer(rows, row):\n    return [*rows, row]", "More than each of them"),
    Valid(
        """
        def double(tree):
            if isinstance(tree, list):
                return double_all(tree)
            return tree * 2

        def double_all(trees):
            return [double(tree) for tree in trees]
        """,
        "Each of two functions calls the other, and one of them works",
    ),
    Valid("def turned(width, height):\n    return height, width", "Another order"),
    Valid("def frozen(stops):\n    route = tuple(stops)\n    return route", "Another kind"),
    Valid(
        """
        def merged(*streams):
            for stream in streams:
                for event in stream:
                    yield event
        """,
        "What is inside of each",
    ),
    Valid(
        "def ordered(rows):\n    held = {'rows': rows}\n    held['rows'] = sorted(rows)\n    return held['rows']",
        "What is taken out is not what was put in",
    ),
    Valid("def last(rows):\n    return rows.pop()", "An entry of an argument"),
    Valid(
        """
        def amount(value):
            match value:
                case 0:
                    return None
                case other:
                    return other
        """,
        "The first case is not for everything",
    ),
    Valid(
        """
        def seen(name):
            found = name.strip()
            if found in NAMES:
                log(found)
            return found
        """,
        "Something is done besides, and the answer is a part",
    ),
    Valid("def both(near, far):\n    yield from near\n    yield from far", "One behind the other"),
    Valid("def first(rows):\n    for row in rows:\n        yield row\n        break", "A part"),
    Valid("def named(rows):\n    for row in rows:\n        if row:\n            yield row", "A part"),
    Valid(
        """
        def queued(urgent, other):
            jobs = []
            jobs.extend(urgent)
            jobs.extend(other)
            return jobs
        """,
        "One behind the other",
    ),
    Valid(
        """
        def cells(board):
            found = []
            for line in board:
                found.extend(line)
            return found
        """,
        "What is inside of each",
    ),
    Valid(
        """
        def repeated(rows, times):
            found = []
            for _ in range(times):
                found.extend(rows)
            return found
        """,
        "The same once more",
    ),
    Valid(
        """
        def each_again(rows, times):
            found = []
            for row in rows:
                for _ in range(times):
                    found.append(row)
            return found
        """,
        "Each several times",
    ),
    Valid(
        """
        def twice(rows):
            for row in rows:
                yield row
                yield row
        """,
        "Each two times",
    ),
    Valid(
        """
        def growing(rows):
            found = []
            for row in rows:
                found.append(row)
                yield list(found)
        """,
        "More in each turn",
    ),
    Valid(
        """
        def with_title(rows):
            table = ["name"]
            for row in rows:
                table.append(row)
            return table
        """,
        "Something besides",
    ),
    Valid(
        """
        def spaced(rows):
            found = []
            for row in rows:
                found.append(row)
                found.append("")
            return found
        """,
        "Something between them",
    ),
    Valid(
        """
        import random

        def mutated(genes, rate):
            return [random.choice("ACGT") if random.random() < 0.1 else gene for gene in genes]
        """,
        "Some of them replaced",
    ),
    Valid(
        """
        import random

        def thinned(rows):
            return [row for row in rows if random.random() < 0.5]
        """,
        "Some of them",
    ),
    Valid(
        """
        def joined(defaults, options):
            settings = {}
            settings.update(defaults)
            settings.update(options)
            return settings
        """,
        "One behind the other",
    ),
    Valid("def rows_to_list(rows):\n    return [row for row in rows]", "Its name promises a list"),
    Valid("def make_tuple(*entries):\n    return entries", "Its name promises what comes packed"),
    Valid("def duplicate_rows(rows):\n    return [row for row in rows]", "Its name promises a copy"),
    Valid("def pack(*entries):\n    return entries", "Its name promises what comes packed"),
    Valid("def create_pair(key, value):\n    return key, value", "Its name promises both"),
    Valid("def as_pair(key, value):\n    return key, value", "Its name promises both"),
    Valid(
        """
        class Straight:
            def bend(self, ray):
                return ray

        class Lens:
            def bend(self, ray):
                return ray.turned(self.angle)
        """,
        "One case of two",
    ),
    Valid("def identity(value):\n    return value", "Its name says so"),
    Valid(
        """
        def same(item):
            return item

        def ordered(items, key=same):
            return sorted(items, key=key)
        """,
        "Handed on as a value",
    ),
    Valid(
        """
        class Query:
            def where(self, text):
                self.parts.append(text)
                return self
        """,
        "It does something besides",
    ),
    Valid("def __enter__(self):\n    return self", "The object itself is what is asked for"),
    Valid(
        """
        def rows_of(file, most=None):
            rows = []
            for row in file:
                rows.append(row)
                if most is not None:
                    most -= len(row)
                    if most <= 0:
                        break
            return rows
        """,
        "No more than are wanted",
    ),
)

INVALID = (
    Invalid(
        "def decimal_to_binary(decimal):\n    if decimal is None:\n        raise ValueError('missing')\n    return decimal",
        ("1:1-1:32 decimal_to_binary() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def is_prime(number):\n    if number is None:\n        raise ValueError('missing')\n    return number",
        ("1:1-1:22 is_prime() gives its arguments back: do something with them",),
    ),
    # Operations that change nothing, functions of iterators that give what they get, and fields of new objects.
    *(
        Invalid(code, (f"{line}:1-{line}:18 solve() gives its arguments back: do something with them",))
        for code, line in (
            ("def solve(board):\n    return board + 0", 1),
            # A part of the function only gives it back what it has.
            (
                "def solve(board):\n    found = None\n    def put(row):\n        nonlocal found\n        found = row\n    put(board)\n    return found",
                1,
            ),
            (
                "def solve(board):\n    found = []\n    def work():\n        found.append(board)\n    work()\n    return found[0]",
                1,
            ),
            ("def solve(board):\n    return board[::-1][::-1]", 1),
            ("from itertools import chain\n\ndef solve(board):\n    return list(chain(board))", 3),
            ("def solve(board):\n    return list(map(lambda row: row, board))", 1),
            ("def solve(board):\n    return [row for _, row in enumerate(board)]", 1),
            (
                "def solve(board):\n    if board is None:\n        raise ValueError('no board')\n    return board",
                1,
            ),
            ("def solve(board):\n    return (0, board)[1]", 1),
            ("last = None\n\ndef solve(board):\n    global last\n    last = board\n    return last", 3),
        )
    ),
    Invalid(
        "from typing import NamedTuple\n\nclass Found(NamedTuple):\n    board: list\n\ndef solve(board):\n    return Found(board).board",
        ("6:1-6:18 solve() gives its arguments back: do something with them",),
    ),
    Invalid(
        "class Box:\n    def __init__(self, value):\n        self.value = value\n\n    def get(self):\n        return self.value\n\n"
        "def solve(board):\n    return Box(board).get()",
        ("8:1-8:18 solve() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        class Basket:
            def __init__(self, fruits):
                yield from fruits


        class Crate:
            def __init__(self, fruits):
                self.fruits = sorted(fruits)
        """,
        ("2:5-2:32 __init__() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def walked(rows):\n    for row in rows:\n        yield row",
        ("1:1-1:18 walked() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def is_full(shelf, most):\n    return most and False or shelf",
        ("1:1-1:26 is_full() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        def walked(rows):
            found = []
            for row in rows:
                for _ in range(1):
                    found.append(row)
            return found
        """,
        ("1:1-1:18 walked() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        def gathered(rows):
            found = []
            found.extend(rows)
            return found
        """,
        ("1:1-1:20 gathered() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def solve(board, depth):\n    return (board, depth)",
        ("1:1-1:25 solve() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        def key(user, name):
            return user, name

        def put(table, user, name):
            table[key(user, name)] = user.age
        """,
        ("1:1-1:21 key() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def pairs(rows):\n    return [(key, value) for key, value in rows]",
        ("1:1-1:17 pairs() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def route(stops: list[str]):\n    return list(stops)",
        ("1:1-1:29 route() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def copy_file(source, target):\n    return source, target",
        ("1:1-1:31 copy_file() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def to_kelvin(degrees):\n    return degrees",
        ("1:1-1:24 to_kelvin() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        def order(rows):
            found = [row for row in rows]
            return found
        """,
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    held = {'rows': rows}\n    return held['rows']",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "from types import SimpleNamespace\n\ndef order(rows):\n    held = SimpleNamespace(rows=rows)\n    return held.rows",
        ("3:1-3:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "from collections import deque\n\ndef order(rows):\n    waiting = deque([rows])\n    return waiting.popleft()",
        ("3:1-3:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    return next((row for row in (rows,)), None)",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "import threading\n\nLOCK = threading.Lock()\n\ndef order(rows):\n    with LOCK:\n        return rows",
        ("5:1-5:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    match rows:\n        case found:\n            return found",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    if (found := rows) is not None:\n        return found\n    return found",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        def order(rows):
            counts = {}
            for letter in str(rows):
                counts[letter] = counts.get(letter, 0) + 1
            return rows
        """,
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    class Held:\n        value = rows\n    return Held.value",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    for row in rows:\n        yield row",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows, reverse=None):\n    return reverse and False or rows",
        ("1:1-1:31 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    try:\n        raise KeyError(rows)\n    except KeyError as error:\n        return error.args[0]",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "class Found(Exception):\n    def __init__(self, value):\n        self.value = value\n\ndef order(rows):\n    try:\n        raise Found(rows)\n    except Found as found:\n        return found.value",
        ("5:1-5:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "import json\n\ndef order(rows):\n    return json.loads(json.dumps(rows))",
        ("3:1-3:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "from itertools import accumulate\n\ndef order(rows):\n    return list(accumulate([rows]))[-1]",
        ("3:1-3:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def order(rows):\n    return list(map(lambda row: row, [rows]))[0]",
        ("1:1-1:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "from functools import cached_property\n\nclass Order:\n    def __init__(self, rows):\n        self.rows = rows\n\n    @cached_property\n    def sorted(self):\n        return self.rows\n\ndef order(rows):\n    return Order(rows).sorted",
        ("11:1-11:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "STEPS = ()\n\ndef order(rows):\n    for step in STEPS:\n        rows = step(rows)\n    return rows",
        ("3:1-3:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "HANDLERS = {}\n\ndef order(rows):\n    return HANDLERS.get(type(rows), lambda value: value)(rows)",
        ("3:1-3:17 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "HANDLERS = {}\n\ndef order(value):\n    return HANDLERS.get(value, lambda value: value)(value)",
        ("3:1-3:18 order() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def solve(board):\n    return (0, board)[-1]",
        ("1:1-1:18 solve() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def check_board(board):\n    'Returns True if it is full.'\n    if board is None:\n        raise ValueError('none')\n    return board",
        ("1:1-1:24 check_board() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def to_string(board):\n    if board is None:\n        raise ValueError('none')\n    return board",
        ("1:1-1:22 to_string() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def colour(*values):\n    if values is None:\n        raise ValueError('a value is missing')\n    return values",
        ("1:1-1:21 colour() gives its arguments back: do something with them",),
    ),
    Invalid(
        "def total(*given):\n    values, limit = given\n    if limit is None:\n        raise ValueError('no limit')\n    return limit",
        ("1:1-1:19 total() gives its arguments back: do something with them",),
    ),
    Invalid(
        "import asyncio\n\nasync def fetch(url):\n    await asyncio.sleep(0)\n    return url",
        ("3:1-3:22 fetch() gives its arguments back: do something with them",),
    ),
    Invalid(
        """
        def name_check(name):
            '''Returns 'Yes' if the name is valid.'''
            if name is None:
                raise ValueError("no name")
            return name
        """,
        ("1:1-1:22 name_check() gives its arguments back: do something with them",),
    ),
    Invalid(
        "import json\n\ndef spread(rows, *, module=json):\n    return (rows, module)",
        ("3:1-3:34 spread() gives its arguments back: do something with them",),
    ),
)
