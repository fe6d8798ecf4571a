"""The home of asking for charts and documents: drawn in a process of its own, one at a time.

The bot answers in words and sends the picture when it is there: drawing never holds anybody up,
because it takes neither the event loop nor the interpreter of the bot.
"""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import OrderedDict
from pathlib import Path

from handlers.ui.chart import Chart
from handlers.ui.chart_worker import LENGTH
from handlers.ui.printed import PrintedCertificate, PrintedDocument, PrintFormat, text_of

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
KEPT_MAX = 128
"""Pictures that are kept, about 70 KiB each."""
WISHES_KEPT_MAX = 1_000
PATIENCE_SECONDS = 30
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "MPLCONFIGDIR", "SYSTEMROOT")
"""What the drawing process sees of the environment: no secret is among it."""


class Charts:
    """Makes pictures of charts; the process that draws starts with the first one."""

    def __init__(self) -> None:
        """Start without a process."""
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._wishes: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._turn = asyncio.Lock()
        self._process: Process | None = None

    def wish(self, chat_id: int, message_id: int) -> int:
        """Note that a message wants another picture now; return the number of the wish."""
        place = (chat_id, message_id)
        number = self._wishes.pop(place, 0) + 1
        self._wishes[place] = number
        if len(self._wishes) > WISHES_KEPT_MAX:
            self._wishes.popitem(last=False)
        return number

    def is_latest(self, chat_id: int, message_id: int, wish: int) -> bool:
        """Test if the message has wanted no other picture since."""
        return self._wishes.get((chat_id, message_id), wish) == wish

    async def png(self, chart: Chart) -> bytes | None:
        """Return the chart as PNG, ``None`` where it cannot be drawn now; the log says why."""
        text = chart.to_json()
        if text in self._kept:
            return self._again(text)
        async with self._turn:
            if text in self._kept:
                return self._again(text)
            picture = await self._drawn(text.encode())
            if picture:
                self._kept[text] = picture
                if len(self._kept) > KEPT_MAX:
                    self._kept.popitem(last=False)
        return picture

    async def printed(
        self, what: PrintedDocument | PrintedCertificate, form: PrintFormat = PrintFormat.PDF
    ) -> bytes | None:
        """Return a document as a file, ``None`` where it cannot be drawn now; none is kept."""
        async with self._turn:
            return await self._drawn(text_of(what, form).encode())

    def _again(self, text: str) -> bytes:
        self._kept.move_to_end(text)
        return self._kept[text]

    async def _drawn(self, text: bytes) -> bytes | None:
        """Let the process draw; one that has ended meanwhile is started once more."""
        for _ in range(2):
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return await self._ask(text) or None
            except (OSError, EOFError, TimeoutError) as error:
                log.info("the drawing process is started anew: %s", type(error).__name__)
                await self._end()
            except asyncio.CancelledError:
                # Half an answer may be on its way: nobody could tell whose.
                await self._end()
                raise
        log.warning("a chart or a document could not be drawn")
        return None

    async def _ask(self, text: bytes) -> bytes:
        process = self._process or await self._start()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(LENGTH.pack(len(text)) + text)
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        return await process.stdout.readexactly(length)

    async def _start(self) -> Process:
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "handlers.ui.chart_worker",
            stdin=PIPE,
            stdout=PIPE,
            env=environment | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"},
        )
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if process.returncode is None:
            process.kill()
        await process.wait()

    async def close(self) -> None:
        """End the process; what is asked for afterwards starts another."""
        async with self._turn:
            await self._end()
