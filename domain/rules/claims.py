"""The home of claims: how a client may be named, and why a partner lacks it (R1-R5, R24)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.contacts import normal_email, normal_phone
from domain.entities.claim import Claim, ClaimStatus, NamedBy, NamedClient, Whereabouts
from domain.entities.client import Client, NotAttributed, Referral
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.errors import DomainError
from domain.period import text_of, whole_seconds, window_holds

QUESTIONS_PER_DAY = 20
DAY = timedelta(hours=24)
REMIND_BEFORE = timedelta(days=2)
COMMENT_LENGTH_MAX = 1_000
NAMED_LENGTH_MAX = 200
PHONE_DIGITS = (8, 15)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-]+", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LOCAL_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)


class ClientUnreadable(DomainError):
    """The text names no client: no address, number, id or day."""

    code = "client_unreadable"


class TooManyQuestions(DomainError):
    """The partner has asked about clients too often today."""

    code = "too_many_questions"


class TooManyClaims(DomainError):
    """The partner has opened too many claims today."""

    code = "too_many_claims"


class ClaimAlreadyOpen(DomainError):
    """The same client is claimed already."""

    code = "claim_already_open"


class ClientIsYours(DomainError):
    """The client belongs to the partner that claims it."""

    code = "client_is_yours"


class ClaimantNotActive(DomainError):
    """The partner is suspended or has left, so it gets no client."""

    code = "claimant_not_active"


class ClaimAlreadyDecided(DomainError):
    """Somebody was faster."""

    code = "claim_already_decided"


class ClaimClientUnknown(DomainError):
    """The claimed client has not been reported yet, so nobody can be given it."""

    code = "claim_client_unknown"


class ReasonNeeded(DomainError):
    """A client is moved from another partner only with a reason in words (R24)."""

    code = "reason_needed"


def read_named(text: str) -> NamedClient:
    """Return what a typed text names: an e-mail, a phone, a day, else an account or client id.

    Digits alone are an id first; ``as_phone`` says what number they may be.

    Raises:
        ClientUnreadable: it is empty, too long, or has signs that do not print.
    """
    bare = " ".join(text.split())
    if not bare or len(bare) > NAMED_LENGTH_MAX or not bare.isprintable():
        raise ClientUnreadable(limit=NAMED_LENGTH_MAX)
    if "@" in bare:
        if not _EMAIL.fullmatch(bare):
            raise ClientUnreadable(limit=NAMED_LENGTH_MAX)
        return NamedClient(NamedBy.EMAIL, normal_email(bare))
    day = _day(bare)
    if day is not None:
        return NamedClient(NamedBy.DATE, day.isoformat())
    if _PHONE.fullmatch(bare) and not bare.isdigit():
        phone = as_phone(bare)
        if phone is None:
            raise ClientUnreadable(limit=NAMED_LENGTH_MAX)
        return phone
    return NamedClient(NamedBy.ACCOUNT, bare)


def _day(text: str) -> date | None:
    iso, local = _ISO_DAY.fullmatch(text), _LOCAL_DAY.fullmatch(text)
    parts = iso.groups() if iso else local.groups()[::-1] if local else None
    if parts is None:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        raise ClientUnreadable(limit=NAMED_LENGTH_MAX) from None


def as_phone(text: str) -> NamedClient | None:
    """Return the number that a text may be, ``None`` where its length fits no number."""
    digits = normal_phone(text)
    least, most = PHONE_DIGITS
    return NamedClient(NamedBy.PHONE, digits) if least <= len(digits) <= most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPicture:
    """What is known when a partner asks about a client.

    Attributes:
        client: The client, ``None`` while nobody is known by this name.
        own: The enrolment that asks.
        referral: What was decided in its program, or ``None``.
        first_click_at: The client's first click on the partner's own links, or ``None``.
        is_self: The client is the partner itself (R4).
        is_parked: Events about the client wait for something.
        window_days: The attribution window.
        at: When it is asked.
    """

    client: Client | None
    own: Enrolment
    referral: Referral | None = None
    first_click_at: datetime | None = None
    is_self: bool = False
    is_parked: bool = False
    window_days: int | None = None
    at: datetime


def where_is(picture: ClientPicture) -> Whereabouts:
    """Return why the partner does not see the client, or that it has it.

    Nothing is told of another partner but that there is one, and no date of the client's unless
    it clicked on the asker's own link.
    """
    client, referral = picture.client, picture.referral
    if client is None:
        return Whereabouts.NOT_REPORTED if picture.is_parked else Whereabouts.UNKNOWN
    if referral is not None and referral.enrolment_id == picture.own.id:
        return _own(picture, client, referral)
    missed = _missed(picture, client)
    if missed is not None:
        return missed
    if referral is not None and referral.enrolment_id is not None:
        return Whereabouts.OTHERS
    if client.pending_click_id is not None:
        return Whereabouts.CLICK_NOT_SEEN
    told = referral.reason if referral is not None else client.reason
    if told in (
        NotAttributed.CLICK_INVALID,
        NotAttributed.PARTNER_SUSPENDED,
        NotAttributed.DETACHED,
    ):
        is_known = told is NotAttributed.CLICK_INVALID or picture.first_click_at is not None
        return Whereabouts(told.value) if is_known else Whereabouts.NO_CLICK
    return Whereabouts.NO_CLICK


def _own(picture: ClientPicture, client: Client, referral: Referral) -> Whereabouts:
    if picture.is_parked:
        return Whereabouts.YOURS_PARKED
    is_over = referral.earns_until is not None and picture.at >= referral.earns_until
    return Whereabouts.YOURS_ENDED if is_over or client.deleted_at else Whereabouts.YOURS


def _missed(picture: ClientPicture, client: Client) -> Whereabouts | None:
    """Return what was wrong with the client's clicks on the partner's own links."""
    first = picture.first_click_at
    if picture.is_self:
        return Whereabouts.SELF_REFERRAL
    if first is None:
        return None
    if whole_seconds(client.registered_at) < whole_seconds(first):
        return Whereabouts.BEFORE_CLICK
    if not window_holds(first, client.registered_at, picture.window_days):
        return Whereabouts.OUTSIDE_WINDOW
    return None


def may_claim(where: Whereabouts, own: Enrolment, standing: Claim | None) -> bool:
    """Test if a claim can be opened: on any refusal, by an active partner, once (R24)."""
    is_own = where in (Whereabouts.YOURS, Whereabouts.YOURS_ENDED, Whereabouts.YOURS_PARKED)
    return not is_own and standing is None and own.status is EnrolmentStatus.ACTIVE


def check_often(times: Sequence[datetime], *, limit: int, refusal: type[DomainError]) -> None:
    """Test that fewer than ``limit`` of these lie within the last 24 hours.

    Raises:
        DomainError: the refusal, with the limit and when it is possible again.
    """
    if len(times) >= limit:
        raise refusal(limit=limit, possible_at=times[-limit] + DAY)


def check_claimant(enrolment: Enrolment) -> None:
    """Test that the partner may have the client.

    Raises:
        ClaimantNotActive: it is suspended or has left.
    """
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        raise ClaimantNotActive(status=enrolment.status.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How a claim ends.

    Attributes:
        status: Accepted or rejected.
        by: Telegram user id of the member of staff.
        at: When.
        given_to: Who has the client since then, or ``None``.
        reason_code: Coded reason.
        reason_text: The words of staff; may be empty.
    """

    status: ClaimStatus
    by: int
    at: datetime
    given_to: int | None
    reason_code: str
    reason_text: str


def decide_claim(claim: Claim, verdict: Verdict) -> Claim:
    """Return the claim decided.

    Raises:
        ClaimAlreadyDecided: it is not open any more.
    """
    if claim.status is not ClaimStatus.OPEN:
        raise ClaimAlreadyDecided(
            status=claim.status.value,
            by=claim.decided_by,
            at=text_of(claim.decided_at) if claim.decided_at else None,
        )
    return replace(
        claim,
        status=verdict.status,
        decided_by=verdict.by,
        decided_at=verdict.at,
        given_to=verdict.given_to,
        reason_code=verdict.reason_code,
        reason_text=verdict.reason_text,
    )
