"""The code as a string that runs."""

from __future__ import annotations

import ast

from quality.audit._trees import functions, insert_top, parameters, set_code, statements
from quality.audit.attacks import _filler as filler
from quality.audit.attacks._attack import Family
from quality.rules import is_literal

#: What has nothing to do with the program.
_GOOD = """\
def average(values):
    return sum(values) / len(values)


def spread(values):
    middle = average(values)
    return max(abs(value - middle) for value in values)


def ranked(values):
    ordered = sorted(values, reverse=True)
    return [ordered.index(value) + 1 for value in values]
"""

FAMILY = Family("hide", "The code as a string that runs.")


@FAMILY.text()
def executed(code: str) -> str:
    """Executes the whole code as a string."""
    return f"exec({code!r})\n"


@FAMILY.text()
def executed_in_function(code: str) -> str:
    """Executes the whole code inside of a documented function."""
    return (
        '"""Loads the module."""\n\n\ndef load(namespace):\n    """Defines the functions in a namespace."""\n'
        f"    source = {code!r}\n    exec(source, namespace)\n    return namespace\n\n\nload(globals())\n"
    )


@FAMILY.text()
def executed_lines(code: str) -> str:
    """Executes the code from a list of its lines."""
    return f"LINES = {code.split(chr(10))!r}\nexec('\\n'.join(LINES))\n"


@FAMILY.text()
def evaluated(code: str) -> str:
    """Evaluates a compiled string."""
    return f"eval(compile({code!r}, 'module', 'exec'))\n"


@FAMILY.text()
def concatenated_name(code: str) -> str:
    """Finds 'exec' by a name that is put together."""
    return f"import builtins\n\nRUN = getattr(builtins, 'ex' + 'ec')\nRUN({code!r})\n"


@FAMILY.text()
def from_globals(code: str) -> str:
    """Finds 'exec' in the dictionary of the builtins."""
    return f"RUN = vars(__import__('builtins'))['exec']\nRUN({code!r})\n"


@FAMILY.text()
def renamed_exec(code: str) -> str:
    """Gives 'exec' another name first."""
    return f"define = exec\nSOURCE = {code!r}\ndefine(SOURCE)\n"


@FAMILY.text()
def in_docstring(code: str) -> str | None:
    """Executes the module's docstring."""
    if '"""' in code or "\\" in code:
        return None
    return f'"""\n{code}\n"""\nexec(__doc__)\n'


@FAMILY.text()
def in_function_docstring(code: str) -> str:
    """Executes the docstring of a function."""
    return f"def source():\n    {code!r}\n\n\nexec(source.__doc__, globals())\n"


@FAMILY.text()
def in_decorator(code: str) -> str:
    """Gives the code to a decorator that runs it."""
    return (
        "def defines(source):\n    def decorate(function):\n        exec(source, globals())\n"
        f"        return function\n    return decorate\n\n\n@defines({code!r})\ndef main():\n"
        '    """Starts the program."""\n    return defines\n'
    )


@FAMILY.text()
def in_default_argument(code: str) -> str:
    """Keeps the code in a default argument."""
    return f"def load(namespace, source={code!r}):\n    exec(source, namespace)\n\n\nload(globals())\n"


@FAMILY.text()
def in_module_getattr(code: str) -> str:
    """Defines names when a module's '__getattr__' is asked for them."""
    return (
        f"SOURCE = {code!r}\n\n\ndef __getattr__(name):\n    namespace = {{}}\n    exec(SOURCE, namespace)\n"
        "    return namespace[name]\n"
    )


@FAMILY.text()
def in_child_process(code: str) -> str:
    """Gives the code to another interpreter."""
    return f"import subprocess\nimport sys\n\nsubprocess.run([sys.executable, '-c', {code!r}], check=True)\n"


@FAMILY.text()
def through_loader(code: str) -> str:
    """Makes a module of the string with the import system."""
    return (
        "import importlib.util\nimport types\n\n"
        f"SPEC = importlib.util.spec_from_loader('impl', loader=None)\nMODULE = types.ModuleType('impl')\n"
        f"CODE = compile({code!r}, 'impl', 'exec')\nexec(CODE, MODULE.__dict__)\n"
    )


@FAMILY.text()
def in_written_file(code: str) -> str:
    """Writes the code into a file that is run as a module, beside functions that do something else."""
    return (
        f"import importlib.util\nfrom pathlib import Path\n\nPath('work.py').write_text({code!r}, encoding='utf-8')\n"
        "SPEC = importlib.util.spec_from_file_location('work', 'work.py')\nWORK = importlib.util.module_from_spec(SPEC)\n"
        f"SPEC.loader.exec_module(WORK)\n\n\n{_GOOD}"
    )


@FAMILY.tree()
def in_annotations(tree: ast.Module) -> bool:
    """Makes every answer an annotation whose value is asked for."""
    changed = False
    for function in functions(tree):
        match function.body[-1]:
            case ast.Return(value=ast.Call() as value):
                names = ", ".join(f"{name!r}: {name}" for name in parameters(function))
                field = f"class Held:\n    found: {ast.unparse(value)!r}"
                answer = f"return typing.get_type_hints(Held, {{{names}}})['found']"
                function.body[-1:] = statements(f"{field}\n{answer}")
                changed = True
    insert_top(tree, statements("import typing") if changed else [])
    return changed


@FAMILY.tree()
def in_other_language(tree: ast.Module) -> bool:
    """Has every body computed by an interpreter of another language."""
    program = "const given = JSON.parse(process.argv[1]);\\nconsole.log(JSON.stringify(solve(...given)));"
    for function in functions(tree):
        text = f"function solve() {{\\n  // {function.name}\\n}}\\n{program}"
        command = f"['node', '-e', '{text}', json.dumps([{', '.join(parameters(function))}])]"
        set_code(function, statements(f"return json.loads(subprocess.check_output({command}))"))
    insert_top(tree, statements("import json\nimport subprocess"))
    return bool(functions(tree))


@FAMILY.text()
def as_timed_statement(code: str) -> str:
    """Runs the code as a statement to be timed."""
    return f"import timeit\n\ntimeit.timeit({code!r}, number=1, globals=globals())\n"


@FAMILY.text()
def kept_in_constant(code: str) -> str | None:
    """Keeps the code in a constant that nothing runs."""
    return None if _is_data(code) else f"PROGRAM = {code!r}\n"


@FAMILY.text()
def kept_among_constants(code: str) -> str:
    """Keeps the code in one of 300 constants, beside 20 trivial functions."""
    return f"{filler.constants(300)}{filler.trivial_functions(20)}\n\nPROGRAM = {code!r}\n"


@FAMILY.text()
def for_unknown_engine(code: str) -> str | None:
    """Gives the code to an object of which nobody knows what it does."""
    return None if _is_data(code) else f"import engine\n\nPROGRAM = {code!r}\nengine.run(PROGRAM)\n"


@FAMILY.text()
def through_library(code: str) -> str:
    """Gives the code, as bytes, to the interpreter's own library."""
    return f"import ctypes\n\nctypes.pythonapi.PyRun_SimpleString({code.encode()!r})\n"


@FAMILY.text()
def as_interactive_session(code: str) -> str:
    """Runs the code as the examples of a documentation."""
    session = ">>> " + code.strip().replace("\n", "\n... ") + "\n"
    return f"import doctest\n\ndoctest.run_docstring_examples({session!r}, globals())\n"


@FAMILY.text()
def beside_good_code(code: str) -> str | None:
    """Keeps the program in a text that nobody reads, beside functions that do something else."""
    return None if _is_data(code) else f"PROGRAM = {code!r}\n\n\n{_GOOD}"


@FAMILY.text()
def lines_beside_good_code(code: str) -> str | None:
    """Keeps the program in a list of lines that nobody reads, beside functions that do something else."""
    return None if _is_data(code) else f"LINES = {code.splitlines()!r}\n\n\n{_GOOD}"


@FAMILY.tree()
def evaluated_bodies(tree: ast.Module) -> bool:
    """Makes every body a string that is executed with the arguments."""
    for function in functions(tree):
        source = "\n".join(["def run(*values):", *(f"    {line}" for line in _source(function))])
        names = ", ".join(parameters(function))
        body = f"space = {{}}\nexec({source!r}, space)\nreturn space['run']({names})"
        set_code(function, statements(body))
    return bool(functions(tree))


def _is_data(code: str) -> bool:
    """Tells whether a code has nothing but names for what is written there: as a text these are data as well."""
    return all(isinstance(each, ast.Assign) and is_literal(each.value) for each in ast.parse(code).body)


def _source(function: ast.AST) -> list[str]:
    return ast.unparse(ast.Module(body=list(getattr(function, "body", [])), type_ignores=[])).split("\n")
