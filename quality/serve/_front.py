"""What every request meets first: the token; and what every answer leaves through: the count."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from quality.serve._answers import problem_answer
from quality.serve._problems import ProblemError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from quality.serve._metrics import Metrics
    from quality.serve._options import ServeOptions

#: What is counted for a caller who left before the answer; nobody sees it.
_LEFT = 499
#: Seconds for which the body of a refused request is still read.
_LINGER = 5.0
#: The only path that needs no token.
_OPEN = "/healthz"


class Front:
    """An ASGI application around the one that answers.

    Args:
        inner: The one that answers.
        paths: The paths it knows; all others are counted as one.
        metrics: Counts.
        options: The token, and the longest body.
    """

    def __init__(
        self, inner: ASGIApp, paths: frozenset[str], metrics: Metrics, options: ServeOptions
    ) -> None:
        self._inner = inner
        self._paths = paths
        self._metrics = metrics
        self._most = options.body
        self._digest = _digest(options.token) if options.token is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        began = time.monotonic()
        exchange = _Exchange(receive, send, self._most)
        try:
            app = self._inner if self._known(scope) else problem_answer(_stranger())
            await app(scope, exchange.receive, exchange.send)
        finally:
            path = scope["path"] if scope["path"] in self._paths else "other"
            self._metrics.answered(path, exchange.status, time.monotonic() - began)

    def _known(self, scope: Scope) -> bool:
        if self._digest is None or scope["path"] == _OPEN:
            return True
        shown = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        scheme, _, token = shown.partition(b" ")
        # Digests are equally long, so that the time tells nothing of the token, not even its length.
        same = hmac.compare_digest(hashlib.sha256(token.strip()).digest(), self._digest)
        return same and scheme.lower() == b"bearer"


class _Exchange:
    """One request and its answer."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self.status = _LEFT
        self._receive = receive
        self._send = send
        self._most = most
        self._more = True
        self._left = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left = message["type"] == "http.disconnect"
        self._more = message["type"] == "http.request" and message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            late = message["status"] == HTTPStatus.REQUEST_TIMEOUT
            if message["status"] >= HTTPStatus.BAD_REQUEST and not late:
                await self._discard()
            if not self._left:
                self.status = message["status"]
        await self._send(message)

    async def _discard(self) -> None:
        """Reads on for a while: a caller that is still sending when the connection closes sees no answer."""
        left = self._most
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LINGER):
                while self._more and left > 0:
                    left -= len((await self.receive()).get("body", b""))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("ascii")).digest()


def _stranger() -> ProblemError:
    return ProblemError(
        HTTPStatus.UNAUTHORIZED,
        "The request shows no token, or another one.",
        "Send the header 'Authorization: Bearer TOKEN' with the service's token.",
        {"WWW-Authenticate": "Bearer"},
    )
