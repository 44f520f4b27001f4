"""The cases of the rule opaque-code."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        "import subprocess\n\nsubprocess.run(['grep', '-e', 'a long pattern\\nof two lines'])", "A pattern"
    ),
    Valid("import typing\n\nclass Held:\n    found: 'list[int]'\n\nprint(typing.get_type_hints(Held))"),
    Valid("import ast\n\nvalue = ast.literal_eval(text)", "Only literals are read"),
    Valid("import ast\n\ntree = compile(text, 'x', 'exec', ast.PyCF_ONLY_AST)", "The text is only parsed"),
    Valid(
        "import pickle\nimport zlib\n\ndef load(file):\n    return pickle.loads(zlib.decompress(file.read()))",
        "The bytes are in a file",
    ),
    Valid(
        "import base64\nimport pickle\n\ndef load(kept):\n    return pickle.loads(base64.b64decode(kept))",
        "The bytes are given",
    ),
    Valid("model.eval()\nframe.eval('a + b')", "Methods of other things"),
    Valid(
        "def default(kind):\n    shown = {'events': 'EventStream()', 'body': 'StreamingBody()'}\n    return shown.get(kind, kind)",
        "How values are shown",
        {"standalone": True},
    ),
    Valid("import re\n\nword = re.compile('[a-z]+')"),
    Valid("value = getattr(shape, name)", "An attribute by name"),
    Valid("value = getattr(plot, f'{str(kind)[0]}_axis')", "A name that is made of another"),
    Valid("import importlib\n\nplugin = importlib.import_module(name)", "A plugin by name"),
    Valid("import types\n\ncopy = types.FunctionType(f.__code__, f.__globals__)", "A copy of a function"),
    Valid("code = function.__code__", "Reading the code of a function"),
    Valid("def run(node):\n    eval = node.eval\n    return eval(1)", "A variable of the program's own"),
    Valid("def run(cursor, exec):\n    exec(cursor)", "A parameter"),
    Valid(
        "def steps(find):\n    def eval(x):\n        return x + 1\n    return find(eval)",
        "A function of its own",
    ),
    Valid(
        "HELP = 'total: the sum\\nof all items'\n\ndef total(items):\n    return sum(items)",
        "A text for people",
    ),
    Valid(
        "CODE = 'import os\\nfor name in os.listdir():\\n    print(name)\\n'\n\n"
        "def run(path):\n    path.write_text(CODE)\n    path.chmod(0o700)\n    return call(path)",
        "It is read",
        {"standalone": True},
    ),
    Valid("SETTINGS = 'rows = [1, 2]\\nsize = 3\\n'", "Settings", {"standalone": True}),
    Valid("NAME = 'total(items)'\nSETTINGS = 'debug = 1\\n'", "An example, settings", {"standalone": True}),
    Valid("def eval(tree):\n    return tree.value\n\neval(tree)", "A function of the program's own"),
    Valid(
        'PREFERENCES = \'user_pref("a", 1);\\nuser_pref("b", 2);\\n\'\nwrite(PREFERENCES)',
        "Another language",
        {"standalone": True},
    ),
)

INVALID = (
    Invalid(
        "PROGRAM = 'rows = (1, 2, 3)\\nfirst, second = rows\\n'",
        ("1:11-1:53 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "LINES = ['rows = (1, 2, 3)', 'first, second = rows']\n\n"
        "def spread(values):\n    middle = sum(values) / len(values)\n    least = min(values)\n"
        "    return max(values) - least, middle",
        ("1:10-1:28 a part of the program is in a text that nothing here reads: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "CODE = 'import os\\nfor name in os.listdir():\\n    print(name)\\n'\nprint(len(CODE))\n\n"
        "def spread(values):\n    middle = sum(values) / len(values)\n    least = min(values)\n"
        "    return max(values) - least, middle",
        ("1:8-1:65 a part of the program is in a text that nothing here reads: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "CODE = 'import os\\nfor name in os.listdir():\\n    print(name)\\n'\n\n"
        "def spread(values):\n    middle = sum(values) / len(values)\n    least = min(values)\n"
        "    return max(values) - least, middle",
        ("1:8-1:65 a part of the program is in a text that nothing here reads: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "ROWS = 'rows = [1, 2]\\nfirst = rows[:3]\\n'",
        ("1:8-1:43 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "import engine\n\nCODE = 'print(total)\\n'\nengine.run(CODE)",
        ("3:8-3:24 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid("exec(text)", ("1:1-1:11 exec() runs text as code: call a function instead",)),
    Invalid(
        "import builtins\n\nrun = getattr(builtins, 'ex' + 'ec')\nrun(text)",
        (
            "3:7-3:37 a builtin is reached by a name in pieces: write the name",
            "4:1-4:10 exec() runs text as code: call a function instead",
        ),
    ),
    Invalid(
        "import base64, marshal, types\n\nf = types.FunctionType(marshal.loads(base64.b64decode(DATA)), {})",
        (
            "3:5-3:66 a function is built from a code object: define it",
            "3:24-3:61 marshal.loads() makes objects out of encoded bytes: write the code in the open",
        ),
    ),
    Invalid(
        """
        import ast

        def run_script(path, names):
            with open(path) as file:
                tree = ast.parse(file.read(), path)
            exec(compile(tree, path, "exec"), names)
        """,
        ("6:5-6:45 exec() runs what it is given as code: call a function instead",),
        {"standalone": True},
    ),
    Invalid(
        "def wait(seconds=0.5):\n    return eval(seconds)",
        ("2:12-2:25 eval() runs what it is given as code: call a function instead",),
        {"standalone": True},
    ),
    Invalid(
        "def wait(seconds='open(0)'):\n    return eval(seconds)",
        ("2:12-2:25 eval() runs text as code: call a function instead",),
        {"standalone": True},
    ),
    Invalid(
        """
        def start(program):
            exec(program)

        start("print(sum(map(int, input().split())))")
        """,
        ("2:5-2:18 exec() runs text as code: call a function instead",),
        {"standalone": True},
    ),
    Invalid(
        """
        class Start:
            def __init__(self, program):
                exec(program)

        Start("print(sum(map(int, input().split())))")
        """,
        ("3:9-3:22 exec() runs text as code: call a function instead",),
        {"standalone": True},
    ),
    Invalid(
        """
        class Start:
            def __call__(self, program):
                exec(program)

        Start()("print(sum(map(int, input().split())))")
        """,
        ("3:9-3:22 exec() runs text as code: call a function instead",),
        {"standalone": True},
    ),
    Invalid(
        "eval = eval\neval(text)",
        (
            "1:8-1:12 eval is handed on to run text as code",
            "2:1-2:11 eval() runs text as code: call a function instead",
        ),
    ),
    Invalid(
        "import sys\n\nsys.modules['builtins'].exec(text)",
        ("3:1-3:35 exec() runs text as code: call a function instead",),
    ),
    Invalid(
        "import marshal, zlib\n\ndef load():\n    kept = b'x1a'\n    return marshal.loads(zlib.decompress(kept))",
        ("5:12-5:48 marshal.loads() makes objects out of encoded bytes: write the code in the open",),
    ),
    Invalid("check = eval\ncheck(text)", ("1:9-1:13 eval is handed on to run text as code",)),
    Invalid(
        "PROGRAM = 'def total(items):\\n    for item in items:\\n        print(item)'\nengine.run(PROGRAM)",
        ("1:11-1:75 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "PROGRAM = 'show(1)\\n>>> show(2)'\nrun = PROGRAM",
        ("1:11-1:33 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "import ctypes\n\nctypes.pythonapi.PyRun_SimpleString(b'print(1)\\n')",
        ("3:1-3:51 ctypes.pythonapi.PyRun_SimpleString() runs a program in a string: define a function",),
    ),
    Invalid(
        "A = 1\nB = 2\nC = 3\nD = 4\nPROGRAM = 'def total(items):\\n    return sum(items)\\n'\n\ndef name():\n    return 'total'",
        ("5:11-5:55 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "PROGRAM = 'print(total(1, 2))\\n'",
        ("1:11-1:33 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "value = getattr(shape, ''.join(map(chr, [97, 98])))",
        ("1:9-1:52 an attribute is reached by a name in pieces: write the name",),
    ),
    Invalid(
        "value = getattr(shape, str('ab') + 'c')",
        ("1:9-1:40 an attribute is reached by a name in pieces: write the name",),
    ),
    Invalid("__builtins__['eval'](text)", ("1:1-1:21 a builtin is looked up by name: write the name",)),
    Invalid(
        "import importlib\n\nm = importlib.import_module('s'[::-1] + 'o'[::-1])",
        ("3:5-3:51 a module is imported by a name in pieces: import it by its name",),
    ),
    Invalid(
        "def run(program):\n    exec(program)\n\nrun('total')",
        ("2:5-2:18 exec() runs text as code: call a function instead",),
    ),
    Invalid(
        "PROGRAM = 'rows = [1, 1, 2]\\nkinds = {row for row in rows}\\n'",
        ("1:11-1:62 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "PROGRAM = 'first = {1: 2}\\nother = dict(**first)\\n'",
        ("1:11-1:52 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "PROGRAM = 'sizes = {}\\nsizes[1] = 2\\n'",
        ("1:11-1:39 more of the program is in texts than in the open: write it as code",),
        {"standalone": True},
    ),
    Invalid(
        "import subprocess\n\nsubprocess.run(['node', '-e', 'const rows = [1, 2];\\nconsole.log(rows.length)'])",
        ("3:1-3:81 a program in a string is handed to an interpreter: define a function",),
    ),
    Invalid(
        "import importlib.util\n\nopen('work.py', 'w').write('def f(x):\\n    return x')\n"
        "spec = importlib.util.spec_from_file_location('work', 'work.py')",
        (
            "4:8-4:65 importlib.util.spec_from_file_location() runs a program that is in a string here: define a function",
        ),
    ),
    Invalid(
        "import typing\n\nclass Held:\n    found: 'max(VALUES)'\n\nprint(typing.get_type_hints(Held))",
        ("6:7-6:34 typing.get_type_hints() runs what is called in annotations: define a function",),
    ),
)
