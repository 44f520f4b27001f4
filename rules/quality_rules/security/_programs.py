"""Programs that are kept in texts instead of being written in the open."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality_rules._written import statements_in

if TYPE_CHECKING:
    from quality.rules import Facts

#: One line may be an example, a command or a message, unless the source does nothing besides.
_FEWEST = 2
#: So many statements a function has that only gives something.
_TRIVIAL = 2
#: What a text that is longer has besides is not looked at.
_LONGEST = 20_000
#: So many of a program's lines look like one.
_SHARE = 0.7
#: Builtins that tell of a text no more than what it is.
_MEASURING = ("bool", "hash", "id", "isinstance", "len", "type")
#: What an interactive session or a list of steps has before a line.
_PROMPT = re.compile(r"^(?:>>>|\.\.\.)[ \t]?", re.MULTILINE)
#: What a program says of itself.
_DOCUMENTATION = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\'')
#: What a program has.
_MARK = re.compile(r"\b(?:def|class|import|if|for|while|with|return|try)\b|\w[(\[]|\w,\s*\w+\s*=")
#: A line that only a program has.
_SURE = re.compile(
    r"(?:async\s+)?(?:def|class)\s+\w+\s*[(:].*|(?:import\s+[\w., ]+|from\s+[\w.]+\s+import\s+.+)"
    r"|(?:if|elif|while|with|except|match|case)\b[^.?!]*:|(?:async\s+)?for\s+[\w, ()]+\s+in\s+.+:|(?:else|try|finally)\s*:|return(?:\s+\S.*)?"
)
#: A line that a program may have: an assignment, a call, a word that stands alone, a bracket that ends something.
_LIKELY = re.compile(
    r"[\w.\[\]'\", ]+\s*(?:[-+*/|&%]|//|\*\*)?=(?!=)\s*\S.*|[\w.]+\(.*|(?:pass|break|continue|raise|yield|assert|global|del)\b.*|@\w.*"
    r"|[\])}]+,?|#.*"
)
#: Statements that no prose and no data parse as.
_TELLING = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.For, ast.AsyncFor),
    *(ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.Match, ast.Return),
)


def program_lines(facts: Facts) -> list[tuple[ast.Constant, int]]:
    """The first text of each statement whose texts are a program, documentation aside, and how many lines it has."""
    texts: dict[ast.AST, list[ast.Constant]] = {}
    written = [node for node in facts.of(ast.Constant) if isinstance(node.value, (str, bytes))]
    kept = [node for node in written if not isinstance(facts.parent(node), ast.Expr)]
    if any(_MARK.search(_text_of(node)) for node in kept):
        for node in kept:
            texts.setdefault(facts.statement(node), []).append(node)
    sizes = [
        unit.lloc for unit in facts.source.outline.units
    ]  # that of the code outside of functions is the last
    fewest = 1 if not any(sizes[:-1]) and sizes[-1] <= 1 else _FEWEST
    found = [(nodes[0], _lines_of_program(nodes, fewest)) for nodes in texts.values()]
    return [(node, lines) for node, lines in found if lines]


def open_lines(facts: Facts) -> int:
    """The statements in the open that do something: neither declarations nor functions of one statement, which pad."""
    return sum(unit.lloc for unit in facts.source.outline.units if unit.lloc > _TRIVIAL)


def is_unread(facts: Facts, text: ast.Constant) -> bool:
    """Tells whether a text, or a list of texts, only gets a name that is read nowhere."""
    statement = facts.statement(text)
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    value = statement.value
    whole = value is text or (isinstance(value, ast.List | ast.Tuple) and text in value.elts)
    if not whole or not all(isinstance(target, ast.Name) for target in targets):
        return False
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    read = {
        each.id
        for each in facts.of(ast.Name)
        if isinstance(each.ctx, ast.Load) and not _is_measured(facts, each)
    }
    return names.isdisjoint(read | {each.attr for each in facts.of(ast.Attribute)})


def _is_measured(facts: Facts, name: ast.Name) -> bool:
    """Tells whether of what a name holds nothing is wanted but how long it is, or whether it is something."""
    above = facts.parent(name)
    return isinstance(above, ast.Call) and name in above.args and facts.is_builtin(above.func, *_MEASURING)


def _text_of(node: ast.Constant) -> str:
    return node.value.decode("utf-8", "replace") if isinstance(node.value, bytes) else str(node.value)


def _lines_of_program(nodes: list[ast.Constant], fewest: int) -> int:
    text = "\n".join(_text_of(node) for node in nodes)
    if "\n" not in text and ";" not in text:
        return 0
    return _statements(text, fewest) or _likely_lines(text)


def _statements(text: str, fewest: int) -> int:
    """How many statements a text has; 0 where it does not parse, or may be something else that parses."""
    body = statements_in(_PROMPT.sub("", text))
    found = [node for outermost in body for node in ast.walk(outermost) if isinstance(node, ast.stmt)]
    other = ";\n" in text  # a language whose calls are written as Python's
    telling = any(isinstance(node, _TELLING) or (not other and _is_call(node)) for node in found)
    telling = telling or _works_on_itself(found)
    return len(found) if telling and len(found) >= fewest else 0


def _works_on_itself(statements: list[ast.stmt]) -> bool:
    """Tells whether an assignment calls something with, goes through, takes apart or has to do with a part of what another one has bound.

    No setting does.
    """
    bound: set[str] = set()
    for statement in statements:
        if not isinstance(statement, ast.Assign):
            continue
        parts = [part for part in statement.targets if isinstance(part, ast.Subscript)]
        apart = any(isinstance(target, ast.Tuple | ast.List) for target in statement.targets)
        if apart and getattr(statement.value, "id", "") in bound:
            return True
        for node in (*parts, *ast.walk(statement.value)):
            if any(getattr(each, "id", "") in bound for each in _used_by(node)):
                return True
        bound.update(target.id for target in statement.targets if isinstance(target, ast.Name))
    return False


def _used_by(node: ast.AST) -> list[ast.expr]:
    """What a call is given, a comprehension goes through, or a part is taken of."""
    if isinstance(node, ast.Call):
        return [*node.args, *(each.value for each in node.keywords)]
    if isinstance(node, ast.comprehension):
        return [node.iter]
    return [node.value] if isinstance(node, ast.Subscript) else []


def _is_call(statement: ast.stmt) -> bool:
    """Tells whether a statement calls a method, or a function with something: ``EventStream()`` may be how a value is shown."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and bool(
        call.args or call.keywords or isinstance(call.func, ast.Attribute)
    )


def _likely_lines(text: str) -> int:
    """How many lines a text has that look like a program's, as a session or a part of one does; 0 where others prevail."""
    pieces = re.split(r"[\n;]", _DOCUMENTATION.sub("", text[:_LONGEST]))
    lines = [line for line in (_PROMPT.sub("", piece.strip()).strip() for piece in pieces) if line]
    sure = sum(_SURE.fullmatch(line) is not None for line in lines)
    if len(lines) < _FEWEST or not sure:
        return 0
    likely = sure + sum(
        _SURE.fullmatch(line) is None and _LIKELY.fullmatch(line) is not None for line in lines
    )
    return len(lines) if likely >= _SHARE * len(lines) else 0
