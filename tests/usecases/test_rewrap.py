"""A new key of documents: everything is sealed anew, reads as before, and the old key may go."""

from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import LargeBinary, text
from sqlalchemy.exc import DBAPIError

from bot.commands.rewrap import run_rewrap
from bot.config import load_config
from bot.vault_key import VARIABLE
from domain.entities.notice import Notice
from storage import rewrap as sealing
from storage.engine import open_engines
from storage.migrate import upgrade
from storage.repositories.inbox import StoredUpdate
from storage.rewrap import PLACES, Resealed, rewrap
from storage.tables import metadata
from storage.vault import Vault
from storage.vault_keys import VaultKeys
from storage.work import SqlOpenWork
from tests.bot.config_files import TOKEN, write
from tests.conftest import VAULT_KEY
from tests.storage.records import NOW
from tests.usecases.app import App, new_app
from tests.usecases.documents import documents_of, with_requisites

FEW = f'[telegram]\ntoken = "{TOKEN}"\n'
OLD = bytes(range(32))
NEW = b"n" * 31 + b"m"
MARKS = VaultKeys(VAULT_KEY).marks
CHANGING = Vault(VaultKeys(NEW, (VAULT_KEY,), MARKS))
CHANGED = VaultKeys(NEW, (), MARKS)


@pytest_asyncio.fixture(loop_scope="session")
async def world(app: App) -> AsyncIterator[App]:
    """Return partners with pay-outs and documents, an update and a message; sealed back after."""
    await with_requisites(app)
    await app.asks("leo", "60.00", account="DE00 1234")
    async with app.around.open_work(books=False) as work:
        rows: Any = [StoredUpdate(update_id=n, speaker="1", body="{}") for n in (1, 2, 3)]
        await work.inbox.add(rows, at=app.now)  # type: ignore[attr-defined]
        await work.inbox.handled([3], at=app.now)  # type: ignore[attr-defined]
        written = Notice(
            id=7, recipient=5, kind="question", params={"text": "My words"}, created_at=app.now
        )
        await work.notices.add([written])
        await work.commit()
    yield app
    await rewrap(app.engines, Vault(VaultKeys(VAULT_KEY, (NEW, b"x" * 32))), told=lambda _: None)


def totals(found: Sequence[Resealed]) -> tuple[int, int]:
    """Return how many values were sealed anew, and how many nothing opens."""
    return sum(one.changed for one in found), sum(one.closed for one in found)


async def test_everything_is_sealed_anew_and_reads_as_before(
    world: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "ROWS", 2)
    payout = (await world.rows("payouts"))[0]
    told: list[Resealed] = []
    documents = await world.rows("payout_documents")

    found = await rewrap(world.engines, CHANGING, told=told.append)

    assert told == list(found)
    by_name = {one.name: one.changed for one in found}
    assert by_name["payouts"] == 1
    assert by_name["payout_documents"] == len(documents) == 2
    assert (by_name["inbox"], by_name["notices"], by_name["requisites"]) == (2, 1, 1)
    assert totals(found)[1] == 0
    assert totals(await rewrap(world.engines, CHANGING, told=told.append)) == (0, 0)
    reader = new_app(world.engines, CHANGED, world.around.new_id)
    async with reader.around.open_work.read() as work:
        kept = await work.payouts.get(payout["id"], enrolment_ids=None)
        claimed = await work.notices.claim(now=world.now, lease_until=world.now, limit=9)
    assert kept is not None
    assert kept.account
    assert "My words" in [notice.params.get("text") for notice in claimed]
    assert len(await documents_of(reader, kept)) == 2
    assert totals(await rewrap(world.engines, Vault(VAULT_KEY), told=told.append))[1] > 0


async def test_facts_are_append_only_again_afterwards(world: App) -> None:
    await rewrap(world.engines, CHANGING, told=lambda _: None)
    with pytest.raises(DBAPIError, match="append-only"):
        async with world.engines.writes.begin() as connection:
            await connection.execute(text("UPDATE payout_documents SET facts = facts"))


async def test_a_run_that_was_cut_off_goes_on(world: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "ROWS", 1)

    def cut_off(result: Resealed) -> None:
        if result.name == "payouts":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rewrap(world.engines, CHANGING, told=cut_off)
    left, closed = totals(await rewrap(world.engines, CHANGING, told=lambda _: None))
    assert left > 0
    assert closed == 0


async def test_what_no_key_opens_is_told_and_left_as_it_is(world: App) -> None:
    before = await world.rows("payouts")
    stranger = Vault(VaultKeys(NEW, (b"x" * 32,), MARKS))
    changed, closed = totals(await rewrap(world.engines, stranger, told=lambda _: None))
    assert (changed, closed > 0) == (0, True)
    assert await world.rows("payouts") == before


def test_marks_stay_and_their_key_opens_nothing() -> None:
    mark = Vault(VAULT_KEY).mark("DE001234", context="payout account")
    assert CHANGING.mark("DE001234", context="payout account") == mark
    assert Vault(CHANGED).mark("DE001234", context="payout account") == mark
    assert Vault(NEW).mark("DE001234", context="payout account") != mark
    assert MARKS not in {VAULT_KEY, NEW}


async def test_the_command_tells_the_next_values_and_then_seals(
    tmp_path: Path,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    engines = open_engines(url)
    await upgrade(engines)
    async with SqlOpenWork(engines, Vault(OLD), lambda: 1)(books=False) as work:
        await work.inbox.add([StoredUpdate(update_id=1, speaker="1", body="{}")], at=NOW)
        await work.commit()
    await engines.close()
    config = load_config(write(tmp_path, f'{FEW}[database]\nurl = "{url}"\n'), {})
    old = b64encode(OLD).decode()
    said: list[str] = []
    assert await run_rewrap(config, {VARIABLE: old}, say=said.append) == 0
    first, then, last = (line.split()[-1] for line in said[0].splitlines()[2:])
    new, marks = last.split(",")
    assert marks == f"marks:{b64encode(VaultKeys(OLD).marks).decode()}"
    assert first == f"{old},{new},{marks}"
    assert then == f"{new},{old},{marks}"
    for value, code, told in (
        (first, 0, "0 values were sealed anew"),
        (then, 0, "1 values were sealed anew"),
        (then, 0, "0 values were sealed anew"),
        (f"{old},{b64encode(b'x' * 31 + b'y').decode()},{marks}", 1, "none of the keys"),
    ):
        said.clear()
        assert await run_rewrap(config, {VARIABLE: value}, say=said.append) == code
        assert told in " ".join(said)
        assert old not in " ".join(said)


def test_every_sealed_column_is_known() -> None:
    sealed = {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, LargeBinary)
    }
    # The name of a paper is sealed with the key of its dossier, which is sealed anew.
    known = {(place.table.name, name) for place in PLACES for name in place.contexts}
    assert sealed - {("papers", "name")} == known - {("notices", "params")}
