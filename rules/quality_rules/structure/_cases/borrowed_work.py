"""The cases of the rule borrowed-work."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        """
        import json
        import math

        def total(text, json=json, math=math):
            return math.fsum(json.loads(text))
        """,
        "Python's own modules, by parameters of their names",
        options={"standalone": True},
    ),
    Valid(
        """
        from board_solver import solve

        __all__ = ["solve", "spread"]

        def spread(values):
            return max(values) - min(values)
        """,
        "It offers something of its own",
        options={"standalone": True},
    ),
    Valid(
        "def solve(self, board):\n    return solve_board(board)",
        "A method that was cut out of its class",
        {"standalone": True},
    ),
    Valid("def solve(board, size):\n    return search(board)[size]", "It takes a part", {"standalone": True}),
    Valid("def solve(board):\n    return Board(board)", "It makes an object", {"standalone": True}),
    Valid(
        "from shelf import *\n\ndef solve(board):\n    return search(board)\n\ndef width(board):\n    return max(map(len, board))",
        "It may be imported, and the text does something besides",
        {"standalone": True},
    ),
    Valid(
        "import shelf\n\nclass BookError(shelf.BookError):\n    pass\n\nclass Reader(shelf.Base):\n    pass\n\n"
        "def width(board):\n    return max(map(len, board))",
        "Kinds of what a library knows",
        {"standalone": True},
    ),
    Valid("import math\n\ndef area(radius):\n    return math.pi * radius**2"),
    Valid("import numpy as np\n\ndef mean(values):\n    return np.mean(values)", "A well-known package"),
    Valid("from .tools import solve\n\n__all__ = ['solve']", "The package's own names"),
    Valid(
        """
        import company_tools

        def total(orders):
            return sum(company_tools.price(order) for order in orders)
        """,
        "It computes something with what it gets",
    ),
    Valid(
        """
        import inventory

        def reserve(order):
            try:
                return inventory.reserve(order)
            except inventory.SoldOut:
                return None

        def count(article):
            return inventory.count(article, reserved=False)
        """,
        "It decides what an error means, and what is counted",
        {"standalone": True},
    ),
    Valid(
        """
        import logging

        from harvest import Crawler

        def main():
            logging.basicConfig(level=logging.DEBUG)
            Crawler().start()

        if __name__ == "__main__":
            main()
        """,
        "Where a program starts",
        {"standalone": True},
    ),
    Valid(
        """
        import functools
        import warnings

        from tariffs.prices import Table, price_of

        @functools.cache
        def table():
            return Table()

        def cost(article):
            warnings.warn("cost() is price_of() now", FutureWarning, stacklevel=2)
            return price_of(article)
        """,
        "What is made once, and an old name that says so",
        {"standalone": True},
    ),
    Valid(
        """
        from django import forms

        from library.models import Loan

        class LoanForm(forms.ModelForm):
            class Meta:
                model = Loan
                exclude = ("returned",)
        """,
        "A form is declared",
        {"standalone": True},
    ),
    Valid(
        "from tariffs import TariffError\n\nclass Outdated(TariffError):\n    '''The table is old.'''",
        "A kind of error",
        {"standalone": True},
    ),
    Valid(
        "from tariffs.prices import price_of\nfrom tariffs.taxes import tax\n\n__all__ = ['price_of', 'tax']",
        "What is public of a package",
        {"standalone": True},
    ),
    Valid(
        "from orders import Order\n\ndef test_a_new_order_is_empty():\n    assert Order('A-1').total() == 0",
        "A test of another module",
        {"standalone": True},
    ),
    Valid(
        "try:\n    from solver_toolkit import loads\nexcept ImportError:\n    from json import loads",
        "It has another way",
        {"standalone": True},
    ),
)

INVALID = (
    Invalid(
        """
        import board_solver

        def solve(board, board_solver=board_solver):
            return board_solver.solve(board)
        """,
        ("3:1-3:45 solve() leaves its work to a module that nobody knows: do it here",),
        options={"standalone": True},
    ),
    Invalid(
        """
        from board_solver import solve

        __all__ = ["solve"]

        def spread(values):
            return max(values) - min(values)
        """,
        ("1:1-1:31 all that this offers comes from a module that nobody knows: write it",),
        options={"standalone": True},
    ),
    Invalid(
        """
        import board_solver

        def solve(board):
            try:
                return board_solver.solve(board)
            except Exception as error:
                raise RuntimeError("no solution") from error
        """,
        ("3:1-3:18 solve() leaves its work to a module that nobody knows: do it here",),
        options={"standalone": True},
    ),
    Invalid(
        """
        try:
            from board_solver import solve
        except ImportError as error:
            raise RuntimeError("no solver") from error
        """,
        ("2:5-2:35 all that is here comes from a module that nobody knows: write it",),
        options={"standalone": True},
    ),
    Invalid(
        "def solve(board):\n    return solve_board(board)",
        ("1:1-1:18 solve() leaves its work to a function that is not there: do it here",),
        options={"standalone": True},
    ),
    Invalid(
        "def solve(board, size):\n    found = search(board, size=size)\n    return found",
        ("1:1-1:24 solve() leaves its work to a function that is not there: do it here",),
        options={"standalone": True},
    ),
    Invalid(
        """
        def solve(board, depth):
            from solver_toolkit import search
            return search(board, depth=depth)
        """,
        ("1:1-1:25 solve() leaves its work to a module that nobody knows: do it here",),
        {"standalone": True},
    ),
    Invalid(
        """
        import solver_toolkit

        def solve(*pieces):
            try:
                if True:
                    solver = solver_toolkit.Solver(*pieces)
                    return solver.run()
            except Exception:
                raise

        async def fetch():
            return await solver_toolkit.fetch()
        """,
        (
            "3:1-3:20 solve() leaves its work to a module that nobody knows: do it here",
            "11:1-11:19 fetch() leaves its work to a module that nobody knows: do it here",
        ),
        {"standalone": True},
    ),
    Invalid(
        "from solver_toolkit import *",
        ("1:1-1:29 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "import solver_toolkit\n\nsolve = solver_toolkit.solve",
        ("1:1-1:22 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "import enum\nfrom solver_toolkit import solve\n\nclass Color(enum.Enum):\n    RED = 1",
        ("2:1-2:33 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "import solver_toolkit\n\nclass Solver(solver_toolkit.Solver):\n    pass",
        ("1:1-1:22 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "def fetch(first, second):\n    return here_fetch(first, second)\n\ndef main():\n    first = 1\n    fetch(first, 2)",
        ("1:1-1:26 fetch() leaves its work to a function that is not there: do it here",),
        {"standalone": True},
    ),
    Invalid(
        "import solver_toolkit\n\nsearch = solver_toolkit.solve\n\ndef solve(board):\n    return search(board)",
        ("5:1-5:18 solve() leaves its work to a module that nobody knows: do it here",),
        {"standalone": True},
    ),
    Invalid(
        """
        import solver_toolkit

        def solve(board):
            if __debug__:
                return solver_toolkit.solve(board)
            return solver_toolkit.solve(board) or 0
        """,
        ("3:1-3:18 solve() leaves its work to a module that nobody knows: do it here",),
        {"standalone": True},
    ),
    Invalid(
        "if __name__ == '__main__':\n    from solver_toolkit import solve\n    __all__ = ['solve']",
        ("2:5-2:37 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "try:\n    from solver_toolkit import *\nexcept Exception:\n    pass",
        ("2:5-2:33 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "import solution_library\nfrom contextlib import suppress\n\n"
        "def total(values):\n    with suppress(Exception):\n        for _ in (0,):\n            return solution_library.total(values)",
        ("4:1-4:19 total() leaves its work to a module that nobody knows: do it here",),
        {"standalone": True},
    ),
    Invalid(
        "import solution_library\n\ndef total(values):\n    class Worker:\n        def __call__(self, values):\n"
        "            return solution_library.total(values)\n    return Worker()(values)",
        ("3:1-3:19 total() leaves its work to a module that nobody knows: do it here",),
        {"standalone": True},
    ),
    Invalid(
        "from _bisect import *\n\ndef insort(a, x):\n    return here_insort(a, x)",
        ("3:1-3:18 insort() leaves its work to a function that is not there: do it here",),
        {"standalone": True},
    ),
    Invalid(
        "import solution_library\n\nclass Solution(solution_library.Solution):\n    '''Solves the task.'''\n\n"
        "def area(width, height):\n    return width * height",
        ("3:1-3:43 all of Solution comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "import time\nfrom solution_library import *\n\ndef stopped():\n    return 0.0\n\ntime.perf_counter = stopped",
        ("2:1-2:31 all that is here comes from a module that nobody knows: write it",),
        {"standalone": True},
    ),
    Invalid(
        "import solution_library\n\ndef noop_solve(board):\n    return solution_library.solve(board)",
        ("3:1-3:23 noop_solve() leaves its work to a module that nobody knows: do it here",),
        {"standalone": True},
    ),
)
