"""The home of staff and the vendor's systems looking a partner up."""

from domain.access import require_staff
from domain.entities.people import Caller
from domain.entities.views import PartnerOverview
from domain.errors import NotFound
from domain.intake.holds import release_holds
from domain.rights import may
from domain.rules.masking import mask_overview
from domain.surroundings import Surroundings


class FindPartner:
    """Show staff a partner by the code of any of its links, with figures and balance.

    - Who may not see personal data sees the partner and its members masked (A07).
    - Holds that have ended are released before the balance is read (R14).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, code: str) -> PartnerOverview:
        """Return the partner.

        Raises:
            NotAllowed: the caller is not staff with that right in the admin chat.
            NotFound: no partner has the code.
        """
        async with self._around.open_work.read() as work:
            role = await require_staff(work, caller, "partner.read", self._around.owners)
            links = await work.enrolments.by_codes([code.lower()])
        for enrolment_id in links.values():
            await release_holds(self._around, enrolment_id)
        async with self._around.open_work.read() as work:
            overview = await work.reports.overview(code)
        if overview is None:
            raise NotFound(code=code)
        return overview if may(role, "partner.read_unmasked") else mask_overview(overview)
