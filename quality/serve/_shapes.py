"""What goes in and comes out, for the OpenAPI document and to check requests. Imported when the service starts."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Required

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from quality.model import UsageError
from quality.schema.shapes import ScoreLine, Unit

Text = Annotated[Any, Field(description="A text, a chat message, or a list of them.")]
Verdict = Annotated[
    bool | Annotated[float, Field(ge=0, le=1)] | None,
    Field(description="Whether a sample passes its tests, or which fraction of them; null for unknown."),
]


class SampleObject(TypedDict, total=False):
    """One sample. Other keys come back with its result."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    id: Annotated[Any, Field(description="Comes back.")]
    code: Annotated[Any, Field(description="Python source text.")]
    completion: Annotated[Any, Field(description="Instead of code: a text or chat messages with code in it.")]
    prompt: Annotated[Any, Field(description="What a completion answers.")]


class RewardRequest(BaseModel):
    """A batch. Each list has an entry per completion."""

    model_config = ConfigDict(extra="forbid", strict=True)

    completions: list[Text]
    prompts: list[Text] | None = None
    passed: list[Verdict] | None = None
    tests_fraction: list[Verdict] | None = None
    reference: Annotated[
        list[Text] | None, Field(description="Code that Q is relative to, with --relative reference.")
    ] = None
    before: Annotated[
        list[Text] | None, Field(description="Code that Q is relative to, with --relative before.")
    ] = None
    entry_point: Annotated[
        list[str | None] | None,
        Field(description="Name of the function that was asked for: code that it does not need lowers Q."),
    ] = None


class RewardAnswer(TypedDict):
    """The rewards of a batch."""

    rewards: Annotated[list[Unit | None], Field(description="One per completion; null for none.")]
    components: Annotated[list[dict[str, float]], Field(description="The parts of each, with fixed keys.")]
    profile: str
    fingerprint: str


class RemoteRequest(TypedDict, total=False):
    """What OpenRLHF posts to a remote reward model."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    query: Required[Annotated[list[Text], Field(description="Prompt and answer, one text per sample.")]]
    prompts: list[Text] | None
    labels: Annotated[
        list[Any] | None,
        Field(
            description="An object (or its JSON) may say passed, tests_fraction, reference, before or entry_point."
        ),
    ]


class RemoteAnswer(TypedDict):
    """What OpenRLHF expects of a remote reward model."""

    rewards: list[Unit]
    scores: list[Unit]
    extra_logs: dict[str, list[float]]


class VerifyRequest(TypedDict, total=False):
    """What NeMo-Gym posts to a resources server."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    responses_create_params: Any
    response: Annotated[Any, Field(description="A response of OpenAI's Responses API.")]
    verifier_metadata: Annotated[
        Any, Field(description="May say passed, tests_fraction, reference, before or entry_point.")
    ]


class VerifyAnswer(TypedDict):
    """The request's fields with the reward."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    reward: Unit
    reward_components: dict[str, float]


class Health(TypedDict):
    """Whether the service works."""

    status: Literal["ok", "broken"]
    detail: str
    profile: str
    fingerprint: str
    version: str
    waiting: Annotated[int, Field(ge=0, description="Texts that wait or are being judged.")]


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Field(description="What is wrong.")]
    remedy: Annotated[str, Field(description="What to do about it.")]


#: Everything that the OpenAPI document names.
SHAPES: tuple[type, ...] = (
    *(SampleObject, ScoreLine, RewardRequest, RewardAnswer, RemoteRequest, RemoteAnswer),
    *(VerifyRequest, VerifyAnswer, Health, Problem),
)


#: How many problems of a body are told.
_TOLD = 10


def read_reward(body: object) -> RewardRequest:
    """Reads a reward request.

    Raises:
        UsageError: Names every key that is wrong.
    """
    try:
        request = RewardRequest.model_validate(body)
    except ValidationError as error:
        problems = error.errors(include_input=False, include_url=False)
        told = [f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in problems[:_TOLD]]
        more = f" (and {len(problems) - _TOLD} more)" * (len(problems) > _TOLD)
        raise UsageError(
            "; ".join(told) + more + ".", remedy="The form of a request is in /openapi.json."
        ) from None
    count = len(request.completions)
    for name, values in request:
        if values is not None and len(values) != count:
            raise UsageError(
                f"'{name}' has {len(values)} entries, 'completions' {count}.",
                remedy="Give each list an entry per completion, or leave it out.",
            )
    return request


def definitions() -> dict[str, Any]:
    """The JSON Schemas of all shapes by name."""
    _, found = TypeAdapter.json_schemas(
        [(shape.__name__, "validation", TypeAdapter[Any](shape)) for shape in SHAPES],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = found["$defs"]
    return schemas
