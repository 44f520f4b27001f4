"""The rule private-type-in-signature."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, is_function
from quality.rules import AstRule, Invalid, Valid, dotted_name, with_defaults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model import FunctionNode, Source


class PrivateTypeInSignature(AstRule):
    """A public function asks for, or gives back, a type that callers cannot name.

    ## What it does
    Reports public functions and methods of a public module that return an object of a private class of it, or have a
    parameter without a default that must be one, as their annotations say.

    Defaults that mark a missing value, protocols, which need no name, and private modules are fine.

    ## Why is this bad
    Who calls the function cannot annotate what it gets, and cannot make what it has to give, without reaching for what the
    module calls private.

    ## Example
    ```python
    class _Result:
        def __init__(self, rows):
            self.rows = rows

    def search(text: str) -> _Result:
        return _Result(find(text))
    ```

    ## Use instead
    ```python
    class Result:
        def __init__(self, rows):
            self.rows = rows

    def search(text: str) -> Result:
        return Result(find(text))
    ```

    ## References
    - [PEP 8: public and internal interfaces](https://peps.python.org/pep-0008/#public-and-internal-interfaces)
    """

    dimension = "structure"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 5
    needs = frozenset({ast.ClassDef})

    VALID = (
        Valid("class _A(Protocol): ...\n\ndef f(x: _A) -> int: ...", "A protocol"),
        Valid("class _A: ...\n\ndef _f() -> _A: ...", "Private as well"),
        Valid(
            "class _Missing: ...\n\ndef f(x: int | _Missing = _Missing()) -> int: ...",
            "It marks a missing value",
        ),
        Valid(
            "class _A: ...\n\nclass B:\n    def f(self) -> 'B':\n        return _A().b",
            "Not in the signature",
        ),
    )
    INVALID = (
        Invalid(
            "class _A: ...\n\ndef f() -> list[_A]: ...",
            ("3:17-3:19 f() gives _A, which is private: make it public, or give what it holds",),
        ),
        Invalid(
            "class _A: ...\n\nclass B:\n    def f(self, given: '_A'): ...",
            ("4:24-4:28 B.f() asks for _A, which is private: make it public, or ask for what it holds",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        private = any(part.startswith("_") and part != "__init__.py" for part in source.path.split("/"))
        return not private

    def visit_Module(self, _: ast.Module) -> None:
        private = {
            node.name
            for node in self.facts.module_statements
            if isinstance(node, ast.ClassDef) and _is_private(node.name) and not _is_protocol(node)
        }
        if not private:
            return
        for function, name in _public(self.facts.module_statements):
            for annotation, gives, give in _annotations(function):
                found = next(
                    (node for node in self.facts.within(annotation) if _named(node) in private), None
                )
                if found is not None:
                    what = f"{name}() {gives} {_named(found)}, which is private"
                    self.report(found, f"{what}: make it public, or {give} what it holds")
                    break


def _public(statements: Sequence[ast.stmt]) -> Iterator[tuple[FunctionNode, str]]:
    """The public functions, and methods of public classes, with their names."""
    for statement in statements:
        if is_function(statement) and not statement.name.startswith("_"):
            yield statement, statement.name
        elif isinstance(statement, ast.ClassDef) and not statement.name.startswith("_"):
            for method in statement.body:
                if is_function(method) and not method.name.startswith("_"):
                    yield method, f"{statement.name}.{method.name}"


def _annotations(function: FunctionNode) -> Iterator[tuple[ast.expr, str, str]]:
    """The annotations of what a function gives and of what it must get, each with the words for that."""
    if function.returns is not None:
        yield function.returns, "gives", "give"
    yield from (
        (argument.annotation, "asks for", "ask for")
        for argument, default in with_defaults(function.args)
        if default is None and argument.annotation is not None
    )


def _named(node: ast.AST) -> str:
    """The name that a part of an annotation is, written as a text or not."""
    if isinstance(node, ast.Name):
        return node.id
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_protocol(node: ast.ClassDef) -> bool:
    bases = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return any(dotted_name(base).rpartition(".")[2] == "Protocol" for base in bases)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")
