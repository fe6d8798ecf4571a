"""The home of attribution: which partner gets a client (R1-R5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.entities.client import NotAttributed
from domain.period import whole_seconds, window_holds
from domain.programs.model import AttributionModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One click known for a registration.

    Attributes:
        enrolment_id: Whose link.
        code: Of the link.
        at: When.
        order: Position in which it was recorded; decides within the same second (R2).
        is_named: The registration named the code itself; it counts as a click at that moment
            and does not restart the window of a partner clicked earlier (R3).
        is_pinned: No click: the partner named the client's account in advance. It comes before
            every click and asks for no window (R5).
    """

    enrolment_id: int
    code: str
    at: datetime
    order: int
    is_named: bool = False
    is_pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a clicked partner.

    Attributes:
        is_active: The enrolment takes part now.
        is_self: The client is the partner itself (R4).
        is_over: The enrolment has ended; a pin outlives a suspension, and not this.
    """

    is_active: bool
    is_self: bool
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who gets the client, or why nobody does.

    Attributes:
        touch: The first click on the winner's link, or ``None``.
        reason: Why nobody gets it, or ``None``.
    """

    touch: Touch | None
    reason: NotAttributed | None


# Of several reasons the most telling one is shown.
_TELLING = (
    NotAttributed.SELF_REFERRAL,
    NotAttributed.PARTNER_SUSPENDED,
    NotAttributed.OUTSIDE_WINDOW,
    NotAttributed.BEFORE_CLICK,
)


def decide(
    touches: Sequence[Touch],
    candidates: Mapping[int, Candidate],
    *,
    registered_at: datetime,
    window_days: int | None,
    model: AttributionModel,
) -> Decision:
    """Return who gets a client in one program.

    Args:
        touches: All clicks known for the registration, of this program only.
        candidates: The partners behind the touches, by enrolment.
        registered_at: Registration of the first account.
        window_days: Attribution window, ``None`` without limit (R1).
        model: First or last click (R2).
    """
    reasons: set[NotAttributed] = set()
    for touch in (touch for touch in touches if touch.is_pinned):
        refusal = _refused_pin(candidates[touch.enrolment_id])
        if refusal is None:
            return Decision(touch=touch, reason=None)
        reasons.add(refusal)
    touches = [touch for touch in touches if not touch.is_pinned]
    valid: list[tuple[Touch, Touch]] = []
    for enrolment_id in dict.fromkeys(touch.enrolment_id for touch in touches):
        own = sorted((touch for touch in touches if touch.enrolment_id == enrolment_id), key=_when)
        reason = _refused(own, candidates[enrolment_id], registered_at, window_days)
        if reason is None:
            before = [touch for touch in own if _when(touch)[0] <= whole_seconds(registered_at)]
            latest = _when(before[-1])[0]
            valid.append((own[0], next(touch for touch in before if _when(touch)[0] == latest)))
        else:
            reasons.add(reason)
    if valid:
        return Decision(touch=_winner(valid, model), reason=None)
    told = next((reason for reason in _TELLING if reason in reasons), NotAttributed.NO_CLICK)
    return Decision(touch=None, reason=told)


def _refused_pin(candidate: Candidate) -> NotAttributed | None:
    if candidate.is_self:
        return NotAttributed.SELF_REFERRAL
    return NotAttributed.PARTNER_SUSPENDED if candidate.is_over else None


def _when(touch: Touch) -> tuple[datetime, int]:
    return whole_seconds(touch.at), touch.order


def _refused(
    own: Sequence[Touch], candidate: Candidate, registered_at: datetime, window_days: int | None
) -> NotAttributed | None:
    first = own[0]
    if whole_seconds(registered_at) < whole_seconds(first.at):
        return NotAttributed.BEFORE_CLICK
    if not window_holds(first.at, registered_at, window_days):
        return NotAttributed.OUTSIDE_WINDOW
    if candidate.is_self:
        return NotAttributed.SELF_REFERRAL
    if not candidate.is_active:
        return NotAttributed.PARTNER_SUSPENDED
    return None


def _winner(valid: Sequence[tuple[Touch, Touch]], model: AttributionModel) -> Touch:
    if model is AttributionModel.FIRST_CLICK:
        return min((first for first, _ in valid), key=_when)
    # The latest second wins; within one second the click recorded first.
    return max(valid, key=lambda pair: (whole_seconds(pair[1].at), -pair[1].order))[0]
