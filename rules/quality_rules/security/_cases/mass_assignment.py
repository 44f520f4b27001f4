"""The cases of the rule mass-assignment."""

from __future__ import annotations

from quality.rules import Invalid, Valid

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
    Valid(
        """
        class Shape:
            def __init__(self, **options):
                self.owner = None
                self.__dict__.update(options)
        """,
        "Arguments by name, which the call shows",
    ),
    Valid(
        """
        class User:
            role = Column()

            def set(self, key, value):
                setattr(self, key, value)
        """,
        "One field, which the call names",
    ),
    Valid(
        """
        def fill(model, data):
            for name, value in data.items():
                setattr(model, name, value)
        """,
        "Nothing says that a client sends it, or that it is stored",
    ),
    Valid(
        "def check(request):\n    form = SignUp(**request.json)\n    return form.is_valid()",
        "It is not stored",
    ),
    Valid("def copy(source, target):\n    target.__dict__.update(source.__dict__)", "Not from a client"),
)

INVALID = (
    Invalid(
        """
        def register(data):
            user = User(**data)
            user.save()
            return user
        """,
        ("2:12-2:24 data chooses which fields are set: name those that may be",),
    ),
    Invalid(
        """
        def register(request):
            db.session.add(User(**request.json))
        """,
        ("2:20-2:40 request.json chooses which fields are set: name those that may be",),
    ),
    Invalid(
        """
        def update_member(member, payload):
            for field, value in payload.items():
                setattr(member, field, value)
            member.save()
        """,
        ("3:9-3:38 payload chooses which fields are set: name those that may be",),
    ),
    Invalid(
        """
        class Profile:
            def __init__(self, name):
                self.name = name
                self.is_admin = False

            def update(self, changes):
                for name, value in changes.items():
                    setattr(self, name, value)
        """,
        ("8:13-8:39 changes chooses which fields are set: name those that may be",),
    ),
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
