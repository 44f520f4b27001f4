"""From a text to an analysis: decode, gate, neutralise, run each analyzer in a guard.

``_prepare`` makes a source of bytes, behind the ``_gate`` and without ``_directives``. ``_host`` has the analyzers open, with checked
``_options``, and runs each in a ``_guard``; ``_findings`` are put in order, ``_clearances`` take back what was shown to be wrong, and
``_across`` compares sources.
"""

from quality.analysis._across import compare_sources
from quality.analysis._guard import Interrupt
from quality.analysis._host import Host, declared_options, tool_versions
from quality.analysis._options import option_problems
from quality.analysis._prepare import Refusal, prepare, with_newlines

__all__ = [
    "Host",
    "Interrupt",
    "Refusal",
    "compare_sources",
    "declared_options",
    "option_problems",
    "prepare",
    "tool_versions",
    "with_newlines",
]
