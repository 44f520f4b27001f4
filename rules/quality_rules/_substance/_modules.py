"""Modules that need no proof that they exist."""

from __future__ import annotations

from quality_rules._words import words

#: Distributions that very many programs use, by the names they are imported by, what programs bring to scripts that run
#: inside of them, and what the standard library of Python 2 had under other names. A name that could as well be
#: invented for a task does not belong here.
WELL_KNOWN = words(
    """
    __builtin__ _winreg ConfigParser cPickle cStringIO httplib Queue StringIO Tkinter urllib2 urlparse
    absl accelerate AccessControl Acquisition Adafruit_DHT adafruit_dht adal addict adlfs aenum
    affine agno ahocorasick aio_pika aioboto3 aiobotocore aiocache aiodns aiofile aiofiles aiogram
    aiohappyeyeballs aiohttp aioitertools aiokafka aiolimiter aiomqtt aiomysql aioquic aioredis
    aioresponses aiormq aiortc aiosignal aiosmtpd aiosmtplib aiosqlite aiostream airflow akshare
    alabaster albumentations alembic algoliasearch algosdk alive_progress aliyunsdkcore allauth
    allennlp allure alpaca alpaca_trade_api alpha_vantage altair altgraph amqp analogio androguard
    angr aniso8601 anndata annotated_doc annotated_types annoy ansible anthropic antlr4 anyio
    anytree anywidget apache_beam apiflask apispec appdirs appium AppKit apprise approvaltests
    appwrite apscheduler apsw arabic_reshaper arango arcade arch arcpy argcomplete argon2 ariadne
    arpeggio arq arrow arviz arxiv asana asciimatics ase asgi_lifespan asgiref asn1crypto assemblyai
    assertpy astor astral astroid astroplan astropy astroquery asttokens astunparse async_lru
    async_timeout asyncpg asyncssh asynctest asyncua atlassian attr attrs aubio audioread auth0
    authlib autobahn autoflake autogen autograd automat autopep8 autoslug av avro awkward
    aws_lambda_powertools aws_xray_sdk awscrt awswrangler ax axes azure b2sdk babel backoff
    backtrader bambi bandit barcode base58 bashlex bcrypt beaker beanie beartype behave betamax
    better_profanity betterproto bibtexparser bidi bidict billiard binance Bio biotite bitarray
    bitsandbytes bitstring bitstruct black blacksheep blake3 bleach bleak blessed blessings blinker
    blis blist blobfile bluetooth bmesh board bokeh boltons boto boto3 botocore botorch bottle
    bottleneck box Box2D boxsdk bpy bpython bqplot bracex braintree brian2 brotli brownie
    browser_cookie3 browser_use bs4 bson BTrees buildbot busio bytecode bzrlib cachecontrol
    cached_property cachetools cadwyn caffe cairo cairocffi cairosvg caldav camelot can canopen
    capnp capstone captcha cartopy casadi casbin cassandra catboost category_encoders cattr cattrs
    causalml cbor2 cchardet cclib ccxt cefpython3 celery cement censys cerberus certifi cffi cfgv
    cfnlint cftime chainer chalice channels chardet charset_normalizer checkov cherrypy chess
    chevron chex chromadb circuitbreaker cirq ciso8601 ckeditor clang clarabel claude_agent_sdk cleo
    click clickhouse_connect clickhouse_driver cliff cloudevents cloudflare cloudinary cloudpathlib
    cloudpickle cloudscraper clr cma cmaes cmd2 cmdstanpy cobra cohere coinbase coincurve colander
    colorama colorcet colored coloredlogs colorlog colormath colour commonmark community composio
    compressed_tensors compressor comtypes confection configargparse configobj confluence
    confluent_kafka connexion constance constantly construct constructs consul contextily
    contextlib2 contourpy control convertdate cookiecutter coremltools cornice corsheaders couchdb
    courlan coverage crawl4ai crc32c crcmod crewai crispy_forms cron_descriptor croniter crontab
    Crypto Cryptodome cryptography cssselect cssselect2 cssutils ctranslate2 cudf cuml cupy
    curl_cffi customtkinter cv2 cv_bridge cvxopt cvxpy cx_Oracle cycler cyclonedx cyclopts cyipopt
    cymem cython cytoolz dacite daemon dagster daphne darkdetect darts dash dashscope dask databases
    dataclass_wizard dataclasses_json datadog datafusion dataset datasets datashader datasketch
    datefinder dateparser dateutil db_dtypes dbfread dbus ddgs ddt ddtrace deap dearpygui
    debug_toolbar debugpy decorator decord decouple deep_translator deepdiff deepface deepgram
    deepmerge deepspeed deform defusedxml deltalake dendropy dependency_injector deprecated
    deprecation detectron2 dgl diagrams dictdiffer dicttoxml diff_match_patch diffrax diffusers
    digitalio dill dipy dirty_equals discord diskcache disnake distlib distrax distro distutils
    dj_database_url dj_rest_auth django django_celery_beat django_countries django_extensions
    django_filters django_q django_redis django_rq django_tables2 djoser dlib dlt dm_control dns
    docker docling docopt docplex docstring_parser docusign_esign docutils docx docx2pdf docx2txt
    docxtpl dogpile dominate donfig dotenv dotmap dowhy dpath dpkt dramatiq drf_spectacular drf_yasg
    dropbox dspy duckdb duckduckgo_search dulwich dvc dynaconf dynesty e2b easy_thumbnails easydict
    easygui easyocr ebooklib ecdsa econml edge_tts edgedb editables eel einops elastic_transport
    elasticsearch elasticsearch_dsl elevenlabs elftools eli5 email_validator emcee emoji enchant
    engineio entrypoints environ environs ephem equinox erpnext esda esmerald esper essentia
    et_xmlfile ete3 eth_abi eth_account eth_keys eth_utils etils evaluate eve eventlet evidently
    exa_py exceptiongroup exchangelib execnet executing exifread expandvars expects expiringdict
    ezdxf fabric face_recognition facebook_business factory fairseq faiss fake_useragent faker
    fakeredis fal_client falcon fastai fastapi fastapi_cache fastapi_limiter fastapi_mail
    fastapi_pagination fastapi_users fastapi_utils fastavro fastcore fastembed faster_whisper fastf1
    fastjsonschema fastmcp fastparquet fasttext fastuuid featuretools feedparser ffmpeg fido2
    filelock filetype filterpy finnhub fiona fire firebase_admin firecrawl fitparse fitz flair
    flake8 flaky flanker flask flask_admin flask_apispec flask_assets flask_babel flask_bcrypt
    flask_bootstrap flask_caching flask_ckeditor flask_compress flask_cors flask_dance
    flask_debugtoolbar flask_httpauth flask_jwt_extended flask_limiter flask_login flask_mail
    flask_marshmallow flask_migrate flask_moment flask_mongoengine flask_principal flask_pymongo
    flask_restful flask_restx flask_script flask_security flask_session flask_smorest flask_sock
    flask_socketio flask_sqlalchemy flask_talisman flask_testing flask_uploads flask_wtf flatbuffers
    flax flet flower folium fontTools forbiddenfruit formulaic Foundation fpdf fqdn frappe fredapi
    FreeCAD freezegun frida frontmatter frozendict frozenlist fs fsspec ftfy ftputil fugashi
    func_timeout funcy furl future fuzzywuzzy galpy gast gcsfs gdb gdown gekko gensim genson
    geoalchemy2 geocoder geographiclib geoip2 geojson geometry_msgs geopandas geopy gevent
    geventhttpclient gguf gi gimpfu gino git gitdb github github3 gitlab giturlparse glfw glom gluon
    gluonts gnupg google googleapiclient googlemaps googlesearch googletrans gpiozero GPUtil gpxpy
    GPy gpytorch gql gradio graph_tool graphene graphene_django graphframes graphql graphviz
    great_expectations greenlet gremlin_python griffe groq grpc grpc_health grpc_status grpc_tools
    grpclib gspread gssapi gtts guardian gunicorn gurobipy gym gymnasium h11 h2 h3 h5netcdf h5py
    haiku hamcrest happybase hashids hatchling haversine haystack hbmqtt hcl2 hdbscan hdfs healpy
    hexbytes hikari hiredis hjson hmmlearn hnswlib holidays holoviews hou hpack html2text html5lib
    htmldate htmlmin httmock httpcore httplib2 httpretty httptools httpx huey huggingface_hub
    humanfriendly humanize hupper hvac hvplot hydra hypercorn hyperframe hyperlink hyperopt
    hypothesis ib_insync ibis ibm_db icalendar icecream icontract ics idaapi idautils idc idna
    ifaddr ignite igraph ijson imagehash imageio imageio_ffmpeg imagekit imagesize imap_tools
    imapclient imblearn imdb img2pdf imgaug immutabledict immutables impacket impala import_export
    importlib_metadata importlib_resources incremental inflect inflection influxdb iniconfig
    injector inkex inquirer InquirerPy insightface inspect_ai instagrapi instaloader instructor
    intelhex interegular intervaltree invoke ipaddr ipdb ipykernel ipyparallel IPython ipywidgets
    iso8601 isodate isoduration isort itemadapter itemloaders itsdangerous janome janus jax jaxlib
    jaxtyping jaydebeapi jedi jeepney jellyfish jenkins jieba jinja2 jira jiter jiwer jmespath jnius
    joblib jose joserfc jpype jraph jsbeautifier json5 json_repair jsonargparse jsondiff jsonlines
    jsonpatch jsonpath_ng jsonpath_rw jsonpickle jsonpointer jsonref jsonschema julia junitparser
    jupyter_client jupytext jwcrypto jwt kafka kaggle kaggle_environments kagglehub kaleido kazoo
    kedro keras keras_tuner keyboard keycloak keyring keystone keystoneauth1 kfp kivy kivymd
    kiwisolver knox kombu konlpy kopf kornia krakenex kubernetes lancedb langchain
    langchain_community langchain_core langchain_openai langcodes langdetect langfuse langgraph
    langid langsmith lark lazy_loader lazy_object_proxy ldap ldap3 ldclient leather leidenalg
    Levenshtein libcst libpysal librosa libtmux license_expression lief lifelines lightgbm
    lightkurve lightning lime line_profiler linearmodels linebot linkify_it litellm litestar livekit
    llama_index llama_parse lldb llvmlite lm_eval lmdb lmfit localflavor localstack locket lockfile
    locust logbook logfire loguru loky looker_sdk luigi lupa lxml lyricsgenius lz4 m3u8 machine
    madmom magic magika mailchimp mailjet_rest mailparser makefun mako mammoth mangum marimo
    markdown markdown2 markdown_it markdownify markitdown marko markupsafe marshmallow mashumaro
    masonite mathutils matlab matplotlib maxminddb maya mayavi mccabe mcp MDAnalysis mdit_py_plugins
    mdtraj mdurl MeCab mechanicalsoup mechanize mediapipe meilisearch mem0 memcache memory_profiler
    memray mercantile mercurial mergedeep mesa methodtools metpy microbit mido mimesis mindspore
    mingus minimalmodbus minio mip missingno mistletoe mistralai mistune mitmproxy mixer mixpanel
    mizani mkdocs ml_collections ml_dtypes mlflow mlxtend mmcv mmdet mmengine mmh3 mmseg mne mock
    modal model_bakery model_mommy model_utils modelscope modeltranslation moderngl modin monai
    mongoengine mongomock monotonic more_itertools moto motor mouse mouseinfo moviepy mpi4py
    mplfinance mpmath mptt msal msgpack msgspec msoffcrypto msrest mss mtcnn mteb muffin mujoco
    multidict multimethod multipledispatch multiprocess munch murmurhash music21 mutagen
    mwparserfromhell mxnet mypy mypy_extensions mysql MySQLdb myst_parser nacl nameparser nanoid
    narwhals nasdaqdatalink nats natsort nbclient nbconvert nbformat neo4j neopixel nest_asyncio
    netaddr netCDF4 netifaces networkx nevergrad newrelic newsapi newspaper nextcord nh3 nibabel
    nicegui nilearn ninja ninja_extra nio nipype niquests nlopt nltk nmap nodeenv nose nose2
    notebook notion_client novaclient nox npyscreen ntplib nuitka nuke num2words numba numcodecs
    numexpr numpy numpyro O365 oauth2_provider oauth2client oauthlib objc objgraph obspython oci
    oct2py odf odmantic odoo olefile oletools ollama omegaconf onelogin onnx onnxruntime opcua
    open3d openai openapi_schema_validator openapi_spec_validator openbabel opencensus openerp
    OpenGL openid openmm openpyxl opensearchpy OpenSSL openstack opentelemetry openvino opt_einsum
    optax optimum optree optuna oracledb orbax ordered_set orjson ormar ormsgpack ortools oscar
    osgeo oslo_concurrency oslo_config oslo_log oslo_utils osmnx oss2 outlines overrides packageurl
    packaging pact paddle paddleocr pafy paho palettable pamqp panda3d pandarallel pandas
    pandas_datareader pandas_market_calendars pandas_profiling pandas_ta pandasql pandera
    pandocfilters panel papermill param parameterized paramiko parler parmed parse parsedatetime
    parsel parsimonious parso partd passlib pathable pathos pathspec pathvalidate patoolib patsy pbr
    pdf2image pdfkit pdfminer pdfplumber pdoc pdpyras pebble pedalboard peewee pefile peft pendulum
    pennylane persistent pettingzoo pexpect pg8000 pgmpy pgpy pgvector pgzrun phonenumber_field
    phonenumbers phonopy photutils picamera picamera2 piccolo pickleshare piexif pigpio pika pikepdf
    PIL pillow_heif pinecone pingouin pint pip pipenv pkg_resources pkginfo plaid platformdirs
    platypus playsound playwright plone plotext plotly plotnine pluggy plumbum ply plyer plyvel
    pmdarima pocketbase pocketsphinx poetry polars poliastro polib polyfactory polymorphic pony
    pooch portalocker portpicker postgrest posthog pox ppft pprint pptx praw prawcore pre_commit
    prefect premailer preshed presidio_analyzer presidio_anonymizer prestodb pretty_midi prettytable
    primp prisma Products proglog progressbar prometheus_client promise prompt_toolkit propcache
    prophet proto protobuf psi4 psutil psychopy psycopg psycopg2 ptpython ptyprocess pubchempy pulp
    pulsar pulumi pure_eval pusher pvlib pwmio pwn py py2neo py4j py7zr pyaes pyairtable pyannote
    pyarrow pyasn1 pyathena pyaudio pyautogui pybase64 pybedtools pybel pybind11 pybreaker pybtex
    pybullet pycares pyclipper pycocotools pycodestyle pycoingecko pycountry pycparser pycuda pycurl
    pydantic pydantic_ai pydantic_core pydantic_settings pydeck pydeequ pydicom pydispatch pydoop
    pydot pydub pyecharts pyee pyexcel pyfaidx pyfakefs pyfiglet pyfirmata pyfits pyflakes pygad
    pygal pygame pygeohash pygeos pygetwindow pygit2 pyglet pygls pygments pygraphviz pygsheets
    pygtrie pyhive pyhocon pyiceberg pyinotify PyInstaller pyinstrument pyjokes pykakasi pykalman
    pylatex pylatexenc pyleri pylibmc pylint pymatgen pymc pymc3 pymdownx pymediainfo pymel
    pymemcache pymilvus pymodbus pymongo pymoo pymorphy2 pympler pymsgbox pymssql pymunk pymupdf
    pymysql pynamodb pyngrok pynmea2 pynndescent pynput pynvim pynvml pyod pyodbc pyodide pyogrio
    pyomo pyopencl pyotp pyowm pypandoc pyparsing pypdf PyPDF2 pypdfium2 pyperclip pyphen pypinyin
    pyppeteer pyproj pyproject_hooks PyQt4 PyQt5 PyQt6 pyqtgraph pyquaternion pyquery pyramid
    pyreadstat pyrealsense2 pyrender pyro pyroaring pyrogram pyroute2 pyrsistent pysam pysbd pyscf
    pyscipopt pyscreeze pysftp pyshorteners PySide2 PySide6 PySimpleGUI pysnmp pysolr pyspark pystac
    pystache pystan pyswarms pytesseract pytest pytest_asyncio pytest_bdd pytest_django
    pytest_httpserver pytest_mock python_multipart python_on_whales python_utils pythoncom
    pythonjsonlogger pytimeparse pytmx pytorch_lightning pytorch_metric_learning pytrends pyttsx3
    pytube pytubefix pytweening pytz pytzdata pyvirtualdisplay pyvis pyvisa pyvista pyVmomi
    pywebpush pywebview pywhatkit pywinauto pywintypes pywt pyxel pyzbar pyzipper qdrant_client qgis
    qiskit qrcode qtpy quandl quart Quartz questionary queuelib radiomics radon rank_bm25 rapidfuzz
    rapidjson rarfile rasterio rasterstats ratelimit ray raylib rclpy rdflib rdkit reactivex
    readability readchar readme_renderer rebound recordlinkage records redis redshift_connector
    referencing regex rembg replicate reportlab requests requests_html requests_mock
    requests_oauthlib requests_toolbelt resampy resend resolvelib responses respx rest_auth
    rest_framework rest_framework_nested rest_framework_simplejwt retry retrying returns reversion
    rfc3339 rfc3986 rfc3986_validator Rhino rhinoscriptsyntax rich rioxarray rlp roboflow robot
    robyn rocksdb rollbar rope rosetta rospy rouge_score rpds RPi rply rpy2 rpyc rq rsa rtree ruamel
    ruff runpod ruptures rustworkx rx s2sphere s3fs s3transfer sacrebleu sacremoses safetensors sage
    sagemaker salt saml2 samtranslator sanic scanpy scapy schedule schema schemathesis scipy scooby
    scp scrapy screeninfo scriptcontext scrypt scvi seaborn secretstorage
    segmentation_models_pytorch segno selectolax selenium selenium_stealth seleniumbase
    semantic_kernel semantic_version semver send2trash sendgrid sensor_msgs sentence_transformers
    sentencepiece sentry_sdk serial serverless_wsgi service_identity setproctitle setuptools sglang
    sgp4 sh shap shapefile shapely shellingham shodan shortuuid signxml silk simple_history
    simple_parsing simple_pid simple_salesforce simpleaudio simpleeval SimpleITK simplejson simpy
    six skbio skfuzzy skimage sklearn skops skopt skorch sktime skyfield slack_bolt slack_sdk
    slixmpp slowapi slugify sly smart_open smartsheet smbprotocol smbus smbus2 smmap snakeviz snap7
    snappy snapshottest sniffio snowballstemmer snowflake snowplow_tracker social_core socketio
    socks solana sonnet sorl sortedcollections sortedcontainers sounddevice soundfile soupsieve soxr
    spacy SPARQLWrapper sparse speech_recognition speedtest spglib sphinx spiceypy spidev splinter
    spnego spotipy sql_metadata sqladmin sqlalchemy sqlalchemy_continuum sqlalchemy_utils sqlfluff
    sqlglot sqlite_utils sqlitedict sqlmodel sqlparse squidpy srsly sse_starlette sseclient
    sshtunnel stable_baselines3 stack_data stanza starlette starlette_context statsd statsforecast
    statsmodels std_msgs stdnum Stemmer stevedore stockfish stomp storages strawberry streamlit
    strenum strict_rfc3339 strictyaml stringcase stripe structlog stumpy sublime sublime_plugin
    submitit sudachipy suds sunpy supabase supervision supervisor svglib svgwrite swiftclient
    swifter sympy synchronicity syrupy tableauserverclient tables tablib tabula tabulate taggit
    taichi talib tantivy taskiq tatsu tavily tblib telebot telegram telethon temporalio tenacity
    tensorboard tensorboardX tensordict tensorflow tensorflow_addons tensorflow_datasets
    tensorflow_hub tensorflow_probability tensorrt tensorstore teradatasql termcolor terminado
    terminaltables testcontainers testfixtures testinfra text_unidecode textblob textdistance
    textract textstat texttable textual textx tf2_ros tf_keras tflite_runtime theano thefuzz thinc
    threadpoolctl thrift thriftpy2 tianshou tifffile tiktoken time_machine timeago timezonefinder
    timm tinycss2 tinydb tinytag tld tldextract toga tokenizers toml tomli tomlkit tomllib toolz
    toposort torch torch_geometric torchaudio torchdata torchio torchmetrics torchrl torchvision
    tornado tortoise tox tpot tqdm trac trafaret trafilatura traitlets transaction transformers
    transitions tree_sitter treebeard treelib trello trimesh trino trio triton tritonclient trl
    troposphere truststore tsfresh tslearn TTS tushare tweepy twilio twine twisted txaio typeguard
    typer typing_extensions typing_inspect typing_inspection tyro tzlocal ua_parser uasyncio
    udatetime ujson ulid ultralytics umap umongo uncertainties undetected_chromedriver unicodecsv
    unicorn unidecode unidiff unittest2 uno unohelper unreal unstructured untangle upath upnpclient
    uri_template uritemplate url_normalize urllib3 ursina urwid usaddress usb user_agents userpath
    utime uuid6 uuid_utils uvicorn uvloop vaex validators vcr vectorbt vertica_python vim vine
    virtualenv vispy vk_api vkbottle vlc vllm vobject voluptuous vosk voyageai vtk vulture w3lib
    waffle wagtail waitress wand wandb wasabi watchdog watchfiles watchtower wcmatch wcwidth
    weasyprint weaviate web3 webargs webauthn webcolors webdataset webdriver_manager webencodings
    webob webrtcvad websocket websockets webtest werkzeug wget wheel whenever whisper whitenoise
    whois whoosh widget_tweaks wikipedia wikipediaapi win32api win32com win32con win32event
    win32file win32gui win32service windrose winrm wmi wolframalpha word2number wordcloud wordfreq
    workalendar wrapt wsproto wtforms wx wxPython xarray xbmc xbmcaddon xbmcgui xbmcplugin xbmcvfs
    xclim xdist xgboost xgrammar xhtml2pdf Xlib xlrd xlsxwriter xlutils xlwings xlwt xmlschema
    xmlsec xmltodict xsdata xxhash xyzservices yacs yagmail yahoo_fin yahooquery yaml yamllint yapf
    yara yarl yaspin ydata_profiling ydb yellowbrick yfinance youtube_dl youtube_transcript_api yt
    yt_dlp z3 zappa zarr zeep zeroconf zipline zipp zmq ZODB zope zopfli zstandard zxcvbn
    """
)
