"""The home of the moves of a fraud hold: raise, release, confirm (R18)."""

from dataclasses import replace
from datetime import datetime

from domain.entities.fraud import FraudHold, HoldScope, HoldStatus
from domain.errors import DomainError
from domain.period import text_of

TEXT_LENGTH_MAX = 1_000


class HoldAlreadyDecided(DomainError):
    """Somebody was faster, or the hold has ended."""

    code = "hold_already_decided"


class NothingToHold(DomainError):
    """The payment made no commission that could still be held."""

    code = "nothing_to_hold"


def enforce(hold: FraudHold) -> FraudHold:
    """Return a noted hold in force.

    Raises:
        HoldAlreadyDecided: it is in force, or has ended.
    """
    if hold.status is not HoldStatus.NOTED:
        raise _decided(hold)
    return replace(hold, status=HoldStatus.OPEN)


def release(hold: FraudHold, *, by: int, at: datetime, reason: str, text: str) -> FraudHold:
    """Return the hold released; of an enrolment, also one that was confirmed.

    Raises:
        HoldAlreadyDecided: it has ended.
    """
    is_barred = hold.scope is HoldScope.ENROLMENT and hold.status is HoldStatus.CONFIRMED
    if hold.status not in (HoldStatus.NOTED, HoldStatus.OPEN) and not is_barred:
        raise _decided(hold)
    return _ended(hold, HoldStatus.RELEASED, by, at, (reason, text))


def confirm(hold: FraudHold, *, by: int, at: datetime, reason: str, text: str) -> FraudHold:
    """Return the hold confirmed: fraud.

    Raises:
        HoldAlreadyDecided: it has ended.
    """
    if hold.status not in (HoldStatus.NOTED, HoldStatus.OPEN):
        raise _decided(hold)
    return _ended(hold, HoldStatus.CONFIRMED, by, at, (reason, text))


def _ended(
    hold: FraudHold, status: HoldStatus, by: int, at: datetime, reason: tuple[str, str]
) -> FraudHold:
    code, text = reason
    return replace(
        hold,
        status=status,
        decided_by=by,
        decided_at=at,
        reason_code=code,
        reason_text=text[:TEXT_LENGTH_MAX],
    )


def _decided(hold: FraudHold) -> HoldAlreadyDecided:
    return HoldAlreadyDecided(
        status=hold.status.value,
        by=hold.decided_by or hold.opened_by,
        at=text_of(hold.decided_at) if hold.decided_at else None,
    )
