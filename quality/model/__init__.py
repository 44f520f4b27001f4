"""The words of this project as immutable types. Imports nothing but the standard library."""

from quality.model._analyzer import Analyzer, AnalyzerContext, AnalyzerResult, Clearance
from quality.model._errors import ConfigurationError, HostError, PluginError, QualityError, UsageError
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
from quality.model._outline import (
    MODULE_SCOPE,
    FunctionNode,
    Outline,
    Unit,
    body_digest,
    count_statements,
    is_docstring,
    is_function,
)
from quality.model._profile import (
    AnalyzerUse,
    Calibration,
    Curve,
    Dimension,
    Limits,
    OptionValue,
    Profile,
    matches,
)
from quality.model._report import Renderer, Report, SourceReport
from quality.model._rule import Confidence, Option, Rule, Severity
from quality.model._score import Analysis, Contribution, Reason, Score, Status
from quality.model._source import Directive, Role, Source

__all__ = [
    "MODULE_SCOPE",
    "Analysis",
    "Analyzer",
    "AnalyzerContext",
    "AnalyzerFailure",
    "AnalyzerResult",
    "AnalyzerUse",
    "Calibration",
    "Clearance",
    "Confidence",
    "ConfigurationError",
    "Contribution",
    "Curve",
    "Dimension",
    "Directive",
    "FailureKind",
    "Finding",
    "FlowStep",
    "FunctionNode",
    "HostError",
    "Limits",
    "Location",
    "Measure",
    "Metric",
    "Option",
    "OptionValue",
    "Outline",
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
    "Unit",
    "UsageError",
    "body_digest",
    "count_statements",
    "is_docstring",
    "is_function",
    "matches",
]
