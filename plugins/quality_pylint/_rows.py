"""Columns and rows of tables, which compare and unpack in ways of their own."""

from __future__ import annotations

import re
from typing import Any

from astroid import nodes
from pylint.checkers import utils

from quality_pylint._decorators import last_name
from quality_pylint._turns import may_be_filled

#: Places in a text that ``%`` fills one after the other.
_PLACES = re.compile(r"%[-+ #0]*+[\d*]*+(?:\.[\d*]++)?[a-zA-Z]")
#: A place in a text that either way of formatting fills.
_PLACE = re.compile(r"(?<!\{)%(?:\(\w+\))?[-+#0]*+\d*+(?:\.\d++)?[a-zA-Z]|\{[\w.]*(?:[!:][^{}\s]*)?\}")
#: Methods that take a condition on the columns of a table.
_CONDITIONED = frozenset(
    {
        "any",
        "delete",
        "exists",
        "filter",
        "has",
        "having",
        "join",
        "mask",
        "outerjoin",
        "update",
        "when",
        "where",
    }
)
#: Functions that make a condition of others.
_COMBINING = frozenset({"and_", "case", "not_", "or_", "when"})
#: What translates a text.
_TRANSLATING = re.compile(r"_|[du]?n?p?gettext(?:_lazy|_noop)?|u?n?gettext_lazy|lazy_n?p?gettext|lgettext")
#: What gives tuples.
_OF_TUPLES = frozenset(
    {
        "combinations",
        "combinations_with_replacement",
        "enumerate",
        "items",
        "most_common",
        "pairwise",
        "permutations",
        "product",
        "zip",
        "zip_longest",
    }
)
#: What gives the elements of its first argument.
_OF_ELEMENTS = frozenset({"iter", "islice", "list", "reversed", "set", "sorted", "tuple"})


def is_of_columns(comparison: Any) -> bool:
    """Tells whether a comparison with None or a bool is one of a column, which gives a condition and no bool.

    ``select(Order).where(Order.closed_at == None)`` and ``frame[frame["sold"] == False]`` ask the table; ``is``
    would ask the column itself, which is always there and never False.

    Args:
        comparison: What pylint reports.
    """
    operands = [comparison.left, *(operand for _, operand in comparison.ops)]
    column = next((each for each in operands if isinstance(each, nodes.Attribute | nodes.Subscript)), None)
    if column is None:
        return False
    below, above = comparison, comparison.parent
    while _combines(above):
        below, above = above, above.parent
    if below is not comparison and isinstance(below, nodes.BinOp):
        return True
    if isinstance(above, nodes.Call) and below is not above.func:
        name = last_name(above)
        return name in _COMBINING or (isinstance(above.func, nodes.Attribute) and name in _CONDITIONED)
    return isinstance(above, nodes.Subscript) and below is above.slice and _root(above.value) == _root(column)


def _combines(node: Any) -> bool:
    """Tells whether a node joins conditions of columns, or negates one."""
    if isinstance(node, nodes.BinOp):
        return node.op in {"&", "|"}
    return isinstance(node, nodes.UnaryOp) and node.op == "~"


def _root(node: Any) -> str | None:
    while isinstance(node, nodes.Attribute | nodes.Subscript):
        node = node.expr if isinstance(node, nodes.Attribute) else node.value
    return getattr(node, "name", None)


def is_repacked(comprehension: Any) -> bool:
    """Tells whether a comprehension makes tuples of what may be rows of another type.

    ``[(name, total) for name, total in rows]`` is no copy, unless the rows are tuples already.

    Args:
        comprehension: What pylint reports.
    """
    if not isinstance(getattr(comprehension, "elt", None), nodes.Tuple):
        return False
    return not _gives_tuples(comprehension.generators[0].iter)


def _gives_tuples(iterated: Any) -> bool:
    while isinstance(iterated, nodes.Call) and iterated.args and last_name(iterated) in _OF_ELEMENTS:
        iterated = iterated.args[0]
    if isinstance(iterated, nodes.Call):
        return last_name(iterated) in _OF_TUPLES
    known = utils.safe_infer(iterated)
    elements = getattr(known, "elts", ())
    return bool(elements) and all(isinstance(each, nodes.Tuple) for each in elements)


def is_no_template(raised: Any) -> bool:
    """Tells whether the text of an exception has no place for its other arguments: ``{% if %}`` is a word about templates.

    Args:
        raised: What pylint reports.
    """
    call = raised.exc if isinstance(raised, nodes.Raise) else raised
    first = call.args[0] if isinstance(call, nodes.Call) and call.args else None
    text = first.value if isinstance(first, nodes.Const) else None
    return isinstance(text, str) and _PLACE.search(text) is None


def is_of_shares(call: Any) -> bool:
    """Tells whether a message that nothing is put into has no place, but a word behind a percent sign: ``10% slower``.

    Args:
        call: What pylint reports.
    """
    return len(call.args) == 1 and is_no_template(call)


def is_filled_by_braces(call: Any) -> bool:
    """Tells whether a message has places in braces and none for ``%``: a project may have loggers that fill those.

    Args:
        call: What pylint reports.
    """
    text = call.args[0].value if call.args and isinstance(call.args[0], nodes.Const) else None
    return isinstance(text, str) and _PLACE.search(text) is not None and _PLACES.search(text) is None


def is_translated(text: Any) -> bool:
    """Tells whether a text is filled in where it is handed to what translates it.

    Args:
        text: What pylint reports.
    """
    above = text.parent
    while above is not None and not above.is_statement:
        if isinstance(above, nodes.Call) and _TRANSLATING.fullmatch(last_name(above)):
            return True
        above = above.parent
    return False


def is_of_a_row(text: Any) -> bool:
    """Tells whether a text takes a row apart, which an f-string has no way to: ``"%s=%s" % pair``.

    Args:
        text: What pylint reports.
    """
    filled = text.parent
    return (
        isinstance(filled, nodes.BinOp)
        and isinstance(filled.right, nodes.Name | nodes.Attribute)
        and len(_PLACES.findall(text.value)) > 1
    )


def is_filled_in(text: Any) -> bool:
    """An attribute that begins as None may be another thing by the time it is shown."""
    values = text.right.elts if isinstance(text.right, nodes.Tuple) else [text.right]
    return any(may_be_filled(each) for each in values)


def is_no_f_string(text: Any) -> bool:
    """A row is taken apart; or the text is to be translated, and no catalogue has it with its values."""
    return is_of_a_row(text) or is_translated(text)
