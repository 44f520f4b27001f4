"""Answers as Starlette sends them."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from quality.serve._problems import PROBLEM, ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request


def problem_answer(problem: ProblemError) -> Response:
    """A problem as an answer."""
    body = json.dumps(problem.document()).encode("ascii")
    return Response(body, int(problem.status), problem.headers, PROBLEM)


def on_problem(_request: Request, error: Exception) -> Response:
    """Answers what an endpoint raised on purpose."""
    if not isinstance(error, ProblemError):
        raise error
    return problem_answer(error)


def on_route(request: Request, error: Exception) -> Response:
    """Answers what has no endpoint."""
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        detail, remedy = f"{request.method} is not for this path.", f"Use one of: {allowed}."
    else:
        detail, remedy = "There is nothing here.", "The paths are in /openapi.json."
    return problem_answer(ProblemError(status, detail, remedy, error.headers))
