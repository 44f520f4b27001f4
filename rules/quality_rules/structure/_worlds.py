"""What a call reaches outside of the program."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.rules import dotted_name

if TYPE_CHECKING:
    from quality.rules import Facts

#: What a call talks to → how its name looks, with imports resolved and any other object as a question mark.
_WORLDS = {
    "the console": re.compile(r"print|input"),
    "files": re.compile(
        r"open|\?\.(write_text|read_text|write_bytes|read_bytes)|(shutil|os)\.\w+|csv\.(writer|DictWriter)"
    ),
    "a database": re.compile(
        r"(sqlite3|psycopg2|pymysql|mysql)\..*|\?\.(execute|executemany|commit|cursor|fetchall|fetchone)"
    ),
    "mail": re.compile(r"smtplib\..*|\?\.(sendmail|send_mail|send_email)"),
    "the network": re.compile(r"(requests|httpx|urllib\.request|socket|http\.client|aiohttp)\.\w+"),
    "the screen": re.compile(r"(tkinter|matplotlib\.pyplot|pygame)\..*"),
}

#: Files that are the console.
_CONSOLE = frozenset({"sys.stdin", "sys.stdout", "sys.stderr"})


def worlds_of(call: ast.Call, facts: Facts) -> list[str]:
    """Names the things outside that a call talks to; methods of the own object are no such."""
    name = facts.origin(call.func)
    if name.startswith("csv.") and call.args and facts.origin(call.args[0]) in _CONSOLE:
        return ["the console"]
    root = dotted_name(call.func).partition(".")[0]
    if isinstance(call.func, ast.Attribute) and root not in facts.imports:
        own = isinstance(call.func.value, ast.Name) and call.func.value.id == "self"
        name = "" if own else f"?.{call.func.attr}"
    return [world for world, pattern in _WORLDS.items() if name and pattern.fullmatch(name)]
