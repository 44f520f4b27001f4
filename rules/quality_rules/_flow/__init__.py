"""Data flow: what comes from outside, and where it does harm. One analysis per source serves all rules.

``_flow`` follows a source function by function, as far as ``_worth`` says that it is worth it. In these files is

- what follows: ``_run`` goes through a function, with the values of names in a ``_state``; the others say what comes of
  statements (``_statements``, ``_branches``, ``_loops``), expressions (``_expressions``, ``_access``, ``_formatting``) and
  calls (``_calls``, ``_methods``, ``_carrying``, ``_containers``, ``_stored``), and ``_functions``, ``_classes``,
  ``_attributes`` and ``_exits`` what one function tells another;
- what a value is: ``_values``, ``_parts`` for what an expression is made of, and ``_texts`` for how a text begins;
- what a test proves: ``_guards``, with ``_compared``, ``_told``, ``_paths`` and ``_alphabets``, which give ``_proofs``, and
  ``_constants`` for what never varies;
- where a value does harm: ``_checks``, with ``_answers``, ``_fields``, ``_logged``, ``_options``, ``_prompts``,
  ``_starting`` and ``_worded``;
- what is found: ``_hits``, kept in ``_found``, and reported by rules that derive from ``_rule``;
- what is known of libraries and of names: ``_knowledge``, ``_sinks`` and ``_names``.
"""

from quality_rules._flow._fields import has_privilege
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
    "has_privilege",
    "tells_fitness",
]
