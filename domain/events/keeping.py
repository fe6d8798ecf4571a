"""The home of reading what billing tells of clients and their orders."""

from datetime import datetime

from domain.entities.order import OrderKind
from domain.events.fields import EARLIEST, FieldReader
from domain.events.kept import ClientUpdated, OrderCreated, OrderUpdated
from domain.ids import text_from
from domain.period import text_of

LEGAL_FORMS = ("legal_entity", "sole_proprietor", "self_employed", "individual")
_TEXTS = ("name", "email", "phone", "platform", "department")
_IDS = ("tax_id", "owner_account_id")
_KINDS = tuple(kind.value for kind in OrderKind)


def client_updated(fields: FieldReader, _now: datetime | None) -> ClientUpdated:
    """Read ``client.updated``: the fields of a registration that may change."""
    client_id = fields.required_identifier("client_id")
    found = {name: fields.text(name) for name in _TEXTS}
    found |= {name: fields.identifier(name) for name in _IDS}
    found["legal_form"] = fields.one_of("legal_form", LEGAL_FORMS, "") or None
    changes = {name: value for name, value in found.items() if value is not None}
    return ClientUpdated(client_id=client_id, changes=changes, at=EARLIEST)


def order_created(fields: FieldReader, now: datetime | None) -> OrderCreated:
    """Read ``order.created``."""
    currency = fields.currency("currency")
    return OrderCreated(
        order_id=fields.required_identifier("order_id"),
        client_id=fields.required_identifier("client_id"),
        kind=OrderKind(_kind(fields) or OrderKind.SERVICE),
        name=fields.required_text("name"),
        status=fields.required_identifier("status"),
        minor=fields.amount("amount", currency),
        currency=currency,
        at=fields.instant("at", now=now),
    )


def order_updated(fields: FieldReader, now: datetime | None) -> OrderUpdated:
    """Read ``order.updated``: two that say the same about the same instant are one fact."""
    order_id = fields.required_identifier("order_id")
    has_kind = fields.raw("kind", required=False) is not None
    kind = _kind(fields) if has_kind else None
    client_id, name = fields.identifier("client_id"), fields.text("name")
    status, at = fields.identifier("status"), fields.instant("at", now=now)
    minor, currency = _price(fields)
    said = text_from(client_id, kind, name, status, minor, currency)
    return OrderUpdated(
        order_id=order_id,
        client_id=client_id,
        kind=OrderKind(kind) if kind else None,
        name=name,
        status=status,
        minor=minor,
        currency=currency,
        at=at,
        fact=f"order_updated:{order_id}:{text_of(at)}:{said}",
    )


def _kind(fields: FieldReader) -> str | None:
    if fields.raw("kind", required=True) is None:
        return None
    return fields.one_of("kind", _KINDS, "") or None


def _price(fields: FieldReader) -> tuple[int | None, str | None]:
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
