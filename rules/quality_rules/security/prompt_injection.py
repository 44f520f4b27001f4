"""The rule prompt-injection."""

from __future__ import annotations

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class PromptInjection(FlowRule):
    """What a client sends becomes part of the orders of a language model.

    ## What it does
    Follows what a request brings to messages of the system or developer, to instructions of an agent, and to what
    the tools of a model are said to be for. Messages of the user are what clients are to write, and what is taken from a list
    is fine.

    ## Why is this bad
    A model obeys such messages. Whoever writes into one changes what the program does with its data and its tools.

    ## Example
    ```python
    def answer(request, client):
        orders = "Answer in the manner of " + request.GET["manner"]
        return client.chat.completions.create(messages=[{"role": "system", "content": orders}])
    ```

    ## Use instead
    ```python
    MANNERS = {"short": "in one sentence", "long": "in detail"}

    def answer(request, client):
        orders = "Answer " + MANNERS[request.GET["manner"]]
        return client.chat.completions.create(messages=[{"role": "system", "content": orders}])
    ```

    ## References
    - [CWE-1427: improper neutralization of input used for LLM prompting](https://cwe.mitre.org/data/definitions/1427.html)
    """

    cwe = 1427
    effort = 20
    harm = Harm.PROMPT
    message = "tells a model what to do: choose that from a list, and leave the rest to messages of the user"
    least = Level.REMOTE
    mildest = Severity.WARNING

    VALID = (
        Valid(
            """
            def f(request, client):
                text = request.GET["text"]
                return client.chat(messages=[{"role": "system", "content": "Be kind."}, {"role": "user", "content": text}])
            """,
            "It is what the user says",
        ),
        Valid(
            """
            ROLES = ("clerk", "guide")

            def f(request, client):
                role = request.GET["role"]
                if role not in ROLES:
                    raise ValueError(role)
                return client.chat(messages=[{"role": "system", "content": "You are a " + role}])
            """,
            "One of a few",
        ),
        Valid(
            """
            def f(topic, client):
                return client.chat(messages=[{"role": "system", "content": "You know all about " + topic}])
            """,
            "The caller's own",
        ),
        Valid(
            """
            def f(request, form):
                return form.render(instructions=request.GET["text"], system=request.GET["unit"])
            """,
            "No model is near",
        ),
    )
    INVALID = (
        Invalid(
            """
            from flask import request
            from anthropic import Anthropic

            def f():
                persona = request.args["persona"]
                return Anthropic().messages.create(system=f"You are {persona}.", messages=[])
            """,
            (
                (
                    "6:12-6:82 request.args tells a model what to do: choose that from a list, and leave the rest to messages of"
                    " the user"
                ),
            ),
        ),
        Invalid(
            """
            from flask import request
            from agents import FunctionTool

            def f(run):
                return FunctionTool(name="find", description="Finds " + request.args["what"], on_invoke_tool=run)
            """,
            (
                (
                    "5:12-5:102 request.args tells a model what to do: choose that from a list, and leave the rest to messages"
                    " of the user"
                ),
            ),
        ),
    )
