"""The values of calls."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality_rules._flow._checks import check_call
from quality_rules._flow._expressions import element_of, format_text
from quality_rules._flow._knowledge import (
    CARRIERS,
    CARRYING_METHODS,
    CLEANERS,
    FILLING_METHODS,
    NORMALISERS,
    REQUEST_METHODS,
    SOCKET_METHODS,
    SOURCES,
    TRUSTED_WORDS,
)
from quality_rules._flow._values import (
    ALL,
    HOLE,
    NUMBER,
    UNKNOWN,
    VOUCHED,
    Harm,
    Level,
    Origin,
    Value,
    cleaned,
    doubted,
    merge,
    moved,
    tainted,
)

if TYPE_CHECKING:
    from quality_rules._flow._run import Run


#: Functions that are given a container.
_OF_ITEMS = frozenset({"list", "tuple", "sorted", "set", "min", "max", "next"})


class Called(NamedTuple):
    """A call whose parts were followed.

    Attributes:
        node: The call.
        name: Dotted name of the library's function; empty when it is not one.
        last: The function's or method's own name.
        receiver: The object whose method it is.
        args: The arguments by position.
        named: The arguments by name; under None what ``**`` spreads.
    """

    node: ast.Call
    name: str
    last: str
    receiver: Value
    args: list[Value]
    named: dict[str | None, Value]

    @property
    def given(self) -> list[Value]:
        """All arguments."""
        return [*self.args, *self.named.values()]


def call(run: Run, node: ast.Call) -> Value:
    """A call: its sinks are checked, then its result is what is known of the function."""
    function = node.func
    receiver = run.value(function.value) if isinstance(function, ast.Attribute) else UNKNOWN
    if not isinstance(function, ast.Attribute | ast.Name):
        run.value(function)
    last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    called = Called(
        node,
        run.origin(function),
        last,
        receiver,
        [run.value(argument) for argument in node.args],
        {keyword.arg: run.value(keyword.value) for keyword in node.keywords},
    )
    own = run.flow.called(run, called)
    if own is not None:
        return own
    check_call(run, called)
    return _result(run, called)


def _result(run: Run, called: Called) -> Value:
    source = _source(run, called)
    if source is not None:
        return source
    if called.name in CLEANERS:
        return _cleaned(run, called, CLEANERS[called.name])
    if called.name == "locals":
        return Value(tag="locals")
    if called.name in CARRIERS or called.last in {"text", "SQL"}:
        return _carried(run, called)
    if isinstance(called.node.func, ast.Attribute):
        result = _method(run, called, called.node.func)
        if result is not None:
            return result
    return _foreign(run, called)


def _source(run: Run, called: Called) -> Value | None:
    node = called.node
    if called.name in SOURCES:
        return tainted(Origin(SOURCES[called.name], f"{called.name}()", node))
    function = node.func
    if not isinstance(function, ast.Attribute):
        return None
    of_handler = run.key(function.value) == "self" and called.last.startswith("get_")
    if called.last in REQUEST_METHODS and (of_handler or run.is_request(function.value)):
        tag = "json" if called.last in {"get_json", "json"} else ""
        own = called.last in {"get_full_path", "get_cookie"}
        origin = Origin(Level.REMOTE, f"{run.request_name(function.value)}.{called.last}()", node)
        return tainted(origin, tag, ALL & ~Harm.REDIRECT if own else ALL)
    if called.last in SOCKET_METHODS and len(called.args) == 1 and called.args[0].tag == "number":
        return tainted(Origin(Level.REMOTE, f"{called.last}()", node))
    return None


def _cleaned(run: Run, called: Called, harms: int) -> Value:
    if harms == ALL:
        argument = called.node.args[0] if called.node.args else None
        if called.name in {"int", "float", "UUID", "uuid.UUID"} and argument is not None:
            # It raises unless the argument is one: from here on the argument is known to be.
            key = run.key(argument)
            if key and run.state.get(key) is not None:
                run.clean(key, ALL)
        return NUMBER
    whole = merge(called.given)
    return cleaned(moved(whole, called.node, f"{called.last}() changes it"), harms)


def _carried(run: Run, called: Called) -> Value:
    if called.last in {"str", "text", "SQL", "cast", "dedent", "compile"} and called.args:
        index = -1 if called.last == "cast" else 0
        return called.args[index]._replace(tag="")
    if called.last in _OF_ITEMS and called.args:
        return _of_items(called)
    if called.name in {"open", "io.open"}:
        return _file(called)
    is_path = called.last.endswith("Path")
    if called.last == "join" or (is_path and len(called.args) > 1):
        return _behind_another(run, called)._replace(tag="path" if is_path else "")
    whole = moved(merge(called.given), called.node, f"{called.last}() hands it on")
    if called.name == "json.dumps":
        return whole._replace(text=HOLE, built=called.node)
    tag = "normal" if called.name in NORMALISERS else "path" if is_path else ""
    basis = tuple(key for key in map(run.key, called.node.args) if key)
    first = called.args[0] if called.args else UNKNOWN
    return whole._replace(tag=tag or ("list" if called.last == "split" else ""), basis=basis, text=first.text)


def _of_items(called: Called) -> Value:
    """Made of a container's items: another container, or one of them."""
    if called.last not in {"min", "max", "next"}:
        return called.args[0]._replace(items=None, tag="list")
    return element_of(called.args[0]) if len(called.args) == 1 else merge(called.given)


def _behind_another(run: Run, called: Called) -> Value:
    """Parts of a path, with a slash between them."""
    slash = Value(unknown=0, text="/")
    return run.compose([part for value in called.args for part in (slash, value)][1:], called.node)


def _file(called: Called) -> Value:
    """What is in a file is chosen by who can write it; that its name is chosen, too, says nothing of it."""
    mode = called.args[1].text if len(called.args) > 1 else None
    if mode and mode[0] in "wax":
        return UNKNOWN
    return UNKNOWN._replace(tag="file")


def _method(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    receiver, last, node = called.receiver, called.last, called.node
    if last == "format":
        return format_text(run, receiver, node, called.args, called.named)
    if last == "join" and len(called.args) == 1:
        return _joined(run, receiver, called.args[0], node)
    if last in {"encode", "decode", "strip", "lower", "upper", "format_map", "lstrip", "rstrip"}:
        return receiver._replace(items=None, basis=receiver.basis or _key(run, function.value))
    if last == "replace" and len(called.args) > 1:
        return _replaced(called)
    if last == "translate" or (last == "as_json" and "escape_html" in called.named):
        return cleaned(receiver, Harm.HTML | Harm.LOG | Harm.HEADER)._replace(unknown=ALL)
    if last in FILLING_METHODS and called.args:
        run.fill(function.value, merge(called.given))
    carries = last in CARRYING_METHODS and receiver.tag != "self"
    return _carried_by_method(run, called, function) if carries else None


def _carried_by_method(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    receiver, last, node = called.receiver, called.last, called.node
    if last in {"resolve", "absolute"}:
        whole = moved(receiver, node, f"{last}() hands it on")
        return whole._replace(tag="normal", basis=_key(run, function.value) or receiver.basis)
    if last == "joinpath":
        return run.compose([receiver, *called.args], node)._replace(tag="path")
    if last == "get" and not receiver.taints and receiver.unknown:
        return None
    values = [receiver, *called.args[1:]] if last in {"get", "pop", "setdefault"} else [receiver]
    whole = moved(merge(values), node, f"{last}() hands it on")
    tag = "list" if last.startswith(("split", "rsplit", "read")) else receiver.tag
    return whole._replace(tag=tag if tag != "request" else "", basis=_key(run, function.value))


def _key(run: Run, node: ast.AST) -> tuple[str, ...]:
    key = run.key(node)
    return (key,) if key else ()


def _joined(run: Run, separator: Value, parts: Value, node: ast.Call) -> Value:
    if parts.items is None:
        element = element_of(parts)._replace(text=parts.text, built=parts.built)
        return run.compose((element, separator, element), node)
    pieces = [piece for item in parts.items for piece in (separator, item)][1:]
    return run.compose(pieces, node) if pieces else Value(unknown=0, text="")


def _replaced(called: Called) -> Value:
    """``text.replace(old, new)``: taking out line ends is what logs and headers need."""
    receiver, old = called.receiver, called.args[0].text
    if old in {"\n", "\r\n", "\r"}:
        return cleaned(receiver, Harm.LOG | Harm.HEADER)
    if old == "<":
        return cleaned(receiver, Harm.HTML)
    if old in {'"', "'", "`"} and called.args[1].text == old * 2:
        return cleaned(receiver, Harm.SQL)
    return merge((receiver, called.args[1]))._replace(text=receiver.text, built=receiver.built)


def _foreign(run: Run, called: Called) -> Value:
    """A function that is not seen: by its name it may make its arguments harmless."""
    receiver = called.receiver._replace(unknown=0) if called.receiver.tag != "self" else UNKNOWN
    whole = doubted(moved(merge([receiver, *called.given]), called.node, f"{called.last}() gets it"))
    harms = 0
    for word in called.last.lower().split("_"):
        harms |= TRUSTED_WORDS.get(word, 0)
    if harms and not run.is_own(called.node.func):
        return cleaned(whole, harms)._replace(unknown=ALL, tag=VOUCHED)
    return whole
