"""Events that people have to mend: told, listed, run again or replaced (R7, R12)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.entities.event import EventRecord, EventShelf
from domain.errors import NotFound
from domain.money import Rate
from domain.period import text_of
from domain.programs.model_rates import RateRow
from domain.rights import StaffRole
from domain.usecases.events.parked import EventReplaced
from tests.domain.programs import CATALOGUE
from tests.usecases.app import App
from tests.usecases.reporting import answers_to, known_of, payment_of

MENDED = replace(
    CATALOGUE, version=2, rates=(*CATALOGUE.rates, RateRow(category="domains", rate=Rate(500)))
)


async def _for_staff(app: App) -> list[EventRecord]:
    return list((await app.use.list_events(await app.owner(), EventShelf.FOR_STAFF)).rows)


async def _parked(app: App) -> None:
    """Let a payment wait for people, because its category has no rate."""
    app.offers(CATALOGUE)
    await app.joins("leo", "catalogue")
    await app.client("ann", by="leo", program="catalogue")
    (answer,) = await answers_to(app, payment_of(app, "e-parked", category="domains"))
    assert answer.status == "parked"


async def test_what_people_must_mend_is_told_and_listed(app: App) -> None:
    await _parked(app)
    assert await app.told_staff() == [
        (
            "event_parked",
            {"event_id": "e-parked", "event_type": "payment.succeeded", "code": "category"},
        )
    ]
    (listed,) = await _for_staff(app)
    assert listed == await app.use.look_up_event("e-parked")
    assert (listed.status, listed.waits_for, listed.source) == (
        "parked",
        "staff:category",
        "billing",
    )
    assert listed.error
    assert (listed.error.code, listed.error.field) == ("category", "data.category")
    assert await app.rows("payments") == []


async def test_what_waits_for_its_cause_is_not_for_people(app: App) -> None:
    (answer,) = await answers_to(app, payment_of(app, "e-early", client="nobody-yet"))
    assert answer.status == "parked"
    assert await _for_staff(app) == []
    assert await app.told_staff() == []
    with pytest.raises(NotFound):
        await app.use.rerun_event(await app.owner(), "e-early")


async def test_after_the_cause_was_mended_the_event_is_run_again(app: App) -> None:
    await _parked(app)
    await app.staff("olga", StaffRole.FINANCE)
    paid_at = app.now
    app.offers(MENDED)
    app.later(days=2)
    commits = app.commits
    answer = await app.use.rerun_event(await app.in_chat("olga"), "e-parked")
    assert app.commits == commits + 1
    assert (answer.id, answer.status, answer.error) == ("e-parked", "applied", None)
    assert await app.figures("leo", None) == {"accrued": "5.00", "payable": "5.00"}
    (payment,) = await app.rows("payments")
    assert (payment["paid_at"], payment["recorded_at"]) == (paid_at, app.now)
    event = await app.use.look_up_event("e-parked")
    assert event
    assert (event.status, event.waits_for, event.error) == ("applied", None, None)
    assert event.applied_at == app.now
    assert await _for_staff(app) == []
    (row,) = await app.audited("event_rerun")
    assert (row["actor"], row["role"]) == (app.id_of("olga"), "finance")
    assert (row["subject"], row["details"]) == ("event:e-parked", {"status": "applied"})


async def test_run_again_too_early_it_goes_on_waiting(app: App) -> None:
    await _parked(app)
    answer = await app.use.rerun_event(await app.owner(), "e-parked")
    assert answer.status == "parked"
    assert answer.error
    assert answer.error.code == "category"
    assert len(await _for_staff(app)) == 1
    assert await app.rows("payments") == []
    (row,) = await app.audited("event_rerun")
    assert row["details"] == {"status": "parked"}


async def test_an_event_is_run_again_once(app: App) -> None:
    await _parked(app)
    app.offers(MENDED)
    await app.use.rerun_event(await app.owner(), "e-parked")
    before = await app.contents()
    for event_id in ("e-parked", "no-such", ""):
        with pytest.raises(NotFound) as told:
            await app.use.rerun_event(await app.owner(), event_id)
        assert told.value.facts == {"event": event_id}
    assert await app.contents() == before
    (answer,) = await answers_to(app, payment_of(app, "e-parked", category="domains"))
    # Billing's clock stands still for this: it is the same body as before.
    assert answer.status == "duplicate"


async def test_what_waited_for_the_parked_payment_follows_it(app: App) -> None:
    await _parked(app)
    refund = {
        "refund_id": "r-1",
        "payment_id": "of-e-parked",
        "amount": "40.00",
        "refunded_at": text_of(app.now),
    }
    answer = await app.reports("payment.refunded", event_id="e-refund", **refund)
    assert answer == await known_of(app, "e-refund")
    app.offers(MENDED)
    await app.use.rerun_event(await app.owner(), "e-parked")
    assert await app.figures("leo", None) == {
        "accrued": "5.00",
        "payable": "3.00",
        "clawed_back": "2.00",
    }


async def test_a_parked_fact_may_be_replaced_instead(app: App) -> None:
    await _parked(app)
    better = payment_of(app, "e-better", payment_id="of-e-parked", category="hosting")
    assert (await answers_to(app, better))[0].status == "applied"
    old = await app.use.look_up_event("e-parked")
    assert old
    assert old.status == "rejected"
    assert old.error
    assert old.error.code == "superseded"
    with pytest.raises(EventReplaced) as refused:
        await app.use.rerun_event(await app.owner(), "e-parked")
    assert refused.value.facts == {"event": "e-parked", "by": "e-better"}
    assert await app.figures("leo", None) == {"accrued": "10.00", "payable": "10.00"}


async def test_a_chargeback_that_was_won_waits_for_the_chargeback(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    await app.pays("ann", "100.00", payment="p-1")
    story = {"payment_id": "p-1", "amount": "100.00"}
    won = {"refund_id": "r-won", "kind": "chargeback_won"}
    later = text_of(app.now + timedelta(minutes=2))
    answer = await app.reports(
        "payment.refunded", event_id="e-won", refunded_at=later, **story, **won
    )
    assert (answer.status, answer.error and answer.error.code) == ("parked", "chargeback_unknown")
    assert await app.told_staff() == []
    taken = {"refund_id": "r-taken", "kind": "chargeback"}

    await app.reports("payment.refunded", refunded_at=text_of(app.now), **story, **taken)

    assert (await known_of(app, "e-won")).status == "applied"
    assert await app.figures("leo") == {"accrued": "10.00", "payable": "10.00"}
    (payment,) = await app.rows("payments")
    assert (payment["chargebacks"], payment["lines"][0].refunded) == (0, 0)
    assert len(await app.rows("refunds")) == 2
