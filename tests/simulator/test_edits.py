"""Editing, deleting, copying, forwarding."""

import pytest

from bot.simulator import MovableClock
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.wire import Json
from tests.simulator.support import PngMaker, Raw

KEYS = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@pytest.fixture
async def text(raw: Raw, ann: PersonActor) -> Json:
    sent = await raw("sendMessage", chat_id=ann.id, text="old", reply_markup=KEYS)
    return {"chat_id": ann.id, "message_id": sent.result["message_id"]}


@pytest.fixture
async def photo(raw: Raw, ann: PersonActor, png: PngMaker) -> Json:
    upload = {"photo": ("a.png", png())}
    sent = await raw.upload("sendPhoto", upload, chat_id=ann.id, caption="cap")
    return {"chat_id": ann.id, "message_id": sent.result["message_id"]}


async def test_an_edit_without_a_keyboard_removes_it(raw: Raw, text: Json) -> None:
    edited = await raw("editMessageText", **text, text="new")
    assert edited.result["text"] == "new"
    assert edited.result["edit_date"]
    assert "reply_markup" not in edited.result


async def test_not_modified(raw: Raw, text: Json) -> None:
    refused = await raw("editMessageText", **text, text="old", reply_markup=KEYS)
    assert refused.description == NOT_MODIFIED
    refused = await raw("editMessageReplyMarkup", **text, reply_markup=KEYS)
    assert refused.description == NOT_MODIFIED
    assert (await raw("editMessageReplyMarkup", **text)).status == 200


async def test_wrong_edit_methods(raw: Raw, text: Json, photo: Json) -> None:
    refused = await raw("editMessageText", **photo, text="new")
    assert refused.description == "Bad Request: there is no text in the message to edit"
    refused = await raw("editMessageCaption", **text, caption="new")
    assert refused.description == "Bad Request: there is no caption in the message to edit"
    edited = await raw("editMessageCaption", **photo, caption="<b>new</b>", parse_mode="HTML")
    assert edited.result["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_edit_media(raw: Raw, photo: Json, png: PngMaker) -> None:
    media = {"type": "document", "media": "attach://new", "caption": "c"}
    edited = await raw.upload("editMessageMedia", {"new": ("a.csv", b"1")}, **photo, media=media)
    assert edited.result["document"]["file_name"] == "a.csv"
    assert "photo" not in edited.result
    refused = await raw("editMessageMedia", **photo, media=media)
    assert refused.description == "Bad Request: there is no document in the request"


async def test_missing_messages(raw: Raw, ann: PersonActor) -> None:
    here = {"chat_id": ann.id, "message_id": 99_999}
    expected = {
        "editMessageText": ("edit", {"text": "x"}),
        "deleteMessage": ("delete", {}),
        "pinChatMessage": ("pin", {}),
        "copyMessage": ("copy", {"from_chat_id": ann.id}),
        "forwardMessage": ("forward", {"from_chat_id": ann.id}),
    }
    for method, (verb, more) in expected.items():
        refused = await raw(method, **here, **more)
        assert refused.description == f"Bad Request: message to {verb} not found"
    refused = await raw("editMessageText", chat_id=ann.id, text="x")
    assert refused.description == "Bad Request: message identifier is not specified"


@pytest.mark.parametrize(
    "markup", [{"keyboard": [["a"]]}, {"remove_keyboard": True}, {"force_reply": True}]
)
async def test_messages_with_other_markups_cannot_be_edited(
    raw: Raw, ann: PersonActor, markup: Json
) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    number = sent.result["message_id"]
    refused = await raw("editMessageText", chat_id=ann.id, message_id=number, text="y")
    assert refused.description == "Bad Request: message can't be edited"


async def test_other_peoples_messages_cannot_be_edited(raw: Raw, ann: PersonActor) -> None:
    theirs = (await ann.sends("mine"))["message_id"]
    refused = await raw("editMessageText", chat_id=ann.id, message_id=theirs, text="y")
    assert refused.description == "Bad Request: message can't be edited"


async def test_delete_own_and_private_messages(raw: Raw, ann: PersonActor, text: Json) -> None:
    assert (await raw("deleteMessage", **text)).result is True
    refused = await raw("deleteMessage", **text)
    assert refused.description == "Bad Request: message to delete not found"
    theirs = (await ann.sends("mine"))["message_id"]
    assert (await raw("deleteMessage", chat_id=ann.id, message_id=theirs)).result is True


async def test_old_messages_cannot_be_deleted(raw: Raw, text: Json, clock: MovableClock) -> None:
    clock.advance(48 * 3600)
    refused = await raw("deleteMessage", **text)
    assert refused.description == "Bad Request: message can't be deleted"


async def test_others_messages_in_a_group_need_a_right(
    raw: Raw, ann: PersonActor, group: GroupActor, forum: GroupActor
) -> None:
    theirs = (await ann.sends("/x", chat=group))["message_id"]
    refused = await raw("deleteMessage", chat_id=group.id, message_id=theirs)
    assert refused.description == "Bad Request: message can't be deleted"
    theirs = (await ann.sends("x", chat=forum))["message_id"]
    assert (await raw("deleteMessage", chat_id=forum.id, message_id=theirs)).result is True


async def test_delete_messages_takes_1_to_100_ids(raw: Raw, ann: PersonActor, text: Json) -> None:
    here = {"chat_id": ann.id}
    empty = await raw("deleteMessages", **here, message_ids=[])
    assert empty.description == "Bad Request: message identifiers are not specified"
    many = await raw("deleteMessages", **here, message_ids=list(range(1, 102)))
    assert many.description == "Bad Request: too many message identifiers specified"
    ids = [text["message_id"], 99_999]
    assert (await raw("deleteMessages", **here, message_ids=ids)).result is True


async def test_copy_and_forward(
    raw: Raw, ann: PersonActor, photo: Json, group: GroupActor
) -> None:
    source = {"from_chat_id": ann.id, "message_id": photo["message_id"]}
    copied = await raw("copyMessage", chat_id=group.id, **source, caption="mine")
    assert set(copied.result) == {"message_id"}
    shown = (await group.messages())[-1]
    assert (shown["text"], shown["forwarded"]) == ("mine", False)
    forwarded = await raw("forwardMessage", chat_id=group.id, **source)
    assert forwarded.result["forward_origin"]["sender_user"]["is_bot"]
    number = forwarded.result["message_id"]
    refused = await raw("editMessageCaption", chat_id=group.id, message_id=number, caption="x")
    assert refused.description == "Bad Request: message can't be edited"


async def test_protected_messages_stay(raw: Raw, ann: PersonActor) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="x", protect_content=True)
    source = {"from_chat_id": ann.id, "message_id": sent.result["message_id"]}
    refused = await raw("forwardMessage", chat_id=ann.id, **source)
    assert refused.description == "Bad Request: message can't be forwarded"
