"""The rule filled-before-translation."""

from __future__ import annotations

import ast
import re

from quality.rules import AstRule, Invalid, Valid, is_text
from quality_rules._words import words

#: What translates a text → how many of its first arguments are looked up.
_TRANSLATORS = {
    **dict.fromkeys(
        words("gettext gettext_lazy ugettext ugettext_lazy lazy_gettext gettext_noop lgettext"), 1
    ),
    **dict.fromkeys(
        words("ngettext ngettext_lazy ungettext ungettext_lazy lazy_ngettext pgettext pgettext_lazy"), 2
    ),
    **dict.fromkeys(words("npgettext npgettext_lazy"), 3),
}
#: What stands in a text for a value.
_HOLE = re.compile(r"%(?:\(\w+\))?[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|\{[^{}]*\}")


class FilledBeforeTranslation(AstRule):
    """A text is filled in before it is translated.

    ## What it does
    Reports f-strings with values, and texts put together with `%`, `format()` or `+`, in the arguments of `gettext` and its
    relatives, and of `_` where that stands for one of them.

    Texts that are filled behind the call, and names of texts, are fine.

    ## Why is this bad
    Translations are looked up by the text as the source has it. "Hello, Maria!" is in no catalogue, so nobody ever sees
    a translation, and the tool that collects the texts does not find it either.

    ## Example
    ```python
    from gettext import gettext as _

    def greet(name):
        return _(f"Hello, {name}!")
    ```

    ## Use instead
    ```python
    from gettext import gettext as _

    def greet(name):
        return _("Hello, {name}!").format(name=name)
    ```

    ## References
    - [Python documentation: internationalizing your programs and modules](https://docs.python.org/3/library/gettext.html#internationalizing-your-programs-and-modules)
    """

    dimension = "reliability"
    effort = 2
    needs = frozenset({"_", *_TRANSLATORS})

    VALID = (
        Valid(
            "from gettext import gettext as _\n\nprint(_('Hello, %s!') % name, _('{} of {}').format(a, b))"
        ),
        Valid(
            "from gettext import gettext as _\n\nprint(_('a long ' 'text'), _(name), _(f'no value'), _('a ' + 'b'))"
        ),
        Valid(
            "from gettext import gettext\n\ndef pgettext(context, text):\n    return gettext('%s\\x04%s' % (context, text))",
            "A separator",
        ),
        Valid("_ = lambda text: text.upper()\n\nprint(_(f'Hello, {name}!'))", "It is something else"),
        Valid("for _ in makers:\n    print(_(f'Hello, {name}!'))", "It is something else"),
    )
    INVALID = (
        Invalid(
            "from django.utils.translation import gettext_lazy as _\n\nlabel = _('Hello, %s!' % name)",
            ("3:11-3:30 no catalogue has the text with its values: translate it first, and fill it then",),
        ),
        Invalid(
            "import gettext\n\ndef f(n):\n    return gettext.ngettext('one', '{} files'.format(n), n)",
            ("4:36-4:56 no catalogue has the text with its values: translate it first, and fill it then",),
        ),
        Invalid(
            "print(_(f'Hello, {name}!'))",
            ("1:9-1:26 no catalogue has the text with its values: translate it first, and fill it then",),
        ),
        Invalid(
            "from .i18n import _\n\ndef f(name):\n    return _('Hello, ' + name)",
            ("4:14-4:30 no catalogue has the text with its values: translate it first, and fill it then",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        for each in call.args[: self._looked_up(call.func)]:
            if self._is_filled(self.facts.only_value(each)):
                self.report(
                    each, "no catalogue has the text with its values: translate it first, and fill it then"
                )

    def _looked_up(self, function: ast.expr) -> int:
        """How many of its first arguments a function looks up as texts to translate."""
        name = self.facts.origin(function).rpartition(".")[2]
        if name in _TRANSLATORS:
            return _TRANSLATORS[name]
        # gettext.install() makes a builtin of it, and projects have a module that they import it from.
        free = isinstance(function, ast.Name) and function.id == "_"
        return int(free and (name != function.id or "_" in self.facts.imports or "_" not in self.facts.bound))  # type: ignore[attr-defined]

    def _is_filled(self, text: ast.expr) -> bool:
        """Tells whether a text is put together of what the source has and of something else."""
        if not any(map(_has_letters, self.facts.within(text))):
            return False  # nobody translates a separator
        match text:
            case ast.JoinedStr(values=parts):
                return any(isinstance(part, ast.FormattedValue) for part in parts)
            case ast.BinOp(op=ast.Mod(), left=left):
                return is_text(left)
            case ast.BinOp(op=ast.Add()):
                pieces = [
                    node for node in self.facts.within(text) if not isinstance(node, ast.BinOp | ast.operator)
                ]
                return is_text(text) and not all(isinstance(part, ast.Constant) for part in pieces)
            case ast.Call(func=ast.Attribute(value=owner, attr="format")):
                return is_text(owner)
        return False


def _has_letters(node: ast.AST) -> bool:
    """Tells whether a node is a text in which there is something to translate."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and any(letter.isalpha() for letter in _HOLE.sub("", text))
