"""Three real processes whose jobs ring at once: one effect for each period, in their order."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.period import Month
from domain.usecases.statements.owe import MORNING
from handlers.ui.language import Language
from tests.faults.people import join, new_human
from tests.faults.process import HURRY, Processes, until
from tests.faults.scenarios.lives import MONTHLY
from tests.faults.story import Story
from tests.faults.world import OK, Vendor, vendor_in

REPLICAS = 3
JOBS = "look_after_terms owe_statements"
LATER = 130 * 86_400
"""Seconds in which at least three more months end."""
WAITING_SECONDS = 120.0


@pytest.fixture
async def polling(
    tmp_path: Path, processes: Processes, postgresql_url: str
) -> AsyncIterator[Vendor]:
    """Return a vendor on PostgreSQL whose replicas poll."""
    async with vendor_in(tmp_path, processes, postgresql_url) as vendor:
        yield vendor


async def test_replicas_do_each_period_once_and_missed_ones_in_order(
    polling: Vendor,
) -> None:
    (polling.folder / "flat.toml").write_text(MONTHLY)
    done = "SELECT COUNT(*) FROM jobs WHERE job LIKE 'payouts:%' OR job = 'statements'"
    taken = f"SELECT ({done})"
    first = polling.start(environ={HURRY: JOBS})
    url = await first.ready()
    ann = await new_human(polling.sim, polling.simulator, "Ann")
    story = Story()
    story.first_payment(await join(ann, polling.database), 1_000)
    assert (await polling.billing.send_batch(url, list(story.events.values()))).status == OK
    await ann.says("/withdraw")
    await ann.presses("o:payout_account")
    await ann.says("DE89 3704 0044 0532 0130 00")
    await ann.is_answered(lambda message: "next pay-out goes to" in (message.text or ""))
    await _until(polling, f"{taken} = 2")
    assert await first.stop() == 0

    # Months later, all of them ring at once, every second.
    skewed = [polling.start(environ={HURRY: JOBS}, skew_seconds=LATER) for _ in range(REPLICAS)]
    for process in skewed:
        await process.ready()
    then = datetime.now(UTC) + timedelta(seconds=LATER) - MORNING
    months = [Month.of(datetime.now(UTC) - MORNING, UTC)]
    while months[-1] != Month.of(then, UTC).plus(-1):
        months.append(months[-1].plus(1))
    await _until(polling, f"{taken} = {len(months) + 3}")
    await _until(polling, "SELECT COUNT(*) = 0 FROM notices WHERE sent_at IS NULL")
    for process in skewed:
        assert await process.stop() == 0
    language = Language("en", UTC)
    told = [text.split("\n")[0] for text in ann.texts() if text.startswith("🗓 Statement: ")]
    assert told == [f"🗓 Statement: {language.month(month)}" for month in months]
    assert await polling.database.value("SELECT COUNT(*) FROM payouts") == 1
    await polling.books_balance()


async def _until(vendor: Vendor, seen: str) -> None:
    await until(lambda: vendor.database.value(seen), within_seconds=WAITING_SECONDS)
