"""The rule unowned-record."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import (
    AstRule,
    Invalid,
    Valid,
    decorators,
    last_word,
    name_words,
    positional_of,
    with_defaults,
)
from quality_rules._called import called_word, word_at
from quality_rules._filled import declared
from quality_rules._words import words

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

#: Decorators that ask who somebody is, and not what they may do.
_WHO = words("login_required fresh_login_required jwt_required auth_required token_required")
#: Other decorators of routes and views that leave it at that.
_HOW = words(
    "route get post put patch delete require_POST require_GET require_safe require_http_methods never_cache"
)
#: Functions and methods that look a record up by its key.
_LOOKUPS = words("get get_or_404 get_object_or_404 filter_by filter")
#: What the key of a record is called.
_KEYS = words("id pk uuid")
#: Records that somebody has, which are nobody else's business.
_OWNED = words(
    "account address appointment booking card cart claim contract document draft invoice loan message note order payment"
    " payslip prescription profile receipt reservation statement subscription ticket transaction transfer wallet"
)
#: Views that find a record by its key, what lets in who is known, and methods that choose which records there are.
_VIEWS = words("DetailView UpdateView DeleteView")
_MIXIN = "LoginRequiredMixin"
_CHOOSING = words("get_queryset get_object test_func dispatch has_permission")
#: Words of what says whose something is, or what somebody may do.
_ASKS = re.compile(
    r"user|owner|author|customer|member|tenant|team|company|organi[sz]ation|identity|permi|allow|access|author|can_|may_"
    r"|check|verify|belongs|role|staff|admin|current|^g$|^session$|^40[13]$",
    re.IGNORECASE,
)


class UnownedRecord(AstRule):
    """A record that somebody has is shown to everybody who is logged in.

    ## What it does
    Reports routes and views that ask who somebody is (`@login_required`, `LoginRequiredMixin`, or a parameter that depends on a
    current user, and is not looked at), find an order, a message, an invoice or another
    record that people have for themselves by the key in the address alone, and never look at whose it is.

    Routes that ask for the owner, for rights, or for anything of the user, and records of other names, are fine.

    ## Why is this bad
    Whoever is logged in counts through the keys, and reads or changes what is somebody else's.

    ## Example
    ```python
    @app.get("/invoices/<int:number>")
    @login_required
    def show(number):
        invoice = Invoice.query.get_or_404(number)
        return render(invoice)
    ```

    ## Use instead
    ```python
    @app.get("/invoices/<int:number>")
    @login_required
    def show(number):
        invoice = Invoice.query.filter_by(id=number, owner=current_user).first_or_404()
        return render(invoice)
    ```

    ## References
    - [CWE-639: authorization bypass through user-controlled key](https://cwe.mitre.org/data/definitions/639.html)
    """

    dimension = "security"
    confidence = Confidence.LOW
    cwe = 639
    weight = 0.5
    effort = 20

    needs = _WHO | {_MIXIN, "Depends", "Security"}

    VALID = (
        Valid(
            """
            @login_required
            def show(request, pk):
                return render(get_object_or_404(Order, pk=pk, customer=request.user))
            """,
            "It asks for the owner",
        ),
        Valid(
            "@login_required\ndef show(request, pk):\n    return render(get_object_or_404(Article, pk=pk))",
            "For everybody",
        ),
        Valid(
            "@admin_required\n@login_required\ndef show(request, pk):\n    return render(get_object_or_404(Order, pk=pk))",
            "It asks for a right",
        ),
        Valid(
            """
            @login_required
            def show(request, pk):
                order = get_object_or_404(Order, pk=pk)
                check_access(order)
                return render(order)
            """,
            "It asks itself",
        ),
        Valid(
            "def show(request, pk):\n    return render(get_object_or_404(Order, pk=pk))", "Nobody is known"
        ),
        Valid(
            """
            class OrderView(LoginRequiredMixin, DetailView):
                model = Order

                def get_queryset(self):
                    return Order.objects.filter(customer=self.request.user)
            """,
            "Its own are looked among",
        ),
        Valid("class OrderView(LoginRequiredMixin, CreateView):\n    model = Order", "A new one"),
    )
    INVALID = (
        Invalid(
            """
            @app.get("/invoices/{number}")
            def show(number: int, user=Depends(get_current_user), db=Depends(connect)):
                return db.get(Invoice, number)
            """,
            ("3:12-3:35 show() finds any Invoice by its key: ask whose it is",),
        ),
        Invalid(
            """
            Known = Annotated[User, Depends(get_current_user)]

            @app.get("/invoices/{number}")
            def show(number: int, user: Known, db: Annotated[Session, Depends(connect)]):
                return db.get(Invoice, number)
            """,
            ("5:12-5:35 show() finds any Invoice by its key: ask whose it is",),
        ),
        Invalid(
            """
            class OrderView(LoginRequiredMixin, DetailView):
                model = Order
                template_name = "order.html"
            """,
            ("2:5-2:18 OrderView finds any Order by its key: ask whose it is",),
        ),
        Invalid(
            """
            @app.get("/invoices/<int:number>")
            @login_required
            def show(number):
                invoice = Invoice.query.filter_by(id=number).first()
                return render(invoice)
            """,
            ("4:15-4:49 show() finds any Invoice by its key: ask whose it is",),
        ),
        Invalid(
            """
            @login_required
            def remove(request, pk):
                get_object_or_404(models.OrderItem, pk=pk).delete()
            """,
            ("3:5-3:47 remove() finds any OrderItem by its key: ask whose it is",),
        ),
        Invalid(
            "@jwt_required()\ndef get(self, key):\n    return Message.objects.get(pk=key).text",
            ("3:12-3:39 get() finds any Message by its key: ask whose it is",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions(
            "login_required", "jwt_required", "auth_required", "token_required", _MIXIN, "current_user"
        )

    def visit_ClassDef(self, view: ast.ClassDef) -> None:
        bases = {last_word(base) for base in view.bases}
        if not bases <= _VIEWS | {_MIXIN} or _MIXIN not in bases or bases.isdisjoint(_VIEWS):
            return
        if any(isinstance(part, ast.FunctionDef) and part.name in _CHOOSING for part in view.body):
            return
        for statement, targets, value in self.facts.assignments:
            model = called_word(value)
            named = any(getattr(target, "id", "") == "model" for target in targets)
            if named and statement in view.body and name_words(model) & _OWNED:
                self.report(statement, f"{view.name} finds any {model} by its key: ask whose it is")

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        heads = set(decorators(function))
        known = self._gates(function) if not heads.isdisjoint(_HOW) else set()
        if (heads.isdisjoint(_WHO) and not known) or not heads <= _WHO | _HOW:
            return
        keys = {place.arg for place in positional_of(function.args)} - {"self", "request"} - known
        inside = [node for statement in function.body for node in self.facts.within(statement)]
        if any(map(_asks, inside)):
            return
        for node in inside:
            model = _found(node, keys) if isinstance(node, ast.Call) else ""
            if model and name_words(model) & _OWNED:
                self.report(node, f"{function.name}() finds any {model} by its key: ask whose it is")
                return

    def _gates(self, function: FunctionNode) -> set[str]:
        """The parameters of a route that say who asks, where nothing looks at them."""
        names = self.facts.names(function)
        return {
            place.arg
            for place, default in with_defaults(function.args)
            if any(map(_is_current_user, declared(place, default, self.facts).fillers))
            and not names.loads.get(place.arg)
        }


def _is_current_user(filler: ast.Call) -> bool:
    """Tells whether a framework is told to find out who asks."""
    asked = called_word(filler) in {"Depends", "Security"} and filler.args
    return bool(asked) and "user" in name_words(called_word(filler.args[0]))


def _asks(node: ast.AST) -> bool:
    """Tells whether a node speaks of whose something is."""
    word = word_at(node)
    if word == "session" and isinstance(node, ast.Attribute) and called_word(node.value) != "request":
        return False  # one of a database
    value = node.value if isinstance(node, ast.Constant) else None
    return any(isinstance(each, str | int) and _ASKS.search(str(each)[:60]) for each in (word, value))


def _found(call: ast.Call, keys: set[str]) -> str:
    """The class of a record that a call looks up by a key out of the address alone; empty for any other call."""
    if called_word(call) not in _LOOKUPS:
        return ""
    by_class = [called_word(each) for each in call.args if called_word(each)[:1].isupper()]
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    by_manager = isinstance(owner, ast.Attribute) and owner.attr in {"objects", "query"}
    given = [each for each in call.args if not called_word(each)[:1].isupper()]
    given += [keyword.value for keyword in call.keywords]
    named = all(keyword.arg in _KEYS for keyword in call.keywords)
    if len(given) != 1 or not named or getattr(given[0], "id", "") not in keys:
        return ""
    if isinstance(owner, ast.Attribute) and by_manager:
        return called_word(owner.value)
    return by_class[0] if by_class else ""
