"""The home of the part of a unit of work that is about a partner's money."""

from typing import Protocol

from domain.ports.adjustments import Adjustments
from domain.ports.conversions import Conversions
from domain.ports.intake import (
    Ledger,
)
from domain.ports.invoices import Invoices
from domain.ports.payout_documents import PayoutDocuments
from domain.ports.payouts import Payouts
from domain.ports.statements import Statements


class MoneyWork(Protocol):
    """Money: the books, and what partners ask for and are paid."""

    @property
    def ledger(self) -> Ledger:
        """The books."""
        ...

    @property
    def payouts(self) -> Payouts:
        """Pay-outs."""
        ...

    @property
    def payout_documents(self) -> PayoutDocuments:
        """Documents of pay-outs."""
        ...

    @property
    def adjustments(self) -> Adjustments:
        """Adjustments by staff."""
        ...

    @property
    def conversions(self) -> Conversions:
        """Conversions into service credit."""
        ...

    @property
    def invoices(self) -> Invoices:
        """Invoices."""
        ...

    @property
    def statements(self) -> Statements:
        """Months of enrolments."""
        ...
