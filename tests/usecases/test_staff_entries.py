"""Payments and refunds that staff enter by hand (A40)."""

import asyncio
from datetime import timedelta

import pytest

from domain.entities.payment import EarnedNothing
from domain.errors import DomainError, NotFound
from domain.money import BadAmount, UnknownCurrency
from domain.period import text_of
from domain.rights import StaffRole
from domain.usecases.payments.enter import EntryRefused
from tests.domain.programs import CATALOGUE
from tests.usecases.app import START, App, usd
from tests.usecases.entering import pays, ready, refunds


async def test_a_payment_by_hand_earns_as_if_billing_had_sent_it(app: App) -> None:
    await ready(app)
    app.later(days=1)
    commits = app.commits
    entered = await pays(app, amount="200.00")
    assert app.commits == commits + 1
    assert (entered.client_name, entered.amount) == ("A***", usd("200.00"))
    assert (entered.commission_minor, entered.commission_currency) == (2000, "USD")
    assert (entered.reason, entered.is_repeat) == (None, False)
    assert entered.payment_id == entered.entry_id
    assert await app.figures("leo") == {"accrued": "20.00", "payable": "20.00"}
    (payment,) = await app.rows("payments")
    assert (payment["payment_id"], payment["minor"]) == (entered.payment_id, 20000)
    assert payment["paid_at"] == app.now
    event = await app.use.look_up_event(entered.entry_id)
    assert event
    assert (event.source, event.status, event.kind) == ("staff", "applied", "payment.succeeded")
    assert [kind for kind, _ in await app.told("leo")][-1] == "commission"
    (row,) = await app.audited("payment_entered")
    assert (row["actor"], row["role"]) == (app.id_of("olga"), "finance")
    assert row["subject"] == f"payment:{entered.payment_id}"


async def test_a_client_is_named_by_any_of_its_ids(app: App) -> None:
    await app.staff("olga", StaffRole.FINANCE)
    await app.opens("bob", (await app.joins("leo")).code)
    made = (await app.consents("bob")).client.shown_id
    await pays(app, made, request="1:1")
    await app.client("c-7", telegram_id=app.id_of("bob"))
    await pays(app, made, request="1:2")
    await pays(app, "c-7", request="1:3")
    assert len({row["client_id"] for row in await app.rows("payments")}) == 1
    assert await app.owed_to("leo") == "30.00"


async def test_a_currency_may_be_typed_small(app: App) -> None:
    await ready(app)
    assert (await pays(app, currency="usd")).amount == usd("100.00")


async def test_the_same_message_again_is_the_same_payment(app: App) -> None:
    await ready(app)
    app.now += timedelta(microseconds=123_456)
    first = await pays(app)
    before = await app.contents()
    app.later(hours=3)
    again = await pays(app)
    assert again.is_repeat
    assert (again.payment_id, again.commission_minor) == (first.payment_id, 1000)
    assert await app.contents() == before
    many = await asyncio.gather(*(pays(app, request="1:9") for _ in range(3)))
    assert sorted(one.is_repeat for one in many) == [False, True, True]
    assert await app.owed_to("leo") == "20.00"


async def test_another_message_is_another_payment(app: App) -> None:
    await ready(app)
    first, second = await pays(app, request="1:1"), await pays(app, request="1:2")
    assert first.payment_id != second.payment_id
    assert await app.owed_to("leo") == "20.00"


REFUSED: list[tuple[dict[str, str], type[DomainError], dict[str, object]]] = [
    ({"client": "nobody"}, NotFound, {"client": "nobody"}),
    ({"client": "ann\n"}, NotFound, {"client": "ann\n"}),
    ({"client": "' OR 1=1"}, NotFound, {"client": "' OR 1=1"}),
    ({"client": ""}, NotFound, {"client": ""}),
    ({"currency": "USDT"}, UnknownCurrency, {"currency": "USDT"}),
    ({"currency": "XXX"}, UnknownCurrency, {"currency": "XXX"}),
    (
        {"amount": "12.345"},
        BadAmount,
        {"text": "12.345", "currency": "USD", "decimals": 2, "problem": "decimals"},
    ),
    (
        {"amount": "-5"},
        BadAmount,
        {"text": "-5", "currency": "USD", "decimals": 2, "problem": "format"},
    ),
    (
        {"amount": "0"},
        BadAmount,
        {"text": "0", "currency": "USD", "decimals": 2, "problem": "zero"},
    ),
    ({"currency": "EUR"}, EntryRefused, {"problem": "exchange_rate"}),
    ({"client": "cat"}, EntryRefused, {"problem": "category"}),
]


async def test_a_refused_payment_keeps_nothing(app: App) -> None:
    await ready(app)
    app.configures(programs={**app.around.programs, "catalogue": CATALOGUE})
    await app.joins("mia", "catalogue")
    await app.client("cat", by="mia", program="catalogue")
    before = await app.contents()
    for typed, refusal, facts in REFUSED:
        with pytest.raises(DomainError) as told:
            await pays(app, **typed)
        assert (type(told.value), told.value.facts) == (refusal, facts)
    assert await app.contents() == before
    # Nothing of it is in the way of the right one.
    await pays(app)
    assert await app.owed_to("leo") == "10.00"


async def test_one_message_never_says_two_things(app: App) -> None:
    await ready(app)
    await pays(app, amount="100.00")
    before = await app.contents()
    with pytest.raises(EntryRefused) as told:
        await pays(app, amount="900.00")
    assert told.value.facts == {"problem": "conflict"}
    assert await app.contents() == before


async def test_a_payment_that_earns_nothing_says_why(app: App) -> None:
    await ready(app)
    await app.client("bob")
    entered = await pays(app, "bob")
    assert (entered.commission_minor, entered.commission_currency) == (0, None)
    assert entered.reason is EarnedNothing.NOT_ATTRIBUTED
    await app.reports("client.deleted", client_id="ann", deleted_at=text_of(app.now))
    assert (await pays(app, request="1:3")).reason is EarnedNothing.CLIENT_DELETED


async def test_a_refund_by_hand_takes_the_commission_back(app: App) -> None:
    await ready(app)
    await app.pays("ann", "200.00", payment="billing-1")
    entered = await refunds(app, "billing-1", "50.00")
    assert (entered.payment_id, entered.client_name) == ("billing-1", "A***")
    assert (entered.amount, entered.commission_minor) == (usd("50.00"), 1500)
    assert entered.entry_id != "billing-1"
    assert await app.figures("leo") == {
        "accrued": "20.00",
        "payable": "15.00",
        "clawed_back": "5.00",
    }
    before = await app.contents()
    app.later(hours=1)
    again = await refunds(app, "billing-1", "50.00")
    assert (again.is_repeat, again.commission_minor) == (True, 1500)
    assert await app.contents() == before
    (row,) = await app.audited("refund_entered")
    assert (row["actor"], row["subject"]) == (app.id_of("olga"), "payment:billing-1")


async def test_a_refused_refund_keeps_nothing(app: App) -> None:
    await ready(app)
    await app.pays("ann", "200.00", payment="p-1")
    await app.refunds("p-1", "150.00")
    before = await app.contents()
    for payment, amount, refusal, facts in (
        ("p-2", "1.00", NotFound, {"payment": "p-2"}),
        ("p-1", "50.01", EntryRefused, {"problem": "refund_exceeds_payment"}),
    ):
        with pytest.raises(refusal) as told:
            await refunds(app, payment, amount)
        assert told.value.facts == facts
    for amount in ("0", "1.001", "all", "-1"):
        with pytest.raises(BadAmount):
            await refunds(app, "p-1", amount)
    assert await app.contents() == before
    assert (await refunds(app, "p-1", "50.00")).commission_minor == 0


async def test_entries_are_told_by_billings_time_and_ours(app: App) -> None:
    await ready(app)
    app.later(days=400)
    entered = await pays(app)
    assert entered.reason is EarnedNothing.DURATION_ENDED
    assert (await app.rows("payments"))[0]["paid_at"] == START + timedelta(days=400)


async def test_a_payment_in_another_currency_is_entered_with_its_rate(app: App) -> None:
    await ready(app)
    with pytest.raises(EntryRefused) as refused:
        await pays(app, amount="100.00", currency="EUR")
    assert refused.value.facts == {"problem": "exchange_rate"}
    entered = await app.use.enter_payment(
        await app.in_chat("olga"),
        client_id="ann",
        amount="100.00",
        currency="EUR",
        request="1:2",
        exchange_rate="1.085",
    )
    assert (entered.commission_minor, entered.commission_currency) == (1085, "USD")
    assert await app.figures("leo") == {"accrued": "10.85", "payable": "10.85"}
