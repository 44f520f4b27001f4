"""The score and the rewards over HTTP. Needs the extra ``serve``, and imports it only when it serves."""

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
