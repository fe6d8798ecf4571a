"""Inviting clients by e-mail, and registering by such an invitation."""

import asyncio
from typing import Any

import pytest

from domain.entities.client_invitation import (
    CLIENT_INVITATION_DAYS,
    CLIENT_INVITATIONS_PER_DAY,
    InvitationStatus,
)
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotFound
from domain.rules.inviting import (
    AddressRefuses,
    AlreadyInvited,
    BadInvitee,
    BadOwnContact,
    ClientInvitationVoid,
    InviterNotActive,
    NoMailServer,
    TooManyInvitations,
)
from tests.usecases.app import App

ANN = "ann@example.com Ann"


async def starts(app: App) -> None:
    app.around.open_work.sends_mail = True  # type: ignore[misc]
    await app.joins("leo")


async def mails(app: App) -> list[dict[str, Any]]:
    """Return the parameters of what is owed, in order; nothing is sent here."""
    async with app.around.open_work() as work:
        found = await work.mails.claim(now=app.now, lease_until=app.now, limit=50)
    return [dict(mail.params) | {"to": mail.recipient} for mail in found]


async def invites(app: App, name: str = "leo", text: str = ANN) -> str:
    await app.use.invite_client(await app.private(name), text)
    return str((await mails(app))[-1]["token"])


async def status(app: App, name: str = "leo") -> InvitationStatus:
    own = await app.use.invite_client.show(await app.private(name))
    return own.rows[0].status(own.now)


async def test_the_click_is_kept_first_and_the_client_is_the_partners(app: App) -> None:
    await starts(app)
    token = await invites(app)
    (mail,) = await mails(app)
    assert (mail["to"], mail["partner"], mail["name"]) == ("ann@example.com", "Leo", "Ann")
    assert mail["url"].endswith(f"/invitations/{token}")
    rows = await app.rows("client_invitations")
    assert "ann@example.com" not in str(rows)
    assert token not in str(rows)
    invited = await app.use.accept_invitation.open(token)
    assert (invited.partner.name, invited.name, invited.address) == (
        "Leo",
        "Ann",
        "ann@example.com",
    )
    await app.use.accept_invitation.open(token)
    assert len(await app.rows("clicks")) == 1
    app.later(hours=1)
    done = await app.use.accept_invitation(token, name="Ann B", phone="+1 202 555 0123")
    assert done.client
    assert (done.client.name, done.client.email) == ("Ann B", "ann@example.com")
    (referral,) = await app.rows("referrals")
    assert referral["enrolment_id"] == (await app.enrolment("leo")).id
    assert referral["first_click_at"] < referral["registered_at"]
    assert [kind for kind, _ in await app.told("leo")] == ["registration"]
    assert await status(app) is InvitationStatus.ACCEPTED
    with pytest.raises(ClientInvitationVoid):
        await app.use.accept_invitation(token, name="Ann", phone="+12025550123")
    # Billing reports the same number: it is the same client.
    await app.client("c-1", phone="+12025550123")
    assert len(await app.rows("clients")) == 1


async def test_an_invitation_is_taken_up_in_telegram(app: App) -> None:
    await starts(app)
    token = await invites(app)
    caller = await app.private("ann")
    invited = await app.use.accept_invitation.in_telegram(caller, token)
    await app.opens("ann", invited.code)
    await app.consents("ann")
    assert await status(app) is InvitationStatus.ACCEPTED
    with pytest.raises(ClientInvitationVoid):
        await app.use.accept_invitation.open(token)


async def test_what_cannot_be_used_any_more(app: App) -> None:
    await starts(app)
    leo = await app.private("leo")
    revoked = await invites(app)
    own = await app.use.invite_client.show(leo)
    await app.use.invite_client.revoke(leo, own.rows[0].id)
    late = await invites(app)
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    for token in (revoked, late, "nothing"):
        with pytest.raises(ClientInvitationVoid):
            await app.use.accept_invitation.open(token)
    with pytest.raises(InviterNotActive):
        await app.use.invite_client(leo, "bob@example.com")
    await app.sets_status("leo", EnrolmentStatus.ACTIVE)
    await app.use.accept_invitation.show(late)
    app.later(days=CLIENT_INVITATION_DAYS)
    with pytest.raises(ClientInvitationVoid):
        await app.use.accept_invitation.show(late)
    app.later(days=31)
    await app.use.forget_invitations()
    own = await app.use.invite_client.show(leo)
    assert {row.address for row in own.rows} == {""}


async def test_whoever_wants_none_gets_none_of_anybody(app: App) -> None:
    await starts(app)
    await app.joins("lea")
    token = await invites(app)
    await app.use.accept_invitation.stop(token)
    await app.use.accept_invitation.stop(token)
    with pytest.raises(ClientInvitationVoid):
        await app.use.accept_invitation.show(token)
    with pytest.raises(AddressRefuses):
        await invites(app, "lea", "Ann+work@Example.com")
    assert "example.com" not in str(await app.rows("refusing_addresses"))


async def test_a_partner_learns_nothing_of_the_clients_of_others(app: App) -> None:
    await starts(app)
    await app.joins("lea")
    await app.client("ann", by="lea", email="ann@example.com")
    token = await invites(app)
    assert await status(app) is InvitationStatus.SENT
    done = await app.use.accept_invitation(token, name="Ann", phone="+12025550123")
    assert done.client is None
    assert len(await app.rows("clients")) == 1
    assert await status(app) is InvitationStatus.SENT
    # Whoever came by another partner first is that one's, and the inviter sees no difference.
    await app.opens("tom", await app.code_of("lea"))
    second = await invites(app, text="tom@example.com")
    invited = await app.use.accept_invitation.in_telegram(await app.private("tom"), second)
    await app.opens("tom", invited.code)
    await app.consents("tom", "+12025550199")
    assert await status(app) is InvitationStatus.SENT
    assert await app.told("leo") == []


async def test_how_often_and_to_whom(app: App) -> None:
    await starts(app)
    app.around.open_work.sends_mail = False  # type: ignore[misc]
    with pytest.raises(NoMailServer):
        await app.use.invite_client(await app.private("leo"), ANN)
    app.around.open_work.sends_mail = True  # type: ignore[misc]
    leo = await app.private("leo")
    for typed in ("Ann", "ann@example", "ann@example.com, bob@example.com\nBcc: x", "@x.com"):
        with pytest.raises(BadInvitee):
            await app.use.invite_client(leo, typed)
    await invites(app)
    with pytest.raises(AlreadyInvited):
        await invites(app, text="ANN@example.com")
    for number in range(CLIENT_INVITATIONS_PER_DAY - 1):
        await app.use.invite_client(leo, f"a{number}@example.com")
    with pytest.raises(TooManyInvitations) as refused:
        await app.use.invite_client(leo, "more@example.com")
    app.now = refused.value.facts["possible_at"]  # type: ignore[assignment]
    await app.use.invite_client(leo, "more@example.com")


async def test_anothers_invitation_is_not_there(app: App) -> None:
    await starts(app)
    await app.joins("lea")
    await invites(app)
    own = await app.use.invite_client.show(await app.private("leo"))
    before = await app.contents()
    with pytest.raises(NotFound):
        await app.use.invite_client.revoke(await app.private("lea"), own.rows[0].id)
    assert await app.contents() == before


async def test_two_presses_register_once(app: App) -> None:
    await starts(app)
    token = await invites(app)
    with pytest.raises(BadOwnContact):
        await app.use.accept_invitation(token, name="Ann", phone="12")
    results = await asyncio.gather(
        *(app.use.accept_invitation(token, name="Ann", phone="+12025550123") for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, ClientInvitationVoid) for result in results) == 2
    assert len(await app.rows("clients")) == 1
