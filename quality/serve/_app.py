"""The ASGI application: what is asked where, and how much at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import time
import traceback
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from quality import __version__
from quality.serve._answers import on_problem, on_route
from quality.serve._dispatcher import SharedScorer
from quality.serve._front import Front
from quality.serve._openapi import document
from quality.serve._problems import ProblemError, busy, problem_of
from quality.serve._service import JSON, LINES, Answer, Asked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from concurrent.futures import Executor

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from quality.serve._dispatcher import Dispatcher
    from quality.serve._metrics import Metrics
    from quality.serve._options import ServeOptions
    from quality.serve._service import Service


class Application:
    """The service over HTTP.

    Args:
        service: Answers, in threads.
        dispatcher: Who judges.
        metrics: Counts.
        threads: Where answers are made: as many as ``options.requests``.
        options: The limits, and the token.
    """

    def __init__(
        self,
        service: Service,
        dispatcher: Dispatcher,
        metrics: Metrics,
        threads: Executor,
        options: ServeOptions,
    ) -> None:
        self._service = service
        self._dispatcher = dispatcher
        self._metrics = metrics
        self._threads = threads
        self._options = options
        self._under_way = 0
        self._document = json.dumps(document(token=options.token is not None)).encode()

    def asgi(self, started: Callable[[], None]) -> ASGIApp:
        """The ASGI application; ``started`` is called when requests are about to be accepted."""

        @contextlib.asynccontextmanager
        async def lifespan(_app: Starlette) -> AsyncIterator[None]:
            started()
            yield

        work = {
            "/score": self._service.score,
            "/reward": self._service.rewards,
            "/get_reward": self._service.remote,
            "/verify": self._service.verify,
        }
        looks = {"/healthz": self._health, "/metrics": self._numbers, "/openapi.json": self._openapi}
        routes = [Route(path, self._endpoint(do), methods=["POST"]) for path, do in work.items()]
        routes += [Route(path, look, methods=["GET"]) for path, look in looks.items()]
        inner = Starlette(
            routes=routes,
            lifespan=lifespan,
            exception_handlers={ProblemError: on_problem, HTTPException: on_route},
        )
        return Front(inner, frozenset([*work, *looks]), self._metrics, self._options)

    def _endpoint(self, do: Callable[[Asked], Answer]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            until = time.monotonic() + self._options.deadline
            with self._admitted():
                media = _media(request)
                body = await self._body(request)
                asked = Asked(body, media, SharedScorer(self._dispatcher, until))
                answer = await self._answer(request, do, asked)
            return Response(answer.body, media_type=answer.media)

        return endpoint

    @contextlib.contextmanager
    def _admitted(self) -> Iterator[None]:
        """Counts a request in, before its body is read: so memory is bounded too."""
        if self._under_way >= self._options.requests:
            raise busy(self._dispatcher.patience())
        self._under_way += 1
        self._metrics.under_way.set(self._under_way)
        try:
            yield
        finally:
            self._under_way -= 1
            self._metrics.under_way.set(self._under_way)

    async def _body(self, request: Request) -> bytes:
        most = self._options.body
        with contextlib.suppress(ValueError):
            if int(request.headers.get("content-length", "")) > most:
                raise _too_long(most)
        parts: list[bytes] = []
        length = 0
        try:
            async with asyncio.timeout(self._options.deadline):
                async for part in request.stream():
                    length += len(part)
                    if length > most:
                        raise _too_long(most)
                    parts.append(part)
        except TimeoutError:
            late = f"The body did not arrive within {self._options.deadline:g} s."
            raise ProblemError(HTTPStatus.REQUEST_TIMEOUT, late, "Send it faster, or in parts.") from None
        except ClientDisconnect:
            raise ProblemError(HTTPStatus.BAD_REQUEST, "The body was not sent to its end.") from None
        return b"".join(parts)

    async def _answer(self, request: Request, do: Callable[[Asked], Answer], asked: Asked) -> Answer:
        """Has a thread make the answer; tells it when the caller leaves."""
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._attempt, do, asked)
        # After the body nothing comes but the news that the caller left.
        gone = asyncio.ensure_future(request.receive())
        either: list[asyncio.Future[Any]] = [work, gone]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                asked.scorer.leave()
            result = await work
        finally:
            gone.cancel()
            asked.scorer.leave()
        if isinstance(result, ProblemError):
            raise result
        return result

    def _attempt(self, do: Callable[[Asked], Answer], asked: Asked) -> Answer | ProblemError:
        try:
            return do(asked)
        except Exception as error:  # noqa: BLE001 - no caller sees a traceback
            problem = problem_of(error, self._options.deadline)
            if problem.status is HTTPStatus.INTERNAL_SERVER_ERROR and os.environ.get("QUALITY_DEBUG"):
                traceback.print_exc()
            return problem

    async def _health(self, _request: Request) -> Response:
        broken = self._dispatcher.broken
        health = {
            "status": "ok" if broken is None else "broken",
            "detail": broken or "",
            "profile": self._service.reward.profile.name,
            "fingerprint": self._dispatcher.fingerprint,
            "version": __version__,
            "waiting": self._dispatcher.waiting,
        }
        status = HTTPStatus.OK if broken is None else HTTPStatus.SERVICE_UNAVAILABLE
        return Response(json.dumps(health), int(status), media_type=JSON)

    async def _numbers(self, _request: Request) -> Response:
        return Response(self._metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _openapi(self, _request: Request) -> Response:
        return Response(self._document, media_type=JSON)


def _media(request: Request) -> str:
    """The media type of a body.

    Raises:
        ProblemError: It is none that is read here.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        detail, remedy = f"Content-Encoding {encoding!r} is not read.", "Send the body as it is."
    elif media not in {JSON, *LINES}:
        detail, remedy = f"Content-Type {media!r} is not read.", f"Send {JSON}, or {LINES[0]} to /score."
    else:
        return media
    raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, remedy)


def _too_long(most: int) -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        f"The body is longer than {most:,} bytes.",
        "Send it in parts, or start the service with a larger --max-body.",
    )
