"""Where a value does harm."""

from __future__ import annotations

from typing import Final, NamedTuple

from quality_rules._flow._values import Harm


class Sink(NamedTuple):
    """Arguments of a function that are dangerous.

    Attributes:
        harm: What happens.
        positions: Indexes of the arguments.
        keywords: Names of the arguments.
        sure: False when only the function's name says so.
        composed: True when a value that is nothing but handed on is meant to be what it is.
    """

    harm: Harm
    positions: tuple[int, ...] = (0,)
    keywords: tuple[str, ...] = ()
    sure: bool = True
    composed: bool = False


_COMMAND: Final = Sink(Harm.COMMAND, (0,), ("cmd", "command", "args"))
_QUERY: Final = Sink(Harm.SQL, (0,), ("query", "sql", "operation", "statement"), composed=True)
_PATH: Final = Sink(Harm.PATH, (0,), ("file", "path", "filename", "path_or_file", "filename_or_fp"))
_TWO_PATHS: Final = Sink(Harm.PATH, (0, 1), ("src", "dst"))
_HTML: Final = Sink(Harm.HTML, (0,), ("content", "response", "text", "body"))
_OBJECTS: Final = Sink(Harm.OBJECTS, (0,), ("data", "file", "stream", "filename"))
_URL: Final = Sink(Harm.REQUEST, (0,), ("url",))
_REDIRECT: Final = Sink(Harm.REDIRECT, (0,), ("location", "url", "redirect_to", "to"))
_XML: Final = Sink(Harm.XML, (0,), ("text", "source", "string"))
_TEMPLATE: Final = Sink(Harm.TEMPLATE, (0,), ("source",), composed=True)
_PATTERN: Final = Sink(Harm.PATTERN, (0,), ("pattern",))
_CODE: Final = Sink(Harm.CODE, (0,), ("source",))
_LDAP: Final = Sink(Harm.LDAP, (0, 2), ("filterstr", "search_filter", "search_base", "base"), composed=True)
_VOLUME: Final = Sink(Harm.VOLUME, (0,), ("data",))
_SECOND: Final = (1,)


def _all(sink: Sink, names: str) -> dict[str, Sink]:
    return dict.fromkeys(names.split(), sink)


_XML_MODULES: Final = (
    "xml.etree.ElementTree",
    "xml.etree.cElementTree",
    "lxml.etree",
    "ElementTree",
    "etree",
    "ET",
)

#: Dotted name → the dangerous arguments.
FUNCTIONS: Final[dict[str, Sink]] = {
    **_all(
        _COMMAND,
        """
        os.system os.popen os.popen2 os.popen3 popen2.popen2 popen2.popen3 commands.getoutput getoutput
        commands.getstatusoutput getstatusoutput subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell
        pexpect.run pexpect.spawn
        """,
    ),
    **_all(
        _PATH,
        """
        open io.open codecs.open os.open os.remove os.unlink os.rmdir os.removedirs os.mkdir os.makedirs
        os.listdir os.scandir os.chmod shutil.rmtree send_file flask.send_file flask.send_from_directory
        FileResponse starlette.responses.FileResponse fastapi.responses.FileResponse
        django.http.FileResponse aiofiles.open tarfile.open zipfile.ZipFile web.FileResponse
        aiohttp.web.FileResponse sanic.response.file cherrypy.lib.static.serve_file os.walk
        """,
    ),
    **_all(
        _TWO_PATHS,
        "os.rename os.replace os.link os.symlink shutil.copy shutil.copyfile shutil.copy2 shutil.move",
    ),
    **_all(
        _HTML,
        """
        Markup markupsafe.Markup flask.Markup jinja2.Markup mark_safe django.utils.safestring.mark_safe
        SafeString django.utils.safestring.SafeString SafeText HttpResponse django.http.HttpResponse
        HttpResponseBadRequest HttpResponseNotFound HttpResponseForbidden HttpResponseServerError
        django.http.HttpResponseBadRequest django.http.HttpResponseNotFound django.http.HttpResponseForbidden
        django.http.HttpResponseServerError
        HTMLResponse fastapi.responses.HTMLResponse starlette.responses.HTMLResponse make_response
        flask.make_response flask.Response Response werkzeug.wrappers.Response django.utils.html.format_html
        format_html web.Response aiohttp.web.Response
        """,
    ),
    **_all(
        _OBJECTS,
        """
        pickle.loads pickle.load pickle.Unpickler cPickle.loads cPickle.load _pickle.loads _pickle.load dill.loads
        dill.load cloudpickle.loads cloudpickle.load marshal.loads marshal.load shelve.open yaml.unsafe_load
        yaml.unsafe_load_all yaml.load yaml.load_all jsonpickle.decode joblib.load pandas.read_pickle
        pd.read_pickle torch.load numpy.load np.load
        """,
    ),
    **_all(
        _URL,
        """
        requests.get requests.post requests.put requests.delete requests.patch requests.head requests.options
        httpx.get httpx.post httpx.put httpx.delete httpx.patch httpx.head httpx.stream urllib.request.urlopen
        urllib.request.urlretrieve urllib.request.Request urllib.urlopen urllib2.urlopen urllib2.Request urlopen
        http.client.HTTPConnection http.client.HTTPSConnection socket.create_connection
        """,
    ),
    **_all(_VOLUME, "gzip.decompress zlib.decompress bz2.decompress lzma.decompress"),
    **_all(
        Sink(Harm.XPATH, (0,), ("path",), composed=True), "etree.XPath lxml.etree.XPath lxml.etree.ETXPath"
    ),
    **_all(Sink(Harm.XPATH, (1,), ("path",), composed=True), "elementpath.select elementpath.iter_select"),
    "getattr": Sink(Harm.CODE, _SECOND, sure=False),
    "aiohttp.request": Sink(Harm.REQUEST, _SECOND, ("url",)),
    "requests.request": Sink(Harm.REQUEST, (1,), ("url",)),
    "httpx.request": Sink(Harm.REQUEST, (1,), ("url",)),
    **_all(
        _REDIRECT,
        """
        redirect flask.redirect django.shortcuts.redirect HttpResponseRedirect django.http.HttpResponseRedirect
        HttpResponsePermanentRedirect django.http.HttpResponsePermanentRedirect RedirectResponse
        starlette.responses.RedirectResponse fastapi.responses.RedirectResponse bottle.redirect web.seeother
        werkzeug.utils.redirect web.HTTPFound aiohttp.web.HTTPFound cherrypy.HTTPRedirect HTTPFound HTTPSeeOther
        web.HTTPSeeOther aiohttp.web.HTTPSeeOther web.HTTPMovedPermanently aiohttp.web.HTTPMovedPermanently
        web.HTTPTemporaryRedirect web.HTTPPermanentRedirect
        """,
    ),
    **_all(
        _XML,
        " ".join(f"{module}.{name}" for module in _XML_MODULES for name in ("fromstring", "parse", "XML")),
    ),
    **_all(
        _XML,
        """
        xml.dom.minidom.parse xml.dom.minidom.parseString xml.sax.parse xml.sax.parseString
        xml.dom.pulldom.parse xml.dom.pulldom.parseString xml.dom.expatbuilder.parseString minidom.parseString
        minidom.parse
        """,
    ),
    **_all(
        _TEMPLATE,
        """
        render_template_string flask.render_template_string Template jinja2.Template jinja2.Environment.from_string
        mako.template.Template django.template.Template django.template.engines.from_string
        tornado.template.Template bottle.template bottle.SimpleTemplate SimpleTemplate
        """,
    ),
    **_all(
        _PATTERN, "re.compile re.match re.search re.fullmatch re.sub re.subn re.split re.findall re.finditer"
    ),
    **_all(
        _CODE,
        "eval exec builtins.eval builtins.exec timeit.timeit timeit.repeat timeit.Timer pandas.eval sympy.sympify",
    ),
    **_all(_CODE, "sympy.parse_expr numexpr.evaluate cProfile.run profile.run pdb.run pdb.runeval"),
    **_all(_CODE._replace(composed=True), "compile importlib.import_module __import__"),
    **_all(_QUERY, "sqlalchemy.text sqlalchemy.sql.text sqlalchemy.sql.expression.text"),
    **_all(_QUERY._replace(sure=False), "text"),
    **_all(_QUERY, "RawSQL django.db.models.expressions.RawSQL"),
    **_all(_QUERY, "pandas.read_sql pd.read_sql pandas.read_sql_query pd.read_sql_query"),
}

_SIZE: Final = Sink(Harm.SIZE)
#: Dotted name → the arguments that say how much there will be.
SIZED: Final[dict[str, Sink]] = {
    **_all(
        _SIZE,
        """
        bytes bytearray os.urandom secrets.token_bytes secrets.token_hex secrets.token_urlsafe math.factorial
        time.sleep asyncio.sleep random.randbytes
        """,
    ),
    **_all(
        _SIZE._replace(keywords=("shape",)),
        " ".join(
            f"{module}.{name}"
            for module in ("numpy", "np")
            for name in ("zeros", "ones", "empty", "full", "arange")
        ),
    ),
    "range": Sink(Harm.SIZE, (0, 1)),
    "itertools.repeat": Sink(Harm.SIZE, _SECOND, ("times",)),
    "random.choices": Sink(Harm.SIZE, (), ("k",)),
    **_all(Sink(Harm.SIZE, _SECOND, ("size",)), "Image.new PIL.Image.new"),
}
#: Methods whose argument says how much there will be, and those that wait for that much.
SIZED_METHODS: Final = frozenset({"ljust", "rjust", "center", "zfill", "limit", "resize"})
READERS: Final = frozenset({"rfile", "stream", "reader"})

#: Name of a method → the dangerous arguments, whatever the object is.
METHODS: Final[dict[str, Sink]] = {
    **_all(
        _QUERY,
        """
        execute executemany executescript execute_async execute_query raw_sql read_sql read_sql_query mogrify
        prepare fetchrow fetchval
        """,
    ),
    **_all(_QUERY._replace(sure=False), "raw query sql run_sql text RawSQL exec_driver_sql run_query"),
    "extra": Sink(Harm.SQL, (), ("where", "select", "order_by", "tables"), sure=False, composed=True),
    **_all(
        _COMMAND._replace(composed=True), "exec_command create_subprocess_shell getoutput getstatusoutput"
    ),
    **_all(_HTML, "wfile.write response.write out.write request.write"),
    **_all(_LDAP, "search_s search_st search_ext search_ext_s"),
    **_all(Sink(Harm.LDAP, (0,), ("who",), composed=True), "simple_bind_s simple_bind bind_s"),
    **_all(Sink(Harm.HEADER, (0, 1), composed=True), "set_header add_header send_header"),
    **_all(_TEMPLATE, "from_string"),
    **_all(Sink(Harm.XPATH, (0,), ("path", "_path"), composed=True), "xpath"),
    **_all(Sink(Harm.XPATH, (0,), ("path",), sure=False, composed=True), "findall iterfind findtext"),
}
#: Functions that start a process: dangerous when a shell reads their first argument.
STARTERS: Final = frozenset({"call", "run", "check_call", "check_output", "Popen"})
#: Shells that run the text behind ``-c``.
SHELLS: Final = frozenset(
    {"sh", "bash", "/bin/sh", "/bin/bash", "zsh", "dash", "ksh", "cmd", "cmd.exe", "powershell"}
)
#: Functions that become or start another program.
REPLACERS: Final = frozenset(
    f"os.{kind}{form}"
    for kind in ("exec", "spawn")
    for form in ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")
)
#: Words in the name of a function that runs something.
RUNNING_WORDS: Final = frozenset({"exec", "execute", "run", "ssh", "system", "popen", "shell", "sudo"})
#: Words in the name of a function that say what it runs.
COMMAND_WORDS: Final = frozenset({"cmd", "command", "commands", "cli", "ssh", "shell", "popen", "system"})
#: Names of objects that hand what they get to a command line.
COMMAND_OWNERS: Final = frozenset({"adb", "ssh", "shell", "cli"})
#: Programs that read, write or change the files that they are given.
FILE_PROGRAMS: Final = frozenset(
    {"cat", "chmod", "chown", "cp", "dd", "install", "ln", "mkdir", "mv", "rm", "tee", "touch"}
)
#: Methods of a path that use what it names.
FILE_METHODS: Final = frozenset(
    {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "rmdir", "mkdir", "iterdir"}
)
#: Functions that say that a text is a page already.
MARKERS: Final = frozenset({"Markup", "mark_safe", "SafeString", "SafeText"})
#: Methods that search a collection of documents.
DOCUMENT_METHODS: Final = frozenset(
    {
        "find",
        "find_one",
        "find_one_and_update",
        "find_one_and_delete",
        "find_one_and_replace",
        "replace_one",
        "update_one",
        "update_many",
        "delete_one",
        "delete_many",
        "count_documents",
    }
)
#: Classes whose objects ask other servers, and the methods that do so with a URL in front, or behind the verb.
CLIENTS: Final = frozenset(
    [
        *(
            "requests.Session",
            "requests.session",
            "httpx.Client",
            "httpx.AsyncClient",
            "aiohttp.ClientSession",
        ),
        *("urllib3.PoolManager", "AsyncClient", "ClientSession"),
    ]
)
CLIENT_METHODS: Final = frozenset(
    {"get", "post", "put", "delete", "patch", "head", "options", "ws_connect", "urlopen"}
)
CLIENT_VERBS: Final = frozenset({"request", "stream"})
#: Words in the names of objects that may be such, and of what they are given when they are.
CLIENT_NAMES: Final = frozenset({"session", "client", "http"})
ADDRESS_NAMES: Final = frozenset({"url", "uri", "href", "endpoint", "webhook", "link"})
#: Names of objects whose methods send a client what they write.
WRITERS: Final = frozenset({"request", "response", "resp", "self", "out", "wfile"})
#: Beginnings of what a spreadsheet takes for a formula.
FORMULAS: Final = frozenset("=+-@")
#: Methods that write a record of what happens.
LOG_METHODS: Final = frozenset({"debug", "info", "warning", "warn", "error", "exception", "critical", "log"})
