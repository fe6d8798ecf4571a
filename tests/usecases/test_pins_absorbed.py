"""A pinned client turns out to be another one of billing's, or is somebody by itself (R23)."""

import pytest

from domain.entities.invoice import InvoiceMove, InvoiceStatus
from domain.entities.pin import PinStatus
from domain.period import text_of
from domain.usecases.invoices.request import InvoiceRequest, Order
from tests.domain.builders import written
from tests.usecases.app import App
from tests.usecases.pinning import pin, registers, statuses, two_join
from tests.usecases.selling import decides, stored

SELLING = written(
    """
    [program]
    key = "widgets"
    currency = "USD"
    [commission]
    rates = [{ category = "chat", rate = "40%" }]
    [payout]
    minimum = "10.00"
    [pinning]
    per_day = 5
    confirm_days = 7
    after_refusal = "refused"
    after_silence = "commission_only"
    [price_list]
    due_days = 3
    [[price_list.items]]
    key = "seat"
    category = "chat"
    price = "10.00"
    period = "month"
    names = { en = "Seat", ru = "Место", uk = "Місце", bg = "Място" }
    """
)
"""Partners pin accounts and order for them; only one category has a rate."""


@pytest.mark.parametrize("by", ["account", "payment", "staff"])
async def test_the_invoice_of_a_pinned_client_is_paid_when_billing_knows_it_by_another_id(
    app: App, by: str
) -> None:
    app.offers(SELLING)
    await app.joins("ann", "widgets")
    order = Order(
        client_id=(await pin(app, "ann", "acme-1")).pin.client_id, quantities={"seat": 3}
    )
    asked = await app.use.request_invoice(
        await app.private("ann"), InvoiceRequest(order=order, request_key="press")
    )
    await decides(app, asked, InvoiceMove.ISSUE)
    await registers(app, "c-9")
    if by != "payment":
        data = {"client_id": "c-9", "account_id": "acme-1", "name": "Acme"}
        await app.reports("account.created", created_at=text_of(app.now), **data)
    if by == "staff":
        await app.use.confirm_invoice(await app.owner(), asked.id)
    else:
        await app.pays(
            "c-9",
            "30.00",
            settlement="via_partner",
            invoice_id=(await stored(app, asked)).invoice_id,
            account_id="acme-1",
        )

    (ours,) = await app.rows("client_ids", external_id="c-9")
    invoice = await stored(app, asked)
    assert (invoice.status, invoice.client_id) == (InvoiceStatus.PAID, ours["client_id"])
    (payment,) = await app.rows("payments")
    assert payment["client_id"] == ours["client_id"]
    assert await app.figures("ann", "widgets") == {"retained": "12.00"}


async def test_who_consented_in_the_bot_is_not_absorbed_with_what_it_has_paid(app: App) -> None:
    await app.joins("ann")
    await app.opens("zoe", await app.code_of("ann"))
    zoe = (await app.consents("zoe")).client.shown_id
    await app.pays(zoe, "100.00")
    data = {"account_id": "A-1", "name": "Zoe", "created_at": text_of(app.now)}
    await app.reports("account.created", client_id=zoe, **data)
    await app.client("c-2")

    await app.pays("c-2", "50.00", account_id="A-1")
    await app.pays(zoe, "100.00")

    (client,) = await app.rows("clients", shown_id=zoe)
    assert client["deleted_at"] is None
    assert await app.figures("ann") == {"accrued": "20.00", "payable": "20.00"}
    assert (await app.enrolment("ann")).paying_clients == 1


async def test_who_had_a_service_by_its_pinned_account_is_not_absorbed(app: App) -> None:
    await two_join(app)
    await pin(app, "ann", "acme-1")
    service = {"client_id": "c-1", "account_id": "acme-1", "service_id": "s-1"}
    service |= {"category": "chat", "name": "Chat"}
    for state in ("activated", "cancelled"):
        await app.reports(f"service.{state}", at=text_of(app.now), **service)
        app.later(hours=1)
    await registers(app, "c-2")

    await app.pays("c-2", "50.00", account_id="acme-1")
    await app.pays("c-1", "100.00")

    assert await app.figures("ann", "widgets") == {"accrued": "40.00", "payable": "40.00"}
    assert await statuses(app) == [("acme-1", PinStatus.ACTIVE)]


@pytest.mark.parametrize(
    ("payment", "code"),
    [({"currency": "EUR"}, "exchange_rate"), ({"category": "mail"}, "category")],
)
async def test_a_payment_that_says_whose_a_pinned_account_is_waits_for_staff_like_any_other(
    app: App, payment: dict[str, str], code: str
) -> None:
    app.offers(SELLING)
    await app.joins("ann", "widgets")
    await pin(app, "ann", "acme-1")
    await registers(app, "c-1")
    data = {"payment_id": "p-1", "client_id": "c-1", "account_id": "acme-1", "amount": "100.00"}
    data |= {"paid_at": text_of(app.now), "currency": "USD", "category": "chat"}

    answer = await app.reports("payment.succeeded", event_id="first", **data | payment)

    assert (answer.status, answer.error and answer.error.code) == ("parked", code)
    assert await app.rows("payments") == []
    if code == "category":
        await app.use.map_category(await app.owner(), "first", "chat")
    else:
        more = {"currency": "EUR", "exchange_rate": "1"}
        assert (await app.reports("payment.succeeded", **data | more)).status == "applied"
    assert await app.figures("ann", "widgets") == {"accrued": "40.00", "payable": "40.00"}
    (pinned,) = await app.rows("pins")
    (ours,) = await app.rows("client_ids", external_id="c-1")
    assert pinned["client_id"] == ours["client_id"]


@pytest.mark.parametrize("event", ["account.created", "payment.succeeded"])
async def test_a_partner_keeps_a_client_whose_protection_has_ended(app: App, event: str) -> None:
    await two_join(app)
    view = await pin(app, "ann", "acme-1")
    await app.use.end_protection.by_staff(await app.owner(), view.pin.id)
    await registers(app, "c-9")
    if event == "account.created":
        data = {"client_id": "c-9", "account_id": "acme-1", "name": "Acme"}
        await app.reports("account.created", created_at=text_of(app.now), **data)

    await app.pays("c-9", "100.00", account_id="acme-1")

    ann = await app.enrolment("ann", "widgets")
    assert await app.figures("ann", "widgets") == {"accrued": "40.00", "payable": "40.00"}
    assert ann.paying_clients == 1
    owners = [row["enrolment_id"] for row in await app.rows("referrals")]
    assert owners == [None, ann.id]


async def test_who_belongs_to_somebody_gets_no_partner_by_an_account_without_protection(
    app: App,
) -> None:
    await two_join(app)
    view = await pin(app, "ann", "acme-1")
    await app.use.end_protection.by_staff(await app.owner(), view.pin.id)
    await app.client("c-9", by="bob", program="widgets")

    await app.pays("c-9", "100.00", account_id="acme-1")

    assert await app.figures("bob", "widgets") == {"accrued": "40.00", "payable": "40.00"}
    assert await app.figures("ann", "widgets") == {}
