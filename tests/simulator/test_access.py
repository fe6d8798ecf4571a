"""Which chats the bot may write to, in which order things are checked."""

import pytest

from bot.simulator import Simulator
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from tests.simulator.support import Raw, Reply, Updates


async def send(raw: Raw, chat_id: int, **more: object) -> Reply:
    return await raw("sendMessage", **{"chat_id": chat_id, "text": "x", **more})


async def test_empty_and_unknown_chats(raw: Raw, bob: PersonActor) -> None:
    assert (await raw("sendMessage", text="x")).description == "Bad Request: chat_id is empty"
    assert (await send(raw, 5)).description == "Bad Request: chat not found"
    assert (await send(raw, "@nobody")).description == "Bad Request: chat not found"
    # Somebody the bot never came across is as good as nobody.
    assert (await send(raw, bob.id)).description == "Bad Request: chat not found"


async def test_a_bot_cannot_write_first(raw: Raw, bob: PersonActor, group: GroupActor) -> None:
    refused = await send(raw, bob.id)
    assert refused.status == 403
    assert refused.description == "Forbidden: bot can't initiate conversation with a user"


async def test_bots_do_not_write_to_bots(raw: Raw, sim: Simulator) -> None:
    refused = await send(raw, sim.world.bot.id)
    assert (refused.status, refused.description) == (
        403,
        "Forbidden: bot can't send messages to bots",
    )


async def test_blocking_and_unblocking(raw: Raw, ann: PersonActor, updates: Updates) -> None:
    await updates()
    await ann.blocks()
    refused = await send(raw, ann.id)
    assert (refused.status, refused.description) == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    await ann.unblocks()
    assert (await send(raw, ann.id)).status == 200
    changes = [update["my_chat_member"] for update in await updates()]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_start_unblocks(raw: Raw, ann: PersonActor, updates: Updates) -> None:
    await ann.blocks()
    await updates()
    await ann.opens("r_1")
    kinds = [set(update) - {"update_id"} for update in await updates()]
    assert kinds == [{"my_chat_member"}, {"message"}]
    assert (await send(raw, ann.id)).status == 200


async def test_a_deactivated_user(raw: Raw, ann: PersonActor) -> None:
    await ann.changes(deactivated=True)
    assert (await send(raw, ann.id)).description == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("kind", "noun"), [("group", "group chat"), ("supergroup", "supergroup chat")]
)
async def test_kicked_and_left(
    raw: Raw, client: SimulatorClient, ann: PersonActor, kind: str, noun: str
) -> None:
    group = await client.group("G", members=[ann], kind=kind)
    assert (await raw("leaveChat", chat_id=group.id)).result is True
    refused = await send(raw, group.id)
    assert refused.description == f"Forbidden: bot is not a member of the {noun}"
    other = await client.group("H", members=[ann], kind=kind)
    await other.kicks_bot()
    refused = await send(raw, other.id)
    assert (refused.status, refused.description) == (
        403,
        f"Forbidden: bot was kicked from the {noun}",
    )


async def test_a_deleted_group(raw: Raw, group: GroupActor) -> None:
    await group.changes(delete=True)
    refused = await send(raw, group.id)
    assert (refused.status, refused.description) == (403, "Forbidden: the group chat was deleted")


async def test_a_restricted_bot(raw: Raw, client: SimulatorClient, ann: PersonActor) -> None:
    group = await client.group("G", members=[ann], bot_rights={"can_send_messages": False})
    refused = await send(raw, group.id)
    assert (
        refused.description == "Bad Request: not enough rights to send text messages to the chat"
    )


async def test_an_upgraded_group_says_where_it_went(raw: Raw, group: GroupActor) -> None:
    old = group.id
    new = await group.upgrades()
    refused = await send(raw, old)
    assert refused.status == 400
    assert refused.description == ("Bad Request: group chat was upgraded to a supergroup chat")
    assert refused.body["parameters"] == {"migrate_to_chat_id": new}
    assert (await send(raw, new)).status == 200


async def test_reply_targets(raw: Raw, ann: PersonActor) -> None:
    first = (await send(raw, ann.id)).result["message_id"]
    sent = await send(raw, ann.id, reply_parameters={"message_id": first})
    assert sent.result["reply_to_message"]["message_id"] == first
    refused = await send(raw, ann.id, reply_parameters={"message_id": 99_999})
    assert refused.description == "Bad Request: message to be replied not found"
    lenient = {"message_id": 99_999, "allow_sending_without_reply": True}
    assert (await send(raw, ann.id, reply_parameters=lenient)).status == 200


async def test_replies_across_chats_are_honestly_refused(raw: Raw, ann: PersonActor) -> None:
    refused = await send(raw, ann.id, reply_parameters={"message_id": 1, "chat_id": 5})
    assert refused.description == "Bad Request: replies to other chats are not simulated"


async def test_order_of_checks(raw: Raw, ann: PersonActor) -> None:
    """Malformed arguments come before the chat, lengths and button data after it."""
    bad_data = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}
    no_action = {"inline_keyboard": [[{"text": "a"}]]}
    nowhere = "Bad Request: chat not found"
    assert "can't parse entities" in (await send(raw, 5, text="<x", parse_mode="HTML")).description
    assert "Text buttons" in (await send(raw, 5, reply_markup=no_action)).description
    assert (await send(raw, 5, text="x" * 4097)).description == nowhere
    assert (await send(raw, 5, text="  ")).description == nowhere
    assert (await send(raw, 5, reply_markup=bad_data)).description == nowhere
    gone = {"message_id": 99_999}
    both = await send(raw, ann.id, text="x" * 4097, reply_parameters=gone)
    assert both.description == "Bad Request: message to be replied not found"
    await ann.blocks()
    blocked = await send(raw, ann.id, reply_parameters=gone)
    assert blocked.status == 403


async def test_chat_actions(raw: Raw, ann: PersonActor) -> None:
    assert (await raw("sendChatAction", chat_id=ann.id, action="typing")).result is True
    refused = await raw("sendChatAction", chat_id=ann.id, action="dancing")
    assert refused.description == "Bad Request: wrong parameter action in request"
