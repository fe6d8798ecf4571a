"""Groups: privacy mode, anonymous administrators, upgrade, topics, pins, members."""

import pytest

from bot.simulator import Simulator
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import Raw, Updates


async def texts(updates: Updates) -> list[str | None]:
    return [update["message"].get("text") for update in await updates() if "message" in update]


async def test_privacy_mode(
    raw: Raw, ann: PersonActor, group: GroupActor, updates: Updates
) -> None:
    sent = await raw("sendMessage", chat_id=group.id, text="ask")
    await updates()
    await ann.sends("chatter", chat=group)
    await ann.sends("/pay 5", chat=group)
    await ann.sends("/pay@OtherBot 5", chat=group)
    await ann.sends("/pay@samplepartnerbot 6", chat=group)
    await ann.sends("hello @SamplePartnerBot", chat=group)
    own = await ann.sends("more chatter", chat=group)
    await ann.replies(own, "to myself", chat=group)
    await ann.replies(sent.result["message_id"], "a reason", chat=group)
    assert await texts(updates) == [
        "/pay 5",
        "/pay@samplepartnerbot 6",
        "hello @SamplePartnerBot",
        "a reason",
    ]


async def test_the_group_form_of_a_deep_link(
    ann: PersonActor, group: GroupActor, updates: Updates
) -> None:
    await updates()
    await ann.sends("/start@SamplePartnerBot g_CODE", chat=group)
    message = (await updates())[0]["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 23}]


async def test_an_administrator_bot_sees_everything(
    ann: PersonActor, forum: GroupActor, updates: Updates
) -> None:
    await updates()
    await ann.sends("chatter", chat=forum)
    assert await texts(updates) == ["chatter"]


class TestPrivacyOff:
    @pytest.fixture
    def settings(self) -> Json:
        return {"privacy_mode": False}

    async def test_everything_is_seen(
        self, raw: Raw, ann: PersonActor, group: GroupActor, updates: Updates
    ) -> None:
        await updates()
        await ann.sends("chatter", chat=group)
        assert await texts(updates) == ["chatter"]
        assert (await raw("getMe")).result["can_read_all_group_messages"] is True


async def test_a_new_group_is_announced(
    client: SimulatorClient, ann: PersonActor, updates: Updates
) -> None:
    await updates()
    await client.group("G", members=[ann])
    first, second = await updates()
    change = first["my_chat_member"]
    assert change["from"]["id"] == ann.id
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "left",
        "member",
    )
    assert second["message"]["group_chat_created"] is True


async def test_joining_and_leaving(
    client: SimulatorClient, group: GroupActor, ann: PersonActor, updates: Updates
) -> None:
    cid = await client.person("Cid")
    await updates()
    await group.sets(cid, status="member")
    await group.sets(cid, status="left")
    joined, left = [update["message"] for update in await updates()]
    assert joined["new_chat_members"][0]["id"] == cid.id
    assert left["left_chat_member"]["id"] == cid.id
    with pytest.raises(Exception, match="Cid is not in"):
        await cid.sends("hello", chat=group)


async def test_anonymous_administrators_write_as_the_group(
    raw: Raw, ann: PersonActor, forum: GroupActor, updates: Updates
) -> None:
    await forum.sets(ann, status="administrator", is_anonymous=True)
    await updates()
    await ann.sends("/pay 5", chat=forum)
    message = (await updates())[0]["message"]
    assert message["from"]["username"] == "GroupAnonymousBot"
    assert message["sender_chat"]["id"] == forum.id
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await raw("sendMessage", chat_id=forum.id, text="x", reply_markup=keys)
    await ann.presses("a", chat=forum)
    # A press always shows who pressed.
    assert (await updates())[0]["callback_query"]["from"]["id"] == ann.id


async def test_upgrade_yields_both_service_messages(
    group: GroupActor, ann: PersonActor, updates: Updates
) -> None:
    await updates()
    old = group.id
    new = await group.upgrades()
    first, second = [update["message"] for update in await updates()]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (old, new)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new, old)
    assert second["chat"]["type"] == "supergroup"
    await ann.sends("/here", chat=group)
    assert await texts(updates) == ["/here"]


async def test_message_ids_are_numbered_by_chat(
    raw: Raw, ann: PersonActor, group: GroupActor, forum: GroupActor
) -> None:
    in_forum = [m["message_id"] for m in await forum.messages()]
    assert in_forum == [1]
    first = (await raw("sendMessage", chat_id=ann.id, text="x")).result["message_id"]
    second = (await raw("sendMessage", chat_id=group.id, text="x")).result["message_id"]
    assert second == first + 1


async def test_topics(raw: Raw, ann: PersonActor, forum: GroupActor, updates: Updates) -> None:
    await updates()
    topic = (await raw("createForumTopic", chat_id=forum.id, name="Claim 1")).result
    thread = topic["message_thread_id"]
    created = (await updates())[0]["message"]
    assert created["forum_topic_created"]["name"] == "Claim 1"
    assert created["message_id"] == created["message_thread_id"] == thread
    here = {"chat_id": forum.id, "message_thread_id": thread}
    sent = (await raw("sendMessage", **here, text="x")).result
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert sent["reply_to_message"]["message_id"] == thread
    await ann.sends("in here", chat=forum, topic=thread)
    assert (await updates())[0]["message"]["message_thread_id"] == thread
    assert (await raw("editForumTopic", **here, name="Claim 2")).result is True
    assert (await raw("editForumTopic", **here, name="Claim 2")).status == 400
    assert (await raw("closeForumTopic", **here)).result is True
    assert (await raw("closeForumTopic", **here)).description == "Bad Request: TOPIC_NOT_MODIFIED"
    assert (await raw("reopenForumTopic", **here)).result is True
    services = [update["message"] for update in await updates()]
    assert [
        name for message in services for name in message if name.startswith("forum_topic")
    ] == ["forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]
    assert (await raw("deleteForumTopic", **here)).result is True
    refused = await raw("sendMessage", **here, text="x")
    assert refused.description == "Bad Request: message thread not found"
    refused = await raw("closeForumTopic", **here)
    assert refused.description == "Bad Request: TOPIC_ID_INVALID"


async def test_topics_need_a_forum_and_a_right(
    raw: Raw, client: SimulatorClient, ann: PersonActor, group: GroupActor
) -> None:
    refused = await raw("createForumTopic", chat_id=group.id, name="x")
    assert refused.description == "Bad Request: the chat is not a forum"
    plain = await client.group("F", members=[ann], is_forum=True)
    refused = await raw("createForumTopic", chat_id=plain.id, name="x")
    assert refused.description == "Bad Request: not enough rights to create a topic"


async def test_topic_names(raw: Raw, forum: GroupActor) -> None:
    fits = await raw("createForumTopic", chat_id=forum.id, name="x" * 128)
    assert fits.status == 200
    assert (await raw("createForumTopic", chat_id=forum.id, name="x" * 129)).status == 400
    assert (await raw("createForumTopic", chat_id=forum.id)).status == 400


async def test_pins_come_back_as_updates(
    raw: Raw, ann: PersonActor, forum: GroupActor, group: GroupActor, updates: Updates
) -> None:
    sent = (await raw("sendMessage", chat_id=forum.id, text="rules")).result
    await updates()
    pin = {"chat_id": forum.id, "message_id": sent["message_id"]}
    assert (await raw("pinChatMessage", **pin)).result is True
    assert (await updates())[0]["message"]["pinned_message"]["text"] == "rules"
    assert (await raw("getChat", chat_id=forum.id)).result["pinned_message"]["text"] == "rules"
    assert (await raw("unpinChatMessage", **pin)).result is True
    other = (await raw("sendMessage", chat_id=group.id, text="x")).result["message_id"]
    refused = await raw("pinChatMessage", chat_id=group.id, message_id=other)
    assert refused.description == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )


async def test_members(
    raw: Raw, sim: Simulator, ann: PersonActor, bob: PersonActor, forum: GroupActor
) -> None:
    here = {"chat_id": forum.id}
    owner = (await raw("getChatMember", **here, user_id=ann.id)).result
    assert owner["status"] == "creator"
    itself = (await raw("getChatMember", **here, user_id=sim.world.bot.id)).result
    assert (itself["status"], itself["can_manage_topics"]) == ("administrator", True)
    assert (await raw("getChatMemberCount", **here)).result == 3
    found = (await raw("getChatAdministrators", **here)).result
    assert [member["user"]["id"] for member in found] == [ann.id, sim.world.bot.id]
    refused = await raw("getChatAdministrators", chat_id=ann.id)
    assert "no administrators in the private chat" in refused.description
    refused = await raw("getChatMember", **here, user_id=5)
    assert refused.description == "Bad Request: PARTICIPANT_ID_INVALID"


async def test_leaving_and_invite_links(
    raw: Raw, ann: PersonActor, group: GroupActor, forum: GroupActor
) -> None:
    refused = await raw("leaveChat", chat_id=ann.id)
    assert "can't be changed in private chats" in refused.description
    assert (await raw("exportChatInviteLink", chat_id=group.id)).status == 400
    link = (await raw("exportChatInviteLink", chat_id=forum.id)).result
    assert link.startswith("https://t.me/+")
