"""The home of a person's own enrolments, and the one that it works in."""

from collections.abc import Sequence
from dataclasses import replace

from domain.entities.people import Caller, Membership, OwnEnrolment
from domain.errors import NotFound
from domain.surroundings import Surroundings


class ListOwnEnrolments:
    """List the enrolments of every partner that a person belongs to; its own only."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Sequence[OwnEnrolment]:
        """Return those whose program is still offered, oldest first."""
        async with self._around.open_work.read() as work:
            own = await work.people.own_enrolments(caller.person.id)
        return [enrolment for enrolment in own if enrolment.program in self._around.programs]


class ChooseEnrolment:
    """Let a person work in one of its enrolments: link, tier and balance are of that one."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, enrolment_id: int) -> tuple[Caller, OwnEnrolment]:
        """Return the caller as it is from now on, and the enrolment.

        Raises:
            NotFound: it is no enrolment of the person's partners.
        """
        async with self._around.open_work(books=False) as work:
            own = await work.people.own_enrolments(caller.person.id)
            chosen = next((one for one in own if one.id == enrolment_id), None)
            if chosen is None or chosen.program not in self._around.programs:
                raise NotFound(enrolment=enrolment_id)
            await work.people.choose_enrolment(caller.person.id, chosen.partner_id, chosen.program)
            await work.commit()
        membership = Membership(
            partner_id=chosen.partner_id,
            role=chosen.role,
            program=chosen.program,
            enrolments=len(own),
        )
        return replace(caller, membership=membership), chosen
