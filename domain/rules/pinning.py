"""The home of pinning: which accounts may be named, what becomes of it, who may answer (R23)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.contacts import normal_phone
from domain.entities.client import Client
from domain.entities.partner import PartnerIdentity
from domain.entities.pin import Pin, PinProof, PinReason, PinStatus
from domain.errors import DomainError
from domain.programs.model_pinning import Pinning, Unconfirmed
from domain.rules.self_referral import same_as

ACCOUNT_LENGTH_MAX = 128
DAY = timedelta(hours=24)
_ACCOUNT = re.compile(r"[!-~]{1,128}", re.ASCII)


class PinningOff(DomainError):
    """The program does not let clients be named in advance."""

    code = "pinning_off"


class PinnerNotActive(DomainError):
    """The partner is suspended or has left, so it names nobody."""

    code = "pinner_not_active"


class BadPinnedAccount(DomainError):
    """The text cannot be the id of a client's account."""

    code = "bad_pinned_account"


class TooManyPins(DomainError):
    """The partner has named enough accounts for today."""

    code = "too_many_pins"


class PinVoid(DomainError):
    """The request is unknown, answered, or its time has passed."""

    code = "pin_void"


class PinNotYours(DomainError):
    """Who answers is not known to be the client."""

    code = "pin_not_yours"


class NotProtected(DomainError):
    """There is no protection that could be ended."""

    code = "not_protected"


def read_account(text: str, terms: Pinning) -> str:
    """Return the account id that was typed.

    Raises:
        BadPinnedAccount: it is empty, too long, has signs that no id has, or is not what the
            program says that an id looks like.
    """
    account_id = text.strip()
    if not _ACCOUNT.fullmatch(account_id):
        raise BadPinnedAccount(limit=ACCOUNT_LENGTH_MAX, example=terms.account_example)
    if terms.account_format and not re.fullmatch(terms.account_format, account_id, re.ASCII):
        raise BadPinnedAccount(limit=ACCOUNT_LENGTH_MAX, example=terms.account_example)
    return account_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PinPicture:
    """What is known when a partner names an account.

    Attributes:
        asker: The enrolment that names it.
        is_self: The account or its client is the partner itself (R4).
        pinned_by: The enrolment that has it protected now, or ``None``.
        is_known: The vendor knows a client of this account.
    """

    asker: int
    is_self: bool
    pinned_by: int | None
    is_known: bool


def decide_pin(picture: PinPicture) -> tuple[PinStatus, PinReason | None]:
    """Return what becomes of naming an account.

    New to the vendor: pinned at once. Pinned to another: refused. Known: the client is asked.
    """
    if picture.is_self:
        return PinStatus.REFUSED, PinReason.SELF_REFERRAL
    if picture.pinned_by not in (None, picture.asker):
        return PinStatus.REFUSED, PinReason.OTHERS
    return (PinStatus.WAITING if picture.is_known else PinStatus.ACTIVE), None


def without_consent(
    terms: Pinning, reason: PinReason, *, asker: int, had_by: int | None
) -> PinStatus:
    """Return what is left of a pin that the client did not confirm.

    The partner may still earn where the program says so and nobody else has the client (R5).
    """
    told = terms.after_silence if reason is PinReason.SILENCE else terms.after_refusal
    if told is Unconfirmed.COMMISSION_ONLY and had_by in (None, asker):
        return PinStatus.COMMISSION_ONLY
    return PinStatus.REFUSED


def is_self(account_id: str, client: Client | None, partner: PartnerIdentity) -> bool:
    """Test if the account, or the client behind it, is the partner itself (R4)."""
    if account_id == partner.vendor_account_id:
        return True
    return client is not None and bool(same_as(client, partner))


def is_known(
    client: Client | None, pins: Sequence[Pin], *, has_paid: bool, ids: Sequence[str]
) -> bool:
    """Test if the vendor knows the client of an account by more than a partner's word.

    A client whose protection it or staff ended once is known for good.
    """
    if client is None:
        return False
    was_ended = any(pin.reason in (PinReason.CLIENT, PinReason.STAFF) for pin in pins)
    return not client.is_only_named or has_paid or len(ids) > 1 or was_ended


def proof_for(client: Client) -> PinProof:
    """Return how the client can show that it is itself."""
    if client.telegram_id is not None:
        return PinProof.PERSON
    return PinProof.PHONE if client.phone else PinProof.VENDOR


def may_answer(
    pin: Pin, client: Client, *, person_id: int, has_key: bool, phone: str | None
) -> bool:
    """Test if a person is known to be the client.

    Args:
        pin: What is asked.
        client: Whose word is needed.
        person_id: Who answers.
        has_key: It came by the link of this request.
        phone: The number that the person shared as its own, or ``None``.
    """
    if client.telegram_id is not None:
        return client.telegram_id == person_id
    if client.phone:
        return bool(phone) and normal_phone(phone or "") == normal_phone(client.phone)
    return has_key and pin.proof is PinProof.VENDOR


def is_open(pin: Pin, at: datetime) -> bool:
    """Test if the client can still answer; the last instant is excluded."""
    return pin.status is PinStatus.WAITING and pin.expires_at is not None and at < pin.expires_at
