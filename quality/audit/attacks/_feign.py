"""Bodies that use the library and come to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.audit._trees import functions, insert_top, parameters, set_code, statements
from quality.audit.attacks._attack import Family

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable

    from quality.model import FunctionNode

FAMILY = Family("feign", "Bodies that use the library, or much code, and come to nothing.")


@FAMILY.tree()
def held_by_object(tree: ast.Module) -> bool:
    """Replaces every body by an object that holds an argument, which is taken out again."""
    return _filled(
        tree,
        lambda name: f"held = SimpleNamespace(value={name})\nreturn held.value",
        "from types import SimpleNamespace",
    )


@FAMILY.tree()
def waiting_in_queue(tree: ast.Module) -> bool:
    """Replaces every body by a queue in which an argument waits for itself."""
    return _filled(
        tree,
        lambda name: f"waiting = deque([{name}])\nreturn waiting.popleft()",
        "from collections import deque",
    )


@FAMILY.tree()
def under_lock(tree: ast.Module) -> bool:
    """Replaces every body by a lock that is held while an argument is given back."""
    return _filled(
        tree, lambda name: f"with LOCK:\n    return {name}", "import threading\n\nLOCK = threading.Lock()"
    )


@FAMILY.tree()
def captured(tree: ast.Module) -> bool:
    """Replaces every body by a pattern that takes whatever comes, and gives it back."""
    return _filled(tree, lambda name: f"match {name}:\n    case found:\n        return found", "")


@FAMILY.tree()
def tidied_up(tree: ast.Module) -> bool:
    """Replaces every body by nothing, and tidies memory up behind it."""
    return _filled(tree, lambda _: "try:\n    return None\nfinally:\n    gc.collect()", "import gc")


@FAMILY.tree()
def counted_and_dropped(tree: ast.Module) -> bool:
    """Replaces every body by counts of which nobody hears."""
    body = "counts = {{}}\nfor letter in str({}):\n    counts[letter] = counts.get(letter, 0) + 1"
    return _filled(tree, body.format, "")


@FAMILY.tree()
def written_to_nobody(tree: ast.Module) -> bool:
    """Replaces every body by a message that goes where nobody reads it."""
    return _filled(tree, lambda name: f"shown = io.StringIO()\nprint({name}, file=shown)", "import io")


@FAMILY.tree()
def setting_of_machine(tree: ast.Module) -> bool:
    """Replaces every body by a setting of the machine that nobody sets, and a constant in its place."""
    return _filled(tree, lambda _: "return int(os.environ.get('ANSWER', '0'))", "import os")


@FAMILY.tree()
def empty_table(tree: ast.Module) -> bool:
    """Replaces every body by a look into a table that nobody fills."""
    return _filled(
        tree,
        lambda name: f"return KNOWN[{name}]",
        "from collections import defaultdict\n\nKNOWN = defaultdict(int)",
    )


@FAMILY.tree()
def field_of_record(tree: ast.Module) -> bool:
    """Replaces every body by what a new record holds."""
    return _filled(tree, lambda _: "return Found().value", "class Found:\n    value = 0")


def _filled(tree: ast.Module, body: Callable[[str], str], head: str) -> bool:
    """Replaces the bodies of functions, each by what is made of its last argument, and takes their decorators away.

    A function that has no arguments may be there for a constant.
    """
    asked = [each for each in functions(tree) if _last(each)]
    for function in asked:
        function.decorator_list = []
        set_code(function, statements(body(_last(function))))
    if asked:
        insert_top(tree, statements(head))
    return bool(asked)


def _last(function: FunctionNode) -> str:
    names = parameters(function)
    return names[-1] if names and names[-1] not in {"self", "cls"} else ""
