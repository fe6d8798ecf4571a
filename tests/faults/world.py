"""A vendor under test: its config, Telegram, billing, and the processes that serve it."""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.simulator import Simulator
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from storage.books import audit, trial_balance
from storage.engine import open_engines
from tests.faults.database import Database
from tests.faults.process import SKEW, Process, Processes
from tests.faults.row import Row

TOKEN = "100200300:TEST-test-TEST-test-TEST-test-TEST"
BILLING_KEY = hashlib.sha256(b"billing of the fault tests").digest()
API_TOKEN = "n7Qz_4kWvT2x-Lr9Yb3c"
WEBHOOK_SECRET = "Zt5mP8_wKd1q-Hf6Xs0v"
DOCUMENTS_KEY = base64.b64encode(hashlib.sha256(b"key of the fault tests").digest()).decode()
ENVIRON = {"PARTNER_BOT_DOCUMENTS_KEY": DOCUMENTS_KEY}
OWNER_ID = 901
NOBODY_LISTENS = "http://127.0.0.1:9"
OK = 200
TOO_MANY = 429
COME_AGAIN_SECONDS = 2.0

PROGRAM = """\
[program]
key = "flat"
currency = "USD"
[commission]
rates = [{ rate = "10%" }]
[payout]
minimum = "10.00"
[conversion]
bonus = "10%"
bonus_base = "amount"
""" + "".join(
    f'[texts.{language}]\ntitle = "Flat"\nsummary = "10%"\nrules = "None"\n'
    for language in ("en", "ru", "uk", "bg")
)
"""One rate for everybody and no window, so that the order of events decides nothing."""

Json = dict[str, Any]


def config_text(
    *, api_base_url: str, database_url: str, mode: str = "polling", chat_id: int = 0
) -> str:
    """Return a whole config; the port is chosen by the system and stands in the log."""
    return f"""\
[telegram]
chat_limits = false
token = "{TOKEN}"
api_base_url = "{api_base_url}"
mode = "{mode}"
webhook_secret = "{WEBHOOK_SECRET}"
[web]
port = 0
public_url = "{NOBODY_LISTENS}"
[database]
url = "{database_url}"
[staff]
chat_id = {chat_id}
owners = [{OWNER_ID}]
[programs]
active = ["flat.toml"]
[billing]
secret = "whsec_{base64.b64encode(BILLING_KEY).decode()}"
[api]
tokens = ["{API_TOKEN}"]
"""


def write_config(folder: Path, content: str) -> Path:
    """Write a config and its program file into the folder."""
    (folder / "flat.toml").write_text(PROGRAM)
    path = folder / "config.toml"
    path.write_text(content)
    return path


@dataclass(frozen=True)
class Answer:
    """What the HTTP server said; status 0 where the connection broke before an answer."""

    status: int
    body: Any = None


@dataclass
class Billing:
    """The vendor's billing: signs and posts, and reads what the vendor's systems may read."""

    session: aiohttp.ClientSession

    async def send(self, url: str, event: Json) -> Answer:
        """Report one event; its id goes into the header."""
        body = {name: value for name, value in event.items() if name != "id"}
        return await self._post(f"{url}/api/v1/events", str(event["id"]), body)

    async def send_batch(self, url: str, events: Sequence[Json]) -> Answer:
        """Report several events in one request."""
        request_id = f"batch-{time.monotonic_ns()}"
        return await self._post(f"{url}/api/v1/events/batch", request_id, {"events": events})

    async def _post(self, url: str, request_id: str, content: object) -> Answer:
        body = json.dumps(content).encode()
        now = str(int(time.time()))
        signed = f"{request_id}.{now}.".encode() + body
        digest = base64.b64encode(hmac.new(BILLING_KEY, signed, hashlib.sha256).digest())
        headers = {
            "webhook-id": request_id,
            "webhook-timestamp": now,
            "webhook-signature": f"v1,{digest.decode()}",
        }
        return await self._answer("POST", url, headers, body)

    async def get(self, url: str, path: str) -> Answer:
        """Read a route of the API; whoever reads thousands is told to come again in a minute."""
        headers = {"Authorization": f"Bearer {API_TOKEN}"}
        while True:
            answer = await self._answer("GET", url + path, headers, None)
            if answer.status != TOO_MANY:
                return answer
            await asyncio.sleep(COME_AGAIN_SECONDS)

    async def telegram(self, url: str, update: Json) -> int:
        """Deliver an update as Telegram does and return the status, 0 without an answer."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}
        body = json.dumps(update).encode()
        return (await self._answer("POST", f"{url}/telegram/webhook", headers, body)).status

    async def _answer(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        try:
            async with self.session.request(method, url, headers=headers, data=body) as answer:
                content = await answer.read()
                is_json = answer.content_type == "application/json"
                return Answer(answer.status, json.loads(content) if is_json else content)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Answer(0)


@dataclass
class Vendor:
    """Everything around the processes of the product."""

    folder: Path
    processes: Processes
    simulator: Simulator
    sim: SimulatorClient
    owner: PersonActor
    staff: GroupActor
    database: Database
    billing: Billing
    config: Path

    def start(
        self,
        *command: str,
        fresh: bool = False,
        skew_seconds: int = 0,
        environ: Mapping[str, str] | None = None,
    ) -> Process:
        """Start one process that serves the vendor, or another command.

        Args:
            command: Instead of ``run``.
            fresh: Start a new Python for it, which takes seconds.
            skew_seconds: By how much its clock is wrong.
            environ: Variables that it has besides.
        """
        variables = {**ENVIRON, **(environ or {})}
        if skew_seconds:
            variables[SKEW] = str(skew_seconds)
        typed = command or ("run",)
        return self.processes.start(
            *typed, "--config", str(self.config), fresh=fresh, environ=variables
        )

    async def command(self, *arguments: str) -> tuple[int, str]:
        """Run a command with the vendor's config; return exit code and output."""
        return await self.processes.run(*arguments, "--config", str(self.config))

    async def books_balance(self) -> None:
        """Assert that the second path finds no difference and the trial balance is 0."""
        code, output = await self.command("books")
        assert code == 0, output
        assert output.endswith("0 differences\n")
        sums = "SELECT currency, SUM(minor) FROM postings GROUP BY currency HAVING SUM(minor) <> 0"
        assert await self.database.rows(sums) == []

    async def audit(self, row: Row) -> None:
        """Have the books proven by the second path, and the trial balance drawn up, into a row."""
        code, output = await self.command("books")
        found = re.search(r"(\d+) differences?\n$", output)
        assert found is not None, output
        row.books += max(int(found[1]), int(code != 0))
        sums = await self.database.rows("SELECT SUM(minor) FROM postings GROUP BY currency")
        row.trial_balance += sum(abs(int(total)) for (total,) in sums)

    async def audit_here(self, row: Row) -> None:
        """Do the same without a process for it, which takes a tenth of the time."""
        engines = open_engines(self.database.url)
        try:
            row.books += len(await audit(engines))
            row.trial_balance += sum(map(abs, (await trial_balance(engines)).values()))
        finally:
            await engines.close()

    async def end_leases(self) -> None:
        """Let a minute pass for notices that a process had taken when it died."""
        await self.database.change(
            "UPDATE notices SET due_at = 0 WHERE sent_at IS NULL AND dead_at IS NULL"
        )

    def updates_waiting(self) -> int:
        """Return how many updates Telegram still holds."""
        return len(self.simulator.world.updates.alive())


@asynccontextmanager
async def vendor_in(
    folder: Path,
    processes: Processes,
    database_url: str,
    *,
    mode: str = "polling",
    api_base_url: str | None = None,
    more: str = "",
    flood_limits: bool = False,
) -> AsyncIterator[Vendor]:
    """Make a vendor with an admin chat; no process is started yet."""
    simulator = Simulator(
        token=TOKEN, username="SamplePartnerBot", name="Partner Bot", flood_limits=flood_limits
    )
    await simulator.start()
    try:
        async with (
            SimulatorClient(simulator.url) as sim,
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session,
            Database(database_url).kept_open() as database,
        ):
            owner = await sim.person("Olena", id=OWNER_ID)
            staff = await sim.group("Staff", members=[owner])
            # Of the news of the new group nobody needs to hear.
            simulator.world.updates.clear()
            content = config_text(
                api_base_url=api_base_url or simulator.url,
                database_url=database_url,
                mode=mode,
                chat_id=staff.id,
            )
            if flood_limits:
                content = content.replace("chat_limits = false", "chat_limits = true")
            content += more
            yield Vendor(
                folder=folder,
                processes=processes,
                simulator=simulator,
                sim=sim,
                owner=owner,
                staff=staff,
                database=database,
                billing=Billing(session),
                config=write_config(folder, content),
            )
    finally:
        await simulator.stop()
