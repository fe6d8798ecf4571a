"""A running product with a simulator, as journeys need it."""

import asyncio
import hashlib
import itertools
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from bot.config import load_config
from bot.config_model import Config
from bot.run import prepare_database, running
from bot.simulator import Simulator
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from bot.wiring import Product
from domain.entities.people import Caller
from storage.books import audit
from storage.tables import notices

TOKEN = "100200300:TEST-test-TEST-test-TEST-test-TEST"
BILLING_SECRET = "whsec_" + b64encode(hashlib.sha256(b"billing of the tests").digest()).decode()
API_TOKEN = "journey-api-token-0123456789"
DOCUMENTS_KEY = b64encode(hashlib.sha256(b"key of the tests").digest()).decode()
ENVIRON = {"PARTNER_BOT_DOCUMENTS_KEY": DOCUMENTS_KEY}
OWNER_ID = 901
_FORGED = itertools.count(7_000_000_000)
"""Ids of updates that no simulator made."""
_migrated: dict[str, bytes] = {}
"""An empty database with all tables, once it was made: migrating takes most of a start."""


@dataclass(slots=True, kw_only=True)
class JourneyWorld:
    sim: SimulatorClient
    simulator: Simulator
    product: Product
    owner: PersonActor
    staff: GroupActor
    web_url: str
    config_path: Path
    running: AsyncExitStack

    async def restart(self) -> None:
        """Stop the product and start it again on the same database."""
        await self.running.aclose()
        self.product, port = await self.running.enter_async_context(
            running(load_config(self.config_path, {}), ENVIRON)
        )
        self.web_url = f"http://127.0.0.1:{port}"
        await self.product.readiness.met.wait()

    async def partner(self, name: str, *, language: str = "en") -> PersonActor:
        """Make a person a partner with its account named; the fast way."""
        person = await self.sim.person(name, language_code=language)
        await person.opens()
        await person.presses("🤝")
        await person.presses("✅")
        await person.sees("r_")
        await person.sends(f"crm-{person.id}")
        await person.sees("👍")
        return person

    async def code_of(self, person: PersonActor) -> str:
        """Return the person's referral code."""
        caller = await self.caller(person)
        view = await self.product.use_cases.show_enrolment(caller)
        return view.enrolment.code

    async def caller(self, person: PersonActor) -> Caller:
        async with self.product.open_work.read() as work:
            caller = await work.people.caller(person.id)
        assert caller is not None
        return caller

    async def client_of(self, code: str, name: str) -> tuple[PersonActor, str]:
        """Let a new person register through the link; return it with its client id."""
        person = await self.sim.person(name, language_code="en")
        await person.opens(f"r_{code}")
        await person.sees("invites you")
        await person.shares_contact()
        await person.sees("You are registered")
        view = await self.product.use_cases.show_own_data(await self.caller(person))
        assert view.client is not None
        return person, view.client.client.shown_id

    async def earns(self, partner: PersonActor, *payments: str) -> str:
        """Bring the partner a client that pays; return the client's id."""
        _, client_id = await self.client_of(await self.code_of(partner), "Carla")
        for amount in payments:
            await self.owner.sends(f"/pay {client_id} {amount} USD", chat=self.staff)
            await self.owner.sees("recorded for Carla", chat=self.staff)
        return client_id

    async def forges_press(
        self, person: PersonActor, data: str, *, chat: GroupActor | None = None
    ) -> None:
        """Let a person's changed app send a button's value that nobody offered it."""
        user = {"id": person.id, "is_bot": False, "first_name": person.view["first_name"]}
        in_private = {"id": person.id, "type": "private", "first_name": user["first_name"]}
        in_group = {"id": chat.id, "type": "supergroup", "title": "Group"} if chat else None
        message = {
            "message_id": 1,
            "date": 1_700_000_000,
            "chat": in_group or in_private,
            "text": "an old message",
        }
        number = next(_FORGED)
        query = {
            "id": str(number),
            "from": user,
            "chat_instance": "1",
            "data": data,
            "message": message,
        }
        await self.product.intake.accept([{"update_id": number, "callback_query": query}])

    async def types(
        self,
        person: PersonActor,
        text: str,
        *,
        chat: GroupActor,
        entities: list[Json],
        reply_to: Json,
    ) -> None:
        """Let a person reply with a formatted text; the simulator's people type plain ones."""
        typed = await person.replies(reply_to, text, chat=chat) if not entities else None
        if typed is not None:
            return
        number = next(_FORGED)
        here = {"id": chat.id, "type": "supergroup", "title": "Group"}
        bot = {"id": int(TOKEN.partition(":")[0]), "is_bot": True, "first_name": "Bot"}
        question = {"message_id": reply_to["message_id"], "date": 1, "chat": here, "from": bot}
        message = {
            "message_id": number % 1_000_000_000,
            "date": 1_700_000_000,
            "from": {"id": person.id, "is_bot": False, "first_name": person.view["first_name"]},
            "chat": here,
            "text": text,
            "entities": entities,
            "reply_to_message": question,
        }
        await self.product.intake.accept([{"update_id": number, "message": message}])

    async def committed(self, statement: Select[Any]) -> list[tuple[Any, ...]]:
        """Return rows as they stand in the database now, read anew."""
        async with self.product.engines.reads.connect() as connection:
            return [tuple(row) for row in await connection.execute(statement)]

    async def count(self, table: Table, *conditions: ColumnElement[bool]) -> int:
        """Return how many rows of a table are committed."""
        statement = select(func.count()).select_from(table).where(*conditions)
        [(count,)] = await self.committed(statement)
        return int(count)

    async def notices_are_sent(self) -> None:
        """Wait until nothing is owed to anybody, so that the next message is an answer."""
        owed = select(func.count()).where(notices.c.sent_at.is_(None), notices.c.dead_at.is_(None))
        async with asyncio.timeout(10):
            while True:
                async with self.product.engines.reads.connect() as connection:
                    if not await connection.scalar(owed):
                        return
                await asyncio.sleep(0.05)

    async def books_balance(self) -> None:
        """Assert that the second path finds nothing."""
        assert await audit(self.product.engines) == []


@asynccontextmanager
async def start_world(
    folder: Path,
    *,
    database_url: str | None = None,
    language: str = "en",
    staff_config: str = "",
    programs: tuple[str, ...] = ("saas-tiers",),
    billing_config: str = "",
    email_config: str = "",
    is_forum: bool = False,
    bot_rights: list[str] | None = None,
) -> AsyncIterator[JourneyWorld]:
    simulator = Simulator(token=TOKEN, username="SamplePartnerBot", name="Partner Bot")
    await simulator.start(host="127.0.0.1", port=0)
    async with SimulatorClient(simulator.url) as sim:
        owner = await sim.person("Olena", id=OWNER_ID)
        staff = await sim.group("Staff", members=[owner], is_forum=is_forum, bot_rights=bot_rights)
        path = folder / "config.toml"
        path.write_text(
            f"""
[telegram]
chat_limits = false
token = "{TOKEN}"
api_base_url = "{simulator.url}"
[web]
port = 0
public_url = "http://127.0.0.1:8080"
[database]
url = "{database_url or f"sqlite+aiosqlite:///{folder / 'bot.db'}"}"
[staff]
chat_id = {staff.id}
owners = [{OWNER_ID}]
{staff_config}
[programs]
active = {json.dumps(programs)}
landing_url = "http://127.0.0.1:8080/"
[billing]
secret = "{BILLING_SECRET}"
{billing_config}
[email]
{email_config}
[documents]
folder = "{folder / "papers"}"
[api]
tokens = ["{API_TOKEN}"]
[locale]
default = "{language}"
"""
        )
        config = load_config(path, {})
        if database_url is None:
            await _put_database(config, folder / "bot.db")
        async with AsyncExitStack() as stack:
            product, port = await stack.enter_async_context(running(config, ENVIRON))
            await product.readiness.met.wait()
            yield JourneyWorld(
                sim=sim,
                simulator=simulator,
                product=product,
                owner=owner,
                staff=staff,
                web_url=f"http://127.0.0.1:{port}",
                config_path=path,
                running=stack,
            )
    await simulator.stop()


async def _put_database(config: Config, path: Path) -> None:
    """Put an empty migrated database there."""
    if not _migrated:
        await prepare_database(config)
        _migrated["sqlite"] = await asyncio.to_thread(path.read_bytes)
    await asyncio.to_thread(path.write_bytes, _migrated["sqlite"])
