"""The home of a person seeing what is stored about it (R37)."""

from dataclasses import dataclass

from domain.entities.application import Application
from domain.entities.partner import Partner
from domain.entities.people import Caller
from domain.entities.views import ClientView
from domain.filing import own_dossiers
from domain.ports.work import Work
from domain.rights import MemberRole
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """What is stored about a person.

    Attributes:
        caller: The person with its roles.
        client: What is stored of it as a client, or ``None``.
        inviter: Name of the partner that invited it, or ``None``.
        protector: Name of the partner for which the vendor's sales leave it alone, or ``None``.
        partner_name: Name of the partner it belongs to, or ``None``.
        vendor_account_id: Of that partner, for its admins; else ``None``.
        papers: How many files of papers the person handed in, or its partner, for an admin.
        may_erase_papers: Some of them led to no partner, so the person may erase those itself.
        sends_mail: A mail server is configured, so an address can be named.
        email: The address that the person named for e-mail, or ``None``.
        applications: Its applications that something can come of yet.
    """

    caller: Caller
    client: ClientView | None
    inviter: str | None
    partner_name: str | None
    vendor_account_id: str | None
    papers: int = 0
    may_erase_papers: bool = False
    email: str | None = None
    applications: tuple[Application, ...] = ()
    sends_mail: bool = False
    protector: str | None = None


class ShowOwnData:
    """Show a person everything that is stored about it."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> OwnData:
        """Return it."""
        async with self._around.open_work.read() as work:
            client = await work.reports.client_of_person(caller.person.id)
            code = next((code for code in client.codes if code), None) if client else None
            found = await work.partners.by_code(code) if code else None
            guard = client.protected_by if client and client.is_protected else None
            protector = await work.claims.partner_of(guard) if guard is not None else None
            partner, is_admin = await self._partner(work, caller)
            own = await own_dossiers(work, caller.person.id, partner if is_admin else None)
            papers = sum([len(await work.papers.present(dossier_id)) for dossier_id in own])
            may_erase = [each for each in own if not await work.papers.has_partner(each)]
            applied = await work.applications.open_of(caller.person.id)
            address = await work.mails.address(caller.person.id)
        return OwnData(
            caller=caller,
            client=client,
            inviter=found[0].name if found else None,
            protector=protector[1] if protector else None,
            partner_name=partner.name if partner else None,
            vendor_account_id=partner.vendor_account_id if partner and is_admin else None,
            papers=papers,
            may_erase_papers=bool(may_erase),
            sends_mail=self._around.open_work.sends_mail,
            email=address.address if address else None,
            applications=tuple(applied),
        )

    async def _partner(self, work: Work, caller: Caller) -> tuple[Partner | None, bool]:
        """Return the partner that the person belongs to now, and whether it is an admin."""
        if caller.membership is None:
            return None, False
        partner_id = caller.membership.partner_id
        role = await work.partners.role_of(caller.person.id, partner_id)
        partner = await work.partners.get(partner_id) if role else None
        return partner, role is MemberRole.ADMIN
