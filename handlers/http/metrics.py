"""The home of metrics: counters of this process for Prometheus."""

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.registry import Collector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000, 2_000)


class Metrics:
    """Counters with a registry of their own, so that two servers never share one.

    Attributes:
        registry: Where further collectors may be registered.
        visits_lost: Visits that found no room while the database was away.
        visits_over_limit: Visits above what one code is credited with.
    """

    def __init__(self) -> None:
        """Start at zero."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Histogram(
            "partner_bot_http_request_seconds",
            "Time to answer HTTP requests.",
            ["method", "route", "status"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._requests_by_label: dict[tuple[str, str, int], Histogram] = {}
        self._updates = Histogram(
            "partner_bot_update_seconds",
            "Time from an update's turn in this process to its end, by how it ended.",
            ["outcome"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._updates_by_label = {
            outcome: self._updates.labels(outcome) for outcome in ("handled", "parked")
        }
        self._events = Counter(
            "partner_bot_events",
            "Events that billing reported, by what came of them.",
            ["type", "status"],
            registry=self.registry,
        )
        self._events_by_label: dict[tuple[str, str], Counter] = {}
        self._sets = Histogram(
            "partner_bot_event_set_size",
            "Events that shared one durable commit.",
            buckets=SIZES,
            registry=self.registry,
        )
        self.visits_lost = Counter(
            "partner_bot_visits_lost",
            "Visits that could not be counted; attribution does not need them.",
            registry=self.registry,
        )
        self.visits_over_limit = Counter(
            "partner_bot_visits_over_limit",
            "Visits above what one code is credited with; each was sent on uncounted.",
            registry=self.registry,
        )

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Keep how long a request took."""
        key = (method, route, status)
        histogram = self._requests_by_label.get(key)
        if histogram is None:
            histogram = self._requests_by_label[key] = self._requests.labels(*key)
        histogram.observe(seconds)

    def observe_update(self, outcome: str, seconds: float) -> None:
        """Keep how long an update took, with all its tries."""
        self._updates_by_label[outcome].observe(seconds)

    def count_event(self, kind: str, status: str) -> None:
        """Count an event; ``kind`` is a known type or "unknown"."""
        counter = self._events_by_label.get((kind, status))
        if counter is None:
            counter = self._events_by_label[kind, status] = self._events.labels(kind, status)
        counter.inc()

    def observe_set(self, size: int) -> None:
        """Keep how many events shared a commit."""
        self._sets.observe(size)

    def gauge(self, name: str, help_text: str, read: Callable[[], float]) -> None:
        """Add a gauge that is read whenever somebody asks."""
        Gauge(name, help_text, registry=self.registry).set_function(read)

    def add(self, collector: Collector) -> None:
        """Add what is collected whenever somebody asks."""
        self.registry.register(collector)

    def text(self) -> bytes:
        """Return all of it in the text format of Prometheus."""
        return generate_latest(self.registry)
