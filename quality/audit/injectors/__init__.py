"""Known smells, and how to put them into clean code."""

from quality.audit.injectors._form import CLARITY, COMPLEXITY, EFFICIENCY, STRUCTURE
from quality.audit.injectors._injector import Injector
from quality.audit.injectors._reliability import RELIABILITY
from quality.audit.injectors._security import SECURITY

#: All injectors.
INJECTORS: tuple[Injector, ...] = (*RELIABILITY, *SECURITY, *STRUCTURE, *CLARITY, *COMPLEXITY, *EFFICIENCY)

__all__ = ["INJECTORS", "Injector"]
