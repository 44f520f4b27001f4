"""The rule option-injection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import Invalid, Valid
from quality_rules._flow import FlowRule, Harm, Level

if TYPE_CHECKING:
    from quality_rules._flow import Hit
    from quality_rules._flow._rule import Verdict


class OptionInjection(FlowRule):
    """A value from outside can be taken for an option of a program.

    ## What it does
    Follows what a request brings to the list of arguments of a program whose options run other programs or write
    files, such as `git`, `ssh`, `tar`, `rsync` and `curl`. A parameter counts, as a note, when it is named for what comes
    from elsewhere, as `branch` and `url` are, or where the text answers requests.

    Behind `--`, behind an option that it is the value of, glued to one, as in `--branch=` and the value, or after a
    check that it does not begin with `-`, it is fine.

    ## Why is this bad
    There is no shell, but a value such as `--upload-pack=program` is an option, and the program does what it says.

    ## Example
    ```python
    import subprocess

    def clone(url, folder):
        subprocess.run(["git", "clone", url, folder], check=True)
    ```

    ## Use instead
    ```python
    import subprocess

    def clone(url, folder):
        subprocess.run(["git", "clone", "--", url, folder], check=True)
    ```

    ## References
    - [CWE-88: argument injection](https://cwe.mitre.org/data/definitions/88.html)
    """

    cwe = 88
    effort = 5
    equivalents = ("bandit:B603",)
    harm = Harm.OPTION
    message = "can be an option of the program: put '--' before it"
    least = Level.REMOTE
    by_parameter = (Severity.NOTE, Confidence.LOW)

    VALID = (
        Valid(
            """
            import subprocess

            def fetch(remote):
                subprocess.run(["git", "fetch", "--", remote], check=True)
            """,
            "Behind what ends the options",
        ),
        Valid(
            """
            import subprocess

            def switch(branch):
                if branch.startswith("-"):
                    raise ValueError(branch)
                subprocess.run(["git", "switch", branch], check=True)
            """,
            "Checked",
        ),
        Valid(
            """
            import subprocess

            def clone(branch):
                subprocess.run(["git", "clone", "--branch", branch, f"--depth={branch}", "."], check=True)
            """,
            "The value of an option",
        ),
        Valid(
            "import subprocess\n\ndef pack(place):\n    subprocess.run(['tar', '-xf', place])",
            "Not from elsewhere",
        ),
        Valid("import subprocess\n\ndef show(url):\n    subprocess.run(['echo', url])", "A harmless program"),
    )
    INVALID = (
        Invalid(
            """
            import subprocess

            def pull(view, request):
                command = ["hg", "pull"]
                command.append(request.POST["source"])
                subprocess.check_call(command)
            """,
            ("6:5-6:35 request.POST can be an option of the program: put '--' before it",),
        ),
        Invalid(
            """
            class Copy:
                def update(self, remote_ref):
                    self.run_git(["git", "reset", "--hard", remote_ref])
            """,
            ("3:9-3:61 remote_ref can be an option of the program: put '--' before it",),
        ),
    )

    def verdict(self, hit: Hit) -> Verdict:
        by_caller = hit.taint.origin.level is Level.PARAMETER
        return Severity.NOTE if by_caller else Severity.WARNING, Confidence.LOW
