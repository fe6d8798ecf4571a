"""The home of staff and the vendor's systems looking a partner up."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.team import Member
from domain.entities.views import PartnerOverview, PaymentRow, PayoutView
from domain.errors import NotFound
from domain.intake.holds import release_holds
from domain.rights import StaffRole, may
from domain.rules.masking import mask_member, mask_overview, mask_payment, mask_payout
from domain.surroundings import Surroundings

RECENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFile:
    """A partner as staff see it.

    Attributes:
        overview: Figures and balance.
        payments: The newest payments of its clients.
        payouts: The newest pay-outs.
        role: The reader's.
        is_masked: The partner and its members are masked.
        team: Who belongs to it, oldest first.
    """

    overview: PartnerOverview
    payments: Sequence[PaymentRow]
    payouts: Sequence[PayoutView]
    role: StaffRole
    is_masked: bool
    team: Sequence[Member] = ()


class FindPartner:
    """Show staff a partner by the code of any of its links, with figures and balance.

    - Who may not see personal data sees the partner and its members masked (A07), and clients
      likewise (A19).
    - Holds that have ended are released before the balance is read (R14).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, code: str | int) -> PartnerFile:
        """Return the partner.

        Args:
            caller: Who asks.
            code: The code of any of its links, or the id of its enrolment.

        Raises:
            NotAllowed: the caller is not staff with that right in the admin chat.
            NotFound: no partner has the code.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "partner.read", self._around.owners)
            links = await work.enrolments.by_codes([code.lower()]) if isinstance(code, str) else {}
        enrolment_id = code if isinstance(code, int) else next(iter(links.values()), None)
        if enrolment_id is None:
            raise NotFound(code=code)
        await release_holds(self._around, enrolment_id)
        async with self._around.open_work.read() as work:
            overview = await work.reports.overview_of(enrolment_id)
            if overview is None:
                raise NotFound(code=code)
            payments = await work.reports.payments(enrolment_id, before=None, limit=RECENT)
            payouts = await work.reports.payouts(
                enrolment_id=enrolment_id, in_progress_only=False, before=None, limit=RECENT
            )
            team = await work.team.members(overview.partner.id)
        is_masked = not may(role, "partner.read_unmasked")
        if not may(role, "client.read_unmasked"):
            payments = [mask_payment(row) for row in payments]
        return PartnerFile(
            overview=mask_overview(overview) if is_masked else overview,
            payments=payments,
            payouts=[mask_payout(row) for row in payouts] if is_masked else payouts,
            role=role,
            is_masked=is_masked,
            team=[mask_member(row) for row in team] if is_masked else team,
        )
