"""Roles are changed by owners, at once; the last owner stays."""

import pytest

from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from domain.rules.staff import LastOwner, OwnerOfConfig
from domain.usecases.staff.invite import InvitationVoid
from tests.usecases.app import App


async def _role(app: App, name: str) -> StaffRole | None:
    async with app.around.open_work.read() as work:
        return await work.staff.role_of(app.id_of(name))


async def test_an_owner_changes_a_role_at_once_and_the_person_is_told(app: App) -> None:
    await app.staff("fay", StaffRole.FINANCE)
    await app.use.change_staff_role(await app.owner(), app.id_of("fay"), StaffRole.SUPPORT)
    assert await _role(app, "fay") is StaffRole.SUPPORT
    assert await app.told("fay") == [("staff_role_changed", {"role": "support"})]
    (row,) = await app.audited("staff_role_changed")
    assert row["details"] == {"was": "finance", "role": "support"}
    await app.use.change_staff_role(await app.owner(), app.id_of("fay"), StaffRole.SUPPORT)
    assert len(await app.audited("staff_role_changed")) == 1


async def test_what_the_old_role_was_allowed_ends_with_it(app: App) -> None:
    await app.staff("may", StaffRole.MANAGER)
    invitation = await app.use.invite_staff(await app.in_chat("may"), StaffRole.SUPPORT)
    stale = await app.in_chat("may")
    await app.use.change_staff_role(await app.owner(), app.id_of("may"), StaffRole.SUPPORT)
    with pytest.raises(NotAllowed):
        await app.use.list_staff(stale)
    with pytest.raises(InvitationVoid):
        await app.use.join_staff(await app.private("zoe"), invitation.token)


async def test_nobody_but_an_owner_changes_roles(app: App) -> None:
    await app.staff("sue", StaffRole.SUPPORT)
    for name, role in (("may", StaffRole.MANAGER), ("fay", StaffRole.FINANCE)):
        await app.staff(name, role)
        with pytest.raises(NotAllowed):
            await app.use.change_staff_role(
                await app.in_chat(name), app.id_of("sue"), StaffRole.SUPPORT
            )
    with pytest.raises(NotFound):
        await app.use.change_staff_role(await app.owner(), app.id_of("zoe"), StaffRole.SUPPORT)


async def test_an_owner_of_the_config_is_changed_there_only(app: App) -> None:
    await app.staff("ola", StaffRole.OWNER)
    with pytest.raises(OwnerOfConfig):
        await app.use.change_staff_role(
            await app.in_chat("ola"), app.id_of("boss"), StaffRole.SUPPORT
        )


async def test_the_last_owner_can_neither_be_demoted_nor_removed(app: App) -> None:
    for name in ("ola", "olga"):
        await app.staff(name, StaffRole.OWNER)
    app.configures(owners=frozenset())
    ola = await app.in_chat("ola")
    await app.use.change_staff_role(ola, app.id_of("olga"), StaffRole.MANAGER)
    with pytest.raises(LastOwner):
        await app.use.change_staff_role(ola, app.id_of("ola"), StaffRole.MANAGER)
    with pytest.raises(LastOwner):
        await app.use.remove_staff(ola, app.id_of("ola"))
    await app.use.change_staff_role(ola, app.id_of("olga"), StaffRole.OWNER)
    await app.use.remove_staff(ola, app.id_of("ola"))
    assert await _role(app, "ola") is None
    assert await app.told("ola") == [("staff_removed", {})]
