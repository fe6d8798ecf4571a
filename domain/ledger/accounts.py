"""The home of the chart of accounts: one set per enrolment, in the program's currency."""

from dataclasses import dataclass
from enum import StrEnum

from domain.entities.balance import BalanceSheet
from domain.records import quick


class AccountKind(StrEnum):
    """A named place of an enrolment's money. Postings are signed; positive is debit.

    ``commissions``, ``adjustments``, ``collected`` and ``bonuses`` grow by debits, the others by
    credits, so a figure that partners see is the balance with the sign of its kind. ``credit`` is
    what became service credit; ``bonus_credit`` is what the vendor added to it, at the cost of
    ``bonuses`` (R20).
    """

    COMMISSIONS = "commissions"
    HELD = "held"
    PAYABLE = "payable"
    RESERVED = "reserved"
    PAYOUTS = "payouts"
    CREDIT = "credit"
    RETAINED = "retained"
    COLLECTED = "collected"
    CLAWBACKS = "clawbacks"
    ADJUSTMENTS = "adjustments"
    BONUSES = "bonuses"
    BONUS_CREDIT = "bonus_credit"


DEBIT_KINDS = frozenset(
    {
        AccountKind.COMMISSIONS,
        AccountKind.ADJUSTMENTS,
        AccountKind.COLLECTED,
        AccountKind.BONUSES,
    }
)


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A ledger account with its running balance.

    Attributes:
        id: Our id.
        enrolment_id: Whose.
        kind: Which place.
        currency: The program's currency.
        balance: Sum of its postings, minor units, signed; positive is debit.
        version: Number of its postings.
    """

    id: int
    enrolment_id: int
    kind: AccountKind
    currency: str
    balance: int = 0
    version: int = 0

    @property
    def figure(self) -> int:
        """The amount as partners see it."""
        return self.balance if self.kind in DEBIT_KINDS else -self.balance


_FIGURES = {
    AccountKind.COMMISSIONS: "accrued",
    AccountKind.HELD: "held",
    AccountKind.PAYABLE: "payable",
    AccountKind.RESERVED: "reserved",
    AccountKind.PAYOUTS: "paid",
    AccountKind.CREDIT: "converted",
    AccountKind.RETAINED: "retained",
    AccountKind.CLAWBACKS: "clawed_back",
    AccountKind.ADJUSTMENTS: "adjusted",
    AccountKind.BONUS_CREDIT: "bonus",
}


def sheet_of(currency: str, accounts: list[Account]) -> BalanceSheet:
    """Return the figures of one enrolment's accounts."""
    figures = {
        _FIGURES[account.kind]: account.figure for account in accounts if account.kind in _FIGURES
    }
    return BalanceSheet(currency=currency, **figures)
