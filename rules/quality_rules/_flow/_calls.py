"""The values of calls."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from quality.rules import last_word
from quality_rules._flow._carrying import carried
from quality_rules._flow._checks import check_call
from quality_rules._flow._functions import Route
from quality_rules._flow._guards import clean_names
from quality_rules._flow._knowledge import (
    CARRIERS,
    CLEANERS,
    FORM_METHODS,
    FORM_NAMES,
    OPEN_REQUESTS,
    QUERIES,
    REQUEST_METHODS,
    SOCKET_METHODS,
    SOURCES,
    TRANSLATORS,
)
from quality_rules._flow._methods import method
from quality_rules._flow._names import trusted
from quality_rules._flow._options import check_options
from quality_rules._flow._parts import whole_of
from quality_rules._flow._sinks import CLIENTS
from quality_rules._flow._values import (
    ALL,
    LAX_PARSER,
    NUMBER,
    SANDBOX,
    TABLE,
    TEXTUAL,
    UNKNOWN,
    VOUCHED,
    Harm,
    Level,
    Origin,
    Value,
    cleaned,
    doubted,
    merge,
    merge_taints,
    moved,
    number_of,
    tainted,
)

if TYPE_CHECKING:
    from quality_rules._flow._run import Run


#: Function → the word for what it makes.
_MADE = {
    "locals": "locals",
    **dict.fromkeys(
        (
            "jinja2.sandbox.SandboxedEnvironment",
            "jinja2.sandbox.ImmutableSandboxedEnvironment",
            "SandboxedEnvironment",
            "ImmutableSandboxedEnvironment",
        ),
        SANDBOX,
    ),
    "ConfigParser": "config",
    "RawConfigParser": "config",
    "configparser.ConfigParser": "config",
    "configparser.RawConfigParser": "config",
    "csv.writer": TABLE,
    "csv.DictWriter": TABLE,
    # What is in a folder is chosen by who can write there, and not by who names the folder.
    "os.listdir": "list",
    "os.scandir": "list",
    "iterdir": "list",
}


#: Functions whose result is as great as their argument says.
_KEEP_SIZE = frozenset(
    {"int", "float", "round", "abs", "math.floor", "math.ceil", "Decimal", "decimal.Decimal"}
)
#: What a record does not do because of the key that it was asked for with; who wrote it can have put tags into it.
_OF_RECORDS = ALL & ~(Harm.HTML | Harm.XML | Harm.MARKUP | Harm.OBJECTS)
_ADDRESSES = frozenset({"ip_address", "IPv4Address", "IPv6Address"})
_OF_ADDRESSES = frozenset(f"ipaddress.{name}" for name in _ADDRESSES)
#: Methods that look a record up, and names of arguments that are a record's keys.
_LOOKUPS = frozenset({"get", "aget", "get_or_none", "aget_or_none", "get_one", "first", "afirst", "exclude"})
_KEYS = frozenset({"id", "pk", "uuid", "slug", "key", "name", "username", "email", "token", "code"})
_VOUCHED = UNKNOWN._replace(tag=VOUCHED)


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
    node = run.facts.origins.call(node)
    function = node.func
    receiver = run.value(function.value) if isinstance(function, ast.Attribute) else UNKNOWN
    if not isinstance(function, ast.Attribute | ast.Name):
        run.value(function)
    called = Called(
        node,
        run.origin(function),
        last_word(function),
        receiver,
        [run.value(argument) for argument in node.args],
        {keyword.arg: run.value(keyword.value) for keyword in node.keywords},
    )
    check_options(run, called)
    own = run.flow.called(run, called)
    if own is not None:
        for argument, proven in run.flow.proven(run, node, truth=False):
            clean_names(run, argument, proven.harms, shown=proven.shown)
        return own
    check_call(run, called)
    tag = "client" if called.name in CLIENTS else _MADE.get(called.name or called.last)
    if called.last == "XMLParser" and "resolve_entities" not in called.named and None not in called.named:
        tag = LAX_PARSER
    return Value(tag=tag) if tag is not None else _result(run, called)


def _result(run: Run, called: Called) -> Value:
    source = _source(run, called)
    if source is not None:
        return source
    if called.name in CLEANERS:
        return _cleaned(run, called, CLEANERS[called.name])
    if called.last in TRANSLATORS and len(called.args) == 1:
        return called.args[0]._replace(tag="")
    if called.name in CARRIERS or called.last in {"text", "SQL"}:
        return carried(run, called)
    function = called.node.func
    if isinstance(function, ast.Attribute) and not _is_looked_up(run, called, function):
        return method(run, called, function) or _foreign(run, called)
    return _foreign(run, called)


def _source(run: Run, called: Called) -> Value | None:
    node = called.node
    if called.name in SOURCES:
        return tainted(Origin(SOURCES[called.name], f"{called.name}()", node))
    function = node.func
    if not isinstance(function, ast.Attribute):
        return None
    asked = _asked(run, called, function)
    if asked is not None:
        return asked
    if called.last == "parse_args" and called.last not in run.flow.stored:
        # In a web service it parses a request.
        level = Level.LOCAL if run.route is Route.NONE else Level.REMOTE
        return tainted(Origin(level, "parse_args()", node))
    if called.last in SOCKET_METHODS and len(called.args) == 1 and called.args[0].tag == "number":
        return tainted(Origin(Level.REMOTE, f"{called.last}()", node))
    return None


def _asked(run: Run, called: Called, function: ast.Attribute) -> Value | None:
    """What a client sent, where a request or its handler is asked for it."""
    key = run.key(function.value)
    if called.last == "get" and called.args and key in OPEN_REQUESTS:
        return tainted(Origin(Level.REMOTE, f"{key}.get()", called.node))
    if called.last == "get" and called.args and (called.args[0].text or "").lower() == "content-disposition":
        # Whoever sends a file names it so.
        named = Origin(Level.REMOTE, "content-disposition", called.node)
        return doubted(tainted(named, harms=int(Harm.PATH)))
    if called.last in FORM_METHODS and called.args and key.rpartition(".")[2].lower() in FORM_NAMES:
        return tainted(Origin(Level.REMOTE, f"{key}.{called.last}()", called.node))
    of_handler = key == "self" and called.last.startswith("get_")
    if called.last not in REQUEST_METHODS or not (of_handler or run.is_request(function.value)):
        return None
    tag = "json" if called.last in {"get_json", "json"} else ""
    own = called.last in {"get_full_path", "get_cookie"}
    origin = Origin(Level.REMOTE, f"{run.request_name(function.value)}.{called.last}()", called.node)
    return tainted(origin, tag, ALL & ~Harm.REDIRECT if own else ALL)


def _cleaned(run: Run, called: Called, harms: int) -> Value:
    if harms == ALL:
        argument = called.node.args[0] if called.node.args else None
        converts = called.name in {"int", "float", "UUID", "uuid.UUID"} or called.name in _OF_ADDRESSES
        if converts and argument is not None:
            # It raises unless the argument is one: from here on the argument is known to be.
            key = run.key(argument)
            if key and run.state.get(key) is not None:
                run.clean(key, TEXTUAL)
        number = number_of(*called.given) if called.name in _KEEP_SIZE else NUMBER
        # What is checked of an address is checked of what it was made of.
        return number._replace(basis=_basis_of(run, called)) if called.last in _ADDRESSES else number
    whole = merge(called.given)
    clean = cleaned(moved(whole, called.node, f"{called.last}() changes it"), harms)
    return clean._replace(tag="json") if called.name == "json.loads" else clean


def _basis_of(run: Run, called: Called) -> tuple[str, ...]:
    """The names that the first argument is, or is made of."""
    return run.names(whole_of(called.node.args[0])) or called.args[0].basis if called.args else ()


def _is_looked_up(run: Run, called: Called, function: ast.Attribute) -> bool:
    """Tells whether a record is looked up by its key: that chooses which one, and not what is in it."""
    if called.last not in _LOOKUPS or any(
        taint.origin.level is Level.REMOTE for taint in called.receiver.taints
    ):
        return False
    if called.node.args:
        # An object's own key, as ``session.get(User, key)`` and ``User.query.get(key)`` ask for it.
        model = getattr(called.node.args[0], "id", "")
        return run.key(function.value).endswith((".query", ".objects")) or (
            len(called.args) > 1 and model[:1].isupper() and not model.isupper()
        )
    keys = [keyword.arg or "" for keyword in called.node.keywords]
    return bool(keys) and all(key in _KEYS or "__" in key or key.endswith("_id") for key in keys)


def _foreign(run: Run, called: Called) -> Value:
    """A function that is not seen: by its name it may make its arguments harmless."""
    given = [called.receiver, *called.args, *called.named.values()]
    harms = trusted(called.last)
    if harms and run.is_own(called.node.func):
        harms = 0
    if not merge_taints(given):
        return _VOUCHED if harms else UNKNOWN
    if called.args:
        # A dictionary becomes the query of a URL, and not its host.
        given = [
            cleaned(value, Harm.REDIRECT | Harm.REQUEST) if value.tag == "dict" else value for value in given
        ]
    whole = doubted(moved(merge(given), called.node, f"{called.last}() gets it"))
    function = called.node.func
    looked_up = isinstance(function, ast.Attribute) and _is_looked_up(run, called, function)
    if called.last in QUERIES or looked_up:
        whole = cleaned(whole, _OF_RECORDS)
    return cleaned(whole, harms)._replace(unknown=ALL, tag=VOUCHED) if harms else whole
