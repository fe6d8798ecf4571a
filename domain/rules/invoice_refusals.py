"""The home of what may stand against an invoice: its refusals."""

from domain.errors import DomainError


class NoPriceList(DomainError):
    """The program has nothing that partners order and collect for themselves."""

    code = "no_price_list"


class InvoiceNotAllowed(DomainError):
    """The partner's legal form does not let it collect the client's money (R21)."""

    code = "invoice_not_allowed"


class InvoiceEmpty(DomainError):
    """Nothing was chosen, or what was chosen is in the price list no more."""

    code = "invoice_empty"


class InvoiceTooLarge(DomainError):
    """More of one thing, or a larger sum, than an invoice can have."""

    code = "invoice_too_large"


class InvoiceChanged(DomainError):
    """The sums are no longer what was shown before the confirmation."""

    code = "invoice_changed"


class InvoiceClientEarnsNothing(DomainError):
    """The client's payments earn nothing now, so that nothing could be withheld."""

    code = "invoice_client_earns_nothing"


class TooManyInvoices(DomainError):
    """Enough requests of the partner wait for staff."""

    code = "too_many_invoices"


class InvoiceAlreadyDecided(DomainError):
    """Somebody was faster, or the invoice stands elsewhere by now."""

    code = "invoice_already_decided"


class BadInvoiceNumber(DomainError):
    """The text cannot be the number of an invoice."""

    code = "bad_invoice_number"


class InvoiceNumberTaken(DomainError):
    """Another invoice of the program has the number."""

    code = "invoice_number_taken"


class BadDueDay(DomainError):
    """An invoice is due on a day from today on, within a year."""

    code = "bad_due_day"


class InvoiceReasonNeeded(DomainError):
    """The partner has to be told why an invoice is refused or cancelled."""

    code = "invoice_reason_needed"


class BadReference(DomainError):
    """The text cannot be what was said of a transfer."""

    code = "bad_reference"
