"""What an outcome is made of, and what is known about names from outside of a text."""

from __future__ import annotations

import enum
import sys

from quality_rules._substance._modules import WELL_KNOWN
from quality_rules._words import words


class Nature(enum.IntEnum):
    """What a value or the outcome of a function is made of, from least to most."""

    #: There is no outcome.
    NOTHING = 0
    #: It is the same whatever the arguments are.
    FIXED = 1
    #: An argument, as it came.
    ECHO = 2
    #: An argument in another form: ``str(x)``, ``x.strip()``. As a key it is still that argument; as an answer it is work.
    FORM = 3
    #: Looked up among written examples, or chosen by comparing an argument with them.
    LISTED = 4
    #: Whatever a module gives back of which nobody knows anything.
    BORROWED = 5
    #: Computed, read from a state, or an effect.
    WORK = 6


if sys.version_info < (3, 12):  # there, a member is looked up by Python code whenever it is named
    for _nature in Nature:
        type.__setattr__(Nature, _nature.name, _nature)

#: The nature of what a call gives, and of what it does besides.
Called = tuple[Nature, Nature]

#: Builtins that hand on what they get, as a copy or not.
COPIES = frozenset({"list", "tuple", "iter"})
#: Builtins that give an argument another form, or ask what it is.
FORMS = words(
    """
    str repr int float bool bytes ascii hash id type isinstance issubclass callable hasattr dict set
    frozenset sorted
    """
)
#: Builtins that compute and do nothing else.
PURE = words(
    """
    abs all any bin chr complex divmod enumerate filter format hex map max min oct ord pow range
    reversed round slice sum zip object len NotImplementedError ValueError TypeError Exception
    RuntimeError KeyError IndexError
    """
)
#: Methods that give a text another form.
RESHAPES = frozenset(
    {
        "strip",
        "lstrip",
        "rstrip",
        "lower",
        "upper",
        "casefold",
        "title",
        "encode",
        "decode",
        "digest",
        "hexdigest",
    }
)
#: Functions that write a value as text or bytes, or sum it up.
WRITTEN = frozenset(
    {
        *("json.dumps", "pickle.dumps", "marshal.dumps", "base64.b64encode", "binascii.hexlify"),
        *("zlib.crc32", "zlib.adler32", "zlib.compress", "binascii.crc32", "pprint.pformat"),
    }
)
#: Methods that find something in a table by a key.
LOOKUPS = frozenset({"get", "index", "find", "__getitem__", "pop", "setdefault"})
#: Methods that find a part of a text by another.
DIVIDES = frozenset({"partition", "rpartition", "split", "rsplit"})
#: Those, and methods that give a part of what was found.
PARTS = DIVIDES | RESHAPES | {"group", "groups"}
#: Functions that find a pattern in a text.
SEARCHES = frozenset(
    f"re.{name}" for name in ("findall", "finditer", "fullmatch", "match", "search", "split")
)
#: Methods that look at a container.
READS = frozenset({"copy", "count", "get", "index", "items", "keys", "values"})
#: Methods that add to a container.
ADDS = frozenset(
    {"append", "add", "extend", "insert", "update", "setdefault", "appendleft", "extendleft", "push"}
)
#: Those of them that add all entries of another container.
POURS = frozenset({"extend", "extendleft", "update"})
#: Methods that take something out of a container, or order it anew.
CHANGES = frozenset({"clear", "discard", "pop", "popitem", "popleft", "remove", "reverse", "rotate", "sort"})
#: Functions that compare two values as ``==`` does.
COMPARING = frozenset({"operator.eq", "operator.ne", "operator.is_", "operator.is_not"})
#: Functions that set something up for all that runs later.
SETTING = frozenset(
    {
        *("logging.basicConfig", "logging.captureWarnings", "logging.disable"),
        *("logging.config.dictConfig", "logging.config.fileConfig"),
        *("warnings.filterwarnings", "warnings.simplefilter"),
    }
)
#: Functions that make something which only keeps others waiting.
LOCKS = frozenset(
    f"{module}.{name}"
    for module in ("threading", "multiprocessing", "asyncio")
    for name in ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")
)
#: Those and functions that make something empty, or that only holds what it is given: nobody notices that they ran.
KEEPING = LOCKS | {
    *(f"collections.{name}" for name in ("ChainMap", "Counter", "OrderedDict", "defaultdict", "deque")),
    *("asyncio.Event", "threading.Event", "io.BytesIO", "io.StringIO", "types.SimpleNamespace"),
}
#: Functions that make the same of the same: a day, a span of time.
MADE = frozenset(f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta", "timezone"))
#: Functions that look for a setting of the machine, and may be told what to give where there is none.
SETTINGS = frozenset({"os.environ.get", "os.getenv"})
#: Functions that tidy memory up, which changes nothing that a program sees.
TIDYING = frozenset({"gc.collect", "gc.disable", "gc.enable", "gc.freeze"})
#: Functions that read the clock.
CLOCKS = frozenset(
    f"time.{name}{unit}"
    for name in ("time", "perf_counter", "monotonic", "process_time")
    for unit in ("", "_ns")
)
#: Functions that end the program.
LEAVING = frozenset({"sys.exit", "os._exit", "exit", "quit"})
#: Functions that end the test which calls them.
SKIPPING = frozenset(f"pytest.{name}" for name in ("skip", "fail", "exit", "xfail"))
#: Functions that write a value down → those that read the same value from that.
WRITTEN_FOR = {f"{module}.loads": f"{module}.dumps" for module in ("json", "marshal", "pickle")}
#: The module whose objects stand for others in tests: whatever they are asked, they answer it without a look at it.
DOUBLES = "unittest.mock"
#: Modules whose functions give the same for the same arguments, guess, wait or write a log.
_WITHOUT_WORLD = words(
    """
    ast base64 binascii codecs collections copy csv decimal fractions functools hashlib itertools
    json logging math cmath operator pickle random re secrets statistics string struct textwrap time
    typing uuid warnings zlib
    """
)

#: Those of them whose functions give a value and do nothing besides.
GIVING = frozenset(
    {"cmath", "decimal", "fractions", "itertools", "math", "operator", "statistics", "string", "textwrap"}
)
#: Those of them whose functions only tell somebody.
_TELLING = frozenset({"logging", "warnings"})


def is_known(module: str) -> bool:
    """Tells whether a top-level module is the standard library's or well known."""
    return module in sys.stdlib_module_names or module in WELL_KNOWN


def is_closed(module: str) -> bool:
    """Tells whether what a module gives for fixed arguments says nothing about the world."""
    return module in _WITHOUT_WORLD


def is_telling(module: str) -> bool:
    """Tells whether a module's functions only write messages."""
    return module in _TELLING
