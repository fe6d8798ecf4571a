"""The home of reading events: type name and JSON object in, a typed event out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal

from domain.entities.payment import RefundKind
from domain.entities.service import ServiceState
from domain.events.fields import (
    TOKEN_LENGTH_MAX,
    FieldProblem,
    FieldReader,
    MalformedEvent,
)
from domain.events.invoices import invoice_issued, invoice_updated
from domain.events.keeping import (
    LEGAL_FORMS,
    client_updated,
    order_created,
    order_updated,
)
from domain.events.services import service_reader
from domain.events.types import (
    AccountCreated,
    ClickRecorded,
    ClientDeleted,
    ClientRegistered,
    Event,
    PaymentLine,
    PaymentRefunded,
    PaymentSucceeded,
    RefundLine,
)


def read_event(kind: str, data: Mapping[str, object], *, now: datetime | None) -> Event:
    """Return the typed event.

    Args:
        kind: Name of the type, such as ``payment.succeeded``.
        data: The object under ``data``.
        now: Instants over five minutes ahead are refused; ``None`` reads a stored event.

    Raises:
        MalformedEvent: unknown type, or wrong fields, all of them named.
    """
    reader_of_kind = _READERS.get(kind)
    if reader_of_kind is None:
        known = ", ".join(sorted(_READERS))
        raise MalformedEvent((FieldProblem("type", f"unknown type; known are {known}"),))
    problems: list[FieldProblem] = []
    event = reader_of_kind(FieldReader(data, problems, "data."), now)
    if problems:
        raise MalformedEvent(tuple(problems))
    return event


def _click_recorded(fields: FieldReader, now: datetime | None) -> Event:
    return ClickRecorded(
        click_id=fields.required_identifier("click_id"),
        code=fields.required_identifier("code").lower(),
        clicked_at=fields.instant("clicked_at", now=now),
        visitor_id=fields.identifier("visitor_id"),
    )


def _client_registered(fields: FieldReader, now: datetime | None) -> Event:
    account = fields.nested("account")
    code = fields.identifier("referral_code")
    return ClientRegistered(
        client_id=fields.required_identifier("client_id"),
        name=fields.required_text("name"),
        registered_at=fields.instant("registered_at", now=now),
        click_id=fields.identifier("click_id", limit=TOKEN_LENGTH_MAX),
        visitor_id=fields.identifier("visitor_id"),
        referral_code=code.lower() if code else None,
        telegram_id=fields.telegram_id("telegram_id"),
        email=fields.text("email"),
        phone=fields.text("phone"),
        legal_form=fields.one_of("legal_form", LEGAL_FORMS, "") or None,
        tax_id=fields.identifier("tax_id"),
        platform=fields.text("platform"),
        department=fields.text("department"),
        owner_account_id=fields.identifier("owner_account_id"),
        account_id=account.required_identifier("account_id") if account else None,
        account_name=account.required_text("name") if account else None,
        program=fields.identifier("program"),
    )


def _account_created(fields: FieldReader, now: datetime | None) -> Event:
    return AccountCreated(
        client_id=fields.required_identifier("client_id"),
        account_id=fields.required_identifier("account_id"),
        name=fields.required_text("name"),
        created_at=fields.instant("created_at", now=now),
    )


def _client_deleted(fields: FieldReader, now: datetime | None) -> Event:
    return ClientDeleted(
        client_id=fields.required_identifier("client_id"),
        deleted_at=fields.instant("deleted_at", now=now),
    )


def _payment_succeeded(fields: FieldReader, now: datetime | None) -> Event:
    currency = fields.currency("currency")
    minor = fields.amount("amount", currency)
    category = fields.identifier("category")
    lines = _payment_lines(fields, currency, minor, category)
    return PaymentSucceeded(
        payment_id=fields.required_identifier("payment_id"),
        client_id=fields.required_identifier("client_id"),
        minor=minor,
        currency=currency,
        paid_at=fields.instant("paid_at", now=now),
        lines=lines or (PaymentLine(category=category, minor=minor),),
        has_lines=bool(lines),
        settlement=fields.one_of("settlement", ("direct", "via_partner"), "direct"),
        account_id=fields.identifier("account_id"),
        exchange=fields.exchange_rate("exchange_rate"),
        invoice_id=fields.identifier("invoice_id"),
        program=fields.identifier("program"),
    )


def _payment_lines(
    fields: FieldReader, currency: str, minor: int, category: str | None
) -> tuple[PaymentLine, ...]:
    items = fields.items("lines")
    if items is None:
        return ()
    if category is not None:
        fields.wrong("category", "must be absent where lines name their categories")
    lines = tuple(
        PaymentLine(
            category=item.identifier("category", required=True),
            minor=item.amount("amount", currency),
        )
        for item in items
    )
    _check_categories(fields, [line.category for line in lines])
    if minor and all(line.minor for line in lines) and sum(line.minor for line in lines) != minor:
        fields.wrong("lines", "must add up to amount")
    return lines


def _check_categories(fields: FieldReader, categories: list[str | None]) -> None:
    named = [category for category in categories if category is not None]
    if len(set(named)) < len(named):
        fields.wrong("lines", "must name each category once")


def _payment_refunded(fields: FieldReader, now: datetime | None) -> Event:
    kinds = tuple(kind.value for kind in RefundKind if kind is not RefundKind.REFUND_UNDONE)
    amount = fields.amount_text("amount")
    return PaymentRefunded(
        refund_id=fields.required_identifier("refund_id"),
        payment_id=fields.required_identifier("payment_id"),
        amount=amount,
        refunded_at=fields.instant("refunded_at", now=now),
        kind=RefundKind(fields.one_of("kind", kinds, "refund")),
        lines=_refund_lines(fields, Decimal(amount)),
    )


def _refund_lines(fields: FieldReader, total: Decimal) -> tuple[RefundLine, ...] | None:
    items = fields.items("lines")
    if items is None:
        return None
    lines = tuple(
        RefundLine(
            category=item.identifier("category", required=True),
            amount=item.amount_text("amount"),
        )
        for item in items
    )
    _check_categories(fields, [line.category for line in lines])
    parts = [Decimal(line.amount) for line in lines]
    if total and all(parts) and sum(parts) != total:
        fields.wrong("lines", "must add up to amount")
    return lines


_READERS: dict[str, Callable[[FieldReader, datetime | None], Event]] = {
    "click.recorded": _click_recorded,
    "client.registered": _client_registered,
    "account.created": _account_created,
    "client.deleted": _client_deleted,
    "payment.succeeded": _payment_succeeded,
    "payment.refunded": _payment_refunded,
    "service.activated": service_reader(ServiceState.ACTIVE),
    "service.suspended": service_reader(ServiceState.SUSPENDED),
    "service.cancelled": service_reader(ServiceState.CANCELLED),
    "invoice.issued": invoice_issued,
    "invoice.updated": invoice_updated,
    "client.updated": client_updated,
    "order.created": order_created,
    "order.updated": order_updated,
}

EVENT_TYPES = tuple(_READERS)
