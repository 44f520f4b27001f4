"""The rule unlimited-decompression."""

from __future__ import annotations

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class UnlimitedDecompression(FlowRule):
    """A client decides how much memory its data fills.

    ## What it does
    Follows what a request or a connection brings to `gzip.decompress`, `zlib.decompress`, `bz2.decompress` and
    `lzma.decompress`, which return all that was packed at once.

    ## Why is this bad
    A few kilobytes can become gigabytes, and the program or its machine stops.

    ## Example
    ```python
    import zlib
    from flask import request

    def receive():
        return zlib.decompress(request.data)
    ```

    ## Use instead
    ```python
    import zlib
    from flask import request

    def receive():
        return zlib.decompressobj().decompress(request.data, 10_000_000)
    ```

    ## References
    - [CWE-409: highly compressed data](https://cwe.mitre.org/data/definitions/409.html)
    - [CWE-400: uncontrolled resource consumption](https://cwe.mitre.org/data/definitions/400.html)
    """

    cwe = 409
    harm = Harm.VOLUME
    message = "is unpacked without a limit: use a decompressor object with a maximum length"
    least = Level.REMOTE
    mildest = Severity.WARNING

    VALID = (
        Valid("import gzip\n\ndef f(data):\n    return gzip.decompress(data)", "The caller's data"),
        Valid(
            "import zlib\n\ndef f(request):\n    return zlib.decompressobj().decompress(request.body, 10_000)"
        ),
    )
    INVALID = (
        Invalid(
            "import gzip\n\ndef f(request):\n    return gzip.decompress(request.body)",
            (
                "4:12-4:41 request.body is unpacked without a limit: use a decompressor object with a maximum length",
            ),
        ),
    )
