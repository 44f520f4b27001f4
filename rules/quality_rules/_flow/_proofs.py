"""What is proven of an expression."""

from __future__ import annotations

import ast
from typing import Final

#: A part of a test, the harms that it cannot do, and whether that is shown or only said by a name.
Proof = tuple[ast.expr, int, bool]
#: Half proofs, in the place of harms.
BEGINS_WITH_SLASH: Final = -1
BEGINS_WITH_ONE: Final = -2
DOUBT: Final = -3
#: More operands of one test are not compared.
MOST_CASES: Final = 40
