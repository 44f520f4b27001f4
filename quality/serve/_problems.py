"""Errors as callers see them: JSON in the form of RFC 9457, with a remedy."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from quality.model import UsageError
from quality.serve._dispatcher import BrokenError, BusyError, OverdueError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Media type of a problem.
PROBLEM = "application/problem+json"


class ProblemError(Exception):
    """A request that is not answered as it was meant to be.

    Args:
        status: HTTP status.
        detail: What is wrong.
        remedy: What to do about it.
        headers: Headers of the answer.
    """

    def __init__(
        self, status: HTTPStatus, detail: str, remedy: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.remedy = remedy
        self.headers = dict(headers or {})

    def document(self) -> dict[str, object]:
        """The body of the answer."""
        return {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            "remedy": self.remedy,
        }


def busy(seconds: int) -> ProblemError:
    """Too much is under way."""
    return ProblemError(
        HTTPStatus.TOO_MANY_REQUESTS,
        "The service has as much to do as it takes on.",
        f"Try again in {seconds} s.",
        {"Retry-After": str(seconds)},
    )


def overdue(deadline: float) -> ProblemError:
    """The deadline passed."""
    return ProblemError(
        HTTPStatus.GATEWAY_TIMEOUT,
        f"The request was not answered within {deadline:g} s.",
        "Send fewer texts at once, or start the service with more --jobs or a later --deadline.",
    )


def broken(detail: str) -> ProblemError:
    """The scorer broke."""
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        detail,
        "Try again; if it stays so, see the service's log.",
        {"Retry-After": "5"},
    )


def problem_of(error: Exception, deadline: float) -> ProblemError:
    """The problem that an error is for a caller; what was not foreseen says nothing of the inside."""
    match error:
        case ProblemError():
            return error
        case BusyError():
            return busy(error.seconds)
        case OverdueError():
            return overdue(deadline)
        case BrokenError():
            return broken(str(error))
        case UsageError():
            return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, error.message, error.remedy)
        case _:
            return ProblemError(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                f"Internal error ({type(error).__name__}).",
                "Start the service with QUALITY_DEBUG=1 in its environment and report what it prints.",
            )
