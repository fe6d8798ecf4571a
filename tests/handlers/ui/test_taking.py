"""Taking files out of Telegram: whole or not at all, and told in time when it cannot be."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Message
from aiohttp import web

from bot.telegram import make_bot
from domain.entities.paper import PAPER_BYTES_MAX, PaperTrouble
from domain.filing import NotAPaper, PaperNotReceived, PaperUnfit
from handlers.ui import taking
from handlers.ui.taking import offered, take_file
from tests.domain.paper_files import pdf

TOKEN = "123456:SECRET-of-the-tests"
CHAT = {"id": 7, "type": "private"}
FILE = {"file_id": "F", "file_unique_id": "U"}


def message(**content: Any) -> Message:  # noqa: ANN401 - as Telegram sends it
    return Message.model_validate({"message_id": 5, "date": 1, "chat": CHAT} | content)


def document(size: int | None = None, **but: object) -> Message:
    return message(document=FILE | {"file_name": "passport.pdf", "file_size": size} | but)


@dataclass
class Telegram:
    """Answers getFile and hands files over, or fails as it is told."""

    url: str = ""
    data: bytes = b""
    said_size: int | None = None
    fault: str = ""
    asked: list[str] = field(default_factory=list)

    async def get_file(self, request: web.Request) -> web.Response:
        self.asked.append("getFile")
        if self.fault == "too big":
            refusal = {
                "ok": False,
                "error_code": 400,
                "description": "Bad Request: file is too big",
            }
            return web.json_response(refusal, status=400)
        if self.fault == "gone":
            refusal = {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}
            return web.json_response(refusal, status=400)
        if self.fault == "error":
            refusal = {"ok": False, "error_code": 502, "description": "Bad Gateway"}
            return web.json_response(refusal, status=502)
        size = len(self.data) if self.said_size is None else self.said_size
        found = FILE | {"file_path": "documents/1.pdf", "file_size": size}
        return web.Response(text=json.dumps({"ok": True, "result": found}))

    async def give(self, request: web.Request) -> web.StreamResponse:
        self.asked.append("file")
        if self.fault == "404":
            raise web.HTTPNotFound
        if self.fault == "hang":
            await asyncio.sleep(2)
        answer = web.StreamResponse(headers={"Content-Length": str(len(self.data))})
        await answer.prepare(request)
        cut = {"cut at 0": 0, "cut at half": len(self.data) // 2, "cut at 99%": -1}
        await answer.write(self.data[: cut.get(self.fault)])
        if self.fault.startswith("cut") and request.transport:
            request.transport.close()
        return answer


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    telegram = Telegram()
    app = web.Application()
    app.router.add_post("/bot{token}/getFile", telegram.get_file)
    app.router.add_get("/file/bot{token}/{path:.*}", telegram.give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    telegram.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield telegram
    await runner.cleanup()


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    bot = make_bot(TOKEN, telegram.url)
    yield bot
    await bot.session.close()


async def test_a_document_comes_whole(bot: Bot, telegram: Telegram) -> None:
    telegram.data = pdf() * 500
    taken = await take_file(
        bot, document(len(telegram.data), mime_type="application/x-msdownload")
    )
    assert (taken.name, taken.data, taken.album) == ("passport.pdf", telegram.data, None)


async def test_a_photo_comes_in_its_largest_size(bot: Bot, telegram: Telegram) -> None:
    telegram.data = b"x"
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": side, "height": side, "file_size": side}
        for name, side in (("small", 90), ("large", 1280))
    ]
    photo = message(photo=sizes, media_group_id="album-1", caption="words")
    assert offered(photo).file_id == "large"
    taken = await take_file(bot, photo)
    assert (taken.name, taken.album) == ("", "album-1")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text", {"text": "here it is"}),
        (
            "sticker",
            {
                "sticker": FILE
                | {
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                }
            },
        ),
        ("voice", {"voice": FILE | {"duration": 1}}),
        ("audio", {"audio": FILE | {"duration": 1}}),
        ("video", {"video": FILE | {"duration": 1, "width": 1, "height": 1}}),
        ("video_note", {"video_note": FILE | {"duration": 1, "length": 1}}),
        ("contact", {"contact": {"phone_number": "+1", "first_name": "A"}}),
        ("location", {"location": {"latitude": 1, "longitude": 1}}),
        (
            "animation",
            {"animation": FILE | {"duration": 1, "width": 1, "height": 1}, "document": FILE},
        ),
        ("other", {"new_chat_title": "x"}),
    ],
)
async def test_what_is_no_file_is_named(
    bot: Bot, telegram: Telegram, kind: str, content: dict[str, Any]
) -> None:
    with pytest.raises(NotAPaper) as refused:
        await take_file(bot, message(**content))
    assert refused.value.facts["kind"] == kind
    assert telegram.asked == []


async def test_a_large_file_is_refused_before_it_is_asked_for(
    bot: Bot, telegram: Telegram
) -> None:
    with pytest.raises(PaperUnfit) as refused:
        await take_file(bot, document(25 * 1024 * 1024))
    assert refused.value.facts["trouble"] is PaperTrouble.TOO_BIG
    assert telegram.asked == []
    telegram.said_size = PAPER_BYTES_MAX + 1
    with pytest.raises(PaperUnfit):
        await take_file(bot, document())
    assert telegram.asked == ["getFile"]
    telegram.fault = "too big"
    with pytest.raises(PaperUnfit):
        await take_file(bot, document())


async def test_a_file_that_is_larger_than_it_was_told_is_left(
    bot: Bot, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.data, telegram.said_size = b"x" * 300_000, 100
    monkeypatch.setattr("domain.filing.PAPER_BYTES_MAX", 200_000)
    with pytest.raises(PaperUnfit):
        await take_file(bot, document(100))


@pytest.mark.parametrize(
    "fault", ["gone", "error", "404", "hang", "cut at 0", "cut at half", "cut at 99%"]
)
async def test_what_did_not_come_whole_is_sent_again(
    bot: Bot,
    telegram: Telegram,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(taking, "DOWNLOAD_SECONDS", 0.3)
    telegram.data, telegram.fault = pdf() * 500, fault
    with pytest.raises(PaperNotReceived) as refused:
        await take_file(bot, document())
    assert refused.value.__suppress_context__
    assert "SECRET" not in caplog.text
    telegram.fault = ""
    assert (await take_file(bot, document())).data == telegram.data


async def test_a_telegram_that_is_away_is_told_too(telegram: Telegram) -> None:
    away = make_bot(TOKEN, "http://127.0.0.1:1")
    with pytest.raises(PaperNotReceived):
        await take_file(away, document())
    await away.session.close()
