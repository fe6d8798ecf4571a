"""Every move of a pay-out from every status, and a rejection taken back (R18)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.entities.payout import Payout, PayoutStatus
from domain.rules.payouts import (
    PayoutAlreadyDecided,
    PayoutNotReopened,
    approve,
    bring_back,
    cancel,
    reject,
    reopen,
    settle,
)
from tests.domain.payouts import AT, DAY, FEDIR, MEMBER, OLGA, PAYOUT, payout

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


def test_partners_and_the_api_see_both_open_statuses_as_processing() -> None:
    assert {status: status.shown for status in PayoutStatus} == {
        PayoutStatus.REQUESTED: "processing",
        PayoutStatus.APPROVED: "processing",
        PayoutStatus.DONE: "done",
        PayoutStatus.REJECTED: "rejected",
        PayoutStatus.CANCELLED: "cancelled",
        PayoutStatus.RETURNED: "returned",
    }
