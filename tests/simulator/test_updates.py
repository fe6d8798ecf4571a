"""Long polling: offsets, conflicts, kinds, expiry."""

import asyncio

import pytest

from bot.simulator import MovableClock
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import Raw, Updates

ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
OTHER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@pytest.fixture
def settings() -> Json:
    return {"conflict_delay_seconds": 0.3}


@pytest.fixture
async def three(ann: PersonActor, updates: Updates) -> None:
    await updates()
    for text in ("one", "two", "three"):
        await ann.sends(text)


async def ids(raw: Raw, **more: object) -> list[int]:
    return [update["update_id"] for update in (await raw("getUpdates", **more)).result]


async def test_ids_are_positive_and_consecutive(raw: Raw, three: None) -> None:
    found = await ids(raw)
    assert found == [found[0], found[0] + 1, found[0] + 2]
    assert found[0] > 1000


async def test_only_a_larger_offset_confirms(raw: Raw, three: None) -> None:
    found = await ids(raw)
    assert await ids(raw) == found
    assert await ids(raw, offset=found[0]) == found
    assert await ids(raw, offset=found[1]) == found[1:]
    assert await ids(raw, offset=0) == found[1:]
    assert await ids(raw, offset=found[2] + 1) == []


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(
    raw: Raw, three: None
) -> None:
    last = (await ids(raw))[-1]
    assert await ids(raw, offset=-1) == [last]
    assert await ids(raw) == [last]


async def test_limit_is_clamped(raw: Raw, ann: PersonActor, updates: Updates) -> None:
    await updates()
    for number in range(102):
        await ann.sends(str(number))
    assert len(await ids(raw, limit=2)) == 2
    assert len(await ids(raw, limit=0)) == 1
    assert len(await ids(raw, limit=-5)) == 1
    assert len(await ids(raw, limit=1000)) == 100
    assert len(await ids(raw)) == 100


async def test_a_waiting_poll_gets_the_update_at_once(
    raw: Raw, ann: PersonActor, updates: Updates
) -> None:
    await updates()
    waiting = asyncio.create_task(raw("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await ann.sends("hello")
    answer = await asyncio.wait_for(waiting, 2)
    assert [update["message"]["text"] for update in answer.result] == ["hello"]


async def test_the_timeout_is_clamped_from_below(raw: Raw, updates: Updates) -> None:
    await updates()
    answer = await asyncio.wait_for(raw("getUpdates", timeout=-5), 1)
    assert answer.result == []


async def test_the_older_poll_gets_the_conflict(
    raw: Raw, ann: PersonActor, updates: Updates
) -> None:
    await updates()
    older = asyncio.create_task(raw("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    younger = asyncio.create_task(raw("getUpdates", timeout=20))
    answer = await asyncio.wait_for(older, 1)
    assert (answer.status, answer.description) == (409, OTHER)
    await ann.sends("hello")
    assert len((await asyncio.wait_for(younger, 1)).result) == 1


async def test_a_second_conflict_comes_late(raw: Raw, updates: Updates) -> None:
    await updates()
    loop = asyncio.get_running_loop()
    polls = []
    for _ in range(3):
        polls.append(asyncio.create_task(raw("getUpdates", timeout=1)))
        await asyncio.sleep(0.03)
    begin = loop.time()
    assert (await polls[0]).status == 409
    assert loop.time() - begin < 0.15
    assert (await polls[1]).status == 409
    assert loop.time() - begin > 0.2
    assert (await polls[2]).status == 200


async def test_a_webhook_ends_and_forbids_polling(raw: Raw, updates: Updates) -> None:
    await updates()
    waiting = asyncio.create_task(raw("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await raw("setWebhook", url="http://127.0.0.1:9/")
    answer = await asyncio.wait_for(waiting, 1)
    assert answer.description == "Conflict: terminated by setWebhook request"
    refused = await raw("getUpdates")
    assert (refused.status, refused.description) == (409, ACTIVE)
    await raw("deleteWebhook")
    assert (await raw("getUpdates")).status == 200


class TestRepeating:
    @pytest.fixture
    def settings(self) -> Json:
        return {"repeat_poll_seconds": 0.4, "repeat_poll_burst_seconds": 0.1}

    async def test_the_same_offset_again_is_slowed_down(
        self, raw: Raw, ann: PersonActor, clock: MovableClock, three: None
    ) -> None:
        loop = asyncio.get_running_loop()
        first = await ids(raw)
        assert len(first) == 3
        assert len(await ids(raw)) == 1
        clock.advance(0.15)
        assert len(await ids(raw)) == 3
        clock.advance(1)
        await ids(raw, offset=first[-1] + 1)
        begin = loop.time()
        assert await ids(raw, offset=first[-1] + 1) == []
        assert loop.time() - begin > 0.35
        clock.advance(1)
        begin = loop.time()
        assert await ids(raw, offset=first[-1] + 1) == []
        assert loop.time() - begin < 0.3

    def test_the_defaults_are_telegrams(self) -> None:
        from bot.simulator import Settings

        assert Settings().repeat_poll_seconds == 3.0
        assert Settings().repeat_poll_burst_seconds == 0.5
        assert Settings().conflict_delay_seconds == 3.0


async def test_updates_live_a_day(raw: Raw, three: None, clock: MovableClock) -> None:
    clock.advance(24 * 3600 - 1)
    assert len(await ids(raw)) == 3
    clock.advance(1)
    assert await ids(raw) == []


async def test_allowed_updates_act_when_an_update_is_made(
    raw: Raw, ann: PersonActor, updates: Updates
) -> None:
    await updates()
    await ann.sends("before")
    await raw("getUpdates", allowed_updates=["callback_query"])
    await ann.sends("not wanted")
    assert [u["message"]["text"] for u in (await raw("getUpdates")).result] == ["before"]
    await raw("getUpdates", allowed_updates="{broken")
    await ann.sends("still not wanted")
    assert len((await raw("getUpdates")).result) == 1
    await raw("getUpdates", allowed_updates=[])
    await ann.sends("wanted")
    await raw("getUpdates", allowed_updates=["nonsense"])
    await ann.sends("wanted too")
    assert len((await raw("getUpdates")).result) == 3


async def test_chat_member_is_not_in_the_default_set(
    raw: Raw,
    client: SimulatorClient,
    ann: PersonActor,
    forum: GroupActor,
    bob: PersonActor,
    updates: Updates,
) -> None:
    await updates()
    await forum.sets(bob, status="administrator")
    assert await updates() == []
    await raw("getUpdates", allowed_updates=["message", "chat_member"])
    await forum.sets(bob, status="member")
    found = await updates()
    assert [set(update) - {"update_id"} for update in found] == [{"chat_member"}]
    await ann.blocks()
    assert await updates() == []


async def test_raw_updates_come_as_they_are_even_twice(
    raw: Raw, client: SimulatorClient, ann: PersonActor, three: None
) -> None:
    found = (await raw("getUpdates")).result
    await raw("getUpdates", offset=found[-1]["update_id"] + 1)
    assert await client.update(found[0]) == found[0]["update_id"]
    assert (await raw("getUpdates", offset=found[-1]["update_id"] + 1)).result == [found[0]]
    after = await ids(raw, offset=found[-1]["update_id"] + 1)
    assert after == []
    with pytest.raises(Exception, match="no Update"):
        await client.update({"message": {"text": "incomplete"}})
