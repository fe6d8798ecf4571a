"""The home of making a statement of the books: sums of postings, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.entities.statement import Statement
from domain.ledger.accounts import DEBIT_KINDS, AccountKind
from domain.period import Month

K = AccountKind
OWED = (K.HELD, K.PAYABLE, K.RESERVED)
"""What the balance is made of."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Postings of one account, signed, positive is debit.

    Attributes:
        before: Their sum before the month.
        within: Their sum in the month.
    """

    before: int
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """What happened beside the books."""

    registrations: int
    payments: int


def statement_of(
    month: Month,
    currency: str,
    moved: Mapping[AccountKind, Moved],
    counts: MonthCounts,
    *,
    is_over: bool,
) -> Statement:
    """Return the statement of a month; an account without postings may be left out."""

    def within(kind: AccountKind) -> int:
        return _figure(kind, moved[kind].within) if kind in moved else 0

    opening = sum(_figure(kind, moved[kind].before) for kind in OWED if kind in moved)
    return Statement(
        month=month,
        currency=currency,
        opening=opening,
        accrued=within(K.COMMISSIONS),
        clawed_back=within(K.CLAWBACKS),
        adjusted=within(K.ADJUSTMENTS),
        paid=within(K.PAYOUTS),
        converted=within(K.CREDIT),
        retained=within(K.RETAINED),
        closing=opening + sum(within(kind) for kind in OWED),
        registrations=counts.registrations,
        payments=counts.payments,
        is_over=is_over,
    )


def _figure(kind: AccountKind, signed: int) -> int:
    return signed if kind in DEBIT_KINDS else -signed
