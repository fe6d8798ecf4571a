"""Button presses, their answers and their windows; inline queries."""

import pytest

from bot.simulator import MovableClock
from bot.simulator.actors import PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import Raw, Updates

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
KEYS = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "y"}, {"text": "Site", "url": "https://example.com"}]
    ]
}


@pytest.fixture
async def query(raw: Raw, ann: PersonActor, updates: Updates) -> Json:
    """The callback query of a fresh press."""
    await raw("sendMessage", chat_id=ann.id, text="sure?", reply_markup=KEYS)
    await updates()
    await ann.presses("Yes")
    return (await updates())[0]["callback_query"]


async def test_a_press_is_complete(query: Json, ann: PersonActor) -> None:
    assert query["data"] == "y"
    assert query["from"]["id"] == ann.id
    assert query["chat_instance"]
    assert query["message"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Yes"


async def test_it_is_answered_once(raw: Raw, client: SimulatorClient, query: Json) -> None:
    good = await raw(
        "answerCallbackQuery", callback_query_id=query["id"], text="ok", show_alert=True
    )
    assert good.result is True
    assert await client.callback(query["id"]) == {
        "callback_query_id": query["id"],
        "answered": True,
        "text": "ok",
        "show_alert": True,
        "url": None,
    }
    again = await raw("answerCallbackQuery", callback_query_id=query["id"])
    assert again.description == TOO_OLD


async def test_the_answer_window(raw: Raw, query: Json, clock: MovableClock) -> None:
    clock.advance(15)
    refused = await raw("answerCallbackQuery", callback_query_id=query["id"])
    assert refused.description == TOO_OLD
    assert (await raw("answerCallbackQuery", callback_query_id="5")).description == TOO_OLD


async def test_the_answer_text_has_200_characters_at_most(raw: Raw, query: Json) -> None:
    here = {"callback_query_id": query["id"]}
    assert (await raw("answerCallbackQuery", **here, text="x" * 201)).description == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    cached = await raw("answerCallbackQuery", **here, text="x" * 200, cache_time=10**9)
    assert cached.result is True


async def test_the_answer_url_must_open_this_bot(raw: Raw, query: Json) -> None:
    here = {"callback_query_id": query["id"]}
    refused = await raw("answerCallbackQuery", **here, url="https://example.com")
    assert refused.description == "Bad Request: URL_INVALID"
    url = "https://t.me/SamplePartnerBot?start=x"
    assert (await raw("answerCallbackQuery", **here, url=url)).result is True


async def test_the_update_of_a_press_lives_150_seconds(
    raw: Raw, ann: PersonActor, clock: MovableClock, updates: Updates
) -> None:
    await raw("sendMessage", chat_id=ann.id, text="sure?", reply_markup=KEYS)
    await updates()
    await ann.presses("Yes")
    clock.advance(149)
    assert len((await raw("getUpdates")).result) == 1
    clock.advance(1)
    assert (await raw("getUpdates")).result == []


async def test_the_update_of_an_inline_query_lives_30_seconds(
    raw: Raw, ann: PersonActor, client: SimulatorClient, clock: MovableClock, updates: Updates
) -> None:
    await updates()
    who = {"id": ann.id, "is_bot": False, "first_name": "Ann"}
    await client.update({"inline_query": {"id": "1", "from": who, "query": "", "offset": ""}})
    clock.advance(29)
    assert len((await raw("getUpdates")).result) == 1
    clock.advance(1)
    assert (await raw("getUpdates")).result == []


async def test_buttons_that_tell_the_bot_nothing_and_absent_ones(
    raw: Raw, client: SimulatorClient, ann: PersonActor
) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="sure?", reply_markup=KEYS)
    number = sent.result["message_id"]
    path = f"chats/{ann.id}/press"
    press = {"from": ann.id, "message_id": number, "row": 0, "column": 1}
    with pytest.raises(Exception, match="tells the bot nothing"):
        await client.call("POST", path, press)
    with pytest.raises(Exception, match="no button 0/5"):
        await client.call("POST", path, {**press, "column": 5})
    await raw("deleteMessage", chat_id=ann.id, message_id=number)
    with pytest.raises(Exception, match="not there"):
        await client.call("POST", path, {**press, "column": 0})


async def test_inline_queries_are_answered_in_shape(
    raw: Raw, client: SimulatorClient, ann: PersonActor
) -> None:
    who = {"id": ann.id, "is_bot": False, "first_name": "Ann"}
    query = {"id": "77", "from": who, "query": "", "offset": ""}
    await client.update({"inline_query": query})
    article = {
        "type": "article",
        "id": "1",
        "title": "t",
        "input_message_content": {"message_text": "x"},
    }
    here = {"inline_query_id": "77"}
    twice = await raw("answerInlineQuery", **here, results=[article, article])
    assert twice.description == "Bad Request: RESULT_ID_DUPLICATE"
    empty = await raw("answerInlineQuery", **here, results=[{"type": "article", "id": "1"}])
    assert "Message content must be specified" in empty.description
    assert (await raw("answerInlineQuery", **here, results=[article])).result is True
    assert (await raw("answerInlineQuery", **here, results=[article])).description == TOO_OLD
