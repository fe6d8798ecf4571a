"""Inline mode: the bot's name typed in any chat, what it offers, and the result that is sent."""

import pytest

from bot.simulator.actors import PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.clock import MovableClock
from bot.simulator.wire import Json
from tests.simulator.support import Raw, Updates

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ARTICLE: Json = {
    "type": "article",
    "id": "a",
    "title": "My card",
    "description": "with a link",
    "input_message_content": {
        "message_text": "<b>Hello</b> https://example.com",
        "parse_mode": "HTML",
    },
    "reply_markup": {"inline_keyboard": [[{"text": "Open", "url": "https://example.com"}]]},
}


async def _ask(client: SimulatorClient, who: PersonActor, query: str = "", **more: object) -> Json:
    body = {"from": who.id, "query": query, **more}
    return await client.call("POST", f"chats/{who.id}/inline", body)


async def test_a_question_reaches_the_bot_and_its_results_the_person(
    raw: Raw, client: SimulatorClient, ann: PersonActor, updates: Updates
) -> None:
    group = await client.group("Friends", members=[ann])
    await updates()
    body = {"from": ann.id, "query": "card"}
    assert (await client.call("POST", f"chats/{group.id}/inline", body))["answered"] is False
    (update,) = await updates()
    query = update["inline_query"]
    assert (query["from"]["id"], query["query"], query["offset"]) == (ann.id, "card", "")
    assert query["chat_type"] == "group"
    button = {"text": "Join", "start_parameter": "join"}
    given = await raw(
        "answerInlineQuery",
        inline_query_id=query["id"],
        results=[ARTICLE],
        is_personal=True,
        cache_time=10,
        button=button,
    )
    assert given.result is True
    offered = await ann.asks_inline("card", chat=group)
    assert offered["results"][0]["title"] == "My card"
    assert (offered["button"], offered["is_personal"]) == (button, True)
    sent = await ann.chooses(offered, "My card", chat=group)
    assert sent["text"] == "Hello https://example.com"
    assert sent["via_bot"]
    assert sent["from"]["id"] == ann.id
    assert sent["inline_keyboard"][0][0]["text"] == "Open"
    assert [entity["type"] for entity in sent["entities"]] == ["bold", "url"]
    # Privacy mode: the bot does not see what people send in groups by way of it.
    assert await updates() == []


async def test_in_private_the_bot_sees_what_was_chosen(
    raw: Raw, client: SimulatorClient, ann: PersonActor, updates: Updates
) -> None:
    await updates()
    asked = await _ask(client, ann)
    await raw("answerInlineQuery", inline_query_id=asked["inline_query_id"], results=[ARTICLE])
    asked = await _ask(client, ann)
    await updates()
    await ann.chooses(asked, "My card")
    (update,) = await updates()
    assert update["message"]["via_bot"]["is_bot"] is True
    assert update["message"]["text"] == "Hello https://example.com"


async def test_a_good_answer_is_given_again_without_the_bot(
    raw: Raw, client: SimulatorClient, ann: PersonActor, clock: MovableClock, updates: Updates
) -> None:
    bob = await client.person("Bob")
    asked = await _ask(client, ann, "x")
    here = {"inline_query_id": asked["inline_query_id"], "results": [ARTICLE], "cache_time": 60}
    await raw("answerInlineQuery", **here, is_personal=True)
    assert (await _ask(client, ann, "x"))["answered"] is True
    assert (await _ask(client, bob, "x"))["answered"] is False
    assert (await _ask(client, ann, "y"))["answered"] is False
    clock.advance(61)
    assert (await _ask(client, ann, "x"))["answered"] is False


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "ARTICLE_TITLE_EMPTY"),
        ({"title": None}, "can't parse inline query result: Can't find field \"title\""),
        ({"id": ""}, "RESULT_ID_INVALID"),
        ({"id": "x" * 65}, "RESULT_ID_INVALID"),
        ({"type": "poem"}, "RESULT_TYPE_INVALID"),
        (
            {"input_message_content": None},
            "can't parse inline query result: Message content must be specified",
        ),
        ({"input_message_content": {"message_text": ""}}, "message text is empty"),
        ({"input_message_content": {"message_text": "x" * 4097}}, "MESSAGE_TOO_LONG"),
        (
            {"input_message_content": {"message_text": "<b>x", "parse_mode": "HTML"}},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "url": "http://localhost"}]]}},
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_what_is_wrong_with_an_article(
    raw: Raw, client: SimulatorClient, ann: PersonActor, change: Json, told: str
) -> None:
    asked = await _ask(client, ann)
    answer = await raw(
        "answerInlineQuery",
        inline_query_id=asked["inline_query_id"],
        results=[{**ARTICLE, **change}],
    )
    assert answer.description == f"Bad Request: {told}"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"results": [{**ARTICLE, "id": str(n)} for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [ARTICLE, ARTICLE]}, "RESULT_ID_DUPLICATE"),
        ({"results": "{"}, "can't parse JSON encoded inline query results"),
        ({"results": {}}, "expected an Array of inline query results"),
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "", "start_parameter": "a"}}, "SWITCH_PM_TEXT_EMPTY"),
        ({"button": {"text": "a", "start_parameter": "ä"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "a", "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
        ({"button": {"text": "a"}}, "START_PARAM_INVALID"),
    ],
)
async def test_what_is_wrong_with_an_answer(
    raw: Raw, client: SimulatorClient, ann: PersonActor, more: Json, told: str
) -> None:
    asked = await _ask(client, ann)
    fields = {"inline_query_id": asked["inline_query_id"], "results": [ARTICLE], **more}
    answer = await raw("answerInlineQuery", **fields)
    assert answer.description == f"Bad Request: {told}"


async def test_an_answer_comes_once_and_in_time(
    raw: Raw, client: SimulatorClient, ann: PersonActor, clock: MovableClock
) -> None:
    asked = await _ask(client, ann)
    here = {"inline_query_id": asked["inline_query_id"], "results": [ARTICLE], "cache_time": 0}
    assert (await raw("answerInlineQuery", **here)).result is True
    assert (await raw("answerInlineQuery", **here)).description == f"Bad Request: {TOO_OLD}"
    late = await _ask(client, ann)
    clock.advance(30)
    here["inline_query_id"] = late["inline_query_id"]
    assert (await raw("answerInlineQuery", **here)).description == f"Bad Request: {TOO_OLD}"


async def test_refusals_are_sentences(raw: Raw, client: SimulatorClient, ann: PersonActor) -> None:
    bob = await client.person("Bob")
    asked = await _ask(client, ann)
    photo = {
        "type": "photo",
        "id": "p",
        "photo_url": "https://e.com/p",
        "thumbnail_url": "https://e.com",
    }
    here = {"inline_query_id": asked["inline_query_id"], "results": [photo]}
    await raw("answerInlineQuery", **here)
    choice = {"from": ann.id, "inline_query_id": asked["inline_query_id"], "result_id": "p"}
    for change, words in (
        ({}, "only articles"),
        ({"result_id": "q"}, "no result q"),
        ({"from": bob.id}, "private chat belongs to one person"),
        ({"inline_query_id": "7"}, "no such inline query"),
    ):
        with pytest.raises(Exception, match=words):
            await client.call("POST", f"chats/{ann.id}/choose", {**choice, **change})
    with pytest.raises(Exception, match="at most 256 characters"):
        await _ask(client, ann, "x" * 257)
