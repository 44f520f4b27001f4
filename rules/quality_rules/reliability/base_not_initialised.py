"""The rule base-not-initialised."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity, cached_property
from quality.rules import AstRule, Invalid, Valid, last_word

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Classes whose methods use what their ``__init__`` makes, so that nothing of an object works without it.
_BASES = frozenset(
    {
        *("torch.nn.Module", "torch.optim.Optimizer"),
        *("pytorch_lightning.LightningModule", "lightning.LightningModule", "lightning.pytorch.LightningModule"),
        *("tensorflow.keras.Model", "tensorflow.keras.layers.Layer"),
        *("keras.Model", "keras.layers.Layer", "keras.models.Model"),
        *("threading.Thread", "threading.Timer", "multiprocessing.Process", "multiprocessing.context.Process"),
        *("logging.Handler", "logging.StreamHandler", "logging.FileHandler", "logging.Formatter"),
        *("html.parser.HTMLParser", "json.JSONEncoder", "json.JSONDecoder", "cmd.Cmd", "argparse.ArgumentParser"),
        *(    "io.BytesIO"),
        *("tkinter.Tk", "tkinter.Frame", "tkinter.Toplevel", "tkinter.Canvas", "tkinter.ttk.Frame"),
        *("unittest.TestCase", "configparser.ConfigParser", "discord.Client", "discord.ext.commands.Bot"),
    }
)  # fmt: skip
#: Libraries whose widgets are C++ objects, which their ``__init__`` makes.
_WIDGETS = ("PyQt5.QtWidgets.", "PyQt6.QtWidgets.", "PySide2.QtWidgets.", "PySide6.QtWidgets.")
_DEEPEST = 4


class BaseNotInitialised(AstRule):
    """A class has a base that must be initialised, and its `__init__` leaves that out.

    ## What it does
    Reports `__init__` that calls no other `__init__`, in classes that derive from `torch.nn.Module`, `threading.Thread`, a layer of
    Keras, a widget of Qt or Tk, `HTMLParser` and some others whose methods need what their own `__init__` makes.

    ## Why is this bad
    The first thing that is asked of the object raises an error: a module of PyTorch cannot even take its first layer.

    ## Example
    ```python
    from torch import nn

    class Head(nn.Module):
        def __init__(self, size):
            self.linear = nn.Linear(size, 1)
    ```

    ## Use instead
    ```python
    from torch import nn

    class Head(nn.Module):
        def __init__(self, size):
            super().__init__()
            self.linear = nn.Linear(size, 1)
    ```

    ## References
    - [PyTorch documentation: Module](https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html)
    - [Python documentation: threading.Thread](https://docs.python.org/3/library/threading.html#threading.Thread)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    needs = frozenset(name.rpartition(".")[2] for name in _BASES) | {"QtWidgets"}
    equivalents = ("pylint:super-init-not-called",)

    VALID = (
        Valid("from torch import nn\n\nclass A(nn.Module):\n    def forward(self, x):\n        return x"),
        Valid("import threading\n\nclass A(threading.Thread):\n    def __init__(self):\n        threading.Thread.__init__(self)"),
        Valid("import threading\n\nclass A(B, threading.Thread):\n    def __init__(self, x):\n        super(A, self).__init__()\n        self.x = x"),
        Valid("class Module:\n    pass\n\nclass A(Module):\n    def __init__(self, x):\n        self.x = x", "Another one"),
        Valid("from torch import nn\n\nclass A(nn.Module):\n    def __init__(self):\n        raise NotImplementedError", "Nothing of it is made"),
        Valid("from torch import nn\n\nclass A(nn.Module):\n    def __init__(self, **options):\n        self.__dict__.update(options)\n        nn.Module.__init__(self)"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "import threading\n\nclass Worker(threading.Thread):\n    def __init__(self, jobs):\n        self.jobs = jobs\n\n    def run(self):\n        work(self.jobs)",
            ("4:5-4:30 Worker needs what the __init__ of Thread makes: call super().__init__()",),
        ),
        Invalid(
            "import torch.nn as nn\n\nclass Base(nn.Module):\n    pass\n\nclass Net(Base):\n    def __init__(self):\n        self.layer = nn.Linear(1, 2)",
            ("7:5-7:24 Net needs what the __init__ of Module makes: call super().__init__()",),
        ),
        Invalid(
            "from PyQt5.QtWidgets import QWidget\n\nclass Window(QWidget):\n    def __init__(self, title):\n        self.setWindowTitle(title)",
            ("4:5-4:31 Window needs what the __init__ of QWidget makes: call super().__init__()",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        base = self._base(node)
        made = next((each for each in node.body if getattr(each, "name", "") == "__init__"), None)
        if base and isinstance(made, ast.FunctionDef) and not self._initialises(made):
            self.report(made, f"{node.name} needs what the __init__ of {base} makes: call super().__init__()")

    def _base(self, node: ast.ClassDef, depth: int = 0) -> str:
        """What a class derives from that must be initialised; empty when there is no such class."""
        for each in node.bases:
            origin = self.facts.origin(each)
            if origin in _BASES or origin.startswith(_WIDGETS):
                return origin.rpartition(".")[2]
            own = self._classes.get(origin) if depth < _DEEPEST else None
            found = self._base(own, depth + 1) if own is not None and own is not node else ""
            if (
                found
                and own is not None
                and not any(getattr(part, "name", "") == "__init__" for part in own.body)
            ):
                return found
        return ""

    @cached_property
    def _classes(self) -> dict[str, ast.ClassDef]:
        return {node.name: node for node in self.facts.of(ast.ClassDef) if self.facts.is_of_module(node)}

    def _initialises(self, function: FunctionNode) -> bool:
        """Tells whether a base is initialised, or nothing is made at all."""
        if all(isinstance(each, ast.Raise) for each in function.body[-1:]):
            return True
        return any(
            last_word(call.func) == "__init__" or self.facts.is_builtin(call.func, "super")
            for call in self.facts.inside(function, ast.Call)
        )
