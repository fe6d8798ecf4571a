"""The home of opening an invitation that came by e-mail, and of registering by it."""

from dataclasses import dataclass

from domain.contacts import normal_email, normal_phone
from domain.entities.client import Click, ClickSource, Client
from domain.entities.client_invitation import ClientInvitation, InvitationStatus
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.entities.people import Caller
from domain.events.types import ClientRegistered
from domain.ids import encode, hash_of
from domain.intake.apply import Incoming
from domain.intake.apply_clients import register_in_bot
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.load import load_facts
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.programs.model import Program
from domain.rules.inviting import ClientInvitationVoid, read_contact
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What the reader of an invitation sees.

    Attributes:
        partner: Who invites.
        program: Into which program.
        code: The partner's own code.
        name: As the partner typed it; hostile text, may be empty.
        address: To which the e-mail went.
    """

    partner: Partner
    program: Program
    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredByMail:
    """What registering ended in.

    Attributes:
        client: The client that was made, ``None`` where the person is one already.
        partner_name: Who invited.
    """

    client: Client | None
    partner_name: str


class AcceptInvitation:
    """Let the reader of an e-mail register as a client, on the web or in Telegram.

    - Opening it is a click, kept first; who gets the client is judged as ever (R1-R5).
    - It works once, in time, while it was not taken back and the partner takes part.
    - Who is a client already, by this address or number, stays what it is. The partner that
      invited sees no difference: only a client of its own is "accepted".
    - The reader can say that it wants no more: its address gets no invitation of anybody.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, token: str) -> Invited:
        """Return what the page shows; a machine that looks ahead leaves no trace.

        Raises:
            ClientInvitationVoid: it cannot be used.
        """
        async with self._around.open_work.read() as work:
            _, invited = await self._standing(work, token)
        return invited

    async def open(self, token: str) -> Invited:
        """Keep the click of who opened the page, and return what it shows."""
        async with self._around.open_work() as work:
            invitation, invited = await self._standing(work, token)
            facts = new_facts(self._around)
            await self._keep_click(facts, work, invitation, invited)
            await save_facts(facts, work)
            await work.commit()
        return invited

    async def in_telegram(self, caller: Caller, token: str) -> Invited:
        """Remember who opened it in Telegram; the link of the code is opened with it."""
        async with self._around.open_work() as work:
            invitation, invited = await self._standing(work, token)
            await work.client_invitations.opened_by(invitation.id, caller.person.id)
            await work.commit()
        return invited

    async def __call__(self, token: str, *, name: str, phone: str) -> RegisteredByMail:
        """Register on the web, by one's own consent.

        Raises:
            ClientInvitationVoid: it cannot be used.
            BadOwnContact: the name or the number cannot be one.
        """
        own_name, own_phone = read_contact(name, phone)
        async with self._around.open_work() as work:
            invitation, invited = await self._standing(work, token)
            facts = new_facts(self._around)
            known = list(await work.clients.by_emails([normal_email(invitation.address)]))
            known += await work.clients.by_phones([normal_phone(own_phone)])
            client = None
            if not known:
                await self._keep_click(facts, work, invitation, invited)
                client = await self._register(facts, work, invitation, own_name, own_phone)
            await save_facts(facts, work)
            if client is not None and _got_it(facts, client, invitation):
                await work.client_invitations.accept(invitation.id, facts.now)
            await work.commit()
        return RegisteredByMail(client=client, partner_name=invited.partner.name)

    async def stop(self, token: str) -> None:
        """Send no more invitations to the address that this one went to.

        Raises:
            ClientInvitationVoid: the address is forgotten already.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            invitation = await work.client_invitations.by_token(hash_of(token))
            if invitation is None:
                raise ClientInvitationVoid
            if invitation.address:
                await work.client_invitations.refuse(invitation.address, now)
                await work.commit()

    async def _standing(self, work: Work, token: str) -> tuple[ClientInvitation, Invited]:
        invitation = await work.client_invitations.by_token(hash_of(token))
        now = self._around.clock()
        if invitation is None or invitation.status(now) is not InvitationStatus.SENT:
            raise ClientInvitationVoid
        (enrolment,) = await work.enrolments.by_ids([invitation.enrolment_id])
        partner = await work.partners.get(enrolment.partner_id)
        if partner is None or not self._takes_part(enrolment):
            raise ClientInvitationVoid
        return invitation, Invited(
            partner=partner,
            program=self._around.programs[enrolment.program],
            code=enrolment.code,
            name=invitation.name,
            address=invitation.address,
        )

    def _takes_part(self, enrolment: Enrolment) -> bool:
        is_active = enrolment.status is EnrolmentStatus.ACTIVE
        return is_active and enrolment.program in self._around.programs

    async def _keep_click(
        self, facts: Facts, work: Work, invitation: ClientInvitation, invited: Invited
    ) -> None:
        """Keep the visit, once for each invitation."""
        click_id = invitation.click_id
        if await work.clicks.known(click_ids=[click_id], visitor_ids=[], person_ids=[]):
            return
        click = Click(
            id=facts.new_id(),
            code=invited.code,
            enrolment_id=invitation.enrolment_id,
            clicked_at=facts.now,
            source=ClickSource.REDIRECT,
            click_id=click_id,
            visitor_id=click_id,
        )
        facts.keep_click(click, is_new=True)
        facts.count(invitation.enrolment_id, invited.code, facts.now).clicks += 1

    async def _register(
        self, facts: Facts, work: Work, invitation: ClientInvitation, name: str, phone: str
    ) -> Client:
        event = ClientRegistered(
            client_id=f"bot-{encode(self._around.new_id())}",
            name=name,
            registered_at=facts.now,
            visitor_id=invitation.click_id,
            email=invitation.address,
            phone=phone,
        )
        incoming = Incoming(id=event.client_id, kind="client.registered", data="{}", event=event)
        await load_facts(facts, work, [incoming], self._around.tokens)
        return register_in_bot(facts, event)


def _got_it(facts: Facts, client: Client, invitation: ClientInvitation) -> bool:
    """Test if the client became that of the partner who invited it."""
    return any(
        referral.enrolment_id == invitation.enrolment_id
        for referral in facts.referrals_of(client.id)
    )
