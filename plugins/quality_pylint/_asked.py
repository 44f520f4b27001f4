"""What a text asks about before it uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes, objects
from pylint.checkers import utils

from quality.rules import names_version
from quality_pylint._decorators import last_name
from quality_pylint._imports import packages
from quality_pylint._index import once_a_text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What tells one platform, or one version of Python, from another.
_OF_PLATFORMS = frozenset(
    {
        *("hasattr", "os.name", "platform", "platform.system"),
        *("sys.hexversion", "sys.platform", "sys.version", "sys.version_info"),
    }
)
#: Functions that give the names that are bound.
_NAMESPACES = frozenset({"dir", "globals", "locals", "vars"})
#: No more conditions of an ``and`` are looked at.
_MOST = 8
#: Members of the standard library that it has on other platforms or in later versions only, or makes while it is loaded.
_ELSEWHERE = {
    "asyncio": {
        "QueueShutDown",
        "ProactorEventLoop",
        "WindowsProactorEventLoopPolicy",
        "WindowsSelectorEventLoopPolicy",
    },
    "ctypes": {"FormatError", "GetLastError", "WinDLL", "WinError", "oledll", "windll"},
    "copy": {"replace"},
    "http.client": {"MISDIRECTED_REQUEST", "UNAVAILABLE_FOR_LEGAL_REASONS"},
    "inspect": {
        "CO_ASYNC_GENERATOR",
        "CO_COROUTINE",
        "CO_GENERATOR",
        "CO_ITERABLE_COROUTINE",
        "CO_NESTED",
        "CO_NEWLOCALS",
        "CO_NOFREE",
        "CO_OPTIMIZED",
        "CO_VARARGS",
        "CO_VARKEYWORDS",
    },
    "itertools": {"batched"},
    "math": {"fma", "sumprod"},
    "os": {"O_BINARY", "O_TEMPORARY", "add_dll_directory", "process_cpu_count", "startfile"},
    "plistlib": {"FMT_BINARY", "FMT_XML"},
    "queue": {"ShutDown"},
    "random": {"binomialvariate"},
    "select": {
        *("devpoll", "kevent", "kqueue", "KQ_EV_ADD", "KQ_EV_CLEAR", "KQ_EV_DELETE", "KQ_EV_ENABLE"),
        *(
            "KQ_EV_EOF",
            "KQ_EV_ERROR",
            "KQ_EV_ONESHOT",
            "KQ_FILTER_READ",
            "KQ_FILTER_VNODE",
            "KQ_FILTER_WRITE",
        ),
        *(
            "KQ_NOTE_ATTRIB",
            "KQ_NOTE_DELETE",
            "KQ_NOTE_EXTEND",
            "KQ_NOTE_LINK",
            "KQ_NOTE_RENAME",
            "KQ_NOTE_REVOKE",
        ),
        "KQ_NOTE_WRITE",
    },
    "signal": {"CTRL_BREAK_EVENT", "CTRL_C_EVENT"},
    "socket": {"AddressFamily", "AddressInfo", "MsgFlag", "SocketKind"},
    "ssl": {
        "OP_ENABLE_MIDDLEBOX_COMPAT",
        "OP_IGNORE_UNEXPECTED_EOF",
        "OP_NO_RENEGOTIATION",
        "OP_NO_TICKET",
        "OP_NO_TLSv1_3",
        "VERIFY_ALLOW_PROXY_CERTS",
        "VERIFY_X509_PARTIAL_CHAIN",
        "VERIFY_X509_TRUSTED_FIRST",
    },
    "subprocess": {
        "CREATE_NEW_CONSOLE",
        "CREATE_NEW_PROCESS_GROUP",
        "CREATE_NO_WINDOW",
        "DETACHED_PROCESS",
        "STARTF_USESHOWWINDOW",
        "STARTUPINFO",
        "SW_HIDE",
    },
    "sys": {
        *("ps1", "ps2"),
        *("getwindowsversion", "last_exc", "last_traceback", "last_type", "last_value", "monitoring"),
        *("pypy_version_info", "winver"),
    },
    "typing": {"TypeAliasType", "TypeIs", "override"},
    "warnings": {"deprecated"},
}

#: Attributes that Python, or a decorator, gives to functions, classes, modules and errors, and astroid does not know.
_GIVEN = frozenset(
    [
        *("__code__", "__dataclass_fields__", "__dataclass_params__", "__func__", "__members__", "__notes__"),
        *(
            "__spec__",
            "__weakref__",
            "_asdict",
            "_field_defaults",
            "_fields",
            "_make",
            "_member_map_",
            "_member_names_",
        ),
        *("__wrapped__", "_replace", "_value2member_map_", "winerror"),
    ]
)
#: Modules whose constants are those of the system, or of the version of Python.
_OF_SYSTEMS = frozenset(
    {
        *(
            "errno",
            "fcntl",
            "msvcrt",
            "os",
            "resource",
            "select",
            "signal",
            "socket",
            "ssl",
            "stat",
            "subprocess",
        ),
        *("termios", "token", "tokenize", "winreg"),
    }
)
#: Packages of Jython and IronPython.
_OF_OTHER_PYTHONS = frozenset({"clr", "com", "jarray", "java", "javax"})
#: Views of a dictionary, which astroid takes for lists, and their members.
_VIEWS: dict[type, frozenset[str]] = {
    objects.DictKeys: frozenset(dir({}.keys())),
    objects.DictItems: frozenset(dir({}.items())),
    objects.DictValues: frozenset(dir({}.values())),
}
#: Kinds of values that stand for others: an enumeration's next number, what classes below are to give, any module.
_OPEN = frozenset({"builtins.NotImplementedType", "enum.auto", "types.ModuleType", "builtins.module"})
#: Classes that are written in C, which astroid knows the names of.
_OF_C = frozenset({"re.Match", "re.Pattern"})
#: Modules that make enumerations of C's numbers while they are loaded.
_ENUMERATED = frozenset({"signal", "socket", "ssl"})
#: Modules of packages that astroid takes for the ones of the same name outside, and what those have not.
_INSIDE = {
    ("asyncio", "subprocess"): {
        "Process",
        "SubprocessStreamProtocol",
        "create_subprocess_exec",
        "create_subprocess_shell",
    }
}


def is_by_platform(node: Any) -> bool:
    """Tells whether a place is only reached, or its function is only there, on some platforms or in some versions of Python."""
    place = node
    while place is not None:
        if any(_asks_for_platform(test) for test in tests(place)) or _is_of_another_python(place):
            return True
        scope = place.parent.scope() if place.parent is not None else None
        place = scope if isinstance(scope, nodes.FunctionDef | nodes.ClassDef) else None
    return False


def _is_of_another_python(place: Any) -> bool:
    """Tells whether a function imports what only a Python on another machine's classes has: Java's, or those of .NET."""
    if not isinstance(place, nodes.FunctionDef):
        return False
    imports = (each for each in place.body if isinstance(each, nodes.Import | nodes.ImportFrom))
    return any(not _OF_OTHER_PYTHONS.isdisjoint(packages(each)) for each in imports)


def is_elsewhere(node: Any) -> bool:
    """Tells whether a member is one of a class, a base or a module that is not here, or missing on this platform alone.

    Args:
        node: What pylint reports.
    """
    if not isinstance(node, nodes.Attribute | nodes.AssignAttr):
        return False
    owner: Any = utils.safe_infer(node.expr)
    if node.attrname in _GIVEN or node.attrname in _VIEWS.get(type(owner), ()) or is_cut_out(node.expr):
        return True
    above = utils.node_frame_class(node) if node.expr.as_string() == "self" else None
    if above is not None and not utils.has_known_bases(above):
        return True
    if not isinstance(owner, nodes.Module):
        known = getattr(owner, "pytype", str)() in _OPEN or getattr(owner, "qname", str)() in _OF_C
        return known or (isinstance(owner, nodes.Const) and _is_of_an_enumeration(node))
    return _is_of_another_version(node, owner)


def _is_of_another_version(node: Any, module: Any) -> bool:
    """Tells whether a member of a module of the standard library is one of its own, or there on other platforms or in other versions."""
    text = node.root()
    chosen = isinstance(node.expr, nodes.Name) and node.expr.name in _chosen_imports(text)
    if chosen or node.attrname.startswith("_") or module.name.startswith("_"):
        return True  # what a module keeps for itself is another thing in each version, and may be put there
    if node.as_string() in once_a_text("tried", lambda: _tried(text), text):
        return True
    missing = {*_ELSEWHERE.get(module.name, ()), *_INSIDE.get((_package_of(node.expr), module.name), ())}
    return node.attrname in missing or is_by_platform(node)


def is_of_no_module(node: Any) -> bool:
    """Tells whether a member is one of something else than a module, or a constant that systems and versions of Python have or not.

    Args:
        node: What pylint reports.
    """
    module: Any = utils.safe_infer(getattr(node, "expr", None))
    if not isinstance(module, nodes.Module):
        return True
    return bool(node.attrname.isupper()) and module.name.partition(".")[0] in _OF_SYSTEMS


def _tried(module: Any) -> frozenset[str]:
    """The members, as they are written, that a text asks for where it handles that they are not there, or handles that another is not."""
    attempts = (
        each for each in module.nodes_of_class(nodes.Try) if any(map(_is_of_attributes, each.handlers))
    )
    tried = (each.as_string() for attempt in attempts for each in attempt.nodes_of_class(nodes.Attribute))
    return frozenset(tried) | frozenset(_looked_for(module))


def _looked_for(module: Any) -> Iterator[str]:
    """The members that a text asks for by ``hasattr``, or takes another thing for: it keeps them under a name of its own."""
    for call in module.nodes_of_class(nodes.Call):
        if last_name(call) in {"getattr", "hasattr"} and len(call.args) > 1:
            owner, word = call.args[:2]
            if isinstance(word, nodes.Const) and isinstance(owner, nodes.Name | nodes.Attribute):
                yield f"{owner.as_string()}.{word.value}"


def _is_of_attributes(handler: Any) -> bool:
    return handler.type is not None and "AttributeError" in _said(handler.type)


def _is_of_an_enumeration(node: Any) -> bool:
    """Tells whether a number of C gets its name while its module is loaded: ``signal.SIGINT.name``."""
    home: Any = utils.safe_infer(node.expr.expr) if isinstance(node.expr, nodes.Attribute) else None
    return node.attrname in {"name", "value"} and getattr(home, "name", "") in _ENUMERATED


def _package_of(module: Any) -> str:
    """The package that a module is taken from, as it is written."""
    if isinstance(module, nodes.Attribute):
        package = utils.safe_infer(module.expr)
        return package.name if isinstance(package, nodes.Module) else ""
    bound: Any = module.lookup(module.name)[1] if isinstance(module, nodes.Name) else ()
    return next((each.modname or "" for each in bound if isinstance(each, nodes.ImportFrom)), "")


def is_cut_out(owner: Any) -> bool:
    """Tells whether something is the class that a method was cut out of: astroid takes the module for it.

    Args:
        owner: What a method is called on, or what is called.
    """
    return isinstance(owner, nodes.Name) and utils.safe_infer(owner) is owner.root()


def is_asked_first(subject: Any) -> bool:
    """Tells whether something that is None as far as the text shows is only used where it was asked whether it is.

    It is an attribute, or a name that is bound to a choice: astroid leaves out what it does not know of one. ``getattr`` with a
    default is a choice too.

    Args:
        subject: What is used.
    """
    may_differ = isinstance(subject, nodes.Attribute) or _is_chosen(subject)
    return may_differ and is_none(subject) and was_asked(subject, subject.as_string())


def _is_chosen(name: Any) -> bool:
    """Tells whether a name is bound to ``a if b else c``, ``a or b``, ``getattr(a, b, c)``, an attribute, or what a function gives."""
    bound: Any = name.lookup(name.name)[1] if isinstance(name, nodes.Name) else ()
    values = [each.parent.value for each in bound if isinstance(each.parent, nodes.Assign)]
    return any(
        isinstance(value, nodes.IfExp | nodes.BoolOp | nodes.Attribute | nodes.Call) for value in values
    )


def was_asked(place: Any, said: str) -> bool:
    """Tells whether a function comes to a place only when it asked about a name or an attribute.

    Args:
        place: The node.
        said: What is asked about, as it is written.
    """
    frame = place.frame()
    if any(said in _said(test) for test in tests(place)):
        return True
    left: dict[str, int] = once_a_text("left", lambda: _left_when(frame), frame)
    return said in left and left[said] < place.fromlineno


def is_asked_again(name: Any) -> bool:
    """Tells whether the condition under which a name is bound is asked again where the name is read, or a flag that is set there.

    Args:
        name: What is read.
    """
    asked = {part.as_string() for test in tests(name) for part in _parts(test)}
    enough = {each.as_string() for test in _bound_under(name) for each in _alternatives(test)}
    return not asked.isdisjoint(enough | _flags(name))


def is_looked_up(name: Any) -> bool:
    """Tells whether a name is only read where the text saw that it is bound: ``if "name" in locals()``.

    Args:
        name: What is read.
    """
    comparisons = (each for test in tests(name) for each in test.nodes_of_class(nodes.Compare))
    return any(
        each.ops[0][0] == "in"
        and isinstance(each.left, nodes.Const)
        and each.left.value == getattr(name, "name", None)
        and isinstance(each.ops[0][1], nodes.Call)
        and each.ops[0][1].func.as_string() in _NAMESPACES
        for each in comparisons
    )


def is_bound_by_choice(name: Any) -> bool:
    """Tells whether a name that an import under ``try`` binds is read where a flag says so that the same ``try`` sets.

    Args:
        name: What is read.
    """
    attempts = {id(_attempt(each)) for each in name.root().locals.get(getattr(name, "name", ""), ())}
    flags = (flag for test in tests(name) for flag in test.nodes_of_class(nodes.Name))
    bound = (each for flag in flags for each in name.root().locals.get(flag.name, ()))
    return any(_attempt(each) is not None and id(_attempt(each)) in attempts for each in bound)


def _attempt(bound: Any) -> Any:
    """The ``try`` that binds a name, in itself or in a handler."""
    above = bound.statement().parent
    above = above.parent if isinstance(above, nodes.ExceptHandler) else above
    return above if isinstance(above, nodes.Try) else None


def is_bound_either_way(name: Any) -> bool:
    """Tells whether a name is bound under a condition and under its opposite, one after the other: ``if not a``, ``elif a``.

    Args:
        name: What is read.
    """
    asked = {_without_not(test) for test in _bound_under(name)}
    return any((said, not denied) in asked for said, denied in asked)


def _without_not(test: Any) -> tuple[str, bool]:
    """A condition as it is written, without ``not`` in front, and whether that was there."""
    denied = isinstance(test, nodes.UnaryOp) and test.op == "not"
    return (test.operand if denied else test).as_string(), denied


def _alternatives(test: Any) -> list[Any]:
    """A condition, and those of which one is enough for it."""
    return [test, *test.values] if isinstance(test, nodes.BoolOp) and test.op == "or" else [test]


def _flags(name: Any) -> frozenset[str]:
    """The names that get True in the blocks that bind a name."""
    bound: Any = name.frame().locals.get(getattr(name, "name", ""), ())
    blocks = [each.statement().parent for each in bound if isinstance(each, nodes.AssignName)]
    flags = (
        target.name
        for block in blocks
        if isinstance(block, nodes.If | nodes.ExceptHandler)
        for each in block.get_children()
        if isinstance(each, nodes.Assign) and getattr(each.value, "value", None) is True
        for target in each.targets
        if isinstance(target, nodes.AssignName)
    )
    return frozenset(flags)


def is_about_the_same(name: Any) -> bool:
    """Tells whether a condition, where a name is read or before, is about something that decided whether the name is bound.

    Args:
        name: What is read.
    """
    return any(was_asked(name, said) for test in _bound_under(name) for said in _said(test))


def _bound_under(name: Any) -> list[Any]:
    """The conditions under which a function binds a name."""
    bound: Any = name.frame().locals.get(getattr(name, "name", ""), ())
    return [test for each in bound if isinstance(each, nodes.AssignName) for test in tests(each)]


def _parts(test: Any) -> list[Any]:
    """A condition, and those that it joins with ``and``."""
    return [test, *test.values] if isinstance(test, nodes.BoolOp) and test.op == "and" else [test]


def _left_when(frame: Any) -> dict[str, int]:
    """What a test says without which a function, or a turn of a loop, goes no further → the first line of such a test."""
    found: dict[str, int] = {}
    for each in frame.nodes_of_class((nodes.Assert, nodes.If)):
        if isinstance(each, nodes.Assert) or isinstance(
            each.body[-1], nodes.Return | nodes.Raise | nodes.Continue
        ):
            for said in _said(each.test):
                found.setdefault(said, each.fromlineno)
    return found


def is_none(node: Any) -> bool:
    """Tells whether something is None, or NotImplemented, as far as the text shows."""
    value = utils.safe_infer(node)
    return isinstance(value, nodes.Const) and value.value in {None, NotImplemented}


def tests(node: Any) -> Iterator[Any]:
    """The conditions that decide whether a function comes to a place."""
    below, above = node, node.parent
    while above is not None and not isinstance(above, nodes.FunctionDef | nodes.ClassDef):
        if isinstance(above, nodes.If | nodes.IfExp | nodes.While) and below is not above.test:
            yield above.test
        elif isinstance(above, nodes.BoolOp):
            first = [id(each) for each in above.values[:_MOST]]
            before = first.index(id(below)) if id(below) in first else _MOST
            yield from above.values[:before]
        below, above = above, above.parent


def _asks_for_platform(test: Any) -> bool:
    said = _said(test)
    if not _OF_PLATFORMS.isdisjoint(said) or said >= {"bytes", "str"} or any(map(names_version, said)):
        return True  # ``str is bytes`` in Python 2
    module = test.root()
    return not said.isdisjoint(once_a_text("optional", lambda: _optional(module), module))


def _optional(module: Any) -> frozenset[str]:
    """The names of a module that an import under a condition, or one that may fail, binds, and what a platform is kept under."""
    kept = (
        target.name
        for each in module.body
        if isinstance(each, nodes.Assign) and not _OF_PLATFORMS.isdisjoint(_said(each.value))
        for target in each.targets
        if isinstance(target, nodes.AssignName)
    )
    return _chosen_imports(module) | frozenset(kept)


def _chosen_imports(module: Any) -> frozenset[str]:
    found: frozenset[str] = once_a_text("chosen-imports", lambda: _imported_by_choice(module), module)
    return found


def _imported_by_choice(module: Any) -> frozenset[str]:
    imports = module.nodes_of_class((nodes.Import, nodes.ImportFrom))
    chosen = (each for each in imports if isinstance(each.parent, nodes.If | nodes.Try | nodes.ExceptHandler))
    return frozenset(alias or name for each in chosen for name, alias in each.names)


def _said(test: Any) -> frozenset[str]:
    """The names and attributes in a condition, as they are written."""
    found: frozenset[str] = once_a_text(
        "said",
        lambda: frozenset(each.as_string() for each in test.nodes_of_class((nodes.Attribute, nodes.Name))),
        test,
    )
    return found
