"""The home of the journal: balanced entries, and postings with before, after and version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ledger.accounts import Account, AccountKind
from domain.records import quick

LEGS_MIN = 2


@quick
@dataclass(frozen=True, slots=True)
class Leg:
    """One side of an entry: positive minor units are debit."""

    kind: AccountKind
    minor: int


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """A balanced record of one business fact; an unbalanced one cannot be made.

    Attributes:
        id: Our id.
        kind: Name of the business fact, such as ``commission_accrued``.
        enrolment_id: Whose accounts it moves.
        legs: At least two, none zero, sum zero.
        occurred_at: When it happened in the world.
        recorded_at: When we wrote it down.
        commission_id: The commission it is about, or ``None``.
        payout_id: The pay-out it is about, or ``None``.
        conversion_id: The conversion it is about, or ``None``.
        adjustment_id: The adjustment it is about, or ``None``.
        actor: Telegram user id of who did it; ``None`` for billing and jobs.
    """

    id: int
    kind: str
    enrolment_id: int
    legs: tuple[Leg, ...]
    occurred_at: datetime
    recorded_at: datetime
    commission_id: int | None = None
    payout_id: int | None = None
    conversion_id: int | None = None
    adjustment_id: int | None = None
    actor: int | None = None

    def __post_init__(self) -> None:
        """Refuse what would unbalance the books."""
        if len(self.legs) < LEGS_MIN or any(leg.minor == 0 for leg in self.legs):
            raise ValueError(f"entry {self.kind} needs two legs or more, none of them zero")
        if sum(leg.minor for leg in self.legs) != 0:
            raise ValueError(f"entry {self.kind} does not balance")


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One leg as it stands in the books, never edited."""

    id: int
    entry_id: int
    account_id: int
    currency: str
    minor: int
    balance_before: int
    balance_after: int
    version: int


Accounts = dict[tuple[int, AccountKind], Account]


class Standing(Protocol):
    """Accounts as they stand, by enrolment and kind."""

    def __getitem__(self, key: tuple[int, AccountKind], /) -> Account:
        """Return an account, which must be there."""
        ...


def post(
    entry: JournalEntry, accounts: Standing, ids: Sequence[int]
) -> tuple[list[Posting], list[Account]]:
    """Return the postings of an entry and the accounts after it.

    Args:
        entry: What happened.
        accounts: The accounts of its enrolment as they stand.
        ids: One new id per leg.
    """
    postings: list[Posting] = []
    after: list[Account] = []
    for leg, posting_id in zip(entry.legs, ids, strict=True):
        account = accounts[entry.enrolment_id, leg.kind]
        moved = Account(
            id=account.id,
            enrolment_id=account.enrolment_id,
            kind=account.kind,
            currency=account.currency,
            balance=account.balance + leg.minor,
            version=account.version + 1,
        )
        after.append(moved)
        postings.append(
            Posting(
                id=posting_id,
                entry_id=entry.id,
                account_id=account.id,
                currency=account.currency,
                minor=leg.minor,
                balance_before=account.balance,
                balance_after=moved.balance,
                version=moved.version,
            )
        )
    return postings, after
