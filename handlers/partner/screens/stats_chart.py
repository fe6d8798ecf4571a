"""The home of statistics as a picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_skeleton

from domain.entities.days import Days, month_of
from domain.entities.stats import DayTotal, StatsTotal
from domain.money import Money
from domain.usecases.stats.show import StatsView
from handlers.partner.screens.links import link_name
from handlers.ui.chart import Chart, Panel
from handlers.ui.language import Language
from handlers.ui.periods import period_text

DAILY_MAX = 45
WEEKLY_MAX = 190
"""Up to so many days each day has a bar, up to so many each week; then each month."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Days that share a bar, and how they are called under it."""

    days: Days
    label: str


def stats_chart(language: Language, view: StatsView) -> Chart:
    """Return visits, registrations and commissions over the period."""
    say = language.say
    parts = _parts(language, view.days)
    sums = [_sum(part.days, view.daily) for part in parts]

    def panel(name: str, value: Callable[[StatsTotal], int]) -> Panel:
        return Panel(
            title=name,
            total=language.number(value(view.total)),
            values=tuple(float(value(total)) for total in sums),
        )

    commissions = [Money(total.commissions_minor, view.currency) for total in sums]
    return Chart(
        title=link_name(language, view.link) if view.link else say("Statistics"),
        subtitle=period_text(language, view.days),
        labels=tuple(part.label for part in parts),
        panels=(
            panel(say("Visits"), lambda total: total.clicks + total.starts),
            panel(say("Registrations"), lambda total: total.registrations),
            Panel(
                title=say("Commissions"),
                total=language.money(Money(view.total.commissions_minor, view.currency)),
                values=tuple(float(amount.decimal) for amount in commissions),
                is_whole=False,
            ),
        ),
        empty=say("nothing yet"),
        language=language.code,
    )


def _parts(language: Language, days: Days) -> list[_Part]:
    if days.count <= DAILY_MAX:
        return [_Part(Days(day, day), _short(language, day)) for day in days]
    if days.count <= WEEKLY_MAX:
        return [_Part(week, _short(language, week.first)) for week in _weeks(days)]
    return [
        _Part(month, str(format_skeleton("yMMM", month.first, locale=language.code)))
        for month in _months(days)
    ]


def _short(language: Language, day: date) -> str:
    return str(format_skeleton("MMMd", day, locale=language.code))


def _weeks(days: Days) -> list[Days]:
    first, found = days.first, []
    while first <= days.last:
        last = min(first + timedelta(days=6 - first.weekday()), days.last)
        found.append(Days(first, last))
        first = last + timedelta(days=1)
    return found


def _months(days: Days) -> list[Days]:
    first, found = days.first, []
    while first <= days.last:
        last = min(month_of(first).last, days.last)
        found.append(Days(first, last))
        first = last + timedelta(days=1)
    return found


def _sum(days: Days, daily: Sequence[DayTotal]) -> StatsTotal:
    own = [day.total for day in daily if days.first <= day.day <= days.last]
    return StatsTotal(
        **{name: sum(getattr(total, name) for total in own) for name in StatsTotal.__slots__}
    )
