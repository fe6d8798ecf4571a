"""The home of asking for an invoice on a client's order (R15)."""

from dataclasses import dataclass, replace

from domain.access import Place, own_place
from domain.entities.claim import NamedBy, NamedClient
from domain.entities.filters import Wanted
from domain.entities.invoice import Invoice
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.views import Cursor, ReferralRow
from domain.errors import NotFound
from domain.intake.claiming import client_named
from domain.intake.holds import new_facts
from domain.intake.ordering import Order, Reckoned, own_client, reckon, terms_of_orders
from domain.intake.paying import request_key
from domain.intake.save import save_facts
from domain.intake.telling_invoices import tell_requested
from domain.money import Money
from domain.programs.model import Program
from domain.rules.invoice_refusals import (
    InvoiceChanged,
    TooManyInvoices,
)
from domain.rules.invoices import (
    OPEN_MAX,
)
from domain.rules.masking import mask_name, mask_referral
from domain.surroundings import Surroundings

__all__ = [
    "InvoiceRequest",
    "OfferInvoice",
    "Order",
    "OrderClient",
    "Reckoned",
    "RequestInvoice",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderClient:
    """A client that an order may be for.

    Attributes:
        client_id: Our id.
        name: As the member may read it; hostile text.
        program: Terms and price list.
    """

    client_id: int
    name: str
    program: Program


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRequest:
    """A confirmed order.

    Attributes:
        order: What is ordered, for whom, and how it is paid.
        request_key: The same for every press of one confirmation.
        net: What the partner was shown that it will pay; ``None`` where nothing was shown.
    """

    order: Order
    request_key: str
    net: Money | None = None


class OfferInvoice:
    """Let an admin choose a client and see what an order comes to, before it asks (R15, R21).

    - Full price, its share at today's rate and tier, and what it will pay.
    - A partner whose legal form does not let it collect the money is told so at once.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[ReferralRow]:
        """Return a page of the partner's clients, newest first.

        Raises:
            DomainError: the partner cannot ask for invoices; the refusal says why.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            enrolment = place.enrolment
            await terms_of_orders(self._around, work, enrolment)
            rows = await work.reports.referrals(
                enrolment.id, before=before, limit=PAGE_SIZE + 1, wanted=Wanted()
            )
            if self._is_masked(place):
                rows = [mask_referral(row) for row in rows]
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.registered_at, row.id))

    async def client(self, caller: Caller, client_id: int) -> OrderClient:
        """Return a client of the partner with the price list.

        Raises:
            NotFound: the partner has no such client.
            InvoiceClientEarnsNothing: its payments earn nothing now.
            DomainError: the partner cannot ask for invoices; the refusal says why.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            program = await terms_of_orders(self._around, work, place.enrolment)
            client, _ = await own_client(self._around, work, place.enrolment, client_id)
        name = mask_name(client.name) if self._is_masked(place) else client.name
        return OrderClient(client_id=client.id, name=name, program=program)

    async def find(self, caller: Caller, text: str) -> OrderClient:
        """Return the partner's client with this id, or with an account of this id.

        Raises:
            NotFound: the partner has no such client.
            DomainError: as ``client`` refuses.
        """
        named = NamedClient(NamedBy.ACCOUNT, text.strip()[:128])
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            await terms_of_orders(self._around, work, place.enrolment)
            found = await client_named(work, named, place.enrolment.id)
        if found is None:
            raise NotFound(client=named.value)
        try:
            return await self.client(caller, found.id)
        except NotFound:
            # Another partner's client looks like none: whose it is, is nobody's business.
            raise NotFound(client=named.value) from None

    async def reckon(self, caller: Caller, order: Order) -> Reckoned:
        """Return what the order comes to now.

        Raises:
            InvoiceEmpty: nothing was chosen.
            InvoiceTooLarge: too many of one thing.
            DomainError: as ``client`` refuses.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            reckoned = await reckon(self._around, work, place.enrolment, order)
            if self._is_masked(place):
                client = replace(reckoned.client, name=mask_name(reckoned.client.name))
                reckoned = replace(reckoned, client=client)
        return reckoned

    def _is_masked(self, place: Place) -> bool:
        return place.hides_clients(mask_clients=self._around.mask_clients)


class RequestInvoice:
    """Ask the vendor for an invoice on a client's order, less the partner's share (R15).

    - The sums are agreed by this: the invoice withholds what the partner has seen, whatever its
      tier becomes later, and its payment earns exactly that.
    - A repeated confirmation finds the same request; sums that have changed are shown again.
    - Staff get a card, the vendor's systems ``invoice.requested``.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def find(self, caller: Caller, confirmation: str) -> Invoice | None:
        """Return what a confirmation of the caller's own partner has asked for already.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            return await work.invoices.by_request(request_key(place.enrolment, confirmation))

    async def __call__(self, caller: Caller, request: InvoiceRequest) -> Invoice:
        """Return the request.

        Raises:
            InvoiceChanged: the sums are no longer what was shown.
            TooManyInvoices: enough requests wait for staff.
            DomainError: as ``OfferInvoice`` refuses.
        """
        async with self._around.open_work() as work:
            place = await own_place(work, caller)
            key = request_key(place.enrolment, request.request_key)
            known = await work.invoices.by_request(key)
            if known is not None:
                return known
            reckoned = await reckon(self._around, work, place.enrolment, request.order)
            net = reckoned.invoice.net
            if request.net not in (None, net):
                raise InvoiceChanged(net=net)
            if await work.invoices.waiting_of(reckoned.enrolment.id) >= OPEN_MAX:
                raise TooManyInvoices(limit=OPEN_MAX)
            facts = new_facts(self._around)
            invoice = replace(
                reckoned.invoice,
                id=facts.new_id(),
                request_key=key,
                asked_by=caller.person.id,
            )
            facts.invoices.keep(invoice, is_new=True)
            facts.tell_staff("invoice_requested", {"invoice_id": invoice.id})
            tell_requested(facts, invoice, reckoned.client, reckoned.enrolment.code)
            await save_facts(facts, work)
            await work.audit.add(
                at=facts.now,
                actor=caller.person.id,
                role="partner",
                action="invoice_requested",
                subject=f"invoice:{invoice.id}",
                details={"minor": invoice.minor, "currency": invoice.currency},
            )
            await work.commit()
        return invoice
