"""How rules are written: the bases, the cases, the catalogue, and the checks for tests.

A rule is one file with one class::

    class NoPrint(AstRule):
        '''Output is printed.

        ## What it does
        ...
        '''

        dimension = "clarity"
        VALID = (Valid("logger.info('done')"),)
        INVALID = (Invalid("print('done')", ("1:1-1:14 print() in a library; use logging",)),)

        def visit_Call(self, node: ast.Call) -> None:
            if self.facts.is_builtin(node.func, "print"):
                self.report(node, "print() in a library; use logging")

and a plugin returns ``catalogue([NoPrint], "acme")`` from the hook ``quality_rules``.

- A rule: ``_base``, with ``_settings``, ``_cases``, ``_checks`` (of its cases) and ``_documentation`` (its page); ``_catalogue`` makes
  entries of them.
- What it asks: ``_facts``, with ``_names``, ``_assignments``, ``_comments``, ``_pieces`` and the small questions of ``_syntax``.
- How all are run: ``_runner``, by the ``_choice`` of those that a source concerns, in the ``_walks`` of its trees.
- What corrects its findings: ``_fix``, applied by ``fixing``.
"""

from quality.rules._assignments import Assignment, pairs_of
from quality.rules._base import AstRule, BaseRule, CstRule
from quality.rules._cases import Invalid, Valid
from quality.rules._catalogue import ANALYZER, catalogue, discover_rules
from quality.rules._checks import check_case, check_example, check_fixed, describe, rule_cases, run_rule
from quality.rules._comments import Comment
from quality.rules._documentation import HEADINGS, rule_page
from quality.rules._facts import Facts
from quality.rules._fix import Around, Fix, Fixed
from quality.rules._names import Names, parameters
from quality.rules._pieces import pieces_of
from quality.rules._runner import RuleRunner, RuleTiming, rule_class
from quality.rules._settings import Setting
from quality.rules._syntax import (
    ASSIGNMENTS,
    LOOPS,
    SCOPES,
    TERMINAL,
    body_of,
    decorators,
    dotted_name,
    is_choice,
    is_filtered,
    is_for_log,
    is_junction,
    is_literal,
    is_log_call,
    is_placeholder,
    is_text,
    is_type_checking,
    last_word,
    name_words,
    names_version,
    positional_of,
    root_name,
    same_code,
    shorten,
    sides_of,
    targets_of,
    with_defaults,
)

__all__ = [
    "ANALYZER",
    "ASSIGNMENTS",
    "HEADINGS",
    "LOOPS",
    "SCOPES",
    "TERMINAL",
    "Around",
    "Assignment",
    "AstRule",
    "BaseRule",
    "Comment",
    "CstRule",
    "Facts",
    "Fix",
    "Fixed",
    "Invalid",
    "Names",
    "RuleRunner",
    "RuleTiming",
    "Setting",
    "Valid",
    "body_of",
    "catalogue",
    "check_case",
    "check_example",
    "check_fixed",
    "decorators",
    "describe",
    "discover_rules",
    "dotted_name",
    "is_choice",
    "is_filtered",
    "is_for_log",
    "is_junction",
    "is_literal",
    "is_log_call",
    "is_placeholder",
    "is_text",
    "is_type_checking",
    "last_word",
    "name_words",
    "names_version",
    "pairs_of",
    "parameters",
    "pieces_of",
    "positional_of",
    "root_name",
    "rule_cases",
    "rule_class",
    "rule_page",
    "run_rule",
    "same_code",
    "shorten",
    "sides_of",
    "targets_of",
    "with_defaults",
]
