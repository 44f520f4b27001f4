"""Functions that are made in a loop, and whether they run before its next turn; changes, and whether there is a next turn."""

from __future__ import annotations

from typing import Any

from astroid import nodes

from quality_pylint._decorators import last_name

#: Functions that ask for a key at once.
_KEYED = frozenset({"max", "min", "nlargest", "nsmallest", "sort", "sorted"})
#: Functions and methods that run what they are given before they return: on what is found in a text, on each of a row, column or
#: group of a table, from one element to the next.
_RUNNING = frozenset(
    {
        *("agg", "aggregate", "applymap", "apply", "assign", "pipe", "transform"),
        *("reduce", "sub", "subn"),
    }
)
#: Functions that run what they are given whenever somebody asks for an element.
_LAZY = frozenset({"filter", "map", "filterfalse", "takewhile", "dropwhile", "starmap"})
#: What asks for all elements, or for the next, before it returns.
_EXHAUSTING = frozenset(
    {
        *(
            "all",
            "any",
            "dict",
            "frozenset",
            "len",
            "list",
            "max",
            "min",
            "next",
            "reduce",
            "set",
            "sorted",
            "sum",
        ),
        *("tuple", "Counter", "deque", "extend", "join", "update"),
    }
)


def runs_at_once(node: Any) -> bool:
    """Tells whether a function that uses a variable of the loop around it is run before the next turn begins, and never again."""
    function: Any = node.scope()
    if getattr(function, "name", "") == getattr(node, "name", None):
        return True  # it calls itself
    if isinstance(function, nodes.Lambda) and not isinstance(function, nodes.FunctionDef):
        return _is_run(function)
    if not isinstance(function, nodes.FunctionDef) or function.decorators is not None:
        return False
    loop = _loop_around(function)
    outer: Any = function.parent
    used = [each for each in outer.frame().nodes_of_class(nodes.Name) if each.name == function.name]
    return bool(used) and all(_loop_around(each) is loop and _is_run(each) for each in used)


def is_in_the_last_turn(node: Any) -> bool:
    """Tells whether the loop that goes through a collection ends with the block in which the collection is changed."""
    method = node.value.func if isinstance(node, nodes.Expr) and isinstance(node.value, nodes.Call) else None
    changed = method.expr.as_string() if isinstance(method, nodes.Attribute) else ""
    loop = _loop_around(node)
    over = isinstance(loop, nodes.For) and loop.iter.as_string() == changed
    following = node.next_sibling()
    while following is not None:
        if isinstance(following, nodes.Return | nodes.Raise) or (over and isinstance(following, nodes.Break)):
            return True
        following = following.next_sibling()
    return False


def _loop_around(node: Any) -> Any:
    above = node.parent
    while above is not None and not isinstance(
        above, nodes.For | nodes.While | nodes.FunctionDef | nodes.Module
    ):
        above = above.parent
    return above


def _is_run(function: Any) -> bool:
    """Tells whether a function is called where it stands, or handed to what does so before it returns."""
    above = function.parent
    if isinstance(above, nodes.Keyword):
        call = above.parent
        name = last_name(call) if isinstance(call, nodes.Call) else ""
        return name in (_KEYED if above.arg == "key" else _RUNNING)
    if not isinstance(above, nodes.Call):
        return False
    if above.func is function:
        return True
    name = last_name(above)
    return name in _RUNNING or (name in _LAZY and isinstance(above.func, nodes.Name) and _is_exhausted(above))


def _is_exhausted(lazy: Any) -> bool:
    """Tells whether all elements are asked for where they stand."""
    above = lazy.parent
    if isinstance(above, nodes.For | nodes.Comprehension):
        return above.iter is lazy and not isinstance(above.parent, nodes.GeneratorExp)
    return isinstance(above, nodes.Call) and last_name(above) in _EXHAUSTING
