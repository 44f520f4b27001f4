"""``python -m quality``."""

import os
import sys


def run() -> None:
    """Runs the command without the working directory on the path: its modules are not ours."""
    if sys.path[:1] == [os.getcwd()] and not sys.flags.safe_path:  # noqa: PTH109 - as Python put it there
        del sys.path[0]
    from quality.cli import main

    main()


if __name__ == "__main__":
    run()
