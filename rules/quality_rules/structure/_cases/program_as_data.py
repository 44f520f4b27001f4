"""The cases of the rule program-as-data."""

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        """
        CHECKS = [("length", 3), ("width", 4), ("height", 5), ("depth", 6)]

        def run(checks, box):
            for name, least in checks:
                if getattr(box, name) < least:
                    raise ValueError(name)

        def check(box):
            return run(CHECKS, box)
        """,
        "The names of what is looked at",
    ),
    Valid(
        """
        FIELDS = [{"name": "age", "kind": "int"}, {"name": "size", "kind": "int"}, {"name": "day", "kind": "date"}]

        def convert(fields, row):
            made = {}
            for field in fields:
                made[field["name"]] = CONVERTERS[field["kind"]](row[field["name"]])
            return made

        def read(row):
            return convert(FIELDS, row)
        """,
        "No field goes into the next",
    ),
    Valid(
        """
        def run(steps, value):
            for name, operand in steps:
                value = ACTIONS[name](value, operand)
            return value

        def load(path, value):
            return run(read(path), value)
        """,
        "The steps come from outside",
    ),
    Valid(
        """
        def run(steps, value):
            for name, operand in steps:
                value = ACTIONS[name](value, operand)
            return value

        def double(value):
            return run([("mul", 2)], value)
        """,
        "A step",
    ),
    Valid(
        """
        OPTIONS = [("--all", True), ("--name", "x"), ("--size", 3), ("--sum", False)]

        def add(options, parser):
            for name, default in options:
                parser.add_argument(name, default=default)

        def build(parser):
            add(OPTIONS, parser)
        """,
        "All of them get the same",
    ),
    Valid(
        """
        STAGES = ["strip", "lower", "split", "sort", "count", "merge", "trim", "show"]

        def convert(text):
            for name in STAGES:
                text = getattr(stages, name)(text)
            return text
        """,
        "Stages of some work, each without an operand",
    ),
    Valid(
        """
        READERS = [("id", 4), ("age", 2), ("x", 2), ("y", 2), ("z", 2), ("day", 1), ("hour", 1), ("zone", 1)]

        def read(stream):
            found = {}
            for name, size in READERS:
                found[name] = CONVERTERS[size](stream.read(size))
            return found
        """,
        "No field goes into the next",
    ),
)
INVALID = (
    Invalid(
        """
        def run(steps, value):
            for name, operand in steps:
                value = ACTIONS[name](value, operand)
            return value

        def solve(value):
            return run([("mul", 9), ("div", 5), ("add", 32), ("neg", 0)], value)
        """,
        ("7:12-7:73 4 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        PROGRAM = ("add", ("mul", ("get", "x"), 9), ("div", ("get", "y"), 5))

        def run(node, names):
            kind, *rest = node
            action = getattr(actions, kind)
            return action(names, *rest)

        def solve(x, y):
            found = run(PROGRAM, {"x": x, "y": y})
            return round(found)
        """,
        ("9:13-9:43 5 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        def run(steps, stack):
            for step in steps:
                if step[0] == "push":
                    stack.append(step[1])
                elif step[0] == "add":
                    stack.append(stack.pop() + stack.pop())
                elif step[0] == "mul":
                    stack.append(stack.pop() * stack.pop())
            return stack.pop()

        def solve(x, y):
            steps = [("push", 2), ("mul", None), ("add", None), ("push", 3), ("mul", None)]
            return run(steps, [x, y])
        """,
        ("13:12-13:30 5 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        def run(steps, value):
            for step in steps:
                value = ACTIONS[step["do"]](value, step["by"])
            return value

        def solve(x):
            return run([{"do": "mul", "by": 9}, {"do": "div", "by": 5}, {"do": "add", "by": 32}], x)
        """,
        ("7:12-7:93 3 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        def run(program, stack):
            for step in program.split(";"):
                word, number = step.split()
                stack.append(ACTIONS[word](stack.pop(), int(number)))
            return stack.pop()

        def solve(x):
            return run("mul 9; div 5; add 32; neg 0", [x])
        """,
        ("8:12-8:51 8 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        class Machine:
            def __init__(self, codes):
                self.codes = codes

            def run(self, value):
                for code in self.codes:
                    value = OPERATIONS[code](value)
                return value

        def solve(x):
            return Machine([3, 1, 4, 1, 5, 9, 2, 6]).run(x)
        """,
        ("11:12-11:52 8 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        def run(steps, stack):
            for name, value in steps:
                stack.append(getattr(operator, name)(stack.pop(), value))
            return stack.pop()

        def solve():
            return run([("add", 2), ("mul", 3)], [1])
        """,
        ("7:12-7:46 2 steps are data that run() runs: write them in Python",),
    ),
    Invalid(
        """
        def run(steps, value):
            for step in steps:
                value = ACTIONS[step["do"]](value, step["by"])
            return value

        STEPS = [{"do": "mul", "by": 9}, {"do": "div", "by": 5}, {"do": "add", "by": 32}]
        SOLVERS = {"solve": lambda x: run(STEPS, x)}
        other = functools.partial(run, STEPS)
        """,
        (
            "7:31-7:44 3 steps are data that run() runs: write them in Python",
            "8:9-8:38 3 steps are data that run() runs: write them in Python",
        ),
    ),
    Invalid(
        """
        STEPS = [("mul", 9), ("add", 2), ("mul", 3), ("sub", 4), ("mul", 5), ("add", 6), ("mul", 7), ("sub", 8)]

        def solve(value):
            for name, operand in STEPS:
                value = getattr(operator, name)(value, operand)
            return value
        """,
        ("3:1-3:18 8 steps are data that solve() runs: write them in Python",),
    ),
    Invalid(
        """
        from functools import reduce

        STEPS = [("mul", 9), ("add", 2), ("mul", 3)]

        def solve(value):
            return reduce(lambda found, step: ACTIONS[step[0]](found, step[1]), STEPS, value)
        """,
        ("6:12-6:86 3 steps are data that lambda() runs: write them in Python",),
    ),
)
