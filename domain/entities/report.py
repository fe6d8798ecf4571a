"""The home of a program's report: what happened in a period, and what is owed now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.entities.days import Days
from domain.entities.stats import StatsTotal


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """A program's figures over a period; sums in minor units of its currency.

    Attributes:
        total: From the daily roll-ups of all partners.
        new_partners: Who joined in these days.
        busy_partners: Who had a visit, registration or payment in these days.
        payouts: How many pay-outs were sent in these days.
        payouts_minor: Their sum.
    """

    total: StatsTotal = field(default_factory=StatsTotal)
    new_partners: int = 0
    busy_partners: int = 0
    payouts: int = 0
    payouts_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What the vendor owes to all partners of a program now.

    Attributes:
        payable: Can be asked for.
        held: Waits for the end of its hold.
        reserved: Is in pay-outs that are not sent yet.
    """

    payable: int = 0
    held: int = 0
    reserved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TopPartner:
    """A partner of a period, by what it earned."""

    name: str
    code: str
    registrations: int
    paying_clients: int
    commissions_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """How many partners accepted changed terms (R30).

    Attributes:
        version: Of the terms.
        accepted: Active partners that accepted them.
        partners: Active partners.
        waiting: Codes of the first of those that have not.
    """

    version: int
    accepted: int
    partners: int
    waiting: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramReport:
    """The report of one program.

    Attributes:
        program: Its key.
        currency: Of all sums.
        period: How the period was asked for.
        days: What that is.
        earlier_days: What it is compared with; ``None`` for all time.
        now: The figures of the period.
        earlier: The figures of the days before.
        partners: How many partners are active now.
        owed: What is owed now.
        top: The best partners of the period.
        daily: Days that have figures, in order.
        acceptance: Of the latest terms that partners have to accept again, or ``None``.
    """

    program: str
    currency: str
    period: str
    days: Days
    earlier_days: Days | None
    now: PeriodFigures
    earlier: PeriodFigures | None
    partners: int
    owed: Owed
    top: Sequence[TopPartner] = ()
    daily: Sequence[tuple[date, StatsTotal]] = ()
    acceptance: Acceptance | None = None
