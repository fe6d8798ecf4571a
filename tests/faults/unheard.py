"""A wire before PostgreSQL on which the answer to a COMMIT is lost, after it was done."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

LARGEST = 1 << 16
_SECRETS = 80877103
"""What a client says first if it would like to encrypt."""
_READY = b"Z"
_COMMIT = re.compile(rb"^\s*commit\b", re.IGNORECASE)
_CHANGES = re.compile(rb"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\b", re.IGNORECASE)


@dataclass
class Unheard:
    """Passes everything on; the answers to chosen commits are never heard.

    Attributes:
        server: The socket of PostgreSQL.
        port: Where the product connects instead.
        struck: How many commits went unheard, by the name of what they kept.
    """

    server: Path
    port: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    _armed: list[tuple[str, str]] = field(default_factory=list)

    def arm(self, name: str, words: str) -> None:
        """Let the next commit go unheard in whose transaction a change is of this pattern."""
        self._armed.append((name, words))

    def disarm(self) -> None:
        """Let every commit be heard again."""
        self._armed.clear()

    def strikes(self, changes: list[bytes]) -> bool:
        """Test if a commit of these changes is to go unheard, and count it then."""
        for name, words in self._armed:
            if any(re.search(words.encode(), change, re.DOTALL) for change in changes):
                self._armed.remove((name, words))
                self.struck[name] += 1
                return True
        return False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Be between one connection of the product and the server."""
        try:
            answers, asks = await asyncio.open_unix_connection(str(self.server))
        except OSError:
            writer.close()
            return
        link = _Link(self, reader, writer, answers, asks)
        tasks = [asyncio.ensure_future(one) for one in (link.forth(), link.back())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for end in (writer, asks):
                with suppress(OSError):
                    end.transport.abort()


@dataclass
class _Link:
    """One connection; the statements of its transaction are known by the names it gave them."""

    wire: Unheard
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answers: asyncio.StreamReader
    asks: asyncio.StreamWriter
    is_lost: bool = False
    _named: dict[bytes, bytes] = field(default_factory=dict)
    _changes: list[bytes] = field(default_factory=list)

    async def forth(self) -> None:
        """Pass on what the product says, and read it."""
        while True:
            length = await self.reader.readexactly(4)
            body = await self.reader.readexactly(int.from_bytes(length) - 4)
            self.asks.write(length + body)
            if int.from_bytes(body[:4]) != _SECRETS:
                break
        while True:
            head = await self.reader.readexactly(5)
            body = await self.reader.readexactly(int.from_bytes(head[1:]) - 4)
            self._note(head[:1], body)
            self.asks.write(head + body)
            await self.asks.drain()

    def _note(self, kind: bytes, body: bytes) -> None:
        if kind == b"P":
            name, statement, *_ = body.split(b"\0")
            self._named[name] = statement
        elif kind == b"B":
            _, name, *_ = body.split(b"\0", 2)
            self._change(self._named.get(name, b""))
        elif kind == b"Q":
            if _COMMIT.match(body):
                self.is_lost = self.wire.strikes(self._changes)
                self._changes.clear()
            self._change(body)

    def _change(self, statement: bytes) -> None:
        if _CHANGES.match(statement):
            self._changes.append(statement)
        elif re.match(rb"^\s*(begin|rollback)\b", statement, re.IGNORECASE):
            self._changes.clear()

    async def back(self) -> None:
        """Pass on what the server says, until an answer is to be lost: then wait for its end."""
        while told := await self.answers.read(LARGEST):
            if self.is_lost:
                # Done for sure: the server says that it is ready only when the commit stands.
                while _READY not in told[-6:-5]:
                    told += await self.answers.read(LARGEST)
                return
            self.writer.write(told)
            await self.writer.drain()


@asynccontextmanager
async def open_unheard(server: Path) -> AsyncIterator[Unheard]:
    """Stand before the server whose socket lies in this folder."""
    wire = Unheard(server / ".s.PGSQL.5432")
    opened = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.port = opened.sockets[0].getsockname()[1]
    async with opened:
        yield wire
