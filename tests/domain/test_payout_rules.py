"""Who may ask for how much, and every move of a pay-out from every status (R18, R30)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.payout import Payout, PayoutStatus
from domain.errors import DomainError
from domain.money import Money
from domain.rules.payouts import (
    BadPayoutAccount,
    PartnerNotActive,
    PayoutAboveBalance,
    PayoutAlreadyDecided,
    PayoutBelowMinimum,
    PayoutNotReopened,
    SecondPersonNeeded,
    VendorAccountMissing,
    approve,
    bring_back,
    cancel,
    check_account,
    check_amount,
    check_partner,
    needs_two,
    reject,
    reopen,
    second_person_limit,
    settle,
)
from tests.domain.builders import cents, instant

AT = instant("2026-03-05 12:00")
DAY = AT.date()
MEMBER, OLGA, FEDIR = 100, 1, 2

PAYOUT = Payout(
    id=1,
    enrolment_id=1,
    amount=Money(10_000, "USD"),
    status=PayoutStatus.REQUESTED,
    account="UA21 3223",
    comment="please",
    request_key="k1",
    requested_by=MEMBER,
    requested_at=instant("2026-03-04"),
)


def usd(text: str) -> Money:
    return Money(cents(text), "USD")


def payout(status: PayoutStatus, **changes: object) -> Payout:
    return replace(PAYOUT, status=status, **changes)


MOVES: dict[str, Callable[[Payout], Payout]] = {
    "approve": lambda p: approve(p, by=FEDIR),
    "settle": lambda p: settle(p, by=FEDIR, at=AT, paid_on=DAY, second_person_above=None),
    "reject": lambda p: reject(p, by=FEDIR, at=AT, reason="details", text="IBAN is wrong"),
    "cancel": lambda p: cancel(p, by=MEMBER, at=AT),
    "reopen": lambda p: reopen(replace(p, settled_at=AT), at=AT, asked_anew=False),
    "bring_back": lambda p: bring_back(p, by=FEDIR, at=AT, reason="refused", text=""),
}
ALLOWED = {
    (PayoutStatus.REQUESTED, "approve"): PayoutStatus.APPROVED,
    (PayoutStatus.REQUESTED, "settle"): PayoutStatus.DONE,
    (PayoutStatus.APPROVED, "settle"): PayoutStatus.DONE,
    (PayoutStatus.REQUESTED, "reject"): PayoutStatus.REJECTED,
    (PayoutStatus.APPROVED, "reject"): PayoutStatus.REJECTED,
    (PayoutStatus.REQUESTED, "cancel"): PayoutStatus.CANCELLED,
    (PayoutStatus.REJECTED, "reopen"): PayoutStatus.REQUESTED,
    (PayoutStatus.DONE, "bring_back"): PayoutStatus.RETURNED,
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", PayoutStatus)
def test_every_move_from_every_status(status: PayoutStatus, move: str) -> None:
    standing = payout(status)

    if (status, move) not in ALLOWED:
        with pytest.raises(PayoutAlreadyDecided) as caught:
            MOVES[move](standing)
        assert caught.value.facts["status"] == status.value
        return
    moved = MOVES[move](standing)

    assert moved.status is ALLOWED[status, move]
    asked = ("id", "enrolment_id", "amount", "account", "comment", "request_key")
    kept = (*asked, "requested_by", "requested_at")
    assert [getattr(moved, name) for name in kept] == [getattr(standing, name) for name in kept]


def test_an_approval_names_who_approved_and_ends_nothing() -> None:
    moved = approve(PAYOUT, by=OLGA)

    assert (moved.approved_by, moved.settled_by, moved.settled_at) == (OLGA, None, None)


def test_done_at_once_is_approved_and_settled_by_the_same_press() -> None:
    moved = settle(PAYOUT, by=OLGA, at=AT, paid_on=DAY, second_person_above=None)

    assert (moved.approved_by, moved.settled_by, moved.settled_at) == (OLGA, OLGA, AT)


def test_done_keeps_who_approved() -> None:
    moved = settle(
        approve(PAYOUT, by=OLGA), by=FEDIR, at=AT, paid_on=DAY, second_person_above=None
    )

    assert (moved.approved_by, moved.settled_by, moved.settled_at) == (OLGA, FEDIR, AT)


def test_a_rejection_has_a_coded_reason_and_words() -> None:
    moved = reject(approve(PAYOUT, by=OLGA), by=FEDIR, at=AT, reason="details", text="IBAN")

    assert (moved.reason_code, moved.reason_text) == ("details", "IBAN")
    assert (moved.approved_by, moved.settled_by, moved.settled_at) == (OLGA, FEDIR, AT)


def test_the_partner_may_cancel_until_staff_approve() -> None:
    assert cancel(PAYOUT, by=MEMBER, at=AT).settled_at == AT
    with pytest.raises(PayoutAlreadyDecided):
        cancel(approve(PAYOUT, by=OLGA), by=MEMBER, at=AT)


def test_the_second_of_two_presses_is_told_who_was_first_and_when() -> None:
    done = settle(PAYOUT, by=OLGA, at=AT, paid_on=DAY, second_person_above=None)

    with pytest.raises(PayoutAlreadyDecided) as caught:
        reject(done, by=FEDIR, at=AT, reason="other", text="")

    assert caught.value.code == "payout_already_decided"
    assert caught.value.facts == {"status": "done", "by": OLGA, "at": "2026-03-05T12:00:00Z"}


def test_a_second_approval_is_told_who_approved() -> None:
    with pytest.raises(PayoutAlreadyDecided) as caught:
        approve(approve(PAYOUT, by=OLGA), by=FEDIR)

    assert caught.value.facts == {"status": "approved", "by": OLGA, "at": None}


# A rejection taken back


def test_a_reopened_request_is_as_it_was_before_the_rejection() -> None:
    for before in (PAYOUT, approve(PAYOUT, by=OLGA)):
        rejected = reject(before, by=FEDIR, at=AT, reason="details", text="IBAN")
        assert reopen(rejected, at=AT, asked_anew=False) == before


def test_a_rejection_is_taken_back_within_a_quarter_of_an_hour() -> None:
    rejected = reject(PAYOUT, by=FEDIR, at=AT, reason="other", text="")
    last = AT + timedelta(minutes=15)

    assert reopen(rejected, at=last, asked_anew=False).status is PayoutStatus.REQUESTED
    with pytest.raises(PayoutNotReopened) as caught:
        reopen(rejected, at=last + timedelta(microseconds=1), asked_anew=False)
    assert caught.value.facts == {"why": "too_late", "minutes": 15}


def test_a_rejection_stands_when_the_partner_asked_anew() -> None:
    rejected = reject(PAYOUT, by=FEDIR, at=AT, reason="other", text="")

    with pytest.raises(PayoutNotReopened) as caught:
        reopen(rejected, at=AT, asked_anew=True)
    assert caught.value.facts == {"why": "asked_anew"}


# Two people above a sum


@pytest.mark.parametrize(
    ("above", "currency", "minor"),
    [("99.99", "USD", 9_999), ("100", "JPY", 100), ("0.5", "KWD", 500)],
)
def test_the_sum_is_in_major_units_of_each_currency(above: str, currency: str, minor: int) -> None:
    limit = second_person_limit(Decimal(above), currency)
    assert limit == Money(minor, currency)
    assert not needs_two(replace(PAYOUT, amount=Money(minor, currency)), limit)
    assert needs_two(replace(PAYOUT, amount=Money(minor + 1, currency)), limit)
    assert not needs_two(PAYOUT, second_person_limit(None, "USD"))


LIMIT = usd("99.99")


def test_above_the_limit_nobody_settles_what_nobody_approved() -> None:
    with pytest.raises(SecondPersonNeeded) as caught:
        settle(PAYOUT, by=OLGA, at=AT, paid_on=DAY, second_person_above=LIMIT)

    assert caught.value.facts == {"limit": LIMIT, "is_approved": False}


def test_above_the_limit_nobody_settles_what_he_approved_himself() -> None:
    with pytest.raises(SecondPersonNeeded) as caught:
        settle(approve(PAYOUT, by=OLGA), by=OLGA, at=AT, paid_on=DAY, second_person_above=LIMIT)

    assert caught.value.facts == {"limit": LIMIT, "is_approved": True}


def test_above_the_limit_another_person_settles() -> None:
    moved = settle(
        approve(PAYOUT, by=OLGA), by=FEDIR, at=AT, paid_on=DAY, second_person_above=LIMIT
    )

    assert (moved.status, moved.approved_by, moved.settled_by) == (PayoutStatus.DONE, OLGA, FEDIR)


@pytest.mark.parametrize("limit", [usd("100.00"), usd("100.01"), None])
def test_up_to_the_limit_one_person_is_enough(limit: Money | None) -> None:
    assert (
        settle(PAYOUT, by=OLGA, at=AT, paid_on=DAY, second_person_above=limit).status
        is PayoutStatus.DONE
    )
    approved = approve(PAYOUT, by=OLGA)
    assert (
        settle(approved, by=OLGA, at=AT, paid_on=DAY, second_person_above=limit).status
        is PayoutStatus.DONE
    )


@pytest.mark.parametrize(
    "status",
    [
        PayoutStatus.DONE,
        PayoutStatus.REJECTED,
        PayoutStatus.CANCELLED,
        PayoutStatus.RETURNED,
    ],
)
def test_what_has_ended_is_told_so_before_a_second_person_is_asked_for(
    status: PayoutStatus,
) -> None:
    with pytest.raises(PayoutAlreadyDecided):
        settle(payout(status), by=OLGA, at=AT, paid_on=DAY, second_person_above=LIMIT)


def test_partners_and_the_api_see_both_open_statuses_as_processing() -> None:
    assert {status: status.shown for status in PayoutStatus} == {
        PayoutStatus.REQUESTED: "processing",
        PayoutStatus.APPROVED: "processing",
        PayoutStatus.DONE: "done",
        PayoutStatus.REJECTED: "rejected",
        PayoutStatus.CANCELLED: "cancelled",
        PayoutStatus.RETURNED: "returned",
    }


# Asking


@pytest.mark.parametrize(
    ("amount", "payable"),
    [("50.00", "50.00"), ("50.00", "1000.00"), ("999.99", "1000.00"), ("1000.00", "1000.00")],
)
def test_from_the_minimum_to_all_that_is_payable_may_be_asked(amount: str, payable: str) -> None:
    check_amount(usd(amount), payable=usd(payable), minimum=usd("50.00"))


@pytest.mark.parametrize(
    ("amount", "payable", "refusal"),
    [
        ("49.99", "1000.00", PayoutBelowMinimum),
        ("0.01", "0.01", PayoutBelowMinimum),
        ("50.01", "50.00", PayoutAboveBalance),
        ("50.00", "49.99", PayoutAboveBalance),
        ("50.00", "0.00", PayoutAboveBalance),
        ("50.00", "-70.00", PayoutAboveBalance),
        ("49.99", "-70.00", PayoutBelowMinimum),
    ],
)
def test_less_than_the_minimum_or_more_than_payable_is_refused_with_the_figures(
    amount: str, payable: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal) as caught:
        check_amount(usd(amount), payable=usd(payable), minimum=usd("50.00"))

    assert caught.value.facts["asked"] == usd(amount)
    assert caught.value.facts["payable"] == usd(payable)


def enrolment(status: EnrolmentStatus) -> Enrolment:
    return Enrolment(
        id=1,
        partner_id=1,
        program="saas-tiers",
        code="leo",
        status=status,
        terms_version=1,
        joined_at=AT,
    )


def test_an_active_partner_with_a_vendor_account_may_be_paid() -> None:
    check_partner(enrolment(EnrolmentStatus.ACTIVE), "acc-1")


@pytest.mark.parametrize("account", ["acc-1", None])
@pytest.mark.parametrize("status", [EnrolmentStatus.SUSPENDED, EnrolmentStatus.ENDED])
def test_a_partner_that_does_not_take_part_is_not_paid(
    status: EnrolmentStatus, account: str | None
) -> None:
    with pytest.raises(PartnerNotActive) as caught:
        check_partner(enrolment(status), account)

    assert caught.value.facts["status"] == status.value


def test_without_its_own_vendor_account_a_partner_is_not_paid() -> None:
    with pytest.raises(VendorAccountMissing):
        check_partner(enrolment(EnrolmentStatus.ACTIVE), None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("UA21", "UA21"),
        ("  UA21 3223 \n", "UA21 3223"),
        ("UA21\n3223\t1300", "UA21 3223 1300"),
        ("x" * 200, "x" * 200),
        ("карта 4444", "карта 4444"),
        ("<b>UA21</b>", "<b>UA21</b>"),
    ],
)
def test_an_account_to_pay_to_is_kept_as_typed_but_for_spaces(text: str, kept: str) -> None:
    assert check_account(text) == kept


@pytest.mark.parametrize(
    "text",
    ["", "   ", "abc", " ab ", "x" * 201, "UA21\0", "UA\u202e21", "UA21\u200b", "\x1bUA21"],
)
def test_what_cannot_be_an_account_is_refused(text: str) -> None:
    with pytest.raises(BadPayoutAccount) as caught:
        check_account(text)

    assert caught.value.facts == {"least": 4, "most": 200}
