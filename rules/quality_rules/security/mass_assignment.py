"""The rule mass-assignment."""

from __future__ import annotations

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level


class MassAssignment(FlowRule):
    """A client chooses which fields of a stored object are set.

    ## What it does
    Follows what a request brings to the name that `setattr` sets, and to mappings that are spread over a model or its
    `create` and `update`, or put into an object's `__dict__`. A name that was looked up in a list of what may be set,
    and what a form, schema or serializer let through, are fine.

    ## Why is this bad
    The client adds a field that the form does not show, such as `is_admin`, `owner_id` or `price`, and it is stored.

    ## Example
    ```python
    def save(request):
        for name, value in request.POST.items():
            setattr(request.user, name, value)
    ```

    ## Use instead
    ```python
    EDITABLE = ("first_name", "last_name")

    def save(request):
        for name in EDITABLE:
            setattr(request.user, name, request.POST[name])
    ```

    ## References
    - [CWE-915: improperly controlled modification of object attributes](https://cwe.mitre.org/data/definitions/915.html)
    """

    cwe = 915
    harm = Harm.FIELDS
    message = "chooses which fields are set: name those that may be"
    least = Level.REMOTE
    mildest = Severity.WARNING

    VALID = (
        Valid(
            """
            EDITABLE = ("name", "bio")

            def save(request):
                for name, value in request.POST.items():
                    if name in EDITABLE:
                        setattr(request.user, name, value)
            """,
            "Out of a fixed list",
        ),
        Valid(
            """
            @app.patch("/users/{number}")
            def save(number: int, change: UserChange):
                user = find(number)
                for name, value in change.model_dump().items():
                    setattr(user, name, value)
            """,
            "A schema names the fields",
        ),
        Valid(
            """
            @app.patch("/users/{number}")
            def save(number: int, change: UserChange):
                user = find(number)
                for name, value in change.dict(exclude_unset=True).items():
                    setattr(user, name, value)
            """,
            "Likewise, as it was called before",
        ),
        Valid(
            """
            from app.models import User

            def add(request):
                form = UserForm(request.POST)
                if form.is_valid():
                    User.objects.create(**form.cleaned_data)
            """,
            "A form names the fields",
        ),
        Valid(
            """
            from app.models import User

            def add(request):
                data = request.get_json()
                fields = {"name": data["name"], "bio": data["bio"]}
                return User(**fields), User(**{key: data[key] for key in ("name", "bio")})
            """,
            "Written out",
        ),
        Valid("def add(request):\n    search(**request.GET)", "Nothing is stored"),
        Valid("def copy(source, target):\n    target.__dict__.update(source.__dict__)", "Not from a client"),
    )
    INVALID = (
        Invalid(
            """
            from app.models import User

            def add(request):
                return User.objects.create(**request.POST.dict())
            """,
            ("4:12-4:54 request.POST chooses which fields are set: name those that may be",),
        ),
        Invalid(
            """
            from flask import request
            from app.models import User

            def add():
                data = request.get_json()
                return User(**data)
            """,
            ("6:12-6:24 request.get_json() chooses which fields are set: name those that may be",),
        ),
        Invalid(
            """
            @app.patch("/users/{number}")
            def save(number: int, change: dict):
                user = find(number)
                for name, value in change.items():
                    setattr(user, name, value)
            """,
            ("5:9-5:35 change chooses which fields are set: name those that may be",),
        ),
        Invalid(
            """
            def save(request, account):
                account.__dict__.update(request.json)
            """,
            ("2:5-2:42 request.json chooses which fields are set: name those that may be",),
        ),
    )
