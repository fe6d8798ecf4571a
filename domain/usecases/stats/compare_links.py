"""The home of comparing a partner's links over a period."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.days import Days, days_of
from domain.entities.partner import Link
from domain.entities.people import Caller
from domain.entities.stats import StatsTotal
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksView:
    """What each link brought in a period, the best first.

    Attributes:
        period: How it was asked for.
        days: What that is.
        currency: Of all sums.
        links: Every link that is not put away, and those put away that brought something.
    """

    period: str
    days: Days
    currency: str
    links: Sequence[tuple[Link, StatsTotal]]


class CompareLinks:
    """Show an admin what each of its links brought."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, period: str = "month") -> LinksView:
        """Return the links with their figures.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            BadPeriod: the period names no days.
        """
        today = self._around.clock().astimezone(self._around.zone).date()
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            joined = enrolment.joined_at.astimezone(self._around.zone).date()
            since = await work.reports.first_day(enrolment.id) or joined
            days = days_of(period, today, since=min(since, joined))
            totals = await work.reports.by_link(enrolment.id, days.first, days.last)
            links = await work.partners.links_of(enrolment.id)
        shown = [
            (link, totals.get(link.code, StatsTotal()))
            for link in links
            if link.archived_at is None or link.code in totals
        ]
        return LinksView(
            period=period,
            days=days,
            currency=self._around.programs[enrolment.program].currency,
            links=sorted(shown, key=lambda pair: _success(pair[1]), reverse=True),
        )


def _success(total: StatsTotal) -> tuple[int, int, int]:
    return total.commissions_minor, total.registrations, total.clicks + total.starts
