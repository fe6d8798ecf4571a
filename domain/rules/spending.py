"""The home of spending: what a pay-out or a conversion consumes, oldest first (R19, R20)."""

from collections.abc import Sequence
from datetime import datetime

from domain.entities.adjustment import Adjustment, AdjustmentPart, AdjustmentStatus
from domain.entities.payment import Commission, CommissionState
from domain.entities.payout import PayoutPart, Spending


def oldest_first(
    commissions: Sequence[Commission], adjustments: Sequence[Adjustment], minor: int
) -> Spending:
    """Return how much of each commission and adjustment makes up the amount.

    Both stand in one queue, by when they came into the balance and then by id. A debt (a
    commission refunded after it was spent, a negative adjustment) is covered by the oldest of the
    others first, so what is left over can be spent and the debt never is.

    Args:
        commissions: All payable commissions of the enrolment with something left or owed.
        adjustments: All booked adjustments of the enrolment with something left or owed.
        minor: At most the sum of what is left; a bug otherwise.
    """
    sources: list[Commission | Adjustment] = [
        *(c for c in commissions if c.state is CommissionState.PAYABLE),
        *(a for a in adjustments if a.status is AdjustmentStatus.BOOKED),
    ]
    queue = sorted(sources, key=_age)
    debt = -sum(source.left for source in queue if source.left < 0)
    taken: list[tuple[Commission | Adjustment, int]] = []
    for source in (source for source in queue if source.left > 0):
        covered = min(debt, source.left)
        debt -= covered
        part = min(source.left - covered, minor)
        minor -= part
        if part:
            taken.append((source, part))
    if minor:
        raise ValueError("the queue does not add up to the balance")
    return Spending(
        commissions=tuple(
            PayoutPart(commission_id=source.id, minor=part)
            for source, part in taken
            if isinstance(source, Commission)
        ),
        adjustments=tuple(
            AdjustmentPart(adjustment_id=source.id, minor=part)
            for source, part in taken
            if isinstance(source, Adjustment)
        ),
    )


def _age(source: Commission | Adjustment) -> tuple[datetime, int]:
    if isinstance(source, Commission):
        return source.created_at, source.id
    return source.booked_at or source.asked_at, source.id
