"""Reading pairs: taught examples, labelled lines, folders."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING

from quality.audit.sets._pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from quality.audit._problems import Problems
    from quality.model import Rule

#: The documentation marks bad lines: "# [message-name]", which gives the answer away.
_MARK = re.compile(r"[ \t]*#\s*\[[a-z0-9, -]+\][^\n]*")
#: A number in the list of weaknesses, as data sets write it.
_CWE = re.compile(r"(?i:cwe-)?(\d{1,6})", re.ASCII)
_LABEL_KEYS = ("bad", "good")


def read_messages(
    folders: Iterable[Path], problems: Problems, rules: Mapping[str, Rule] | None = None
) -> list[Pair]:
    """Reads the examples of pylint's documentation.

    A message has ``bad.py`` and ``good.py``, or folders of these names; files of one name are a pair, and a side
    with one file is paired with every file of the other.

    Args:
        folders: One per message.
        problems: Gets what cannot be used.
        rules: The catalogue, which tells a message's dimension.
    """
    pairs: list[Pair] = []
    for folder in folders:
        bad, good = (_side(folder, side, problems) for side in ("bad", "good"))
        rule = (rules or {}).get(f"pylint:{folder.name}")
        part = rule.dimension if rule else "not judged"
        for name, text in bad.items():
            # The side that has one file stands for all.
            other = good.get(name) or (next(iter(good.values())) if len(good) == 1 else None)
            if other is not None and other != text:
                pairs.append(Pair(f"{folder.name}/{name}", text, other, part, folder.name))
        if len(bad) == 1 < len(good):
            (name, text), *_ = bad.items()
            pairs += [
                Pair(f"{folder.name}/{key}", text, other, part, folder.name) for key, other in good.items()
            ]
    return pairs


def read_labels(file: Path, problems: Problems) -> list[Pair]:
    """Reads labelled lines: ``{"bad": "...", "good": "..."}``, with ``id``, ``commit`` and ``cwe`` where known.

    Pairs of one commit weigh 1 together.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        problems.add(file, f"cannot be read ({error.strerror})")
        return []
    pairs: list[Pair] = []
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            pair = _label(line, f"{file.name}:{number}")
            if isinstance(pair, Pair):
                pairs.append(pair)
            else:
                problems.add(f"{file}:{number}", pair)
    if not pairs:
        problems.add(file, "holds no labelled pair")
    return pairs


def read_pairs(folder: Path, problems: Problems) -> list[Pair]:
    """Reads folders that hold ``bad.py`` and ``good.py`` side by side, at any depth."""
    if not folder.is_dir():
        problems.add(folder, "is no folder")
        return []
    homes = sorted({file.parent for name in ("bad.py", "good.py") for file in folder.rglob(name)})
    if not homes:
        problems.add(folder, "holds no bad.py and good.py")
    pairs: list[Pair] = []
    for home in homes:
        sides = [_read(home / name, problems) for name in ("bad.py", "good.py")]
        bad, good = sides
        if bad is not None and bad == good:
            problems.add(home, "has two equal sides")
        elif bad is not None and good is not None:
            name = home.relative_to(folder).as_posix()
            pairs.append(Pair(name, bad, good, name.partition("/")[0] if "/" in name else "", name))
    return pairs


def _side(folder: Path, side: str, problems: Problems) -> dict[str, str]:
    """File name → text of one side of a message."""
    files = (
        [folder / f"{side}.py"] if (folder / f"{side}.py").is_file() else sorted((folder / side).glob("*.py"))
    )
    texts = {file.name if file.parent.name == side else "": _read(file, problems) for file in files}
    return {name: _MARK.sub("", text) for name, text in texts.items() if text is not None}


def _read(file: Path, problems: Problems) -> str | None:
    if not file.is_file():
        problems.add(file, "is missing, so its partner is left out")
        return None
    try:
        return file.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        problems.add(file, f"cannot be read ({reason})")
        return None


def _label(line: bytes, where: str) -> Pair | str:
    """The pair of a line, or what is wrong with it."""
    try:
        entry = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"is not UTF-8 ({error})"
    except (ValueError, RecursionError) as error:
        return f"is no JSON ({error})"
    if not isinstance(entry, dict):
        return "is no JSON object"
    wrong = [key for key in _LABEL_KEYS if not isinstance(entry.get(key), str) or not entry[key].strip()]
    if wrong:
        return f"has no text under {' and '.join(map(repr, wrong))}"
    if entry["bad"] == entry["good"]:
        return "has two equal sides"
    identity = str(entry.get("id") or where)
    cwe = _CWE.fullmatch(str(entry.get("cwe")))
    part = f"CWE-{int(cwe[1]):03d}" if cwe else ""
    return Pair(identity, entry["bad"], entry["good"], part, str(entry.get("commit") or identity))
