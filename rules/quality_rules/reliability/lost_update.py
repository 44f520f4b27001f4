"""The rule lost-update."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, dotted_name, is_text, name_words
from quality_rules._updates import update_of

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

#: What says in a function that nobody else changes the record meanwhile, or that the database does the sum.
_HELD = frozenset({"select_for_update", "with_for_update", "F"})
#: What a record is found by in Django and in SQLAlchemy.
_FOUND = re.compile(
    r"\.objects\b|get_object_or_404|\b_default_manager\b"
    r"|\.query\b|\bsession\b"
)


class LostUpdate(AstRule):
    """A number in the database is read, changed and written back.

    ## What it does
    Reports `record.stock -= 1` that a `save()` of the same record, or the `commit()` of a session, follows in the block, in code that
    uses Django or SQLAlchemy.

    Functions that lock the record (`select_for_update`, `with_for_update`) or let the database compute (`F`), records that the function made
    itself, and tests, are fine.

    ## Why is this bad
    Two requests read the same number, and the second writes over what the first made of it: sold twice, counted once.

    ## Example
    ```python
    from django.shortcuts import get_object_or_404

    def buy(request, pk):
        product = get_object_or_404(Product, pk=pk)
        product.stock -= 1
        product.save()
    ```

    ## Use instead
    ```python
    from django.db.models import F

    def buy(request, pk):
        Product.objects.filter(pk=pk, stock__gt=0).update(stock=F("stock") - 1)
    ```

    ## References
    - [Django documentation: avoiding race conditions using F()](https://docs.djangoproject.com/en/stable/ref/models/expressions/#avoiding-race-conditions-using-f)
    - [CWE-362: race condition](https://cwe.mitre.org/data/definitions/362.html)
    """

    dimension = "reliability"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    needs = frozenset({"save", "commit"})
    cwe = 362
    effort = 10

    VALID = (
        Valid(
            """
            def buy(pk):
                product = Product.objects.select_for_update().get(pk=pk)
                product.stock -= 1
                product.save()
            """,
            "Locked",
        ),
        Valid(
            """
            def redeem(session, code):
                coupon = session.query(Coupon).filter_by(code=code).with_for_update().one()
                coupon.left -= 1
                session.commit()
            """,
            "Locked",
        ),
        Valid(
            """
            def buy(pk):
                product = Product.objects.get(pk=pk)
                product.stock = F("stock") - 1
                product.save()
            """,
            "The database computes",
        ),
        Valid(
            """
            def buy(pk):
                with stock_lock:
                    product = Product.objects.get(pk=pk)
                    product.stock -= 1
                    product.save()
            """,
            "One at a time",
        ),
        Valid(
            """
            def show(pk):
                page = Page.objects.get(pk=pk)
                page.title = page.title.strip()
                page.save()
            """,
            "No sum",
        ),
        Valid(
            """
            def buy(pk):
                product = Product(stock=Product.objects.count())
                product.stock -= 1
                product.save()
            """,
            "A new record",
        ),
        Valid("def move(figure):\n    figure.x += 1\n    figure.save('a.png')", "No database"),
    )
    INVALID = (
        Invalid(
            """
            def redeem(session, code):
                coupon = session.query(Coupon).filter_by(code=code).one_or_none()
                if coupon is None or coupon.left <= 0:
                    raise CouponError(code)
                coupon.left -= 1
                session.commit()
            """,
            (
                "5:5-5:21 coupon.left is read, changed and written back: lock the record with with_for_update()",
            ),
        ),
        Invalid(
            """
            def cancel(request, pk):
                "Gives the blocked stock back."
                order = get_object_or_404(Order, pk=pk)
                product = order.product
                product.stock = product.stock + order.quantity
                product.save(update_fields=["stock"])
            """,
            (
                "5:5-5:51 product.stock is read, changed and written back: let the database compute it with F()",
            ),
        ),
        Invalid(
            """
            def visit(pk):
                with transaction.atomic():
                    page = Page.objects.get(pk=pk)
                    page.visits += 1
                    log.info("visit of %s", page)
                    page.save()
            """,
            ("4:9-4:25 page.visits is read, changed and written back: let the database compute it with F()",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.role != "test" and bool(_FOUND.search(source.text))

    def visit_Module(self, _: ast.Module) -> None:
        for statement in (*self.facts.of(ast.AugAssign), *self.facts.of(ast.Assign)):
            self._check(statement)

    def _check(self, statement: ast.stmt) -> None:
        update = update_of(statement)
        function = self.facts.function(statement)
        target = update.target if update is not None else None
        if (
            function is None
            or not isinstance(target, ast.Attribute)
            or not isinstance(target.value, ast.Name)
        ):
            return
        if not isinstance(update.operator, ast.Add | ast.Sub) or is_text(update.value):  # type: ignore[union-attr]
            return
        record = target.value.id
        if not self._is_saved(statement, record) or self._holds(function):
            return
        if self._is_found(function, record):
            self.report(
                statement,
                f"{ast.unparse(target)} is read, changed and written back: {self._remedy}",
            )

    @cached_property
    def _remedy(self) -> str:
        in_django = "save" in self.facts.called
        return (
            "let the database compute it with F()" if in_django else "lock the record with with_for_update()"
        )

    def _holds(self, function: FunctionNode) -> bool:
        """Tells whether a function locks something, or lets the database compute."""
        names = {getattr(node, "attr", getattr(node, "id", "")) for node in self.facts.within(function)}
        words = (word for name in names for word in name_words(name))
        return not names.isdisjoint(_HELD) or any(word.startswith("lock") for word in words)

    def _is_saved(self, statement: ast.stmt, record: str) -> bool:
        """Tells whether a statement behind another in its block writes a record, or all that has changed, into the database."""
        behind = (each.value for each in self.facts.rest(statement) if isinstance(each, ast.Expr))
        return any(
            isinstance(call, ast.Call)
            and (
                dotted_name(call.func) == f"{record}.save"
                or dotted_name(call.func).endswith("session.commit")
            )
            for call in behind
        )

    def _is_found(self, function: FunctionNode, record: str, depth: int = 2) -> bool:
        """Tells whether a name is bound to a record that the database gave, or to what such a record refers to."""
        places = self.facts.names(function).stores.get(record, ()) if depth else ()
        return bool(places) and all(self._comes_from(function, place, depth) for place in places)

    def _comes_from(self, function: FunctionNode, place: ast.Name, depth: int) -> bool:
        above = self.facts.parent(place)
        value = above.iter if isinstance(above, ast.For | ast.AsyncFor) else getattr(above, "value", None)
        if not isinstance(value, ast.expr):
            return False
        if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name):
            return self._is_found(function, value.value.id, depth - 1)
        return not _is_new(value) and bool(_FOUND.search(ast.unparse(value)))


def _is_new(value: ast.expr) -> bool:
    """Tells whether a value is a record that is made here."""
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id[:1].isupper()
