"""The home of reading service events: three types that differ only in the state they report."""

from collections.abc import Callable
from datetime import datetime

from domain.entities.service import ServiceState
from domain.events.fields import FieldReader
from domain.events.types import ServiceChanged


def service_reader(
    state: ServiceState,
) -> Callable[[FieldReader, datetime | None], ServiceChanged]:
    """Return the reader of the type that reports this state."""

    def read(fields: FieldReader, now: datetime | None) -> ServiceChanged:
        has_price = fields.raw("price", required=False) is not None
        has_currency = fields.raw("currency", required=False) is not None
        if has_price != has_currency:
            alone = "price" if has_price else "currency"
            fields.wrong(alone, "needs the other: price and currency come together")
        priced = has_price and has_currency
        currency = fields.currency("currency") if priced else None
        has_end = fields.raw("renews_at", required=False) is not None
        return ServiceChanged(
            service_id=fields.required_identifier("service_id"),
            client_id=fields.required_identifier("client_id"),
            account_id=fields.required_identifier("account_id"),
            category=fields.required_identifier("category"),
            name=fields.required_text("name"),
            state=state,
            changed_at=fields.instant("at", now=now),
            renews_at=fields.instant("renews_at", now=None) if has_end else None,
            price_minor=fields.amount("price", currency) if currency else None,
            currency=currency,
        )

    return read
