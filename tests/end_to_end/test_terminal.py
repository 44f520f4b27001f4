"""What reaches a terminal when the names of files were chosen by an enemy."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

RED, BELL, REVERSED = "\x1b[31m", "\x07", "\u202e"
CODE = "def f(x, y=[]):\n    return [each for each in x], eval(y)\n"


def on_a_terminal(*arguments: str, cwd: Path) -> tuple[str, int]:
    """What the command writes to a terminal without colours, and its exit code."""
    environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1"}
    command = (sys.executable, "-m", "quality", *arguments)
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(cwd)
        os.execve(sys.executable, command, environment)
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        written += part
    os.close(terminal)
    return written.decode("utf-8"), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "now", "-j0", "--no-cache"), 1),
        (("compare", "then", "now", "-j0"), 1),
        (("fix", "now", "-j0", "--diff"), 1),
        (("report", "then", "-j0", "-o", f"{RED}.html"), 0),
        (("check", f"lost{RED}"), 2),
        (("score", f"lost{RED}"), 2),
        (("audit", "--pairs", f"lost{RED}"), 2),
        (("check", "then", "-j0", "--cache", f"{RED}/cache"), 0),
    ],
)
def test_no_name_commands_the_terminal(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    for folder, text in (("then", CODE), ("now", CODE.replace("y=[]", "y=()"))):
        (tmp_path / folder).mkdir()
        for name in (f"{RED}red.py", f"{BELL}bell.py", f"{REVERSED}yp.txe.py"):
            (tmp_path / folder / name).write_text(text)
    (tmp_path / "now" / f"{RED}broken.py").write_text("def f(:\n")
    (tmp_path / "now" / "text.py").write_text(f"def f(x):\n    return [each for each in x], '{RED}'\n")
    written, ended = on_a_terminal(*arguments, cwd=tmp_path)
    assert ended == code
    assert "\\x1b[31m" in written
    assert not {"\x1b[31m", BELL, REVERSED} & {part for part in (RED, BELL, REVERSED) if part in written}
