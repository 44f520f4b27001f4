"""The OpenAPI document: every path, what goes in, what comes out, and every error."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from quality import __version__
from quality.serve._problems import PROBLEM
from quality.serve._service import JSON, LINES
from quality.serve._shapes import definitions

#: How any request can fail.
_ANY = (HTTPStatus.INTERNAL_SERVER_ERROR,)
#: How a request that is worked on can fail.
_WORK = (
    *(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    *(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS),
    *(HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT),
)


@dataclass(frozen=True, slots=True)
class _Operation:
    """One thing to ask for: with a body it is posted."""

    name: str
    summary: str
    answer: dict[str, Any]
    body: dict[str, Any] | None = None


def document(*, token: bool) -> dict[str, Any]:
    """Makes the document.

    Args:
        token: Whether callers show a token.
    """
    paths = {path: _path(operation, token=token) for path, operation in _operations().items()}
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "quality",
            "version": __version__,
            "description": "How good is this Python code? Scores and rewards.",
        },
        "paths": {**paths, "/healthz": _health()},
        "components": {"schemas": definitions()},
    }
    if token:
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{"token": []}]
    return described


def _operations() -> dict[str, _Operation]:
    text = {"schema": {"type": "string"}}
    lines = dict.fromkeys(LINES, text)
    anything = {"description": "A SampleObject; what is none is answered as bad input."}
    return {
        "/score": _Operation(
            "score",
            "Scores a sample, a list of samples, or JSON lines of samples.",
            {**_json(_shape("ScoreLine"), _list(_shape("ScoreLine"))), **lines},
            {**_json(_shape("SampleObject"), _list(anything)), **lines},
        ),
        "/reward": _Operation(
            "reward",
            "Rewards a batch; answers OpenRLHF's form too.",
            _json(_shape("RewardAnswer"), _shape("RemoteAnswer")),
            _json(_shape("RewardRequest"), _shape("RemoteRequest")),
        ),
        "/get_reward": _Operation(
            "get_reward",
            "Rewards a batch in the form of OpenRLHF.",
            _json(_shape("RemoteAnswer")),
            _json(_shape("RemoteRequest")),
        ),
        "/verify": _Operation(
            "verify",
            "Rewards one response in the form of NeMo-Gym.",
            _json(_shape("VerifyAnswer")),
            _json(_shape("VerifyRequest")),
        ),
        "/metrics": _Operation("metrics", "Numbers for Prometheus.", {"text/plain": text}),
        "/openapi.json": _Operation("openapi", "This document.", _json({"type": "object"})),
    }


def _path(operation: _Operation, *, token: bool) -> dict[str, Any]:
    failures = [*(_WORK if operation.body else ()), *_ANY, *([HTTPStatus.UNAUTHORIZED] if token else ())]
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "responses": {
            "200": {"description": "Done.", "content": operation.answer},
            **{str(int(status)): _problem(status) for status in sorted(failures)},
        },
    }
    if operation.body is None:
        return {"get": described}
    return {"post": {**described, "requestBody": {"required": True, "content": operation.body}}}


def _health() -> dict[str, Any]:
    answers = {"200": "It works.", "503": "It does not."}
    described = {
        "operationId": "healthz",
        "summary": "Whether the service works. Needs no token.",
        "security": [],
        "responses": {
            status: {"description": what, "content": _json(_shape("Health"))}
            for status, what in answers.items()
        },
    }
    return {"get": described}


def _problem(status: HTTPStatus) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": status.phrase,
        "content": {PROBLEM: {"schema": _shape("Problem")}},
    }
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        seconds = {"description": "Seconds.", "required": True, "schema": {"type": "integer"}}
        answer["headers"] = {"Retry-After": seconds}
    return answer


def _json(*schemas: dict[str, Any]) -> dict[str, Any]:
    return {JSON: {"schema": schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}}}


def _shape(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
