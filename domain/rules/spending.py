"""The home of spending: which commissions a pay-out consumes, oldest first (R19)."""

from collections.abc import Sequence

from domain.entities.payment import Commission, CommissionState
from domain.entities.payout import PayoutPart


def oldest_first(commissions: Sequence[Commission], minor: int) -> tuple[PayoutPart, ...]:
    """Return how much of each commission makes up the amount.

    Commissions with a debt (refunded after they were paid out) are covered by the oldest of the
    others first, so what is left over can be spent and the debt never is.

    Args:
        commissions: All payable commissions of the enrolment with something left or owed.
        minor: At most the sum of what is left; a bug otherwise.
    """
    queue = sorted(
        (c for c in commissions if c.state is CommissionState.PAYABLE),
        key=lambda c: (c.created_at, c.id),
    )
    debt = -sum(c.left for c in queue if c.left < 0)
    parts: list[PayoutPart] = []
    for commission in (c for c in queue if c.left > 0):
        covered = min(debt, commission.left)
        debt -= covered
        taken = min(commission.left - covered, minor)
        minor -= taken
        if taken:
            parts.append(PayoutPart(commission_id=commission.id, minor=taken))
    if minor:
        raise ValueError("the commissions do not add up to the balance")
    return tuple(parts)
