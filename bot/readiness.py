"""The home of readiness: database and schema decide, Telegram is told of."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from bot.replica import Replica
from handlers.http.routes import Readiness
from storage.engine import Engines
from storage.migrate import SchemaState, schema_state

ANSWER_SECONDS = 3.0
"""A database that takes longer is told as away."""
SERVED = (SchemaState.CURRENT, SchemaState.AHEAD)
"""What a running process works on: a migration leaves the version before it at work."""


class ReadinessCheck:
    """Tells a balancer whether this process may be sent work.

    Attributes:
        replica: What the process is among its equals.
        is_stopping: It takes no more work soon.
        was_asked: Somebody asks, as a balancer does.
        username: The bot's name, as Telegram told it now or an earlier time; ``None`` before.
        met: Set when Telegram has answered since the start, and was asked for updates.
    """

    def __init__(self, engines: Engines, replica: Replica) -> None:
        """Check this database; whoever meets Telegram tells of it."""
        self._engines = engines
        self.replica = replica
        self.is_stopping = False
        self.was_asked = False
        self.username: str | None = None
        self.met = asyncio.Event()

    async def __call__(self) -> Readiness:
        """Return whether work may come, and why not."""
        self.was_asked = True
        reasons = []
        if self.is_stopping:
            reasons.append("the process is stopping")
        if not self.replica.is_in:
            reasons.append("the process has no place among the replicas; the log tells why")
        schema = None
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                schema = await schema_state(self._engines)
            if schema not in SERVED:
                reasons.append(f"the database schema is {schema.value}; run migrate")
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            reasons.append(f"the database does not answer: {type(error).__name__}")
        return Readiness(
            ok=not reasons,
            reasons=tuple(reasons),
            details={
                "telegram": self.met.is_set(),
                "replica": self.replica.number,
                "leads": self.replica.leads,
                "schema": schema and schema.value,
            },
        )

    def bot_link(self) -> str:
        """Return the bot's address in Telegram."""
        return f"https://t.me/{self.username or ''}"
