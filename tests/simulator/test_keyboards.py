"""Reply markups and the refusals of buttons."""

import pytest

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.wire import Json
from tests.simulator.support import Raw

BASE = "Bad Request: "


def inline(*buttons: Json) -> Json:
    return {"inline_keyboard": [[button] for button in buttons]}


async def refusal(raw: Raw, chat: PersonActor | GroupActor, markup: object) -> str:
    answer = await raw("sendMessage", chat_id=chat.id, text="x", reply_markup=markup)
    assert answer.status == 400, answer.body
    return answer.description.removeprefix(BASE)


@pytest.mark.parametrize(("size", "status"), [(1, 200), (64, 200), (65, 400)])
async def test_callback_data_counts_bytes(
    raw: Raw, ann: PersonActor, size: int, status: int
) -> None:
    markup = inline({"text": "a", "callback_data": "x" * size})
    answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert answer.status == status
    if status == 400:
        assert answer.description == "Bad Request: BUTTON_DATA_INVALID"


async def test_callback_data_in_cyrillic_is_two_bytes_a_letter(raw: Raw, ann: PersonActor) -> None:
    markup = inline({"text": "a", "callback_data": "я" * 33})
    assert await refusal(raw, ann, markup) == "BUTTON_DATA_INVALID"
    empty = inline({"text": "a", "callback_data": ""})
    assert await refusal(raw, ann, empty) == "BUTTON_DATA_INVALID"


async def test_malformed_markup(raw: Raw, ann: PersonActor) -> None:
    assert await refusal(raw, ann, "{") == "can't parse reply keyboard markup JSON object"
    assert await refusal(raw, ann, "[]") == "object expected as reply markup"
    prefix = "can't parse inline keyboard button: "
    assert await refusal(raw, ann, inline({"text": "a"})) == (
        prefix + "Text buttons are unallowed in the inline keyboard"
    )
    assert await refusal(raw, ann, inline({"callback_data": "a"})) == (
        prefix + 'Can\'t find field "text"'
    )
    assert await refusal(raw, ann, inline({"text": "a", "callback_data": 5})) == (
        prefix + 'Field "callback_data" must be of type String'
    )
    flat = {"inline_keyboard": [{"text": "a", "callback_data": "a"}]}
    assert await refusal(raw, ann, flat) == (
        'field "inline_keyboard" of the InlineKeyboardMarkup should be an Array of Arrays'
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://localhost:8080/x", "Wrong HTTP URL"),
        ("tel:+123", "Unsupported URL protocol"),
        ("ftp://example.com", "Unsupported URL protocol"),
        ("https://example.com:99999", "Wrong port number specified in the URL"),
        ("justwords", "Wrong HTTP URL"),
    ],
)
async def test_url_buttons_must_be_links(
    raw: Raw, ann: PersonActor, url: str, reason: str
) -> None:
    markup = inline({"text": "a", "url": url})
    expected = f"inline keyboard button URL '{url}' is invalid: {reason}"
    assert await refusal(raw, ann, markup) == expected


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/", "https://10.0.0.1/", "http://[::1]/"])
async def test_url_buttons_must_be_public(raw: Raw, ann: PersonActor, url: str) -> None:
    assert await refusal(raw, ann, inline({"text": "a", "url": url})) == "BUTTON_URL_INVALID"


async def test_good_url_buttons(raw: Raw, ann: PersonActor) -> None:
    for url in ("https://example.com/a?b=c", "example.com", "tg://user?id=1", "t.me/x"):
        markup = inline({"text": "a", "url": url})
        answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
        assert answer.status == 200


async def test_copy_text_has_256_characters_at_most(raw: Raw, ann: PersonActor) -> None:
    fits = inline({"text": "a", "copy_text": {"text": "x" * 256}})
    answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=fits)
    assert answer.status == 200
    too_long = inline({"text": "a", "copy_text": {"text": "x" * 257}})
    assert await refusal(raw, ann, too_long) == "BUTTON_COPY_TEXT_INVALID"


async def test_the_placeholder_has_64_characters_at_most(raw: Raw, ann: PersonActor) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "x" * 65}
    assert await refusal(raw, ann, markup) == "input field placeholder is too long"


async def test_too_many_buttons(raw: Raw, ann: PersonActor) -> None:
    fits = inline(*[{"text": "a", "callback_data": "a"}] * 100)
    answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=fits)
    assert answer.status == 200
    too_many = inline(*[{"text": "a", "callback_data": "a"}] * 101)
    assert await refusal(raw, ann, too_many) == "reply markup is too long"
    fat = inline(*[{"text": "a" * 60, "callback_data": "x" * 64}] * 90)
    assert await refusal(raw, ann, fat) == "reply markup is too long"
    replies = {"keyboard": [[{"text": "a"}] * 10] * 31}
    assert await refusal(raw, ann, replies) == "reply markup is too long"


async def test_private_only_buttons(raw: Raw, ann: PersonActor, group: GroupActor) -> None:
    contact = {"keyboard": [[{"text": "My phone", "request_contact": True}]]}
    answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=contact)
    assert answer.status == 200
    expected = "phone number can be requested in private chats only"
    assert await refusal(raw, group, contact) == expected
    app = inline({"text": "a", "web_app": {"url": "https://example.com"}})
    answer = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=app)
    assert answer.status == 200
    assert await refusal(raw, group, app) == "BUTTON_TYPE_INVALID"


async def test_the_first_action_in_telegrams_order_wins(raw: Raw, ann: PersonActor) -> None:
    both = inline({"text": "a", "callback_data": "x", "url": "https://example.com"})
    sent = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=both)
    assert sent.result["reply_markup"]["inline_keyboard"] == [
        [{"text": "a", "url": "https://example.com/"}]
    ]


async def test_only_inline_keyboards_come_back_in_the_message(raw: Raw, ann: PersonActor) -> None:
    for markup in (
        {"keyboard": [["a"]]},
        {"remove_keyboard": True},
        {"force_reply": True, "input_field_placeholder": "why"},
    ):
        sent = await raw("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
        assert "reply_markup" not in sent.result
    view = (await ann.messages())[-3:]
    assert view[0]["reply_keyboard"]["rows"] == [[{"text": "a", "request_contact": False}]]
    assert view[1]["remove_keyboard"]
    assert view[2]["force_reply"] == {"placeholder": "why"}
