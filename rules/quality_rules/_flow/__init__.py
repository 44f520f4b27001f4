"""Data flow: what comes from outside, and where it does harm. One analysis per source serves all rules."""

from quality_rules._flow._flow import Flow, flow
from quality_rules._flow._functions import answers_requests
from quality_rules._flow._hits import Hit
from quality_rules._flow._names import tells_fitness
from quality_rules._flow._rule import FlowRule
from quality_rules._flow._values import Harm, Level, Taint

__all__ = [
    "Flow",
    "FlowRule",
    "Harm",
    "Hit",
    "Level",
    "Taint",
    "answers_requests",
    "flow",
    "tells_fitness",
]
