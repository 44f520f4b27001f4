"""The rule removed-name."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, root_name, shorten
from quality_rules._words import words

#: Library and version → what it no longer has, and what is used in its place.
_GONE = {
    "NumPy 1.24": {
        "numpy.int": "int",
        "numpy.float": "float",
        "numpy.object": "object",
        "numpy.complex": "complex",
        "numpy.str": "str",
        "numpy.unicode": "str",
        "numpy.typeDict": "numpy.sctypeDict",
    },
    "NumPy 2.0": {
        "numpy.float_": "numpy.float64",
        "numpy.complex_": "numpy.complex128",
        "numpy.cfloat": "numpy.complex128",
        "numpy.singlecomplex": "numpy.complex64",
        "numpy.longfloat": "numpy.longdouble",
        "numpy.longcomplex": "numpy.clongdouble",
        "numpy.unicode_": "numpy.str_",
        "numpy.string_": "numpy.bytes_",
        "numpy.Inf": "numpy.inf",
        "numpy.Infinity": "numpy.inf",
        "numpy.infty": "numpy.inf",
        "numpy.PINF": "numpy.inf",
        "numpy.NINF": "-numpy.inf",
        "numpy.NaN": "numpy.nan",
        "numpy.PZERO": "0.0",
        "numpy.NZERO": "-0.0",
        "numpy.alltrue": "numpy.all",
        "numpy.sometrue": "numpy.any",
        "numpy.product": "numpy.prod",
        "numpy.cumproduct": "numpy.cumprod",
        "numpy.round_": "numpy.round",
        "numpy.mat": "numpy.asmatrix",
        "numpy.asfarray": "numpy.asarray",
        "numpy.find_common_type": "numpy.promote_types",
        "numpy.issubclass_": "issubclass",
        "numpy.safe_eval": "ast.literal_eval",
        "numpy.recfromcsv": "numpy.genfromtxt",
        "numpy.recfromtxt": "numpy.genfromtxt",
    },
    "pandas 1.0": {
        "pandas.Panel": "pandas.MultiIndex",
        "pandas.TimeGrouper": "pandas.Grouper",
        "pandas.read_msgpack": "pandas.read_parquet",
        "pandas.rolling_mean": "rolling().mean()",
        "pandas.scatter_matrix": "pandas.plotting.scatter_matrix",
    },
    "pandas 2.0": {
        "pandas.np": "numpy",
        "pandas.datetime": "datetime",
        "pandas.Int64Index": "pandas.Index",
        "pandas.UInt64Index": "pandas.Index",
        "pandas.Float64Index": "pandas.Index",
        "pandas.SparseArray": "pandas.arrays.SparseArray",
    },
    "Python 3.0": {
        "itertools.izip": "zip",
        "itertools.imap": "map",
        "itertools.ifilter": "filter",
        "itertools.izip_longest": "itertools.zip_longest",
        "os.getcwdu": "os.getcwd",
        "string.maketrans": "str.maketrans",
        "string.letters": "string.ascii_letters",
        "string.lowercase": "string.ascii_lowercase",
        "string.uppercase": "string.ascii_uppercase",
        "sys.maxint": "sys.maxsize",
        "urllib.quote": "urllib.parse.quote",
        "urllib.unquote": "urllib.parse.unquote",
        "urllib.urlencode": "urllib.parse.urlencode",
        "urllib.urlopen": "urllib.request.urlopen",
        "urllib.urlretrieve": "urllib.request.urlretrieve",
        "urllib2": "urllib.request",
        "urlparse": "urllib.parse",
        "cPickle": "pickle",
        "cStringIO": "io",
        "ConfigParser": "configparser",
        "httplib": "http.client",
        "cookielib": "http.cookiejar",
        "xmlrpclib": "xmlrpc.client",
    },
    "Python 3.8": {"time.clock": "time.perf_counter", "cgi.escape": "html.escape"},
    "Python 3.9": {"xml.etree.cElementTree": "xml.etree.ElementTree", "fractions.gcd": "math.gcd"},
    "Python 3.10": {
        f"collections.{name}": f"collections.abc.{name}"
        for name in words(
            "Callable Hashable Iterable Iterator Mapping MutableMapping MutableSequence Sequence Set Sized"
        )
    },
    "Python 3.11": {
        "asyncio.coroutine": "async def",
        "inspect.getargspec": "inspect.getfullargspec",
    },
    "Python 3.12": {"ssl.wrap_socket": "ssl.SSLContext.wrap_socket", "pkgutil.ImpImporter": "importlib"},
    "Python 3.13": {"unittest.makeSuite": "unittest.TestLoader.loadTestsFromTestCase"},
    "pytest 6.2": {"pytest.yield_fixture": "pytest.fixture"},
    "Django 2.0": {"django.core.urlresolvers": "django.urls"},
    "Django 4.0": {
        "django.conf.urls.url": "django.urls.re_path",
        "django.utils.translation.ugettext": "django.utils.translation.gettext",
        "django.utils.translation.ugettext_lazy": "django.utils.translation.gettext_lazy",
        "django.utils.encoding.force_text": "django.utils.encoding.force_str",
        "django.utils.encoding.smart_text": "django.utils.encoding.smart_str",
        "django.utils.http.urlquote": "urllib.parse.quote",
        "django.utils.http.is_safe_url": "django.utils.http.url_has_allowed_host_and_scheme",
        "django.db.models.NullBooleanField": "django.db.models.BooleanField",
    },
    "Flask 3.0": {"flask.Markup": "markupsafe.Markup", "flask.escape": "markupsafe.escape"},
    "Jinja 3.1": {"jinja2.Markup": "markupsafe.Markup", "jinja2.contextfunction": "jinja2.pass_context"},
    "Pillow 10": {"PIL.Image.ANTIALIAS": "PIL.Image.LANCZOS"},
    "TensorFlow 2": {
        "tensorflow.Session": "eager execution",
        "tensorflow.placeholder": "tensorflow.function",
        "tensorflow.get_variable": "tensorflow.Variable",
        "tensorflow.contrib": "tensorflow_addons or keras",
        "tensorflow.global_variables_initializer": "eager execution",
    },
    "scikit-learn 1.2": {"sklearn.datasets.load_boston": "another data set"},
    "scikit-learn 0.20": {
        "sklearn.cross_validation": "sklearn.model_selection",
        "sklearn.grid_search": "sklearn.model_selection",
    },
    "scikit-learn 0.22": {"sklearn.preprocessing.Imputer": "sklearn.impute.SimpleImputer"},
    "scikit-learn 0.23": {"sklearn.externals.joblib": "joblib"},
    "SciPy 1.2": {"scipy.misc.imread": "imageio.imread"},
    "SciPy 1.3": {"scipy.misc.imresize": "PIL.Image.Image.resize"},
    "openai 1.0": {
        "openai.ChatCompletion": "openai.OpenAI().chat.completions",
        "openai.Completion": "openai.OpenAI().completions",
    },
}
_KNOWN = {name: (version, use) for version, names in _GONE.items() for name, use in names.items()}
#: Attributes of the data frames of pandas that are gone.
_OF_FRAMES = {"ix": ("pandas 1.0", "loc or iloc")}
_WORDS = frozenset(name.rpartition(".")[2] for name in _KNOWN) | _OF_FRAMES.keys()
#: Modules that may be those of a project where they are asked for by the words of one that is gone.
_OTHERS = frozenset(name for name in _KNOWN if "." not in name)


class RemovedName(AstRule):
    """A library no longer has what is taken from it.

    ## What it does
    Reports names of the standard library, and of NumPy, pandas, Django and some others, that their current major
    versions do not have, or are about to drop: `numpy.float_`, `collections.Mapping`, `pytest.yield_fixture`.

    What is imported in a `try` that goes on without it, or for an older version only, is fine.

    ## Why is this bad
    With a current version, the import or the first use raises an error.

    ## Example
    ```python
    import numpy as np

    def valid(rows):
        return np.alltrue(rows != np.NaN)
    ```

    ## Use instead
    ```python
    import numpy as np

    def valid(rows):
        return not np.isnan(rows).any()
    ```

    ## References
    - [NumPy 2.0 migration guide](https://numpy.org/doc/stable/numpy_2_0_migration_guide.html)
    - [Python documentation: what's new](https://docs.python.org/3/whatsnew/index.html)
    """

    dimension = "reliability"
    severity = Severity.WARNING
    confidence = Confidence.MEDIUM
    effort = 2
    needs = _WORDS
    equivalents = (
        "pylint:no-member",
        "pylint:no-name-in-module",
        "pylint:deprecated-method",
        "pylint:deprecated-class",
    )

    VALID = (
        Valid("import numpy as np\n\nx = np.float64(1), np.inf, np.bool, np.nan\nstore.NaN = 1"),
        Valid(
            "try:\n    from collections import Mapping\nexcept ImportError:\n    from collections.abc import Mapping"
        ),
        Valid("import sys\n\nif sys.version_info[0] < 3:\n    from urllib2 import urlopen"),
        Valid("import itertools\n\nzipped = getattr(itertools, 'izip', zip)", "Where there is one"),
        Valid("import tensorflow.compat.v1 as tf\n\nsession = tf.Session()", "It has it"),
        Valid("from six.moves import cPickle\nfrom .urlparse import split", "Of another"),
        Valid(
            "import pandas as pd\n\nclass A:\n    def f(self):\n        return self.ix[0], ix[1]",
            "Of another",
        ),
    )
    INVALID = (
        Invalid(
            "import pandas as pd\n\ndef f(frame):\n    return frame.ix[0, 'price']",
            ("4:12-4:20 frame.ix is gone, or about to go, since pandas 1.0: use loc or iloc",),
        ),
        Invalid(
            "import numpy as np\n\nlowest = [np.NINF] * 3\nkinds = [np.float_, np.float32]",
            (
                "3:11-3:18 numpy.NINF is gone, or about to go, since NumPy 2.0: use -numpy.inf",
                "4:10-4:19 numpy.float_ is gone, or about to go, since NumPy 2.0: use numpy.float64",
            ),
        ),
        Invalid(
            "from collections import Mapping, OrderedDict",
            (
                "1:1-1:45 collections.Mapping is gone, or about to go, since Python 3.10: use collections.abc.Mapping",
            ),
        ),
        Invalid(
            "import xml.etree.cElementTree as tree\nimport urllib2\n\nurllib2.urlopen('a')",
            (
                "1:1-1:38 xml.etree.cElementTree is gone, or about to go, since Python 3.9: use xml.etree.ElementTree",
                "2:1-2:15 urllib2 is gone, or about to go, since Python 3.0: use urllib.request",
            ),
        ),
        Invalid(
            "import pytest\n\n@pytest.yield_fixture()\ndef store():\n    yield open_store()",
            ("3:2-3:22 pytest.yield_fixture is gone, or about to go, since pytest 6.2: use pytest.fixture",),
        ),
        Invalid(
            "from django.utils.translation import ugettext_lazy as _",
            (
                "1:1-1:56 django.utils.translation.ugettext_lazy is gone, or about to go, since Django 4.0: use django.utils.translation.gettext_lazy",
            ),
        ),
    )

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._check(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level or not node.module:
            return
        if node.module in _KNOWN:
            self._check(node, node.module)
            return
        for alias in node.names:
            self._check(node, f"{node.module}.{alias.name}")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in _WORDS and isinstance(node.ctx, ast.Load):
            origin = self.facts.origin(node)
            package = self.facts.origins.standing.get(root_name(node), "").partition(".")[0]
            if package and origin not in _OTHERS and origin.partition(".")[0] == package:
                self._check(node, origin)
        if node.attr in _OF_FRAMES and "pandas" in self.facts.packages:
            self._check_frame(node)

    def _check_frame(self, node: ast.Attribute) -> None:
        """An attribute of what is no object of the source, with an index behind it."""
        above = self.facts.parent(node)
        indexed = isinstance(above, ast.Subscript) and above.value is node
        if indexed and root_name(node) not in {"self", "cls"} and not self._is_tried(node):
            version, use = _OF_FRAMES[node.attr]
            shown = shorten(ast.unparse(node))
            self.report(node, f"{shown} is gone, or about to go, since {version}: use {use}")

    def _check(self, node: ast.AST, name: str) -> None:
        gone = _KNOWN.get(name)
        if gone is not None and not self._is_tried(node):
            version, use = gone
            self.report(node, f"{name} is gone, or about to go, since {version}: use {use}")

    def _is_tried(self, node: ast.AST) -> bool:
        """Tells whether something else is done where the name is not there."""
        below = node
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.Try) and above.handlers and below not in above.finalbody:
                return True
            if (
                isinstance(above, ast.If | ast.IfExp)
                and below is not above.test
                and self._asks_version(above.test)
            ):
                return True
            below = above
        return False

    def _asks_version(self, test: ast.expr) -> bool:
        """Tells whether a condition asks which version there is, or whether a name is there."""
        asked = ("version", "py2", "py3", "hasattr")
        words_of = (getattr(node, "id", getattr(node, "attr", "")) for node in self.facts.within(test))
        return any(any(part in str(word).lower() for part in asked) for word in words_of)
