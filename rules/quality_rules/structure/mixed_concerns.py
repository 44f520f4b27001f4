"""The rule mixed-concerns."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules.structure._worlds import worlds_of

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: What a source has a word of that talks to more than the console and files.
_OUTSIDE = frozenset(
    [
        *("sqlite3", "psycopg2", "pymysql", "mysql"),
        *("execute", "executemany", "commit", "cursor", "fetchall", "fetchone"),
        *("smtplib", "sendmail", "send_mail", "send_email"),
        *("requests", "httpx", "urllib", "socket", "http", "aiohttp"),
        *("tkinter", "matplotlib", "pygame"),
    ]
)


class MixedConcerns(AstRule):
    """A class or function talks to too many things outside.

    ## What it does
    Reports a class, or a function outside of classes, that itself talks to three or more of: the console, files, a
    database, mail, the network, the screen.

    ## Why is this bad
    What it is about cannot be tested or reused without all of them, and a change to the mail touches the same code as
    a change to the table. Each belongs in a place of its own, which is handed in.

    ## Example
    ```python
    import smtplib

    class Order:
        def save(self, connection):
            connection.execute("INSERT INTO orders VALUES (?)", (self.id,))

        def notify(self):
            smtplib.SMTP("localhost").sendmail("shop", self.address, "thanks")

        def show(self):
            print(self.id, self.total())
    ```

    ## Use instead
    ```python
    class Order:
        def total(self):
            return sum(line.price for line in self.lines)

    class OrderTable:
        def save(self, order):
            self.connection.execute("INSERT INTO orders VALUES (?)", (order.id,))
    ```

    ## References
    - [The single-responsibility principle](https://blog.cleancoder.com/uncle-bob/2014/05/08/SingleReponsibilityPrinciple.html)
    """

    dimension = "structure"
    needs = _OUTSIDE
    confidence = Confidence.LOW
    effort = 45

    fewest = Setting(3, "Fewest kinds of things outside.", minimum=2)

    VALID = (
        Valid("def f(x):\n    with open(x) as file:\n        print(file.read())"),
        Valid(
            "import requests\n\ndef f(x):\n    print(x)\n\ndef g(x):\n    return requests.get(x)\n\ndef h(x):\n    return open(x)"
        ),
        Valid(
            "import csv\nimport sys\n\nimport requests\n\ndef f(url):\n    print(url)\n"
            "    csv.writer(sys.stdout).writerows(requests.get(url).json())",
            "Written to the console",
        ),
    )
    INVALID = (
        Invalid(
            "import requests\n\ndef f(url):\n    text = requests.get(url).text\n    print(text)\n    open('a').write(text)",
            ("3:1-3:12 f() talks to files, the console, the network: give each a place of its own",),
        ),
    )

    def visit_Module(self, _: ast.Module) -> None:
        for definition in [*self.facts.functions, *self.facts.of(ast.ClassDef)]:
            if self.facts.is_of_module(definition):
                self._check(definition)

    def _check(self, node: FunctionNode | ast.ClassDef) -> None:
        found = {
            world
            for call in self.facts.within(node)
            if isinstance(call, ast.Call)
            for world in worlds_of(call, self.facts)
        }
        if len(found) >= self.fewest:
            name = node.name if isinstance(node, ast.ClassDef) else f"{node.name}()"
            self.report(node, f"{name} talks to {', '.join(sorted(found))}: give each a place of its own")
