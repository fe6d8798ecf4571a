"""The home of the use cases of invoices, among all the others."""

from dataclasses import dataclass

from bot.use_cases_applications import ApplicationUseCases
from domain.usecases.invoices.confirm import ConfirmInvoice
from domain.usecases.invoices.decide import DecideInvoice
from domain.usecases.invoices.desk import (
    ListInvoiceQueue,
    OfferIssue,
    PrepareInvoiceMove,
    ShowInvoiceCard,
)
from domain.usecases.invoices.own import ListInvoices, MoveOwnInvoice
from domain.usecases.invoices.remind import RemindOfInvoices
from domain.usecases.invoices.request import OfferInvoice, RequestInvoice


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceUseCases(ApplicationUseCases):
    """A partner's invoices: asked for, issued, paid."""

    confirm_invoice: ConfirmInvoice
    decide_invoice: DecideInvoice
    list_invoice_queue: ListInvoiceQueue
    list_invoices: ListInvoices
    move_own_invoice: MoveOwnInvoice
    offer_invoice: OfferInvoice
    offer_issue: OfferIssue
    prepare_invoice_move: PrepareInvoiceMove
    remind_of_invoices: RemindOfInvoices
    request_invoice: RequestInvoice
    show_invoice_card: ShowInvoiceCard
