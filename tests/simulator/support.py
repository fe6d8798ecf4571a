"""What the tests of the simulator share: a raw caller of the Bot API, pictures."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from PIL import Image

from bot.simulator.wire import Json

TOKEN = "123456:TEST"
Updates = Callable[[], Awaitable[list[Json]]]
PngMaker = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def description(self) -> str:
        return self.body.get("description", "")

    @property
    def result(self) -> Any:  # noqa: ANN401 - whatever the method returns
        assert self.body["ok"], self.body
        return self.body["result"]


class Raw:
    """Calls the Bot API without any library between."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = aiohttp.ClientSession()

    async def __call__(self, method: str, **fields: object) -> Reply:
        data = {name: _text(value) for name, value in fields.items() if value is not None}
        return await self.post(method, data=data)

    async def post(
        self, method: str, *, token: str = TOKEN, http: str = "POST", **more: object
    ) -> Reply:
        async with self.session.request(http, f"{self.url}/bot{token}/{method}", **more) as answer:
            return Reply(answer.status, await answer.json(), dict(answer.headers))

    async def upload(
        self, method: str, files: dict[str, tuple[str, bytes]], **fields: object
    ) -> Reply:
        form = aiohttp.FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, _text(value))
        for name, (file_name, content) in files.items():
            form.add_field(name, content, filename=file_name)
        return await self.post(method, data=form)

    async def download(self, path: str) -> tuple[int, bytes]:
        async with self.session.get(f"{self.url}/file/bot{TOKEN}/{path}") as answer:
            return answer.status, await answer.read()


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def png(width: int = 40, height: int = 30, color: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, "PNG")
    return buffer.getvalue()


async def eventually(check: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that the simulator does on its own time."""
    async with asyncio.timeout(3):
        while not await check():  # noqa: ASYNC110 - the state is behind HTTP
            await asyncio.sleep(0.01)
