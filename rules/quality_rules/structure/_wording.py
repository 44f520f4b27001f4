"""What names, documentation and messages say about what is meant to do nothing, or to be written by others."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_function, is_special
from quality_rules._substance import Nature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality_rules._substance import Judged

#: Names that promise nothing: what bears one is meant to do nothing, or to be written by others.
_NOTHING = re.compile(
    r"(?:^|_)(?:no_?op|nop|identity|ignored?|null|dummy|fake|mock|nothing|unused|pass)(?:_|\d|$)"
    r"|^_*(?:Abstract|Base|Null|Dummy|Fake|Mock|Silent|Disabled|No(?:[Oo]p|(?=[A-Z][a-z]))|Identity|Pass[Tt]hrough)(?=[A-Z_]|$)|Base$|Interface$|Protocol$",
)
#: Names of classes that stand for what is not there, or are told from others by nothing but that they are these.
_MARK = re.compile(
    r"^_*(?:Absent|Blank|Default|Empty|Marker?|Missing|No(?:ne|t(?:Given|Set|hing)?)?|Omit|Placeholder|Sentinel|Un(?:defined|known|set|used))(?=[A-Z_]|$)"
    r"|[a-z](?:Marker?|Placeholder|Sentinel)$"
)
_LISTS = r"(?:list|tuple|array|iter(?:ator)?|sequence|chars|characters|letters)"
#: Names that promise another object with the same in it.
_COPY = re.compile(
    r"^_*(?:(?:make|get|deep|shallow)_)*(?:copy|copied|clone|cloned|duplicate)(?:_|$)|_copy$"
    rf"|(?:^|_)(?:to|as|into)_{_LISTS}$"
)
#: Names that promise things beside one another.
_GROUP = re.compile(
    r"^_*(?:(?:make|create|build|as|to|args_to)_)?(?:pair|couple|triple|tuple)$"
    r"|^_*(?:make|create|build|as|to|args_to)_list$|^_*(?:bundle|pack)(?:_arg(?:ument)?s)?$"
)
#: Names that promise what is there already.
_SAME = re.compile(r"^_*(?:itself|echo|unchanged|as_is|pass_?through)$")
_MANY = r"(?:all|any(?:thing|body|one)?|every(?:thing|body|one)|none|nothing|nobody|no_one)"
#: Special methods whose answer is mostly the object itself.
_OBJECT = frozenset({"__enter__", "__aenter__", "__iter__", "__aiter__", "__pos__"})
#: Names that say what is answered.
_ANSWER = re.compile(
    r"^_*(?:return_)?(?:true|false|zero|one|none|nothing|empty)$"
    rf"|^_*(?:always|never)(?:_|$)|^_*(?:accept|admit|allow|permit|match|keep|select|deny|forbid|refuse|reject|skip)s?_{_MANY}$"
)
#: Names of classes whose objects always decide in one way.
_POLICY = re.compile(
    r"^_*(?:Always|Never|No(?=[A-Z][a-z])|Constant)(?=[A-Z])"
    r"|[a-z](?:All|Any(?:thing|body|one)?|Every(?:thing|body|one)|None|Nothing|Nobody)$"
)
#: Names of methods that answer yes or no about an object.
_QUESTION = re.compile(
    r"^_*(?:is|has|can|may|must|should|needs?|wants?|allows?|accepts?|supports?|handles?)(?:_|$)"
)
#: Names that promise to take out what there is, and no more.
_USED_UP = re.compile(r"^_*(?:consume|drain|exhaust|skip|use_up)(?:_|$)")
#: Names of functions that somebody else calls, with arguments of his own.
_CALLED = re.compile(r"(?:^|_)(?:handler|callback|hook|listener)$")
#: Names of methods that are called when something happens.
_EVENT = re.compile(r"^(?:on|before|after|handle|visit)_")
#: What classes say in words that leave it open which methods are written.
_OPTIONAL = re.compile(
    r"\boverrid(?:e|es|den|ing)\b|\bsub-?class(?:es)? (?:may|can|should|must)\b|\bbase class\b", re.IGNORECASE
)
#: What classes say in words that are there to derive from.
_BASE = re.compile(
    r"^\W*(?:an? |the )?(?:abstract|base|interface|protocol|contract)\b|\b(?:base|abstract|parent) class|\babstract\b"
    r"|\binterface (?:for|of|that)\b|\bsub-?class(?:es)?\b|\boverrid(?:e|es|den|ing)\b|\bmust be implemented\b",
    re.IGNORECASE,
)

#: What the name of a class may end with that has one object.
_KIND = re.compile(r"(?:Type|Class|Object|Sentinel|Marker)$")
_SHORTEST_NAME = 3
#: Special methods that show an object.
_SHOWING = frozenset({"__repr__", "__str__", "__reduce__"})
#: Special methods that make an object.
_MAKING = frozenset({"__new__", "__init__", "__call__"})


def promises_nothing(name: str) -> bool:
    """Tells whether a function or class is meant to do nothing, or to be written by others, as its name says."""
    return _NOTHING.search(name) is not None


def stands_for_nothing(name: str) -> bool:
    """Tells whether a class is meant to have nothing in it, as its name says."""
    return promises_nothing(name) or _MARK.search(name) is not None


def is_kept(name: str, owner: str, judged: Judged) -> bool:
    """Tells whether a function does what its name says, or the name of its class, which is no work: it copies, or always answers the same."""
    if judged.nature is Nature.ECHO:
        grouped = _GROUP if judged.groups else _SAME
        word = _COPY if judged.copies else grouped
        cut_out = not owner and name in _OBJECT  # a class says more than one of its methods
        return cut_out or word.search(name) is not None
    return judged.nature is Nature.FIXED and bool(_ANSWER.search(name) or _POLICY.search(owner))


def uses_up(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tells whether a function goes through what it is given, to leave nothing of it, as its name says."""
    if _USED_UP.match(function.name) is None:
        return False
    loops = (node for node in ast.walk(function) if isinstance(node, ast.For | ast.AsyncFor))
    # What is written there was not given to it.
    return any(not isinstance(loop.iter, ast.List | ast.Tuple | ast.Set | ast.Constant) for loop in loops)


def answers_others(name: str) -> bool:
    """Tells whether somebody else calls a function, with what it may not need, as its name says."""
    return _CALLED.search(name) is not None


def asks(name: str) -> bool:
    """Tells whether a function answers yes or no, as its name says."""
    return _QUESTION.search(name) is not None


def is_marker(owner: ast.ClassDef) -> bool:
    """Tells whether the objects of a class are there to be told from all others, and bear its name: ``<unset>``.

    Such a class has special methods alone, takes nothing to set an object up, and shows what its own name says.
    """
    methods = [node for node in owner.body if is_function(node)]
    if not all(is_special(method.name) and _takes_nothing(method) for method in methods):
        return False
    name = _KIND.sub("", owner.name.strip("_")).lower()
    shown = (node for method in methods if method.name in _SHOWING for node in method.body)
    texts = (text.lower().replace("_", "") for node in shown for text in _texts(node))
    return len(name) >= _SHORTEST_NAME and any(name in text for text in texts)


def _takes_nothing(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tells whether a method has no part in what an object is made of."""
    arguments = method.args
    more = len(arguments.posonlyargs) + len(arguments.args) > 1 or arguments.kwonlyargs
    return method.name not in _MAKING or not (more or arguments.vararg or arguments.kwarg)


def is_said_base(owner: ast.ClassDef) -> bool:
    """Tells whether a class says by its name or its documentation that others derive from it."""
    return promises_nothing(owner.name) or _BASE.search(ast.get_docstring(owner) or "") is not None


def is_left_to_others(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tells whether the error of a function that is not written says who is to write it."""
    raised = (node.exc for node in function.body if isinstance(node, ast.Raise))
    return any(_BASE.search(text) for error in raised if error for text in _texts(error))


def is_told(methods: Sequence[ast.FunctionDef | ast.AsyncFunctionDef]) -> bool:
    """Tells whether it is said of each of these methods, which all are public, what is to be done there."""
    return all(
        not method.name.startswith("_") and (_EVENT.match(method.name) or ast.get_docstring(method))
        for method in methods
    )


def has_optional_methods(
    owner: ast.ClassDef, methods: Sequence[ast.FunctionDef | ast.AsyncFunctionDef]
) -> bool:
    """Tells whether it is said of a class, or of each of these methods, that others may write them, which do nothing."""
    said = [ast.get_docstring(owner) or ""], [ast.get_docstring(method) or "" for method in methods]
    return is_told(methods) and any(all(map(_OPTIONAL.search, words)) for words in said)


def _texts(written: ast.AST) -> Iterator[str]:
    return (str(node.value) for node in ast.walk(written) if isinstance(node, ast.Constant))
