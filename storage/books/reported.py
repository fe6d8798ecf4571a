"""The home of checking payments and refunds against the events that reported them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from storage.books.arithmetic import minor_of
from storage.books.finding import Finding
from storage.books.payment import Picture
from storage.rows import AnyRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def differences_of_report(picture: Picture) -> Iterator[Finding]:
    """Yield what is kept of a payment and its refunds otherwise than it was reported."""
    yield from _payment(picture)
    for refund in picture.refunds:
        yield from _refund(picture, refund)


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


def _payment(picture: Picture) -> Iterator[Finding]:
    payment = picture.payment
    fact = f"payment:{payment.payment_id}"
    data = picture.reported.get(fact)
    if data is None:
        yield _unheard("payment_report", f"payment {payment.id}", fact)
        return
    currency = data["currency"]
    lines = data.get("lines") or [{"category": data.get("category"), **data}]
    reported: tuple[object, ...] = (
        minor_of(data["amount"], currency),
        currency,
        _fraction(data.get("exchange_rate")),
        _microseconds(data["paid_at"]),
        data.get("settlement") or "direct",
        data.get("account_id"),
        picture.clients.get(data["client_id"]),
        [(line["category"], minor_of(line["amount"], currency)) for line in lines],
    )
    kept: tuple[object, ...] = (
        payment.minor,
        payment.currency,
        _fraction(payment.exchange),
        payment.paid_at,
        payment.settlement,
        payment.account_id,
        payment.client_id,
        [(line.category, line.minor) for line in picture.lines],
    )
    if reported != kept:
        yield from _differences(f"payment {payment.id}", _PAYMENT, reported, kept)


def _refund(picture: Picture, refund: AnyRow) -> Iterator[Finding]:
    fact = f"refund:{refund.refund_id}"
    data = picture.reported.get(fact)
    if data is None:
        yield _unheard("refund_report", f"refund {refund.id}", fact)
        return
    kind = data.get("kind") or "refund"
    sign = -1 if kind == "chargeback_won" else 1
    reported: tuple[object, ...] = (
        sign * minor_of(data["amount"], picture.payment.currency),
        kind,
        data["payment_id"],
        _microseconds(data["refunded_at"]),
    )
    kept: tuple[object, ...] = (
        refund.minor,
        refund.kind,
        picture.payment.payment_id,
        refund.refunded_at,
    )
    if reported != kept:
        yield from _differences(f"refund {refund.id}", _REFUND, reported, kept)


def _unheard(check: str, subject: str, fact: str) -> Finding:
    return Finding(check, subject, f"an applied event {fact}", "none")


def _differences(
    subject: str, names: Sequence[str], reported: Sequence[object], kept: Sequence[object]
) -> Iterator[Finding]:
    check = f"{subject.partition(' ')[0]}_report"
    for name, ours, theirs in zip(names, reported, kept, strict=True):
        if ours != theirs:
            yield Finding(check, subject, f"{name} {ours}", f"{name} {theirs}")


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _microseconds(text: str) -> int:
    return (datetime.fromisoformat(text) - _EPOCH) // timedelta(microseconds=1)
