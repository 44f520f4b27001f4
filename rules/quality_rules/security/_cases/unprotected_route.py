"""The cases of the rule unprotected-route."""

from __future__ import annotations

from quality.rules import Invalid, Valid

VALID = (
    Valid(
        "@app.delete('/notes')\ndef remove():\n    notes.clear()",
        "Nothing here asks: it may be asked before",
    ),
    Valid(
        """
        app = Flask(__name__)

        @app.before_request
        def ask():
            check(request)

        @app.delete("/admin/notes")
        def remove():
            notes.clear()
        """,
        "It is asked before",
    ),
    Valid("@bp.delete('/admin/notes')\ndef remove():\n    notes.clear()", "It may be asked elsewhere"),
    Valid(
        """
        @app.get("/")
        @login_required
        def home():
            return page()

        @app.post("/login")
        def login():
            return enter()
        """,
        "For everybody",
    ),
    Valid(
        """
        @app.get("/")
        @login_required
        def home():
            return page()

        @app.post("/notes")
        def add(request):
            if not request.user.is_authenticated:
                raise PermissionError
            return save()
        """,
        "It looks itself",
    ),
    Valid(
        """
        router = APIRouter(dependencies=[Depends(checked)])

        @router.get("/notes")
        def show(user=Depends(get_current_user)):
            return notes[user]

        @router.put("/notes/{name}")
        def change(name: str, note: Note):
            notes[name] = note
        """,
        "All routes ask",
    ),
    Valid(
        """
        Somebody = Annotated[User, Depends(get_user)]

        @router.get("/notes")
        def show(user: Annotated[User, Depends(get_current_user)]):
            return notes[user]

        @router.put("/notes/{name}")
        def change(name: str, somebody: Somebody):
            notes[name] = somebody
        """,
        "A name for what fills it",
    ),
    Valid(
        """
        @login_required
        def pause(request, pk):
            get_object_or_404(Job, pk=pk, team__members=request.user).pause()

        def ask(request, pk):
            job = get_object_or_404(Job, pk=pk)
            question = QuestionForm(request.POST).save(commit=False)
            question.job = job
            question.save()
        """,
        "What is new is saved, and not what was found",
    ),
)

INVALID = (
    Invalid(
        """
        from flask import Flask

        app = Flask(__name__)

        @app.delete("/admin/notes/<int:number>")
        def remove(number):
            notes.pop(number)
            return "", 204
        """,
        (
            "6:1-6:20 remove() lets everybody in, and its address says that it is not for everybody: ask who it is",
        ),
    ),
    Invalid(
        """
        @login_required
        def pause(request, pk):
            job = get_object_or_404(Job, pk=pk)
            job.paused = True
            job.save()
            return redirect(job)

        @require_POST
        def stop(request, pk):
            get_object_or_404(Job, pk=pk).delete()
            return redirect("jobs")
        """,
        ("9:1-9:23 stop() lets everybody in, and pause() does not: ask who it is",),
    ),
    Invalid(
        """
        @app.get("/notes")
        @login_required
        def show():
            return page()

        @app.route("/notes", methods=["DELETE"])
        def remove():
            db.session.delete(notes)
        """,
        ("7:1-7:14 remove() lets everybody in, and show() does not: ask who it is",),
    ),
    Invalid(
        """
        @router.get("/notes")
        def show(user=Depends(get_current_user)):
            return notes[user]

        @router.put("/notes/{name}")
        async def change(name: str, note: Note):
            notes[name] = note
        """,
        ("6:1-6:41 change() lets everybody in, and show() does not: ask who it is",),
    ),
)
