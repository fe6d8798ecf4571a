"""What staff entered by hand is taken back within a quarter of an hour (A40)."""

import asyncio

import pytest

from domain.errors import NotFound
from domain.rules.payouts import OwnPayout
from domain.usecases.payments.enter import EntryRefused, UndoTooLate
from tests.usecases.app import App, usd
from tests.usecases.entering import pays, ready, refunds, undoes


async def test_a_payment_is_undone_within_a_quarter_of_an_hour(app: App) -> None:
    await ready(app)
    entry = await pays(app)
    app.later(minutes=15)
    undone = await undoes(app, entry)
    assert (undone.payment_id, undone.amount, undone.commission_minor) == (
        entry.payment_id,
        usd("100.00"),
        0,
    )
    assert await app.figures("leo") == {"accrued": "10.00", "clawed_back": "10.00"}
    assert (await app.enrolment("leo")).paying_clients == 0
    (row,) = await app.audited("entry_undone")
    assert (row["actor"], row["subject"]) == (app.id_of("olga"), f"payment:{entry.payment_id}")


async def test_after_a_quarter_of_an_hour_it_is_too_late(app: App) -> None:
    await ready(app)
    payment = await pays(app)
    refund = await refunds(app, payment.payment_id, "10.00")
    app.later(minutes=15, microseconds=1)
    before = await app.contents()
    for entry in (payment, refund):
        with pytest.raises(UndoTooLate) as told:
            await undoes(app, entry)
        assert told.value.facts == {"minutes": 15}
    assert await app.contents() == before


async def test_undoing_twice_does_nothing_more(app: App) -> None:
    await ready(app)
    payment = await pays(app)
    refund = await refunds(app, payment.payment_id, "40.00")
    for entry, left in ((refund, 1000), (payment, 0)):
        first = await undoes(app, entry)
        assert (first.commission_minor, first.is_repeat) == (left, False)
        before = await app.contents()
        app.later(minutes=1)
        again = await undoes(app, entry)
        assert (again.commission_minor, again.amount) == (left, first.amount)
        assert again.is_repeat
        assert await app.contents() == before
    many = await pays(app, request="1:7")
    await asyncio.gather(*(undoes(app, many) for _ in range(3)))
    assert await app.owed_to("leo") == "0.00"


async def test_what_is_left_of_a_payment_is_undone(app: App) -> None:
    await ready(app)
    entry = await pays(app)
    await refunds(app, entry.payment_id, "30.00")
    assert (await undoes(app, entry)).amount == usd("70.00")
    assert await app.owed_to("leo") == "0.00"


async def test_a_payment_of_which_nothing_is_left_cannot_be_undone(app: App) -> None:
    await ready(app)
    entry = await pays(app)
    await refunds(app, entry.payment_id, "100.00")
    before = await app.contents()
    with pytest.raises(EntryRefused) as told:
        await undoes(app, entry)
    assert told.value.facts == {"problem": "nothing_left"}
    assert await app.contents() == before


async def test_a_refund_is_undone_by_giving_back(app: App) -> None:
    await ready(app)
    await app.pays("ann", "200.00", payment="p-1")
    first = await refunds(app, "p-1", "50.00", request="1:2")
    await refunds(app, "p-1", "30.00", request="1:3")
    undone = await undoes(app, first)
    assert (undone.payment_id, undone.amount) == ("p-1", usd("50.00"))
    assert undone.commission_minor == 1700
    assert await app.owed_to("leo") == "17.00"


async def test_an_undo_is_not_undone_itself(app: App) -> None:
    await ready(app)
    await app.pays("ann", "200.00", payment="p-1")
    first = await refunds(app, "p-1", "10.00", request="1:2")
    await refunds(app, "p-1", "30.00", request="1:3")
    undone = await undoes(app, first)
    before = await app.contents()
    with pytest.raises(NotFound):
        await undoes(app, undone)
    assert await app.contents() == before
    assert await app.owed_to("leo") == "17.00"


async def test_what_billing_reported_is_not_undone_by_hand(app: App) -> None:
    await ready(app)
    await app.pays("ann", "200.00", payment="p-1", event_id="billings-event")
    await app.pays("ann", "200.00", payment="p-2", event_id="staff-or-so-it-looks")
    before = await app.contents()
    olga = await app.in_chat("olga")
    for entry_id in ("billings-event", "staff-or-so-it-looks", "p-1", "staff-", ""):
        with pytest.raises(NotFound):
            await app.use.undo_entry(olga, entry_id)
    assert await app.contents() == before


async def test_no_staff_right_reaches_a_partner_one_belongs_to(app: App) -> None:
    await ready(app)
    before_joining = await pays(app)
    refund = await refunds(app, before_joining.payment_id, "10.00")
    await app.becomes_member("olga", of="leo")
    before = await app.contents()
    with pytest.raises(OwnPayout):
        await pays(app, request="1:5")
    with pytest.raises(OwnPayout):
        await refunds(app, before_joining.payment_id, "10.00", request="1:6")
    with pytest.raises(OwnPayout):
        await undoes(app, refund)
    assert await app.contents() == before
    await app.client("bob")
    assert (await pays(app, "bob", request="1:7")).commission_minor == 0
