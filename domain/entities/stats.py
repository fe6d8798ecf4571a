"""The home of daily figures: what happened on one day through one link."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class StatsKey(NamedTuple):
    """One link of an enrolment on one day of the configured time zone."""

    enrolment_id: int
    code: str
    day: date


@dataclass(slots=True)
class StatsDelta:
    """What to add to a day; amounts in minor units of the program's currency.

    Attributes:
        clicks: Visits through the web link, and ``click.recorded``.
        starts: Deep links opened in Telegram.
        registrations: Clients attributed.
        paying_clients: Of those, who has a payment not fully refunded by now (R9).
        payments: Payments of attributed clients.
        payments_minor: Their sum.
        commissions_minor: What they earned, retained included.
        clawed_back_minor: What refunds took back.
    """

    clicks: int = 0
    starts: int = 0
    registrations: int = 0
    paying_clients: int = 0
    payments: int = 0
    payments_minor: int = 0
    commissions_minor: int = 0
    clawed_back_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsTotal:
    """The same figures over a period."""

    clicks: int = 0
    starts: int = 0
    registrations: int = 0
    paying_clients: int = 0
    payments: int = 0
    payments_minor: int = 0
    commissions_minor: int = 0
    clawed_back_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTotal:
    """The figures of one day that had any."""

    day: date
    total: StatsTotal
