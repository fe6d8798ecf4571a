"""The home of what is typed about an invoice, of the days it is due, and of its reminders."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.entities.invoice import (
    NUMBER_LENGTH_MAX,
    OWED,
    REFERENCE_LENGTH_MAX,
    Invoice,
    InvoiceStatus,
)
from domain.rules.invoice_refusals import BadDueDay, BadInvoiceNumber, BadReference
from domain.rules.paid_days import BadPaidDay, read_day

REMIND_BEFORE = timedelta(days=2)
REMIND_EVERY = timedelta(days=7)
REMINDERS_MAX = 5
"""One before it is due, one when it is, three after."""
SECOND_REMINDER = 2
DUE_YEARS = timedelta(days=366)
_WITHOUT_YEAR = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}\.?", re.ASCII)


def read_number(text: str) -> str:
    """Return a typed number without spaces around it.

    Raises:
        BadInvoiceNumber: empty, too long, or signs that do not print.
    """
    number = " ".join(text.split())
    if not number or len(number) > NUMBER_LENGTH_MAX or not number.isprintable():
        raise BadInvoiceNumber(most=NUMBER_LENGTH_MAX)
    return number


def read_reference(text: str) -> str:
    """Return what a partner says of its transfer, on one line.

    Raises:
        BadReference: too long, or signs that do not print.
    """
    reference = " ".join(text.split())
    if len(reference) > REFERENCE_LENGTH_MAX or not reference.isprintable():
        raise BadReference(most=REFERENCE_LENGTH_MAX)
    return reference


def read_due_day(text: str, *, today: date) -> date:
    """Return a typed day until which an invoice is to be paid.

    A day without a year is the nearest of that name: one that is just past is no day of next year.

    Raises:
        BadDueDay: the text is no day, or the day without a year is past.
    """
    latest = today + DUE_YEARS
    try:
        day = read_day(text, earliest=today, latest=latest)
    except BadPaidDay:
        raise BadDueDay from None
    if _WITHOUT_YEAR.fullmatch(text) and day > today + DUE_YEARS / 2:
        raise BadDueDay
    return day


def check_due(due_at: datetime, *, now: datetime) -> None:
    """Test that an invoice can be due then.

    Raises:
        BadDueDay: in the past, or in more than a year.
    """
    if not now < due_at <= now + DUE_YEARS:
        raise BadDueDay


def is_reminder_due(invoice: Invoice, now: datetime) -> bool:
    """Test if the partner is to be reminded now: before, when it is due, and each week after."""
    if invoice.status not in OWED or invoice.due_at is None or invoice.told_paid_at is not None:
        return False
    if invoice.reminders >= REMINDERS_MAX:
        return False
    if invoice.reminders == 0:
        return now >= invoice.due_at - REMIND_BEFORE
    late = (invoice.reminders - 1) * REMIND_EVERY
    return now >= invoice.due_at + late


def reminded(invoice: Invoice, now: datetime) -> Invoice:
    """Return the invoice after a reminder; one whose day has passed is overdue from then on."""
    is_late = invoice.due_at is not None and now >= invoice.due_at
    if not is_late:
        return replace(invoice, reminders=1)
    return replace(
        invoice,
        status=InvoiceStatus.OVERDUE,
        reminders=max(invoice.reminders + 1, SECOND_REMINDER),
        changed_at=now if invoice.status is InvoiceStatus.UNPAID else invoice.changed_at,
    )
