"""Billing issues what a partner asked for and reports its payment by the invoice (R5, R15)."""

from domain.entities.invoice import Invoice, InvoiceStatus
from domain.period import text_of
from domain.usecases.events.record import Result
from storage.books import audit
from tests.domain.builders import written
from tests.usecases.app import App
from tests.usecases.claiming import claim, decide
from tests.usecases.selling import TIERED, asks_invoice, sells, stored

ELSEWHERE = written(
    """
    [program]
    key = "elsewhere"
    currency = "EUR"
    [commission]
    rates = [{ rate = "10%" }]
    [payout]
    minimum = "1.00"
    """
)
"""Another program, in which the client has had another partner for longer."""


async def issues(app: App, asked: Invoice) -> None:
    """Let billing issue what a partner asked for."""
    issued = await app.reports(
        "invoice.issued",
        invoice_id="B-7",
        number="7",
        client_id="client-of-ida",
        currency="EUR",
        issued_at=text_of(app.now),
        request_id=asked.request_id,
        amount=str(asked.net),
    )
    assert issued.status == "applied", issued


async def is_paid(app: App, asked: Invoice, **more: object) -> Result:
    """Let billing report the payment of that invoice."""
    return await app.reports(
        "payment.succeeded",
        payment_id="P-7",
        client_id="client-of-ida",
        amount=str(asked.price),
        currency="EUR",
        paid_at=text_of(app.now),
        settlement="via_partner",
        invoice_id="B-7",
        **more,
    )


async def test_the_payment_of_an_invoice_is_its_partners_whoever_has_the_client_elsewhere(
    app: App,
) -> None:
    app.offers(ELSEWHERE, TIERED)
    await app.joins("bob", "elsewhere")
    await app.joins("ida", "tiered")
    await app.client("client-of-ida", by="bob", program="elsewhere", email="c@example.com")
    app.later(days=1)
    await decide(app, await claim(app, "ida", "c@example.com"), reason_code="proof")
    asked = await asks_invoice(app, "ida", bot=10)
    await issues(app, asked)

    assert (await is_paid(app, asked)).status == "applied"

    (payment,) = await app.rows("payments")
    ida = await app.enrolment("ida", "tiered")
    assert (payment["program"], payment["enrolment_id"]) == ("tiered", ida.id)
    assert await app.figures("ida", "tiered") == {"retained": str(asked.commission)}
    assert await app.figures("bob", "elsewhere") == {}
    assert ida.paying_clients == 1
    assert (await stored(app, asked)).status is InvoiceStatus.PAID


async def test_an_invoice_of_two_categories_is_paid_by_one_sum_and_the_books_are_right(
    shop: App,
) -> None:
    await sells(shop, "ida", None, "tiered")
    asked = await asks_invoice(shop, "ida", bot=10, box=1)
    await issues(shop, asked)

    assert (await is_paid(shop, asked)).status == "applied"

    (payment,) = await shop.rows("payments")
    kept = [(line.category, line.minor) for line in payment["lines"]]
    assert kept == [("chat", 19_950), ("mail", 35)]
    assert await audit(shop.engines) == []


async def test_the_lines_of_an_invoice_may_be_told_in_another_order(shop: App) -> None:
    await sells(shop, "ida", None, "tiered")
    asked = await asks_invoice(shop, "ida", bot=10, box=1)
    await issues(shop, asked)
    mail, chat = {"category": "mail", "amount": "0.35"}, {"category": "chat", "amount": "199.50"}

    assert (await is_paid(shop, asked, lines=[mail, chat])).status == "applied"

    assert await shop.figures("ida", "tiered") == {"retained": str(asked.commission)}
    assert await audit(shop.engines) == []
