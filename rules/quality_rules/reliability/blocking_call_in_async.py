"""The rule blocking-call-in-async."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid
from quality_rules._held import entered

_THREAD = "run it with asyncio.to_thread()"
_PROCESS = "use asyncio.create_subprocess_exec()"
_CLIENT = "use an asynchronous client, or asyncio.to_thread()"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
_BLOCKING = {
    "time.sleep": "await asyncio.sleep()",
    "urllib.request.urlopen": _CLIENT,
    "socket.create_connection": "use asyncio.open_connection()",
    "socket.getaddrinfo": "use the loop's getaddrinfo()",
    "socket.gethostbyname": "use the loop's getaddrinfo()",
    "subprocess.run": _PROCESS,
    "subprocess.call": _PROCESS,
    "subprocess.check_call": _PROCESS,
    "subprocess.check_output": _PROCESS,
    "os.system": _PROCESS,
    "os.wait": _PROCESS,
    "os.waitpid": _PROCESS,
    "input": _THREAD,
    "shutil.copytree": _THREAD,
    "shutil.rmtree": _THREAD,
    "os.popen": _PROCESS,
    "subprocess.getoutput": _PROCESS,
    "smtplib.SMTP": _THREAD,
    "smtplib.SMTP_SSL": _THREAD,
    "ftplib.FTP": _THREAD,
} | dict.fromkeys(
    (f"{module}.{verb}" for module in ("requests", "httpx") for verb in _VERBS),
    _CLIENT,
)
#: What makes clients whose methods wait.
_CLIENTS = frozenset({"httpx.Client", "requests.Session", "requests.session", "urllib3.PoolManager"})


class BlockingCallInAsync(AstRule):
    """An asynchronous function stops everything while it waits.

    ## What it does
    Reports `time.sleep`, `requests.get`, `urlopen`, `subprocess.run`, `input` and the like in the body of an
    `async` function, and what a client such as `requests.Session()` or `httpx.Client()` is asked for there.

    Calls in functions that are not asynchronous, and functions that are handed to a thread, are fine. Reading
    and writing local files is left out: it is quick, and asyncio has nothing of its own for it.

    ## Why is this bad
    All tasks of the program share one thread. While one of them blocks it, no request is answered, no timeout
    fires and no connection is kept alive.

    ## Example
    ```python
    import requests

    async def load(url):
        return requests.get(url, timeout=10).json()
    ```

    ## Use instead
    ```python
    import httpx

    async def load(url):
        async with httpx.AsyncClient(timeout=10) as client:
            return (await client.get(url)).json()
    ```

    ## References
    - [Python documentation: running blocking code](https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code)
    """

    dimension = "reliability"
    needs = frozenset({ast.AsyncFunctionDef})

    VALID = (
        Valid("import time\n\ndef f():\n    time.sleep(1)", "Not asynchronous"),
        Valid("async def f(time):\n    time.sleep(1)", "No module"),
        Valid(
            "import httpx\n\nasync def f(url):\n    client = httpx.AsyncClient()\n    return await client.get(url)",
            "It is asynchronous",
        ),
        Valid(
            """
            import asyncio, subprocess

            async def f(command):
                def run():
                    return subprocess.run(command, check=True)
                return await asyncio.to_thread(run)
            """,
            "In a thread",
        ),
    )
    INVALID = (
        Invalid(
            """
            import httpx

            async def load(url):
                with httpx.Client() as client:
                    return client.get(url)
            """,
            (
                "5:16-5:31 client.get() blocks every task while load() waits: use an asynchronous client, or asyncio.to_thread()",
            ),
        ),
        Invalid(
            "import requests\n\nSESSION = requests.Session()\n\nasync def load(url):\n    return SESSION.post(url)",
            (
                "6:12-6:29 SESSION.post() blocks every task while load() waits: use an asynchronous client, or asyncio.to_thread()",
            ),
        ),
        Invalid(
            "async def poll(ready):\n    while not ready():\n        time.sleep(1)",
            ("3:9-3:22 time.sleep() blocks every task while poll() waits: await asyncio.sleep()",),
        ),
        Invalid(
            """
            from time import sleep

            async def poll(ready):
                while not ready():
                    sleep(1)
            """,
            ("5:9-5:17 sleep() blocks every task while poll() waits: await asyncio.sleep()",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        remedy = _CLIENT if self._asks_client(call.func) else self._remedy(call.func)
        if not remedy:
            return
        function = next(
            (
                a
                for a in self.facts.ancestors(call)
                if isinstance(a, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef)
            ),
            None,
        )
        if isinstance(function, ast.AsyncFunctionDef):
            name = ast.unparse(call.func)
            self.report(call, f"{name}() blocks every task while {function.name}() waits: {remedy}")

    def _remedy(self, function: ast.expr) -> str:
        """What to do in place of calling a function that blocks; empty for any other."""
        origin = self.facts.origin(function)
        module, dot, _ = origin.partition(".")
        known = self.facts.may_be_module(module) if dot else self.facts.is_builtin(function, origin)
        return _BLOCKING.get(origin, "") if known else ""

    def _asks_client(self, method: ast.expr) -> bool:
        """Tells whether something is asked of a client that waits for the answer."""
        if not isinstance(method, ast.Attribute) or method.attr not in _VERBS:
            return False
        client = method.value
        client = entered(self.facts, client) or self.facts.origins.value(client)
        return isinstance(client, ast.Call) and self.facts.origin(client.func) in _CLIENTS
