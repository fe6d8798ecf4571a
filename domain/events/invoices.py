"""The home of reading invoice events: issued once, updated any number of times."""

from datetime import datetime

from domain.entities.invoice import REPORTED, InvoiceStatus
from domain.events.fields import FieldReader
from domain.events.types import InvoiceIssued, InvoiceUpdated, ReportedLine
from domain.ids import text_from
from domain.period import text_of


def invoice_issued(fields: FieldReader, now: datetime | None) -> InvoiceIssued:
    """Read ``invoice.issued``."""
    currency = fields.currency("currency")
    minor = fields.amount("amount", currency)
    return InvoiceIssued(
        invoice_id=fields.required_identifier("invoice_id"),
        number=fields.required_identifier("number"),
        client_id=fields.required_identifier("client_id"),
        status=InvoiceStatus(fields.one_of("status", REPORTED, InvoiceStatus.UNPAID.value)),
        minor=minor,
        currency=currency,
        issued_at=fields.instant("issued_at", now=now),
        due_at=_instant(fields, "due_at"),
        lines=_lines(fields, currency, minor),
        request_id=fields.identifier("request_id"),
    )


def invoice_updated(fields: FieldReader, now: datetime | None) -> InvoiceUpdated:
    """Read ``invoice.updated``: two that say the same about the same instant are one fact.

    Without ``at`` the order of arrival decides.
    """
    invoice_id = fields.required_identifier("invoice_id")
    minor, currency = _sum(fields)
    has_status = fields.raw("status", required=False) is not None
    status = InvoiceStatus(fields.one_of("status", REPORTED, InvoiceStatus.UNPAID.value))
    at, issued_at = _instant(fields, "at", now=now), _instant(fields, "issued_at", now=now)
    number, client_id = fields.identifier("number"), fields.identifier("client_id")
    due_at, lines = _instant(fields, "due_at"), _lines(fields, currency or "", minor or 0)
    parts = [(line.name, line.category, line.minor) for line in lines]
    said = (has_status and status, number, client_id, minor, currency, parts)
    times = [text_of(time) if time else "" for time in (at, issued_at, due_at)]
    return InvoiceUpdated(
        invoice_id=invoice_id,
        status=status if has_status else None,
        fact=f"invoice_updated:{invoice_id}:{text_from(*said, *times)}",
        # One of the two is required; where both are absent, this names the usual one.
        at=at or issued_at or fields.instant("issued_at", now=now),
        has_time=at is not None,
        number=number,
        client_id=client_id,
        minor=minor,
        currency=currency,
        due_at=due_at,
        lines=lines,
    )


def _sum(fields: FieldReader) -> tuple[int | None, str | None]:
    """Return amount and currency, which come together or not at all."""
    has_amount = fields.raw("amount", required=False) is not None
    has_currency = fields.raw("currency", required=False) is not None
    if has_amount != has_currency:
        alone = "amount" if has_amount else "currency"
        fields.wrong(alone, "needs the other: amount and currency come together")
    if not (has_amount and has_currency):
        return None, None
    currency = fields.currency("currency")
    return fields.amount("amount", currency), currency


def _instant(fields: FieldReader, name: str, *, now: datetime | None = None) -> datetime | None:
    if fields.raw(name, required=False) is None:
        return None
    return fields.instant(name, now=now)


def _lines(fields: FieldReader, currency: str, minor: int) -> tuple[ReportedLine, ...]:
    items = fields.items("lines")
    if items is None:
        return ()
    lines = tuple(
        ReportedLine(
            name=item.text("name"),
            category=item.identifier("category"),
            minor=item.amount("amount", currency),
        )
        for item in items
    )
    whole = sum(line.minor for line in lines)
    if minor and all(line.minor for line in lines) and whole != minor:
        fields.wrong("lines", "must add up to amount")
    return lines
