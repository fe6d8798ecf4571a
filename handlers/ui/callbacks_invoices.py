"""The home of button values of invoices."""

from aiogram.filters.callback_data import CallbackData


class InvoiceForm(CallbackData, prefix="ivf"):
    """A step of the form by which a partner asks for an invoice.

    Attributes:
        step: What was pressed.
        key: An item of the price list, our id of a client, or the name of a confirmation.
    """

    step: str
    key: str = ""


class OwnInvoice(CallbackData, prefix="ivo"):
    """A press on one of the partner's invoices."""

    action: str
    invoice_id: int


class InvoiceCard(CallbackData, prefix="ivc"):
    """A press on the card of an invoice in the admin chat."""

    action: str
    invoice_id: int
