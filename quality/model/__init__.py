"""The words of this project as immutable types. Imports nothing but the standard library.

- A text: ``_source`` and its trees, with ``_nodes`` (found in one walk), ``_outline`` (its units and their sizes),
  ``_location`` and ``_visible`` (hostile text shown).
- What is said of it: ``_analyzer``, ``_finding``, ``_rule``, ``_case``, ``_evidence``, ``_score``, ``_costs`` and ``_report``.
- Who says how: ``_profile``. What goes wrong: ``_errors``.
- What names stand for: ``_origins``, out of ``_bindings``, ``_conventions`` (names that nothing binds), ``_naming``,
  ``_builtins``, ``_handed`` (calls that call what they are handed) and ``_folding`` (what constants come out as).
- The same source with its detours written out: ``_plain``, for calls ``_plain_calls``, with one file for each kind of detour:
  ``_arguments``, ``_operations``, ``_choices``, ``_lambdas``, ``_namespaces``, ``_holders``, ``_helpers``, ``_disguised``,
  ``_discarded`` and ``_caught``. ``_truths`` shortens its conditions.

``_cached`` makes attributes on first use, ``_parsing`` syntax trees.
"""

from quality.model._analyzer import Analyzer, AnalyzerContext, AnalyzerResult, Clearance, Comparing, Trace
from quality.model._builtins import BUILTIN_FUNCTIONS, BUILTINS
from quality.model._cached import cached_property
from quality.model._case import Case
from quality.model._choices import first_or
from quality.model._costs import Cost, Costs
from quality.model._errors import ConfigurationError, HostError, PluginError, QualityError, UsageError
from quality.model._evidence import Coverage, Evidence, FailedTest, FunctionCoverage, SuiteResults
from quality.model._finding import (
    AnalyzerFailure,
    FailureKind,
    Finding,
    FlowStep,
    Measure,
    Metric,
    Scope,
    ScopeKind,
)
from quality.model._location import Location
from quality.model._nodes import Nodes, children
from quality.model._origins import IMPORTERS, Origins
from quality.model._outline import (
    BLOCKS,
    MODULE_SCOPE,
    FunctionNode,
    Outline,
    Unit,
    body_digest,
    count_statements,
    dedented,
    function_around,
    is_docstring,
    is_function,
    is_special,
    module_statements,
)
from quality.model._parsing import parse, parsed
from quality.model._plain_calls import names_of_type
from quality.model._profile import (
    AnalyzerUse,
    Calibration,
    Curve,
    Dimension,
    Firing,
    Fit,
    Limits,
    OptionValue,
    Peers,
    Profile,
    matches,
)
from quality.model._report import Document, Renderer, Report, SourceReport, counted
from quality.model._rule import Confidence, Option, Rule, Severity, defect_classes
from quality.model._score import Analysis, Contribution, Reason, Score, Status
from quality.model._source import Directive, Role, Source
from quality.model._visible import hidden, shortened, spelled, visible

__all__ = [
    "BLOCKS",
    "BUILTINS",
    "BUILTIN_FUNCTIONS",
    "IMPORTERS",
    "MODULE_SCOPE",
    "Analysis",
    "Analyzer",
    "AnalyzerContext",
    "AnalyzerFailure",
    "AnalyzerResult",
    "AnalyzerUse",
    "Calibration",
    "Case",
    "Clearance",
    "Comparing",
    "Confidence",
    "ConfigurationError",
    "Contribution",
    "Cost",
    "Costs",
    "Coverage",
    "Curve",
    "Dimension",
    "Directive",
    "Document",
    "Evidence",
    "FailedTest",
    "FailureKind",
    "Finding",
    "Firing",
    "Fit",
    "FlowStep",
    "FunctionCoverage",
    "FunctionNode",
    "HostError",
    "Limits",
    "Location",
    "Measure",
    "Metric",
    "Nodes",
    "Option",
    "OptionValue",
    "Origins",
    "Outline",
    "Peers",
    "PluginError",
    "Profile",
    "QualityError",
    "Reason",
    "Renderer",
    "Report",
    "Role",
    "Rule",
    "Scope",
    "ScopeKind",
    "Score",
    "Severity",
    "Source",
    "SourceReport",
    "Status",
    "SuiteResults",
    "Trace",
    "Unit",
    "UsageError",
    "body_digest",
    "cached_property",
    "children",
    "count_statements",
    "counted",
    "dedented",
    "defect_classes",
    "first_or",
    "function_around",
    "hidden",
    "is_docstring",
    "is_function",
    "is_special",
    "matches",
    "module_statements",
    "names_of_type",
    "parse",
    "parsed",
    "shortened",
    "spelled",
    "visible",
]
