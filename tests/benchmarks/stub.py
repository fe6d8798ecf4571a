"""A Bot API of a few lines: it agrees to everything, and tells who was written to, and when."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_END = b"\r\n\r\n"
_CHAT = re.compile(rb'(?:name="chat_id"\r\n\r\n|"chat_id":\s*|chat_id=)(-?\d+)')
_ME = {
    "id": 100200300,
    "is_bot": True,
    "first_name": "Bench",
    "username": "SampleBenchBot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
OnCall = Callable[[str, int], None]


@dataclass
class Stub:
    """The stub.

    Attributes:
        url: Its address.
        on_call: Told of each call of a method and its chat, when it is answered.
        slow_seconds: How long a message takes.
        calls: How many calls of each method there were.
        sent_at: When messages were taken, by ``time.perf_counter``.
    """

    url: str = ""
    on_call: OnCall = field(default=lambda _method, _chat: None)
    slow_seconds: float = 0.0
    calls: dict[str, int] = field(default_factory=dict)
    sent_at: list[float] = field(default_factory=list)

    def answer(self, method: str, body: bytes) -> bytes:
        """Return the answer to a call."""
        self.calls[method] = self.calls.get(method, 0) + 1
        found = _CHAT.search(body)
        chat_id = int(found[1]) if found else 0
        if method.startswith("send"):
            self.sent_at.append(time.perf_counter())
        self.on_call(method, chat_id)
        return _response(_result(method, chat_id))


def _result(method: str, chat_id: int) -> object:
    if method == "getMe":
        return _ME
    if method == "getUpdates":
        return []
    if method == "getChat":
        return {"id": chat_id, "type": "private", "accent_color_id": 0, "max_reaction_count": 1}
    if method.startswith(("send", "edit", "copy")):
        return {
            "message_id": 7,
            "date": 1_790_000_000,
            "chat": {"id": chat_id, "type": "private", "first_name": "P"},
            "text": "done",
        }
    return True


def _response(result: object) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n"
    )
    return head.encode() + body


class _Connection(asyncio.Protocol):
    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, mark, rest = self._buffer.partition(_END)
        if not mark:
            return
        body = _body(head, rest)
        if body is None:
            return
        self._buffer = b""
        method = head.split(b" ", 2)[1].rpartition(b"/")[2].partition(b"?")[0].decode()
        slow = self._stub.slow_seconds if method.startswith("send") else 0.0
        if method == "getUpdates":
            slow = 1.0
        if slow:
            asyncio.get_running_loop().call_later(slow, self._answer, method, body)
        else:
            self._answer(method, body)

    def _answer(self, method: str, body: bytes) -> None:
        assert self._transport is not None
        answer = self._stub.answer(method, body)
        if not self._transport.is_closing():
            self._transport.write(answer)


def _body(head: bytes, rest: bytes) -> bytes | None:
    """Return the whole body, ``None`` while some of it is under way."""
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        return _joined(rest)
    at = lower.find(b"content-length:")
    if at < 0:
        return rest
    end = lower.find(b"\r\n", at)
    length = int(lower[at + 15 : end if end > 0 else None])
    return rest if len(rest) >= length else None


def _joined(rest: bytes) -> bytes | None:
    """Return the chunks of a body as one, ``None`` while some are under way."""
    body, at = b"", 0
    while (end := rest.find(b"\r\n", at)) >= 0:
        size, start = int(rest[at:end], 16), end + 2
        if len(rest) < start + size + 2:
            return None
        if not size:
            return body
        body += rest[start : start + size]
        at = start + size + 2
    return None


@asynccontextmanager
async def open_stub() -> AsyncIterator[Stub]:
    """Run a stub on a free port."""
    stub = Stub()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(stub), "127.0.0.1", 0)
    stub.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield stub
    finally:
        server.close()
