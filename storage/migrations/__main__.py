"""Draft the next revision: ``python -m storage.migrations "Add a column"``."""

import asyncio
import sys
import tempfile

from storage.engine import open_engines
from storage.migrate import draft, upgrade


async def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engines = open_engines(f"sqlite+aiosqlite:///{folder}/newest.db")
        try:
            await upgrade(engines)
            await draft(engines, message)
        finally:
            await engines.close()


if __name__ == "__main__":
    asyncio.run(main(" ".join(sys.argv[1:])))
