"""What names stand for by convention, where the text that reads them binds them nowhere.

A piece of code often comes without the imports of its module. Some names are hardly ever given to anything else: ``np`` is
NumPy, and a ``deque`` that nobody made is that of ``collections``. Names that several libraries share (``Lock``,
``sleep``, ``Field``) or that people give to functions of their own (``product``, ``quote``) are left out.
"""

from __future__ import annotations

_MEMBERS = {
    "bs4": ("BeautifulSoup",),
    "collections": ("ChainMap", "Counter", "OrderedDict", "defaultdict", "deque", "namedtuple"),
    "concurrent.futures": ("ProcessPoolExecutor", "ThreadPoolExecutor"),
    "contextlib": ("contextmanager",),
    "copy": ("deepcopy",),
    "datetime": ("timedelta",),
    "decimal": ("Decimal",),
    "enum": ("Enum", "IntEnum", "IntFlag", "StrEnum"),
    "fractions": ("Fraction",),
    "functools": ("cmp_to_key", "lru_cache", "reduce", "total_ordering", "wraps"),
    "itertools": ("accumulate", "combinations", "islice", "permutations", "zip_longest"),
    "math": ("isqrt",),
    "pathlib": ("Path", "PurePath"),
    "subprocess": ("Popen",),
    "tempfile": ("NamedTemporaryFile", "TemporaryDirectory", "mkdtemp", "mktemp"),
    "threading": ("RLock",),
    "unittest": ("TestCase",),
    "unittest.mock": ("AsyncMock", "MagicMock"),
    "urllib.parse": ("parse_qs", "urlencode", "urljoin", "urlparse", "urlsplit"),
    "urllib.request": ("urlopen", "urlretrieve"),
}
_SHORT = {
    "ET": "xml.etree.ElementTree",
    "etree": "lxml.etree",
    "nn": "torch.nn",
    "np": "numpy",
    "pd": "pandas",
    "plt": "matplotlib.pyplot",
    "tf": "tensorflow",
}

#: Name → the dotted name of what it stands for.
CONVENTIONAL = {
    **{member: f"{module}.{member}" for module, members in _MEMBERS.items() for member in members},
    **_SHORT,
}
