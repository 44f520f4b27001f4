"""Weaknesses an attacker could use."""

from __future__ import annotations

from quality.audit.injectors._injector import appended, inserted

_HOME = "security"

SECURITY = (
    inserted(_HOME, "eval", "An evaluated parameter.", "{name} = eval({name})"),
    inserted(_HOME, "exec", "An executed parameter.", "exec({name})"),
    inserted(_HOME, "shell", "A command line put together.", "import os\nos.system('ls ' + {name})"),
    inserted(
        _HOME,
        "subprocess-shell",
        "A subprocess with a shell.",
        "import subprocess\nsubprocess.run(f'ls {{name}}', shell=True, check=False)",
    ),
    inserted(_HOME, "pickle", "Untrusted data unpickled.", "import pickle\n{name} = pickle.loads({name})"),
    inserted(
        _HOME,
        "weak-hash",
        "A weak hash.",
        "import hashlib\nprint(hashlib.md5(str({name}).encode()).hexdigest())",
    ),
    inserted(
        _HOME, "mktemp", "A temporary name that others can take.", "import tempfile\nprint(tempfile.mktemp())"
    ),
    inserted(_HOME, "permissions", "A file open to all.", "import os\nos.chmod({name}, 0o777)"),
    inserted(
        _HOME,
        "sql",
        "A query put together.",
        "import sqlite3\ncursor = sqlite3.connect('shop.db').cursor()\n"
        'cursor.execute("SELECT * FROM users WHERE name = \'" + {name} + "\'")',
    ),
    inserted(
        _HOME, "yaml", "Unsafe YAML loading.", "import yaml\nprint(yaml.load({name}, Loader=yaml.Loader))"
    ),
    inserted(
        _HOME,
        "tls",
        "Certificates not checked.",
        "import requests\nprint(requests.get({name}, verify=False, timeout=5))",
    ),
    appended(_HOME, "password", "A password in the code.", "PASSWORD = 'correct horse battery'"),
)
