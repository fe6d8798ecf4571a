"""What the vendor is told: each fact once, in the words of the read routes, in its own order."""

from datetime import timedelta

import jsonschema_rs
import pytest

from domain.entities.outbound import OutboundEvent
from domain.errors import NotAllowed, NotFound
from domain.ids import encode
from domain.period import text_of
from domain.rights import StaffRole
from domain.usecases.events.record import ReportedEvent
from domain.usecases.outbound.deliver import LEASE, PAUSE_MOST, TRIED_FOR
from domain.usecases.outbound.undelivered import PAGE_SIZE
from domain.usecases.payouts.decide import PayoutMove
from handlers.http.outbound_schemas import WEBHOOKS
from tests.usecases.app import App


async def told_vendor(app: App, *types: str) -> list[tuple[str, dict[str, object]]]:
    rows = await app.rows("outbound_events")
    return [(row["type"], row["data"]) for row in rows if not types or row["type"] in types]


async def test_a_commission_and_its_clawback_are_told_once(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.client("ann", by="leo")
    await app.pays("ann", "200.00", payment="p-1", category="hosting_annual")
    await app.refunds("p-1", "50.00")
    (created, taken) = await told_vendor(app)
    (commission,) = await app.rows("commissions")
    assert created == (
        "commission.created",
        {
            "commission_id": encode(commission["id"]),
            "payment_id": "p-1",
            "client_id": "ann",
            "partner_code": code,
            "program": "saas-tiers",
            "currency": "USD",
            "amount": "20.00",
            "base": "200.00",
            "base_currency": "USD",
            "rate": "10%",
            "tax": "0%",
            "basis": "share",
            "tier": "start",
            "category": "hosting_annual",
            "settlement": "direct",
            "status": "payable",
            "held_until": text_of(app.now),
            "created_at": text_of(app.now),
        },
    )
    assert taken[0] == "commission.clawed_back"
    assert (taken[1]["amount"], taken[1]["clawed_back"]) == ("5.00", "5.00")
    assert taken[1]["commission_id"] == created[1]["commission_id"]
    subjects = {row["subject"] for row in await app.rows("outbound_events")}
    assert subjects == {f"commission:{commission['id']}"}


async def test_a_chargeback_won_gives_back_below_zero(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "10.00", payment="p-1")
    await app.refunds("p-1", "100.00", kind="chargeback")
    await app.refunds("p-1", "100.00", kind="chargeback_won")
    taken = [data["amount"] for _, data in await told_vendor(app, "commission.clawed_back")]
    assert taken == ["10.00", "-10.00"]


async def test_what_is_told_is_what_the_documentation_says(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.opens("ann", code)
    await app.consents("ann")
    await app.earns("leo", "300.00", payment="p-1")
    await app.refunds("p-1", "50.00")
    for move in (PayoutMove.SETTLE, PayoutMove.REJECT):
        await app.presses("boss", await app.asks("leo", "100.00"), move)
    told = await told_vendor(app)
    assert {kind for kind, _ in told} == {
        "client.registered",
        "commission.created",
        "commission.clawed_back",
        "payout.requested",
        "payout.done",
        "payout.rejected",
    }
    for kind, data in told:
        schema = WEBHOOKS[kind].data
        assert [error.message for error in jsonschema_rs.iter_errors(schema, data)] == []
        assert data.keys() == WEBHOOKS[kind].example.keys()


async def test_a_duplicate_and_a_dry_run_tell_nothing(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "10.00", payment="p-1")
    before = await told_vendor(app)
    data = app._payment("client-of-leo-saas-tiers", "100.00", "p-1")
    assert (await app.reports("payment.succeeded", **data)).status == "duplicate"
    dry = ReportedEvent(id="dry", kind="payment.succeeded", data=data | {"payment_id": "p-2"})
    await app.use.record_events([[dry]], dry_run=True)
    assert await told_vendor(app) == before


async def test_a_pay_out_is_told_at_each_step_and_never_its_account(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.earns("leo", "300.00")
    done = await app.asks("leo", "100.00", comment="March")
    await app.presses("boss", done, PayoutMove.APPROVE)
    await app.presses("boss", done, PayoutMove.SETTLE)
    await app.presses("boss", done, PayoutMove.BRING_BACK)
    rejected = await app.asks("leo", "100.00")
    await app.presses("boss", rejected, PayoutMove.REJECT, "details", "wrong IBAN")
    cancelled = await app.asks("leo", "60.00")
    await app.use.cancel_payout(await app.private("leo"), cancelled.id)
    told = [(kind, data) for kind, data in await told_vendor(app) if kind.startswith("payout.")]
    assert [(kind, data["payout_id"], data["status"]) for kind, data in told] == [
        ("payout.requested", encode(done.id), "processing"),
        ("payout.done", encode(done.id), "done"),
        ("payout.returned", encode(done.id), "returned"),
        ("payout.requested", encode(rejected.id), "processing"),
        ("payout.rejected", encode(rejected.id), "rejected"),
        ("payout.requested", encode(cancelled.id), "processing"),
        ("payout.cancelled", encode(cancelled.id), "cancelled"),
    ]
    first = told[0][1]
    assert (first["partner_code"], first["amount"], first["comment"]) == (code, "100.00", "March")
    assert [part["amount"] for part in first["commissions"]] == ["100.00"]  # type: ignore[attr-defined]
    assert told[4][1]["reason"] == "details"
    assert "DE02" not in str(await told_vendor(app))


async def test_a_client_made_in_the_bot_is_told_and_forgotten_when_it_is_erased(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.opens("ann", code)
    made = await app.consents("ann", "+380671112233")
    (event,) = await told_vendor(app, "client.registered")
    assert event[1] == {
        "client_id": made.client.shown_id,
        "name": "Ann",
        "email": None,
        "phone": "+380671112233",
        "telegram_id": app.id_of("ann"),
        "registered_at": text_of(app.now),
        "partner_code": code,
        "program": "saas-tiers",
        "reason": None,
    }
    await app.use.erase_own_data(await app.private("ann"))
    (event,) = await told_vendor(app, "client.registered")
    assert (event[1]["name"], event[1]["phone"], event[1]["telegram_id"]) == ("—", None, None)
    assert event[1]["client_id"] == made.client.shown_id


async def owed(app: App, *ids: int, subject: str | None = None) -> None:
    async with app.around.open_work() as work:
        await work.outbound.add(
            [OutboundEvent(id=i, type="t", created_at=app.now, subject=subject) for i in ids]
        )
        await work.commit()


async def claimed(app: App) -> list[int]:
    return [event.id for event in await app.use.claim_outbound(9)]


async def fails_for_a_day(app: App) -> int:
    """Let the one event fail until it is given up; return how often it was tried."""
    for tries in range(1, 100):
        found = await app.use.claim_outbound(9)
        if found:
            await app.use.settle_outbound.failed(found[0], "status 500")
        if await app.rows("outbound_events", undelivered_at=app.now):
            return tries
        (row,) = await app.rows("outbound_events", delivered_at=None)
        app.later(seconds=(row["due_at"] - app.now).total_seconds())
    raise AssertionError("it was never given up")


async def test_a_failure_is_tried_for_a_day_with_growing_pauses(app: App) -> None:
    await owed(app, 1)
    begun = app.now
    tries = await fails_for_a_day(app)
    assert 25 < tries < 60
    assert TRIED_FOR - PAUSE_MOST <= app.now - begun <= TRIED_FOR
    assert await app.told_staff() == [("outbound_undelivered", {})]
    app.later(days=9)
    assert await claimed(app) == []


async def test_many_given_up_in_one_hour_are_one_notice(app: App) -> None:
    await owed(app, 1, 2, 3)
    first = await app.use.claim_outbound(9)
    app.later(days=2)
    for event in first:
        await app.use.settle_outbound.failed(event, "status 500")
    assert [kind for kind, _ in await app.told_staff()] == ["outbound_undelivered"]


async def test_a_pause_that_the_vendor_asks_for_is_kept(app: App) -> None:
    await owed(app, 1)
    (event,) = await app.use.claim_outbound(9)
    await app.use.settle_outbound.failed(event, "status 429", retry_after=600)
    app.later(seconds=599)
    assert await claimed(app) == []
    app.later(seconds=1)
    assert await claimed(app) == [1]


async def test_a_lease_ends_by_itself(app: App) -> None:
    await owed(app, 1)
    assert await claimed(app) == [1]
    app.later(seconds=LEASE.total_seconds() - 1)
    assert await claimed(app) == []
    app.later(seconds=1)
    assert await claimed(app) == [1]


async def test_an_address_that_is_gone_gets_nothing_until_staff_say_so(app: App) -> None:
    await owed(app, 1, 2)
    for event in await app.use.claim_outbound(9):
        await app.use.settle_outbound.gone(event, "status 410")
    await owed(app, 3)
    assert await claimed(app) == []
    assert [kind for kind, _ in await app.told_staff()] == ["outbound_stopped"]
    state = await app.use.show_outbound(await app.owner())
    assert (state.is_stopped, state.counts.waiting, state.counts.undelivered) == (True, 3, 0)
    assert await app.use.retry_outbound(await app.owner()) == 0
    assert await claimed(app) == [1, 2, 3]
    assert not (await app.use.show_outbound(await app.owner())).is_stopped


async def given_up(app: App, *ids: int) -> None:
    await owed(app, *ids)
    async with app.around.open_work() as work:
        for event_id in ids:
            await work.outbound.give_up(event_id, at=app.now, error="status 500")
        await work.commit()


async def test_staff_see_what_was_given_up_page_by_page(app: App) -> None:
    await given_up(app, *range(1, PAGE_SIZE + 3))
    first = await app.use.show_outbound(await app.owner())
    assert ([event.id for event in first.undelivered], first.has_more) == (
        list(range(1, PAGE_SIZE + 1)),
        True,
    )
    rest = await app.use.show_outbound(await app.owner(), first.undelivered[-1].id)
    assert ([event.id for event in rest.undelivered], rest.has_more) == (
        [PAGE_SIZE + 1, PAGE_SIZE + 2],
        False,
    )


async def test_one_or_all_are_sent_again_and_it_is_audited(app: App) -> None:
    await given_up(app, 1, 2, 3)
    assert await app.use.retry_outbound(await app.owner(), 2) == 1
    assert await claimed(app) == [2]
    with pytest.raises(NotFound):
        await app.use.retry_outbound(await app.owner(), 2)
    assert await app.use.retry_outbound(await app.owner()) == 2
    audited = await app.audited("outbound_retry")
    assert [(row["subject"], row["details"], row["actor"]) for row in audited] == [
        ("outbound:2", {"count": 1}, app.id_of("boss")),
        ("outbound", {"count": 2}, app.id_of("boss")),
    ]


async def test_support_sees_and_does_not_send_again(app: App) -> None:
    await app.staff("sue", StaffRole.SUPPORT)
    await given_up(app, 1)
    assert (await app.use.show_outbound(await app.in_chat("sue"))).counts.undelivered == 1
    for caller in (await app.in_chat("sue"), await app.private("boss"), await app.in_chat("leo")):
        with pytest.raises(NotAllowed):
            await app.use.retry_outbound(caller)
    assert await claimed(app) == []


async def test_what_was_delivered_is_kept_for_a_month(app: App) -> None:
    await owed(app, 1)
    (event,) = await app.use.claim_outbound(1)
    await app.use.settle_outbound.delivered(event)
    app.later(days=30)
    await app.use.forget_outbound()
    assert len(await app.rows("outbound_events")) == 1
    app.now += timedelta(days=1)
    await app.use.forget_outbound()
    assert await app.rows("outbound_events") == []
