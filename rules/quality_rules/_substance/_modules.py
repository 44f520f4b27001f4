"""Modules that need no proof that they exist."""

from __future__ import annotations

#: Distributions that very many programs use, by the names they are imported by, and what the standard library of
#: Python 2 had under other names.
WELL_KNOWN = frozenset(
    """
    __builtin__ _winreg ConfigParser cPickle cStringIO httplib Queue StringIO Tkinter urllib2 urlparse
    accelerate addict aiobotocore aiocache aiofiles aiohttp aiokafka aiomysql aioquic aioredis
    aioresponses aiosmtplib aiosqlite airflow albumentations alembic algosdk allauth allennlp allure
    alpha_vantage altair angr annoy ansible anthropic antlr4 anyio appium AppKit appwrite apscheduler
    arango arcade argon2 ariadne arrow arviz asciimatics ase asgiref astor astroid astropy astroquery
    asttokens astunparse asyncpg asyncssh asyncua attr attrs authlib autogen autopep8 av avro
    aws_lambda_powertools aws_xray_sdk azure b2sdk babel backoff backtrader bandit barcode bcrypt beaker
    beanie beartype behave bidict billiard binance Bio bitarray bitsandbytes bitstring black bleach
    bleak blessed blinker blist bluetooth board bokeh boltons boto boto3 botocore botorch bottle box
    Box2D boxsdk bpython bqplot brotli brownie bs4 bson BTrees busio cachetools caffe caldav camelot can
    capnp capstone captcha cartopy casadi cassandra catboost category_encoders cattr cattrs cbor2
    cchardet ccxt cefpython3 celery cement censys certifi cffi chainer chalice channels chardet
    charset_normalizer cherrypy chex chromadb cirq ciso8601 click cliff cloudpickle cloudscraper
    cmdstanpy cohere colorama colormath commonmark community configobj confluence confluent_kafka
    construct consul control coremltools corsheaders couchdb coverage crcmod crewai croniter Crypto
    Cryptodome cryptography cssselect cudf cuml cupy customtkinter cv2 cv_bridge cvxopt cvxpy cx_Oracle
    cython cytoolz dacite dagster daphne darts dash dask databases dataset datasets datashader
    datasketch dateparser dateutil dbus ddt deap decord decouple deepdiff deepface deepspeed defusedxml
    detectron2 dgl dicttoxml diffrax diffusers digitalio dill discord diskcache distrax distutils django
    django_filters dlib dm_control dns docker docopt docstring_parser docutils docx docxtpl dogpile
    dotenv dotmap dowhy dramatiq dropbox dspy duckdb dvc dynaconf easydict easyocr ebooklib econml
    edgedb eel einops elasticsearch elasticsearch_dsl elftools eli5 email_validator emcee environs ephem
    equinox eth_account eth_utils evaluate exchangelib execnet exifread fabric face_recognition factory
    fairseq faiss fake_useragent faker fakeredis falcon fastapi fastapi_users fastavro fasttext
    featuretools feedparser ffmpeg filelock filetype filterpy fiona fire firebase_admin fitparse fitz
    flair flake8 flanker flask flask_admin flask_babel flask_bcrypt flask_caching flask_cors
    flask_jwt_extended flask_limiter flask_login flask_mail flask_migrate flask_restful flask_restx
    flask_socketio flask_sqlalchemy flask_wtf flatbuffers flax folium Foundation fpdf freezegun
    frozendict fsspec ftfy ftputil fugashi funcy fuzzywuzzy galpy gast gensim geoip2 geojson
    geometry_msgs geopandas geopy gevent gi gino git github gitlab glfw glom gluonts google
    googleapiclient googlemaps gpiozero GPUtil gpxpy gpytorch gradio graph_tool graphene graphene_django
    graphviz great_expectations greenlet groq grpc gspread guardian gunicorn gurobipy gym gymnasium h11
    h2 h3 h5py haiku happybase haystack hdfs healpy hmmlearn hnswlib holidays holoviews hpack html5lib
    httpcore httplib2 httpretty httptools httpx huey huggingface_hub humanize hvac hvplot hydra
    hypercorn hyperframe hyperopt hypothesis ibis icalendar icontract ics idna igraph imageio
    imageio_ffmpeg imap_tools imapclient imblearn img2pdf imgaug immutables impacket impala
    importlib_metadata importlib_resources inflect inflection influxdb iniconfig inquirer insightface
    instructor intervaltree invoke ipaddr ipykernel ipyparallel IPython ipywidgets iso8601 isodate isort
    itemadapter itemloaders itsdangerous janome jax jedi jellyfish jieba jinja2 jira jmespath jnius
    joblib jose jpype jraph jsonpatch jsonschema julia jupyter_client jwt kafka kazoo kedro keras
    keras_tuner keyboard keyring keystone keystoneauth1 kivy kivymd kiwisolver kombu konlpy kornia
    kubernetes langchain langchain_community langchain_core langchain_openai langdetect langgraph langid
    lark ldap ldap3 leidenalg Levenshtein libcst librosa lifelines lightgbm lightning lime line_profiler
    litellm litestar llama_index llvmlite lmdb locust loguru loky luigi lxml machine magic mailchimp
    mailparser mako mangum markdown markdown_it markupsafe marshmallow mashumaro matlab matplotlib
    maxminddb mayavi MeCab mechanicalsoup mechanize mediapipe meilisearch memcache memory_profiler mesa
    mido mindspore minimalmodbus minio missingno mistletoe mistralai mistune mkdocs mlflow mmcv mmengine
    mock model_bakery moderngl modin mongoengine mongomock more_itertools moto motor mouse moviepy
    mpi4py mplfinance mpmath msal msgpack msgspec mss mtcnn mujoco multidict multiprocess munch music21
    mxnet mypy mypy_extensions mysql MySQLdb nacl nats nbconvert nbformat neo4j netaddr netCDF4
    netifaces networkx nevergrad nh3 nibabel nicegui nltk nmap nose nose2 notebook notion_client
    novaclient nox npyscreen num2words numba numexpr numpy numpyro O365 oauth2client oauthlib objc
    objgraph oct2py odf ollama omegaconf onnx onnxruntime opcua open3d openai OpenGL openpyxl
    opensearchpy OpenSSL openstack opentelemetry openvino optax optuna oracledb orbax orjson ormar
    ortools osgeo oslo_concurrency oslo_config oslo_log oslo_utils osmnx packaging paddle paddleocr paho
    panda3d pandarallel pandas pandas_datareader pandas_profiling pandas_ta pandasql panel papermill
    parameterized paramiko parsedatetime parsel parsimonious parso passlib pathos pathspec patoolib
    patsy pdfkit pdfminer pdfplumber pdoc pebble peewee pefile peft pendulum pennylane persistent
    pettingzoo pexpect pgmpy phonenumbers piccolo piexif pika pikepdf PIL pinecone pint pip
    pkg_resources platformdirs playwright plotly plotnine pluggy plumbum ply plyer plyvel pmdarima
    pocketbase polars pony portalocker pprint pptx praw prefect pretty_midi prometheus_client
    prompt_toolkit prophet protobuf psutil psycopg psycopg2 ptpython pulp pulsar pusher pwn py py2neo
    py4j py7zr pyarrow pyasn1 pyathena pyaudio pyautogui pybind11 pybreaker pybullet pycodestyle
    pycountry pycparser pycuda pydantic pydantic_ai pydantic_core pydantic_settings pydicom pydispatch
    pydoop pydot pydub pyecharts pyexcel pyfakefs pyfiglet pyfirmata pyfits pyflakes pygad pygal pygame
    pygeos pygetwindow pyglet pygments pygraphviz pyhive pyhocon pyinstrument pykalman pyleri pylibmc
    pylint pymatgen pymc pymc3 pymemcache pymilvus pymodbus pymongo pymorphy2 pympler pymssql pymunk
    pymysql pynamodb pyngrok pynmea2 pynput pynvml pyod pyodbc pyomo pyopencl pyotp pyparsing pypdf
    PyPDF2 pyperclip pypinyin pyppeteer pyproj PyQt4 PyQt5 PyQt6 pyqtgraph pyquery pyramid pyro pyrogram
    pyrsistent pysftp PySide2 PySide6 PySimpleGUI pysnmp pysolr pyspark pystan pytesseract pytest
    pytest_asyncio pytest_mock pythoncom pytimeparse pytorch_lightning pyttsx3 pytz pyvis pyvisa pyvista
    pywebview pywinauto pywintypes pywt pyzbar qdrant_client qiskit qrcode qtpy quart Quartz questionary
    queuelib radon rapidfuzz rarfile rasterio ratelimit ray rclpy rdkit records redis regex replicate
    reportlab requests requests_html requests_mock requests_oauthlib requests_toolbelt responses
    rest_framework rest_framework_simplejwt retry retrying returns rfc3339 rich robot rocksdb rope rospy
    rouge_score RPi rply rpy2 rq rsa rtree ruamel ruptures s2sphere s3transfer sacrebleu safetensors
    salt sanic scapy schedule scipy scrapy screeninfo scrypt seaborn selenium selenium_stealth sendgrid
    sensor_msgs sentencepiece sentry_sdk serial serverless_wsgi setuptools sh shap shapely shodan
    signxml SimpleITK simplejson simpy six skfuzzy skimage sklearn skopt sktime skyfield slack_bolt
    slack_sdk slowapi sly smbprotocol smbus smbus2 smmap snap7 sniffio snowflake socks solana sonnet
    sortedcollections sortedcontainers sounddevice soundfile soupsieve spacy speech_recognition sphinx
    spidev splinter spotipy sqlalchemy sqlalchemy_utils sqlglot sqlite_utils sqlmodel sqlparse
    sse_starlette stable_baselines3 stanza starlette starlette_context statsmodels std_msgs strawberry
    streamlit strict_rfc3339 stripe structlog stumpy suds sunpy supabase swiftclient swifter sympy
    tabula tabulate taichi talib tatsu telebot telegram telethon tenacity tensorboard tensorflow
    tensorflow_addons tensorflow_datasets tensorflow_hub tensorflow_probability tensorrt termcolor
    testcontainers textblob textdistance textual textx tf2_ros tf_keras tflite_runtime theano thefuzz
    threadpoolctl thrift tianshou tiktoken timeago timm tinydb tldextract tokenizers toml tomli tomlkit
    tomllib toolz torch torch_geometric torchaudio torchmetrics torchvision tornado tortoise tox tpot
    tqdm traitlets transaction transformers trello trimesh trio triton trl tsfresh tslearn TTS tweepy
    twilio twisted typeguard typer typing_extensions typing_inspect typing_inspection tzlocal ua_parser
    udatetime ujson ultralytics umongo uncertainties undetected_chromedriver unicorn unidecode unittest2
    untangle upnpclient urllib3 ursina urwid usb user_agents utime uvicorn uvloop vaex validators vcr
    vine virtualenv vispy vllm vobject voluptuous vtk w3lib waitress wandb watchdog watchfiles wcwidth
    weasyprint weaviate web3 webcolors webdriver_manager webob webrtcvad websocket websockets werkzeug
    wheel whisper whois whoosh win32api win32com win32con win32event win32file win32gui win32service wmi
    wordcloud workalendar wrapt wtforms wx wxPython xarray xgboost xhtml2pdf Xlib xlrd xlsxwriter
    xlwings xmlschema xmlsec xmltodict yagmail yaml yapf yara yarl ydata_profiling yellowbrick yfinance
    yt z3 zappa zeep zeroconf zipline zipp zmq ZODB zope zstandard
    """.split()  # noqa: SIM905 - a list would be 1,000 lines
)
