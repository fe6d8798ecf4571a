"""The home of the cards that a partner shares in any chat: each link of each program."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.entities.partner import EnrolmentStatus, Link
from domain.entities.people import Caller
from domain.programs.model import Program
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCard:
    """One link to share.

    Attributes:
        program: The terms of its program.
        link: The link.
    """

    program: Program
    link: Link


class ListLinkCards:
    """List what a member may share, in every program that its partner is active in (R35)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Sequence[LinkCard]:
        """Return the cards, oldest program first; none for somebody who is no member."""
        if caller.membership is None:
            return []
        partner_id = caller.membership.partner_id
        async with self._around.open_work.read() as work:
            if await work.partners.role_of(caller.person.id, partner_id) is None:
                return []
            return [
                LinkCard(program=self._around.programs[enrolment.program], link=link)
                for enrolment in await work.partners.enrolments_of(partner_id)
                if enrolment.status is EnrolmentStatus.ACTIVE
                and enrolment.program in self._around.programs
                for link in await work.partners.links_of(enrolment.id)
            ]
