"""What names stand for, whatever detour leads to them."""

import ast

import pytest

from quality.model import Source

SHELL = {
    "another name": "run = os.system\nrun(line)",
    "another name in a function": "def f(line):\n    run = os.system\n    run(line)",
    "another name for the module": "import os as platform\nplatform.system(line)",
    "a second name for the module": "tools = os\ntools.system(line)",
    "an attribute by its name": "getattr(os, 'system')(line)",
    "an attribute by a name in pieces": "getattr(os, 'sys' + 'tem')(line)",
    "an attribute by a name in a variable": "name = 'system'\ngetattr(os, name)(line)",
    "the module's dictionary": "os.__dict__['system'](line)",
    "vars": "vars(os)['system'](line)",
    "the table of modules": "import sys\nsys.modules['os'].system(line)",
    "an import by a call": "__import__('os').system(line)",
    "an import by another call": "import importlib\nimportlib.import_module('os').system(line)",
    "a module that is kept": "from importlib import import_module\nm = import_module('os')\nm.system(line)",
    "another name for what is kept": "import importlib\nm = importlib.import_module('os')\nrun = m.system\nrun(line)",
    "a name of a name of a name": "tools = os\nrun = tools.system\nstart = run\nstart(line)",
    "a table": "TABLE = {'list': os.system}\nTABLE['list'](line)",
    "a list": "[print, os.system][1](line)",
    "an attribute of a class": "class Tool:\n    run = os.system\n\nTool.run(line)",
    "a static method": "class Tool:\n    run = staticmethod(os.system)\n\nTool().run(line)",
    "an argument filled in": "from functools import partial\npartial(os.system, line)()",
    "an attribute getter": "from operator import attrgetter\nattrgetter('system')(os)(line)",
    "a method caller": "from operator import methodcaller\nmethodcaller('system', line)(os)",
    "a name in the expression": "(run := os.system)(line)",
    "a choice": "(os.system if True else None)(line)",
    "its call method": "os.system.__call__(line)",
    "the same function elsewhere": "import posix\nposix.system(line)",
    "a parameter's default": "def f(line, run=os.system):\n    run(line)",
    "another module that passes it on": "from compat import os as platform\nplatform.system(line)",
    "several names at once": "run, other = os.system, print\nrun(line)",
    "names of which one takes the rest": "run, *others = [os.system, print]\nrun(line)",
    "a pool": "pool.submit(os.system, line)",
    "a thread": "import asyncio\nasync def f(line):\n    await asyncio.to_thread(os.system, line)",
    "the pool of a loop": "loop.run_in_executor(None, os.system, line)",
    "a thread's target": "from threading import Thread\nThread(target=os.system, args=(line,)).start()",
    "a timer": "import threading\nthreading.Timer(3, os.system, kwargs={}, args=[line])",
    "a callback": "stack.callback(os.system, line)",
    "the end of the program": "import atexit\natexit.register(os.system, line)",
    "a function that calls": "import operator\noperator.call(os.system, line)",
    "a context": "import contextvars\ncontextvars.copy_context().run(os.system, line)",
    "each of one": "map(os.system, [line])",
    "each of one row": "from itertools import starmap\nstarmap(os.system, [(line,)])",
    "a look": "from functools import wraps\nwraps(print)(os.system)(line)",
    "what is there, or else": "(None or os.system)(line)",
    "what a table has, or else": "{}.get('run', os.system)(line)",
    "a copy": "from copy import copy\nrun = copy(os.system)\nrun(line)",
    "a loop over one": "for run in (os.system,):\n    run(line)",
    "a context that hands it on": "with nullcontext(os.system) as run:\n    run(line)",
}


def calls(text):
    source = Source(text)
    origins = source.origins
    plain = [origins.call(node) for node in source.nodes.kinds[ast.Call]]
    return [(origins.of(call.func), ast.unparse(call)) for call in plain]


@pytest.mark.parametrize("detour", SHELL.values(), ids=SHELL)
def test_a_function_is_known_by_whatever_detour(detour):
    found = [shown for name, shown in calls(f"import os\n{detour}") if name == "os.system"]
    assert len(found) == 1
    assert found[0].endswith("(line)")


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        ("*args, **kwargs", "*args, **kwargs"),
        ("command, **kwargs", "command, **kwargs"),
        ("command, *rest, safe=0, **kwargs", "command, *rest, safe=safe, **kwargs"),
    ],
)
def test_a_function_that_only_passes_on_is_what_it_calls(taken, given):
    text = f"import os\n\ndef run({taken}):\n    'Runs.'\n    print('running')\n    return os.system({given})\n\nrun(line)"
    assert ("os.system", "os.system(line)") in calls(text)


@pytest.mark.parametrize(
    ("taken", "given"),
    [
        ("*args, **kwargs", "*args, safe=1, **kwargs"),
        ("command, other, **kwargs", "other, command, **kwargs"),
        ("command, safe=0, **kwargs", "command, **kwargs"),
        ("command", "command"),
    ],
)
def test_a_function_that_changes_something_is_not_what_it_calls(taken, given):
    text = f"import os\n\ndef run({taken}):\n    return os.system({given})\n\nrun(line)"
    assert ("run", "run(line)") in calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "run(line, **{'shell': True})",
        "options = {'shell': True}\nrun(line, **options)",
        "options = dict(shell=True)\nrun(line, **options)",
        "run(*[line], shell=not False)",
        "ON = True\nrun(line, shell=ON)",
        "from functools import partial\nstart = partial(run, shell=True)\nstart(line)",
        "def f(options):\n    run(line, shell=options)\n\ndef g():\n    options = {'shell': True}\n    run(line, **options)",
        "def f():\n    on = False\n\ndef g():\n    on = True\n    run(line, shell=on)",
    ],
)
def test_switches_are_written_out(text):
    assert ("run", "run(line, shell=True)") in calls(text)


@pytest.mark.parametrize(
    "text",
    [
        "def f(run):\n    run(line)",
        "for run in tools:\n    run(line)",
        "def run(line):\n    pass\n\nrun(line)",
        "client = connect()\nclient.run(line)",
        "class Client:\n    def go(self):\n        self.run(line)",
        "TABLE = {'list': first}\nTABLE[key](line)",
        "on = True\n\ndef f():\n    global on\n    on = False\n    run(line, shell=on)",
        "def f(on):\n    on = on or True\n    run(line, shell=on)",
        "form.submit('name')",
        "loop.call_later(3)",
        "client.run(handler, line)",
        "map(handler, lines)",
        "map(str, ['ls', line])",
        "from threading import Thread\nThread(name='worker')",
        "import os\nrun = choose(os.system, os.popen)\nrun(line)",
        "import os\nrun = choose(os.getcwd())\nrun(line)",
        "for run in (first, second):\n    run(line)",
    ],
)
def test_what_nobody_knows_stands_for_itself(text):
    source = Source(text)
    call = source.nodes.kinds[ast.Call][-1]
    assert source.origins.call(call) is call


def test_the_last_thing_bound_above_counts():
    text = "import os\nrun = print\nrun(line)\nrun = os.system\nrun(line)"
    assert [name for name, _ in calls(text)] == ["print", "os.system"]


def test_names_of_an_inner_scope_come_first():
    text = "import os\nrun = os.system\n\ndef f():\n    run = print\n    run(line)"
    assert [name for name, _ in calls(text)] == ["print"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'s3' + 'cret'", "s3cret"),
        ("''.join(['s3', 'cret'])", "s3cret"),
        ("'terc3s'[::-1]", "s3cret"),
        ("b's3cret'.decode()", "s3cret"),
        ("bytes.fromhex('7333').decode()", "s3"),
        ("base64.b64decode('czNjcmV0').decode()", "s3cret"),
        ("''.join(map(chr, [115, 51]))", "s3"),
        ("f\"{'s3'}cret\"", "s3cret"),
        ("str('s3cret')", "s3cret"),
        ("'S3~ret'.replace('~', 'c').lower()", "s3cret"),
        ("'ab' * 2", "abab"),
        ("2 * b'ab'", b"abab"),
        ("'ab' * 999999999", None),
        ("not True", False),
        ("bool(0)", False),
        ("-1", -1),
        ("'abc'[7]", None),
        ("unknown", None),
        ("base64.b64decode('no!')", None),
        ("'a'.join(words)", None),
        ("chr(55296)", None),
    ],
)
def test_constants_are_computed(text, value):
    source = Source(f"x = {text}")
    assert source.origins.constant(source.tree.body[0].value) == value


def test_what_doubles_and_doubles_is_given_up():
    text = "\n".join(["a0 = 'ab'", *(f"a{n + 1} = a{n} + a{n}" for n in range(30)), "x = a30"])
    source = Source(text)
    assert source.origins.constant(source.tree.body[-1].value) is None


def test_names_that_stand_for_each_other_end():
    source = Source("import os\na = b\nb = a\na(line)\nrun = run or os.system\nrun(line)")
    assert [source.origins.of(call.func) for call in source.nodes.kinds[ast.Call]]


@pytest.mark.parametrize(
    "step",
    [
        "node = getattr(node, 'parent', None)",
        "node = vars(node)['parent']",
        "node = node.parent",
        "node = node.parent.__call__",
        "node = other = getattr(node, 'parent')",
    ],
)
def test_a_name_that_gets_something_of_itself_is_followed_once_at_most(step):
    names = [
        name for name, _ in calls(f"def top(node):\n    while node:\n        {step}\n        node.close()\n")
    ]
    assert {"node.close", "node.parent.close"} & set(names)


@pytest.mark.parametrize(
    "steps",
    [
        ("a = getattr(b, 'x')", "b = getattr(a, 'y')"),
        ("a = getattr(b, 'x')", "b = vars(c)['y']", "c = getattr(a, 'z')"),
        ("self.a = getattr(self.b, 'x')", "self.b = getattr(self.a, 'y')"),
        ("self.a = self.b.x", "self.b = self.a.y", "a = getattr(self.a, 'z')"),
    ],
)
def test_names_that_get_something_of_each_other_end(steps):
    body = "\n        ".join(steps)
    found = calls(
        f"def turn(self, a, b, c):\n    while a:\n        {body}\n        a.close(b.x, self.a.f())\n"
    )
    assert any(shown.startswith("a.close") for _, shown in found)


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    f()\nexcept OSError as sum:\n    pass",
        "match x:\n    case [sum, *_]:\n        pass",
        "match x:\n    case [_, *sum]:\n        pass",
        "match x:\n    case {'a': 1, **sum}:\n        pass",
    ],
)
def test_handlers_and_patterns_bind_names(text):
    assert "sum" in Source(text).origins.bound


def test_a_node_that_is_written_out_has_a_place():
    source = Source("import os\n\ndef f(line):\n    getattr(os, 'system')(line)")
    call = source.nodes.kinds[ast.Call][0]
    plain = source.origins.call(call)
    assert source.origins.places[plain] is call
    assert source.location_of(plain) == source.location_of(call)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("from flask import request as asked\n\ndef f(asked):\n    asked()", "asked"),
        ("from flask import request as asked\n\ndef f(other):\n    asked()", "flask.request"),
        ("from os import system\n\ndef f():\n    def system(line): ...\n    system(1)", "system"),
        ("from os import system\n\ndef system(line): ...\n\nsystem(1)", "os.system"),
        ("from os import system\n\ndef f(system=system):\n    system(1)", "os.system"),
        ("from os import system\n\ndef f(system):\n    from os import system\n    system(1)", "os.system"),
        ("from os import system\n\n@system(1)\ndef f(system): ...", "os.system"),
        ("from os import system\n\nf = lambda system: system(1)", "system"),
        ("from os import system\n\nclass A:\n    def system(self):\n        system(1)", "os.system"),
    ],
)
def test_a_parameter_or_inner_function_hides_what_is_imported(text, origin):
    source = Source(text)
    (call,) = source.nodes.kinds[ast.Call]
    assert source.origins.of(call.func) == origin


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("np.append(a, 1)", "numpy.append"),
        ("deque([row])", "collections.deque"),
        ("from numpy import *\nnp.append(a, 1)", "np.append"),
        ("def f(np):\n    np.append(1)", "np.append"),
        ("import naps as np\nnp.append(1)", "naps.append"),
        ("def deque(rows): ...\ndeque(rows)", "deque"),
    ],
)
def test_a_name_that_nothing_binds_is_what_it_is_by_convention(text, name):
    assert calls(text)[0][0] == name
