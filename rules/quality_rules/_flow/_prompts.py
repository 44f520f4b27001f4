"""What tells a language model what to do."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from quality_rules._flow._values import Harm
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._flow._calls import Called
    from quality_rules._flow._run import Run
    from quality_rules._flow._values import Value

#: Whose messages a model obeys.
_MASTERS: Final = frozenset({"system", "developer"})
#: Arguments that are such a message, whatever is called, and those that are one where a source talks to models.
_TELLING: Final = words("system_prompt system_message system_instruction system_instructions")
_INSTRUCTING: Final = words("system instructions")
#: Classes of such messages.
_MESSAGES: Final = words("SystemMessage DeveloperMessage SystemMessagePromptTemplate SystemPromptPart")
#: Packages that talk to models.
_PACKAGES: Final = words("""
    openai anthropic agents langchain langchain_core langchain_openai litellm ollama mistralai cohere groq llama_index
    pydantic_ai autogen crewai google vertexai together
    """)


def check_message(run: Run, node: ast.Dict, values: Sequence[Value]) -> None:
    """A message is written out: what stands in one of the system is an order."""
    parts = {
        key.value: (part, value)
        for key, part, value in zip(node.keys, node.values, values, strict=True)
        if isinstance(key, ast.Constant)
    }
    if "role" not in parts or "content" not in parts:
        return
    role, (content, value) = parts["role"][0], parts["content"]
    if isinstance(role, ast.Constant) and role.value in _MASTERS:
        run.check(Harm.PROMPT, content, value)


def check_prompt(run: Run, called: Called) -> None:
    """A call is given what a model is to do, or what a tool that it may use is for."""
    if called.last in _MESSAGES:
        values = [*called.args[:1], *(called.named[name] for name in ("content",) if name in called.named)]
    else:
        values = [called.named[name] for name in sorted(_TELLING & called.named.keys())]
        if called.named and not _PACKAGES.isdisjoint(run.facts.packages):
            values += [called.named[name] for name in sorted(_INSTRUCTING & called.named.keys())]
            if called.last.endswith("Tool") and "description" in called.named:
                values.append(called.named["description"])
    for value in values:
        run.check(Harm.PROMPT, called.node, value)
