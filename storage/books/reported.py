"""The home of checking payments and refunds against the events that reported them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from storage.books.arithmetic import minor_of
from storage.books.finding import Finding
from storage.books.payment import GIVE_BACK, Picture
from storage.rows import AnyRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def differences_of_report(picture: Picture) -> Iterator[Finding]:
    """Yield what is kept of a payment and its refunds otherwise than it was reported."""
    payment = picture.payment
    yield from _compare(picture, "payment", payment, f"payment:{payment.payment_id}")
    for refund in picture.refunds:
        yield from _compare(picture, "refund", refund, f"refund:{refund.refund_id}")


def _compare(picture: Picture, kind: str, row: AnyRow, fact: str) -> Iterator[Finding]:
    check, subject = f"{kind}_report", f"{kind} {row.id}"
    data = picture.reported.get(fact)
    if data is None:
        yield Finding(check, subject, f"an applied event {fact}", "none")
        return
    names = _PAYMENT if kind == "payment" else _REFUND
    try:
        reported, kept = (
            _payment(picture, data) if kind == "payment" else _refund(picture, row, data)
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        yield Finding(check, subject, f"an event {fact} that can be read", repr(error))
        return
    if reported == kept:
        return
    for name, ours, theirs in zip(names, reported, kept, strict=True):
        if ours != theirs:
            yield Finding(check, subject, f"{name} {ours}, as {fact} says", f"{name} {theirs}")


Values: TypeAlias = tuple[object, ...]
_PAYMENT = (
    "amount",
    "currency",
    "exchange rate",
    "paid at",
    "settlement",
    "account",
    "client",
    "lines",
)
_REFUND = ("amount", "kind", "payment", "refunded at")


def _payment(picture: Picture, data: Mapping[str, Any]) -> tuple[Values, Values]:
    """Return what was reported of a payment and what is kept, in the order of ``_PAYMENT``."""
    payment, currency = picture.payment, data["currency"]
    reported = (
        minor_of(data["amount"], currency),
        currency,
        _fraction(data.get("exchange_rate")),
        _microseconds(data["paid_at"]),
        data.get("settlement") or "direct",
        data.get("account_id"),
        picture.clients.get(data["client_id"]),
        _lines(picture, data),
    )
    kept = (
        payment.minor,
        payment.currency,
        _fraction(payment.exchange),
        payment.paid_at,
        payment.settlement,
        payment.account_id,
        payment.client_id,
        [(line.category, line.minor) for line in picture.lines],
    )
    return reported, kept


def _lines(picture: Picture, data: Mapping[str, Any]) -> list[tuple[str | None, object]]:
    """Return the lines that were reported; those of a partner's invoice stand in the invoice."""
    if picture.invoiced:
        return list(picture.invoiced.items())
    lines = data.get("lines") or [{"category": data.get("category"), **data}]
    return [(line["category"], minor_of(line["amount"], data["currency"])) for line in lines]


def _refund(picture: Picture, refund: AnyRow, data: Mapping[str, Any]) -> tuple[Values, Values]:
    """Return what was reported of a refund and what is kept, in the order of ``_REFUND``."""
    payment = picture.payment
    kind = data.get("kind") or "refund"
    sign = -1 if kind in GIVE_BACK else 1
    reported = (
        sign * minor_of(data["amount"], payment.currency),
        kind,
        data["payment_id"],
        _microseconds(data["refunded_at"]),
    )
    return reported, (refund.minor, refund.kind, payment.payment_id, refund.refunded_at)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _microseconds(text: str) -> int:
    """Return an RFC 3339 instant as it is kept; what is finer than a microsecond is cut off."""
    return (datetime.fromisoformat(text.upper()) - _EPOCH) // timedelta(microseconds=1)
