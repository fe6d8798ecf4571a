"""What staff work from: the queue, search, topics of the admin chat, and recorded denials."""

import asyncio
from datetime import timedelta

import pytest

from domain.entities.people import Caller
from domain.entities.queue import QUEUE_RIGHTS, QueueKind
from domain.errors import NotFound
from domain.ids import encode
from domain.rights import StaffRole
from domain.usecases.payouts.decide import PayoutMove
from handlers.ui.queues import FACES
from storage.repositories.reports.queues import WAITING
from tests.usecases.app import ADMIN_CHAT, App, usd

# The queue


def test_every_kind_of_queue_has_a_right_rows_and_a_face() -> None:
    assert list(QUEUE_RIGHTS) == list(WAITING) == list(FACES) == list(QueueKind)


async def test_the_queue_counts_and_tells_what_waits_longest(app: App) -> None:
    assert (await app.use.show_queue(await app.owner())).lines == []
    await app.joins("leo")
    await app.joins("leo", "waiting")
    await app.earns("leo", "500.00")
    await app.earns("leo", "100.00", "waiting")
    app.later(days=14)
    since = app.now
    first = await app.asks("leo", "60.00", program="saas-tiers")
    app.later(hours=1)
    await app.asks("leo", "70.00", program="saas-tiers")
    await app.asks("leo", "20.00", program="waiting")
    parked = {"payment_id": "p", "client_id": "client-of-leo-saas-tiers", "amount": "1.00"}
    paid_at = app.now.isoformat()
    await app.reports("payment.succeeded", currency="EUR", paid_at=paid_at, **parked)
    queue = await app.use.show_queue(await app.owner())
    new, events = queue.lines
    assert (new.kind, new.count, new.oldest_at) == (QueueKind.PAYOUTS_NEW, 3, since)
    assert [(m.minor, m.currency) for m in new.sums] == [(2000, "EUR"), (13000, "USD")]
    assert (events.kind, events.count, events.sums) == (QueueKind.PARKED_EVENTS, 1, ())
    await app.presses("boss", first, PayoutMove.APPROVE)
    queue = await app.use.show_queue(await app.owner())
    assert [(line.kind.value, line.count, line.oldest_at) for line in queue.lines] == [
        ("payouts_new", 2, since + timedelta(hours=1)),
        ("payouts_approved", 1, since),
        ("parked_events", 1, app.now),
    ]


# Search


async def _people(app: App) -> None:
    await app.joins("leo")
    await app.client(
        "shop-1",
        by="leo",
        name="Іван Петренко",
        email="Ivan@Example.com",
        phone="+380 67 111 22 33",
        account={"account_id": "crm-77", "name": "Bluebird"},
    )
    await app.client("shop-2", name="Maria 100% Flowers", telegram_id=7_000_000_001)
    await app.consents("cleo", phone="+380501112233")


FOUND_BY = {
    "shop-1": ["shop-1"],
    "петренко": ["shop-1"],
    "ПЕТРЕНКО": ["shop-1"],
    "ivan@example.com": ["shop-1"],
    "EXAMPLE.com": ["shop-1"],
    "+380671112233": ["shop-1"],
    "067 111 22": ["shop-1"],
    "crm-77": ["shop-1"],
    "blueb": ["shop-1"],
    "7000000001": ["shop-2"],
    "100%": ["shop-2"],
    "shop": ["shop-2", "shop-1"],
    "@tg_cleo": ["bot"],
    "cleo": ["bot"],
}


async def test_clients_are_found_by_whatever_is_known(app: App) -> None:
    await _people(app)
    owner, found = await app.owner(), {}
    for typed in FOUND_BY:
        hits = (await app.use.search_clients(owner, typed)).hits
        ids = [hit.shown_id for hit in hits]
        found[typed] = ["bot" if shown_id.startswith("bot-") else shown_id for shown_id in ids]
    assert found == FOUND_BY
    for typed in ("@cleo", "100_", "%%", "_____"):
        with pytest.raises(NotFound):
            await app.use.search_clients(owner, typed)


async def test_partners_are_found_by_whatever_is_known(app: App) -> None:
    leo = await app.joins("leo")
    await app.joins("ann", account=False)
    await app.joins("ann", "waiting", account=False)
    await app.consents("leo", phone="+380501112233")
    owner = await app.owner()
    for typed in (
        leo.code,
        leo.code.upper(),
        leo.code[:5],
        "acc-leo",
        "LEO",
        "@tg_leo",
        "tg_leo",
        str(app.id_of("leo")),
        "+380 50 111 22 33",
    ):
        hits = (await app.use.search_partners(owner, typed)).hits
        assert [hit.code for hit in hits] == [leo.code], typed
    found = await app.use.search_partners(owner, "ann")
    assert [hit.program for hit in found.hits] == ["waiting", "saas-tiers"]
    with pytest.raises(NotFound):
        await app.use.search_partners(owner, "100%")


async def test_what_is_found_is_shown_by_pages(app: App) -> None:
    for number in range(10):
        await app.client(f"shop-{number}", name=f"Flowers {number}")
    owner = await app.owner()
    first = await app.use.search_clients(owner, "flowers")
    assert (len(first.hits), first.has_more) == (8, True)
    rest = await app.use.search_clients(owner, "flowers", first.hits[-1].id)
    assert ([hit.name for hit in rest.hits], rest.has_more) == (["Flowers 1", "Flowers 0"], False)


async def test_a_card_shows_what_was_paid_last_and_by_whom(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    for amount in ("100.00", "200.00"):
        app.later(days=1)
        await app.pays("ann", amount)
    client = await app.use.find_client(await app.owner(), "ann")
    assert [row.minor for row in client.payments] == [20000, 10000]
    assert [row.commission_minor for row in client.payments] == [2000, 1000]
    file = await app.use.find_partner(await app.owner(), await app.code_of("leo"))
    assert [row.client_name for row in file.payments] == ["Ann", "Ann"]
    payment = await app.use.find_payment(await app.owner(), client.payments[0].id)
    assert payment == client.payments[0]


async def test_a_pay_out_is_found_by_the_number_that_people_tell(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    payout = await app.asks("leo", "60.00")
    view = await app.use.find_payout(await app.owner(), f" {encode(payout.id)[-6:].upper()} ")
    assert view.payout == payout
    for number in ("", "zzzzzz", "ooo", "2" * 40):
        with pytest.raises(NotFound):
            await app.use.find_payout(await app.owner(), number)


async def test_an_entry_tells_who_earns_by_it(app: App) -> None:
    await app.joins("leo")
    await app.client("ann", by="leo")
    await app.client("bob")
    enter = app.use.enter_payment
    entered = await enter(
        await app.owner(), client_id="ann", amount="100.00", currency="USD", request="1:1"
    )
    assert (entered.partner_name, entered.partner_code) == ("Leo", await app.code_of("leo"))
    assert entered.amount == usd("100.00")
    alone = await enter(
        await app.owner(), client_id="bob", amount="100.00", currency="USD", request="1:2"
    )
    assert (alone.partner_name, alone.partner_code) == (None, None)


# Topics


async def test_of_topics_opened_at_once_one_counts(app: App) -> None:
    topics = app.use.staff_topics
    kept = await asyncio.gather(
        topics.keep(ADMIN_CHAT, "payouts", 5), topics.keep(ADMIN_CHAT, "payouts", 6)
    )
    assert len(set(kept)) == 1
    assert await topics.known(ADMIN_CHAT) == {"payouts": kept[0]}
    await topics.keep(ADMIN_CHAT, "events", 7)
    await topics.forget(ADMIN_CHAT, "payouts", 99)
    assert await topics.known(ADMIN_CHAT) == {"payouts": kept[0], "events": 7}
    await topics.forget(ADMIN_CHAT, "payouts", kept[0])
    assert await topics.known(ADMIN_CHAT) == {"events": 7}
    assert await topics.known(-5) == {}
    assert await topics.keep(-5, "events", 1) == 1
    assert await topics.known(ADMIN_CHAT) == {}


async def test_a_missing_right_is_told_once_a_day(app: App) -> None:
    assert await app.use.staff_topics.may_warn()
    assert not await app.use.staff_topics.may_warn()
    app.later(days=1)
    assert await app.use.staff_topics.may_warn()


# Denials


async def test_denials_are_written_with_role_and_place(app: App) -> None:
    await app.staff("sue", StaffRole.SUPPORT)

    async def denied(caller: Caller | None, asked: str) -> None:
        await app.use.record_denial(caller, right="payout.settle", asked=asked, chat_id=-7)

    await denied(await app.in_chat("sue"), "c:settle:1")
    await denied(await app.private("zoe"), "/pay")
    await denied(None, "/" + "x" * 100)
    rows = await app.audited("denied")
    assert [(row["actor"], row["role"]) for row in rows] == [
        (app.id_of("sue"), "support"),
        (app.id_of("zoe"), "nobody"),
        (None, "nobody"),
    ]
    assert {row["subject"] for row in rows} == {"right:payout.settle"}
    assert rows[0]["details"] == {"asked": "c:settle:1", "chat_id": -7}
    assert len(rows[2]["details"]["asked"]) == 64
