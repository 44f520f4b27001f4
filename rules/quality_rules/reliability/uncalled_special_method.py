"""The rule uncalled-special-method."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name, names_version, parameters
from quality_rules._words import words

#: Special methods, without their underscores.
_SPECIAL = words(
    "init new del repr str bytes format lt le eq ne gt ge hash bool getattr getattribute setattr delattr dir get set delete"
    " set_name init_subclass class_getitem instancecheck subclasscheck subclasshook call len length_hint getitem setitem"
    " delitem missing iter next reversed contains add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or"
    " radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod rpow rlshift rrshift rand rxor ror iadd isub imul imatmul"
    " itruediv ifloordiv imod ipow ilshift irshift iand ixor ior neg pos abs invert complex int float index round trunc floor"
    " ceil enter exit await aiter anext aenter aexit copy deepcopy reduce reduce_ex getstate setstate getnewargs getnewargs_ex"
    " sizeof fspath prepare post_init mro_entries buffer release_buffer"
)
#: Special methods of Python 2 → those that took their place.
_OLD = {
    "nonzero": "bool",
    "unicode": "str",
    "cmp": "lt",
    "long": "int",
    "coerce": "index",
    "div": "truediv",
    "rdiv": "rtruediv",
    "idiv": "itruediv",
    "hex": "index",
    "oct": "index",
    "getslice": "getitem",
    "setslice": "setitem",
    "delslice": "delitem",
}
#: What stands for ``__cmp__``.
_COMPARING = ("__eq__", "__lt__")
#: Shorter names may be meant otherwise.
_SHORTEST = 4


class UncalledSpecialMethod(AstRule):
    """A method looks like a special one, and Python never calls it.

    ## What it does
    Reports methods whose names miss those of special ones by an underscore (`__init_`), two exchanged letters, or one
    that is missing or doubled; and the special methods of Python 2 (`__nonzero__`, `next`) in a class without their
    successors.

    Methods with decorators and those of classes with decorators, which may use them, those under a condition that asks for the
    version of Python, private methods (`__call`), other names between underscores, and names that the source uses itself, are fine.

    ## Why is this bad
    It is written for Python to call, which does something else in its place: objects without `__init__` have no
    attributes, and those without `__eq__` are only equal to themselves.

    ## Example
    ```python
    class Account:
        def __init_(self, owner):
            self.owner = owner
    ```

    ## Use instead
    ```python
    class Account:
        def __init__(self, owner):
            self.owner = owner
    ```

    ## References
    - [Python documentation: special method names](https://docs.python.org/3/reference/datamodel.html#special-method-names)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    equivalents = ("pylint:unused-private-member",)

    VALID = (
        Valid(
            "class A:\n    def __call(self):\n        return 1\n\n    def _repr_html_(self):\n        return self.text"
        ),
        Valid("class A:\n    def __html__(self):\n        return self.text", "A name of its own"),
        Valid(
            "class A:\n    def __bool__(self):\n        return self.on\n\n    __nonzero__ = __bool__",
            "Of both",
        ),
        Valid(
            "class A:\n    def __nonzero__(self):\n        return self.on\n\n    __bool__ = __nonzero__",
            "It is the same",
        ),
        Valid(
            "class A(Base):\n    def next(self):\n        return 1\n\n    def __iter__(self):\n        return self",
            "Its base may call it",
        ),
        Valid(
            "class A:\n    def __iter__(self):\n        return iter(self.x)\n\n    @property\n    def next(self):\n        return self.x"
        ),
        Valid(
            "@comparable\nclass A:\n    def __cmp__(self, other):\n        return compare(self.x, other.x)",
            "The decorator asks it",
        ),
        Valid("def __init_():\n    return 1", "No method"),
        Valid(
            "if sys.version_info[0] == 2:\n    class A(B):\n        def __unicode__(self):\n            return self.name",
            "It is for a Python that does call it",
        ),
        Valid(
            "class Page:\n    def __iter__(self):\n        yield from self.rows\n\n    def next(self):\n        return Page(self.number + 1)",
            "No iterator",
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def _str__(self):\n        return self.x",
            ("2:5-2:22 Python never calls _str__(): call it __str__",),
        ),
        Invalid(
            "class A:\n    def __inti__(self):\n        self.x = 1\n\n    def __lenn__(self):\n        return self.x",
            (
                "2:5-2:24 Python never calls __inti__(): call it __init__",
                "5:5-5:24 Python never calls __lenn__(): call it __len__",
            ),
        ),
        Invalid(
            "class A(B):\n    def __nonzero__(self):\n        return self.x > 0",
            ("2:5-2:27 Python never calls __nonzero__(): call it __bool__",),
        ),
        Invalid(
            "class A:\n    def __iter__(self):\n        return self\n\n    def next(self):\n        return self.x",
            ("5:5-5:20 Python never calls next(): call it __next__",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
        suspects = [each for each in methods if each.name == "next" or _is_underscored(each.name)]
        if not suspects or node.decorator_list:
            return  # a decorator may make others of them
        above = self.facts.parent(node)
        if isinstance(above, ast.If) and any(map(_is_version, self.facts.within(above.test))):
            return
        names = {each.name for each in methods}
        for method in suspects:
            meant = self._meant(method.name, node, names)
            alone = names.isdisjoint({meant, *(_COMPARING if meant == "__lt__" else ())})
            if meant and alone and not method.decorator_list and method.name not in self.facts.mentioned:
                self.report(method, f"Python never calls {method.name}(): call it {meant}")

    def _meant(self, name: str, owner: ast.ClassDef, names: set[str]) -> str:
        """The special method that a method was meant to be; empty when it may be what it is called."""
        if name == "next":
            alone = not owner.bases and not owner.keywords
            return "__next__" if alone and "__iter__" in names and _is_iterator(owner) else ""
        core = name.strip("_")
        if name != f"__{core}__":
            return f"__{core}__" if core in _SPECIAL else ""
        if core in _SPECIAL:
            return ""
        meant = _OLD.get(core) or next((each for each in sorted(_SPECIAL) if _is_slip(core, each)), "")
        return f"__{meant}__" if meant else ""


def _is_version(node: ast.AST) -> bool:
    """Tells whether an expression names a version, as conditions do that ask for Python's: ``sys.version_info``, ``PY2``."""
    name = dotted_name(node)
    return names_version(name) or "version" in name.lower()


def _is_iterator(owner: ast.ClassDef) -> bool:
    """Tells whether a class gives itself where it is iterated, and has a ``next`` that needs nothing."""
    methods = {
        each.name: each for each in owner.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    if "next" not in methods or "__iter__" not in methods or len(parameters(methods["next"])) != 1:
        return False
    returned = (each.value for each in ast.walk(methods["__iter__"]) if isinstance(each, ast.Return))
    return any(isinstance(each, ast.Name) and each.id == "self" for each in returned)


def _is_underscored(name: str) -> bool:
    """Tells whether a name has underscores on both sides, and at least two on one."""
    return name[:1] == name[-1:] == "_" and (name[:2] == "__" or name[-2:] == "__")


def _is_slip(written: str, meant: str) -> bool:
    """Tells whether one word is another with a letter missing or doubled, or two exchanged."""
    if len(meant) < _SHORTEST and len(written) < _SHORTEST:
        return False
    places = range(len(meant))
    if len(written) == len(meant):
        swapped = (meant[:i] + meant[i + 1 : i + 2] + meant[i] + meant[i + 2 :] for i in places)
        return written in swapped
    if len(written) == len(meant) - 1:
        return len(meant) > _SHORTEST and any(meant[:i] + meant[i + 1 :] == written for i in places)
    return any(meant[: i + 1] + meant[i:] == written for i in places)
