"""The rule unsafe-deserialization."""

from __future__ import annotations

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class UnsafeDeserialization(FlowRule):
    """Bytes from outside become objects.

    ## What it does
    Follows what a request, a connection, the command line or the environment brings to `pickle`, `marshal`, `shelve`,
    `yaml.load` without a safe loader, and the like.

    ## Why is this bad
    These formats can name any function to call while they are read, so their sender runs code here.

    ## Example
    ```python
    import pickle
    from flask import request

    def load():
        return pickle.loads(request.data)
    ```

    ## Use instead
    ```python
    import json
    from flask import request

    def load():
        return json.loads(request.data)
    ```

    ## References
    - [CWE-502: deserialization of untrusted data](https://cwe.mitre.org/data/definitions/502.html)
    - [Python documentation: pickle](https://docs.python.org/3/library/pickle.html)
    """

    cwe = 502
    effort = 30
    equivalents = ("bandit:B301", "bandit:B302", "bandit:B506", "bandit:B614")
    harm = Harm.OBJECTS
    message = "becomes objects, which can run code: exchange JSON"
    least = Level.LOCAL
    clears = ("bandit:B301", "bandit:B302", "bandit:B506")
    by_parameter = (Severity.WARNING, Confidence.LOW)
    by_unseen = (Severity.WARNING, Confidence.LOW)

    VALID = (
        Valid(
            """
            import yaml

            def f(request):
                return yaml.load(request.body, Loader=yaml.SafeLoader)
            """,
            "A safe loader",
        ),
        Valid(
            """
            import pickle

            def f(path):
                with open(path, 'rb') as file:
                    return pickle.load(file)
            """,
            "A file of the program's own",
        ),
    )
    INVALID = (
        Invalid(
            "import yaml\n\ndef f():\n    with open(PLACE) as file:\n        return yaml.load(file, Loader=yaml.Loader)",
            ("5:16-5:51 file becomes objects, which can run code: exchange JSON",),
        ),
        Invalid(
            """
            import pickle

            def serve(connection):
                data = connection.recv(4096)
                return pickle.loads(data)
            """,
            ("5:12-5:30 recv() becomes objects, which can run code: exchange JSON",),
        ),
        Invalid(
            """
            import base64, yaml

            def view(request):
                return yaml.load(base64.b64decode(request.COOKIES['state']))
            """,
            ("4:12-4:65 request.COOKIES becomes objects, which can run code: exchange JSON",),
        ),
    )
