"""The home of showing a partner its links."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_place
from domain.entities.partner import Enrolment, Link
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import Program
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLinks:
    """The links of a partner in one program.

    Attributes:
        enrolment: Whose.
        program: The terms.
        links: All of them, oldest first; the first one is the enrolment's own.
    """

    enrolment: Enrolment
    program: Program
    links: Sequence[Link]

    def link(self, code: str) -> Link:
        """Return one of them.

        Raises:
            NotFound: none has the code.
        """
        found = next((link for link in self.links if link.code == code), None)
        if found is None:
            raise NotFound(link=code)
        return found


class ListLinks:
    """Show a partner its links; every member may see them (R35)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> OwnLinks:
        """Return the links.

        Raises:
            NotAPartner: the person takes part in no program.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller, admin=False)
            links = await work.partners.links_of(place.enrolment.id)
        return OwnLinks(
            enrolment=place.enrolment,
            program=self._around.programs[place.enrolment.program],
            links=links,
        )
