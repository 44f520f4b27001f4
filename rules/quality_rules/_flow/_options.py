"""Whether what a program is given can be taken for one of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quality.rules import name_words
from quality_rules._flow._sinks import RUNNING_WORDS
from quality_rules._flow._values import HOLE, Harm, Level
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run
    from quality_rules._flow._values import Taint, Value

#: Programs with options that run other programs or write files.
_PROGRAMS: Final = words(
    """
    git hg svn svnadmin bzr cvs fossil darcs tar rsync scp sftp ssh curl wget zip unzip find sed awk sort xargs man
    ffmpeg convert magick pandoc dot wkhtmltopdf psql mysql mysqldump pg_dump nmap tcpdump make docker kubectl pip npm
    """
)
#: Words in the names of parameters that say that it comes from elsewhere.
_REMOTE_WORDS: Final = words(
    """
    ref refs refspec treeish committish branch tag commit revision rev sha url uri remote host hostname repo repository origin upstream
    domain
    """
)
#: Options that take nothing: what follows them is no value of theirs.
_SWITCHES: Final = words(
    """
    -q --quiet -v --verbose -f --force -n --bare --mirror --recursive --recurse-submodules --no-checkout --progress --all --tags
    --prune --hard --detach --no-tags -r --shallow-submodules --single-branch --heads -s --silent -L --location
    --noninteractive --non-interactive --no-index --stat --oneline --name-only --porcelain --verify -az -avz -a -xf -xzf -tf
    """
)
#: What ends the options of a program.
_ENDS: Final = frozenset({"--", "--end-of-options"})


def check_options(run: Run, called: Called) -> None:
    """A command line that is a list gets what begins as its sender likes, where options may still stand."""
    if (
        called.args
        and _program(called.args[0]) in _PROGRAMS
        and not RUNNING_WORDS.isdisjoint(called.last.split("_"))
    ):
        _check_items(run, called, called.args)
    for value in called.args:
        items = value.items
        if items and len(items) > 1 and _program(items[0]) in _PROGRAMS:
            _check_items(run, called, items)


def _program(value: Value) -> str:
    """The name of a program that is written out, without its folder."""
    return "" if value.text is None or value.taints else value.text.rpartition("/")[2]


def _check_items(run: Run, called: Called, items: Sequence[Value]) -> None:
    before = ""
    for item in items[1:]:
        text = item.text or ""
        if text in _ENDS:
            return
        # Behind an option it is that option's value.
        free = not before.startswith("-") or before in _SWITCHES or "=" in before
        if free and item.taints and (item.built is None or text.startswith(HOLE)):
            taints = tuple(taint for taint in item.taints if _counts(run, taint))
            run.check(Harm.OPTION, called.node, item._replace(taints=taints))
        before = text


def _counts(run: Run, taint: Taint) -> bool:
    """Tells whether somebody elsewhere may have chosen a value."""
    if taint.origin.level is not Level.PARAMETER:
        return taint.origin.level is Level.REMOTE
    named = not _REMOTE_WORDS.isdisjoint(name_words(taint.origin.label))
    return taint.sure and (named or run.flow.serves_clients)
