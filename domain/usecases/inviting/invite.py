"""The home of a partner inviting a client by e-mail."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.access import own_enrolment
from domain.entities.client_invitation import (
    CLIENT_INVITATION_DAYS,
    DAY,
    ClientInvitation,
)
from domain.entities.mail import Mail
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.ids import hash_of
from domain.ports.work import Work
from domain.rules.inviting import (
    AddressRefuses,
    AlreadyInvited,
    NoMailServer,
    check_inviter,
    check_pace,
    read_invitee,
)
from domain.surroundings import Surroundings

SHOWN = 10
FORGOTTEN_AFTER = timedelta(days=30)
"""So long after it expired the address of an invitation is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnInvitations:
    """A partner's invitations.

    Attributes:
        rows: The newest ones.
        now: When they were read.
    """

    rows: Sequence[ClientInvitation]
    now: datetime


class InviteClient:
    """Let an admin invite a client by e-mail; the partner sees what was sent and accepted.

    - So many in 24 hours, one open invitation to an address, and none to who wants none.
    - Whether the address is a client already is not looked at here: a partner learns nothing of
      the clients of others by inviting them.
    - Addresses and names are encrypted, and forgotten as soon as they are not needed.
    """

    def __init__(self, around: Surroundings, public_url: str) -> None:
        """Work in these surroundings; links lead to this address of ours."""
        self._around = around
        self._public_url = public_url

    async def show(self, caller: Caller) -> OwnInvitations:
        """Return the partner's invitations.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        now = self._around.clock()
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            rows = await work.client_invitations.of_enrolment(enrolment.id, limit=SHOWN)
        return OwnInvitations(rows=rows, now=now)

    async def check(self, caller: Caller, text: str = "") -> tuple[str, str]:
        """Return the address and the name that were typed; refused as sending is."""
        async with self._around.open_work.read() as work:
            _, address, name = await self._may(work, caller, text)
        return address, name

    async def __call__(self, caller: Caller, text: str) -> ClientInvitation:
        """Owe the e-mail; return the invitation.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NoMailServer: no e-mail can be sent.
            InviterNotActive: the partner does not take part.
            BadInvitee: the text is no address with a name.
            TooManyInvitations: enough for 24 hours.
            AlreadyInvited: an invitation to this address is open.
            AddressRefuses: its reader wants none.
        """
        token, now = secrets.token_urlsafe(24), self._around.clock()
        async with self._around.open_work() as work:
            enrolment, address, name = await self._may(work, caller, text)
            partner = await work.partners.get(enrolment.partner_id)
            invitation = ClientInvitation(
                id=self._around.new_id(),
                enrolment_id=enrolment.id,
                invited_by=caller.person.id,
                address=address,
                name=name,
                token_hash=hash_of(token),
                created_at=now,
                expires_at=now + timedelta(days=CLIENT_INVITATION_DAYS),
            )
            await work.client_invitations.add(invitation)
            texts = self._around.programs[enrolment.program].texts
            mail = Mail(
                id=self._around.new_id(),
                kind="client_invited",
                recipient=address,
                params={
                    "name": name,
                    "partner": partner.name if partner else "",
                    "offer": {code: text.client_offer for code, text in texts.items()},
                    "title": {code: text.title for code, text in texts.items()},
                    "url": f"{self._public_url}/invitations/{token}",
                    "token": token,
                    "days": CLIENT_INVITATION_DAYS,
                },
                language=caller.person.language,
                created_at=now,
                about=f"client_invitation:{invitation.id}",
            )
            await work.mails.add([mail])
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="client_invited",
                subject=f"enrolment:{enrolment.id}",
                details={},
            )
            await work.commit()
        return invitation

    async def revoke(self, caller: Caller, invitation_id: int) -> OwnInvitations:
        """Take an invitation back; return what the partner has then.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such invitation.
        """
        now = self._around.clock()
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            found = await work.client_invitations.get(invitation_id)
            if found is None or found.enrolment_id != enrolment.id:
                raise NotFound(invitation=invitation_id)
            await work.client_invitations.revoke(invitation_id, now)
            rows = await work.client_invitations.of_enrolment(enrolment.id, limit=SHOWN)
            await work.commit()
        return OwnInvitations(rows=rows, now=now)

    async def _may(self, work: Work, caller: Caller, text: str) -> tuple[Enrolment, str, str]:
        enrolment, now = await own_enrolment(work, caller), self._around.clock()
        if not self._around.open_work.sends_mail:
            raise NoMailServer
        check_inviter(enrolment)
        check_pace(await work.client_invitations.sent_since(enrolment.id, now - DAY))
        if not text:
            return enrolment, "", ""
        address, name = read_invitee(text)
        if await work.client_invitations.refuses(address):
            raise AddressRefuses
        if await work.client_invitations.has_open(enrolment.id, address, now=now):
            raise AlreadyInvited
        return enrolment, address, name


class ForgetInvitations:
    """Forget the addresses of invitations that nobody used, some time after they expired."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> None:
        """Forget them."""
        async with self._around.open_work(books=False) as work:
            before = self._around.clock() - FORGOTTEN_AFTER
            await work.client_invitations.forget(expired_before=before)
            await work.commit()
