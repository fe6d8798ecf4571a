"""What looks wrong, and which signs together open a hold (R18): tables and properties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from domain.rules.fraud import (
    PATTERN,
    RequestPicture,
    is_flood,
    is_last_second,
    is_refund_rate_high,
    plan_holds,
    signals_of_request,
)

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
STRONG = {"shared_account", "payout_takeover", "refund_rate", "refunded_after_payout"}
OF_ENROLMENT = [kind for kind in SignalKind if kind is not SignalKind.SELF_REFERRAL]


def referral(clicked: timedelta, **more: object) -> Referral:
    values: dict[str, object] = {
        "id": 1,
        "client_id": 1,
        "program": "p",
        "enrolment_id": 1,
        "reason": None,
        "code": "c",
        "first_click_at": NOW - clicked,
        "registered_at": NOW - timedelta(seconds=5),
        "earns_until": None,
        "live_payments": 1,
    }
    return Referral(**(values | more))  # type: ignore[arg-type]


def signal(number: int, kind: SignalKind, **more: object) -> Signal:
    values: dict[str, object] = {"client_id": number, "commission_id": number, "hold_id": None}
    return Signal(
        id=number,
        kind=kind,
        enrolment_id=7,
        subject=f"s:{number}",
        found_at=NOW,
        **(values | more),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("clicked", "more", "seconds"),
    [
        (timedelta(seconds=0), {}, 0),
        (timedelta(seconds=299), {}, 299),
        (timedelta(minutes=5), {}, None),
        (timedelta(seconds=-1), {}, None),
        (timedelta(seconds=60), {"live_payments": 2}, None),
        (timedelta(seconds=60), {"by_staff": True}, None),
        (timedelta(seconds=60), {"first_click_at": None}, None),
        (timedelta(seconds=5), {}, None),
    ],
)
def test_a_click_right_before_the_first_payment(
    clicked: timedelta, more: dict[str, object], seconds: int | None
) -> None:
    assert is_last_second(referral(clicked, **more), NOW) == seconds


def use(**more: object) -> AccountUse:
    values: dict[str, object] = {"first_used_at": NOW, "other_partners": 0, "other_accounts": 0}
    return AccountUse(**(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other_accounts", "changed_ago", "joined_ago", "is_found"),
    [
        (1, timedelta(0), timedelta(0), True),
        (1, timedelta(hours=71), timedelta(hours=71), True),
        (1, timedelta(hours=72), timedelta(0), False),
        (1, timedelta(0), timedelta(hours=72), False),
        (0, timedelta(0), timedelta(0), False),
    ],
)
def test_a_takeover_is_new_details_and_a_new_member_in_three_days(
    other_accounts: int, changed_ago: timedelta, joined_ago: timedelta, is_found: bool
) -> None:
    picture = RequestPicture(
        at=NOW,
        minor=100,
        use=use(first_used_at=NOW - changed_ago, other_accounts=other_accounts),
        joined=[NOW - timedelta(days=99), NOW - joined_ago],
    )
    assert (SignalKind.PAYOUT_TAKEOVER in signals_of_request(picture)) is is_found


@given(st.lists(st.integers(1, 10**6), max_size=12), st.integers(1, 10**8), st.booleans())
def test_a_first_payout_is_fast_only_above_five_times_half_of_a_real_cohort(
    cohort: list[int], minor: int, is_first: bool
) -> None:
    picture = RequestPicture(at=NOW, minor=minor, use=use(), is_first=is_first, cohort=cohort)
    found = SignalKind.VELOCITY in signals_of_request(picture)
    below = sum(5 * other < minor for other in cohort)
    assert found == (is_first and len(cohort) >= 5 and 2 * below >= len(cohort))


@given(st.integers(0, 10**6), st.integers(0, 100), st.integers(0, 100))
def test_a_flood_needs_many_visits_out_of_proportion(clicks: int, starts: int, came: int) -> None:
    traffic = Traffic(enrolment_id=1, clicks=clicks, starts=starts, registrations=came)
    assert is_flood(traffic) == (clicks >= 500 and clicks > 50 * max(starts + came, 1))


def share(payments: int, earned: int, clawed_back: int) -> RefundShare:
    return RefundShare(
        enrolment_id=1, program="p", payments=payments, earned=earned, clawed_back=clawed_back
    )


@pytest.mark.parametrize(
    ("own", "others", "is_high"),
    [
        (share(10, 100, 40), share(10, 100, 10), True),
        (share(10, 100, 30), share(10, 100, 10), False),
        (share(9, 100, 90), share(10, 100, 10), False),
        (share(10, 100, 90), share(9, 100, 10), False),
        (share(10, 100, 19), share(10, 100, 0), False),
        (share(10, 100, 20), share(10, 100, 0), True),
        (share(10, 0, 0), share(10, 0, 0), False),
    ],
)
def test_a_refund_rate_is_compared_with_the_others(
    own: RefundShare, others: RefundShare, is_high: bool
) -> None:
    assert is_refund_rate_high(own, [others]) is is_high


def test_a_self_referral_opens_a_hold_of_its_registration_only() -> None:
    fresh = [signal(1, SignalKind.SELF_REFERRAL)]
    (plan,) = plan_holds(fresh, fresh, STRONG)
    assert (plan.scope, plan.subject_id) == (HoldScope.REGISTRATION, 1)


def test_a_vendor_may_let_a_late_click_hold_the_commission_alone() -> None:
    fresh = [signal(5, SignalKind.LAST_SECOND)]
    (plan,) = plan_holds(fresh, fresh, {"last_second"})
    assert (plan.scope, plan.subject_id) == (HoldScope.COMMISSION, 5)
    assert plan_holds(fresh, fresh, STRONG) == []


def test_signs_that_staff_have_decided_about_open_nothing_again() -> None:
    old = signal(1, SignalKind.VELOCITY, hold_id=9)
    fresh = signal(2, SignalKind.CLICK_FLOOD)
    (plan,) = plan_holds([fresh], [old, fresh], STRONG)
    assert (plan.status, plan.signals) == (HoldStatus.NOTED, (fresh,))


@given(st.lists(st.sampled_from(OF_ENROLMENT), max_size=12))
def test_a_hold_stops_pay_outs_for_strong_signs_or_two_kinds_of_weak_ones(
    kinds: list[SignalKind],
) -> None:
    fresh = [signal(number, kind) for number, kind in enumerate(kinds, 1)]
    plans = plan_holds(fresh, fresh, STRONG)
    counted = {kind for kind in kinds if kinds.count(kind) >= PATTERN.get(kind, 1)}
    assert bool(plans) == bool(counted)
    if plans:
        (plan,) = plans
        is_open = len(counted) > 1 or any(kind in STRONG for kind in counted)
        assert (plan.status is HoldStatus.OPEN) == is_open
        assert {row.kind for row in plan.signals} == counted
