"""The home of a program's figures as a picture."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from babel.dates import format_skeleton

from domain.entities.days import Days, month_of
from domain.entities.report import ProgramReport
from domain.entities.stats import StatsTotal
from domain.money import Money
from domain.programs.model import Program
from handlers.staff.screens.report import days_text, title_of
from handlers.ui.chart import Chart, Panel
from handlers.ui.language import Language

DAILY_MAX = 45
WEEKLY_MAX = 190
"""Up to so many days each day has a bar, up to so many each week; then each month."""


def report_chart(language: Language, report: ProgramReport, program: Program | None) -> Chart:
    """Return visits, registrations, payments and commissions over the period."""
    say, whole = language.say, report.now.total
    parts = _parts(report.days)
    sums = [_sum(part, report.daily) for part in parts]

    def panel(name: str, value: Callable[[StatsTotal], int]) -> Panel:
        values = tuple(float(value(total)) for total in sums)
        return Panel(title=name, total=language.number(value(whole)), values=values)

    def money_panel(name: str, value: Callable[[StatsTotal], int]) -> Panel:
        amounts = [Money(value(total), report.currency) for total in sums]
        return Panel(
            title=name,
            total=language.money(Money(value(whole), report.currency)),
            values=tuple(float(amount.decimal) for amount in amounts),
            is_whole=False,
        )

    return Chart(
        title=title_of(language, program, report.program),
        subtitle=days_text(language, report.days),
        labels=tuple(_label(language, part, report.days) for part in parts),
        panels=(
            panel(say("Visits").plain, lambda total: total.clicks + total.starts),
            panel(say("Registrations").plain, lambda total: total.registrations),
            money_panel(say("Payments").plain, lambda total: total.payments_minor),
            money_panel(say("Commissions").plain, lambda total: total.commissions_minor),
        ),
        empty=say("nothing yet").plain,
        language=language.code,
    )


def _parts(days: Days) -> list[Days]:
    """Return the days that share a bar each."""
    if days.count <= DAILY_MAX:
        return [Days(day, day) for day in days]

    def end(first: date) -> date:
        is_weekly = days.count <= WEEKLY_MAX
        return first + timedelta(days=6 - first.weekday()) if is_weekly else month_of(first).last

    first, found = days.first, []
    while first <= days.last:
        part = Days(first, min(end(first), days.last))
        found.append(part)
        first = part.last + timedelta(days=1)
    return found


def _label(language: Language, part: Days, whole: Days) -> str:
    skeleton = "MMMd" if whole.count <= WEEKLY_MAX else "yMMM"
    return str(format_skeleton(skeleton, part.first, locale=language.code))


def _sum(part: Days, daily: Sequence[tuple[date, StatsTotal]]) -> StatsTotal:
    own = [total for day, total in daily if part.first <= day <= part.last]
    return StatsTotal(
        **{name: sum(getattr(total, name) for total in own) for name in StatsTotal.__slots__}
    )
