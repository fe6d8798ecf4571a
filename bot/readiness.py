"""The home of readiness: database and schema decide, Telegram is told of."""

import asyncio

from aiogram import Bot
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.replica import Replica
from handlers.http.routes import Readiness
from storage.engine import Engines
from storage.migrate import SchemaState, schema_state


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
        if self.username is None:
            reasons.append("Telegram has not answered getMe yet")
        try:
            async with self._engines.reads.connect() as connection:
                await connection.execute(text("SELECT 1"))
            state = await schema_state(self._engines)
            if state is not SchemaState.CURRENT:
                reasons.append(f"the database schema is {state.value}; run migrate")
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            reasons.append(f"the database does not answer: {type(error).__name__}")
        return Readiness(
            ok=not reasons,
            reasons=tuple(reasons),
            details={
                "telegram": self.username is not None,
                "replica": self.replica.number,
                "leads": self.replica.leads,
            },
        )

    def bot_link(self) -> str:
        """Return the bot's address in Telegram."""
        return f"https://t.me/{self.username or ''}"

    async def ask_name(self) -> None:
        """Ask Telegram for the bot's name."""
        self.username = (await self._bot.me()).username
        self.met.set()
