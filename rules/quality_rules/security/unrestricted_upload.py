"""The rule unrestricted-upload."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import Invalid, Valid, last_word
from quality_rules._called import CallRule

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Words of code that looks at what kind of file it is.
_LOOKS = (
    "ext",
    "allow",
    "mime",
    "content_type",
    "suffix",
    "valid",
    "imghdr",
    "magic",
    "type",
    "check",
    "verify",
    "is_",
)
#: Names of uploads.
_UPLOADS = frozenset({"files", "FILES"})


class UnrestrictedUpload(CallRule):
    """Visitors may store files of any kind.

    ## What it does
    Reports uploads (`request.files`, `request.FILES`) that are saved under a name of the sender's choice in a function that never
    looks at the file's extension or type.

    ## Why is this bad
    A page or program that is stored where the server finds it is run by the server, or by another visitor's browser.

    ## Example
    ```python
    from flask import request

    def upload():
        file = request.files["file"]
        file.save("static/" + file.filename)
    ```

    ## Use instead
    ```python
    from pathlib import Path
    from flask import request

    def upload():
        file = request.files["file"]
        if Path(file.filename).suffix not in {".png", ".jpg"}:
            raise ValueError("only pictures")
        file.save(f"static/{make_name()}.png")
    ```

    ## References
    - [CWE-434: unrestricted upload of a file](https://cwe.mitre.org/data/definitions/434.html)
    """

    dimension = "security"
    cwe = 434
    confidence = Confidence.MEDIUM
    effort = 15
    needs = frozenset({"save", "open"})

    VALID = (
        Valid("def f(form):\n    form.save()", "No upload"),
        Valid("def f(request):\n    handle(request.FILES['f'].read())", "Not stored"),
    )
    INVALID = (
        Invalid(
            """
            def f():
                upload = request.files['f']
                upload.save(os.path.join(FOLDER, secure_filename(upload.filename)))
            """,
            ("3:5-3:72 files of any kind are stored: allow some extensions, and choose the name",),
        ),
        Invalid(
            """
            def f(request):
                upload = request.FILES['f']
                with open('media/' + upload.name, 'wb') as file:
                    file.write(upload.read())
            """,
            ("3:10-3:44 files of any kind are stored: allow some extensions, and choose the name",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        function = self.facts.function(call)
        if function is None or not call.args:
            return
        attributes, looks = self._about(function)
        chosen = {node.attr for node in self.facts.within(call) if isinstance(node, ast.Attribute)}
        stored = self.facts.names_in(call.args[0])
        names = attributes & {"filename", "name"} if stored else set()
        if looks or not _UPLOADS & attributes or not (chosen | names) & {"filename", "name"}:
            return
        if dotted != "open" and not dotted.endswith(".save") and not dotted.startswith("?"):
            return
        self.report(call, "files of any kind are stored: allow some extensions, and choose the name")

    def _about(self, function: FunctionNode) -> tuple[frozenset[str], bool]:
        """The attributes in a function, and whether something in it is decided by the kind of file; found once."""
        if function not in self._known:
            nodes = self.facts.within(function)
            attributes = frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))
            self._known[function] = attributes, self._looks(nodes)
        return self._known[function]

    @cached_property
    def _known(self) -> dict[FunctionNode, tuple[frozenset[str], bool]]:
        return {}

    def _looks(self, nodes: list[ast.AST]) -> bool:
        """Tells whether something is decided by the kind of file."""
        tests = [node.test for node in nodes if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Assert)]
        parts = [part for test in tests for part in self.facts.within(test)]
        words = [last_word(part).lower() for part in parts]
        return any(look in word for word in words for look in (*_LOOKS, "endswith"))
