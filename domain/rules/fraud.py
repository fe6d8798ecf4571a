"""The home of fraud rules: what looks wrong, and which signals together open a hold (R18).

A single weak sign is no proof: it is kept. A pattern of it is noted for eyes; two different ones,
or one that the program names under ``[fraud] hold``, open a hold until staff decide.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.entities.client import Referral
from domain.entities.fraud import (
    AccountUse,
    HoldScope,
    HoldStatus,
    RefundShare,
    Signal,
    SignalKind,
    Traffic,
)
from domain.entities.payment import Commission
from domain.period import whole_seconds

LAST_SECOND = timedelta(minutes=5)
TAKEOVER = timedelta(hours=72)
PATTERN_DAYS = 90
VELOCITY_TIMES = 5
COHORT_MIN = 5
FLOOD_TIMES = 50
FLOOD_CLICKS_MIN = 500
REFUND_TIMES = 3
REFUND_PAYMENTS_MIN = 10
REFUND_SHARE_MIN = 5
"""A refund rate under one in so many is no reason, however low the others' rate is."""
PATTERN = {SignalKind.LAST_SECOND: 5, SignalKind.REFUNDED_AFTER_PAYOUT: 3}
"""How many clients make a pattern; one signal of any other kind is enough."""


def is_last_second(referral: Referral, paid_at: datetime) -> int | None:
    """Return the seconds from the click to the first payment, ``None`` where that is no sign.

    A code that was named at the registration is no click, and staff's attachment has none.
    """
    clicked_at = referral.first_click_at
    if clicked_at is None or referral.by_staff or referral.live_payments != 1:
        return None
    if whole_seconds(clicked_at) == whole_seconds(referral.registered_at):
        return None
    passed = whole_seconds(paid_at) - whole_seconds(clicked_at)
    return int(passed.total_seconds()) if timedelta(0) <= passed < LAST_SECOND else None


def is_refunded_after_payout(commission: Commission, clawback: int) -> bool:
    """Test if a refund took back what had been paid out already."""
    return clawback > 0 and commission.paid > 0 and commission.left < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPicture:
    """What a pay-out request is judged by.

    Attributes:
        at: When it was asked for.
        minor: The amount.
        use: How the account to pay to was used before.
        joined: When each member of the partner joined, oldest first.
        is_first: The partner was never paid out and has no request in progress.
        cohort: First pay-outs of the program's other partners, minor units.
    """

    at: datetime
    minor: int
    use: AccountUse
    joined: Sequence[datetime] = ()
    is_first: bool = False
    cohort: Sequence[int] = ()


def signals_of_request(picture: RequestPicture) -> dict[SignalKind, dict[str, object]]:
    """Return what looks wrong about a pay-out request, each with the figures for its words."""
    found: dict[SignalKind, dict[str, object]] = {}
    use = picture.use
    if use.other_partners:
        found[SignalKind.SHARED_ACCOUNT] = {"partners": use.other_partners}
    if _is_takeover(picture):
        found[SignalKind.PAYOUT_TAKEOVER] = {"hours": int(TAKEOVER.total_seconds()) // 3_600}
    median = _median(picture.cohort)
    if picture.is_first and median is not None and picture.minor > VELOCITY_TIMES * median:
        found[SignalKind.VELOCITY] = {"minor": picture.minor, "median": median}
    return found


def _is_takeover(picture: RequestPicture) -> bool:
    """Test for changed details and a new member within three days; first details are free."""
    is_changed = (
        picture.use.other_accounts > 0 and picture.at - picture.use.first_used_at < TAKEOVER
    )
    newcomers = [at for at in picture.joined[1:] if picture.at - at < TAKEOVER]
    return is_changed and bool(newcomers)


def _median(cohort: Sequence[int]) -> int | None:
    """Return the lower median, ``None`` for a cohort that is too small to say anything."""
    if len(cohort) < COHORT_MIN:
        return None
    return sorted(cohort)[(len(cohort) - 1) >> 1]


def is_flood(traffic: Traffic) -> bool:
    """Test if a day's visits are out of proportion to what came of them."""
    came = max(traffic.starts + traffic.registrations, 1)
    return traffic.clicks >= FLOOD_CLICKS_MIN and traffic.clicks > FLOOD_TIMES * came


def is_refund_rate_high(own: RefundShare, others: Sequence[RefundShare]) -> bool:
    """Test if refunds take over three times the share that they take from the other partners."""
    payments = sum(row.payments for row in others)
    if own.payments < REFUND_PAYMENTS_MIN or payments < REFUND_PAYMENTS_MIN:
        return False
    earned = sum(row.earned for row in others)
    clawed_back = sum(row.clawed_back for row in others)
    is_much = own.clawed_back * REFUND_SHARE_MIN >= own.earned
    return is_much and own.clawed_back * earned > REFUND_TIMES * clawed_back * own.earned


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlan:
    """A hold that signals ask for.

    Attributes:
        enrolment_id: Whose.
        scope: What it is about.
        subject_id: Our id of the client or commission; of the enrolment itself else.
        status: Noted or open.
        signals: Its reasons.
    """

    enrolment_id: int
    scope: HoldScope
    subject_id: int
    status: HoldStatus
    signals: tuple[Signal, ...]


def plan_holds(
    fresh: Sequence[Signal], standing: Sequence[Signal], strong: Collection[str]
) -> list[HoldPlan]:
    """Return the holds that new signals of one enrolment ask for.

    Args:
        fresh: Signals found now.
        standing: All signals of the enrolment within the last months, the new ones among them.
        strong: Kinds that open a hold by themselves.
    """
    plans = [
        _plan(signal, HoldScope.REGISTRATION, signal.client_id, HoldStatus.OPEN, [signal])
        for signal in fresh
        if signal.kind is SignalKind.SELF_REFERRAL
    ]
    if SignalKind.LAST_SECOND in strong:
        plans += [
            _plan(signal, HoldScope.COMMISSION, signal.commission_id, HoldStatus.OPEN, [signal])
            for signal in fresh
            if signal.kind is SignalKind.LAST_SECOND
        ]
    return [*plans, *_of_enrolment(fresh, standing, strong)]


def _of_enrolment(
    fresh: Sequence[Signal], standing: Sequence[Signal], strong: Collection[str]
) -> list[HoldPlan]:
    """Return the hold of the whole enrolment: of what is strong, or of two weak ones."""
    by_kind: dict[SignalKind, list[Signal]] = {}
    for signal in standing:
        by_kind.setdefault(signal.kind, []).append(signal)
    counted = {
        kind: own
        for kind, own in by_kind.items()
        if kind is not SignalKind.SELF_REFERRAL
        and not (kind is SignalKind.LAST_SECOND and kind in strong)
        and len({signal.client_id for signal in own}) >= PATTERN.get(kind, 1)
    }
    if not any(signal.kind in counted for signal in fresh):
        return []
    loose = {
        kind: [signal for signal in own if signal.hold_id is None] for kind, own in counted.items()
    }
    reasons = [signal for own in loose.values() for signal in own]
    kinds = [kind for kind, own in loose.items() if own]
    is_open = len(kinds) > 1 or any(kind in strong for kind in kinds)
    status = HoldStatus.OPEN if is_open else HoldStatus.NOTED
    return [_plan(reasons[0], HoldScope.ENROLMENT, None, status, reasons)]


def _plan(
    first: Signal,
    scope: HoldScope,
    subject_id: int | None,
    status: HoldStatus,
    reasons: Sequence[Signal],
) -> HoldPlan:
    return HoldPlan(
        enrolment_id=first.enrolment_id,
        scope=scope,
        subject_id=subject_id or first.enrolment_id,
        status=status,
        signals=tuple(reasons),
    )
