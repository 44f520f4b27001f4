"""What frameworks and idioms ask for, and pylint takes for a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes

from quality.model import is_special
from quality_pylint._annotations import is_only_written
from quality_pylint._asked import is_about_the_same, is_asked_again
from quality_pylint._below import has_room_below
from quality_pylint._bindings import is_bound_above, is_bound_by_text
from quality_pylint._called import (
    gets_what_callers_add,
    is_a_place_to_fill,
    is_asked_how_it_ended,
    may_be_answered,
    may_be_called,
    may_be_told,
    may_have_others,
)
from quality_pylint._classes import (
    is_a_record,
    is_a_slot_of_python,
    is_deep_elsewhere,
    is_kept_for_a_class,
    is_made_by_another,
    may_declare_slots,
)
from quality_pylint._comparisons import is_asserted, may_be_no_number, may_be_of_a_value
from quality_pylint._decorators import last_name
from quality_pylint._definitions import (
    is_a_strategy,
    is_kept_elsewhere,
    is_one_of_several,
    is_only_read,
    is_passed_on,
    is_taken_in,
    may_be_kept,
)
from quality_pylint._effects import is_tried_or_joined
from quality_pylint._given import is_given_before
from quality_pylint._handlers import (
    comes_before_a_broad_one,
    is_a_boundary,
    is_caught_by_another_name,
    is_held_by_an_attribute,
    joins_tuples,
    keeps_what_it_caught,
    may_be_handling,
)
from quality_pylint._imports import (
    has_unseen_names,
    is_handed_out,
    is_handed_out_again,
    packages,
)
from quality_pylint._left_open import is_left_open, is_optional
from quality_pylint._members import is_elsewhere, is_of_no_module
from quality_pylint._methods import (
    has_another_first,
    is_called_otherwise,
    is_decorated,
    is_initialised_by_another,
    is_no_method,
    is_of_no_method,
    is_open,
    is_without_operator,
    is_worked_out,
    returns_what_the_base_does,
)
from quality_pylint._moments import is_in_the_last_turn, runs_at_once
from quality_pylint._names import (
    is_named_by_others,
    is_replaced,
)
from quality_pylint._other_files import (
    answers_below,
    is_bound_by_the_module,
    is_completed,
    is_completed_elsewhere,
    is_made_otherwise,
    is_of_a_base,
    is_of_an_open_class,
    is_of_the_library,
    is_on_condition,
    is_run_with_names,
    is_set_before,
    is_written_elsewhere,
    may_be_another,
    takes_what_those_below_do,
)
from quality_pylint._own import is_of_the_own_class, is_of_the_own_module, is_read_of_another
from quality_pylint._parameters import (
    is_asked_for,
    is_entered_again,
    is_of_a_method,
    is_taken_over,
)
from quality_pylint._resources import is_closed_at_last, needs_no_with
from quality_pylint._rows import (
    is_filled_by_braces,
    is_filled_in,
    is_no_f_string,
    is_no_template,
    is_of_columns,
    is_of_shares,
    is_repacked,
)
from quality_pylint._setup import is_of_no_setup, is_set_first
from quality_pylint._signatures import ARITY, may_take_others
from quality_pylint._turns import OF_INFERRED, OF_VALUES
from quality_pylint._unbound import is_bound_as_yet, is_bound_by_then, is_of_others, is_without_values
from quality_pylint._unpacking import is_of_a_table, may_be_longer

if TYPE_CHECKING:
    from collections.abc import Callable

#: Modules that the oldest Python that runs this has no longer, under words that projects use for their own.
_OWN_MODULES = frozenset({"formatter", "parser", "symbol"})


def is_conventional(symbol: str, node: Any, *, standalone: bool = False) -> bool:
    """Tells whether a convention asks for what pylint reports.

    Args:
        symbol: The message.
        node: What pylint reports.
        standalone: Whether no other file may give what a text lacks.
    """
    ask = _CONVENTIONS.get(symbol)
    elsewhere = None if standalone else _CONVENTIONS_OF_FILES.get(symbol)
    return (ask is not None and ask(node)) or (elsewhere is not None and elsewhere(node))


def is_unsure(symbol: str, node: Any, *, standalone: bool = False) -> bool:
    """Tells whether there is a good reason for what pylint reports, often enough not to be sure.

    A handler for every exception that logs it with its traceback loses nothing. A loop that tries again, and raises
    in its last turn, has no end that returns nothing. What a method takes is decided by whoever calls it, and a
    function that is given an exception may be called by what handles it. Functions without a single value of a module
    around them may be cut out of it, and a class without ``__init__`` may have one method for all.

    Args:
        symbol: The message.
        node: What pylint reports.
        standalone: Whether no other file may give what a text lacks.
    """
    doubt = _DOUBTS.get(symbol)
    elsewhere = None if standalone else _DOUBTS_OF_FILES.get(symbol)
    return (doubt is not None and doubt(node)) or (elsewhere is not None and elsewhere(node))


def _is_the_other_choice(node: Any) -> bool:
    """Tells whether a lambda stands in for a function in one branch of a condition, and another value does in the other."""
    statement = node.statement()
    branch = statement.parent
    if not isinstance(statement, nodes.Assign) or not isinstance(branch, nodes.If):
        return False
    other = branch.orelse if statement in branch.body else branch.body
    only: Any = other[0] if len(other) == 1 else None
    if not isinstance(only, nodes.Assign) or isinstance(only.value, nodes.Lambda):
        return False
    one, two = ([target.as_string() for target in each.targets] for each in (only, statement))
    return bool(one == two)


def _tries_so_often(function: Any) -> bool:
    """``for attempt in range(3)`` that returns, and raises when the last attempt fails: nothing comes behind it."""
    last = function.body[-1] if isinstance(function, nodes.FunctionDef) else None
    if (
        not isinstance(last, nodes.For)
        or not isinstance(last.iter, nodes.Call)
        or last_name(last.iter) != "range"
    ):
        return False
    counter = last.target.name if isinstance(last.target, nodes.AssignName) else ""
    attempts = [each for each in last.body if isinstance(each, nodes.Try)]
    handlers = [handler for attempt in attempts for handler in attempt.handlers]
    return bool(handlers) and all(_raises_by_count(handler, counter) for handler in handlers)


def _raises_by_count(handler: Any, counter: str) -> bool:
    """Tells whether an error is raised again, always or by what a count has come to."""
    for each in handler.body:
        if isinstance(each, nodes.Raise):
            return True
        asks = isinstance(each, nodes.If) and isinstance(each.body[-1], nodes.Raise)
        if asks and any(name.name == counter for name in each.test.nodes_of_class(nodes.Name)):
            return True
    return False


def _tries_again(function: Any) -> bool:
    last = function.body[-1] if isinstance(function, nodes.FunctionDef) else None
    return isinstance(last, nodes.For | nodes.While) and _raises_in_the_end(last)


def _raises_in_the_end(loop: Any) -> bool:
    handlers = (handler for each in loop.body if isinstance(each, nodes.Try) for handler in each.handlers)
    return any(list(handler.nodes_of_class(nodes.Raise)) for handler in handlers)


def _enters_what_it_bound(node: Any) -> bool:
    """``with closing(connect()) as connection, connection:`` closes it and commits."""
    bound = {getattr(target, "name", None) for _, target in node.items}
    return any(isinstance(manager, nodes.Name) and manager.name in bound for manager, _ in node.items)


def _is_own_module(node: Any) -> bool:
    return packages(node) <= _OWN_MODULES


def _is_for_a_tool(node: Any) -> bool:
    """``__tracebackhide__`` is there for who looks into the frame."""
    return is_special(str(getattr(node, "name", "")))


def _only_says_so(statement: Any) -> bool:
    """Behind a call that never returns, ``raise`` or ``return`` tells whoever does not know the function that nothing follows."""
    before = statement.previous_sibling()
    called = isinstance(before, nodes.Expr) and isinstance(before.value, nodes.Call)
    return called and isinstance(statement, nodes.Raise | nodes.Return)


def _is_a_try(node: Any) -> bool:
    """Tells whether an ``else`` holds what needs the ``try`` above it: so Python's own tutorial asks."""
    return isinstance(node, nodes.Try)


#: Message → what tells that a convention asks for it.
_CONVENTIONS: dict[str, Callable[[Any], bool]] = {
    "inconsistent-return-statements": _tries_so_often,
    **dict.fromkeys(ARITY, may_take_others),
    **dict.fromkeys(("no-value-for-parameter", "redundant-keyword-arg"), may_have_others),
    "abstract-method": is_left_open,
    "access-member-before-definition": is_given_before,
    "arguments-differ": is_open,
    "assigning-non-slot": has_room_below,
    "assignment-from-no-return": may_be_answered,
    "assignment-from-none": is_one_of_several,
    "attribute-defined-outside-init": is_set_first,
    "bad-string-format-type": is_filled_in,
    "bad-super-call": is_of_no_method,
    "bad-thread-instantiation": may_be_told,
    "broad-exception-caught": is_a_boundary,
    "cell-var-from-loop": runs_at_once,
    "class-variable-slots-conflict": is_a_slot_of_python,
    "comparison-with-callable": may_be_of_a_value,
    "confusing-with-statement": _enters_what_it_bound,
    "consider-using-f-string": is_no_f_string,
    "consider-using-with": needs_no_with,
    "dangerous-default-value": is_only_read,
    "declare-non-slot": may_declare_slots,
    "deprecated-module": _is_own_module,
    "expression-not-assigned": is_tried_or_joined,
    "function-redefined": is_kept_elsewhere,
    "invalid-name": is_named_by_others,
    **dict.fromkeys(("invalid-repr-returned", "invalid-str-returned"), is_decorated),
    "keyword-arg-before-vararg": is_passed_on,
    "invalid-field-call": is_kept_for_a_class,
    "invalid-metaclass": is_made_by_another,
    "logging-too-few-args": is_of_shares,
    "method-hidden": is_a_strategy,
    "modified-iterating-list": is_in_the_last_turn,
    "modified-iterating-set": is_in_the_last_turn,
    "no-else-break": _is_a_try,
    "no-else-continue": _is_a_try,
    "no-else-raise": _is_a_try,
    "no-else-return": _is_a_try,
    "no-member": is_elsewhere,
    "no-method-argument": is_no_method,
    "no-self-argument": has_another_first,
    "not-callable": may_be_called,
    "pointless-statement": is_tried_or_joined,
    "possibly-used-before-assignment": is_asked_again,
    "protected-access": is_of_the_own_class,
    "raising-format-tuple": is_no_template,
    "redefined-argument-from-local": is_entered_again,
    "redefined-builtin": is_replaced,
    "redefined-outer-name": is_taken_over,
    "return-in-init": returns_what_the_base_does,
    "self-assigning-variable": is_taken_in,
    "singleton-comparison": is_of_columns,
    "subprocess-run-check": is_asked_how_it_ended,
    "super-init-not-called": is_initialised_by_another,
    "too-many-ancestors": is_deep_elsewhere,
    "too-many-instance-attributes": is_a_record,
    "try-except-raise": comes_before_a_broad_one,
    "unbalanced-dict-unpacking": is_of_a_table,
    "unbalanced-tuple-unpacking": may_be_longer,
    "undefined-all-variable": has_unseen_names,
    "unsubscriptable-object": is_only_written,
    "undefined-loop-variable": is_bound_by_then,
    "undefined-variable": is_of_others,
    "unexpected-special-method-signature": is_called_otherwise,
    "unnecessary-dunder-call": is_without_operator,
    "unreachable": _only_says_so,
    "unnecessary-comprehension": is_repacked,
    "unnecessary-lambda-assignment": _is_the_other_choice,
    "unused-argument": is_asked_for,
    "unused-import": is_handed_out,
    "unused-private-member": is_read_of_another,
    "unused-variable": _is_for_a_tool,
    "wrong-exception-operation": joins_tuples,
    "use-implicit-booleaness-not-comparison": is_asserted,
    "used-before-assignment": is_bound_as_yet,
    "useless-import-alias": is_handed_out_again,
}

#: The same in a file among others: what classes of other files, made from those of the text, may give.
_CONVENTIONS_OF_FILES: dict[str, Callable[[Any], bool]] = {
    "access-member-before-definition": is_set_before,
    "assignment-from-none": answers_below,
    "assigning-non-slot": is_of_an_open_class,
    "abstract-class-instantiated": is_completed_elsewhere,
    "assignment-from-no-return": answers_below,
    "no-member": is_completed,
    "used-before-assignment": is_bound_by_the_module,
    **dict.fromkeys(OF_VALUES, may_be_another),
    **dict.fromkeys(ARITY, takes_what_those_below_do),
}

#: Message → what tells that it is not sure.
_DOUBTS: dict[str, Callable[[Any], bool]] = {
    "abstract-method": is_optional,
    "attribute-defined-outside-init": is_of_no_setup,
    "broad-exception-caught": keeps_what_it_caught,
    "catching-non-exception": is_held_by_an_attribute,
    "comparison-with-itself": may_be_no_number,
    "consider-using-with": is_closed_at_last,
    "duplicate-except": is_caught_by_another_name,
    "function-redefined": may_be_kept,
    "global-variable-undefined": is_without_values,
    "inconsistent-return-statements": _tries_again,
    "invalid-length-returned": is_worked_out,
    "misplaced-bare-raise": may_be_handling,
    "missing-timeout": gets_what_callers_add,
    "no-self-argument": is_decorated,
    "not-callable": is_a_place_to_fill,
    "possibly-used-before-assignment": is_about_the_same,
    "protected-access": is_of_the_own_module,
    "subprocess-run-check": gets_what_callers_add,
    "unspecified-encoding": gets_what_callers_add,
    "unused-argument": is_of_a_method,
}

#: The same in a file among others, of which astroid sees one: what a value is may be said in another, but for modules of
#: the standard library. Conditions that agree with each other decide what is bound and what is read: a platform, what is installed.
#: Whoever names a class above in ``super`` may leave out what is between.
_DOUBTS_OF_FILES: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(OF_VALUES | OF_INFERRED, lambda _: True),
    **dict.fromkeys(ARITY, is_made_otherwise),
    "unexpected-keyword-arg": lambda call: is_made_otherwise(call) or is_of_the_library(call),
    "access-member-before-definition": is_on_condition,
    "bad-open-mode": is_written_elsewhere,
    "bad-super-call": is_of_a_base,
    "invalid-envvar-value": is_written_elsewhere,
    "logging-too-many-args": is_filled_by_braces,
    "no-member": is_of_no_module,
    "possibly-used-before-assignment": lambda _: True,
    "undefined-variable": lambda name: (
        is_bound_above(name) or is_bound_by_text(name) or is_run_with_names(name)
    ),
    "used-before-assignment": lambda _: True,  # ``unbound-local`` has those that no condition decides
}
