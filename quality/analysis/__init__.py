"""From a text to an analysis: decode, gate, neutralise, run each analyzer in a guard."""

from quality.analysis._across import compare_sources
from quality.analysis._guard import Interrupt
from quality.analysis._host import Host, declared_options, tool_versions
from quality.analysis._options import option_problems
from quality.analysis._prepare import Refusal, prepare

__all__ = [
    "Host",
    "Interrupt",
    "Refusal",
    "compare_sources",
    "declared_options",
    "option_problems",
    "prepare",
    "tool_versions",
]
