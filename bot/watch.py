"""The home of watching: figures of the database for the metrics, and the daily audit."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.ids import first_id_after
from bot.replica import Replica
from domain.entities.queue import QueueKind
from storage.books import Proof, prove_by_the_clock
from storage.engine import Engines, open_engines
from storage.watch import Audited, Figures, keep_audited, read_figures
from storage.work import SqlOpenWork

log = logging.getLogger(__name__)

STALE_SECONDS = 90.0
"""Older figures are not shown: an alarm on their absence is better than a comforting number."""
AUDIT = "audit_books"


class Watch(Collector):
    """The figures of the database, read now and then by the leader and shown as metrics.

    Other replicas show only who leads: figures of one database need one reader.
    """

    def __init__(
        self,
        engines: Engines,
        replica: Replica,
        open_work: SqlOpenWork,
        clock: Callable[[], datetime],
    ) -> None:
        """Watch this database."""
        self._engines = engines
        self._replica = replica
        self._open_work = open_work
        self._clock = clock
        self._figures: Figures | None = None
        self._read_at: datetime | None = None

    async def look(self) -> None:
        """Read the figures anew."""
        if not self._replica.leads:
            self._figures = None
            return
        now = self._clock()
        self._figures, self._read_at = await read_figures(self._engines, now), now

    async def audit_books(self) -> None:
        """Audit the books once a day, on a thread and connections of its own.

        Once a week that is everything, on other days what came since; see ADR 25.
        """
        now = self._clock()
        if not self._replica.leads:
            return
        async with self._open_work(books=False) as work:
            if not await work.jobs.claim(AUDIT, now.date().isoformat(), at=now):
                return
            await work.commit()
        url = self._engines.writes.url.render_as_string(hide_password=False)
        proof = await asyncio.to_thread(asyncio.run, _audited(url, now))
        if proof.findings:
            log.error(
                "the books differ in %s places; `python -m bot books` shows them",
                len(proof.findings),
            )
            return
        since = f"since {proof.since.began_at:%Y-%m-%d %H:%M}" if proof.since else "all of them"
        log.info("the books were audited, %s: no difference", since)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return the metrics as they stand."""
        yield GaugeMetricFamily(
            "partner_bot_leader",
            "1 where the process polls and sends notices, 0 elsewhere.",
            value=float(self._replica.leads),
        )
        figures, now = self._figures, self._clock()
        if figures is None or self._read_at is None:
            return
        if (now - self._read_at).total_seconds() < STALE_SECONDS:
            yield from _families(figures, now)


async def _audited(url: str, at: datetime) -> Proof:
    engines = open_engines(url)
    try:
        proof = await prove_by_the_clock(engines, at=at, first_id=first_id_after(at))
        await keep_audited(engines, Audited(at=at, differences=len(proof.findings)))
    finally:
        await engines.close()
    return proof


def _families(figures: Figures, now: datetime) -> Iterator[GaugeMetricFamily]:
    places = {
        "intake": (figures.inbox, "updates that were stored and are not settled"),
        "updates_parked": (figures.parked_updates, "updates that were given up"),
        "outbox": (figures.outbox, "notices that may be sent now and are not"),
        "webhooks": (figures.webhooks, "webhooks that the vendor has not taken yet"),
    }
    for name, (backlog, words) in places.items():
        yield GaugeMetricFamily(
            f"partner_bot_{name}", f"How many {words}.", value=float(backlog.count)
        )
        yield GaugeMetricFamily(
            f"partner_bot_{name}_age_seconds",
            f"How long the oldest waits of {words}.",
            value=backlog.age(now),
        )
    yield GaugeMetricFamily(
        "partner_bot_mails_waiting_age_seconds",
        "How long the oldest waits of e-mails that were not given up.",
        value=figures.mails.age(now),
    )
    yield GaugeMetricFamily(
        "partner_bot_lanes", "People whose updates are being handled.", value=figures.lanes
    )
    yield from _waiting(figures, now)
    if figures.audited is not None:
        yield GaugeMetricFamily(
            "partner_bot_books_audited_timestamp_seconds",
            "When the books were audited last.",
            value=figures.audited.at.timestamp(),
        )
        yield GaugeMetricFamily(
            "partner_bot_books_differences",
            "What the last audit of the books found.",
            value=figures.audited.differences,
        )
        if figures.audited.all_at is not None:
            yield GaugeMetricFamily(
                "partner_bot_books_proved_timestamp_seconds",
                "When all of the books were audited last.",
                value=figures.audited.all_at.timestamp(),
            )


def _waiting(figures: Figures, now: datetime) -> Iterator[GaugeMetricFamily]:
    counts = GaugeMetricFamily(
        "partner_bot_waiting", "What waits for staff, by kind.", labels=["kind"]
    )
    ages = GaugeMetricFamily(
        "partner_bot_waiting_age_seconds",
        "How long the oldest waits for staff, by kind.",
        labels=["kind"],
    )
    by_kind = {line.kind: line for line in figures.waiting}
    for kind in QueueKind:
        line = by_kind.get(kind)
        counts.add_metric([kind], float(line.count) if line else 0.0)
        ages.add_metric([kind], (now - line.oldest_at).total_seconds() if line else 0.0)
    yield counts
    yield ages
