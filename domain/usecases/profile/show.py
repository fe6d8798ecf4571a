"""The home of what the vendor knows about a partner."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_place
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.entities.people import Caller
from domain.entities.standing import StandingChange
from domain.entities.views import Entitlement
from domain.errors import NotFound
from domain.rights import MemberRole
from domain.rules.entitlements import entitlement_of
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A partner as it sees itself.

    Attributes:
        partner: The partner.
        here: The enrolment that the person works in.
        enrolments: All of them in programs that are offered, oldest first.
        members: How many people belong to it.
        admins: How many of them are admins.
        free: What it may use free in the enrolment that the person works in, or ``None``.
        gives_free: The program of that enrolment gives it while a client is active (R25).
        stopped: The vendor's decision that stopped it here, ``None`` while it takes part.
    """

    partner: Partner
    here: Enrolment
    enrolments: Sequence[Enrolment]
    members: int
    admins: int
    free: Entitlement | None = None
    gives_free: bool = False
    stopped: StandingChange | None = None


class ShowProfile:
    """Show an admin what the vendor knows about its partner."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Profile:
        """Return the profile.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            here = place.enrolment
            partner = await work.partners.get(here.partner_id)
            own = await work.partners.enrolments_of(here.partner_id)
            last = await work.standings.last(here.id)
            others = await work.privacy.others(here.partner_id, caller.person.id)
        if partner is None:
            raise NotFound(partner=here.partner_id)
        terms = self._around.programs.get(here.program)
        return Profile(
            partner=partner,
            here=here,
            enrolments=[row for row in own if row.program in self._around.programs],
            members=len(others) + 1,
            free=entitlement_of(terms, here, partner),
            gives_free=bool(terms and terms.free_products),
            admins=1 + sum(role is MemberRole.ADMIN for _, role in others),
            stopped=last if _is_stopped(here) else None,
        )


def _is_stopped(enrolment: Enrolment) -> bool:
    """Test if the vendor, not the partner itself, keeps it from taking part."""
    return enrolment.status is not EnrolmentStatus.ACTIVE and enrolment.left_at is None
