"""The code as data that nobody can read."""

from __future__ import annotations

import base64
import codecs
import zlib

from quality.audit.attacks._attack import Family

FAMILY = Family("encode", "The code as data that nobody can read.")


@FAMILY.text()
def base64_exec(code: str) -> str:
    """Decodes base64 and executes it."""
    data = base64.b64encode(code.encode()).decode()
    return f"import base64\n\nexec(base64.b64decode({data!r}))\n"


@FAMILY.text()
def base64_function(code: str) -> str:
    """Makes a function of a decoded code object."""
    data = base64.b64encode(code.encode()).decode()
    return (
        f"import base64\nimport types\n\nDATA = {data!r}\n"
        "types.FunctionType(compile(base64.b64decode(DATA), 'm', 'exec'), globals())()\n"
    )


@FAMILY.text()
def compressed(code: str) -> str:
    """Decompresses and executes."""
    data = zlib.compress(code.encode(), 9)
    return f"import zlib\n\nexec(zlib.decompress({data!r}))\n"


@FAMILY.text()
def hexadecimal(code: str) -> str:
    """Executes the bytes of a hexadecimal string."""
    return f"exec(bytes.fromhex({code.encode().hex()!r}))\n"


@FAMILY.text()
def rotated(code: str) -> str:
    """Executes a text whose letters were rotated."""
    data = codecs.encode(code, "rot13")
    return f"import codecs\n\nexec(codecs.decode({data!r}, 'rot13'))\n"


@FAMILY.text()
def code_points(code: str) -> str:
    """Executes a text that is put together from numbers."""
    return f"POINTS = {[ord(each) for each in code[:2000]]!r}\nexec(''.join(map(chr, POINTS)))\n"


@FAMILY.text()
def marshalled(code: str) -> str:
    """Loads a marshalled code object and makes a function of it."""
    data = base64.b85encode(code.encode()).decode()
    return (
        "import base64\nimport marshal\nimport types\n\n"
        f"CODE = marshal.loads(base64.b85decode({data!r}))\ntypes.FunctionType(CODE, globals())()\n"
    )


@FAMILY.text()
def pickled(code: str) -> str:
    """Unpickles an object that runs the code."""
    data = base64.b64encode(code.encode()).decode()
    return f"import base64\nimport pickle\n\nSTATE = pickle.loads(base64.b64decode({data!r}))\n"


@FAMILY.text()
def decoded_by_name(code: str) -> str:
    """Decodes and executes through names that are put together."""
    data = base64.b64encode(code.encode()).decode()
    return (
        "import builtins\nimport importlib\n\nCODEC = importlib.import_module('base' + '64')\n"
        f"TEXT = getattr(CODEC, 'b64' + 'decode')({data!r})\ngetattr(builtins, 'ev' + 'al')(\n"
        "    getattr(builtins, 'comp' + 'ile')(TEXT, 'm', 'exec')\n)\n"
    )
