"""What a function starts with, and what is remembered of it for its callers."""

from __future__ import annotations

import ast
import enum
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from quality.rules import last_word, positional_of, with_defaults
from quality_rules._filled import declared
from quality_rules._flow._knowledge import (
    HANDLER_CLASSES,
    HANDLER_METHODS,
    HARMLESS_TYPES,
    REQUEST_NAMES,
    REQUEST_TYPES,
    RESPONDERS,
    ROUTES,
    SERVER_MODULES,
    UPLOAD_TYPES,
)
from quality_rules._flow._values import (
    ALL,
    NUMBER,
    UNKNOWN,
    UPLOAD,
    UPLOADS,
    Harm,
    Level,
    Origin,
    Step,
    Taint,
    Value,
    doubted,
    merge,
    merge_taints,
    step_on,
    tainted,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quality.model import FunctionNode
    from quality.rules import Facts
    from quality_rules._flow._exits import Proven
    from quality_rules._flow._hits import Hit

#: Nothing is proven.
NOTHING: Mapping[str, Proven] = MappingProxyType({})
#: Parameters of a method that answers a call: its object and the request; the context follows.
_SERVED = 2
#: Words of annotations that say nothing of the value itself.
_WRAPPERS = frozenset(
    {
        "Optional",
        "Union",
        "None",
        "List",
        "Sequence",
        "Iterable",
        "Tuple",
        "Set",
        "list",
        "tuple",
        "set",
        "typing",
    }
)
#: Words of parameters that say where things are, and names of some that are numbers.
_FOLDERS = frozenset(
    {
        *("opts", "options", "config", "conf", "cfg", "settings", "root", "base", "basedir", "basepath"),
        *("directory", "dir", "folder", "dest", "destination", "fs", "rootdir", "outdir", "workdir"),
    }
)
_NUMBERS_BY_NAME = frozenset({"status_code", "port", "width", "height", "lineno", "timeout", "errno"})
_NUMBERS = frozenset({"int", "float", "PositiveInt", "NonNegativeInt"})
#: Functions and classes that make an answer to a request.
_ANSWERS = frozenset(
    {
        *("render", "redirect", "get_object_or_404", "HttpResponse", "HttpResponseRedirect", "JsonResponse"),
        *("FileResponse", "StreamingHttpResponse", "TemplateResponse", "Http404", "HttpResponseNotFound"),
        *("HttpResponseForbidden", "HttpResponseBadRequest"),
    }
)
#: Words in the names of parts of an address that are keys or numbers.
_KEYS = frozenset({"id", "ids", "pk", "slug", "uuid", "year", "month", "day", "page", "number"})
#: Calls in the declaration of a parameter by which a framework fills it: with what a function of the program gives,
#: or with what a client sends.
_DEPENDENCIES = frozenset({"Depends", "Security"})
_FILLED = frozenset({"Query", "Path", "Body", "Form", "Header", "Cookie", "File"})


class Summary(NamedTuple):
    """What callers need to know of a function.

    Attributes:
        parameters: Names of the parameters by position, then of the others.
        places: How many of them are filled by position.
        packed: Names of the parameters that take what is left by position and by name, empty where there are none.
        names: Where a parameter enters → its name.
        returned: What it returns.
        reached: What its parameters reach.
        ensured: Parameter → what is proven of it when the function came back.
        implied: Parameter → what is proven of it when the function came back with something true.
    """

    parameters: tuple[str, ...]
    places: int
    packed: tuple[str, str]
    names: Mapping[Origin, str]
    returned: Value
    reached: tuple[Hit, ...] = ()
    ensured: Mapping[str, Proven] = NOTHING
    implied: Mapping[str, Proven] = NOTHING


class Route(enum.Enum):
    """Who calls a function, and what becomes of what it returns.

    Attributes:
        NONE: The program.
        DATA: A web framework, which may send a text as a page or as data.
        PAGE: A web framework, which sends a text as a page.
        ANSWER: A web framework, with what it made itself; it sends a text as a page.
        MESSAGE: A server of remote procedures, with what a client sent; it sends data.
    """

    NONE = 0
    DATA = 1
    PAGE = 2
    ANSWER = 3
    MESSAGE = 4


def route_of(function: FunctionNode, owner: ast.ClassDef | None) -> Route:
    """Tells whether a web framework calls a function with what a client sent."""
    routes = [_decorated(decorator) for decorator in function.decorator_list]
    known = next((route for route in (Route.PAGE, Route.DATA, Route.ANSWER) if route in routes), None)
    if known is not None:
        return known
    if owner is None:
        return Route.NONE
    if function.name[:1].isupper() and len(function.args.args) > _SERVED and is_servicer(owner):
        return Route.MESSAGE
    handles = function.name in HANDLER_METHODS and is_handler(owner)
    return Route.DATA if handles or function.name in RESPONDERS else Route.NONE


def parts_of_address(facts: Facts, function: FunctionNode) -> list[ast.arg]:
    """The parameters that a table of addresses fills, as in Django: those behind the request of what makes an answer.

    Keys and the like are left out: such a table lets nothing else through there.
    """
    places = positional_of(function.args)
    if len(places) < 2 or not is_request(places[0]) or not facts.is_of_module(function):  # noqa: PLR2004 - the request and more
        return []
    called = (node.func for node in facts.within(function) if isinstance(node, ast.Call))
    if _ANSWERS.isdisjoint(last_word(node) for node in called):
        return []
    if any({"exc", "exception"} & {*place.arg.lower().split("_")} for place in places):
        return []  # it answers with an error
    given = places[1 : len(places) - len(function.args.defaults)]
    return [place for place in given if _KEYS.isdisjoint(place.arg.lower().split("_"))]


def is_request(place: ast.arg) -> bool:
    """Tells whether a parameter is a request by its name or its annotation."""
    return place.arg in REQUEST_NAMES or bool(names_in(place.annotation) & REQUEST_TYPES)


def answers_clients(facts: Facts) -> bool:
    """Tells whether a source by what it imports, or by one of its functions, is a part of what answers requests."""
    if any(f"{module}.".startswith(SERVER_MODULES) for module in facts.imports.values()):
        return True
    return any(
        route_of(function, facts.class_of(function)) is not Route.NONE
        or any(map(is_request, positional_of(function.args)[:2]))
        for function in facts.functions
    )


def answers_requests(function: FunctionNode, owner: ast.ClassDef | None) -> bool:
    """Tells whether what a function returns is sent to a client, as far as its text shows."""
    if route_of(function, owner) is not Route.NONE:
        return True
    places = positional_of(function.args)[:2]
    return any(place.arg == "request" or names_in(place.annotation) & REQUEST_TYPES for place in places)


def _decorated(decorator: ast.expr) -> Route:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = last_word(called)
    if name in {"route", "expose"}:
        return Route.PAGE
    if name == "errorhandler":
        return Route.ANSWER
    if name in {"view_config", "api_view"}:
        return Route.DATA
    given = decorator.args[:1] if isinstance(decorator, ast.Call) and name in ROUTES else None
    addressed = isinstance(called, ast.Attribute) or any(map(_is_address, given or ()))
    return Route.DATA if given is not None and addressed else Route.NONE


def _is_address(node: ast.expr) -> bool:
    """Tells whether something is the address of a route."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("/")


def is_handler(owner: ast.ClassDef) -> bool:
    """Tells whether methods of a class answer requests."""
    names = (last_word(base) for base in owner.bases)
    return any(name.endswith(HANDLER_CLASSES) for name in names)


def is_servicer(owner: ast.ClassDef) -> bool:
    """Tells whether methods of a class answer calls of remote procedures, as those that are made from an interface do."""
    return any(last_word(base).endswith("Servicer") for base in owner.bases)


#: Parts of a route's address that only numbers and the like fit.
_TYPED_PARTS: Final = re.compile(
    r"<(?:int|float|uuid)(?:\([^)]{0,40}\))?:(\w+)>|[<{](\w+):(?:int|float|uuid)(?:\([^)]{0,40}\))?[>}]"
)


def typed_parts(function: FunctionNode) -> set[str]:
    """The parameters that the address of a route lets be numbers only."""
    texts = [
        argument.value
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    return {match[1] or match[2] for text in texts for match in _TYPED_PARTS.finditer(text[:400])}


def initial_values(
    function: FunctionNode, owner: ast.ClassDef | None, facts: Facts, *, route: Route
) -> dict[str, Value]:
    """The values that the parameters have at the beginning."""
    arguments = function.args
    places = positional_of(arguments)
    pairs = with_defaults(arguments)
    pairs += [(rest, None) for rest in (arguments.vararg, arguments.kwarg) if rest is not None]
    values = {place.arg: _initial(place, default, facts, route=route) for place, default in pairs}
    typed = typed_parts(function) if route is not Route.NONE else set()
    values.update((place.arg, _of_address(place)) for place, _ in pairs if place.arg in typed)
    if route is Route.MESSAGE:
        values.update((place.arg, _of_message(place)) for place in places[1:2])
        values.update((place.arg, UNKNOWN) for place in places[2:])
    if places and (places[0].arg in {"self", "cls"} or _takes_itself(function, owner)):
        values[places[0].arg] = Value(tag="self")
    return values


def _of_address(place: ast.arg) -> Value:
    """A number because the address of the route lets nothing else through: a statement should not rest on that."""
    value = tainted(Origin(Level.PARAMETER, place.arg, place), harms=int(Harm.SQL))
    return Value(tuple(taint._replace(sure=False) for taint in value.taints), 0)


def _of_message(place: ast.arg) -> Value:
    """What a client of a remote procedure sent: which of its fields are texts is not seen."""
    return doubted(tainted(Origin(Level.REMOTE, place.arg, place)))


def _takes_itself(function: FunctionNode, owner: ast.ClassDef | None) -> bool:
    static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list)
    return owner is not None and not static


def _initial(place: ast.arg, default: ast.expr | None, facts: Facts, *, route: Route) -> Value:
    said = declared(place, default, facts)
    words = names_in(said.kind)
    if is_request(place):
        return Value(tag="request")
    filled_by = {last_word(filler.func) for filler in said.fillers}
    numeric = bool(words & HARMLESS_TYPES) and words <= HARMLESS_TYPES | _WRAPPERS
    if not filled_by.isdisjoint(_DEPENDENCIES):
        return UNKNOWN
    if words & UPLOAD_TYPES:
        return tainted(Origin(Level.REMOTE, place.arg, place), UPLOAD if len(words) == 1 else UPLOADS)
    filled = not filled_by.isdisjoint(_FILLED)
    if route is Route.DATA or route is Route.PAGE or filled or place.arg == "environ":
        return (
            _chosen_number(place, [said.whole, default], words)
            if numeric
            else tainted(Origin(Level.REMOTE, place.arg, place))
        )
    value = _by_caller(place)
    if numeric or (isinstance(default, ast.Constant) and isinstance(default.value, int | float)):
        return Value(tuple(_as_number(taint) for taint in value.taints), 0)
    return value


def _as_number(taint: Taint) -> Taint:
    """What is said to be a number does no harm, though a statement or command should not rest on that."""
    return taint._replace(sure=False, harms=taint.harms & (Harm.SQL | Harm.COMMAND))


def _by_caller(place: ast.arg) -> Value:
    """What a caller chooses: it may say where things are, and by their names some parameters are numbers."""
    words = place.arg.lower().strip("_").split("_")
    harms = ALL if _FOLDERS.isdisjoint(words) else ALL & ~Harm.PATH
    if place.arg in _NUMBERS_BY_NAME:
        harms = int(Harm.SQL)
    return tainted(Origin(Level.PARAMETER, place.arg, place), harms=harms)


def _chosen_number(place: ast.arg, declaration: list[ast.expr | None], words: set[str]) -> Value:
    """A number that a client chooses, as great as it likes unless the declaration says how great it may be."""
    nodes = [node for part in declaration if part is not None for node in list(ast.walk(part))[:40]]
    bounded = any(isinstance(node, ast.keyword) and node.arg in {"le", "lt"} for node in nodes)
    if bounded or words.isdisjoint(_NUMBERS):
        return NUMBER
    return tainted(Origin(Level.REMOTE, place.arg, place), "number", int(Harm.SIZE))


def names_in(annotation: ast.expr | None) -> set[str]:
    """The names in an annotation, without those of modules."""
    if annotation is None:
        return set()
    if isinstance(annotation, ast.Name):
        return {annotation.id}
    nodes = list(ast.walk(annotation))[:40]
    modules = {node.value for node in nodes if isinstance(node, ast.Attribute)}
    words = {node.id for node in nodes if isinstance(node, ast.Name) and node not in modules}
    words |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return words | {"None" for node in nodes if isinstance(node, ast.Constant)}


def binding(
    summary: Summary, args: list[Value], named: Mapping[str | None, Value], *, method: bool
) -> dict[str, Value]:
    """Parameter → the value that a call gives it; what is not given has its default, which is not followed."""
    positional = summary.parameters[int(method) : summary.places]
    bound = dict(zip(positional, args, strict=False))
    bound.update((name, value) for name, value in named.items() if name is not None)
    rest, others = summary.packed
    if rest:
        bound[rest] = merge(args[len(positional) :])
    if others:
        bound[others] = merge(value for name, value in named.items() if name not in summary.parameters)
    return bound


def packed_of(function: FunctionNode) -> tuple[str, str]:
    """The names of the parameters that take what is left, by position and by name; empty where there are none."""
    rest, others = function.args.vararg, function.args.kwarg
    return rest.arg if rest else "", others.arg if others else ""


def substitute(taint: Taint, summary: Summary, bound: Mapping[str, Value]) -> tuple[Taint, ...]:
    """What a taint inside of a function is for a caller: that of the argument, at the same place."""
    name = summary.names.get(taint.origin)
    if name is None:
        return (taint,)
    if name not in bound:
        return ()
    steps = _unrolled(taint.trail)[1:]
    found: list[Taint] = []
    for given in bound[name].taints:
        harms = given.harms & taint.harms
        if harms:
            moved = given._replace(harms=harms, sure=given.sure and taint.sure)
            for step in steps:
                moved = step_on(moved, step.node, step.note)
            found.append(moved)
    return tuple(found)


def returned(summary: Summary, bound: Mapping[str, Value]) -> Value:
    """What a call returns."""
    result = summary.returned
    if result.each is not None and not result.each.is_safe:
        result = result._replace(each=None)
    if not result.taints:
        return result
    parts = [Value(substitute(taint, summary, bound)) for taint in result.taints]
    unknown = result.unknown
    for taint in result.taints:
        name = summary.names.get(taint.origin)
        if name is not None:
            unknown |= bound[name].unknown & taint.harms if name in bound else taint.harms
    return result._replace(taints=merge_taints(parts), unknown=unknown)


def _unrolled(trail: Step | None) -> list[Step]:
    steps: list[Step] = []
    while trail is not None:
        steps.append(trail)
        trail = trail.before
    return steps[::-1]
