"""Documents of reports: what was rendered of the same sources in the same way is taken from the results cache."""

from __future__ import annotations

import hashlib
import math
import warnings
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from quality.model import Document, PluginError, counted
from quality.plugins import aside, load_plugins
from quality.project._check import gather, report_on
from quality.runtime import Cache, CacheWarning, HostSpec, expected_identity, lasts, task_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from quality.model import Renderer, Report
    from quality.project._check import CheckOptions, Gathered
    from quality.project._settings import Settings


def check_document(
    paths: Sequence[Path],
    settings: Settings,
    options: CheckOptions,
    renderer: Renderer,
    progress: Callable[[int, int], None] | None = None,
) -> Document:
    """Judges the sources below the paths and renders the report; where nothing has changed since, neither.

    A document is kept with the results, under the digest of all that it depends on: the sources and their paths,
    the gate, the renderer and what the results themselves depend on. Evidence from tests is read anew each time.

    Args:
        paths: Files and folders.
        settings: The tree's settings.
        options: The call's.
        renderer: Renders the report.
        progress: Called with (done, all) after each source.

    Raises:
        UsageError: As ``check`` does.
        HostError: As ``check`` does.
    """
    gathered = gather(paths, settings, options)
    file = gathered.cache
    evidence = gathered.evidence.suites or gathered.evidence.coverage
    identity = expected_identity(HostSpec(gathered.profile)) if file and not evidence else None
    if file is None or identity is None:
        return document_of(report_on(gathered, progress), renderer)
    key = _key(gathered, renderer)
    known = _recalled(file, identity.fingerprint, key)
    if known is not None:
        return known
    report = report_on(gathered, progress)
    document = document_of(report, renderer)
    if all(lasts(source.score) for source in report.sources):
        _keep(file, key, document)
    return document


def _recalled(file: Path, fingerprint: str, key: bytes) -> Document | None:
    with _unwarned(), closing(Cache(file, fingerprint)) as cache:
        return cache.recall_document(key)


def _keep(file: Path, key: bytes, document: Document) -> None:
    with _unwarned(), closing(Cache(file, document.fingerprint)) as cache:
        cache.keep_document(key, document)


@contextmanager
def _unwarned() -> Iterator[None]:
    """Whoever judges opens the file too, and says so if it cannot be used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CacheWarning)
        yield


def document_of(report: Report, renderer: Renderer) -> Document:
    """Renders a report."""
    total = report.total
    verdict = (
        "not measured"
        if total.value is None
        else f"{math.floor(1000 * total.value) / 10:.1f} ({total.grade})"
    )
    lost = sum(not source.score.measured for source in report.sources)
    unmeasured = f", {lost:,} of them not measured" if lost and len(report.sources) > 1 else ""
    summary = f"{report.title}: {verdict}, {counted(len(report.sources), 'source')}{unmeasured}"
    text = _rendered(renderer, report)
    return Document(text, total.fingerprint, bool(report.failed), summary)


def _rendered(renderer: Renderer, report: Report) -> str:
    """What a format makes of a report, inside the guard of formats.

    Raises:
        PluginError: It raised, or gave something else than text.
    """
    try:
        with aside():
            text: object = renderer.render(report)
    except Exception as error:
        raise _wrong_format(renderer, f"raised {type(error).__name__}: {error}") from error
    if not isinstance(text, str):
        raise _wrong_format(renderer, f"returned {text!r}, which is no text")
    return text


def _wrong_format(renderer: Renderer, what: str) -> PluginError:
    maker = load_plugins().makers.get(renderer.id, type(renderer).__module__)
    return PluginError(
        f"Plugin {maker}: the format {renderer.id!r} {what}.",
        remedy="Ask for another format, or update the plugin.",
    )


def _key(gathered: Gathered, renderer: Renderer) -> bytes:
    kind = type(renderer)
    way = sorted(getattr(renderer, "__dict__", {}).items())
    gate = (gathered.options.gate, gathered.fail_under)
    refused = [
        (found.path, data)
        for found, data in zip(gathered.files, gathered.read, strict=True)
        if not isinstance(data, bytes)
    ]
    head = ("document", gathered.title, kind.__module__, kind.__qualname__, way, gate, refused)
    digest = hashlib.sha256(repr(head).encode("utf-8", "backslashreplace"))
    for task in gathered.tasks:
        digest.update(task_key(task))
    return digest.digest()
