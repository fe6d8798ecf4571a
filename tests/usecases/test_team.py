"""A partner's team: inviting, joining, roles, removing, leaving (R35, A51, A52)."""

import asyncio

import pytest
from sqlalchemy import select

from domain.access import NotAPartner
from domain.entities.partner import EnrolmentStatus
from domain.entities.team import INVITATIONS_MAX, TEAM_INVITATION_HOURS
from domain.errors import DomainError, NotAllowed, NotFound
from domain.rights import MemberRole
from domain.rules.team import LastAdmin, NotOneself, TeamFull, TeamSuspended
from domain.usecases.team.join import AlreadyMember, TeamInvitationVoid
from storage.tables import team_invitations
from tests.usecases.app import App

ADMIN, USER = MemberRole.ADMIN, MemberRole.USER


async def invites(app: App, name: str, role: MemberRole = USER) -> str:
    return (await app.use.invite_colleague(await app.private(name), role)).token


async def takes_up(app: App, name: str, token: str) -> None:
    await app.use.join_team(await app.private(name), token)


async def team(app: App, name: str) -> dict[int, MemberRole]:
    partner_id = (await app.enrolment(name, None)).partner_id
    async with app.around.open_work.read() as work:
        return {row.person_id: row.role for row in await work.team.members(partner_id)}


async def test_a_colleague_sees_who_invites_and_joins_once(app: App) -> None:
    await app.joins("leo")
    token = await invites(app, "leo")
    offer = await app.use.join_team.show(await app.private("max"), token)
    assert (offer.partner.name, offer.inviter, offer.role, offer.others) == ("Leo", "Leo", USER, 0)
    assert app.id_of("max") not in await team(app, "leo")
    await takes_up(app, "max", token)
    assert await team(app, "leo") == {app.id_of("leo"): ADMIN, app.id_of("max"): USER}
    assert [kind for kind, _ in await app.told("leo")] == ["team_joined"]
    async with app.engines.reads.connect() as connection:
        (row,) = (await connection.execute(select(team_invitations))).all()
    assert token not in str(row)
    assert row.used_by == app.id_of("max")
    with pytest.raises(TeamInvitationVoid):
        await takes_up(app, "zoe", token)
    with pytest.raises(AlreadyMember) as refused:
        await takes_up(app, "max", token)
    assert refused.value.facts == {"is_open": False}
    with pytest.raises(AlreadyMember) as refused:
        await takes_up(app, "max", await invites(app, "leo"))
    assert refused.value.facts == {"is_open": True}
    assert len(await app.audited("member_joined")) == 1


async def test_an_invitation_is_void_late_taken_back_or_without_its_inviter(app: App) -> None:
    await app.joins("leo")
    for _ in range(3):
        await app.becomes_member(f"ida{_}", of="leo", role=ADMIN)
    late, back = await invites(app, "leo"), await invites(app, "ida0")
    removed, demoted = await invites(app, "ida1"), await invites(app, "ida2")
    leo = await app.private("leo")
    view = await app.use.show_team(leo)
    taken_back = next(i for i in view.invitations if i.created_by == app.id_of("ida0"))
    await app.use.invite_colleague.cancel(leo, taken_back.id)
    with pytest.raises(NotFound):
        await app.use.invite_colleague.cancel(leo, taken_back.id)
    await app.use.change_team.remove(leo, app.id_of("ida1"))
    await app.use.change_team.set_role(leo, app.id_of("ida2"), USER)
    for token in (back, removed, demoted, "nothing"):
        with pytest.raises(TeamInvitationVoid):
            await takes_up(app, "max", token)
    # Who comes back as an admin brings no old invitation back.
    await app.use.change_team.set_role(leo, app.id_of("ida2"), ADMIN)
    with pytest.raises(TeamInvitationVoid):
        await takes_up(app, "max", demoted)
    app.later(hours=TEAM_INVITATION_HOURS)
    with pytest.raises(TeamInvitationVoid):
        await takes_up(app, "max", late)
    assert (await app.use.show_team(leo)).invitations == []


async def test_somebody_of_another_partner_works_in_the_new_one_then(app: App) -> None:
    await app.joins("leo")
    await app.joins("max")
    await takes_up(app, "max", await invites(app, "leo"))
    caller = await app.private("max")
    assert caller.membership
    assert caller.membership.partner_id == (await app.enrolment("leo")).partner_id
    assert (caller.membership.role, caller.membership.enrolments) == (USER, 2)
    # What it may not do here it may do at home, but only after switching.
    with pytest.raises(NotAllowed):
        await app.use.show_team(caller)


async def test_of_two_admins_who_remove_each_other_at_once_one_remains(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", of="leo", role=ADMIN)
    leo, ida = await app.private("leo"), await app.private("ida")
    results = await asyncio.gather(
        app.use.change_team.remove(leo, app.id_of("ida")),
        app.use.change_team.remove(ida, app.id_of("leo")),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotAPartner"]
    survivor = "leo" if results[0] is None else "ida"
    assert await team(app, survivor) == {app.id_of(survivor): ADMIN}


async def test_of_two_admins_who_go_at_once_one_remains(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", of="leo", role=ADMIN)
    leo, ida = await app.private("leo"), await app.private("ida")
    partner_id = (await app.enrolment("leo")).partner_id
    results = await asyncio.gather(
        app.use.leave_team(leo, partner_id),
        app.use.change_team.set_role(ida, app.id_of("ida"), USER),
        return_exceptions=True,
    )
    assert sum(isinstance(result, LastAdmin) for result in results) == 1
    survivor = "ida" if isinstance(results[1], LastAdmin) else "leo"
    assert ADMIN in (await team(app, survivor)).values()


async def test_two_people_press_one_invitation_at_once(app: App) -> None:
    await app.joins("leo")
    token = await invites(app, "leo")
    callers = [await app.private(f"max{number}") for number in range(4)]
    results = await asyncio.gather(
        *(app.use.join_team(caller, token) for caller in callers), return_exceptions=True
    )
    assert sum(isinstance(result, TeamInvitationVoid) for result in results) == 3
    assert len(await team(app, "leo")) == 2


async def test_a_removed_member_presses_for_nothing_and_is_told(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", of="leo", role=ADMIN)
    ida = await app.private("ida")
    await app.use.change_team.remove(await app.private("leo"), app.id_of("ida"))
    acts = (
        app.use.show_team(ida),
        app.use.show_balance(ida),
        app.use.invite_colleague(ida, USER),
        app.use.change_team.remove(ida, app.id_of("leo")),
    )
    for act in acts:
        with pytest.raises(NotAPartner):
            await act
    assert (await app.told("ida"))[-1][1]["role"] == ""
    # It can be invited again, and is not a stranger to the table.
    await takes_up(app, "ida", await invites(app, "leo"))
    assert (await team(app, "leo"))[app.id_of("ida")] is USER


async def test_another_partners_team_is_not_there(app: App) -> None:
    """Z01: members and invitations of others look like those that never were."""
    await app.joins("leo")
    await app.joins("lea")
    await app.becomes_member("max", of="leo")
    await invites(app, "leo")
    (invitation,) = (await app.use.show_team(await app.private("leo"))).invitations
    lea, before = await app.private("lea"), await app.contents()
    partner_id = (await app.enrolment("leo")).partner_id
    acts = (
        app.use.change_team.remove(lea, app.id_of("max")),
        app.use.change_team.set_role(lea, app.id_of("max"), ADMIN),
        app.use.invite_colleague.cancel(lea, invitation.id),
        app.use.leave_team(lea, partner_id),
    )
    for act in acts:
        with pytest.raises(NotFound):
            await act
    assert await app.contents() == before


async def test_nobody_leaves_a_partner_without_an_admin(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("max", of="leo")
    leo, partner_id = await app.private("leo"), (await app.enrolment("leo")).partner_id
    acts = (
        app.use.leave_team(leo, partner_id),
        app.use.change_team.set_role(leo, app.id_of("leo"), USER),
    )
    for act in acts:
        with pytest.raises(LastAdmin):
            await act
    with pytest.raises(NotOneself):
        await app.use.change_team.remove(leo, app.id_of("leo"))
    await app.use.leave_team(await app.private("max"), partner_id)
    assert await team(app, "leo") == {app.id_of("leo"): ADMIN}
    assert [kind for kind, _ in await app.told("leo")] == ["team_left"]


async def test_a_suspended_partner_changes_nothing_but_may_be_left(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("max", of="leo")
    token = await invites(app, "leo")
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    leo = await app.private("leo")
    acts = (
        app.use.invite_colleague(leo, USER),
        app.use.change_team.remove(leo, app.id_of("max")),
        app.use.change_team.set_role(leo, app.id_of("max"), ADMIN),
    )
    for act in acts:
        with pytest.raises(TeamSuspended):
            await act
    with pytest.raises(TeamInvitationVoid):
        await takes_up(app, "zoe", token)
    assert not (await app.use.show_team(leo)).may_change
    partner_id = (await app.enrolment("leo")).partner_id
    await app.use.leave_team(await app.private("max"), partner_id)


async def test_there_is_a_limit_of_open_invitations(app: App) -> None:
    await app.joins("leo")
    for _ in range(INVITATIONS_MAX):
        await invites(app, "leo")
    with pytest.raises(TeamFull):
        await invites(app, "leo")


async def test_a_user_changes_nothing_of_the_team(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("max", of="leo")
    max_ = await app.private("max")
    acts: tuple[object, ...] = (
        app.use.show_team(max_),
        app.use.invite_colleague(max_, ADMIN),
        app.use.change_team.remove(max_, app.id_of("leo")),
        app.use.show_enrolment(max_, admin=True),
    )
    for act in acts:
        with pytest.raises(DomainError) as refused:
            await act  # type: ignore[misc]
        assert refused.type is NotAllowed
