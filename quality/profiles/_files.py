"""The shapes of profile files and calibration tables."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from quality.profiles._validate import StrictModel

_Number = float
_Option = bool | int | float | str | list[str]


class AnalyzerEntry(StrictModel):
    """An analyzer that the profile wants."""

    id: str
    required: bool = True


class DimensionEntry(StrictModel):
    """A dimension; ``half-points`` only where the calibration table has none for it.

    ``judged-by = "units"`` takes the size and complexity of functions instead of findings.
    """

    title: str
    description: str
    weight: _Number = Field(gt=0, le=1)
    half_points: _Number | None = Field(default=None, gt=0)
    judged_by: Literal["findings", "units"] = "findings"


class LimitsEntry(StrictModel):
    """What is refused; what is not named keeps its default."""

    characters: int | None = Field(default=None, gt=0)
    lines: int | None = Field(default=None, gt=0)
    line_length: int | None = Field(default=None, gt=0)
    brackets: int | None = Field(default=None, gt=0)
    nodes: int | None = Field(default=None, gt=0)
    depth: int | None = Field(default=None, gt=0)
    branches: int | None = Field(default=None, gt=0)
    lineage: int | None = Field(default=None, gt=0)
    ancestors: int | None = Field(default=None, gt=0)


class ProfileFile(StrictModel):
    """A profile in TOML. With ``extends`` it starts from another profile and names what differs.

    ``ignore``, ``ignore-in-tests`` and ``options`` add to those of the other profile; all else replaces them.
    """

    extends: str | None = None
    description: str | None = None
    sealed: bool | None = None
    table: str | None = None
    analyzers: list[AnalyzerEntry] | None = None
    dimensions: dict[str, DimensionEntry] | None = None
    select: list[str] | None = None
    ignore: list[str] | None = None
    ignore_in_tests: list[str] | None = None
    caps: dict[str, Annotated[_Number, Field(ge=0, le=1)]] | None = None
    volume: _Number | None = Field(default=None, gt=0)
    suppressed_factor: _Number | None = Field(default=None, ge=0, le=1)
    limits: LimitsEntry | None = None
    options: dict[str, dict[str, _Option]] | None = None


class CurveEntry(StrictModel):
    """Anchors of a scoring curve."""

    p90: _Number = Field(ge=0)
    p50: _Number = Field(gt=0)
    exponent: _Number = Field(gt=0, le=1)
    free: dict[str, _Number] = Field(default_factory=dict)


class PointsEntry(StrictModel):
    """Points of a finding by severity."""

    note: _Number = Field(ge=0)
    warning: _Number = Field(ge=0)
    error: _Number = Field(ge=0)


class ConfidenceEntry(StrictModel):
    """Factors on the points by confidence."""

    low: _Number = Field(ge=0, le=1)
    medium: _Number = Field(ge=0, le=1)
    high: _Number = Field(ge=0, le=1)


class PeersEntry(StrictModel):
    """How a metric spreads among functions of one size."""

    intercept: _Number
    slope: _Number
    sigma: _Number = Field(gt=0)
    least: _Number = 0.0


class FitEntry(StrictModel):
    """Distances of left-out projects from the rest of the corpus."""

    reference: _Number = Field(ge=0, le=1)
    peers: _Number | None = Field(default=None, ge=0, le=1)


class FiringEntry(StrictModel):
    """How often a rule fires in the corpus."""

    per_kilo: _Number = Field(ge=0)
    share: _Number = Field(ge=0, le=1)


class TableFile(StrictModel):
    """A calibration table in JSON, written by ``quality calibrate``."""

    name: str
    curves: dict[str, CurveEntry]
    half_points: dict[str, Annotated[_Number, Field(gt=0)]]
    points: PointsEntry
    confidence: ConfidenceEntry
    grades: dict[str, _Number]
    total_grades: dict[str, _Number] = Field(default_factory=dict)
    peers: dict[str, PeersEntry] = Field(default_factory=dict)
    fit: dict[str, FitEntry] = Field(default_factory=dict)
    firing: dict[str, FiringEntry] = Field(default_factory=dict)
    facts: dict[str, object] = Field(default_factory=dict)
