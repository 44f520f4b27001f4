"""The rule unlimited-unpacking."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._held import entered

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What keeps an archive in memory: who has it there was sent it.
_IN_MEMORY = frozenset({"BytesIO", "SpooledTemporaryFile"})
#: Methods that give all members of an archive, or their names.
_MEMBERS = frozenset({"infolist", "namelist"})
#: What says how large a member is or may become.
_SIZES = frozenset({"file_size", "compress_size", "getbuffer"})


class UnlimitedUnpacking(AstRule):
    """All members of an archive are unpacked into memory, whatever their size.

    ## What it does
    Reports loops over the members of a zip archive which itself is in memory that read each member as a whole, in functions that
    never look at a size.

    Archives in files, which a program most often made itself, and `read(limit)` of an opened member are fine.

    ## Why is this bad
    A few kilobytes can become gigabytes, and the program or its machine stops.

    ## Example
    ```python
    import io
    import zipfile

    def texts(data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    ```

    ## Use instead
    ```python
    import io
    import zipfile

    def texts(data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > 10_000_000:
                raise ValueError("the archive is too large")
            return {name: archive.read(name) for name in archive.namelist()}
    ```

    ## References
    - [CWE-409: highly compressed data](https://cwe.mitre.org/data/definitions/409.html)
    - [Python documentation: decompression pitfalls](https://docs.python.org/3/library/zipfile.html#decompression-pitfalls)
    """

    dimension = "security"
    needs = frozenset({"ZipFile"})
    severity = Severity.NOTE
    confidence = Confidence.LOW
    cwe = 409

    VALID = (
        Valid(
            """
            from zipfile import ZipFile

            def f(path):
                with ZipFile(path) as archive:
                    return [archive.read(name) for name in archive.namelist()]
            """,
            "A file",
        ),
        Valid(
            """
            import io, zipfile

            def f(data):
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    return archive.read("mimetype")
            """,
            "One that is known",
        ),
        Valid(
            """
            import io, zipfile

            def f():
                data = make()
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    for member in archive.infolist():
                        if member.file_size > 9_000_000:
                            raise ValueError(member)
                        use(archive.read(member))
            """,
            "Its size is asked",
        ),
    )
    INVALID = (
        Invalid(
            """
            import io, zipfile

            def f(data):
                found = {}
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    for member in archive.infolist():
                        found[member.filename] = archive.read(member)
                return found
            """,
            ("7:38-7:58 a small archive can fill the memory: add up file_size before members are read",),
        ),
        Invalid(
            """
            import io
            from zipfile import ZipFile

            def f(data):
                archive = ZipFile(io.BytesIO(data))
                return [archive.open(name).read() for name in archive.namelist()]
            """,
            ("6:13-6:38 a small archive can fill the memory: add up file_size before members are read",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if last_word(call.func) not in _MEMBERS or not isinstance(call.func, ast.Attribute):
            return
        function = self.facts.function(call)
        archive = call.func.value
        if function is None or not isinstance(archive, ast.Name) or not self._is_in_memory(archive):
            return
        inside = self.facts.within(function)
        if any(isinstance(node, ast.Attribute) and node.attr in _SIZES for node in inside):
            return
        for read in self._reads(inside, archive.id):
            self.report(read, "a small archive can fill the memory: add up file_size before members are read")
            return

    def _reads(self, inside: list[ast.AST], archive: str) -> Iterator[ast.Call]:
        """What reads a whole member, by a name that a loop gives."""
        for node in inside:
            if (
                not isinstance(node, ast.Call)
                or not isinstance(node.func, ast.Attribute)
                or node.func.attr != "read"
            ):
                continue
            owner, given = node.func.value, node.args
            opened = isinstance(owner, ast.Call) and last_word(owner.func) == "open" and not given
            whole = owner.func.value if opened and isinstance(owner.func, ast.Attribute) else owner  # type: ignore[attr-defined]
            member = owner.args if opened else given  # type: ignore[attr-defined]
            if getattr(whole, "id", "") == archive and member and not isinstance(member[0], ast.Constant):
                yield node

    def _is_in_memory(self, archive: ast.Name) -> bool:
        """Tells whether an archive was opened out of memory."""
        call = entered(self.facts, archive) or self.facts.only_value(archive)
        if not isinstance(call, ast.Call) or last_word(call.func) != "ZipFile" or not call.args:
            return False
        kept = self.facts.only_value(call.args[0])
        return isinstance(kept, ast.Call) and last_word(kept.func) in _IN_MEMORY
