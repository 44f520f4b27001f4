"""What frameworks and idioms ask for, and pylint takes for a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from astroid import nodes
from pylint.checkers import utils

from quality.model import BUILTINS, is_special
from quality_pylint._annotations import is_only_written, is_written_in_a_function
from quality_pylint._asked import (
    is_about_the_same,
    is_asked_again,
    is_bound_by_choice,
    is_bound_either_way,
    is_by_platform,
    is_cut_out,
    is_elsewhere,
    is_looked_up,
    is_of_no_module,
    was_asked,
)
from quality_pylint._below import has_room_below
from quality_pylint._bindings import is_bound_above, is_bound_in_full
from quality_pylint._comparisons import may_be_of_a_value
from quality_pylint._decorators import PLAIN_DECORATORS, decorators, last_name
from quality_pylint._definitions import (
    is_a_hook,
    is_a_strategy,
    is_filled,
    is_kept_elsewhere,
    is_left_to_those_below,
    is_of_an_interface,
    is_one_of_several,
    is_only_read,
    is_passed_on,
    is_taken_in,
    may_be_kept,
    takes_everything,
)
from quality_pylint._effects import is_tried_or_joined
from quality_pylint._given import is_given_before
from quality_pylint._handlers import (
    caught_by,
    comes_before_a_broad_one,
    ends_the_program,
    handler_of,
    hands_on,
    is_boundary,
    is_caught_by_another_name,
    is_chosen_by_caller,
    joins_tuples,
    keeps_traceback,
    may_be_handling,
)
from quality_pylint._imports import (
    has_unseen_names,
    is_for_its_effect,
    is_handed_out,
    is_handed_out_again,
    is_imported_for_all,
    packages,
    takes_all_of_another,
)
from quality_pylint._left_open import is_left_open, is_optional
from quality_pylint._moments import is_in_the_last_turn, runs_at_once
from quality_pylint._names import (
    is_made_from_another,
    is_named_by_others,
    is_only_of_the_script,
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
    is_on_condition,
    is_run_with_names,
    is_set_before,
    is_written_elsewhere,
    may_be_another,
    takes_what_those_below_do,
)
from quality_pylint._own import is_of_the_own_class, is_of_the_own_module, is_read_of_another
from quality_pylint._parameters import (
    is_a_class_method,
    is_asked_for,
    is_entered_again,
    is_of_a_method,
    is_taken_over,
    is_without_self,
)
from quality_pylint._resources import is_closed_at_last, needs_no_with
from quality_pylint._rows import (
    is_filled_by_braces,
    is_no_template,
    is_of_a_row,
    is_of_columns,
    is_repacked,
    is_translated,
)
from quality_pylint._setup import is_of_no_setup, is_set_first
from quality_pylint._signatures import ARITY, may_take_others
from quality_pylint._turns import OF_INFERRED, OF_VALUES, may_be_filled

if TYPE_CHECKING:
    from collections.abc import Callable

#: Modules that the oldest Python that runs this has no longer, under words that projects use for their own.
_OWN_MODULES = frozenset({"formatter", "parser", "symbol"})
#: The function that IPython gives to what it runs.
_OF_IPYTHON = "get_ipython"
#: What a finished command says about how it ended.
_EXIT_CODE = frozenset({"check_returncode", "returncode"})
#: Decorators of classes that are made of the fields they declare.
_OF_RECORDS = frozenset({"attrs", "dataclass", "define", "frozen"})
#: Decorators that leave a function in a class a method.
_OF_METHODS = PLAIN_DECORATORS | {"cached_property", "deleter", "getter", "property", "setter"}


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


def is_slight(symbol: str, node: Any) -> bool:
    """Tells whether the only thing to correct is a name, or an import that may be there for its effect.

    A loop that runs so many times has to name its number, and whoever takes a row apart all of its parts. An
    assertion that always fails is a call of ``fail()`` in other words, one that is all that a handler does is ``pass``.
    """
    if symbol == "redefined-outer-name":
        return is_only_of_the_script(getattr(node, "name", ""), node.root())
    if symbol == "unused-import":
        return is_for_its_effect(node)
    if symbol == "redundant-unittest-assert":
        return _always_fails(node) or isinstance(node.statement().parent, nodes.ExceptHandler)
    if symbol != "unused-variable" or not isinstance(node, nodes.AssignName):
        return False
    return isinstance(node.parent, nodes.For | nodes.Tuple | nodes.Starred)


def _always_fails(call: Any) -> bool:
    fails_of = {"assertTrue": False, "assertFalse": True}.get(getattr(call.func, "attrname", ""))
    first = call.args[0] if call.args else None
    return isinstance(first, nodes.Const) and fails_of is bool(first.value)


def _keeps_what_it_caught(node: Any) -> bool:
    handler = handler_of(node)
    return handler is not None and keeps_traceback(handler)


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


def _is_without_values(node: Any) -> bool:
    module = node.root()
    bound = (each for found in module.locals.values() for each in found if isinstance(each, nodes.AssignName))
    return all(each.frame() is not module for each in bound)


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


def _may_be_longer(node: Any) -> bool:
    """A list or set is as long as what was put into it since, and ``*args`` as what was given."""
    value = node.value if isinstance(node, nodes.Assign) else None
    value = value.value if isinstance(value, nodes.Subscript) else value
    if isinstance(value, nodes.Attribute):
        return isinstance(utils.safe_infer(value), nodes.List | nodes.Tuple)
    if isinstance(value, nodes.Call):
        made: Any = utils.safe_infer(value)
        kept = made.parent.targets[0] if isinstance(getattr(made, "parent", None), nodes.Assign) else None
        return (
            isinstance(made, nodes.List | nodes.Set)
            and isinstance(kept, nodes.AssignName)
            and is_filled(kept)
        )
    return isinstance(value, nodes.Name) and (is_filled(value) or _takes_several(value))


def _may_be_told(call: Any) -> bool:
    """Something is spread over a call: what a thread runs may be among it."""
    return isinstance(call, nodes.Call) and bool(call.kwargs or call.starargs)


def _is_of_a_table(node: Any) -> bool:
    """``(only,) = table.values()``: a dictionary is as long as what was put into it since."""
    value = node.value if isinstance(node, nodes.Assign) else None
    table = value.func if isinstance(value, nodes.Call) else value
    table = table.expr if isinstance(table, nodes.Attribute) else table
    return isinstance(table, nodes.Name) and (is_filled(table) or was_asked(node, table.name))


def _takes_several(name: Any) -> bool:
    """Tells whether a name is that of all arguments by place."""
    function = name.lookup(name.name)[0]
    return isinstance(function, nodes.FunctionDef) and function.args.vararg == name.name


def _is_deep_elsewhere(node: Any) -> bool:
    """The classes that are many stand in another module: whoever uses a framework has no say in that."""
    own = node.root()
    return all(above.root() is not own for above in node.ancestors())


def _is_a_record(node: Any) -> bool:
    """What a data class declares is what it stands for; its methods gather nothing more."""
    return (
        not _OF_RECORDS.isdisjoint(map(last_name, decorators(node)))
        and node.instance_attrs.keys() <= node.locals.keys()
    )


def _is_asserted(node: Any) -> bool:
    """``assert list(store) == []`` says more than ``assert not list(store)``."""
    return isinstance(node.statement(), nodes.Assert)


def _is_without_operator(node: Any) -> bool:
    """No function and no operator calls it."""
    return node.func.attrname in {"__delete__", "__get__", "__length_hint__", "__set__"}


def _is_for_a_tool(node: Any) -> bool:
    """``__tracebackhide__`` is there for who looks into the frame."""
    return is_special(str(getattr(node, "name", "")))


def _is_bound_by_then(node: Any) -> bool:
    """The text asked whether there is something to loop over; and ``del name``, behind a loop, leaves nothing of it."""
    bound = node.frame().locals.get(node.name) or [node]
    looped: Any = bound[0].parent.iter if isinstance(bound[0].parent, nodes.For) else None
    named = isinstance(looped, nodes.Name | nodes.Attribute)
    return isinstance(node, nodes.DelName) or (named and was_asked(node, looped.as_string()))


def _is_a_boundary(node: Any) -> bool:
    handler = handler_of(node)
    asked = (is_chosen_by_caller, is_boundary, hands_on, ends_the_program)
    return handler is not None and any(ask(handler) for ask in asked)


def _is_asked_how_it_ended(call: Any) -> bool:
    """What the command comes to is asked for its exit code, at once or where it is kept."""
    if isinstance(call.parent, nodes.Attribute):
        return call.parent.attrname in _EXIT_CODE
    kept = call.parent.targets[0] if isinstance(call.parent, nodes.Assign) else None
    if not isinstance(kept, nodes.AssignName):
        return False
    asked = (each for each in call.scope().nodes_of_class(nodes.Attribute) if each.attrname in _EXIT_CODE)
    return any(isinstance(each.expr, nodes.Name) and each.expr.name == kept.name for each in asked)


def _gets_what_callers_add(call: Any) -> bool:
    """A call gets a table that is a parameter of the function around it: what is missing may be there."""
    tables = [each.value for each in call.keywords if each.arg is None]
    return any(isinstance(each, nodes.Name) and _is_parameter(each) for each in tables)


def _is_parameter(name: Any) -> bool:
    """Tells whether a name is a parameter and nothing else."""
    _, bound = name.lookup(name.name)
    return bool(bound) and all(
        isinstance(each, nodes.Arguments) or isinstance(each.parent, nodes.Arguments) for each in bound
    )


def _may_be_called(node: Any) -> bool:
    """The class that a method was cut out of is called, a context manager, or what a decorator gives its function first."""
    if not isinstance(node, nodes.Call):
        return False
    return is_cut_out(node.func) or _is_a_context(node.func) or _is_given_by_a_decorator(node.func)


def _is_a_place_to_fill(call: Any) -> bool:
    return isinstance(call, nodes.Call) and may_be_filled(call.func)


def _is_given_by_a_decorator(name: Any) -> bool:
    """What a decorator that is not known here gives a function of a class need not be an object of the class."""
    method: Any = name.lookup(name.name)[0] if isinstance(name, nodes.Name) else None
    return (
        isinstance(method, nodes.FunctionDef)
        and method.argnames()[:1] == [name.name]
        and _is_decorated(method)
    )


def _is_a_context(called: Any) -> bool:
    """What ``contextmanager`` makes can be called too, to decorate a function."""
    made: Any = utils.safe_infer(called.func) if isinstance(called, nodes.Call) else None
    named = map(last_name, decorators(made)) if isinstance(made, nodes.FunctionDef) else ()
    return not {"asynccontextmanager", "contextmanager"}.isdisjoint(named)


def _is_bound_as_yet(name: Any) -> bool:
    """A module that gives a built-in name another value reads the built-in one before, or asks whether there is one.

    What is bound under a condition is there where the same condition holds again.
    """
    known = (
        is_asked_again,
        is_bound_by_choice,
        is_bound_either_way,
        is_bound_in_full,
        is_looked_up,
        is_only_written,
        is_written_in_a_function,
    )
    if any(ask(name) for ask in known):
        return True
    if not isinstance(name, nodes.Name) or name.frame() is not name.root():
        return False
    attempt = name.statement().parent
    handlers = attempt.handlers if isinstance(attempt, nodes.Try) else ()
    return name.name in BUILTINS or any("NameError" in caught_by(each) for each in handlers)


def _is_of_others(name: Any) -> bool:
    """Another module may have a name, of which the text takes all, or another version of Python.

    A class that is not made yet may stand in an annotation that is never worked out.
    """
    known = (takes_all_of_another, is_by_platform, is_imported_for_all)
    if any(ask(name) for ask in known) or getattr(name, "name", "") == _OF_IPYTHON:
        return True
    above = name.frame()
    while above is not None and getattr(above, "name", None) != getattr(name, "name", ""):
        above = above.parent.frame() if above.parent is not None else None
    return isinstance(above, nodes.ClassDef) and is_only_written(name)


def _may_be_no_number(comparison: Any) -> bool:
    """``size != size`` is how one asks for NaN, which alone is no value that equals itself."""
    left = comparison.left
    plain = isinstance(left, nodes.Name) or (
        isinstance(left, nodes.Attribute) and isinstance(left.expr, nodes.Name)
    )
    return bool(comparison.ops[0][0] == "!=" and plain)


def _is_decorated(function: Any) -> bool:
    """What a decorator that is not known here makes of a function in a class may be no method."""
    return not _OF_METHODS.issuperset(map(last_name, decorators(function)))


def _is_no_method(function: Any) -> bool:
    """Nor is a function without ``self`` that a decorator makes something else of: a property with a name of its own."""
    return is_without_self(function) or _is_decorated(function)


def _is_called_otherwise(function: Any) -> bool:
    """A decorator that is not known here, or a class that is no more than an interface, decides what a method is called with."""
    return is_of_an_interface(function) or _is_decorated(function)


def _has_another_first(function: Any) -> bool:
    """``*args`` take ``self`` too, a protocol's method leaves that name to what it is about, and ``enum`` passes a name."""
    if is_a_class_method(function) or function.name == "_generate_next_value_":
        return True
    taken = function.args.vararg and not function.args.args
    return bool(taken) or "self" in function.argnames()[1:]


def _only_says_so(statement: Any) -> bool:
    """Behind a call that never returns, ``raise`` or ``return`` tells whoever does not know the function that nothing follows."""
    before = statement.previous_sibling()
    called = isinstance(before, nodes.Expr) and isinstance(before.value, nodes.Call)
    return called and isinstance(statement, nodes.Raise | nodes.Return)


def _is_initialised_by_another(method: Any) -> bool:
    """A base whose ``__init__`` is called, and calls that of the next class in line, initialises the other bases too."""
    called = (call.func for call in method.nodes_of_class(nodes.Call))
    named = [each.expr for each in called if getattr(each, "attrname", "") == "__init__"]
    bases = (utils.safe_infer(each) for each in named if isinstance(each, nodes.Name))
    first = (each.locals.get("__init__", [None])[0] for each in bases if isinstance(each, nodes.ClassDef))
    return any(isinstance(each, nodes.FunctionDef) and _calls_the_next(each) for each in first)


def _calls_the_next(method: Any) -> bool:
    called = (call.func for call in method.nodes_of_class(nodes.Call))
    return any(
        getattr(each, "attrname", "") == "__init__" and last_name(each.expr) == "super" for each in called
    )


def _is_open(method: Any) -> bool:
    """One of two methods takes all that the other one takes."""
    return takes_everything(method) or is_left_to_those_below(method)


def _may_have_others(call: Any) -> bool:
    """How many stand in a list that is spread over a call, and which in a table, is said where they are filled."""
    return may_take_others(call) or _may_be_told(call)


def _may_be_answered(assigned: Any) -> bool:
    """A class below may answer what a method leaves open, or another function of the same name."""
    return is_a_hook(assigned) or is_one_of_several(assigned)


def _is_of_no_method(call: Any) -> bool:
    """A function that is put into a class later says for which one it asks ``super``."""
    return not isinstance(call.frame().parent, nodes.ClassDef)


def _is_filled_in(text: Any) -> bool:
    """An attribute that begins as None may be another thing by the time it is shown."""
    values = text.right.elts if isinstance(text.right, nodes.Tuple) else [text.right]
    return any(may_be_filled(each) for each in values)


def _is_no_f_string(text: Any) -> bool:
    """A row is taken apart; or the text is to be translated, and no catalogue has it with its values."""
    return is_of_a_row(text) or is_translated(text)


def _is_a_slot_of_python(slot: Any) -> bool:
    """``__dict__`` and ``__weakref__`` make room for what every object has, and no descriptor that a class could hide."""
    return isinstance(slot, nodes.Const) and slot.value in {"__dict__", "__weakref__"}


def _is_worked_out(function: Any) -> bool:
    """``return len(self.offsets) - 1``: what it is less than zero for is the list that it begins with."""
    values = [each.value for each in function.nodes_of_class(nodes.Return)]
    return any(isinstance(each, nodes.BinOp) for each in values)


def _is_kept(caught: Any) -> bool:
    """What an attribute holds is put together elsewhere."""
    return isinstance(caught, nodes.Attribute)


def _is_a_try(node: Any) -> bool:
    """Tells whether an ``else`` holds what needs the ``try`` above it: so Python's own tutorial asks."""
    return isinstance(node, nodes.Try)


def _is_made_by_another(owner: Any) -> bool:
    """A metaclass that is made from one that is not known here may be a class of classes."""
    made = owner.metaclass() if isinstance(owner, nodes.ClassDef) else None
    return isinstance(made, nodes.ClassDef) and is_made_from_another(made)


def _returns_what_the_base_does(method: Any) -> bool:
    """``return super().__init__()`` returns None."""
    values = [each.value for each in method.nodes_of_class(nodes.Return) if each.frame() is method]
    given = [each for each in values if each is not None]
    return all(isinstance(each, nodes.Call) and last_name(each) == "__init__" for each in given)


def _is_kept_for_a_class(call: Any) -> bool:
    """A function puts together the fields that a class is made of later."""
    outside = not isinstance(call.frame(), nodes.ClassDef)
    return outside and isinstance(call.parent, nodes.Dict | nodes.List | nodes.Return | nodes.Tuple)


def _may_declare_slots(declared: Any) -> bool:
    """A class above that is not known here, or one below in the text, may have the slot."""
    owner = declared.frame()
    return isinstance(owner, nodes.ClassDef) and is_made_from_another(owner)


#: Message → what tells that a convention asks for it.
_CONVENTIONS: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(ARITY, may_take_others),
    **dict.fromkeys(("no-value-for-parameter", "redundant-keyword-arg"), _may_have_others),
    "abstract-method": is_left_open,
    "access-member-before-definition": is_given_before,
    "arguments-differ": _is_open,
    "assigning-non-slot": has_room_below,
    "assignment-from-no-return": _may_be_answered,
    "assignment-from-none": is_one_of_several,
    "attribute-defined-outside-init": is_set_first,
    "bad-string-format-type": _is_filled_in,
    "bad-super-call": _is_of_no_method,
    "bad-thread-instantiation": _may_be_told,
    "broad-exception-caught": _is_a_boundary,
    "cell-var-from-loop": runs_at_once,
    "class-variable-slots-conflict": _is_a_slot_of_python,
    "comparison-with-callable": may_be_of_a_value,
    "confusing-with-statement": _enters_what_it_bound,
    "consider-using-f-string": _is_no_f_string,
    "consider-using-with": needs_no_with,
    "dangerous-default-value": is_only_read,
    "declare-non-slot": _may_declare_slots,
    "deprecated-module": _is_own_module,
    "expression-not-assigned": is_tried_or_joined,
    "function-redefined": is_kept_elsewhere,
    "invalid-name": is_named_by_others,
    "keyword-arg-before-vararg": is_passed_on,
    "invalid-field-call": _is_kept_for_a_class,
    "invalid-metaclass": _is_made_by_another,
    "method-hidden": is_a_strategy,
    "modified-iterating-list": is_in_the_last_turn,
    "modified-iterating-set": is_in_the_last_turn,
    "no-else-break": _is_a_try,
    "no-else-continue": _is_a_try,
    "no-else-raise": _is_a_try,
    "no-else-return": _is_a_try,
    "no-member": is_elsewhere,
    "no-method-argument": _is_no_method,
    "no-self-argument": _has_another_first,
    "not-callable": _may_be_called,
    "pointless-statement": is_tried_or_joined,
    "possibly-used-before-assignment": is_asked_again,
    "protected-access": is_of_the_own_class,
    "raising-format-tuple": is_no_template,
    "redefined-argument-from-local": is_entered_again,
    "redefined-builtin": is_replaced,
    "redefined-outer-name": is_taken_over,
    "return-in-init": _returns_what_the_base_does,
    "self-assigning-variable": is_taken_in,
    "singleton-comparison": is_of_columns,
    "subprocess-run-check": _is_asked_how_it_ended,
    "super-init-not-called": _is_initialised_by_another,
    "too-many-ancestors": _is_deep_elsewhere,
    "too-many-instance-attributes": _is_a_record,
    "try-except-raise": comes_before_a_broad_one,
    "unbalanced-dict-unpacking": _is_of_a_table,
    "unbalanced-tuple-unpacking": _may_be_longer,
    "undefined-all-variable": has_unseen_names,
    "unsubscriptable-object": is_only_written,
    "undefined-loop-variable": _is_bound_by_then,
    "undefined-variable": _is_of_others,
    "unexpected-special-method-signature": _is_called_otherwise,
    "unnecessary-dunder-call": _is_without_operator,
    "unreachable": _only_says_so,
    "unnecessary-comprehension": is_repacked,
    "unnecessary-lambda-assignment": _is_the_other_choice,
    "unused-argument": is_asked_for,
    "unused-import": is_handed_out,
    "unused-private-member": is_read_of_another,
    "unused-variable": _is_for_a_tool,
    "wrong-exception-operation": joins_tuples,
    "use-implicit-booleaness-not-comparison": _is_asserted,
    "used-before-assignment": _is_bound_as_yet,
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
    "broad-exception-caught": _keeps_what_it_caught,
    "catching-non-exception": _is_kept,
    "comparison-with-itself": _may_be_no_number,
    "consider-using-with": is_closed_at_last,
    "duplicate-except": is_caught_by_another_name,
    "function-redefined": may_be_kept,
    "global-variable-undefined": _is_without_values,
    "inconsistent-return-statements": _tries_again,
    "invalid-length-returned": _is_worked_out,
    "misplaced-bare-raise": may_be_handling,
    "missing-timeout": _gets_what_callers_add,
    "no-self-argument": _is_decorated,
    "not-callable": _is_a_place_to_fill,
    "possibly-used-before-assignment": is_about_the_same,
    "protected-access": is_of_the_own_module,
    "subprocess-run-check": _gets_what_callers_add,
    "unspecified-encoding": _gets_what_callers_add,
    "unused-argument": is_of_a_method,
}

#: The same in a file among others, of which astroid sees one: what a value is may be said in another, but for modules of
#: the standard library. Conditions that agree with each other decide what is bound and what is read: a platform, what is installed.
#: Whoever names a class above in ``super`` may leave out what is between.
_DOUBTS_OF_FILES: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(OF_VALUES | OF_INFERRED, lambda _: True),
    **dict.fromkeys(ARITY, is_made_otherwise),
    "access-member-before-definition": is_on_condition,
    "bad-open-mode": is_written_elsewhere,
    "bad-super-call": is_of_a_base,
    "invalid-envvar-value": is_written_elsewhere,
    "logging-too-many-args": is_filled_by_braces,
    "no-member": is_of_no_module,
    "possibly-used-before-assignment": lambda _: True,
    "undefined-variable": lambda name: is_bound_above(name) or is_run_with_names(name),
    "used-before-assignment": lambda _: True,  # ``unbound-local`` has those that no condition decides
}
