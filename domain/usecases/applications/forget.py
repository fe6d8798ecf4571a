"""The home of forgetting applications that nobody goes on with."""

from datetime import datetime, timedelta

from domain.applying import end_application, mend_card
from domain.filing import remove_files
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.surroundings import Surroundings

CHUNK = 50


class ForgetApplications:
    """Delete drafts, and what was never corrected, that nobody touched for the program's days.

    What is under review stays, however long it takes. The applicant is told that it was deleted.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many were deleted."""
        forgotten = 0
        for program in self._around.programs.values():
            before = self._around.clock() - timedelta(days=program.application.draft_days)
            while found := await self._forget(program.key, before):
                forgotten += found
        return forgotten

    async def _forget(self, program: str, before: datetime) -> int:
        """Delete some in one transaction; return how many."""
        async with self._around.open_work.read() as work:
            if not await work.applications.untouched(program, before=before, limit=1):
                return 0
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            overdue = await work.applications.untouched(program, before=before, limit=CHUNK)
            removed: tuple[int, ...] = ()
            for application in overdue:
                ended, file_ids = await end_application(work, application, facts.now)
                removed += file_ids
                mend_card(facts, ended)
                facts.tell_person(
                    application.person_id,
                    "application_forgotten",
                    {"number": application.number, "program": program},
                )
            await save_facts(facts, work)
            await work.commit()
        await remove_files(self._around, removed)
        return len(overdue)
