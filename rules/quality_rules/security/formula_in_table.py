"""The rule formula-in-table."""

from __future__ import annotations

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class FormulaInTable(FlowRule):
    """What a client sends becomes a cell of a table.

    ## What it does
    Follows what a request brings to the rows that a writer of the module `csv` writes. Numbers, texts behind another text, and
    texts that were seen not to begin like a formula are fine.

    ## Why is this bad
    Spreadsheets run cells that begin with `=`, `+`, `-` or `@`: such a cell sends the table elsewhere, or starts a program of
    whoever opens it.

    ## Example
    ```python
    import csv

    def add(request, file):
        csv.writer(file).writerow([request.POST["name"], request.POST["comment"]])
    ```

    ## Use instead
    ```python
    import csv

    def plain(text):
        return "'" + text if text.startswith(("=", "+", "-", "@")) else text

    def add(request, file):
        csv.writer(file).writerow([plain(request.POST["name"]), plain(request.POST["comment"])])
    ```

    ## References
    - [CWE-1236: formula elements in a CSV file](https://cwe.mitre.org/data/definitions/1236.html)
    """

    cwe = 1236
    effort = 10
    harm = Harm.CELL
    message = "becomes a cell that a spreadsheet may run: put a quote before what begins like a formula"
    least = Level.REMOTE
    mildest = Severity.NOTE

    VALID = (
        Valid(
            "import csv\n\ndef f(rows, file):\n    csv.writer(file).writerows(rows)",
            "The caller's",
        ),
        Valid(
            """
            import csv

            def f(request, file):
                csv.writer(file).writerow([int(request.GET["number"]), "Mr. " + request.GET["name"]])
            """,
            "A number, and no beginning",
        ),
        Valid(
            """
            import csv

            BEGINNINGS = ("=", "+", "-", "@")

            def f(request, file):
                name = request.GET["name"]
                if name.startswith(BEGINNINGS):
                    raise ValueError(name)
                csv.writer(file).writerow([name])
            """,
            "It was looked at",
        ),
    )
    INVALID = (
        Invalid(
            """
            import csv
            from flask import request

            def f(file):
                writer = csv.DictWriter(file, ["name"])
                writer.writerow({"name": request.form["name"]})
            """,
            (
                (
                    "6:5-6:52 request.form becomes a cell that a spreadsheet may run: put a quote before what begins like a"
                    " formula"
                ),
            ),
        ),
    )
