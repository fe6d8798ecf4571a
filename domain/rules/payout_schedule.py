"""The home of the pay-out schedule: which period a pay-out is of, and on which day it is made."""

from dataclasses import dataclass
from datetime import date

from domain.errors import DomainError
from domain.programs.model import PayoutSchedule, Program

PREPARE_DAYS = 7
"""So many days before a pay-out a partner is told what is missing for it."""


class PayoutsScheduled(DomainError):
    """The program pays by itself on its days; the facts say when, and what is missing for it."""

    code = "payouts_scheduled"


class NoPayoutSchedule(DomainError):
    """The program pays when a partner asks, so it keeps no account beforehand."""

    code = "no_payout_schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutPeriod:
    """A month or a quarter that is paid together.

    Attributes:
        key: ``2026-10`` or ``2026-Q4``; later ones sort later.
        due: The day on which its pay-outs are made: after the period has ended.
    """

    key: str
    due: date


def period_due(program: Program, today: date) -> PayoutPeriod | None:
    """Return the latest period whose day has come; ``None`` where partners ask themselves."""
    months = _MONTHS.get(program.payout_schedule)
    return _period(program, _latest_due(program, today), months) if months else None


def next_period(program: Program, today: date) -> PayoutPeriod | None:
    """Return the period that is paid next, after today; ``None`` where partners ask themselves."""
    months = _MONTHS.get(program.payout_schedule)
    return _period(program, _latest_due(program, today) + months, months) if months else None


_MONTHS = {PayoutSchedule.MONTHLY: 1, PayoutSchedule.QUARTERLY: 3}


def _latest_due(program: Program, today: date) -> int:
    """Return the month, counted from year 0, in which the latest period was due."""
    months = _MONTHS[program.payout_schedule]
    month = today.year * 12 + today.month - 1
    come = month if today.day >= program.payout_day else month - 1
    return come // months * months


def _period(program: Program, due: int, months: int) -> PayoutPeriod:
    begin = due - months
    year, month = begin // 12, begin % 12 + 1
    key = f"{year:04d}-{month:02d}" if months == 1 else f"{year:04d}-Q{(month - 1) // months + 1}"
    return PayoutPeriod(key=key, due=date(due // 12, due % 12 + 1, program.payout_day))
