"""The home of adjustment rules: what may be entered, who confirms it, how it is undone."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.entities.adjustment import Adjustment, AdjustmentStatus
from domain.errors import DomainError
from domain.money import BadAmount, Money, parse_money

REASON_LENGTH = (3, 500)
UNDO_MINUTES = 15


class BadReason(DomainError):
    """An adjustment needs a reason in words."""

    code = "bad_reason"


class OwnAdjustment(DomainError):
    """Nobody adjusts the balance of a partner one belongs to."""

    code = "own_adjustment"


class AdjustmentAlreadyDecided(DomainError):
    """Somebody was faster."""

    code = "adjustment_already_decided"


class AdjustmentNeedsAnother(DomainError):
    """Above the configured sum one person asks and another confirms."""

    code = "adjustment_needs_another"


class AdjustmentUndone(DomainError):
    """It was taken back already, or it is itself the taking back of another one."""

    code = "adjustment_undone"


class AdjustmentUndoTooLate(DomainError):
    """The time for taking it back by a button has passed."""

    code = "adjustment_undo_too_late"


def read_signed(text: str, currency: str) -> Money:
    """Read a signed amount as people write it: ``25``, ``+25.00``, ``-10,50``.

    Raises:
        BadAmount: it is no amount, or zero.
    """
    plain = text.replace("−", "-").replace(",", ".").replace(" ", "")
    try:
        amount = parse_money(plain[1:] if plain[:1] in {"+", "-"} else plain, currency)
    except BadAmount as refusal:
        raise BadAmount(**{**refusal.facts, "text": text}) from None
    return -amount if plain.startswith("-") else amount


def check_reason(text: str) -> str:
    """Return the reason without spaces around it.

    Raises:
        BadReason: too short or too long.
    """
    text = " ".join(text.split())
    least, most = REASON_LENGTH
    if not least <= len(text) <= most:
        raise BadReason(least=least, most=most)
    return text


def needs_another(adjustment: Adjustment, limit: Money | None) -> bool:
    """Test if the sum is above the one that a single person may move."""
    return limit is not None and abs(adjustment.minor) > limit.minor


def book(adjustment: Adjustment, *, by: int, at: datetime, limit: Money | None) -> Adjustment:
    """Return the adjustment booked.

    Raises:
        AdjustmentAlreadyDecided: it was confirmed or dropped before.
        AdjustmentNeedsAnother: above the sum, and who confirms is who asked.
    """
    _check_asked(adjustment)
    if needs_another(adjustment, limit) and by == adjustment.asked_by:
        raise AdjustmentNeedsAnother(limit=limit)
    return replace(adjustment, status=AdjustmentStatus.BOOKED, decided_by=by, booked_at=at)


def drop(adjustment: Adjustment, *, by: int) -> Adjustment:
    """Return the adjustment dropped; nothing has moved.

    Raises:
        AdjustmentAlreadyDecided: it was confirmed or dropped before.
    """
    _check_asked(adjustment)
    return replace(adjustment, status=AdjustmentStatus.DROPPED, decided_by=by)


def _check_asked(adjustment: Adjustment) -> None:
    if adjustment.status is not AdjustmentStatus.ASKED:
        raise AdjustmentAlreadyDecided(status=adjustment.status.value, by=adjustment.decided_by)


def opposite(adjustment: Adjustment, *, number: int, by: int, at: datetime) -> Adjustment:
    """Return the opposite adjustment, booked at once.

    Raises:
        AdjustmentUndone: it was never booked, or is an undo itself.
        AdjustmentUndoTooLate: the time has passed.
    """
    booked_at = adjustment.booked_at
    if booked_at is None or adjustment.opposite_of is not None:
        raise AdjustmentUndone
    if at > booked_at + timedelta(minutes=UNDO_MINUTES):
        raise AdjustmentUndoTooLate(minutes=UNDO_MINUTES)
    return replace(
        adjustment,
        id=number,
        minor=-adjustment.minor,
        request_key=f"undo:{adjustment.id}",
        asked_by=by,
        asked_at=at,
        decided_by=by,
        booked_at=at,
        opposite_of=adjustment.id,
        reserved=0,
        paid=0,
        converted=0,
    )
