"""The home of a partner's order: what it may ask for now, and what that comes to (R15, R21)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.entities.client import Client, Referral
from domain.entities.invoice import Invoice, InvoiceStatus, PayBy
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.errors import NotFound
from domain.intake.claiming import referral_in
from domain.ports.work import Work
from domain.programs.model import Program
from domain.programs.model_rates import Settlement
from domain.rules.commission import earns_nothing
from domain.rules.invoice_refusals import (
    InvoiceClientEarnsNothing,
    InvoiceNotAllowed,
    NoPriceList,
)
from domain.rules.invoices import (
    lines_of,
    share_of,
    withheld,
)
from domain.rules.legal_forms import earns_by
from domain.rules.payouts import PartnerNotActive
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a partner orders for a client.

    Attributes:
        client_id: Our id of the client.
        quantities: How many of each item, by its key in the price list.
        pay_by: How the partner pays the invoice.
    """

    client_id: int
    quantities: Mapping[str, int]
    pay_by: PayBy = PayBy.TRANSFER


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """An order as it stands now.

    Attributes:
        enrolment: Whose.
        program: Its terms.
        client: For whom.
        invoice: What would be asked for; its id stands for nothing yet.
    """

    enrolment: Enrolment
    program: Program
    client: Client
    invoice: Invoice


async def terms_of_orders(around: Surroundings, work: Work, enrolment: Enrolment) -> Program:
    """Return the terms by which the partner may ask for invoices.

    Raises:
        NoPriceList: the program has no such orders.
        PartnerNotActive: the partner is suspended or has left.
        InvoiceNotAllowed: its legal form does not let it collect the money.
    """
    program = around.programs[enrolment.program]
    if not program.price_list:
        raise NoPriceList
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        raise PartnerNotActive(status=enrolment.status.value)
    partner = await work.partners.get(enrolment.partner_id)
    form = partner.legal_form if partner else None
    if not earns_by(program, form, Settlement.VIA_PARTNER):
        raise InvoiceNotAllowed
    return program


async def own_client(
    around: Surroundings, work: Work, enrolment: Enrolment, client_id: int
) -> tuple[Client, Referral]:
    """Return a client of the partner whose payments would earn now.

    Raises:
        NotFound: the partner has no such client.
        InvoiceClientEarnsNothing: its payments earn nothing now.
    """
    found = await work.clients.by_ids([client_id])
    referral = await referral_in(work, client_id, enrolment.program)
    if not found or referral is None or referral.enrolment_id != enrolment.id:
        raise NotFound(client=client_id)
    reason = earns_nothing(
        referral, paid_at=around.clock(), deleted_at=found[0].deleted_at, is_active=True
    )
    if reason is not None:
        raise InvoiceClientEarnsNothing(reason=reason.value)
    return found[0], referral


async def reckon(around: Surroundings, work: Work, enrolment: Enrolment, order: Order) -> Reckoned:
    """Return what the order comes to now: full price, the share that is withheld, the rest.

    Raises:
        InvoiceEmpty: nothing was chosen.
        InvoiceTooLarge: too many of one thing.
        DomainError: whatever keeps the partner or the client from it.
    """
    program = await terms_of_orders(around, work, enrolment)
    client, referral = await own_client(around, work, enrolment, order.client_id)
    now = around.clock()
    share = share_of(program, enrolment, referral, now)
    lines = lines_of(program, order.quantities, share)
    invoice = Invoice(
        id=0,
        client_id=client.id,
        enrolment_id=enrolment.id,
        program=program.key,
        status=InvoiceStatus.REQUESTED,
        currency=program.currency,
        lines=lines,
        minor=sum(line.minor for line in lines),
        tier=share.tier,
        terms_version=program.version,
        pay_by=order.pay_by,
        asked_at=now,
        changed_at=now,
        waits_since=now,
    )
    invoice = replace(invoice, commission_minor=withheld(invoice))
    return Reckoned(enrolment=enrolment, program=program, client=client, invoice=invoice)
