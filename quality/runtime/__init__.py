"""Scoring many texts: in this process or in isolated workers.

``_scorer`` is the public way, one run at a time (``_turn``): ``_books`` knows what waits and what is done, ``_counters`` and ``_log``
say so. An engine judges: ``_inline`` in this process, ``_pool`` in worker processes, ``_ray`` on a cluster; ``_lazy`` starts one
late, and ``_driven`` has what those share that give texts away.

A ``_task`` goes to a worker as bytes of ``_codec``. ``_template`` and ``_process`` are the parent's side, ``_worker`` is the other;
``_spec`` describes the host that each process builds, ``_imports`` what it reads beforehand, ``_garbage`` when it collects.

Results are kept by ``_cache`` for the code that ``_stamp`` names, and ``_files`` writes output whole or not at all. ``_names`` is
about what a profile names and no plugin brings.
"""

from quality.runtime._cache import Cache, CacheWarning, lasts
from quality.runtime._counters import Counters, SlowText
from quality.runtime._files import atomic_writer, publish, settle_file, user_cache
from quality.runtime._lazy import expected_identity
from quality.runtime._log import JsonLines, log_to
from quality.runtime._names import options_problems, rule_problems
from quality.runtime._scorer import Scorer, score, try_within
from quality.runtime._spec import (
    MOST_SECONDS,
    MOST_WORKERS,
    HostSpec,
    check_run,
    open_host,
    plugins_for,
    resolve_spec,
)
from quality.runtime._task import Engine, Outcome, Task, task_key

__all__ = [
    "MOST_SECONDS",
    "MOST_WORKERS",
    "Cache",
    "CacheWarning",
    "Counters",
    "Engine",
    "HostSpec",
    "JsonLines",
    "Outcome",
    "Scorer",
    "SlowText",
    "Task",
    "atomic_writer",
    "check_run",
    "expected_identity",
    "lasts",
    "log_to",
    "open_host",
    "options_problems",
    "plugins_for",
    "publish",
    "resolve_spec",
    "rule_problems",
    "score",
    "settle_file",
    "task_key",
    "try_within",
    "user_cache",
]
