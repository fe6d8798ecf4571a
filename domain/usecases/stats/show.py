"""The home of a partner's statistics over a period."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.days import Days, days_of
from domain.entities.partner import Link
from domain.entities.people import Caller
from domain.entities.stats import DayTotal, StatsTotal
from domain.errors import NotFound
from domain.surroundings import Surroundings

ALL_TIME = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsView:
    """The figures of a period.

    Attributes:
        period: How it was asked for.
        days: What that is.
        currency: Of all sums.
        total: The figures.
        earlier_days: What it is compared with; ``None`` for all time.
        earlier: The figures of those days; ``None`` for all time.
        daily: Days that have figures.
        link: Only this link; ``None`` for all of them.
        links: How many links the partner has.
    """

    period: str
    days: Days
    currency: str
    total: StatsTotal
    earlier_days: Days | None
    earlier: StatsTotal | None
    daily: Sequence[DayTotal]
    link: Link | None
    links: int


class ShowStats:
    """Show an admin the figures of a period, beside those of the period before.

    - They are read from the daily roll-ups, however long the history is.
    - The configured time zone decides what a day is.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, period: str = "month", code: str | None = None
    ) -> StatsView:
        """Return the figures, of one link or of all together.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such link.
            BadPeriod: the period names no days.
        """
        today = self._around.clock().astimezone(self._around.zone).date()
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            links = await work.partners.links_of(enrolment.id)
            link = next((link for link in links if link.code == code), None)
            if code is not None and link is None:
                raise NotFound(link=code)
            joined = enrolment.joined_at.astimezone(self._around.zone).date()
            since = await work.reports.first_day(enrolment.id) or joined
            days = days_of(period, today, since=min(since, joined))
            earlier_days = None if period == ALL_TIME else days.before()
            daily = await work.reports.daily(enrolment.id, days.first, days.last, code=code)
            earlier = None
            if earlier_days is not None:
                earlier = await work.reports.total_between(
                    enrolment.id, earlier_days.first, earlier_days.last, code=code
                )
        return StatsView(
            period=period,
            days=days,
            currency=self._around.programs[enrolment.program].currency,
            total=_together(daily),
            earlier_days=earlier_days,
            earlier=earlier,
            daily=daily,
            link=link,
            links=len(links),
        )


def _together(daily: Sequence[DayTotal]) -> StatsTotal:
    return StatsTotal(
        **{name: sum(getattr(day.total, name) for day in daily) for name in StatsTotal.__slots__}
    )
