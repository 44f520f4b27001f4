"""Queries of Django, as they are put together: ``Book.objects.filter(sold=True).order_by("title")``."""

from __future__ import annotations

import ast

from quality.rules import dotted_name

#: Methods that make a query of a query: nothing is asked yet.
_NARROWING = frozenset(
    {
        *("all", "filter", "exclude", "order_by", "distinct", "select_related", "prefetch_related"),
        *("values", "values_list", "only", "defer", "annotate", "using", "reverse", "select_for_update"),
    }
)


def steps_of_query(query: ast.AST) -> list[str]:
    """The methods by which a query is made from a manager of Django, the last first; nothing for anything else."""
    steps: list[str] = []
    while isinstance(query, ast.Call) and isinstance(query.func, ast.Attribute):
        steps.append(query.func.attr)
        query = query.func.value
    # A manager is an attribute of a class; objects of an object are anything.
    *_, model, last = ["", "", *dotted_name(query).split(".")]
    return steps if last == "objects" and model[:1].isupper() else []


def is_query_for_rows(query: ast.AST) -> bool:
    """Tells whether this is a query that gives rows when somebody goes through it."""
    steps = steps_of_query(query)
    return bool(steps) and _NARROWING.issuperset(steps)
