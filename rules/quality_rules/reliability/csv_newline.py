"""The rule csv-newline."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule, argument, spreads
from quality_rules._held import entered


class CsvNewline(CallRule):
    """A file of comma-separated values gets lines that are not there.

    ## What it does
    Reports `csv.writer`, `csv.DictWriter`, `csv.reader` and `csv.DictReader` on a file that was opened without `newline`.

    Files that come from elsewhere, and texts in memory, are fine.

    ## Why is this bad
    The module `csv` ends lines itself. On Windows the file turns each end into two, so that every second row is empty; and
    line breaks inside of a value are changed when it is read.

    ## Example
    ```python
    import csv

    def save(path, rows):
        with open(path, "w", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    ```

    ## Use instead
    ```python
    import csv

    def save(path, rows):
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    ```

    ## References
    - [Python documentation: csv.writer](https://docs.python.org/3/library/csv.html#csv.writer)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    effort = 1
    needs = frozenset({"writer", "reader", "DictWriter", "DictReader"})

    VALID = (
        Valid("import csv\n\nwith open('a', 'w', newline='') as file:\n    csv.writer(file).writerow(row)"),
        Valid("import csv, io\n\nfile = io.StringIO()\ncsv.writer(file).writerow(row)"),
        Valid("import csv\n\ndef f(file):\n    return list(csv.reader(file))", "It comes from elsewhere"),
        Valid(
            "import csv\n\ndef f(path, **options):\n    with open(path, **options) as file:\n        return list(csv.reader(file))"
        ),
    )
    INVALID = (
        Invalid(
            "import csv\n\nfile = open('a')\nrows = list(csv.DictReader(file))",
            ("4:13-4:33 line ends are read wrong on some systems: open the file with newline=''",),
        ),
        Invalid(
            "from csv import writer\n\ndef f(path):\n    with path.open('w') as file:\n        out = writer(file)\n        out.writerow([1])",
            ("5:15-5:27 line ends are written wrong on some systems: open the file with newline=''",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        file = argument(call, 0, "csvfile", "f")
        if not dotted.startswith("csv.") or file is None:
            return
        opened = self._opened(file)
        if opened is not None and argument(opened, 5, "newline") is None and not spreads(opened):
            kind = "written" if dotted.endswith(("writer", "Writer")) else "read"
            self.report(call, f"line ends are {kind} wrong on some systems: open the file with newline=''")

    def _opened(self, file: ast.expr) -> ast.Call | None:
        """The call that opened a file."""
        made = entered(self.facts, file) or self.facts.only_value(file)
        if not isinstance(made, ast.Call):
            return None
        method = isinstance(made.func, ast.Attribute) and made.func.attr == "open" and len(made.args) <= 1
        imported = self.facts.origin(made.func).partition(".")[0] in self.facts.imports
        return made if self.facts.is_builtin(made.func, "open") or (method and not imported) else None
