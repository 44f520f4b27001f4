"""The score and the rewards over HTTP. Needs the extra ``serve``, and imports it only when it serves.

``_run`` listens as ``_options`` say. A request meets the ``_front``, then the ``_app``, and is answered by the ``_service``, for whom the
``_dispatcher`` shares one scorer. ``_answers`` and ``_problems`` are what goes out, ``_shapes`` what goes in, all in the document of
``_openapi``; ``_metrics`` counts.
"""

from quality.serve._dispatcher import Batch, BrokenError, BusyError, Dispatcher, OverdueError, SharedScorer
from quality.serve._options import ServeOptions, check_access
from quality.serve._run import serve

__all__ = [
    "Batch",
    "BrokenError",
    "BusyError",
    "Dispatcher",
    "OverdueError",
    "ServeOptions",
    "SharedScorer",
    "check_access",
    "serve",
]
