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
    copy_words = State()
    claim_code = State()
    claim_words = State()
    hold_words = State()
    hold_subject = State()
    hold_reason = State()
    standing_words = State()
    promo_code = State()


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


class DeskForm(StatesGroup):
    """What staff type about an application, asked with a reply."""

    question = State()
    field_words = State()
    paper_words = State()
    rejection = State()
    number = State()
    day = State()


class TicketForm(StatesGroup):
    """The answer to a question, asked with a reply."""

    answer = State()
