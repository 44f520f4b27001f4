"""Modules that need no proof that they exist."""

from __future__ import annotations

#: Distributions that very many programs use, by the names they are imported by, and what the standard library of
#: Python 2 had under other names.
WELL_KNOWN = frozenset(
    """
    __builtin__ _winreg ConfigParser cPickle cStringIO httplib Queue StringIO Tkinter urllib2 urlparse
    aiofiles aiohttp alembic altair anyio astropy attr attrs babel backoff bcrypt billiard black blinker bokeh
    boto3 botocore bpython brotli bs4 bson cachetools cattrs celery certifi cffi chardet charset_normalizer
    click cloudpickle colorama construct coverage cryptography cupy cv2 cython dash dask databases datasets
    dateparser dateutil deepdiff diffusers dill discord distutils django dns docker docutils docx dotenv
    duckdb einops elasticsearch email_validator execnet fabric faker fastapi fastavro feedparser filelock
    flask flax freezegun fsspec ftfy gensim gevent gi git google googleapiclient greenlet grpc gunicorn gym
    gymnasium h11 h5py html5lib httpcore httplib2 httpx huggingface_hub hypothesis idna imageio
    importlib_metadata importlib_resources influxdb ipaddr IPython ipywidgets itsdangerous jax jedi jinja2
    jmespath joblib jose jsonpatch jsonschema jwt kafka keras keyring kiwisolver kombu langchain lark libcst
    librosa lightgbm lightning llvmlite loguru lxml mako markdown markdown_it markupsafe marshmallow
    matplotlib mistune mock more_itertools motor mpmath msgpack multidict mypy mypy_extensions mysql MySQLdb
    networkx nltk notebook nox numba numexpr numpy oauthlib omegaconf onnx openai openpyxl opentelemetry
    optuna orjson packaging pandas paramiko parso passlib pathspec patsy peewee pendulum pexpect pika PIL pip
    pkg_resources platformdirs plotly pluggy ply polars portalocker pprint prometheus_client prompt_toolkit
    protobuf psutil psycopg psycopg2 pulp py pyarrow pyasn1 pycparser pydantic pydantic_settings pydispatch
    pyflakes pygame pygments pylint pymongo pymysql pynput pyparsing pypdf PyPDF2 pyperclip PyQt5 PyQt6
    pyrsistent PySide2 PySide6 pytest pytest_asyncio pythoncom pytorch_lightning pytz pywintypes qrcode ray
    redis regex reportlab requests requests_oauthlib requests_toolbelt responses rich rsa ruamel s3transfer
    scipy scrapy seaborn selenium sentencepiece sentry_sdk serial setuptools shapely simplejson six skimage
    sklearn smmap sniffio snowflake socks sortedcontainers soupsieve spacy sphinx sqlalchemy sqlmodel sqlparse
    starlette statsmodels streamlit structlog sympy tabulate tenacity tensorboard tensorflow termcolor textual
    threadpoolctl tiktoken tldextract tokenizers toml tomli tomlkit tomllib toolz torch torchaudio torchvision
    tornado tox tqdm traitlets transformers trio twisted typer typing_extensions typing_inspection tzlocal
    ujson unidecode urllib3 uvicorn uvloop validators vine virtualenv voluptuous waitress wandb watchdog
    watchfiles wcwidth webob websocket websockets werkzeug wheel win32api win32con wrapt wx xarray xgboost
    xlrd xlsxwriter xmltodict yaml yarl zipp zmq zope zstandard
    """.split()  # noqa: SIM905 - a list would be 300 lines
)
