"""What a partner that collects the price keeps, and loses by a refund (R8, R13, R15, R21)."""

import pytest

from domain.entities.invoice import InvoiceMove, InvoiceStatus, PayBy
from domain.entities.partner import LegalForm
from domain.entities.payment import EarnedNothing
from domain.period import text_of
from domain.rules.invoice_refusals import InvoiceAlreadyDecided
from domain.usecases.claims.ask import read_client
from domain.usecases.claims.decide import ClaimDecision
from tests.usecases.app import App
from tests.usecases.selling import WIDGETS, asks_invoice, decides, kinds_told, sells, stored

RUB = {"currency": "RUB"}


async def test_from_the_request_to_what_the_partner_keeps(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", chat_year=1, setup=2)

    assert (str(asked.price), str(asked.commission), str(asked.net)) == (
        *("19900.00", "9950.00", "9950.00"),
    )
    assert asked.status is InvoiceStatus.REQUESTED
    assert ("invoice_requested", {"invoice_id": asked.id}) in await shop.told_staff()
    (webhook,) = await shop.rows("outbound_events", type="invoice.requested")
    assert webhook["data"]["amount"] == "9950.00"
    assert webhook["data"]["price"] == "19900.00"

    issued = (await decides(shop, asked, InvoiceMove.ISSUE)).invoice
    assert (issued.status, issued.number) == (InvoiceStatus.UNPAID, "2026-0001")
    await shop.use.move_own_invoice.tell_paid(await shop.private("ida"), asked.id, "order 15")
    assert (await stored(shop, asked)).reference == "order 15"
    paid = (await shop.use.confirm_invoice(await shop.owner(), asked.id)).invoice

    assert paid.status is InvoiceStatus.PAID
    (payment,) = await shop.rows("payments")
    assert (payment["minor"], payment["settlement"]) == (1_990_000, "via_partner")
    (commission,) = await shop.rows("commissions")
    assert (commission["minor"], commission["state"].value) == (995_000, "retained")
    assert await shop.figures("ida", WIDGETS) == {"retained": "9950.00"}
    assert await kinds_told(shop, "ida") == [
        *("registration", "invoice_issued", "commission", "invoice_paid"),
    ]
    assert [row["action"] for row in await shop.audited("invoice_issued", "payment_entered")] == [
        "invoice_issued"
    ]


@pytest.mark.parametrize(
    ("form", "settlement", "figures", "reason"),
    [
        (LegalForm.INDIVIDUAL, "via_partner", {"retained": "500.00"}, None),
        (LegalForm.INDIVIDUAL, "direct", {}, EarnedNothing.LEGAL_FORM),
        (LegalForm.SELF_EMPLOYED, "direct", {"accrued": "400.00", "payable": "400.00"}, None),
        (LegalForm.LEGAL_ENTITY, "via_partner", {"retained": "500.00"}, None),
        (None, "direct", {"accrued": "400.00", "payable": "400.00"}, None),
    ],
)
async def test_what_a_payment_earns_by_legal_form(
    shop: App,
    form: LegalForm | None,
    settlement: str,
    figures: dict[str, str],
    reason: EarnedNothing | None,
) -> None:
    await sells(shop, "ida", form)
    answer = await shop.pays("client-of-ida", "1000.00", settlement=settlement, **RUB)

    assert answer.reason == reason
    assert await shop.figures("ida", WIDGETS) == figures
    (enrolment,) = await shop.rows("enrolments")
    assert enrolment["paying_clients"] == 1, "it counts whether or not it earned (R9)"
    assert ("legal_form_earned_nothing" in await kinds_told(shop, "ida")) is (reason is not None)


async def test_an_amount_is_withheld_to_the_cent_of_its_commission(shop: App) -> None:
    await sells(shop, "ida", None, "tiered")
    asked = await asks_invoice(shop, "ida", seat=3, bot=1, box=1)

    # chat: 2.97 + 19.95 = 22.92, 12.5 % = 2.865 -> 2.87; mail: 0.35, 10 % = 0.035 -> 0.04
    assert (str(asked.price), str(asked.commission)) == ("23.27", "2.91")
    await decides(shop, asked, InvoiceMove.ISSUE)
    await shop.use.confirm_invoice(await shop.owner(), asked.id)

    rows = await shop.rows("commissions")
    assert sorted((row["category"], row["minor"]) for row in rows) == [("chat", 287), ("mail", 4)]
    assert await shop.figures("ida", "tiered") == {"retained": "2.91"}


async def test_the_tier_of_the_request_holds_whatever_came_in_between(shop: App) -> None:
    await sells(shop, "ida", None, "tiered")
    asked = await asks_invoice(shop, "ida", bot=1)
    assert (asked.tier, str(asked.commission)) == ("one", "2.49")
    await shop.client("second", by="ida", program="tiered")
    await shop.client("third", by="ida", program="tiered")
    for client in ("second", "third"):
        await shop.pays(client, "1.00", category="mail", currency="EUR", program="tiered")
    assert (await shop.enrolment("ida", "tiered")).tier == "two"

    await decides(shop, asked, InvoiceMove.ISSUE)
    await shop.use.confirm_invoice(await shop.owner(), asked.id)

    (row,) = [row for row in await shop.rows("commissions") if row["category"] == "chat"]
    assert (row["minor"], row["tier"], row["rate"].bps) == (249, "one", 1250)
    later = await asks_invoice(shop, "ida", key="press-2", bot=1)
    assert (later.tier, str(later.commission)) == ("two", "6.65")


async def test_a_request_counts_itself_for_its_tier(shop: App) -> None:
    await sells(shop, "ida", None, "tiered")
    await shop.client("second", by="ida", program="tiered")
    await shop.pays("second", "1.00", category="mail", currency="EUR", program="tiered")

    assert (await asks_invoice(shop, "ida", bot=1)).tier == "two", "the client is the second"


async def test_billing_issues_and_reports_the_payment(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", chat_month=1)
    invoice = {
        "invoice_id": "B-7",
        "number": "7/2026",
        "client_id": "client-of-ida",
        "currency": "RUB",
        "issued_at": text_of(shop.now),
        "request_id": asked.request_id,
    }
    wrong = await shop.reports("invoice.issued", **invoice, amount="990.00")
    assert (wrong.status, wrong.error.code) == ("rejected", "invoice_amount")
    right = await shop.reports("invoice.issued", **invoice, amount="495.00")
    assert right.status == "applied"
    kept = await stored(shop, asked)
    assert (kept.status, kept.number, kept.invoice_id) == (InvoiceStatus.UNPAID, "7/2026", "B-7")

    payment = {"settlement": "via_partner", "invoice_id": "B-7", "payment": "P-7"} | RUB
    other = await shop.reports(
        "payment.succeeded",
        payment_id="P-6",
        client_id="client-of-ida",
        amount="495.00",
        paid_at=text_of(shop.now),
        settlement="via_partner",
        invoice_id="B-7",
        currency="RUB",
    )
    assert other.error.code == "invoice_amount", "the full price, not what the partner paid"
    await shop.pays("client-of-ida", "990.00", **payment)

    assert (await stored(shop, asked)).status is InvoiceStatus.PAID
    assert await shop.figures("ida", WIDGETS) == {"retained": "495.00"}
    with pytest.raises(InvoiceAlreadyDecided):
        await shop.use.confirm_invoice(await shop.owner(), asked.id)


@pytest.mark.parametrize(
    ("refunds", "kept", "back", "status"),
    [
        (["990.00"], {}, [49500], InvoiceStatus.REFUNDED),
        (["0.01"], {"retained": "495.00"}, [1], InvoiceStatus.PAID),
        (["0.01", "0.01"], {"retained": "494.99"}, [1, 0], InvoiceStatus.PAID),
        (["330.00", "660.00"], {}, [16500, 33000], InvoiceStatus.REFUNDED),
    ],
)
async def test_a_refund_takes_the_share_of_it_from_what_is_kept(
    shop: App, refunds: list[str], kept: dict[str, str], back: list[int], status: InvoiceStatus
) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", chat_month=1)
    await decides(shop, asked, InvoiceMove.ISSUE)
    await shop.use.confirm_invoice(await shop.owner(), asked.id)
    (payment,) = await shop.rows("payments")
    for amount in refunds:
        await shop.refunds(payment["payment_id"], amount)

    assert await shop.figures("ida", WIDGETS) == kept, "clawed_back stays out of it (R13)"
    assert (await stored(shop, asked)).status is status
    told = [params for kind, params in await shop.told("ida") if kind == "invoice_refunded"]
    assert [params["back_minor"] for params in told] == back


async def test_a_client_that_moved_in_between_pays_for_nobody(shop: App) -> None:
    await sells(shop, "ida")
    await sells(shop, "leo")
    asked = await asks_invoice(shop, "ida", pay_by=PayBy.CARD, setup=1)
    await decides(shop, asked, InvoiceMove.ISSUE)
    claim = await shop.use.open_claim(
        await shop.private("leo"), read_client("client-of-ida"), "I found it."
    )
    decision = ClaimDecision(claim_id=claim.id, is_accepted=True, reason_text="Leo found it")
    await shop.use.decide_claim(await shop.owner(), decision)
    kept = await stored(shop, asked)
    answer = await shop.reports(
        "payment.succeeded",
        payment_id="P-1",
        client_id="client-of-ida",
        amount="5000.00",
        currency="RUB",
        paid_at=text_of(shop.now),
        settlement="via_partner",
        invoice_id=kept.invoice_id,
    )

    assert answer.error.code == "invoice_partner"
    assert await shop.figures("leo", WIDGETS) == {}
