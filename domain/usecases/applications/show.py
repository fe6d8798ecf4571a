"""The home of reading applications: one's own, and all of them for staff."""

from collections.abc import Sequence

from domain.access import require_staff
from domain.applying import (
    ApplicationView,
    audit_by_staff,
    own_view,
    staff_view,
    view_of,
)
from domain.entities.application import ApplicationFile, ApplicationStatus
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.intake.holds import new_facts
from domain.ports.applications import Place
from domain.programs.model import JoiningMode
from domain.rules.applications import ApplicationDecided, ApplicationIncomplete
from domain.surroundings import Surroundings

PAGE_SIZE = 8


class ShowOwnApplication:
    """Show a person its own applications: how far each is, and what was said of it."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, application_id: int) -> ApplicationView:
        """Return one.

        Raises:
            NotFound: there is none, or it is somebody else's.
        """
        async with self._around.open_work.read() as work:
            return await own_view(self._around, work, caller, application_id)

    async def ready(self, caller: Caller, application_id: int) -> ApplicationView:
        """Return one that can be sent now.

        Raises:
            NotFound: there is none, or it is somebody else's.
            ApplicationDecided: it is not the applicant's turn.
            ApplicationIncomplete: something is missing, refused or wrong.
        """
        view = await self(caller, application_id)
        if not view.can_be_changed:
            raise ApplicationDecided(
                status=view.application.status.value, number=view.application.number
            )
        if view.progress.open_items or not view.progress.fields:
            raise ApplicationIncomplete(
                application_id=application_id,
                items=tuple(item.key.value for item in view.progress.open_items),
            )
        return view

    async def open(self, caller: Caller, program: str | None = None) -> Sequence[ApplicationView]:
        """Return what is under way, for one program or all; what is offered no more stays out.

        Where no program takes applications, nothing is read.
        """
        offered = self._around.programs.values()
        if not any(one.joining is JoiningMode.APPLICATION for one in offered):
            return ()
        async with self._around.open_work.read() as work:
            found = await work.applications.open_of(caller.person.id, program)
            return [
                await view_of(self._around, work, one.id)
                for one in found
                if self._takes(one.program)
            ]

    def _takes(self, key: str) -> bool:
        program = self._around.programs.get(key)
        return program is not None and program.joining is JoiningMode.APPLICATION


class ListApplications:
    """Show staff the applications by where they stand; those that wait, oldest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, status: ApplicationStatus | None, after: Place | None = None
    ) -> Sequence[ApplicationFile]:
        """Return the page after this place; one more row tells that there is more.

        Raises:
            NotAllowed: the caller may not read applications, or not here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "application.read", self._around.owners)
            return await work.applications.listed(status, after=after, limit=PAGE_SIZE + 1)

    async def card(self, caller: Caller, application_id: int) -> ApplicationView:
        """Return an application as its card shows it.

        Raises:
            NotAllowed: the caller may not read applications, or not here.
            NotFound: there is none.
        """
        async with self._around.open_work.read() as work:
            view, _ = await staff_view(
                self._around, work, caller, "application.read", application_id
            )
        return view

    async def reveal(self, caller: Caller, application_id: int) -> ApplicationView:
        """Return an application to be shown unmasked; who looked is audited.

        Raises:
            NotAllowed: the caller may not see it in full, or not here.
            NotFound: there is none.
        """
        async with self._around.open_work(books=False) as work:
            view, role = await staff_view(
                self._around, work, caller, "application.reveal", application_id
            )
            facts = new_facts(self._around)
            await audit_by_staff(work, facts, caller, role, "application_opened", view.application)
            await work.commit()
        return view


class ShowApplicationCard:
    """Show the card of an application as the admin chat gets it."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, application_id: int) -> ApplicationView | None:
        """Return the application, ``None`` where it or its program is gone."""
        async with self._around.open_work.read() as work:
            try:
                return await view_of(self._around, work, application_id)
            except NotFound:
                return None
