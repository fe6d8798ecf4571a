"""Staff at an invoice: issued, refused, cancelled, its money received or asked for again (R15)."""

import asyncio

import pytest

from domain.entities.invoice import InvoiceMove, InvoiceStatus
from domain.errors import NotAllowed
from domain.rights import StaffRole
from domain.rules.invoice_refusals import (
    BadDueDay,
    BadInvoiceNumber,
    InvoiceAlreadyDecided,
    InvoiceNumberTaken,
)
from domain.rules.payouts import OwnPayout
from tests.usecases.app import App
from tests.usecases.selling import asks_invoice, decides, kinds_told, sells, stored


async def test_a_reference_and_what_it_says_is_not_readable_in_the_database(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    await decides(shop, asked, InvoiceMove.ISSUE)
    await shop.use.move_own_invoice.tell_paid(await shop.private("ida"), asked.id, "from Ida P.")

    assert "from Ida P." not in str(await shop.contents(but=()))


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


async def test_staff_cancel_what_is_issued_and_refuse_what_is_not(shop: App) -> None:
    await sells(shop, "ida")
    asked = await asks_invoice(shop, "ida", setup=1)
    with pytest.raises(InvoiceAlreadyDecided):
        await decides(shop, asked, InvoiceMove.CANCEL)
    # Who decides sees no more of the client than the card in the group shows to everybody.
    assert (await decides(shop, asked, InvoiceMove.ISSUE)).client_name == "C***"
    cancelled = await decides(shop, asked, InvoiceMove.CANCEL, words="ordered twice")
    assert cancelled.client_name == "C***"
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
    assert (await kinds_told(shop, "ida"))[-1] == "invoice_not_received"


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
            sent.append(((await kinds_told(shop, "ida"))[-1], round(days)))
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
    # What stands behind the number is a day or nothing: a mistyped one is not issued with it.
    for typed in (
        "A-7 31.13.2026",
        "A-7 01.03.20266",
        "A-7 tomorrow",
        "A-7 2020-01-01",
        "A-7 01.02",
    ):
        with pytest.raises(BadDueDay) as refused:
            read(proposal, typed)
        assert refused.value.facts["text"] == typed.split()[1]
    with pytest.raises(BadInvoiceNumber):
        read(proposal, " ")


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
