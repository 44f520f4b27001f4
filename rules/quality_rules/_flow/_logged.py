"""What a log is given, and which of it may hold lines of a client."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quality_rules._flow._values import Harm

if TYPE_CHECKING:
    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run

#: Places of a log's template: those of ``%``, and those of braces with what follows a name in them.
_PLACES = re.compile(r"%[#0 +-]{0,5}[\d.*]{0,9}([a-zA-Z])")
_FIELDS = re.compile(r"\{(\w+)[^{}!:]{0,99}(![ra])?[^{}]{0,99}\}")
_HARMLESS = frozenset("diouxXeEfFgGra")


def check_log(run: Run, called: Called) -> None:
    first = 1 if called.last == "log" and len(called.args) > 1 else 0
    template = (called.args[first].text or "") if called.args else ""
    if "%r" in template and "%s" not in template:
        return
    rest = called.args[first + 1 :]
    places = _PLACES.findall(template.replace("%%", ""))
    shown = [place in _HARMLESS for place in places] if len(places) == len(rest) else [False] * len(rest)
    for value in (*called.args[: first + 1], *(v for v, safe in zip(rest, shown, strict=True) if not safe)):
        run.check(Harm.LOG, called.node, value)
    fields = _FIELDS.findall(template)
    quoted = {name for name, _ in fields} - {name for name, conversion in fields if not conversion}
    for name, value in called.named.items():
        if name not in quoted:
            run.check(Harm.LOG, called.node, value)
