"""The home of how a partner stands: suspending, ending and reinstating it, and what that does."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.entities.balance import BalanceSheet
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner


class StandingMove(StrEnum):
    """What staff do with a partner's part in a program."""

    SUSPEND = "suspend"
    END = "end"
    REINSTATE = "reinstate"


STANDING_RIGHTS: Final[Mapping[StandingMove, str]] = {
    StandingMove.SUSPEND: "partner.suspend",
    StandingMove.END: "partner.end",
    StandingMove.REINSTATE: "partner.reinstate",
}
STANDING_REASONS: Final[Mapping[StandingMove, tuple[str, ...]]] = {
    StandingMove.SUSPEND: ("check", "promotion", "rules", "papers", "asked", "other"),
    StandingMove.END: ("fraud", "promotion", "rules", "inactive", "asked", "other"),
    StandingMove.REINSTATE: ("cleared", "mistake", "asked", "other"),
}
"""The coded reasons of each move, in the order in which they are offered."""
STANDING_WORDS_MAX: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChange:
    """One decision about a partner's part in a program; it is never edited.

    Attributes:
        id: Our id.
        enrolment_id: The enrolment.
        move: What was done.
        was: How it stood before.
        reason_code: One of ``STANDING_REASONS``.
        words: Of staff to the partner; may be empty.
        by: Who decided.
        at: When.
    """

    id: int
    enrolment_id: int
    move: StandingMove
    was: EnrolmentStatus
    reason_code: str
    words: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """What hangs on an enrolment now.

    Attributes:
        links: Links in use.
        clients: Clients that are the partner's.
        asked: Pay-outs that wait for a decision.
        asked_minor: Their sum.
        approved: Pay-outs that are approved and not paid.
        approved_minor: Their sum.
        questions: Clients' questions that wait for the partner.
        claims: Claims of the partner that wait for a decision.
        members: People of the partner.
    """

    links: int
    clients: int
    asked: int
    asked_minor: int
    approved: int
    approved_minor: int
    questions: int
    claims: int
    members: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """A partner's part in a program, with what a move would do.

    Attributes:
        partner: The partner.
        enrolment: Its enrolment.
        sheet: Its balance.
        affected: What hangs on it.
        last: The last decision about it, or ``None``.
        last_by: Name of who made it.
    """

    partner: Partner
    enrolment: Enrolment
    sheet: BalanceSheet
    affected: Affected
    last: StandingChange | None = None
    last_by: str | None = None
