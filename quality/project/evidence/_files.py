"""Reading files that hostile code may have written: bounded, and without what XML can do besides holding data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from quality.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Largest file that is read, in bytes.
_LARGEST = 128 << 20
_BLOCK = 1 << 16


class ForeignFileError(Exception):
    """A file is of another kind; says what it is not."""


class Target(Protocol):
    """What gets a document's elements, in order; and their texts, where it has a method ``data``."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        ...

    def end(self, tag: str) -> None:
        """An element ends."""
        ...


def parse_xml(data: bytes, target: Target) -> None:
    """Parses XML without entities, piece by piece.

    Raises:
        ForeignFileError: It is no XML, or declares entities.
    """
    parser = DefusedXMLParser(target=target, forbid_entities=True, forbid_external=True)
    try:
        for start in range(0, len(data), _BLOCK):
            parser.feed(data[start : start + _BLOCK])
        parser.close()
    except ParseError as error:
        raise ForeignFileError(f"it is not XML: {error}") from None
    except DefusedXmlException:
        raise ForeignFileError("it declares entities, which no such file needs") from None
    except (LookupError, ValueError) as error:
        raise ForeignFileError(f"its encoding cannot be read: {error}") from None


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def read_evidence_file(path: Path) -> bytes:
    """Reads a file.

    Raises:
        UsageError: It cannot be read, or is too large.
    """
    try:
        # What is no regular file does not tell its size.
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror or error}.", remedy="Check the path."
        ) from None
    if len(data) > _LARGEST:
        raise UsageError(
            f"{path} has more than {_LARGEST:,} bytes, which is the limit.",
            remedy="Split it, or leave it out.",
        )
    return data


def cannot_use(path: Path, error: ForeignFileError, kind: str) -> UsageError:
    """The error for a file of another kind."""
    return UsageError(f"{path} cannot be used: {error}.", remedy=f"Name {kind}.")
