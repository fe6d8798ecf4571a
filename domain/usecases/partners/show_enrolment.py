"""The home of what a partner sees of its own place in a program."""

from dataclasses import dataclass

from domain.access import own_enrolment
from domain.entities.partner import Enrolment, Partner
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import Program
from domain.rules.tiers import TierProgress, counted_clients, tier_at
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentView:
    """A partner's own place in a program.

    Attributes:
        partner: The partner.
        enrolment: Its enrolment.
        program: The terms that hold.
        counted: Clients that count for the tier, by the program's basis.
        progress: Tier and what is missing to the next.
    """

    partner: Partner
    enrolment: Enrolment
    program: Program
    counted: int
    progress: TierProgress


class ShowEnrolment:
    """Show a partner its link, status and tier.

    Every member may see the link; the tier, as everything about money, is for admins (R35).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, program: str | None = None, *, admin: bool = False
    ) -> EnrolmentView:
        """Return the caller's enrolment in the program, or its oldest one.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: what is shown is for admins only, and the person is none.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller, program, admin=admin)
            partner = await work.partners.get(enrolment.partner_id)
        if partner is None:
            raise NotFound(partner=enrolment.partner_id)
        terms = self._around.programs[enrolment.program]
        counted = counted_clients(enrolment, terms.tier_basis)
        return EnrolmentView(
            partner=partner,
            enrolment=enrolment,
            program=terms,
            counted=counted,
            progress=tier_at(terms.tiers, counted),
        )
