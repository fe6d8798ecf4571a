"""The home of joining by accepting the rules (R30)."""

from dataclasses import dataclass

from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.errors import DomainError, NotAllowed, NotFound
from domain.intake.enrolling import add_partner, come_back, enrol
from domain.programs.model import JoiningMode
from domain.rights import MemberRole
from domain.surroundings import Surroundings


class JoinsByApplication(DomainError):
    """The program wants an application, not a press."""

    code = "joins_by_application"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What joining ended in.

    Attributes:
        enrolment: The enrolment, new or standing.
        is_new: It was made by this press.
        is_back: A partner that had left takes part again by this press.
    """

    enrolment: Enrolment
    is_new: bool
    is_back: bool = False


class AcceptRules:
    """Let a person become a partner by pressing Activate.

    - The version of the rules that was accepted is kept (R30).
    - The person becomes admin of a new partner; only an admin takes its partner into one more
      program (A04).
    - A second press finds the same enrolment.
    - A partner that left by itself takes up the same enrolment: code, clients, balance.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program_key: str) -> Joined:
        """Return the enrolment.

        Raises:
            NotFound: there is no such program.
            JoinsByApplication: the program wants an application.
            NotAllowed: the person is a member of a partner that is not in it, and no admin.
        """
        program = self._around.programs.get(program_key)
        if program is None:
            raise NotFound(program=program_key)
        if program.joining is not JoiningMode.ACCEPT_RULES:
            raise JoinsByApplication(program=program_key)
        async with self._around.open_work() as work:
            standing = await work.people.caller(caller.person.id)
            membership = standing.membership if standing else None
            partner_id = membership.partner_id if membership else 0
            enrolments = await work.partners.enrolments_of(partner_id) if partner_id else []
            own = next((row for row in enrolments if row.program == program_key), None)
            if own is not None and own.left_at is None:
                return Joined(enrolment=own, is_new=False)
            if membership is not None and membership.role is not MemberRole.ADMIN:
                raise NotAllowed(right="partner.admin")
            partner_id = partner_id or await add_partner(
                self._around, work, caller.person.id, caller.person.name
            )
            if own is not None:
                enrolment = await come_back(self._around, work, program, own)
            else:
                enrolment = await enrol(self._around, work, program, partner_id)
            await work.people.choose_enrolment(caller.person.id, partner_id, program_key)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="partner",
                action="rules_accepted",
                subject=f"enrolment:{enrolment.id}",
                details={"program": program_key, "version": program.version},
            )
            await work.commit()
        return Joined(enrolment=enrolment, is_new=own is None, is_back=own is not None)
