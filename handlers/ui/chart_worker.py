"""The process that draws: charts and documents come in, pictures and PDF files go out.

It has no part in the product but its modules, ends by itself when nothing was asked for a while
or when whoever started it is gone, and lets everything else on the machine go first.
"""

import os
import select
import struct
import sys
from typing import BinaryIO

from handlers.ui.chart import Chart, draw
from handlers.ui.printed import MARK, drawn_from

LENGTH = struct.Struct("!I")
"""Before every message stands how many bytes it has; an empty picture means it failed."""
IDLE_SECONDS = 120
NICENESS = 10


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Draw until the source ends or nothing has come for a while."""
    while select.select([source], [], [], IDLE_SECONDS)[0]:
        head = source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return
        (length,) = LENGTH.unpack(head)
        picture = _drawn(source.read(length).decode())
        target.write(LENGTH.pack(len(picture)) + picture)
        target.flush()


def _drawn(text: str) -> bytes:
    try:
        if text.startswith(MARK):
            return drawn_from(text)
        return draw(Chart.from_json(text))
    except Exception as error:  # noqa: BLE001 - one bad drawing must not end the process
        print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - there is no log here
        return b""


if __name__ == "__main__":
    os.nice(NICENESS)
    # Unbuffered, or `select` would not see what the buffer has read already.
    with os.fdopen(0, "rb", buffering=0) as source, os.fdopen(1, "wb") as target:
        serve(source, target)
