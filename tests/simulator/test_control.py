"""The control API as the page uses it."""

import asyncio
import json

import pytest
from aiohttp import ClientSession, FormData

from bot.simulator import Simulator
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient, SimulatorError
from bot.simulator.wire import Json
from tests.simulator.support import Raw

MESSAGE_VIEW = {
    "seq",
    "message_id",
    "chat_id",
    "date",
    "edit_date",
    "from",
    "text",
    "caption",
    "entities",
    "html",
    "photo",
    "document",
    "contact",
    "reply_to_message_id",
    "message_thread_id",
    "service",
    "inline_keyboard",
    "reply_keyboard",
    "remove_keyboard",
    "force_reply",
    "deleted",
}
PERSON = {
    "id",
    "first_name",
    "last_name",
    "username",
    "language_code",
    "phone",
    "label",
    "blocked",
    "deactivated",
}
GROUP = {"id", "title", "type", "is_forum", "topics", "members", "bot_status", "bot_rights"}


async def test_the_state(client: SimulatorClient, ann: PersonActor, group: GroupActor) -> None:
    state = await client.state()
    assert state["bot"] == {"id": 123456, "username": "SamplePartnerBot", "name": "Partner Bot"}
    assert set(state["people"][0]) == PERSON
    assert set(state["groups"][0]) >= GROUP
    assert state["groups"][0]["members"][0] == {
        "person_id": ann.id,
        "status": "creator",
        "is_anonymous": False,
    }
    assert state["commands"] == []


async def test_message_views(client: SimulatorClient, raw: Raw, ann: PersonActor) -> None:
    buttons = [
        {"text": "Go", "callback_data": "go"},
        {"text": "Site", "url": "https://example.com/"},
        {"text": "Copy", "copy_text": {"text": "CODE"}},
        {"text": "Tell", "switch_inline_query": "q"},
    ]
    keys = {"inline_keyboard": [buttons]}
    await raw("sendMessage", chat_id=ann.id, text="<i>x</i>", parse_mode="HTML", reply_markup=keys)
    view = await ann.last()
    assert set(view) >= MESSAGE_VIEW
    assert view["html"] == "<i>x</i>"
    assert view["from"] == {"id": 123456, "is_bot": True, "name": "Partner Bot"}
    assert view["inline_keyboard"] == [
        [
            {"text": "Go", "kind": "callback", "data": "go"},
            {"text": "Site", "kind": "url", "url": "https://example.com/"},
            {"text": "Copy", "kind": "copy", "copy_text": "CODE"},
            {"text": "Tell", "kind": "switch_inline", "query": "q"},
        ]
    ]


async def test_messages_after_a_number(
    client: SimulatorClient, raw: Raw, ann: PersonActor
) -> None:
    first = await ann.sends("one")
    await ann.sends("two")
    path = f"chats/{ann.id}/messages"
    found = await client.call("GET", path, query={"after": first["seq"]})
    assert [view["text"] for view in found["items"]] == ["two"]
    assert found["last_seq"] >= found["items"][-1]["seq"]
    await raw("deleteMessage", chat_id=ann.id, message_id=first["message_id"])
    later = await client.call("GET", path, query={"after": found["last_seq"]})
    assert [(view["text"], view["deleted"]) for view in later["items"]] == [("one", True)]
    limited = await client.call("GET", path, query={"limit": 1})
    assert [view["text"] for view in limited["items"]] == ["two"]


async def collect(sim: Simulator, count: int, *, after: int | None = None) -> list[Json]:
    """Read events from the stream."""
    found: list[Json] = []
    query = {} if after is None else {"after": str(after)}
    async with (
        ClientSession() as session,
        asyncio.timeout(3),
        session.get(f"{sim.url}/sim/events", params=query) as stream,
    ):
        assert stream.headers["Content-Type"] == "text/event-stream"
        async for line in stream.content:
            if line.startswith(b"data: "):
                found.append(json.loads(line.removeprefix(b"data: ")))
            if len(found) == count:
                break
    return found


async def test_events_replay_and_go_on(sim: Simulator, raw: Raw, ann: PersonActor) -> None:
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    start = sim.world.events.last_seq
    sent = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
    here = {"chat_id": ann.id, "message_id": sent.result["message_id"]}
    pressed = await ann.presses("a")
    await raw("answerCallbackQuery", callback_query_id=pressed.query_id or "", text="ok")
    await raw("sendChatAction", chat_id=ann.id, action="typing")
    watching = asyncio.create_task(collect(sim, 8, after=start))
    await asyncio.sleep(0.05)
    await raw("editMessageText", **here, text="y")
    await raw("deleteMessage", **here)
    await ann.blocks()
    await ann.unblocks()
    events = await watching
    kinds = ["message", "callback", "callback", "action", "edit", "delete", "person", "person"]
    assert [event["kind"] for event in events] == kinds
    assert [event["seq"] for event in events] == sorted(event["seq"] for event in events)
    assert events[2]["text"] == "ok"
    assert events[3]["action"] == "typing"
    assert events[4]["text"] == "y"
    assert all(event["chat_id"] == ann.id for event in events)


async def test_pressing_and_waiting_for_the_answer(
    client: SimulatorClient, raw: Raw, ann: PersonActor
) -> None:
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    sent = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
    body = {"from": ann.id, "message_id": sent.result["message_id"], "row": 0, "column": 0}
    path = f"chats/{ann.id}/press"
    unanswered = await client.call("POST", path, {**body, "wait": 0.02})
    assert unanswered["answered"] is False
    waiting = asyncio.create_task(client.call("POST", path, {**body, "wait": 3}))
    await asyncio.sleep(0.05)
    query = (await raw("getUpdates")).result[-1]["callback_query"]
    await raw("answerCallbackQuery", callback_query_id=query["id"], text="ok")
    assert (await waiting)["text"] == "ok"


async def test_changing_people_and_groups(
    client: SimulatorClient, ann: PersonActor, bob: PersonActor, group: GroupActor
) -> None:
    await ann.changes(first_name="Anna", last_name=None, label="Sample partner")
    assert (ann.view["first_name"], ann.view["last_name"]) == ("Anna", None)
    changed = await group.changes(title="Team", members=[ann.id], bot_rights=["can_pin_messages"])
    assert changed["title"] == "Team"
    assert [(m["person_id"], m["status"]) for m in changed["members"]] == [
        (ann.id, "creator"),
        (bob.id, "left"),
    ]
    assert changed["bot_status"] == "administrator"
    for wrong in ({"bot_rights": ["can_fly"]}, {"is_forum": True}, {"members": [5]}):
        with pytest.raises(SimulatorError):
            await group.changes(**wrong)
    with pytest.raises(SimulatorError, match="is taken"):
        await client.person("Twin", id=ann.id)


async def test_wrong_calls(client: SimulatorClient, sim: Simulator, ann: PersonActor) -> None:
    with pytest.raises(SimulatorError, match="not JSON"):
        await client.call("POST", "people", FormData({"a": "b"}))
    with pytest.raises(SimulatorError, match="needs some text"):
        await ann.sends(" ")
    with pytest.raises(SimulatorError, match="there is no chat 5"):
        await client.messages(5)
    with pytest.raises(SimulatorError, match="no such press"):
        await client.callback("5")
    with pytest.raises(SimulatorError, match="no such file"):
        await client.file("x")
    other = await client.person("Eve")
    with pytest.raises(SimulatorError, match="belongs to one person"):
        await client.call("POST", f"chats/{ann.id}/send", {"from": other.id, "text": "x"})
    for path, body in (
        ("people", {"first_name": "A", "id": "x"}),
        ("people", {"first_name": 5}),
        ("groups", {"title": "G", "members": ["x"]}),
        ("faults", {"error_code": "x"}),
    ):
        with pytest.raises(SimulatorError, match="must be"):
            await client.call("POST", path, body)


async def test_the_page_cannot_leave_its_folder(sim: Simulator) -> None:
    async with ClientSession() as session:
        for path in ("/../server.py", "/%2e%2e/server.py", "/..%2fserver.py"):
            async with session.get(sim.url + path) as answer:
                assert answer.status == 404
