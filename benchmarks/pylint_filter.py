"""Filters code as SwallowCode's second step did, and as ``quality filter`` does, and says where they differ.

SwallowCode (arXiv 2505.02881) kept a file when pylint's score, times one minus the share of tokens that are comments, was at least
7, with nine messages switched off. FILE.jsonl has lines as for ``quality score``. With ``-o`` the lines that pylint's
score keeps are written; the table shows both filters on the texts as they are and with 40 lines that do nothing added.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path

from _corpus import human_eval

from quality import Scorer
from quality.samples import SampleFile, encode_line, read_sample

#: The messages that SwallowCode's step left out, in its order.
_OFF = "E0401,C0114,C0301,C0103,C0116,C0411,R0903,W0511,C0412"
_LEAST = 7.0
_PADDING = "".join(f"FILLER_{number} = {number}\n" for number in range(40))


def pylint_scores(codes: list[str]) -> list[float | None]:
    """Each code's score by pylint, comments charged; None where pylint gives none. Each is a run of its own."""
    script = (
        "import contextlib, io, json, sys\n"
        "from pylint.lint import Run\n"
        "for name in sys.argv[2:]:\n"
        "    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):\n"
        "        done = Run(['--rcfile=/dev/null', '--persistent=n', '--disable=' + sys.argv[1], name], exit=False)\n"
        "    stats = done.linter.stats\n"
        "    print(json.dumps(stats.global_note if stats.statement else None))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / f"sample_{number}.py" for number in range(len(codes))]
        for name, code in zip(names, codes, strict=True):
            name.write_text(code, encoding="utf-8", errors="surrogatepass")
        command = [sys.executable, "-c", script, _OFF, *map(str, names)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    notes = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        None if note is None else note * (1.0 - comment_share(code))
        for note, code in zip(notes, codes, strict=True)
    ]


def comment_share(code: str) -> float:
    """The share of tokens that are comments, 0 where the text ends too early."""
    try:
        kinds = [token.type for token in tokenize.generate_tokens(io.StringIO(code).readline)]
    except (tokenize.TokenError, IndentationError):
        return 0.0
    return kinds.count(tokenize.COMMENT) / max(len(kinds), 1)


def kept_by_pylint(codes: list[str]) -> list[bool]:
    """Which codes pylint's score keeps."""
    return [score is not None and score >= _LEAST for score in pylint_scores(codes)]


def kept_by_quality(codes: list[str], least: float) -> list[bool]:
    """Which codes ours keeps."""
    with Scorer(workers=1) as scorer:
        return [score.value is not None and score.value >= least for score in scorer.score_many(codes)]


def main() -> None:
    """Filters and prints."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "file", type=Path, nargs="?", metavar="FILE.jsonl", help="[default: HumanEval's solutions]"
    )
    options.add_argument("-o", "--output", type=Path, help="write the lines here that pylint's score keeps")
    options.add_argument(
        "--min-score", type=float, default=0.81, help="ours; by default the bound of grade B"
    )
    arguments = options.parse_args()
    if arguments.file is None:
        lines = [encode_line({"code": code}) for code in human_eval()]
    else:
        with SampleFile(arguments.file) as file:
            lines = [line for _, line in file.lines()]
    codes = [read_sample(line, number).code for number, line in enumerate(lines, 1)]
    plain = kept_by_pylint(codes)
    if arguments.output:
        kept = [line for line, keep in zip(lines, plain, strict=True) if keep]
        arguments.output.write_bytes(b"".join(line.rstrip(b"\n") + b"\n" for line in kept))
    padded = [code + "\n" + _PADDING for code in codes]
    ours = kept_by_quality(codes, arguments.min_score)
    print(
        f"{'kept of ' + str(len(codes)):<32}{'pylint >= 7':>14}{f'ours >= {arguments.min_score:g}':>14}{'both':>8}"
    )
    for name, theirs, mine in (
        ("as they are", plain, ours),
        (
            "with 40 lines that do nothing",
            kept_by_pylint(padded),
            kept_by_quality(padded, arguments.min_score),
        ),
    ):
        both = sum(map(min, theirs, mine))
        print(f"{name:<32}{sum(theirs):>14}{sum(mine):>14}{both:>8}")


if __name__ == "__main__":
    main()
