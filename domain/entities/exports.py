"""The home of what can be taken out as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from domain.entities.days import Days
from domain.entities.views import CommissionView, Cursor, PaymentRow, PayoutView, ReferralRow

EXPORT_PAGE_SIZE = 500
"""Rows that are read and written at once: memory stays flat, however many there are."""
ExportRow: TypeAlias = ReferralRow | PaymentRow | CommissionView | PayoutView


class ExportKind(StrEnum):
    """Which table."""

    REGISTRATIONS = "registrations"
    PAYMENTS = "payments"
    COMMISSIONS = "commissions"
    PAYOUTS = "payouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """One page of a table, newest first.

    Attributes:
        kind: Which table.
        rows: All of one type, that of the kind.
        following: Where the next page begins, ``None`` on the last.
        days: The period; ``None`` for all time.
        reached: The instant of the last row, for showing how far it is.
    """

    kind: ExportKind
    rows: Sequence[ExportRow]
    following: Cursor | None
    days: Days | None
    reached: datetime | None
