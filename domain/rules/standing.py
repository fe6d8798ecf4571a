"""The home of the rules of suspending, ending and reinstating a partner."""

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.standing import StandingMove
from domain.errors import DomainError


class StandingUnchanged(DomainError):
    """The partner stands so already: somebody was faster, or nothing is to be done."""

    code = "standing_unchanged"


class LeftByItself(DomainError):
    """The partner left by its own act, so it comes back by its own act only."""

    code = "left_by_itself"


class NobodyLeft(DomainError):
    """Nobody belongs to the partner any more, so nobody could be reinstated."""

    code = "nobody_left"


class OwnPartner(DomainError):
    """Nobody decides about a partner one belongs to."""

    code = "own_partner"


class PayoutOfSuspended(DomainError):
    """A suspended partner is not paid: the pay-out waits, or is rejected."""

    code = "payout_of_suspended"


_BECOMES = {
    StandingMove.SUSPEND: EnrolmentStatus.SUSPENDED,
    StandingMove.END: EnrolmentStatus.ENDED,
    StandingMove.REINSTATE: EnrolmentStatus.ACTIVE,
}


def status_after(enrolment: Enrolment, move: StandingMove, *, members: int) -> EnrolmentStatus:
    """Return how the enrolment stands after the move.

    What was ended by the vendor is not suspended any more: it is reinstated first. What the
    partner left by itself only the partner takes up again, unless the vendor ends it for good.

    Raises:
        StandingUnchanged: it stands so already, or has ended.
        LeftByItself: the partner left the program.
        NobodyLeft: it would be active, and nobody belongs to it.
    """
    after, was = _BECOMES[move], enrolment.status
    if enrolment.left_at is not None:
        if move is StandingMove.END:
            return after
        raise LeftByItself(code=enrolment.code)
    is_over = was is EnrolmentStatus.ENDED and move is StandingMove.SUSPEND
    if after is was or is_over:
        raise StandingUnchanged(status=was.value)
    if move is StandingMove.REINSTATE and not members:
        raise NobodyLeft(code=enrolment.code)
    return after


def check_not_suspended(enrolment: Enrolment) -> None:
    """Test that a pay-out may be approved or paid.

    What an ended partner had asked for is still owed to it, so that goes on.

    Raises:
        PayoutOfSuspended: the partner is suspended.
    """
    if enrolment.status is EnrolmentStatus.SUSPENDED:
        raise PayoutOfSuspended(code=enrolment.code)
