"""Lengths, emptiness and parse modes of texts and captions."""

import pytest

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from tests.simulator.support import PngMaker, Raw


async def test_text_counts_code_points_after_parsing(raw: Raw, ann: PersonActor) -> None:
    assert (await raw("sendMessage", chat_id=ann.id, text="😀" * 4096)).status == 200
    marked = "<b>" + "x" * 4096 + "</b>"
    assert (await raw("sendMessage", chat_id=ann.id, text=marked, parse_mode="HTML")).status == 200
    refused = await raw("sendMessage", chat_id=ann.id, text="x" * 4097)
    assert (refused.status, refused.description) == (400, "Bad Request: message is too long")


async def test_text_is_trimmed_before_it_is_counted(raw: Raw, ann: PersonActor) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="  " + "x" * 4096 + "\n\n")
    assert len(sent.result["text"]) == 4096


async def test_raw_text_over_32768_bytes_is_refused_before_parsing(
    raw: Raw, ann: PersonActor
) -> None:
    refused = await raw("sendMessage", chat_id=ann.id, text="я" * 16_385)
    assert refused.description == "Bad Request: text is too long"


@pytest.mark.parametrize("fields", [{}, {"text": ""}])
async def test_missing_and_empty_text_are_the_same(
    raw: Raw, ann: PersonActor, fields: Json
) -> None:
    refused = await raw("sendMessage", chat_id=ann.id, **fields)
    assert refused.description == "Bad Request: message text is empty"


@pytest.mark.parametrize("text", [" \n\t ", "\u200b\u200d", "<b> </b>"])
async def test_blank_text_is_refused_after_cleaning(raw: Raw, ann: PersonActor, text: str) -> None:
    refused = await raw("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert refused.description == "Bad Request: text must be non-empty"


async def test_parse_mode_names(raw: Raw, ann: PersonActor) -> None:
    for good in ("none", "HTML", "html", "Markdown", "markdownv2"):
        assert (await raw("sendMessage", chat_id=ann.id, text="x", parse_mode=good)).status == 200
    refused = await raw("sendMessage", chat_id=ann.id, text="x", parse_mode="bbcode")
    assert refused.description == "Bad Request: unsupported parse_mode"


async def test_caption_limits_and_blank_captions(
    raw: Raw, ann: PersonActor, png: PngMaker
) -> None:
    photo = {"photo": ("a.png", png())}
    fits = await raw.upload("sendPhoto", photo, chat_id=ann.id, caption="😀" * 1024)
    assert len(fits.result["caption"]) == 1024
    refused = await raw.upload("sendPhoto", photo, chat_id=ann.id, caption="x" * 1025)
    assert refused.description == "Bad Request: message caption is too long"
    blank = await raw.upload("sendPhoto", photo, chat_id=ann.id, caption="   ")
    assert "caption" not in blank.result


async def test_edited_text_and_caption_have_their_own_words_for_too_long(
    raw: Raw, ann: PersonActor, png: PngMaker
) -> None:
    text = (await raw("sendMessage", chat_id=ann.id, text="x")).result["message_id"]
    refused = await raw("editMessageText", chat_id=ann.id, message_id=text, text="x" * 4097)
    assert refused.description == "Bad Request: MESSAGE_TOO_LONG"
    sent = await raw.upload("sendPhoto", {"photo": ("a.png", png())}, chat_id=ann.id)
    photo = sent.result["message_id"]
    refused = await raw("editMessageCaption", chat_id=ann.id, message_id=photo, caption="x" * 1025)
    assert refused.description == "Bad Request: MEDIA_CAPTION_TOO_LONG"


async def test_entities_count_utf16_units(raw: Raw, ann: PersonActor) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="😀<b>x</b>", parse_mode="HTML")
    assert sent.result["entities"] == [{"type": "bold", "offset": 2, "length": 1}]


async def test_given_entities_must_not_split_a_surrogate_pair(raw: Raw, ann: PersonActor) -> None:
    good = [{"type": "bold", "offset": 0, "length": 2}]
    sent = await raw("sendMessage", chat_id=ann.id, text="😀x", entities=good)
    assert sent.result["entities"] == good
    bad = [{"type": "bold", "offset": 1, "length": 1}]
    refused = await raw("sendMessage", chat_id=ann.id, text="😀x", entities=bad)
    assert refused.status == 400
    assert "in the middle of a UTF-16 symbol" in refused.description
    outside = [{"type": "bold", "offset": 0, "length": 9}]
    refused = await raw("sendMessage", chat_id=ann.id, text="😀x", entities=outside)
    assert refused.description == "Bad Request: ENTITY_BOUNDS_INVALID"


async def test_entities_follow_the_trimming(raw: Raw, ann: PersonActor) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="  <b>x </b> ", parse_mode="HTML")
    assert sent.result["text"] == "x"
    assert sent.result["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_commands_mentions_and_links_are_found_without_markup(
    raw: Raw, ann: PersonActor
) -> None:
    text = "/pay@SamplePartnerBot see @ann_lee #now https://example.com/a?b=1. a@b.org"
    sent = await raw("sendMessage", chat_id=ann.id, text=text)
    kinds = [entity["type"] for entity in sent.result["entities"]]
    assert kinds == ["bot_command", "mention", "hashtag", "url", "email"]


async def test_only_real_hosts_become_links(raw: Raw, ann: PersonActor) -> None:
    text = "http://localhost:8080/ http://127.0.0.1:8080/r/1 e.g. 1.5"
    sent = await raw("sendMessage", chat_id=ann.id, text=text)
    assert sent.result["entities"] == [{"type": "url", "offset": 23, "length": 25}]


async def test_a_mention_by_id_names_the_user_or_is_dropped(raw: Raw, ann: PersonActor) -> None:
    text = f'<a href="tg://user?id={ann.id}">A</a> <a href="tg://user?id=5">B</a>'
    sent = await raw("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert [entity["user"]["id"] for entity in sent.result["entities"]] == [ann.id]
