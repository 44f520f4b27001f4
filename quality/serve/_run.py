"""Runs the service until it is told to stop."""

from __future__ import annotations

import importlib.util
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.serve._dispatcher import Dispatcher
from quality.serve._options import ServeOptions, check_access, listen

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from concurrent.futures import Executor

    import uvicorn

    from quality.rewards import QualityReward
    from quality.serve._dispatcher import LiveScorer

#: What the extra brings.
_NEEDED = ("prometheus_client", "starlette", "uvicorn")
#: Seconds that a stop adds to the deadline of the requests that were accepted.
_REST = 5
#: Seconds for which an idle connection is kept: longer than callers keep theirs.
_IDLE = 75


def serve(
    reward: QualityReward,
    open_scorer: Callable[[], LiveScorer],
    options: ServeOptions,
    tell: Callable[[str], None],
) -> None:
    """Serves until SIGTERM or SIGINT, then finishes what it accepted.

    Args:
        reward: The reward. Its own scorer is not used.
        open_scorer: Makes the scorer.
        options: Where to listen, and the limits.
        tell: Gets the address as soon as requests are accepted.

    Raises:
        UsageError: The extra is not installed, the address cannot be used, or strangers could come in.
        HostError: A required analyzer is missing or broken.
    """
    check_access(options)
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(
            f"The service needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed.",
            remedy="Install the extra: pip install 'quality[serve]'.",
        )
    with listen(options) as listener:
        dispatcher = Dispatcher(open_scorer, options.texts)
        try:
            _serve(reward, dispatcher, listener, options, tell)
        finally:
            dispatcher.close()


def _serve(
    reward: QualityReward,
    dispatcher: Dispatcher,
    listener: socket.socket,
    options: ServeOptions,
    tell: Callable[[str], None],
) -> None:
    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    # The server puts its handlers over these, and raises the signal again when all is done.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    with ThreadPoolExecutor(options.requests, "quality-request") as threads:
        make_server(reward, dispatcher, threads, options, lambda: tell(address)).run(sockets=[listener])


def make_server(
    reward: QualityReward,
    dispatcher: Dispatcher,
    threads: Executor,
    options: ServeOptions,
    started: Callable[[], None],
) -> uvicorn.Server:
    """Makes the server; ``started`` is called when requests are about to be accepted."""
    import uvicorn

    from quality.serve._app import Application
    from quality.serve._metrics import Metrics
    from quality.serve._service import Service

    metrics = Metrics(dispatcher, reward.profile.name)
    application = Application(Service(reward), dispatcher, metrics, threads, options)
    config = uvicorn.Config(
        application.asgi(started),
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=int(options.deadline) + _REST,
    )
    return uvicorn.Server(config)
