"""The cases of the rule exponential-recursion."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        "def power(x, n):\n    half = power(x, n // 2) if n else 1\n    return half * half * (x if n % 2 else 1)",
        "Once",
    ),
    Valid(
        "def f(rows):\n    return f(rows[:9]) + f(rows[9:]) if rows[9:] else rows[0]",
        "Each has a part of its own",
    ),
    Valid(
        "def f(rows, left):\n    return min(f(rows[1:], left - row) for row in rows)",
        "Fewer choices each time",
    ),
    Valid(
        "@cache\ndef f(coins, left):\n    return min((1 + f(coins, left - c) for c in coins if c <= left), default=0)",
        "What is known is kept",
    ),
    Valid("def f(n):\n    return 1 if n < 2 else n * f(n - 1)", "One call"),
    Valid(
        "def f(n, known):\n    if n not in known:\n        known[n] = f(n - 1, known) + f(n - 2, known)\n"
        "    return known[n]",
        "What is known is kept",
    ),
    Valid(
        "def move(n, a, b, c):\n    if n:\n        move(n - 1, a, c, b)\n        print(a, b)\n"
        "        move(n - 1, c, b, a)",
        "Each call does something else",
    ),
    Valid("def f(n):\n    if n % 2:\n        return f(n - 1)\n    return f(n - 2)", "One of the two"),
    Valid(
        "def f(xs, place, text):\n    if place == len(xs):\n        return [text]\n"
        "    return f(xs, place + 1, text) + f(xs, place + 1, text + xs[place])",
        "All answers differ",
    ),
    Valid("def f(node):\n    return 1 + max(f(node.left), f(node.right))", "Each has a part of its own"),
    Valid(
        "def fill(grid, x, y):\n    if not grid[x][y]:\n        return 0\n    grid[x][y] = False\n"
        "    return 1 + fill(grid, x + 1, y) + fill(grid, x, y + 1)",
        "It marks where it was",
    ),
)
INVALID = (
    # By another name.
    Invalid(
        "def ways(n):\n    steps = n\n    left = steps\n    if left < 2:\n        return 1\n    return ways(left - 1) + ways(left - 2)",
        (
            (
                "6:12-6:43 ways() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    # By the name of its class, and in a part of it.
    Invalid(
        """
        class Tools:
            @staticmethod
            def ways(n):
                return Tools.ways(n - 1) + Tools.ways(n - 2) if n > 1 else 1
        """,
        (
            (
                "4:16-4:53 ways() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def ways(n):
            def work():
                return ways(n - 1) + ways(n - 2) if n > 1 else 1
            return work()
        """,
        (
            (
                "3:16-3:41 ways() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        "def power(x, n):\n    return power(x, n // 2) * power(x, n // 2) if n > 1 else x",
        (
            (
                "2:12-2:47 power() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def readings(digits):
            if not digits:
                return 1
            found = readings(digits[1:])
            if digits[:2] < "27":
                found += readings(digits[2:])
            return found
        """,
        (
            (
                "6:18-6:38 readings() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def best(sizes, room, place=0):
            if place == len(sizes):
                return room
            without = best(sizes, room, place + 1)
            if sizes[place] > room:
                return without
            return min(without, best(sizes, room - sizes[place], place + 1))
        """,
        (
            (
                "7:25-7:68 best() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def revenue(prices, length):
            most = 0
            for cut in range(1, length + 1):
                most = max(most, prices[cut - 1] + revenue(prices, length - cut))
            return most
        """,
        (
            (
                "4:44-4:73 revenue() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def can_cut(text, words):
            return not text or any(
                text[:end] in words and can_cut(text[end:], words) for end in range(1, len(text) + 1)
            )
        """,
        (
            (
                "3:33-3:59 can_cut() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        "def f(coins, left):\n    best = 9\n    for coin in sorted(coins, reverse=True):\n        if coin <= left:\n"
        "            best = min(best, f(coins, left - coin) + 1)\n    return best if left else 0",
        (
            (
                "5:30-5:51 f() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        "def f(coins, left):\n    if not left:\n        return 0\n"
        "    return min((1 + f(coins, left - c) for c in coins if c <= left), default=9)",
        (
            (
                "4:21-4:39 f() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def common(a, b):
            if not a or not b:
                return 0
            return max(common(a[1:], b), common(a, b[1:]))
        """,
        (
            (
                "4:12-4:51 common() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
    Invalid(
        """
        def paths(rows, columns):
            if rows == 1 or columns == 1:
                return 1
            return paths(rows - 1, columns) + paths(rows, columns - 1)
        """,
        (
            (
                "4:12-4:63 paths() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache"
            ),
        ),
    ),
)
