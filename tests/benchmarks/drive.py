"""A load of HTTP requests that costs next to nothing: bytes made ready, answers barely read."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

_END = b"\r\n\r\n"


@dataclass
class Load:
    """What came of a load.

    Attributes:
        seconds: From the first request to the last answer.
        latencies: Seconds of each request, in the order of the answers.
        statuses: How many answers had which HTTP status.
        bodies: Those that ``keep`` asked for.
    """

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0


class Caller(asyncio.Protocol):
    """One connection that sends the next request as soon as the last one is answered."""

    def __init__(self, requests: Iterator[bytes], load: Load, keep: bool) -> None:
        self._requests = requests
        self._load = load
        self._keep = keep
        self._buffer = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def start(self) -> None:
        """Send the first request."""
        self._next()

    def _next(self) -> None:
        assert self._transport is not None
        request = next(self._requests, None)
        if request is None:
            if not self.done.done():
                self.done.set_result(None)
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, mark, rest = self._buffer.partition(_END)
        if not mark:
            return
        length = _length(head)
        if len(rest) < length:
            return
        load = self._load
        load.latencies.append(time.perf_counter() - self._sent_at)
        load.statuses[int(head[9:12])] += 1
        if self._keep:
            load.bodies.append(rest)
        self._buffer = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("cut off"))


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:
        return 0
    end = lower.find(b"\r\n", at)
    return int(lower[at + 15 : end if end > 0 else None])


async def drive(
    url: str,
    requests: Sequence[bytes],
    at_once: int,
    *,
    keep: bool = False,
    source: Callable[[int], str] | None = None,
) -> Load:
    """Send all requests over so many connections; each has one under way at a time.

    Args:
        url: Of the server, such as ``http://127.0.0.1:8080``.
        requests: Whole requests as bytes.
        at_once: How many connections.
        keep: Whether bodies of answers are kept.
        source: From which local address each connection comes.
    """
    host, _, port = url.removeprefix("http://").partition(":")
    loop = asyncio.get_running_loop()
    load, left = Load(), iter(requests)
    callers = []
    for number in range(min(at_once, len(requests))):
        local = (source(number), 0) if source else None
        _, caller = await loop.create_connection(
            lambda: Caller(left, load, keep), host, int(port), local_addr=local
        )
        callers.append(caller)
    began = time.perf_counter()
    for caller in callers:
        caller.start()
    await asyncio.gather(*(caller.done for caller in callers))
    load.seconds = time.perf_counter() - began
    return load


def post(path: str, body: bytes, headers: dict[str, str] | None = None) -> bytes:
    """Return a whole POST request of JSON."""
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body


def get(path: str, headers: dict[str, str] | None = None) -> bytes:
    """Return a whole GET request."""
    more = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode()
