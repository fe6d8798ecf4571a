"""The home of partners, their enrolments and links."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.records import quick

LINKS_MAX: Final = 20
"""Links of an enrolment in use at a time."""
LINKS_EVER_MAX: Final = 100
"""Links in all: one that was put away keeps its code for good."""
LABEL_LENGTH_MAX: Final = 40
CODE_LENGTH_MIN: Final = 4
CODE_LENGTH_MAX: Final = 32


class EnrolmentStatus(StrEnum):
    """Whether a partner takes part in a program."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class LegalForm(StrEnum):
    """What a partner is before the law (R21)."""

    LEGAL_ENTITY = "legal_entity"
    SOLE_PROPRIETOR = "sole_proprietor"
    SELF_EMPLOYED = "self_employed"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation or person that brings clients.

    Attributes:
        id: Our id.
        name: What clients and staff see.
        vendor_account_id: The partner's own account with the vendor (R30), or ``None``.
        created_at: When it was made.
        legal_form: ``None`` until it was asked: a program that lets people join by accepting
            its rules never does (R30).
        dossier_id: Its papers, ``None`` while it handed in none.
    """

    id: int
    name: str
    vendor_account_id: str | None
    created_at: datetime
    legal_form: LegalForm | None = None
    dossier_id: int | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A partner in one program: code, tier and balance belong here.

    Attributes:
        id: Our id.
        partner_id: The partner.
        program: Key of the program.
        code: The code of its first link, in lower case.
        status: Active, suspended or ended.
        terms_version: Version of the rules that were accepted (R30).
        joined_at: When they were accepted.
        paying_clients: Attributed clients with a payment not fully refunded (R9).
        active_clients: Attributed clients with an active service (R9).
        tier: Key of the tier that holds, ``None`` below the lowest.
        left_at: When the partner itself left the program, ``None`` while it takes part and for
            one that others ended.
        entitled_since: Since when it has had an active client without a break, which gives it the
            vendor's products free where the program says so (R25); ``None`` while it has none.
    """

    id: int
    partner_id: int
    program: str
    code: str
    status: EnrolmentStatus
    terms_version: int
    joined_at: datetime
    paying_clients: int = 0
    active_clients: int = 0
    tier: str | None = None
    left_at: datetime | None = None
    entitled_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a partner shares.

    Attributes:
        code: Unique over all programs, in lower case.
        enrolment_id: Whose link it is.
        label: The partner's own name for it; empty for the first one.
        archived_at: When the partner put it away, or ``None``; visits through it count as ever.
    """

    code: str
    enrolment_id: int
    label: str = ""
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerIdentity:
    """What self-referral is judged by (R4): everything known of a partner's members.

    Attributes:
        telegram_ids: Of all members.
        emails: Normalised addresses of the members.
        phones: Normalised numbers of the members.
        tax_ids: Of the members.
        vendor_account_id: The partner's own account with the vendor.
    """

    telegram_ids: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    tax_ids: frozenset[str] = frozenset()
    vendor_account_id: str | None = None
