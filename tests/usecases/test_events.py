"""What billing reports, as the use case answers it, and what people have to mend (R7, R12)."""

from dataclasses import replace

import pytest

from domain.entities.event import EventRecord, EventShelf
from domain.errors import NotFound
from domain.events.fields import FieldProblem
from domain.money import Rate
from domain.period import text_of
from domain.programs.model_rates import RateRow
from domain.rights import StaffRole
from domain.usecases.events.record import Answer, Malformed, ReportedEvent
from tests.domain.builders import saas_tiers, written
from tests.usecases.app import App

CATALOGUE = written(
    """
    [program]
    key = "catalogue"
    currency = "USD"
    [commission]
    rates = [{ category = "hosting", rate = "10%" }]
    [payout]
    minimum = "5.00"
    """
)
MENDED = replace(
    CATALOGUE, version=2, rates=(*CATALOGUE.rates, RateRow(category="domains", rate=Rate(500)))
)


def _paid(app: App, event_id: str, client: str = "ann", **more: object) -> ReportedEvent:
    data = {
        "payment_id": f"of-{event_id}",
        "client_id": client,
        "amount": "100.00",
        "currency": "USD",
        "paid_at": text_of(app.now),
    }
    return ReportedEvent(id=event_id, kind="payment.succeeded", data=data | more)


async def _answers(app: App, *events: ReportedEvent, dry_run: bool = False) -> list[Answer]:
    (answers,) = await app.use.record_events([events], dry_run=dry_run)
    return [answer for answer in answers if isinstance(answer, Answer)]


async def _for_staff(app: App) -> list[EventRecord]:
    return list((await app.use.list_events(await app.owner(), EventShelf.FOR_STAFF)).rows)


async def _parked(app: App) -> None:
    """Let a payment wait for people, because its category has no rate."""
    app.offers(CATALOGUE)
    await app.joins("leo", "catalogue")
    await app.client("ann", by="leo", program="catalogue")
    (answer,) = await _answers(app, _paid(app, "e-parked", category="domains"))
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
    (answer,) = await _answers(app, _paid(app, "e-early", client="nobody-yet"))
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
    (answer,) = await _answers(app, _paid(app, "e-parked", category="domains"))
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
    assert answer == await _told(app, "e-refund")
    app.offers(MENDED)
    await app.use.rerun_event(await app.owner(), "e-parked")
    assert await app.figures("leo", None) == {
        "accrued": "5.00",
        "payable": "3.00",
        "clawed_back": "2.00",
    }


async def _told(app: App, event_id: str) -> Answer:
    event = await app.use.look_up_event(event_id)
    assert event
    return Answer(id=event.id, status=event.status.value, reason=event.reason, error=event.error)


async def test_a_parked_fact_may_be_replaced_instead(app: App) -> None:
    await _parked(app)
    better = _paid(app, "e-better", payment_id="of-e-parked", category="hosting")
    assert (await _answers(app, better))[0].status == "applied"
    old = await app.use.look_up_event("e-parked")
    assert old
    assert old.status == "rejected"
    assert old.error
    assert old.error.code == "superseded"
    with pytest.raises(NotFound):
        await app.use.rerun_event(await app.owner(), "e-parked")
    assert await app.figures("leo", None) == {"accrued": "10.00", "payable": "10.00"}


# Conflicts


async def test_a_second_body_under_one_id_is_kept_and_staff_are_told(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    await _answers(app, _paid(app, "e-1"))
    (answer,) = await _answers(app, _paid(app, "e-1", amount="999.00"))
    assert answer.status == "conflict"
    assert answer.error
    assert (answer.error.code, answer.error.field) == ("conflict", "id")
    told = {"event_id": "e-1", "event_type": "payment.succeeded"}
    assert await app.told_staff() == [("event_conflict", told)]
    (kept,) = await app.rows("event_conflicts")
    assert kept["event_id"] == "e-1"
    assert '"999.00"' in kept["data"]
    assert await app.owed_to("leo") == "10.00"
    first = await app.use.look_up_event("e-1")
    assert first
    assert first.status == "applied"


async def test_the_same_fact_otherwise_under_a_new_id_is_rejected_and_told(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    await _answers(app, _paid(app, "e-1"))
    (answer,) = await _answers(app, _paid(app, "e-2", payment_id="of-e-1", amount="999.00"))
    assert answer.status == "rejected"
    assert [kind for kind, _ in await app.told_staff()] == ["event_rejected"]
    assert await app.owed_to("leo") == "10.00"
    assert answer == await _told(app, "e-2")


# Requests


async def test_an_event_is_looked_up_by_its_id(app: App) -> None:
    assert await app.use.look_up_event("e-1") is None
    await app.client("ann")
    received_at = app.now
    await _answers(app, _paid(app, "e-1"))
    app.later(days=1)
    event = await app.use.look_up_event("e-1")
    assert event
    assert (event.status, event.reason, event.fact) == (
        "applied",
        "not_attributed",
        "payment:of-e-1",
    )
    assert (event.received_at, event.applied_at) == (received_at, received_at)


async def test_what_cannot_be_read_is_not_kept_and_leaves_its_id_free(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    before = await app.contents()
    bad = _paid(app, "e-1", amount=100, currency="usd", client_id="")
    ((answer,),) = await app.use.record_events([[bad]])
    assert isinstance(answer, Malformed)
    assert {problem.field for problem in answer.problems} == {
        "data.amount",
        "data.currency",
        "data.client_id",
    }
    ((unknown,),) = await app.use.record_events([[replace(bad, kind="payment.made")]])
    assert isinstance(unknown, Malformed)
    assert isinstance(unknown.problems[0], FieldProblem)
    assert await app.contents() == before
    assert (await _answers(app, _paid(app, "e-1")))[0].status == "applied"


async def test_requests_that_wait_together_share_a_commit_and_keep_their_answers(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    commits = app.commits
    bad = _paid(app, "e-bad", amount="0.00")
    batches = [
        [_paid(app, "e-1"), bad, _paid(app, "e-2", client="nobody-yet")],
        [],
        [_paid(app, "e-1"), _paid(app, "e-3")],
    ]
    answers = await app.use.record_events(batches)
    assert app.commits == commits + 1
    told = [[getattr(answer, "status", "malformed") for answer in batch] for batch in answers]
    assert told == [["applied", "malformed", "parked"], [], ["duplicate", "applied"]]
    assert [[answer.id for answer in batch] for batch in answers] == [
        [event.id for event in batch] for batch in batches
    ]
    assert await app.owed_to("leo") == "20.00"


async def test_nothing_to_record_opens_no_transaction(app: App) -> None:
    commits = app.commits
    assert await app.use.record_events([]) == []
    assert await app.use.record_events([[], []]) == [[], []]
    assert app.commits == commits


async def test_a_dry_run_says_what_would_happen_and_keeps_nothing(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    before = await app.contents()
    events = [_paid(app, "e-1"), _paid(app, "e-2", client="nobody-yet"), _paid(app, "e-1")]
    answers = await _answers(app, *events, dry_run=True)
    assert [answer.status for answer in answers] == ["applied", "parked", "duplicate"]
    assert await app.contents() == before
    assert (await _answers(app, _paid(app, "e-1")))[0].status == "applied"


async def test_programs_that_are_not_offered_any_more_spoil_nothing(app: App) -> None:
    app.offers(saas_tiers(), CATALOGUE)
    await app.joins("leo", "catalogue")
    await app.client("ann", by="leo", program="catalogue")
    await _answers(app, _paid(app, "e-1", category="hosting"))
    app.offers(saas_tiers())
    (answer,) = await _answers(app, _paid(app, "e-2", category="hosting"))
    assert (answer.status, answer.reason) == ("applied", "partner_suspended")
    await app.refunds("of-e-1", "40.00")
    taken = {"accrued": "10.00", "payable": "6.00", "clawed_back": "4.00"}
    assert await app.figures("leo", None) == taken
    assert (await app.enrolment("leo", None)).paying_clients == 1
    await app.refunds("of-e-1", "60.00")
    assert await app.figures("leo", None) == {"accrued": "10.00", "clawed_back": "10.00"}
    assert (await app.enrolment("leo", None)).paying_clients == 0
