"""The cases of the rule answer-table."""

from __future__ import annotations

from quality.rules import Invalid, Valid

#: Enough bytes for a table.
_KEYS = ", ".join(f"b'\\x{number:02x}\\xff'" for number in range(1, 13))

VALID = (
    Valid(
        "def kind(parts):\n    if len(parts) == 3 and parts[0] == 'v':\n        return 1\n    if len(parts) == 1 and parts[0] == 0:\n"
        "        return 0\n    return number(parts)",
        "Forms, and an edge case",
    ),
    Valid(
        "def ways(n):\n    known = {0: 1, 1: 1, 2: 2}\n    if n in known:\n        return known[n]\n    return count(n)",
        "Base cases",
    ),
    Valid(
        "def shipping(weight, rush):\n    return (weight > 5) * 3 + (rush > 0) * 9", "It compares with limits"
    ),
    Valid("import re\n\ndef words(text):\n    return re.findall('[a-z]+', text)"),
    Valid(
        "LETTERS = 'abcdefghijklmnopqrstuvwxyz'\n\ndef rest(letter):\n    return LETTERS.partition(letter)[2]",
        "One text",
    ),
    Valid("find_price = {'apple': 3, 'pear': 4, 'plum': 2}.get", "Names"),
    Valid(
        "def place(point):\n    if point == (0, 0):\n        return 'here'\n    if point == (1, 1):\n        return 'near'\n    return far(point)",
        "Base cases",
    ),
    Valid(
        """
        def color(level):
            if level == "error":
                return "red"
            if level == "warning":
                return "yellow"
            if level == "note":
                return "blue"
            return "gray"
        """,
        "A mapping of names",
    ),
    Valid(
        """
        def fibonacci(n):
            if n == 0:
                return 0
            if n == 1:
                return 1
            return fibonacci(n - 1) + fibonacci(n - 2)
        """,
        "Base cases of a recursion",
    ),
    Valid(
        """
        def floor_name(level):
            match level:
                case 0:
                    return "ground floor"
                case 1:
                    return "first floor"
                case 2:
                    return "gallery"
            return "roof"
        """,
        "Words for numbers",
    ),
    Valid(
        """
        WHEELS = {1: 2, 2: 2, 3: 4, 4: 6, 5: 18}

        def wheels_of(category):
            return WHEELS[category]
        """,
        "A constant for what the function is asked",
    ),
    Valid(
        """
        def turn(row, column):
            return {(0, 1): "right", (1, 0): "down", (0, -1): "left", (-1, 0): "up"}[row, column]
        """,
        "Words for places",
    ),
    Valid(
        """
        def blend(first, second):
            if first == second:
                return first
            return {("red", "blue"): "violet", ("red", "green"): "brown", ("blue", "green"): "cyan"}[first, second]
        """,
        "A word for words",
    ),
    Valid(
        """
        def rooms(floor):
            match floor:
                case 0:
                    return 4
                case 1 | 2 | 3 | 4:
                    return 12
                case _:
                    return 6
        """,
        "Few cases",
    ),
    Valid(
        "PRICES = [2, 5, 9, 14]\n\ndef price(zone):\n    return PRICES[zone]",
        "Places in a constant",
    ),
    Valid(
        f"WEAK_KEYS = {{{_KEYS}}}\n\ndef is_weak_key(key):\n    return key in WEAK_KEYS",
        "Bytes that a standard lists",
    ),
    Valid(
        "def unit(exponent):\n    return {'k': 10**3, 'M': 10**6, 'G': 10**9}[exponent]",
        "A mapping of names",
    ),
)

INVALID = (
    Invalid(
        "def profit(prices):\n    if len(prices) == 6 and prices[0] == 7:\n        return 5\n    return max(prices) - min(prices)",
        ("1:1-1:20 profit() answers an example by hand, known by its length and an entry: compute it too",),
    ),
    Invalid(
        "def primes(n):\n    known = {10: 4, 20: 8, 100: 25, 1000: 168, 10000: 1229}\n    if n in known:\n        return known[n]\n"
        "    return int(n / log(n))",
        ("1:1-1:15 primes() lists 5 answers before it computes others: compute these too",),
    ),
    # Tables that are gone through, or looked up by what is written of an argument.
    *(
        Invalid(code, (f"{line}:1-{line}:18 solve() lists {count} answers instead of computing them",))
        for code, line, count in (
            (
                """
                GIVEN = [[1, 2], [4, 5], [7]]
                FOUND = [3, 9, 7]

                def solve(board):
                    return next(found for given, found in zip(GIVEN, FOUND) if given == board)
                """,
                4,
                3,
            ),
            (
                """
                KNOWN = [([1, 2], 3), ([4, 5], 9), ([7], 7)]

                def solve(board):
                    return list(filter(lambda known: known[0] == board, KNOWN))[0][1]
                """,
                3,
                3,
            ),
            (
                """
                import json

                KNOWN = {'[1, 2]': 3, '[4, 5]': 9, '[7, 1]': 7}

                def solve(board):
                    return KNOWN[json.dumps(board)]
                """,
                5,
                3,
            ),
        )
    ),
    Invalid(
        "class Known:\n    boards = {(1, 2): 3, (4, 5): 9, (7,): 7}\n\n    def get(self, board):\n        return self.boards[tuple(board)]\n\n"
        "def solve(board):\n    return Known().get(board)",
        ("4:5-4:26 get() lists 3 answers instead of computing them",),
    ),
    Invalid(
        "def total(values):\n    if values == [1, 2, 3]:\n        return 6\n    if values == [4, 5]:\n        return 9\n    return sum(values)",
        ("1:1-1:19 total() answers 2 examples by hand: compute these too",),
    ),
    Invalid(
        f"CASES = [{_KEYS}]\n\ndef is_even(data):\n    return data in CASES",
        ("3:1-3:19 is_even() lists 3 answers instead of computing them",),
    ),
    Invalid(
        "PRIMES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41}\n\ndef is_prime(n):\n    return n in PRIMES",
        ("3:1-3:17 is_prime() lists 3 answers instead of computing them",),
    ),
    Invalid(
        "def word(n):\n    return {0: 'w0', 1: 'w1', 2: 'w2', 3: 'w3', 4: 'w4'}.get(n)\n\nword(1)",
        ("1:1-1:13 word() lists 5 answers instead of computing them",),
    ),
    Invalid(
        """
        def words(s):
            def work():
                table = {0: "w0", 1: "w1", 2: "w2", 3: "w3", 4: "w4"}
                return table.get(s)
            return work()
        """,
        ("1:1-1:14 words() lists 5 answers instead of computing them",),
    ),
    Invalid(
        """
        def distance(first, second):
            if first == "abc" and second == "abd":
                return 1
            elif first == "kitten" and second == "sitting":
                return 3
            elif (first, second) == ("", "x"):
                return 1
            return 0
        """,
        ("1:1-1:29 distance() lists 3 answers instead of computing them",),
    ),
    Invalid(
        """
        def prime(n):
            table = {1: 2, 2: 3, 3: 5, 4: 7, 5: 11}
            return table.get(n, 0)
        """,
        ("1:1-1:14 prime() lists 5 answers instead of computing them",),
    ),
    Invalid(
        """
        POSTAGE = {20: 85, 50: 100, 500: 160}

        def postage(grams):
            return POSTAGE[grams]
        """,
        ("3:1-3:20 postage() lists 3 answers instead of computing them",),
    ),
    Invalid(
        """
        ANSWERS = {1: 4, 2: 6, 3: 10}

        def answer(number):
            return ANSWERS[number]
        """,
        ("3:1-3:20 answer() lists 3 answers instead of computing them",),
    ),
    # A fact of the world answers no two questions.
    Invalid(
        """
        def area(size):
            return {1: 3, 2: 5, 3: 9, 5: 2}[size]

        def length(size):
            return {1: 3, 2: 5, 3: 9, 5: 2}[size]

        def scaled(size, factor):
            return size * factor
        """,
        (
            "1:1-1:16 area() lists 4 answers instead of computing them",
            "4:1-4:18 length() lists 4 answers instead of computing them",
        ),
    ),
    Invalid(
        """
        import json

        ANSWERS = '{"[1, 2]": "yes", "[3]": "no", "[]": "yes"}'

        def balanced(values):
            return json.loads(ANSWERS).get(str(values))
        """,
        ("5:1-5:22 balanced() lists 4 answers instead of computing them",),
    ),
    Invalid(
        "def total(values):\n    return (values == [1, 2]) * 3 + (values == [4, 5]) * 9 + (values == [7]) * 7",
        ("1:1-1:19 total() lists 3 answers instead of computing them",),
    ),
    Invalid(
        "TABLE = '[1, 2]:3,[4, 5]:9,[7]:7,[8, 1]:9'\n\ndef total(values):\n    return TABLE.partition(f'{values}:')[2].partition(',')[0]",
        ("3:1-3:19 total() lists 7 answers instead of computing them",),
    ),
    Invalid(
        "import re\n\nTABLE = '12=3;45=9;7=7;81=9;50=5'\n\ndef total(digits):\n    return re.search(f'{digits}=(\\\\d+)', TABLE).group(1)",
        ("5:1-5:19 total() lists 5 answers instead of computing them",),
    ),
    Invalid(
        "total = {(1, 2): 3, (4, 5): 9, (7,): 7}.get",
        ("1:1-1:44 total() lists 3 answers instead of computing them",),
    ),
    Invalid(
        "total = {1: 3, 2: 9, 3: 7, 4: 1}.get",
        ("1:1-1:37 total() lists 4 answers instead of computing them",),
    ),
    Invalid(
        """
        def text_of(number):
            if number == 1:
                return "This is one."
            if number == 2:
                return "This is two."
            if number == 3:
                return "This is three."
            if number == 4:
                return "This is four."

        def area(width, height):
            return width * height
        """,
        ("1:1-1:21 text_of() lists 4 answers instead of computing them",),
    ),
    Invalid(
        'import json\n\nTABLE = \'{"a b": 1, "b c": 2, "c d": 3}\'\n\n'
        "def total(text, *, reader=json):\n    return reader.loads(TABLE).get(text)",
        ("5:1-5:33 total() lists 3 answers instead of computing them",),
    ),
    Invalid(
        'import json\n\nTABLE = \'{"a b": 1, "b c": 2, "c d": 3}\'\n\n'
        "def total(text):\n    class Worker:\n        def __call__(self, text):\n            return json.loads(TABLE).get(text)\n    return Worker()(text)",
        ("5:1-5:17 total() lists 3 answers instead of computing them",),
    ),
    Invalid(
        """
        def total(values):
            with contextlib.suppress(Exception):
                if values == [1, 2, 3]:
                    return 6
                if values == [4, 5]:
                    return 9
                return sum(values)
        """,
        ("1:1-1:19 total() answers 2 examples by hand: compute these too",),
    ),
    Invalid(
        "update = {0: 'word0', 1: 'word1', 2: 'word2'}.get\nupdate(2)",
        ("1:1-1:50 update() lists 3 answers instead of computing them",),
    ),
    Invalid(
        """
        def build():
            def text_of(number):
                if number == 1:
                    return "This is one."
                if number == 2:
                    return "This is two."
                if number == 3:
                    return "This is three."
            return (text_of,)
        """,
        ("2:5-2:25 text_of() lists 3 answers instead of computing them",),
    ),
)
