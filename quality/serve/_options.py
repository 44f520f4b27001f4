"""Where a service listens, who may ask it, and how much at once."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import Any

from quality.model import UsageError

#: Shortest token, in characters.
_SHORTEST = 16
_MAKE = "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How a service is run.

    Attributes:
        host: Name or address to listen on.
        port: Port, 0 for any that is free.
        token: What callers show as ``Authorization: Bearer TOKEN``; None for none.
        requests: Most requests that are worked on at once.
        texts: Most texts that wait. A larger request is taken only when nothing waits.
        body: Longest body of a request, in bytes.
        deadline: Seconds from the beginning of a request to its answer.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    requests: int = 64
    texts: int = 16_384
    body: int = 32 << 20
    deadline: float = 120.0


def check_access(options: ServeOptions) -> None:
    """Refuses what would let strangers in.

    Raises:
        UsageError: The token is too weak, or there is none and the address is not a loopback one.
    """
    token = options.token
    if token is None:
        if not all(ipaddress.ip_address(address).is_loopback for address in _addresses(options)):
            raise UsageError(
                f"{options.host} can be reached from other machines, and there is no token.",
                remedy="Put one into a file and name it with --token-file, or listen on 127.0.0.1. " + _MAKE,
            )
    elif len(token) < _SHORTEST or not (token.isascii() and token.isprintable()) or " " in token:
        raise UsageError(
            f"The token should be {_SHORTEST} or more printable ASCII characters without spaces.",
            remedy=_MAKE,
        )


def listen(options: ServeOptions) -> socket.socket:
    """Opens the socket that the service accepts on.

    Raises:
        UsageError: The address cannot be listened on.
    """
    try:
        family, kind, protocol, _, address = _found(options)[0]
        # Without its protocol's number a socket gets no TCP_NODELAY, and each answer waits for 40 ms.
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(2_048)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise UsageError(
            f"{options.host}:{options.port} cannot be listened on: {error.strerror or error}.",
            remedy="Choose another --port or --host.",
        ) from None
    return listener


def _addresses(options: ServeOptions) -> list[str]:
    try:
        return [str(address[0]).partition("%")[0] for *_, address in _found(options)]
    except OSError as error:
        raise UsageError(
            f"There is no address of {options.host!r}: {error.strerror or error}.", remedy="Check --host."
        ) from None


def _found(options: ServeOptions) -> list[tuple[int, int, int, str, Any]]:
    return [*socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)]
