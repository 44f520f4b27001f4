"""The rule path-traversal."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class PathTraversal(FlowRule):
    """A client of the program chooses a path.

    ## What it does
    Follows what a request or a connection brings to the path of a file that is opened, sent, written or deleted.

    The last part of a path (`os.path.basename`, `secure_filename`), a name whose slashes are replaced, a path that was made absolute and then compared
    with its folder, and a name out of a fixed list are fine. So are paths from the command line: whoever runs a
    program may name its files.

    ## Why is this bad
    With `../` in it, or as an absolute path, the name leads to any file that the program can reach.

    ## Example
    ```python
    import os
    from flask import request

    def download():
        return open(os.path.join("uploads", request.args["name"])).read()
    ```

    ## Use instead
    ```python
    from pathlib import Path
    from flask import abort, request

    def download():
        path = (UPLOADS / request.args["name"]).resolve()
        if not path.is_relative_to(UPLOADS):
            abort(404)
        return path.read_text()
    ```

    ## References
    - [CWE-22: path traversal](https://cwe.mitre.org/data/definitions/22.html)
    """

    cwe = 22
    equivalents = ("bandit:B202",)
    harm = Harm.PATH
    message = "chooses a path: make it absolute and compare it with its folder"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.MEDIUM)

    VALID = (
        Valid("import sys\n\nopen(sys.argv[1])", "Whoever runs the program names its files"),
        Valid("def f(path):\n    return open(path)", "The caller's path"),
        Valid(
            """
            from flask import request

            def f():
                return open("pages/" + request.args["name"].replace("/", "_"))
            """,
            "Without a slash it leads to no other folder",
        ),
        Valid(
            """
            import os
            from flask import request

            def f():
                path = os.path.realpath(os.path.join(ROOT, request.args["name"]))
                if not path.startswith(ROOT + os.sep):
                    raise PermissionError(path)
                return open(path)
            """,
            "Compared with its folder",
        ),
        Valid(
            """
            import io

            from flask import request, send_file

            def f():
                picture = io.BytesIO()
                picture.write(request.get_data())
                return send_file(picture)
            """,
            "Not a path but what is sent",
        ),
        Valid(
            """
            from flask import abort, request, send_file

            def f():
                path = request.args["path"]
                if not is_in_directory(path, ROOT):
                    abort(404)
                return send_file(path)
            """,
            "Compared by a function that says so",
        ),
        Valid(
            """
            from flask import request
            from werkzeug.utils import secure_filename

            def f():
                request.files["f"].save("uploads/" + secure_filename(request.files["f"].filename))
            """,
            "Only the last part",
        ),
        Valid(
            """
            from fastapi import Depends, FastAPI, UploadFile

            app = FastAPI()
            Chosen = Annotated[Settings, Depends(read_settings)]

            @app.post("/a")
            def first(file: UploadFile, settings: Chosen):
                (Path(settings.folder) / "a").write_bytes(file.file.read())

            @app.post("/b/{number}")
            def second(number: Annotated[int, Query(le=9)], settings: Annotated[Settings, Depends(read_settings)]):
                return (Path(settings.folder) / f"{number}.txt").read_text()
            """,
            "Filled by the program, and a number",
        ),
    )
    INVALID = (
        Invalid(
            """
            from fastapi import FastAPI

            app = FastAPI()
            Name = Annotated[str, Query(max_length=9)]

            @app.get("/a")
            def show(name: Name):
                return open(f"texts/{name}").read()
            """,
            ("8:12-8:33 name chooses a path: make it absolute and compare it with its folder",),
        ),
        Invalid(
            """
            from flask import request, send_file

            def f():
                name = request.args.get("name")
                return send_file("uploads/" + name)
            """,
            ("5:12-5:40 request.args chooses a path: make it absolute and compare it with its folder",),
        ),
        Invalid(
            """
            from flask import request

            def f():
                upload = request.files["f"]
                upload.save(f"uploads/{upload.filename}")
            """,
            ("5:5-5:46 request.files chooses a path: make it absolute and compare it with its folder",),
        ),
    )
