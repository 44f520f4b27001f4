"""Members that objects and modules have, and astroid does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes, objects
from astroid.bases import Instance
from pylint.checkers import utils

from quality_pylint._asked import names_in
from quality_pylint._decorators import last_name
from quality_pylint._index import once_a_text
from quality_pylint._platforms import chosen_imports, is_by_platform

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What catches whatever fails.
_BROAD = frozenset({"BaseException", "Exception"})
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


def is_elsewhere(node: Any) -> bool:
    """Tells whether a member is one of a class, a base or a module that is not here, or missing on this platform alone.

    Args:
        node: What pylint reports.
    """
    if not isinstance(node, nodes.Attribute | nodes.AssignAttr | nodes.DelAttr):
        return False
    owner: Any = utils.safe_infer(node.expr)
    if node.attrname in _GIVEN or node.attrname in _VIEWS.get(type(owner), ()) or is_cut_out(node.expr):
        return True
    above = utils.node_frame_class(node) if node.expr.as_string() == "self" else None
    if above is not None and not utils.has_known_bases(above):
        return True
    if not isinstance(owner, nodes.Module):
        known = getattr(owner, "pytype", str)() in _OPEN or getattr(owner, "qname", str)() in _OF_C
        made = isinstance(owner, Instance) and _is_another(owner, node.root())
        return known or made or (isinstance(owner, nodes.Const) and _is_of_an_enumeration(node))
    return _is_of_another_version(node, owner)


def _is_of_another_version(node: Any, module: Any) -> bool:
    """Tells whether a member of a module of the standard library is one of its own, or there on other platforms or in other versions."""
    text = node.root()
    chosen = isinstance(node.expr, nodes.Name) and node.expr.name in chosen_imports(text)
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
    """The members, as they are written, that a text asks for where it handles that they are not there, or handles that another is not.

    Who tries one call alone and goes on whatever comes of it does so too.
    """
    attempts = (
        each
        for each in module.nodes_of_class(nodes.Try)
        if any(map(_is_of_attributes, each.handlers)) or _goes_on_anyway(each)
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
    return handler.type is not None and "AttributeError" in names_in(handler.type)


def _goes_on_anyway(attempt: Any) -> bool:
    """Tells whether a statement is tried alone, and nothing done where it fails, however it does."""
    handlers = [each for each in attempt.handlers if all(isinstance(done, nodes.Pass) for done in each.body)]
    caught = (each.type is None or last_name(each.type) in _BROAD for each in handlers)
    return len(attempt.body) == 1 and isinstance(attempt.body[0], nodes.Expr) and any(caught)


def _is_another(made: Any, text: Any) -> bool:
    """Tells whether the class of a text that is called for an object gives another one: its ``__new__`` makes none of its own."""
    method = made.locals.get("__new__", [None])[0]
    if not isinstance(method, nodes.FunctionDef) or method.root() is not text:
        return False
    return all(last_name(call) != "__new__" for call in method.nodes_of_class(nodes.Call))


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
