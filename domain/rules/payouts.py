"""The home of pay-out rules: who may ask for how much, and which moves are allowed (R18)."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.entities.fraud import FraudHold, HoldStatus
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.entities.payout import IN_PROGRESS, Payout, PayoutStatus
from domain.entities.payout_document import SignedStatus
from domain.entities.views import PayoutView
from domain.errors import DomainError
from domain.money import Money, decimals_of
from domain.period import text_of
from domain.programs.model import Programs
from domain.rules.payout_ibans import BadPayoutAccount, check_iban_within

ACCOUNT_LENGTH = (4, 200)
ACCOUNT_DIGITS = 4
"""An account has more; a telephone number, a card and a wallet, too."""
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\W\d_]{2,}|[\w-]+\.[a-z]{2,}/\S+")
COMMENT_LENGTH_MAX = 500
REOPEN_MINUTES = 15
"""How long a rejection can be taken back."""


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


class PayoutAlreadyDecided(DomainError):
    """Somebody was faster, or the pay-out has ended."""

    code = "payout_already_decided"


class SecondPersonNeeded(DomainError):
    """Above the configured sum one person approves and another presses Done."""

    code = "second_person_needed"


class PayoutOnHold(DomainError):
    """The vendor checks the partner before anything is paid out (R18)."""

    code = "payout_on_hold"


class PayoutNotReopened(DomainError):
    """A rejection cannot be taken back any more; ``why`` is the code of the cause."""

    code = "payout_not_reopened"


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
        by_vendor = enrolment.status is EnrolmentStatus.ENDED and enrolment.left_at is None
        raise PartnerNotActive(status=enrolment.status.value, by_vendor=by_vendor)
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
    """Return the account to pay to without spaces around it (R32).

    What looks like an IBAN has to be one. Anything else, an account, a card, a wallet, needs some
    digits; an account with a payment service may be an e-mail or web address.

    Raises:
        BadPayoutAccount: too short or long, signs that do not print, an IBAN that is none, or
            nothing that anybody could pay to; ``why`` is the code of the cause.
    """
    text = " ".join(text.split())
    least, most = ACCOUNT_LENGTH
    if not least <= len(text) <= most or not text.isprintable():
        raise BadPayoutAccount(why="signs", least=least, most=most)
    check_iban_within(text)
    digits = sum(sign.isascii() and sign.isdigit() for sign in text)
    if digits < ACCOUNT_DIGITS and not _ADDRESS.search(text):
        raise BadPayoutAccount(why="digits", least=ACCOUNT_DIGITS)
    return text


def approve(payout: Payout, *, by: int) -> Payout:
    """Return the pay-out approved.

    Raises:
        PayoutAlreadyDecided: it is not waiting for approval.
    """
    if payout.status is not PayoutStatus.REQUESTED:
        raise _decided(payout)
    return replace(payout, status=PayoutStatus.APPROVED, approved_by=by)


def second_person_limit(above: Decimal | None, currency: str) -> Money | None:
    """Return the configured sum above which two people are needed; ``None`` means never."""
    return None if above is None else Money(int(above.scaleb(decimals_of(currency))), currency)


def needs_two(payout: Payout, limit: Money | None) -> bool:
    """Test if one person must approve and another press Done."""
    return limit is not None and payout.amount.minor > limit.minor


def as_staff_see(
    view: PayoutView, *, above: Decimal | None, now: datetime, programs: Programs
) -> PayoutView:
    """Return the pay-out with what its card has to know of the rules."""
    payout, program = view.payout, programs.get(view.program)
    terms = program.payout_documents if program and view.has_documents else None
    return replace(
        view,
        needs_two=needs_two(payout, second_person_limit(above, payout.amount.currency)),
        can_reopen=payout.status is PayoutStatus.REJECTED
        and payout.settled_at is not None
        and now <= payout.settled_at + timedelta(minutes=REOPEN_MINUTES),
        lacks_copy=terms is not None
        and terms.needs_signed
        and view.signed is not SignedStatus.ACCEPTED,
    )


def settle(
    payout: Payout,
    *,
    by: int,
    at: datetime,
    paid_on: date,
    second_person_above: Money | None,
) -> Payout:
    """Return the pay-out done; one that was not approved is approved by the same press.

    Raises:
        PayoutAlreadyDecided: it is not in progress.
        SecondPersonNeeded: above the sum, and nobody else has approved it.
    """
    if payout.status not in IN_PROGRESS:
        raise _decided(payout)
    if needs_two(payout, second_person_above) and payout.approved_by in (None, by):
        raise SecondPersonNeeded(
            limit=second_person_above, is_approved=payout.approved_by is not None
        )
    return replace(
        payout,
        status=PayoutStatus.DONE,
        approved_by=payout.approved_by or by,
        settled_by=by,
        settled_at=at,
        paid_on=paid_on,
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


def reopen(payout: Payout, *, at: datetime, asked_anew: bool) -> Payout:
    """Return a rejected pay-out as it was before, while nothing was built on the rejection.

    Raises:
        PayoutAlreadyDecided: it is not rejected.
        PayoutNotReopened: too late, or the partner has asked for the money again.
    """
    if payout.status is not PayoutStatus.REJECTED or payout.settled_at is None:
        raise _decided(payout)
    if at > payout.settled_at + timedelta(minutes=REOPEN_MINUTES):
        raise PayoutNotReopened(why="too_late", minutes=REOPEN_MINUTES)
    if asked_anew:
        raise PayoutNotReopened(why="asked_anew")
    return replace(
        payout,
        status=PayoutStatus.APPROVED if payout.approved_by else PayoutStatus.REQUESTED,
        settled_by=None,
        settled_at=None,
        reason_code=None,
        reason_text="",
    )


def cancel(payout: Payout, *, by: int, at: datetime) -> Payout:
    """Return the pay-out cancelled by its partner, which is possible until staff approve.

    Raises:
        PayoutAlreadyDecided: staff approved it or it has ended.
    """
    if payout.status is not PayoutStatus.REQUESTED:
        raise _decided(payout)
    return replace(payout, status=PayoutStatus.CANCELLED, settled_by=by, settled_at=at)


def bring_back(payout: Payout, *, by: int, at: datetime, reason: str, text: str) -> Payout:
    """Return the pay-out as sent back by the bank after Done.

    Raises:
        PayoutAlreadyDecided: it is not done.
    """
    if payout.status is not PayoutStatus.DONE:
        raise _decided(payout)
    return replace(
        payout,
        status=PayoutStatus.RETURNED,
        settled_by=by,
        settled_at=at,
        reason_code=reason,
        reason_text=text,
    )


def _decided(payout: Payout) -> PayoutAlreadyDecided:
    return PayoutAlreadyDecided(
        status=payout.status.value,
        by=payout.settled_by or payout.approved_by,
        at=text_of(payout.settled_at) if payout.settled_at else None,
    )
