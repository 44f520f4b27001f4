"""What the service counts, in the form that Prometheus reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from quality import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prometheus_client.core import Metric

    from quality.serve._dispatcher import Dispatcher

#: Bounds of the histogram's buckets in seconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)

#: Plain numbers of the scorer with what they count.
_NUMBERS = {
    "texts": "Results given.",
    "judged": "Texts that the analyzers were run on.",
    "repeated": "Texts that equalled another one, whose result they got.",
    "cache_hits": "Results taken from the results cache.",
    "cache_misses": "Texts that the results cache did not know.",
    "retried": "Texts tried once more because they lost their worker.",
    "replaced": "Workers replaced, for age, growth or a lost text.",
}
#: Its numbers by a label.
_TABLES = {
    "statuses": ("status", "Results given, by status."),
    "reasons": ("reason", "Unmeasured results given, by reason."),
    "seconds": ("analyzer", "Seconds that analyzers took."),
    "failures": ("analyzer", "Texts on which an analyzer failed."),
}


class Metrics:
    """The numbers of one service.

    Args:
        dispatcher: Who judges.
        profile: Name of the profile.
    """

    def __init__(self, dispatcher: Dispatcher, profile: str) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Judging(dispatcher, profile))
        self._answered = Counter(
            "quality_http_requests", "Requests answered.", ["path", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "quality_http_request_seconds",
            "Seconds from a request's head to its answer.",
            ["path"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.under_way = Gauge(
            "quality_http_requests_under_way", "Requests being worked on.", registry=self._registry
        )

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Counts an answer."""
        self._answered.labels(path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        return generate_latest(self._registry)


class _Judging(Collector):
    """What the scorer counts itself."""

    def __init__(self, dispatcher: Dispatcher, profile: str) -> None:
        self._dispatcher = dispatcher
        self._profile = profile

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        labels = {
            "version": __version__,
            "profile": self._profile,
            "fingerprint": self._dispatcher.fingerprint,
        }
        info = GaugeMetricFamily("quality_service", "Always 1.", labels=list(labels))
        info.add_metric(list(labels.values()), 1.0)
        yield info
        yield GaugeMetricFamily(
            "quality_texts_waiting", "Texts that wait or are being judged.", self._dispatcher.waiting
        )
        counters = self._dispatcher.counters()
        if counters is None:
            return
        for name, meaning in _NUMBERS.items():
            yield CounterMetricFamily(f"quality_scorer_{name}", meaning, getattr(counters, name))
        for name, (label, meaning) in _TABLES.items():
            yield _table(f"quality_scorer_{name}", label, meaning, getattr(counters, name))


def _table(name: str, label: str, meaning: str, numbers: Mapping[str, float]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, meaning, labels=[label])
    for key, value in numbers.items():
        family.add_metric([key], value)
    return family
