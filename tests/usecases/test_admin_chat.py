"""Which chat is the admin chat: named by the config, or learned, and followed when it moves."""

import asyncio

import pytest

from domain.errors import NotAllowed
from tests.usecases.app import App

CONFIGURED, FIRST, SECOND, THIRD = -100, -201, -202, -203


async def test_without_a_config_an_owner_makes_a_group_the_admin_chat(app: App) -> None:
    app.configures(admin_chat=None)
    assert await app.use.admin_chat() is None
    boss = await app.private("boss")
    assert await app.use.admin_chat.locate(boss, FIRST)
    assert await app.use.admin_chat() == FIRST


async def test_the_first_group_stays(app: App) -> None:
    app.configures(admin_chat=None)
    boss = await app.private("boss")
    assert await app.use.admin_chat.locate(boss, FIRST)
    assert not await app.use.admin_chat.locate(boss, SECOND)
    assert await app.use.admin_chat.locate(boss, FIRST)
    assert await app.use.admin_chat() == FIRST


async def test_of_two_groups_at_once_one_is_it(app: App) -> None:
    app.configures(admin_chat=None)
    boss = await app.private("boss")
    located = await asyncio.gather(
        *(app.use.admin_chat.locate(boss, chat) for chat in (FIRST, SECOND))
    )
    assert sorted(located) == [False, True]
    assert await app.use.admin_chat() == (FIRST if located[0] else SECOND)


async def test_where_the_config_names_it_a_group_is_told_whether_it_is_it(app: App) -> None:
    app.configures(admin_chat=CONFIGURED)
    boss = await app.private("boss")
    assert not await app.use.admin_chat.locate(boss, FIRST)
    assert await app.use.admin_chat.locate(boss, CONFIGURED)
    assert await app.use.admin_chat() == CONFIGURED
    assert await app.rows("settings") == []


async def test_nobody_but_an_owner_of_the_config_may(app: App) -> None:
    app.configures(admin_chat=None)
    with pytest.raises(NotAllowed) as told:
        await app.use.admin_chat.locate(await app.private("zoe"), FIRST)
    assert told.value.facts == {"right": "admin_chat.locate"}
    assert await app.use.admin_chat() is None


@pytest.mark.parametrize("configured", [CONFIGURED, None])
async def test_it_is_followed_when_telegram_moves_it(app: App, configured: int | None) -> None:
    app.configures(admin_chat=configured)
    before = configured or FIRST
    if configured is None:
        await app.use.admin_chat.locate(await app.private("boss"), FIRST)
    await app.use.admin_chat.move(before, SECOND)
    assert await app.use.admin_chat() == SECOND
    await app.use.admin_chat.move(SECOND, THIRD)
    assert await app.use.admin_chat() == THIRD
    # Again, and of a chat that it is not any more: nothing.
    await app.use.admin_chat.move(SECOND, CONFIGURED)
    assert await app.use.admin_chat() == THIRD
    assert not await app.use.admin_chat.locate(await app.private("boss"), before)


async def test_another_groups_move_changes_nothing(app: App) -> None:
    app.configures(admin_chat=None)
    await app.use.admin_chat.move(FIRST, SECOND)
    assert await app.use.admin_chat() is None
    app.configures(admin_chat=CONFIGURED)
    await app.use.admin_chat.move(FIRST, SECOND)
    assert await app.use.admin_chat() == CONFIGURED
    assert await app.rows("settings") == []


async def test_what_was_learned_survives_a_restart(app: App) -> None:
    app.configures(admin_chat=CONFIGURED)
    await app.use.admin_chat.move(CONFIGURED, SECOND)
    app.configures(admin_chat=CONFIGURED)
    assert await app.use.admin_chat() == SECOND


async def test_a_chat_that_the_config_names_since_wins_over_a_learned_one(app: App) -> None:
    app.configures(admin_chat=None)
    await app.use.admin_chat.locate(await app.private("boss"), FIRST)
    app.configures(admin_chat=CONFIGURED)
    assert await app.use.admin_chat() == CONFIGURED
    app.configures(admin_chat=None)
    assert await app.use.admin_chat() == FIRST


async def test_a_config_that_names_another_chat_forgets_the_move(app: App) -> None:
    app.configures(admin_chat=CONFIGURED)
    await app.use.admin_chat.move(CONFIGURED, SECOND)
    for named in (SECOND, THIRD):
        app.configures(admin_chat=named)
        assert await app.use.admin_chat() == named
