"""Inviting into the staff, joining it, and being removed (A58, A59)."""

import asyncio
import hashlib
from datetime import timedelta

import pytest

from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from domain.usecases.staff.invite import InvitationVoid, NewInvitation
from tests.usecases.app import App

OWNER, MANAGER = StaffRole.OWNER, StaffRole.MANAGER
FINANCE, SUPPORT = StaffRole.FINANCE, StaffRole.SUPPORT


async def _invites(app: App, name: str, role: StaffRole) -> NewInvitation:
    return await app.use.invite_staff(await app.in_chat(name), role)


async def _joins(app: App, name: str, invitation: NewInvitation) -> StaffRole:
    return await app.use.join_staff(await app.private(name), invitation.token)


async def test_an_invitation_gives_its_role_from_now_on(app: App) -> None:
    invitation = await _invites(app, "boss", FINANCE)
    assert (invitation.role, invitation.expires_at) == (FINANCE, app.now + timedelta(hours=48))
    app.later(hours=1)
    assert await _joins(app, "olga", invitation) is FINANCE
    olga = await app.in_chat("olga")
    assert olga.staff_role is FINANCE
    assert (await app.use.list_payout_queue(olga)).rows == []
    (row,) = await app.rows("staff")
    assert (row["person_id"], row["invited_by"]) == (app.id_of("olga"), app.id_of("boss"))
    assert (row["joined_at"], row["removed_at"]) == (app.now, None)
    invited, joined = await app.audited("staff_invited", "staff_joined")
    assert (invited["actor"], invited["role"]) == (app.id_of("boss"), "owner")
    assert invited["subject"] == "role:finance"
    assert (joined["actor"], joined["role"]) == (app.id_of("olga"), "finance")
    assert joined["subject"] == f"person:{app.id_of('olga')}"
    assert joined["details"] == {"invited_by": app.id_of("boss")}


async def test_the_token_itself_is_not_kept(app: App) -> None:
    first, second = await _invites(app, "boss", SUPPORT), await _invites(app, "boss", SUPPORT)
    assert first.token != second.token
    assert len(first.token) >= 32
    assert first.token not in str(await app.contents(but=()))
    kept = {row["token_hash"] for row in await app.rows("invitations")}
    assert kept == {hashlib.sha256(one.token.encode()).hexdigest() for one in (first, second)}


async def test_an_invitation_is_for_one_person_once(app: App) -> None:
    invitation = await _invites(app, "boss", SUPPORT)
    await _joins(app, "sue", invitation)
    before = await app.contents()
    assert await _joins(app, "sue", invitation) is SUPPORT
    with pytest.raises(InvitationVoid):
        await _joins(app, "zoe", invitation)
    assert await app.contents() == before
    assert (await app.in_chat("zoe")).staff_role is None


async def test_of_two_who_press_at_once_one_joins(app: App) -> None:
    invitation = await _invites(app, "boss", SUPPORT)
    pressed = await asyncio.gather(
        *(_joins(app, name, invitation) for name in ("sue", "zoe", "ida")), return_exceptions=True
    )
    assert sum(one is SUPPORT for one in pressed) == 1
    assert sum(isinstance(one, InvitationVoid) for one in pressed) == 2
    assert len(await app.rows("staff")) == 1


async def test_an_invitation_holds_for_two_days(app: App) -> None:
    first, second = await _invites(app, "boss", SUPPORT), await _invites(app, "boss", SUPPORT)
    app.now = first.expires_at - timedelta(microseconds=1)
    assert await _joins(app, "sue", first) is SUPPORT
    app.now = second.expires_at
    before = await app.contents()
    with pytest.raises(InvitationVoid):
        await _joins(app, "zoe", second)
    assert await app.contents() == before


@pytest.mark.parametrize("token", ["", "no-such", "x" * 4_096, "' OR 1=1", "ключ"])
async def test_an_unknown_token_is_void(app: App, token: str) -> None:
    await _invites(app, "boss", SUPPORT)
    before = await app.contents()
    with pytest.raises(InvitationVoid):
        await app.use.join_staff(await app.private("zoe"), token)
    assert await app.contents() == before


async def test_the_invitations_of_who_was_removed_are_void(app: App) -> None:
    await app.staff("mara", MANAGER)
    invitation = await _invites(app, "mara", SUPPORT)
    await app.leaves_staff("mara")
    with pytest.raises(InvitationVoid):
        await _joins(app, "zoe", invitation)
    await app.staff("mara", MANAGER)
    assert await _joins(app, "zoe", invitation) is SUPPORT


async def test_the_invitations_of_who_lost_the_right_are_void(app: App) -> None:
    await app.staff("mara", OWNER)
    invitations = [await _invites(app, "mara", role) for role in (FINANCE, SUPPORT)]
    await app.leaves_staff("mara")
    await app.staff("mara", MANAGER)
    with pytest.raises(InvitationVoid):
        await _joins(app, "zoe", invitations[0])
    assert await _joins(app, "zoe", invitations[1]) is SUPPORT


async def test_who_was_removed_does_not_come_back_by_an_old_link(app: App) -> None:
    invitation = await _invites(app, "boss", SUPPORT)
    await _joins(app, "sue", invitation)
    await app.leaves_staff("sue")
    before = await app.contents()
    with pytest.raises(InvitationVoid):
        await _joins(app, "sue", invitation)
    assert await app.contents() == before
    assert (await app.in_chat("sue")).staff_role is None


async def test_an_old_link_tells_the_role_that_one_has_now(app: App) -> None:
    invitation = await _invites(app, "boss", SUPPORT)
    await _joins(app, "sue", invitation)
    await app.staff("sue", FINANCE)
    assert await _joins(app, "sue", invitation) is FINANCE
    assert (await app.in_chat("sue")).staff_role is FINANCE


async def test_an_invitation_takes_no_higher_role_away(app: App) -> None:
    await app.staff("mara", MANAGER)
    await app.staff("olga", OWNER)
    await app.staff("fay", FINANCE)
    invitation = await _invites(app, "mara", SUPPORT)
    before = await app.contents()
    for name, role in (("olga", OWNER), ("fay", FINANCE), ("boss", OWNER)):
        assert await _joins(app, name, invitation) is role
    assert await app.contents() == before
    assert await _joins(app, "zoe", invitation) is SUPPORT
    assert await _joins(app, "fay", await _invites(app, "boss", SUPPORT)) is SUPPORT


async def test_nobody_gives_a_role_that_is_not_his_to_give(app: App) -> None:
    may = {OWNER: set(StaffRole), MANAGER: {SUPPORT}, FINANCE: set(), SUPPORT: set()}
    for own, roles in may.items():
        await app.staff(own.value, own)
        for role in StaffRole:
            before = await app.contents()
            if role in roles:
                assert (await _invites(app, own.value, role)).role is role
                continue
            with pytest.raises(NotAllowed):
                await _invites(app, own.value, role)
            assert await app.contents() == before, (own, role)


# The list, and leaving it


async def test_owners_of_the_config_come_first_then_by_time(app: App) -> None:
    await app.staff("sue", SUPPORT)
    app.later(days=1)
    await app.staff("mara", MANAGER)
    await app.staff("gone", FINANCE)
    await app.leaves_staff("gone")
    # An owner of the config who is also in the list is shown once, with the rights of an owner.
    await app.staff("boss", SUPPORT)
    members = await app.use.list_staff(await app.in_chat("mara"))
    told = [(one.name, one.role) for one in members]
    assert told == [("Boss", OWNER), ("Sue", SUPPORT), ("Mara", MANAGER)]
    assert members[0].joined_at is None
    assert members[2].joined_at == app.now


async def test_an_owner_of_the_config_who_never_spoke_is_listed_by_id(app: App) -> None:
    app.configures(owners=app.around.owners | {42})
    members = await app.use.list_staff(await app.owner())
    assert [one.name for one in members] == ["42", "Boss"]


async def test_a_removal_holds_at_once_and_is_audited(app: App) -> None:
    await app.staff("mara", MANAGER)
    await app.staff("sue", SUPPORT)
    sue = await app.in_chat("sue")
    await app.use.remove_staff(await app.in_chat("mara"), app.id_of("sue"))
    with pytest.raises(NotAllowed):
        await app.use.list_payout_queue(sue)
    (row,) = await app.audited("staff_removed")
    assert (row["actor"], row["role"]) == (app.id_of("mara"), "manager")
    assert (row["subject"], row["details"]) == (f"person:{sue.person.id}", {"role": "support"})
    with pytest.raises(NotFound):
        await app.use.remove_staff(await app.in_chat("mara"), app.id_of("sue"))


async def test_a_manager_removes_support_only(app: App) -> None:
    await app.staff("mara", MANAGER)
    for name, role in (("olga", OWNER), ("max", MANAGER), ("fay", FINANCE)):
        await app.staff(name, role)
    before = await app.contents()
    for name in ("olga", "max", "fay", "mara"):
        with pytest.raises(NotAllowed):
            await app.use.remove_staff(await app.in_chat("mara"), app.id_of(name))
    assert await app.contents() == before


async def test_an_owner_of_the_config_is_removed_in_the_config_only(app: App) -> None:
    await app.staff("olga", OWNER)
    await app.staff("boss", SUPPORT)
    before = await app.contents()
    with pytest.raises(NotAllowed):
        await app.use.remove_staff(await app.in_chat("olga"), app.id_of("boss"))
    assert await app.contents() == before
    assert (await app.owner()).staff_role is OWNER
