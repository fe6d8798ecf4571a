"""Messages to many chats at the allowed pace, and how fast people are answered meanwhile."""

import asyncio
import time

from sqlalchemy import text

from storage.engine import open_engines
from tests.benchmarks.business import JOINED, micros
from tests.benchmarks.figures import Row, percentile
from tests.benchmarks.run import Run
from tests.benchmarks.updates import talk

ALLOWED = 30
CALL_SECONDS = 0.08
ANSWER_MS = 300
FIRST_CHAT = 5_000_000


async def measure(run: Run) -> None:
    """Measure on SQLite with a Bot API that takes 80 ms a message."""
    url = await run.databases.fresh("sqlite")
    await _owe(url, run.notices)
    run.stub.sent_at.clear()
    run.stub.slow_seconds = CALL_SECONDS
    product = await run.shop.started_product(url)
    answered: list[float] = []
    began = time.monotonic()
    patience = run.notices / ALLOWED * 2 + 60
    while time.monotonic() - began < patience:
        load = await talk(product, run.stub, 1, 1)
        answered += load.latencies
        if len(run.stub.sent_at) - len(answered) >= run.notices:
            break
        await asyncio.sleep(0.2)
    run.stub.slow_seconds = 0.0
    await asyncio.sleep(0.5)
    product.stop()
    notices = len(run.stub.sent_at) - len(answered)
    run.equal("notices sent", notices, run.notices)
    span = run.stub.sent_at[-1] - run.stub.sent_at[0]
    run.add(
        Row(
            path=f"notices to {run.notices} chats, and answers",
            unit="per s",
            ours=(len(run.stub.sent_at) - 1) / span,
            base=ALLOWED,
            against=f"{ALLOWED} a second allowed",
            target=0.97,
            stretch=0.985,
        )
    )
    run.add(
        Row(
            path="answers meanwhile, p95",
            unit="ms",
            ours=percentile(answered, 0.95) * 1e3,
            base=ANSWER_MS,
            against=f"{ANSWER_MS} ms, of them {CALL_SECONDS * 1e3:.0f} in Telegram",
            target=1.0,
            less_is_better=True,
            note=f"{len(answered)} answers",
        )
    )


async def _owe(url: str, number: int) -> None:
    """Owe a message to each of so many people."""
    at = micros(JOINED)
    people = [
        {"id": FIRST_CHAT + i, "language": "en", "name": f"Reader {i}", "created_at": at}
        for i in range(number)
    ]
    owed = [
        {"id": 1 + i, "recipient": FIRST_CHAT + i, "created_at": at, "due_at": at}
        for i in range(number)
    ]
    engines = open_engines(url)
    async with engines.writes.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO people (id, language, name, created_at)"
                " VALUES (:id, :language, :name, :created_at)"
            ),
            people,
        )
        await connection.execute(
            text(
                "INSERT INTO notices (id, recipient, kind, params, created_at, due_at, attempts)"
                " VALUES (:id, :recipient, 'update_parked', '{\"reference\": \"sample\"}',"
                " :created_at, :due_at, 0)"
            ),
            owed,
        )
    await engines.close()
