"""The home of the calculator: what so many clients would bring, by the rate table itself (R44)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.money import SAME_CURRENCY, Money, Rate
from domain.period import add_months
from domain.programs.model import Program
from domain.programs.model_rates import ANY, NO_RATE, RateRow, Settlement, TierLevel
from domain.rules.commission import row_for
from domain.rules.shares import room_of
from domain.rules.tiers import TierProgress, tier_at

MONTHS = 12
_START = datetime(2026, 1, 1, tzinfo=UTC)
"""Any day that every month has: months are counted from it, nothing else is read of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to earn that has a rate of its own.

    Attributes:
        category: Category of what the client pays for, ``None`` for all others.
        settlement: Who collects the money, ``None`` where it does not matter.
    """

    category: str | None
    settlement: Settlement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """What one way of earning would bring.

    Attributes:
        way: Which one.
        rate: The share in the first month; 0 below the lowest tier and for a fixed amount.
        month: Earned in the first month in which all clients pay, but for what only a client's
            first payment brings.
        year: Earned in the first 12 months of these clients, less where they earn for less.
        credit_month: The month taken as service credit with its bonus; ``None`` without one.
    """

    way: Way
    rate: Rate
    month: Money
    year: Money
    credit_month: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What the same bill brings once a tier is reached.

    Attributes:
        level: The tier.
        rates: The share of each way, in the order of the ways; ``None`` where there is none.
        month: What each way earns a month at the first count of clients of the tier.
    """

    level: TierLevel
    rates: tuple[Rate | None, ...]
    month: tuple[Money, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a partner would earn.

    Attributes:
        program: By whose rate table.
        clients: So many clients pay each month.
        bill: So much each.
        progress: The tier that holds with all of them paying, and the next one.
        months: How many of the first 12 months earn.
        earnings: One for each way; empty for a program that pays nothing.
        steps: One for each tier, lowest first.
    """

    program: Program
    clients: int
    bill: Money
    progress: TierProgress
    months: int
    earnings: tuple[Earning, ...]
    steps: tuple[Step, ...]


def forecast(program: Program, clients: int, bill: Money) -> Forecast:
    """Return what the clients bring when each pays the bill once a month.

    Each commission is rounded by itself, as the books do it (R11). All clients count for the
    tier, so this is the state once everybody pays; the steps show the way up to it (R8).
    """
    ways = tuple(_ways(program.rates))
    progress = tier_at(program.tiers, clients)
    tier = progress.level.key if progress.level else None
    months = min(MONTHS, program.duration_months or MONTHS)
    return Forecast(
        program=program,
        clients=clients,
        bill=bill,
        progress=progress,
        months=months,
        earnings=tuple(_earning(program, way, tier, clients, bill, months) for way in ways),
        steps=tuple(_step(program, ways, level, bill) for level in program.tiers),
    )


def _ways(rates: Sequence[RateRow]) -> Iterator[Way]:
    """Yield every way of which some row speaks, in the order of the table."""
    settlements: tuple[Settlement | None, ...] = (None,)
    if any(row.settlement != ANY for row in rates):
        settlements = tuple(Settlement)
    for category in dict.fromkeys(row.category for row in rates):
        for settlement in settlements:
            if any(
                row.category in (ANY, category) and row.settlement in (ANY, settlement or ANY)
                for row in rates
            ):
                yield Way(category=None if category == ANY else category, settlement=settlement)


def _row(
    program: Program, way: Way, tier: str | None, month: int = 0, *, is_first: bool = False
) -> RateRow | None:
    return row_for(
        program.rates,
        category=way.category,
        tier=tier,
        settlement=way.settlement or Settlement.DIRECT,
        registered_at=_START,
        paid_at=add_months(_START, month),
        is_first=is_first,
    )


def _rate(program: Program, way: Way, tier: str | None) -> Rate | None:
    row = _row(program, way, tier)
    return row.rate if row else None


def _earning(
    program: Program, way: Way, tier: str | None, clients: int, bill: Money, months: int
) -> Earning:
    """Return what a way brings; below the lowest tier nothing is earned (R9)."""
    is_below = bool(program.tiers) and tier is None
    rate = None if is_below else _rate(program, way, tier)

    def each(month: int, *, is_first: bool = False) -> int:
        if is_below:
            return 0
        return _one(program, _row(program, way, tier, month, is_first=is_first), bill)

    month = _months(program, clients, [each(0)])
    year = _months(program, clients, [each(m, is_first=m == 0) for m in range(months)])
    return Earning(
        way=way,
        rate=rate or NO_RATE,
        month=Money(month, bill.currency),
        year=Money(year, bill.currency),
        credit_month=_credit(program, clients, bill, (rate or NO_RATE, month)),
    )


def _months(program: Program, clients: int, each: Sequence[int]) -> int:
    """Return what months bring in which every client earns so much, within the caps."""
    total = of_client = 0
    for one in each:
        room = room_of((program.client_cap, of_client))
        earned = one if room is None else min(one, room)
        of_client += earned
        most = room_of((program.month_cap, 0))
        total += clients * earned if most is None else min(clients * earned, most)
    return total


def _one(program: Program, row: RateRow | None, bill: Money) -> int:
    """Return what one payment of the bill earns by a row, in minor units."""
    least, most = program.minimum_payment, program.payment_cap
    if row is None or (least is not None and bill.minor < least.minor):
        return 0
    earned = row.amount.minor if row.amount else _share(bill, row.rate, program.tax.bps)
    return min(earned, most.minor) if most is not None else earned


def _share(bill: Money, rate: Rate, tax_bps: int = 0) -> int:
    return rate.of(bill.minor, bill.currency, bill.currency, SAME_CURRENCY, tax_bps=tax_bps)


def _credit(program: Program, clients: int, bill: Money, earned: tuple[Rate, int]) -> Money | None:
    """Return the month as service credit with the bonus, given its rate and sum (R20)."""
    rate, month = earned
    if program.conversion is None or rate.bps == 0:
        return None
    one = _share(bill, rate, program.tax.bps)
    # Behind a month that a cap has cut there are fewer commissions, each with its bonus.
    earning = min(clients, -(-month // one)) if one else 0
    is_of_payment = program.conversion.bonus_base == "payment"
    base = bill if is_of_payment else Money(one, bill.currency)
    return Money(month + earning * _share(base, program.conversion.bonus), bill.currency)


def _step(program: Program, ways: Sequence[Way], level: TierLevel, bill: Money) -> Step:
    return Step(
        level=level,
        rates=tuple(_rate(program, way, level.key) for way in ways),
        month=tuple(
            Money(
                _months(
                    program,
                    level.from_clients,
                    [_one(program, _row(program, way, level.key), bill)],
                ),
                bill.currency,
            )
            for way in ways
        ),
    )
