"""What is known of functions of the standard library and of well-known packages."""

from __future__ import annotations

from typing import Final

from quality_rules._flow._values import ALL, TEXT_HARMS, Harm, Level
from quality_rules._words import words

#: Attributes of a request that its sender chooses.
REQUEST_DATA: Final = words("""
    GET POST FILES COOKIES META args form values json data body files cookies headers query query_params
    path_params params match_info query_string rel_url forms raw_uri full_path arguments query_arguments
    body_arguments environ url content_type user_agent referrer stream path base_url view_args media
    bounded_stream raw_post_data params raw_path matchdict
    """)
#: Those that another site's link cannot hold: with them a client misleads nobody but itself.
OWN_DATA: Final = words(
    "COOKIES META cookies headers environ user_agent referrer content_type raw_uri full_path match_info query_string"
    " path base_url url view_args raw_path matchdict"
)
#: Those that were cut out of lines: no line end is in them.
LINES: Final = words("headers user_agent referrer content_type")
#: Methods of a request or handler that return what its sender chooses.
REQUEST_METHODS: Final = words("""
    get_json get_data get_argument get_arguments get_query_argument get_query_arguments get_body_argument
    get_body_arguments get_cookie get_full_path read_body multipart json form body text read post stream
    get_param get_param_as_list get_media receive receive_text receive_json receive_bytes build_absolute_uri
    """)
#: Dotted names of the request in frameworks where it is global.
REQUESTS: Final = frozenset(
    ["flask.request", "bottle.request", "cherrypy.request", "quart.request", "sanic.request", "web.input"]
)
#: Names of parameters and globals that are a request, wherever it comes from.
REQUEST_NAMES: Final = frozenset({"request", "req", "REQUEST"})
#: Requests whose own ``get`` returns what was sent, as in webapp2 and Zope.
OPEN_REQUESTS: Final = frozenset({"self.request", "REQUEST", "self.REQUEST"})
#: Types of parameters that are a file that a client sent: its name is a text, and it is none.
UPLOAD_TYPES: Final = frozenset({"UploadFile", "FileStorage", "UploadedFile"})
#: Names of what has the request that this program itself sent: the answer to it, and the error that came instead.
ANSWERS: Final = frozenset({"response", "resp", "error", "err", "exc", "exception", "e"})
#: Types of parameters that are a request.
REQUEST_TYPES: Final = frozenset(
    {"Request", "HttpRequest", "WSGIRequest", "HTTPServerRequest", "WebSocket", "HTTPConnection"}
)

#: Beginnings of the dotted names of what answers requests is made with; settings and tables of a site are none.
SERVER_MODULES: Final = tuple(
    f"{module}."
    for module in sorted(
        words("""
    flask quart sanic bottle cherrypy falcon fastapi starlette litestar tornado.web aiohttp.web pyramid webob werkzeug
    web webapp2 connexion hug responder channels grpc rest_framework ninja twisted.web http.server BaseHTTPServer
    SimpleHTTPServer socketserver SocketServer wsgiref xmlrpc.server SimpleXMLRPCServer cgi django.http django.views
    django.shortcuts django.urls django.contrib.auth.decorators
    """)
    )
)

#: Last words of decorators that make a function answer requests.
ROUTES: Final = words("""
    route get post put delete patch head options websocket expose view_config api_view whitelist
    api_route http_get http_post
    """)
#: Ends of base classes' names whose methods answer requests.
HANDLER_CLASSES: Final = (
    "RequestHandler",
    "View",
    "ViewSet",
    "Resource",
    "APIView",
    "HTTPEndpoint",
    "MethodView",
    "HTTPMethodView",
)
#: Methods of such classes that get what the sender chose.
HANDLER_METHODS: Final = frozenset({"get", "post", "put", "delete", "patch", "head", "options", "dispatch"})
#: Methods of Django's views, which keep the parts of the address.
VIEW_METHODS: Final = HANDLER_METHODS | frozenset(
    {"get_context_data", "get_queryset", "get_object", "form_valid", "get_template_names", "get_redirect_url"}
)
#: Methods by whose name a framework finds them, whatever the class.
RESPONDERS: Final = frozenset(
    f"on_{name}" for name in ("get", "post", "put", "delete", "patch", "head", "options")
)

#: Functions whose result somebody else chooses.
SOURCES: Final = {
    "input": Level.LOCAL,
    "raw_input": Level.LOCAL,
    "os.getenv": Level.LOCAL,
    "os.environ.get": Level.LOCAL,
    "sys.stdin.read": Level.LOCAL,
    "sys.stdin.readline": Level.LOCAL,
    "sys.stdin.readlines": Level.LOCAL,
    "web.input": Level.REMOTE,
    "cgi.FieldStorage": Level.REMOTE,
    "getpass.getpass": Level.LOCAL,
    "argparse.ArgumentParser.parse_args": Level.LOCAL,
}
#: Names of what a program reads that a web server starts for each request, and methods by which it does.
FORM_NAMES: Final = words("form forms field fields fieldstorage storage fs cgi_form formdata")
FORM_METHODS: Final = frozenset({"getvalue", "getfirst", "getlist"})
#: Things that somebody else chose.
SOURCE_NAMES: Final = {
    "sys.argv": Level.LOCAL,
    "os.environ": Level.LOCAL,
    "os.environb": Level.LOCAL,
    "sys.stdin": Level.LOCAL,
    "frappe.form_dict": Level.REMOTE,
    "frappe.local.form_dict": Level.REMOTE,
}
#: What a handler of ``http.server`` got from its client.
SERVED: Final = frozenset({"self.path", "self.headers", "self.rfile"})
#: Words in the name of a parameter that say that a client wrote it.
CLIENT_WORDS: Final = words("""
    user username userid untrusted comment payload form submitted cookie body email login query search client remote
    referer referrer
    """)
#: Last words of such a name that say that it is no text: numbers, addresses, and what talks to the client.
CLIENT_FACTS: Final = words("""
    id pk uuid address addr ip port count number index size time age socket sock connection conn session class type
    """)
#: Such names of somebody of whom a program keeps a record.
PERSONS: Final = frozenset({"user", "client"})
#: Words in the name of a parameter that say that it is a part of a page, and to become one.
MARKUP_WORDS: Final = frozenset(
    {"html", "xhtml", "markup", "fragment", "svg", "rendered", "toxml", "tostring"}
)
#: Methods that read from a connection.
SOCKET_METHODS: Final = frozenset({"recv", "recvfrom", "recv_into", "recvmsg"})

_ESCAPES_TEXT: Final = [
    "html.escape",
    "cgi.escape",
    "markupsafe.escape",
    "flask.escape",
    "markupsafe.escape_silent",
    "django.utils.html.escape",
    "django.utils.html.conditional_escape",
    "django.utils.html.format_html",
    "django.utils.html.format_html_join",
    "django.utils.html.strip_tags",
    "bleach.clean",
    "bleach.linkify",
    "nh3.clean",
    "xml.sax.saxutils.escape",
    "xml.sax.saxutils.quoteattr",
    "tornado.escape.xhtml_escape",
    "werkzeug.utils.escape",
    "jinja2.escape",
    "format_html",
    "format_html_join",
    "django.utils.html.escapejs",
    "django.utils.html.json_script",
    "flask.json.htmlsafe_dumps",
    "jinja2.utils.htmlsafe_json_dumps",
    "markupsafe.Markup.escape",
    "Markup.escape",
]
_QUOTES_URL: Final = [
    "urllib.parse.quote",
    "urllib.parse.quote_plus",
    "urllib.parse.urlencode",
    "urllib.quote",
    "urllib.quote_plus",
    "urllib.urlencode",
]
_LAST_PARTS: Final = [
    "os.path.basename",
    "ntpath.basename",
]
_NUMBERS: Final = [
    *(
        "int",
        "float",
        "bool",
        "complex",
        "len",
        "ord",
        "hash",
        "id",
        "round",
        "isinstance",
        "hasattr",
        "callable",
    ),
    *(
        "all",
        "any",
        "decimal.Decimal",
        "Decimal",
        "uuid.UUID",
        "UUID",
        "uuid.uuid4",
        "uuid4",
        "fractions.Fraction",
    ),
    *("ipaddress.ip_address", "ipaddress.IPv4Address", "ipaddress.IPv6Address", "datetime.datetime.now"),
    *("datetime.datetime.strptime", "datetime.date.fromisoformat", "datetime.datetime.fromisoformat"),
    *(
        "time.time",
        "secrets.token_hex",
        "hashlib.sha256",
        "hashlib.md5",
        "bson.ObjectId",
        "ObjectId",
        "hex",
        "oct",
    ),
    *(
        "bin",
        "random.randint",
        "random.random",
        "datetime.date.today",
        "datetime.datetime.utcnow",
        "math.floor",
    ),
    *(
        "math.ceil",
        "os.getpid",
        "range",
        "os.urandom",
        "socket.inet_aton",
        "abs",
        "zlib.crc32",
        "binascii.crc32",
    ),
    *("os.stat", "os.lstat", "os.fstat", "os.path.getmtime", "os.path.getctime", "os.path.getsize"),
    *("mimetypes.guess_type", "os.path.exists", "os.path.isfile", "os.path.isdir", "os.path.isabs"),
    *("hashlib.sha1", "hashlib.sha512", "hashlib.sha3_256", "hashlib.blake2b", "hashlib.new", "hmac.new"),
    *("dateutil.parser.parse", "ipaddress.ip_network", "secrets.token_urlsafe", "bson.objectid.ObjectId"),
    *("datetime.datetime.fromtimestamp", "datetime.date.fromtimestamp", "int.from_bytes", "uuid.uuid1"),
]

#: Functions whose result is harmless to some uses, whatever goes in.
CLEANERS: Final[dict[str, int]] = {
    **dict.fromkeys(_NUMBERS, ALL),
    **dict.fromkeys(_ESCAPES_TEXT, int(TEXT_HARMS)),
    **dict.fromkeys(
        _QUOTES_URL, TEXT_HARMS | Harm.REDIRECT | Harm.REQUEST | Harm.HEADER | Harm.LOG | Harm.COMMAND
    ),
    **dict.fromkeys(_LAST_PARTS, int(Harm.PATH)),
    **dict.fromkeys(
        ("werkzeug.utils.secure_filename", "secure_filename", "django.utils.text.get_valid_filename"),
        Harm.PATH | Harm.COMMAND | Harm.SQL | Harm.HEADER | Harm.LOG | TEXT_HARMS,
    ),
    **dict.fromkeys(("ldap.filter.filter_format", "filter_format"), int(Harm.LDAP)),
    "shlex.quote": int(Harm.COMMAND),
    "pipes.quote": int(Harm.COMMAND),
    "shlex.join": int(Harm.COMMAND),
    "subprocess.list2cmdline": int(Harm.COMMAND),
    "werkzeug.utils.safe_join": int(Harm.PATH),
    "werkzeug.security.safe_join": int(Harm.PATH),
    "flask.safe_join": int(Harm.PATH),
    "django.utils._os.safe_join": int(Harm.PATH),
    "safe_join": int(Harm.PATH),
    "jinja2.loaders.split_template_path": int(Harm.PATH),
    "split_template_path": int(Harm.PATH),
    "re.escape": int(Harm.PATTERN),
    "ast.literal_eval": int(Harm.CODE),
    "json.loads": int(Harm.OBJECTS | Harm.CODE),
    "ldap.filter.escape_filter_chars": int(Harm.LDAP),
    "ldap3.utils.conv.escape_filter_chars": int(Harm.LDAP),
    "ldap.dn.escape_dn_chars": int(Harm.LDAP),
    **{
        f"{module}sql.{name}": int(Harm.SQL)
        for module in ("", "psycopg.", "psycopg2.")
        for name in ("Identifier", "Literal")
    },
    **dict.fromkeys(
        ("pickle.dumps", "cloudpickle.dumps", "dill.dumps", "marshal.dumps", "msgpack.packb", "struct.pack"),
        TEXT_HARMS | Harm.OBJECTS,
    ),
    "repr": int(Harm.LOG | Harm.HEADER),
    "ascii": int(Harm.LOG | Harm.HEADER),
    "flask.url_for": ALL,
    "url_for": ALL,
    "django.urls.reverse": ALL,
    **dict.fromkeys(("django.utils.http.http_date", "http_date", "email.utils.formatdate"), ALL),
}
#: Functions that translate a text.
TRANSLATORS: Final = words("_ gettext ugettext gettext_lazy ugettext_lazy")
#: Functions that make a page of a text, with all tags that it has.
PAGE_MAKERS: Final = words(
    "markdown.markdown markdown2.markdown mistune.html mistune.markdown commonmark.commonmark"
)
#: Functions that do what an operator does that puts texts together.
OPERATIONS: Final = words(
    "operator.add operator.concat operator.iadd operator.iconcat operator.mod operator.imod"
)
#: Functions whose result is made of their arguments.
CARRIERS: Final = (
    words("""
    str bytes bytearray unicode list tuple set frozenset dict sorted reversed min max sum next iter zip enumerate
    map filter copy.copy copy.deepcopy os.path.join os.path.expanduser os.path.expandvars os.path.abspath
    os.path.realpath os.path.normpath os.path.relpath os.path.dirname os.path.split os.path.splitext os.fspath os.fsencode
    os.fsdecode posixpath.join pathlib.Path pathlib.PurePath Path PurePath PosixPath urllib.parse.unquote
    urllib.parse.unquote_plus urllib.parse.urljoin unquote unquote_plus urljoin urlparse urlsplit urllib.parse.urlparse urllib.parse.urlsplit
    urllib.parse.parse_qs urllib.parse.parse_qsl json.loads json.load json.dumps base64.b64decode
    base64.b64encode base64.urlsafe_b64decode io.StringIO io.BytesIO StringIO BytesIO textwrap.dedent
    compile re.compile re.sub re.findall re.split re.search re.match re.fullmatch string.Template Template getattr vars repr
    ascii format collections.OrderedDict itertools.chain functools.reduce binascii.unhexlify zlib.decompress
    sqlalchemy.text text smart_str force_str force_text smart_text to_text to_native to_bytes ensure_str
    socket.getaddrinfo socket.gethostbyname typing.cast cast psycopg2.sql.SQL psycopg.sql.SQL shlex.split open io.open
    """)
    | PAGE_MAKERS
    | OPERATIONS
)
#: Functions that make a path absolute, so that its beginning can be compared.
NORMALISERS: Final = frozenset(
    {
        "os.path.abspath",
        "os.path.realpath",
        "os.path.normpath",
        "os.path.relpath",
        "urlparse",
        "urlsplit",
        "urllib.parse.urlparse",
        "urllib.parse.urlsplit",
    }
)
#: Methods of texts, bytes and containers whose result is made of the object and of the arguments.
CARRYING_METHODS: Final = words("""
    capitalize casefold center copy decode encode expandtabs get getlist get_all get_list items keys values
    ljust lower lstrip partition pop popitem read readline readlines removeprefix removesuffix replace rjust
    rpartition rsplit rstrip setdefault split splitlines strip swapcase title translate upper zfill
    resolve absolute joinpath with_name with_suffix as_posix expanduser group groups groupdict most_common
    getvalue to_dict dict __str__ getfirst getvalue json text bindparams format_map
    """)
#: Methods that put their arguments into the object.
FILLING_METHODS: Final = frozenset(
    {"append", "add", "extend", "insert", "update", "appendleft", "write", "put"}
)
#: Methods that tell the nature of a text: true means that it is harmless.
TELLING_METHODS: Final = frozenset(
    {"isdigit", "isdecimal", "isnumeric", "isalnum", "isalpha", "isidentifier"}
)
#: Texts of the standard library that hold nothing but themselves.
HARMLESS_NAMES: Final = frozenset(
    f"string.{name}"
    for name in ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits", "octdigits")
)
#: Types that no text can hide in.
HARMLESS_TYPES: Final = frozenset(
    {
        *(
            "int",
            "float",
            "bool",
            "complex",
            "UUID",
            "Decimal",
            "date",
            "datetime",
            "IPv4Address",
            "IPv6Address",
        ),
        *("Literal", "UUID4", "PositiveInt", "NonNegativeInt", "conint"),
    }
)
#: Methods that ask a database: what it holds is what the program knows, whoever chose what was asked for.
QUERIES: Final = words("""
    execute executemany fetchone fetchall fetchmany fetchrow fetchval scalar scalars scalar_one scalar_one_or_none
    filter filter_by find_one get_or_404 first_or_404 one one_or_none get_object_or_404 get_object_for_this_type
    """)
#: Last words of functions that only tell somebody.
SPEAKERS: Final = words("""
    print debug info warning warn error exception critical log echo secho print_exc fatal pprint assertEqual
    assertIn assertTrue fail
    """)
