"""The home of checking one payment: its lines, refunds, partner and commissions (R7-R16)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from storage.books.arithmetic import share_of
from storage.books.finding import Finding
from storage.rows import AnyRow

_CHARGEBACKS = ("chargeback", "chargeback_won")
GIVE_BACK = ("chargeback_won", "refund_undone")
"""Kinds of refunds by which money came again."""


class Line(NamedTuple):
    """A payment line as it is kept."""

    category: str | None
    minor: int
    refunded: int


class Converted(NamedTuple):
    """A part of a commission that was converted, with the terms of its bonus."""

    minor: int
    bonus: int
    rate: int
    base: str
    conversion_id: int


class Enrolment(NamedTuple):
    """What a payment needs to know of who earns by it."""

    program: str
    currency: str


class Picture(NamedTuple):
    """A payment with all that is kept around it.

    Attributes:
        payment: The row.
        lines: Its lines.
        commissions: Made by it.
        refunds: Of it.
        referral: Of its client in its program.
        former: Enrolments from which staff moved the client in that program.
        enrolment: Who earns by it.
        reported: Data of applied events by fact; those about this payment are among them.
        clients: Our client id by each id under which billing reports.
        converted: Converted parts of each commission, oldest first.
        invoiced: Full price by category of the partner's invoice that it pays, empty for others.
    """

    payment: AnyRow
    lines: list[Line]
    commissions: list[AnyRow]
    refunds: list[AnyRow]
    referral: AnyRow | None
    former: frozenset[int]
    enrolment: Enrolment | None
    reported: Mapping[str, Mapping[str, Any]]
    clients: Mapping[str, int]
    converted: Mapping[int, list[Converted]]
    invoiced: Mapping[str | None, int]


def lines_of(payment: AnyRow) -> list[Line]:
    """Return the lines of a payment's row; none where they cannot be read, which is named."""
    try:
        return [Line(*line) for line in json.loads(payment.lines)]
    except (TypeError, ValueError):
        return []


def parts_of(text: str) -> dict[str | None, int]:
    """Return the full price by category of an invoice's lines, none where they are unreadable."""
    found: dict[str | None, int] = {}
    try:
        for _, _, category, _, minor, _ in json.loads(text):
            found[category] = found.get(category, 0) + minor
    except (TypeError, ValueError):
        return {}
    return found


def differences_of(picture: Picture) -> Iterator[Finding]:
    """Yield what does not fit together about a payment."""
    yield from _refunds(picture)
    yield from _partner(picture)
    for commission in picture.commissions:
        yield from _commission(picture, commission)


def _refunds(picture: Picture) -> Iterator[Finding]:
    payment, lines = picture.payment, picture.lines
    subject = f"payment {payment.id}"
    total = sum(line.minor for line in lines)
    if total != payment.minor:
        yield Finding("payment_lines", subject, f"lines of {total}", str(payment.minor))
    if any(not 0 <= line.refunded <= line.minor for line in lines):
        yield Finding("refund_lines", subject, "0 to all of each line", payment.lines)
    refunded = sum(refund.minor for refund in picture.refunds)
    kept = sum(line.refunded for line in lines)
    if refunded != kept:
        yield Finding("payment_refunds", subject, f"refunds of {refunded}", f"in lines {kept}")
    chargebacks = sum(refund.minor for refund in picture.refunds if refund.kind in _CHARGEBACKS)
    if chargebacks != payment.chargebacks:
        yield Finding("chargebacks", subject, str(chargebacks), str(payment.chargebacks))
    for refund in picture.refunds:
        if (refund.minor < 0) != (refund.kind in GIVE_BACK):
            yield Finding("refund_sign", f"refund {refund.id}", refund.kind, str(refund.minor))


def _partner(picture: Picture) -> Iterator[Finding]:
    payment, referral, enrolment = picture.payment, picture.referral, picture.enrolment
    subject = f"payment {payment.id}"
    if payment.enrolment_id is not None:
        owner = referral.enrolment_id if referral is not None else None
        if owner != payment.enrolment_id and payment.enrolment_id not in picture.former:
            yield Finding(
                "payment_partner",
                subject,
                f"enrolment {owner} as the client",
                f"enrolment {payment.enrolment_id}",
            )
        if enrolment is not None and enrolment.program != payment.program:
            yield Finding(
                "payment_program",
                subject,
                f"{enrolment.program} as enrolment {payment.enrolment_id}",
                str(payment.program),
            )
    if (payment.reason is None) != bool(picture.commissions):
        yield Finding(
            "payment_reason",
            subject,
            "commissions, or a reason why there are none",
            f"{len(picture.commissions)} commissions, reason {payment.reason}",
        )


def _commission(picture: Picture, commission: AnyRow) -> Iterator[Finding]:
    payment, enrolment = picture.payment, picture.enrolment
    subject = f"commission {commission.id}"
    if enrolment is None or not 0 <= commission.line < len(picture.lines):
        yield Finding(
            "commission_line",
            subject,
            f"a line of payment {payment.id}, which has a partner",
            f"line {commission.line}",
        )
        return
    line = picture.lines[commission.line]
    ours = (payment.enrolment_id, payment.client_id, payment.settlement, line.category)
    kept = tuple(
        getattr(commission, name)
        for name in ("enrolment_id", "client_id", "settlement", "category", "currency")
    )
    if (*ours, enrolment.currency) != kept:
        yield Finding("commission_owner", subject, str((*ours, enrolment.currency)), str(kept))
    minor = _earned(picture, commission, line.minor)
    if minor != commission.minor:
        expected = "none without an exchange rate" if minor is None else str(minor)
        yield Finding("commission_amount", subject, expected, str(commission.minor))
    # An amount that the rate table states is due in full while anything of the payment is left.
    standing = picture.lines if commission.rate == 0 else [line]
    due = _earned(picture, commission, sum(row.minor - row.refunded for row in standing))
    if due is not None and commission.suspicion == "confirmed":
        # Of a confirmed fraud nothing is due but what had been spent already.
        due = min(due, commission.reserved + commission.paid + commission.converted)
    if due is not None and commission.minor - commission.clawed_back != due:
        yield Finding(
            "commission_clawback",
            subject,
            f"{due} left of {commission.minor}",
            f"clawed back {commission.clawed_back}",
        )


def _earned(picture: Picture, commission: AnyRow, minor: int) -> int | None:
    """Return the rounded share of an amount, ``None`` without an exchange rate (R11, R12)."""
    payment, enrolment = picture.payment, picture.enrolment
    if enrolment is None:
        return None
    if commission.rate == 0:
        return int(commission.minor) if minor > 0 else 0
    share = share_of(
        minor,
        payment.currency,
        enrolment.currency,
        payment.exchange,
        commission.rate,
        commission.tax_bps,
    )
    if share is None or commission.basis != "capped":
        return share
    return min(share, int(commission.minor))
