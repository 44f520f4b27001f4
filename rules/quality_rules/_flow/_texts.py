"""What a text looks like, from its beginning. No pattern here can take long."""

from __future__ import annotations

import re

from quality_rules._flow._values import HOLE

_SQL = re.compile(
    r"\s{0,200}\(?\s{0,200}(?:"
    r"(select|with)\b|(insert)\s+(?:or\s+\w+\s+|ignore\s+)?into\b|(update)\b|(delete)\s+from\b|(replace)\s+into\b"
    r"|(drop|alter|create|truncate)\s+(?:temp\w*\s+|unlogged\s+)?(?:table|database|index|user|view|schema|role)\b"
    r"|(call|exec|grant|revoke|show|use|set|explain|pragma)\b)",
    re.IGNORECASE,
)
#: What has to follow the first word.
_FOLLOWED = {
    "select": (" from ", "\nfrom "),
    "with": ("select",),
    "update": (" set ", "\nset "),
    "insert": ("",),
}
_TAG = re.compile(r"<\s{0,4}/?[a-zA-Z!]")
_PAGE = re.compile(
    r"</?(?:html|body|head|title|div|span|p|a|h[1-6]|b|i|u|em|strong|table|t[rdh]|ul|ol|li|script|style|form|input"
    r"|button|label|select|option|textarea|img|iframe|svg|br|hr|pre|code|section|header|footer|nav|main)[\s/>]",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</[a-zA-Z][\w:.-]{0,60}>")
_COMMAND = re.compile(r"\s{0,20}(?:sudo\s+)?[a-z0-9_./~-]+\s")
_OPTION = re.compile(r"\s-{1,2}[a-zA-Z]|[|>;&]")
_LDAP = re.compile(r"\s{0,9}\((?:[&|!]\s{0,9}\(|[\w;.-]{1,60}(?::[\w.]{0,40}:)?[~<>]?=)")
_ENTRY = re.compile(
    r"(?:uid|cn|ou|dc|o|mail|sAMAccountName)=[^,=]{0,200},\s{0,9}(?:uid|cn|ou|dc|o|c)=", re.IGNORECASE
)
_XPATH = re.compile(r"(?:\.{0,2}//?)?[\w*@:.-]{0,80}(?:/[\w*@:.-]{1,80}){0,20}\[")
_HOST = re.compile(r"(?:https?|wss?|ftp)://[^/\0?#@]+[/?#]")


def looks_like_sql(text: str) -> bool:
    """Tells whether a text is a statement of SQL."""
    match = _SQL.match(text)
    if match is None or match.lastindex is None:
        return False
    word = match[match.lastindex].lower()
    if match.lastindex == 7:  # noqa: PLR2004 - words that other texts begin with, too
        return False
    if word not in _FOLLOWED:
        return True
    spaced = " ".join(text.lower().split()) + " "
    return any(
        part.strip() == "" or f" {part.strip()} " in spaced.replace("(", " ") for part in _FOLLOWED[word]
    )


def begins_as_sql(text: str) -> bool:
    """Tells whether a text may be a statement of SQL by its first character, as a selector of elements may not."""
    return text.lstrip()[:1] not in {"#", ".", "@", "[", "{", "<", ":"} or not text.strip()


def looks_like_html(text: str) -> bool:
    """Tells whether a text holds a tag."""
    return "<" in text and _TAG.search(text) is not None


def looks_like_page(text: str) -> bool:
    """Tells whether a text holds a tag that browsers show."""
    return "<" in text and _PAGE.search(text) is not None


def looks_like_document(text: str) -> bool:
    """Tells whether a text is XML that is no page: it closes what it opens, and browsers know none of it."""
    start = text.lstrip()[:5].lower()
    if start[:1] != "<" or _CLOSING.search(text) is None:
        return False
    return "<html" not in text.lower() if start == "<?xml" else _PAGE.search(text) is None


def looks_like_command(text: str, *, plain: bool = False) -> bool:
    """Tells whether a text is a command line, with options or the shell's signs, and something put into it.

    Args:
        text: The text.
        plain: Whether a program's name is enough.
    """
    named = HOLE in text and _COMMAND.match(text) is not None
    return named and (plain or _OPTION.search(text) is not None)


def looks_like_ldap(text: str) -> bool:
    """Tells whether a text is a filter of LDAP or the name of an entry."""
    return _LDAP.match(text) is not None or _ENTRY.match(text) is not None


def looks_like_xpath(text: str) -> bool:
    """Tells whether a text is a path into a document, with a condition."""
    return "[" in text and _XPATH.match(text) is not None


def names_its_host(text: str) -> bool:
    """Tells whether the host of a URL is written out."""
    return _HOST.match(text) is not None


def stays_on_site(text: str) -> bool:
    """Tells whether a URL cannot lead to another host."""
    relative = text[:1] in {"/", "?", "#"} and text[1:2] not in {"/", "\\", HOLE, ""}
    return relative or names_its_host(text)
