"""The errors a caller can meet. Each names the plugin or file, what is wrong and what to do."""

from __future__ import annotations


class QualityError(Exception):
    """The root of all errors this package raises on purpose.

    Args:
        message: What is wrong, and in which plugin or file.
        remedy: What to do about it, as a sentence; empty when the message says it already.
    """

    #: What the command exits with when this error ends it.
    exit_code = 3

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)  # the rest is restored from __dict__ when it is unpickled
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(QualityError):
    """The call is wrong: a missing path, an unknown name, a value out of range."""

    exit_code = 2


class ConfigurationError(UsageError):
    """Settings or a profile are wrong. The message lists every problem of the file at once."""


class HostError(QualityError):
    """The host cannot judge: a required analyzer is missing or broken, or the workers do not start."""


class PluginError(HostError):
    """A plugin broke its contract. The message names the plugin and its distribution."""
