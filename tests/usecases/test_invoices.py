"""A partner that collects the price: request, invoice, payment, what it keeps (R15, R21, R8)."""

import asyncio
from dataclasses import replace

import pytest

from domain.entities.invoice import InvoiceMove, InvoiceStatus, PayBy
from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.entities.payment import EarnedNothing
from domain.errors import DomainError, NotAllowed, NotFound
from domain.money import Money
from domain.period import text_of
from domain.programs.model_joining import LegalFormTerms
from domain.programs.model_rates import Settlement
from domain.rights import StaffRole
from domain.rules.invoice_refusals import (
    BadInvoiceNumber,
    InvoiceAlreadyDecided,
    InvoiceChanged,
    InvoiceClientEarnsNothing,
    InvoiceEmpty,
    InvoiceNotAllowed,
    InvoiceNumberTaken,
    InvoiceTooLarge,
    NoPriceList,
)
from domain.rules.payouts import OwnPayout, PartnerNotActive
from domain.usecases.claims.ask import read_client
from domain.usecases.claims.decide import ClaimDecision
from domain.usecases.invoices.request import InvoiceRequest, Order
from tests.usecases.app import App
from tests.usecases.selling import (
    TIERED,
    WIDGETS,
    asks_invoice,
    client_id,
    decides,
    sells,
    stored,
    widgets,
)

RUB = {"currency": "RUB"}


@pytest.fixture
def shop(app: App) -> App:
    """Return the product with programs whose partners collect the price."""
    app.offers(widgets(), TIERED)
    return app


async def _kinds(app: App, name: str) -> list[str]:
    return [kind for kind, _ in await app.told(name)]


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
    assert await _kinds(shop, "ida") == [
        *("registration", "invoice_issued", "commission", "invoice_paid"),
    ]
    assert [row["action"] for row in await shop.audited("invoice_issued", "payment_entered")] == [
        "invoice_issued"
    ]


async def test_a_reference_and_what_it_says_is_not_readable_in_the_database(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    await decides(shop, asked, InvoiceMove.ISSUE)
    await shop.use.move_own_invoice.tell_paid(await shop.private("ida"), asked.id, "from Ida P.")

    assert "from Ida P." not in str(await shop.contents(but=()))


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
    assert ("legal_form_earned_nothing" in await _kinds(shop, "ida")) is (reason is not None)


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


async def test_two_presses_ask_once(shop: App) -> None:
    await sells(shop, "ida")
    first, second = await asyncio.gather(
        asks_invoice(shop, "ida", setup=1), asks_invoice(shop, "ida", setup=1)
    )

    assert first.id == second.id
    assert len(await shop.rows("invoices")) == 1
    assert len(await shop.audited("invoice_requested")) == 1


async def test_two_of_the_staff_at_once(shop: App) -> None:
    await sells(shop, "ida")
    await shop.staff("fin", StaffRole.FINANCE)
    asked = await asks_invoice(shop, "ida", setup=1)
    results = await asyncio.gather(
        decides(shop, asked, InvoiceMove.ISSUE, number="A-1"),
        decides(shop, asked, InvoiceMove.REJECT, by="fin", words="no"),
        return_exceptions=True,
    )
    refused = [result for result in results if isinstance(result, InvoiceAlreadyDecided)]
    assert len(refused) == 1
    assert refused[0].facts["by_name"] in {"Boss", "Fin"}

    again = await asks_invoice(shop, "ida", key="press-2", setup=1)
    await decides(shop, again, InvoiceMove.ISSUE, number="A-2")
    confirmed = await asyncio.gather(
        shop.use.confirm_invoice(await shop.owner(), again.id),
        shop.use.confirm_invoice(await shop.in_chat("fin"), again.id),
        return_exceptions=True,
    )
    assert sum(isinstance(result, InvoiceAlreadyDecided) for result in confirmed) == 1
    assert len(await shop.rows("payments")) == 1


async def test_a_request_is_taken_back_until_it_is_issued(shop: App) -> None:
    await sells(shop, "ida")
    ida = await shop.private("ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    gone = await shop.use.move_own_invoice.withdraw(ida, asked.id)
    assert gone.status is InvoiceStatus.CANCELLED
    with pytest.raises(InvoiceAlreadyDecided):
        await decides(shop, asked, InvoiceMove.ISSUE)
    (webhook,) = await shop.rows("outbound_events", type="invoice.cancelled")
    assert webhook["data"]["request_id"] == asked.request_id

    again = await asks_invoice(shop, "ida", key="press-2", setup=1)
    await decides(shop, again, InvoiceMove.ISSUE)
    with pytest.raises(InvoiceAlreadyDecided):
        await shop.use.move_own_invoice.withdraw(ida, again.id)


async def test_staff_cancel_what_is_issued_and_refuse_what_is_not(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    with pytest.raises(InvoiceAlreadyDecided):
        await decides(shop, asked, InvoiceMove.CANCEL)
    await decides(shop, asked, InvoiceMove.ISSUE)
    await decides(shop, asked, InvoiceMove.CANCEL, words="ordered twice")
    assert (await stored(shop, asked)).status is InvoiceStatus.CANCELLED
    with pytest.raises(InvoiceAlreadyDecided):
        await shop.use.confirm_invoice(await shop.owner(), asked.id)

    other = await asks_invoice(shop, "ida", key="press-2", setup=1)
    await decides(shop, other, InvoiceMove.REJECT, words="no contract")
    told = [params["reason_text"] for kind, params in await shop.told("ida") if "inv" in kind]
    assert told == ["", "ordered twice", "no contract"]


async def test_money_that_did_not_come_is_asked_for_again(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    await decides(shop, asked, InvoiceMove.ISSUE)
    ida = await shop.private("ida")
    for _ in range(2):
        await shop.use.move_own_invoice.tell_paid(ida, asked.id)
    assert len([1 for kind, _ in await shop.told_staff() if kind == "invoice_told_paid"]) == 1
    assert (await stored(shop, asked)).waits_since is not None

    await decides(shop, asked, InvoiceMove.NOT_RECEIVED)
    kept = await stored(shop, asked)
    assert (kept.told_paid_at, kept.waits_since) == (None, None)
    assert (await _kinds(shop, "ida"))[-1] == "invoice_not_received"


async def test_reminders_before_on_the_day_and_each_week(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    view = await decides(shop, asked, InvoiceMove.ISSUE)
    due_at = view.invoice.due_at
    assert due_at is not None
    sent = []
    for _ in range(60):
        if await shop.use.remind_of_invoices():
            days = (shop.now - due_at).total_seconds() / 86400
            sent.append(((await _kinds(shop, "ida"))[-1], round(days)))
        shop.later(days=1)

    assert sent == [
        ("invoice_due", -1),
        ("invoice_overdue", 0),
        *(("invoice_overdue", day) for day in (7, 14, 21)),
    ]
    assert (await stored(shop, asked)).status is InvoiceStatus.OVERDUE


async def test_who_said_that_it_paid_is_not_reminded(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    await decides(shop, asked, InvoiceMove.ISSUE)
    await shop.use.move_own_invoice.tell_paid(await shop.private("ida"), asked.id)
    shop.later(days=30)

    assert await shop.use.remind_of_invoices() == 0


async def test_what_a_partner_cannot_ask_for(shop: App) -> None:
    await sells(shop, "ida")
    ida = await shop.private("ida")
    cases: list[tuple[dict[str, int], type[DomainError]]] = [
        ({}, InvoiceEmpty),
        ({"nothing-like-it": 1}, InvoiceEmpty),
        ({"setup": 1_000}, InvoiceTooLarge),
    ]
    for quantities, refusal in cases:
        order = Order(client_id=await client_id(shop, "ida"), quantities=quantities)
        with pytest.raises(refusal):
            await shop.use.request_invoice(ida, InvoiceRequest(order=order, request_key="k"))
    order = Order(client_id=await client_id(shop, "ida"), quantities={"setup": 1})
    shown = InvoiceRequest(order=order, request_key="k", net=Money(1, "RUB"))
    with pytest.raises(InvoiceChanged):
        await shop.use.request_invoice(ida, shown)

    await sells(shop, "leo")
    with pytest.raises(NotFound):
        await shop.use.request_invoice(
            await shop.private("leo"), InvoiceRequest(order=order, request_key="k")
        )
    with pytest.raises(NotFound):
        await shop.use.offer_invoice.find(await shop.private("leo"), "client-of-ida")
    assert (await shop.use.offer_invoice.find(ida, "client-of-ida")).name == "Client-Of-Ida"

    await shop.reports("client.deleted", client_id="client-of-ida", deleted_at=text_of(shop.now))
    with pytest.raises(InvoiceClientEarnsNothing):
        await asks_invoice(shop, "ida", setup=1)
    await shop.sets_status("ida", EnrolmentStatus.SUSPENDED)
    with pytest.raises(PartnerNotActive):
        await asks_invoice(shop, "ida", setup=1)
    assert await shop.rows("invoices") == []


async def test_only_where_partners_collect(app: App) -> None:
    await app.joins("ida")
    with pytest.raises(NoPriceList):
        await app.use.offer_invoice(await app.private("ida"))


async def test_a_legal_form_that_may_not_collect(shop: App) -> None:
    company = LegalFormTerms(
        form=LegalForm.LEGAL_ENTITY, settlements=frozenset({Settlement.DIRECT})
    )
    only = replace(widgets(), forms=(company,))
    shop.offers(only)
    await sells(shop, "ida", LegalForm.LEGAL_ENTITY)
    with pytest.raises(InvoiceNotAllowed):
        await asks_invoice(shop, "ida", setup=1)


async def test_numbers(shop: App) -> None:
    await sells(shop, "ida")
    first = await asks_invoice(shop, "ida", setup=1)
    second = await asks_invoice(shop, "ida", key="press-2", setup=1)
    boss = await shop.owner()
    assert (await shop.use.offer_issue(boss, first.id)).number == "2026-0001"
    await decides(shop, first, InvoiceMove.ISSUE, number="2026-0002")
    proposal = await shop.use.offer_issue(boss, second.id)
    assert (proposal.number, str(proposal.due_on)) == ("2026-0003", "2026-03-09")
    with pytest.raises(InvoiceNumberTaken):
        await decides(shop, second, InvoiceMove.ISSUE, number=" 2026-0002 ")
    with pytest.raises(BadInvoiceNumber):
        await decides(shop, second, InvoiceMove.ISSUE, number="")
    read = shop.use.offer_issue.read
    assert read(proposal, "A 7 2026-03-20")[0] == "A 7"
    assert str(read(proposal, "A-7 20.03.2026")[1]) == "2026-03-20"
    assert read(proposal, "A-7") == ("A-7", proposal.due_on)


async def test_nobody_decides_about_a_partner_one_belongs_to(shop: App) -> None:
    await sells(shop, "ida")
    await shop.staff("ida", StaffRole.FINANCE)
    asked = await asks_invoice(shop, "ida", setup=1)
    with pytest.raises(OwnPayout):
        await decides(shop, asked, InvoiceMove.ISSUE, by="ida")
    await decides(shop, asked, InvoiceMove.ISSUE)
    with pytest.raises(OwnPayout):
        await shop.use.confirm_invoice(await shop.in_chat("ida"), asked.id)
    await shop.staff("sue", StaffRole.SUPPORT)
    with pytest.raises(NotAllowed):
        await shop.use.confirm_invoice(await shop.in_chat("sue"), asked.id)


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
