"""Validation of what users write: all errors at once, each with the file, the key and a remedy."""

from __future__ import annotations

import contextlib
import difflib
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from quality.model import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

#: More names are not listed in a message.
_MOST_NAMES = 30
#: So many of them are, where there are more.
_EXAMPLES = 3
#: How alike names are, from 0 to 1, of which one may be a slip for the other.
_ALIKE = 0.6
#: Kinds of mistakes → what TOML calls what should be there.
_WORDS = {"model_type": "a table", "dict_type": "a table"}

_Model = TypeVar("_Model", bound=BaseModel)


class StrictModel(BaseModel):
    """Base of what is read from files: unknown keys are errors, types are not guessed, numbers are finite, names are in kebab-case."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
        alias_generator=lambda name: name.replace("_", "-"),
    )


def validated(model: type[_Model], data: object, file: str, prefix: str = "") -> _Model:
    """Reads data into a model.

    Args:
        model: The shape.
        data: What was parsed.
        file: The file's name, for messages.
        prefix: Where in the file the data stands, for example ``tool.quality``.

    Raises:
        ConfigurationError: One line per problem.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [_describe(problem, model, prefix) for problem in error.errors()]
        raise configuration_error(file, problems) from None


def fitting(model: type[_Model], data: object) -> _Model:
    """What is as it should be, key by key: the rest of a file with mistakes, in which there may be others."""
    found: dict[str, object] = {}
    for key, value in data.items() if isinstance(data, dict) else ():
        with contextlib.suppress(ValidationError):
            model.model_validate({key: value})
            found[key] = value
    return model.model_validate(found)


def configuration_error(file: str, problems: Iterable[str]) -> ConfigurationError:
    """One error for all problems of a file."""
    return ConfigurationError("\n".join(f"{file}: {problem}" for problem in problems))


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy that names the nearest known name, or all of them when none is near and they are not too many.

    Of rules only what follows the analyzer is compared: ``pylint:`` alone makes no two of them alike.
    """
    names = sorted(known)
    word = name.rpartition(":")[2]
    by_word = {each.rpartition(":")[2]: each for each in reversed(names)}
    close = difflib.get_close_matches(word, by_word, n=1, cutoff=_ALIKE)
    if close:
        return f"Did you mean {by_word[close[0]]!r}?"
    if len(names) > _MOST_NAMES:
        like = [each for each in names if word in each] or difflib.get_close_matches(name, names, cutoff=0.0)
        return f"There are {len(names)}, among them {', '.join(like[:_EXAMPLES])}."
    return f"Known: {', '.join(names)}."


def _describe(problem: Any, model: type[BaseModel], prefix: str) -> str:
    key = ".".join([*([prefix] if prefix else []), *(str(part) for part in problem["loc"])])
    if problem["type"] == "extra_forbidden":
        return f"unknown key '{key}'. {nearest(str(problem['loc'][-1]), _keys(model, problem['loc'][:-1]))}"
    if problem["type"] == "missing":
        return f"key '{key}' is missing. Add it."
    message = _WORDS.get(problem["type"]) or str(problem["msg"]).removeprefix("Input should be ")
    return f"key '{key}' should be {message}, got {problem['input']!r}."


def _keys(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    """The keys a model knows at a path into it; keys of tables and indices of lists lead nowhere new."""
    for part in path:
        field = next((field for field in model.model_fields.values() if field.alias == part), None)
        if field is not None:
            model = _model_in(field.annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The first model inside an annotation such as ``dict[str, Model] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
