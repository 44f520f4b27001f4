"""What a function says, on the screen or in a log, and how it ends the program."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import is_special
from quality.rules import root_name
from quality_rules._substance._filling import Filling
from quality_rules._substance._names import own_name
from quality_rules._substance._nature import SETTING, Nature, is_telling
from quality_rules._substance._spelled import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

#: Names of functions that are there to end the program.
_ENDING = re.compile(
    r"(?:^|_)(?:abort|bail|dies?(?:_|$)|end(?:s|ing)?(?:_|$)|exit|fail|halt|handler|handle_?(?:abort|exit|int|quit|sig|term)|kill|leave"
    r"|on_|quit|shut|signal|stop|terminat|usage)|(?:exit|handler)$"
)
#: Names of functions that may be there to write a line in the log.
_LOGGING = re.compile(
    r"(?:^|_)(?:alert|announce|audit|callback|debug|deprecat|display|dump|echo|emit|err(?:s?(?:_|$)|or)|event|exception|fail|handle|hook"
    r"|info(?:_|$)|inform|listen|log(?:s|ger|ging)?(?:_|$)|main(?:_|$)|message|monitor|note(?:s|d)?(?:_|$)|notif|observe|on_|print|process"
    r"|profil|publish|receiv|record|report|says?(?:_|$)|send|show|stat(?:s|us|istics?)?(?:_|$)|tell|time(?:d|r|s)?(?:_|$)|trac|usage"
    r"|verbose|warn|watch|wrap|write)|(?:callback|handler|log)$"
)
#: Names of functions that may be there to write lines for those who look for errors.
_DEBUGGING = re.compile(r"(?:^|_)(?:debug|dump|log(?:s|ger|ging)?(?:_|$)|trac|verbose)")


class Telling(Filling):
    """Knows whether a message, or the end of the program, is something that a function does.

    Args:
        text: Judges the other functions of the text.
        function: What is evaluated.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        #: How often it ends the program, as its name says.
        self.endings = 0
        #: Whether any of these says that something went wrong.
        self.fails = False

    def ends_program(self, error: ast.expr) -> bool:
        """Tells whether an error ends the program, whatever the arguments are."""
        kind = error.func if isinstance(error, ast.Call) else error
        given = error.args if isinstance(error, ast.Call) else []
        return self.facts.is_builtin(kind, "SystemExit") and self.most(given) <= Nature.FIXED

    def left(self, node: ast.AST) -> Nature:
        """What it does to end the program: nothing that is asked for, unless the name says so, or it is said why."""
        name = own_name(self.function)
        says = not is_special(name) and _ENDING.search(spelled(name)) is not None
        given = node.args if isinstance(node, ast.Call) else []
        why = any(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in given)
        self.endings += says
        self.fails = self.fails or self._leaves_in_failure(node, given)
        self.changes += says  # each time counts
        return Nature.WORK if says or (why and not self.is_asked()) else self._told()

    def _leaves_in_failure(self, node: ast.AST, given: Sequence[ast.expr]) -> bool:
        """Tells whether it is said that something went wrong where the program is ended, here or by another function of the text."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return not self.text.judge(node).ends_well
        codes = map(self.facts.only_value, given)
        return any(not isinstance(each, ast.Constant) or each.value not in (None, 0) for each in codes)

    def _printed(self, node: ast.Call, given: Nature) -> Nature:
        """What showing something does."""
        if self._writes_into_own(node, given):
            return Nature.NOTHING
        # Without parameters there is nothing else that a function could show.
        message = self.text.messages_count and not self.is_asked() and not self._tells_its_name(node)
        shows = given > Nature.FIXED or message
        return Nature.WORK if shows else self._told()

    def _writes_into_own(self, node: ast.Call, given: Nature) -> bool:
        """Tells whether a message goes into a text that the function makes for itself, which has it then."""
        file = next((each.value for each in node.keywords if each.arg == "file"), None)
        if not isinstance(file, ast.Name) or file.id not in self.locals:
            return False
        sources = self.values_of(file.id)
        made = (
            isinstance(each, ast.Call) and self.facts.origin(each.func) == "io.StringIO" for each in sources
        )
        if not sources or not all(made):
            return False
        self._adds(file.id, given)
        return True

    def _tells_its_name(self, node: ast.Call) -> bool:
        """Tells whether a call shows the name of the function that it is in: it only says that this was called."""
        name = own_name(self.function)
        texts = (each.value for each in node.args if isinstance(each, ast.Constant))
        return "_" in name.strip("_") and any(isinstance(text, str) and name in text for text in texts)

    def _told(self) -> Nature:
        """What a message does that is always the same: arguments may decide whether there is one, and how many.

        One about an error that may never be does nothing.
        """
        if self.handling:
            return Nature.NOTHING
        decided = self.control if self.control > Nature.FORM else Nature.NOTHING
        return Nature.WORK if self.looped else decided

    def _said_or_set(self, origin: str) -> Nature:
        """What it does to log or to warn, or to say how; the latter is all that a function without parameters may do.

        A line for those who look for errors is nothing that anybody asked for, whatever decides whether it is written.
        """
        if origin.endswith(".debug") and _DEBUGGING.search(spelled(own_name(self.function))) is None:
            return Nature.NOTHING
        return Nature.WORK if origin in SETTING and not self.is_asked() else self._told()

    def _is_for_log(self) -> bool:
        """Tells whether a line in the log may be what a function is there for: by its name, or because it is a method that others call."""
        name, first = own_name(self.function), next(iter(self.parameters), "")
        return not name or first in {"self", "cls"} or _LOGGING.search(spelled(name)) is not None

    def _is_of_missing_module(self, function: ast.Attribute) -> bool:
        """Tells whether a function of a module that only writes messages is called, without its import."""
        root = root_name(function)
        return is_telling(root) and root not in self.facts.bound
