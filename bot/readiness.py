"""The home of readiness: database and schema decide, Telegram is told of."""

import asyncio

from aiogram import Bot
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
    """Tells a balancer whether this process may be sent work."""

    def __init__(self, engines: Engines, bot: Bot, replica: Replica) -> None:
        """Check this database; ``bot`` is asked for its name once, at the start."""
        self._engines = engines
        self._bot = bot
        self.replica = replica
        self.is_stopping = False
        self.username: str | None = None
        self.met = asyncio.Event()

    async def __call__(self) -> Readiness:
        """Return whether work may come, and why not."""
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
                "telegram": self.username is not None,
                "replica": self.replica.number,
                "leads": self.replica.leads,
                "schema": schema and schema.value,
            },
        )

    def bot_link(self) -> str:
        """Return the bot's address in Telegram."""
        return f"https://t.me/{self.username or ''}"

    async def ask_name(self) -> None:
        """Ask Telegram for the bot's name."""
        self.username = (await self._bot.me()).username
        self.met.set()
