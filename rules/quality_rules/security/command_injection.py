"""The rule command-injection."""

from __future__ import annotations

from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm


class CommandInjection(FlowRule):
    """A value from outside becomes part of a command line.

    ## What it does
    Follows what comes from outside, or into a function, to a text that a shell reads: `os.system`, `os.popen`,
    `shell=True`, a shell's `-c`, commands for another machine. A text that is plainly a command line and goes to a
    function whose name says that it runs commands is reported with less certainty.

    Lists of arguments without a shell and values in `shlex.quote` are fine.

    ## Why is this bad
    A semicolon in the value starts a program of its sender's choice.

    ## Example
    ```python
    import os

    def ping(host):
        os.system(f"ping -c 1 {host}")
    ```

    ## Use instead
    ```python
    import subprocess

    def ping(host):
        subprocess.run(["ping", "-c", "1", "--", host], check=True)
    ```

    ## References
    - [CWE-78: OS command injection](https://cwe.mitre.org/data/definitions/78.html)
    - [Python documentation: security considerations](https://docs.python.org/3/library/subprocess.html#security-considerations)
    """

    cwe = 78
    equivalents = ("bandit:B601", "bandit:B602", "bandit:B604", "bandit:B605")
    harm = Harm.COMMAND
    message = "becomes part of a command line: pass a list of arguments without a shell"
    clears = ("bandit:B601", "bandit:B602", "bandit:B604", "bandit:B605")

    VALID = (
        Valid("import subprocess\n\ndef f(name):\n    subprocess.run(['ls', name])", "A list of arguments"),
        Valid("import os, shlex\n\ndef f(name):\n    os.system('ls ' + shlex.quote(name))", "Quoted"),
        Valid("import subprocess\n\nsubprocess.run('ls | wc', shell=True)", "Nothing from outside"),
        Valid(
            "def f(self, args, shell=False):\n    self.start(args, shell=shell)",
            "Those who turn it on answer for it",
        ),
        Valid("def f(name):\n    print('run me with %s' % name)", "Said, not run"),
        Valid("def f(self, zone):\n    self.execute_sql('set time zone %s' % zone)", "A database runs it"),
    )
    INVALID = (
        Invalid(
            """
            import subprocess, sys

            subprocess.check_output("dig %s" % sys.argv[1], shell=True)
            """,
            ("3:1-3:60 sys.argv becomes part of a command line: pass a list of arguments without a shell",),
        ),
        Invalid(
            """
            def remove(client, name):
                command = "rm -f " + name
                client.exec_command(command)
            """,
            ("3:5-3:33 name becomes part of a command line: pass a list of arguments without a shell",),
        ),
        Invalid(
            """
            import os

            def line(*parts):
                return "".join(str(part) for part in parts)

            def show():
                os.system(line("ls ", input()))
            """,
            ("7:5-7:36 input() becomes part of a command line: pass a list of arguments without a shell",),
        ),
        Invalid(
            "import os, sys\n\nTABLE = {'list': os.system}\nTABLE['list']('ls ' + sys.argv[1])",
            ("4:1-4:35 sys.argv becomes part of a command line: pass a list of arguments without a shell",),
        ),
        Invalid(
            "import os, sys\n\nos.execl('/bin/sh', 'sh', '-c', 'ls ' + sys.argv[1])",
            ("3:1-3:53 sys.argv becomes part of a command line: pass a list of arguments without a shell",),
        ),
        Invalid(
            """
            class Volume:
                def delete(self, name):
                    self._run_ssh("removevolume -f %s" % name)
            """,
            ("3:9-3:51 name becomes part of a command line: pass a list of arguments without a shell",),
        ),
    )
