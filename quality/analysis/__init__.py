"""From a text to an analysis: decode, gate, neutralise, run each analyzer in a guard."""

from quality.analysis._across import compare_sources
from quality.analysis._guard import Interrupt
from quality.analysis._host import Host, tool_versions
from quality.analysis._prepare import Refusal, prepare

__all__ = ["Host", "Interrupt", "Refusal", "compare_sources", "prepare", "tool_versions"]
