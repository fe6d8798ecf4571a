"""The home of forgetting applications that nobody goes on with."""

from dataclasses import replace
from datetime import timedelta

from domain.applying import end_application, mend_card
from domain.filing import remove_files
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.programs.model import Program
from domain.rules.applications import warning_time
from domain.surroundings import Surroundings

CHUNK = 50


class ForgetApplications:
    """Delete drafts, and what was never corrected, that nobody touched for the program's days.

    - What is under review stays, however long it takes.
    - The applicant is told a week before, with the day, and has that week whatever happens: also
      where the product stood still meanwhile. Any change begins the time anew.
    - The applicant is told that it was deleted.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many were deleted."""
        forgotten = 0
        for program in self._around.programs.values():
            while await self._warn(program):
                pass
            while found := await self._forget(program):
                forgotten += found
        return forgotten

    async def _warn(self, program: Program) -> int:
        """Tell some in one transaction that theirs will be deleted; return how many."""
        ahead = warning_time(program.application)
        before = self._around.clock() - timedelta(days=program.application.draft_days) + ahead
        async with self._around.open_work.read() as work:
            if not await work.applications.untouched(
                program.key, before=before, warned=None, limit=1
            ):
                return 0
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            day = (facts.now + ahead).astimezone(self._around.zone).date()
            fading = await work.applications.untouched(
                program.key, before=before, warned=None, limit=CHUNK
            )
            for application in fading:
                await work.applications.update(replace(application, warned_at=facts.now))
                facts.tell_person(
                    application.person_id,
                    "application_fading",
                    {
                        "application_id": application.id,
                        "number": application.number,
                        "program": program.key,
                        "day": day.isoformat(),
                    },
                )
            await save_facts(facts, work)
            await work.commit()
        return len(fading)

    async def _forget(self, program: Program) -> int:
        """Delete some in one transaction; return how many."""
        now = self._around.clock()
        before = now - timedelta(days=program.application.draft_days)
        warned = now - warning_time(program.application)
        async with self._around.open_work.read() as work:
            if not await work.applications.untouched(
                program.key, before=before, warned=warned, limit=1
            ):
                return 0
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            overdue = await work.applications.untouched(
                program.key, before=before, warned=warned, limit=CHUNK
            )
            removed: tuple[int, ...] = ()
            for application in overdue:
                ended, file_ids = await end_application(work, application, facts.now)
                removed += file_ids
                mend_card(facts, ended)
                facts.tell_person(
                    application.person_id,
                    "application_forgotten",
                    {"number": application.number, "program": program.key},
                )
            await save_facts(facts, work)
            await work.commit()
        await remove_files(self._around, removed)
        return len(overdue)
