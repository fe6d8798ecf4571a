"""Asking for an invoice: what can be ordered, once, and taken back until it is issued (R15)."""

import asyncio
from dataclasses import replace

import pytest

from domain.entities.invoice import InvoiceMove, InvoiceStatus
from domain.entities.partner import EnrolmentStatus, LegalForm
from domain.errors import DomainError, NotFound
from domain.money import Money
from domain.period import text_of
from domain.programs.model_joining import LegalFormTerms
from domain.programs.model_rates import Settlement
from domain.rules.invoice_refusals import (
    InvoiceAlreadyDecided,
    InvoiceChanged,
    InvoiceClientEarnsNothing,
    InvoiceEmpty,
    InvoiceNotAllowed,
    InvoiceTooLarge,
    NoPriceList,
)
from domain.rules.payouts import PartnerNotActive
from domain.usecases.invoices.request import InvoiceRequest, Order
from tests.usecases.app import App
from tests.usecases.selling import asks_invoice, client_id, decides, sells, widgets


async def test_two_presses_ask_once(shop: App) -> None:
    await sells(shop, "ida")
    first, second = await asyncio.gather(
        asks_invoice(shop, "ida", setup=1), asks_invoice(shop, "ida", setup=1)
    )

    assert first.id == second.id
    assert len(await shop.rows("invoices")) == 1
    assert len(await shop.audited("invoice_requested")) == 1


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
