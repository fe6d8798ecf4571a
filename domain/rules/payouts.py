"""The home of pay-out rules: who may ask for how much, and which moves are allowed (R18)."""

from dataclasses import replace
from datetime import datetime

from domain.entities.fraud import FraudHold, HoldStatus
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.payout import IN_PROGRESS, Payout, PayoutStatus
from domain.errors import DomainError
from domain.money import Money
from domain.period import text_of

ACCOUNT_LENGTH = (4, 200)
COMMENT_LENGTH_MAX = 500


class PayoutBelowMinimum(DomainError):
    """The asked amount is under the program's minimum."""

    code = "payout_below_minimum"


class PayoutAboveBalance(DomainError):
    """More was asked for than is payable."""

    code = "payout_above_balance"


class PartnerNotActive(DomainError):
    """The enrolment is suspended or ended."""

    code = "partner_not_active"


class VendorAccountMissing(DomainError):
    """The partner has not named its own account with the vendor yet (R30)."""

    code = "vendor_account_missing"


class BadPayoutAccount(DomainError):
    """The text cannot be where a pay-out goes."""

    code = "bad_payout_account"


class PayoutAlreadyDecided(DomainError):
    """Somebody was faster, or the pay-out has ended."""

    code = "payout_already_decided"


class SecondPersonNeeded(DomainError):
    """Above the configured sum one person approves and another presses Done."""

    code = "second_person_needed"


class PayoutOnHold(DomainError):
    """The vendor checks the partner before anything is paid out (R18)."""

    code = "payout_on_hold"


class OwnPayout(DomainError):
    """Nobody decides about the money of a partner one belongs to."""

    code = "own_payout"


def check_partner(enrolment: Enrolment, vendor_account_id: str | None) -> None:
    """Test that the partner may be paid at all.

    Raises:
        PartnerNotActive: it is suspended or has left.
        VendorAccountMissing: its own account with the vendor is not known.
    """
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        raise PartnerNotActive(status=enrolment.status.value)
    if vendor_account_id is None:
        raise VendorAccountMissing


def check_hold(hold: FraudHold | None) -> None:
    """Test that no fraud hold stops the enrolment's pay-outs (R18).

    Raises:
        PayoutOnHold: one does; the facts say since when, and whether it was decided.
    """
    if hold is not None:
        raise PayoutOnHold(
            number=hold.id,
            since=hold.opened_at,
            is_confirmed=hold.status is HoldStatus.CONFIRMED,
        )


def check_amount(amount: Money, *, payable: Money, minimum: Money) -> None:
    """Test ``payable >= amount >= minimum``.

    Raises:
        PayoutBelowMinimum: too little; the facts say what is allowed.
        PayoutAboveBalance: too much.
    """
    if amount.minor < minimum.minor:
        raise PayoutBelowMinimum(asked=amount, minimum=minimum, payable=payable)
    if amount.minor > payable.minor:
        raise PayoutAboveBalance(asked=amount, payable=payable)


def check_account(text: str) -> str:
    """Return the account to pay to without spaces around it.

    Raises:
        BadPayoutAccount: too short, too long, or signs that do not print.
    """
    text = " ".join(text.split())
    least, most = ACCOUNT_LENGTH
    if not least <= len(text) <= most or not text.isprintable():
        raise BadPayoutAccount(least=least, most=most)
    return text


def approve(payout: Payout, *, by: int) -> Payout:
    """Return the pay-out approved.

    Raises:
        PayoutAlreadyDecided: it is not waiting for approval.
    """
    if payout.status is not PayoutStatus.REQUESTED:
        raise _decided(payout)
    return replace(payout, status=PayoutStatus.APPROVED, approved_by=by)


def settle(payout: Payout, *, by: int, at: datetime, second_person_above: Money | None) -> Payout:
    """Return the pay-out done; one that was not approved is approved by the same press.

    Raises:
        PayoutAlreadyDecided: it is not in progress.
        SecondPersonNeeded: above the sum, and nobody else has approved it.
    """
    if payout.status not in IN_PROGRESS:
        raise _decided(payout)
    needs_two = second_person_above is not None and (
        payout.amount.minor > second_person_above.minor
    )
    if needs_two and payout.approved_by in (None, by):
        raise SecondPersonNeeded(
            limit=second_person_above, is_approved=payout.approved_by is not None
        )
    return replace(
        payout,
        status=PayoutStatus.DONE,
        approved_by=payout.approved_by or by,
        settled_by=by,
        settled_at=at,
    )


def reject(payout: Payout, *, by: int, at: datetime, reason: str, text: str) -> Payout:
    """Return the pay-out rejected; the money goes back.

    Raises:
        PayoutAlreadyDecided: it is not in progress.
    """
    if payout.status not in IN_PROGRESS:
        raise _decided(payout)
    return replace(
        payout,
        status=PayoutStatus.REJECTED,
        settled_by=by,
        settled_at=at,
        reason_code=reason,
        reason_text=text,
    )


def cancel(payout: Payout, *, by: int, at: datetime) -> Payout:
    """Return the pay-out cancelled by its partner, which is possible until staff approve.

    Raises:
        PayoutAlreadyDecided: staff approved it or it has ended.
    """
    if payout.status is not PayoutStatus.REQUESTED:
        raise _decided(payout)
    return replace(payout, status=PayoutStatus.CANCELLED, settled_by=by, settled_at=at)


def bring_back(payout: Payout, *, by: int, at: datetime) -> Payout:
    """Return the pay-out as sent back by the bank after Done.

    Raises:
        PayoutAlreadyDecided: it is not done.
    """
    if payout.status is not PayoutStatus.DONE:
        raise _decided(payout)
    return replace(payout, status=PayoutStatus.RETURNED, settled_by=by, settled_at=at)


def _decided(payout: Payout) -> PayoutAlreadyDecided:
    return PayoutAlreadyDecided(
        status=payout.status.value,
        by=payout.settled_by or payout.approved_by,
        at=text_of(payout.settled_at) if payout.settled_at else None,
    )
