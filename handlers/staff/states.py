"""The home of what staff type as replies."""

from aiogram.fsm.state import State, StatesGroup


class StaffForm(StatesGroup):
    """Typed input in the admin chat, asked with a reply."""

    payment = State()
    refund = State()
    adjustment = State()
    partner = State()
    client = State()
    reason_text = State()
    paid_day = State()
    claim_code = State()
    claim_words = State()
    hold_words = State()
    hold_subject = State()
    hold_reason = State()


class BroadcastForm(StatesGroup):
    """A text for many people, asked with a reply."""

    text = State()


class InvoiceDeskForm(StatesGroup):
    """Number and day of an invoice, or words to the partner, asked with a reply."""

    number = State()
    words = State()


class ReportForm(StatesGroup):
    """A period for the report, asked with a reply."""

    period = State()


class TicketForm(StatesGroup):
    """The answer to a question, asked with a reply."""

    answer = State()
