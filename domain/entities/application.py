"""The home of applications: how a person asks to be a partner, and what comes of it (R30-R34)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.entities.partner import LegalForm
from domain.entities.questionnaire import FieldKind, PaperKind


class ApplicationStatus(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    REVIEW = "review"
    CORRECTION = "correction"
    REJECTED = "rejected"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


OPEN_STATUSES: Final = frozenset(ApplicationStatus) - {
    ApplicationStatus.APPROVED,
    ApplicationStatus.WITHDRAWN,
}
"""A person has one application of these for a program."""
EDITABLE: Final = frozenset(
    {ApplicationStatus.DRAFT, ApplicationStatus.CORRECTION, ApplicationStatus.REJECTED}
)
"""The applicant may change what it says."""


class FieldRefusal(StrEnum):
    """Why staff do not take an answer."""

    MISMATCH = "mismatch"
    NOT_FOUND = "not_found"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    OTHER = "other"


class PaperRefusal(StrEnum):
    """Why staff do not take a paper."""

    UNREADABLE = "unclear"
    WRONG_PAPER = "wrong"
    MISSING_PAGES = "pages"
    EXPIRED = "expired"
    MISMATCH = "mismatch"
    OTHER = "other"


class RejectionReason(StrEnum):
    """Why an application is rejected."""

    REQUIREMENTS = "requirements"
    DATA = "data"
    PAPERS = "papers"
    DUPLICATE = "duplicate"
    SECURITY = "security"
    OTHER = "other"


class LineAuthor(StrEnum):
    """Who wrote a line of the talk between the reviewer and the applicant."""

    STAFF = "staff"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application with where it stands.

    Attributes:
        id: Our id.
        number: The short number by which people speak of it.
        person_id: Telegram user id of the applicant.
        program: Key of the program.
        partner_id: The partner that it became, or that the applicant was already; else ``None``.
        form: The legal form, ``None`` until it is chosen.
        by_employee: An employee files for the applicant; ``None`` until it is known.
        status: Where it stands.
        round: How often it was sent.
        terms_version: Version of the rules that were accepted by sending, 0 before.
        started_at: When it was begun.
        changed_at: When the applicant changed it last.
        submitted_at: When it was sent last, or ``None``.
        decided_at: When it was decided or sent back last, or ``None``.
        decided_by: Telegram user id of who did, or ``None``.
        reason_code: Why it was rejected, or ``None``.
        reason: The words to it; encrypted at rest.
        contract_number: Reserved when an approval is prepared; lasting with the approval.
        contract_date: The day of the contract, or ``None``.
        originals_at: When the originals were there, or ``None``.
        dossier_id: Where its papers lie, or ``None``.
        warned_at: When the applicant was told that it will be deleted unless it goes on; counts
            only until it changes again.
    """

    id: int
    number: int
    person_id: int
    program: str
    partner_id: int | None = None
    form: LegalForm | None = None
    by_employee: bool | None = None
    status: ApplicationStatus = ApplicationStatus.DRAFT
    round: int = 0
    terms_version: int = 0
    started_at: datetime
    changed_at: datetime
    submitted_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    reason_code: RejectionReason | None = None
    reason: str = ""
    contract_number: str | None = None
    contract_date: date | None = None
    originals_at: datetime | None = None
    dossier_id: int | None = None
    warned_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Test if something can still come of it."""
        return self.status in OPEN_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What stands in one field.

    Attributes:
        value: In its normal spelling; encrypted at rest.
        refusal: Why staff do not take it, ``None`` while they do.
        words: What staff said to it; encrypted at rest.
    """

    value: str
    refusal: FieldRefusal | None = None
    words: str = ""


Answers = Mapping[FieldKind, Answered]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVerdict:
    """What staff said of a paper that was handed in.

    Attributes:
        kind: Which paper.
        refusal: Why it is not taken; ``None`` means that it is accepted.
        words: What staff said to it; encrypted at rest.
        file_number: Which of its files is meant, from 1; 0 for the paper as a whole.
    """

    kind: PaperKind
    refusal: PaperRefusal | None = None
    words: str = ""
    file_number: int = 0


Verdicts = Mapping[PaperKind, PaperVerdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """One line of the talk about an application.

    Attributes:
        id: Our id; grows with time.
        application_id: Which application.
        at: When.
        author: As what.
        person_id: Telegram user id of who wrote.
        text: Encrypted at rest.
        source: Names the message, so that the same one is kept once, or ``None``.
    """

    id: int
    application_id: int
    at: datetime
    author: LineAuthor
    person_id: int
    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFile:
    """An application with its answers and the talk about it.

    Attributes:
        application: The application.
        answers: By field.
        verdicts: What staff said of its papers, by kind.
        pages: How many files of each paper were handed in.
        lines: The talk, oldest first.
    """

    application: Application
    answers: Answers = field(default_factory=dict)
    verdicts: Verdicts = field(default_factory=dict)
    pages: Mapping[PaperKind, int] = field(default_factory=dict)
    lines: tuple[ApplicationLine, ...] = ()
