"""Profiles and calibration tables: finding, reading and validating them."""

from quality.profiles._load import builtin_profiles, load_calibration, load_profile, read_toml
from quality.profiles._validate import StrictModel, configuration_error, fitting, nearest, validated

__all__ = [
    "StrictModel",
    "builtin_profiles",
    "configuration_error",
    "fitting",
    "load_calibration",
    "load_profile",
    "nearest",
    "read_toml",
    "validated",
]
