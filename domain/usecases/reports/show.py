"""The home of the report of a program over a period."""

from domain.access import require_staff
from domain.entities.days import days_of, read_days
from domain.entities.people import Caller
from domain.entities.report import Acceptance, ProgramReport
from domain.errors import NotFound
from domain.ports.work import Work
from domain.surroundings import Surroundings

ALL_TIME = "all"
TOP = 5
WAITING_SHOWN = 10


class ShowReport:
    """Show staff how a program does, beside the period before (A57).

    - Figures come from the daily roll-ups and the running balances, however long history is.
    - The configured time zone decides what a day is.
    - Nothing personal is in it but the names of partners.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    def read_period(self, text: str) -> str:
        """Return the key of a typed period.

        Raises:
            BadPeriod: the text is none.
        """
        return read_days(text, self._around.clock().astimezone(self._around.zone).date()).key()

    async def __call__(
        self, caller: Caller, period: str = "month", program: str | None = None
    ) -> ProgramReport:
        """Return the report of a program, or of the first one.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such program.
            BadPeriod: the period names no days.
        """
        zone = self._around.zone
        today = self._around.clock().astimezone(zone).date()
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "report.read", self._around.owners)
            key = program or next(iter(self._around.programs))
            if key not in self._around.programs:
                raise NotFound(program=key)
            reports = work.program_reports
            days = days_of(period, today, since=await reports.first_day(key) or today)
            earlier_days = None if period == ALL_TIME else days.before()
            earlier = None
            if earlier_days is not None:
                earlier = await reports.figures(key, earlier_days, earlier_days.instants(zone))
            return ProgramReport(
                program=key,
                currency=self._around.programs[key].currency,
                period=period,
                days=days,
                earlier_days=earlier_days,
                now=await reports.figures(key, days, days.instants(zone)),
                earlier=earlier,
                partners=await reports.partners(key),
                owed=await reports.owed(key),
                top=await reports.top(key, days, TOP),
                daily=await reports.daily(key, days),
                acceptance=await self._acceptance(work, key),
            )

    async def _acceptance(self, work: Work, key: str) -> Acceptance | None:
        asked = [terms for terms in self._around.programs[key].versions[1:] if terms.is_to_accept]
        if not asked:
            return None
        version = asked[-1].version
        accepted, partners = await work.terms.acceptance(key, version)
        return Acceptance(
            version=version,
            accepted=accepted,
            partners=partners,
            waiting=await work.terms.not_accepted(key, version, limit=WAITING_SHOWN),
        )
