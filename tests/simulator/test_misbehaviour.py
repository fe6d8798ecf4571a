"""Telegram on a bad day: silence, broken connections, updates twice and in any order."""

import asyncio

import aiohttp
import pytest

from bot.simulator.actors import PersonActor
from bot.simulator.client import SimulatorClient, SimulatorError
from bot.simulator.wire import Json
from tests.simulator.support import Raw

SOON = 0.2


async def test_a_call_that_hangs_is_done_after_a_while(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    await client.misbehaves("hang", "sendMessage", seconds=SOON, chat_id=ann.id)
    call = asyncio.create_task(raw("sendMessage", chat_id=ann.id, text="slow"))
    await asyncio.sleep(SOON / 2)
    assert not call.done()
    assert not await _texts(ann)
    assert (await call).status == 200
    assert await _texts(ann) == ["slow"]


async def test_a_late_answer_comes_to_what_is_done(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    await client.misbehaves("late", "sendMessage", seconds=SOON)
    call = asyncio.create_task(raw("sendMessage", chat_id=ann.id, text="sent"))
    await asyncio.sleep(SOON / 2)
    assert not call.done()
    assert await _texts(ann) == ["sent"]
    assert (await call).status == 200


async def test_a_connection_is_cut_before_or_after_the_call_is_done(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    for kind in ("cut_before", "cut_after"):
        await client.misbehaves(kind, "sendMessage")
        with pytest.raises(aiohttp.ClientError):
            await raw("sendMessage", chat_id=ann.id, text=kind)
    assert await _texts(ann) == ["cut_after"]
    cut = await client.journal("sendMessage")
    assert [(call["status"], call["ok"]) for call in cut] == [(0, False)] * 2
    assert (await raw("sendMessage", chat_id=ann.id, text="x")).status == 200


async def test_a_confirmed_update_comes_again(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    await _forget_all(raw)
    await client.deliveries(repeats=2)
    await ann.sends("thrice")
    await client.deliveries()
    await ann.sends("once")
    [first, second] = (await raw("getUpdates", timeout=0)).result
    offset = second["update_id"] + 1
    for _ in range(2):
        assert (await raw("getUpdates", timeout=0, offset=offset)).result == [first]
    assert (await raw("getUpdates", timeout=0, offset=offset)).result == []


async def test_waiting_updates_come_in_any_order(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    await _forget_all(raw)
    for number in range(10):
        await ann.sends(str(number))
    usual = await _numbers(raw)
    assert usual == sorted(usual)
    await client.deliveries(shuffle=True, seed=1)
    shuffled = await _numbers(raw)
    assert shuffled != usual
    assert sorted(shuffled) == usual
    await client.deliveries()
    assert await _numbers(raw) == usual


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", {"kind": "earthquake"}),
        ("faults", {"kind": "hang", "seconds": -1}),
        ("faults", {"kind": "hang", "seconds": True}),
        ("faults", {"kind": "error"}),
        ("deliveries", {"repeats": -1}),
    ],
)
async def test_misbehaviour_that_makes_no_sense_is_refused(
    client: SimulatorClient, path: str, body: Json
) -> None:
    with pytest.raises(SimulatorError):
        await client.call("POST", path, body)


async def _texts(person: PersonActor) -> list[str]:
    return [shown["text"] for shown in await person.messages() if shown["from"]["is_bot"]]


async def _numbers(raw: Raw) -> list[int]:
    # A limit of its own each time would be slowed down; the offset stays away.
    return [update["update_id"] for update in (await raw("getUpdates", timeout=0)).result]


async def _forget_all(raw: Raw) -> None:
    await raw("getUpdates", offset=-1, timeout=0)
    [last] = (await raw("getUpdates", timeout=0)).result
    await raw("getUpdates", offset=last["update_id"] + 1, timeout=0)
