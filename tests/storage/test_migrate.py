"""Migrations: up, down and up again; the same tables as the code; safe to call at any time."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from storage import migrate
from storage.engine import Engines, open_engines
from storage.migrate import SchemaAhead, SchemaState, downgrade, schema_state, upgrade
from storage.tables import metadata
from storage.tables.ledger import APPEND_ONLY

REVISIONS = [script.revision for script in migrate._scripts().walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    yield postgres.create("empty", template="template0")
    postgres.drop("empty")


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Engines]:
    engines = open_engines(empty_url)
    yield engines
    await engines.close()


async def tables_of(engines: Engines) -> dict[str, str]:
    """Return the exact definition of everything in the database, by name."""
    async with engines.reads.connect() as connection:
        found = await connection.execute(
            text(POSTGRESQL_OBJECTS if engines.is_postgresql else SQLITE_OBJECTS)
        )
        return {row.name: " ".join(row.definition.split()) for row in found}


SQLITE_OBJECTS = """
SELECT type || ' ' || name AS name, sql AS definition FROM sqlite_master
WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'
"""
POSTGRESQL_OBJECTS = """
SELECT 'index ' || indexname AS name, indexdef AS definition FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL
SELECT 'constraint ' || conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
AND conrelid::regclass::text <> 'alembic_version'
UNION ALL
SELECT 'column ' || table_name || ' ' || column_name,
concat_ws(' ', data_type, is_nullable, column_default) FROM information_schema.columns
WHERE table_schema = 'public' AND table_name <> 'alembic_version'
UNION ALL
SELECT 'trigger ' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""


async def test_each_revision_goes_up_down_and_up_again(empty: Engines) -> None:
    standing: list[dict[str, str]] = [{}]
    for before, revision in zip([migrate.EMPTY_DATABASE, *REVISIONS], REVISIONS, strict=False):
        await upgrade(empty, revision)
        there = await tables_of(empty)
        await downgrade(empty, before)
        assert await tables_of(empty) == standing[-1]
        await upgrade(empty, revision)
        assert await tables_of(empty) == there
        standing.append(there)
    assert await schema_state(empty) is SchemaState.CURRENT
    await downgrade(empty, migrate.EMPTY_DATABASE)
    assert await tables_of(empty) == {}


async def test_the_tables_of_the_code_are_those_of_the_migrations(engines: Engines) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with engines.reads.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_even_checks_and_partial_indexes_are_the_same(empty: Engines) -> None:
    async with empty.writes.begin() as connection:
        await connection.run_sync(metadata.create_all)
    of_code = {name: _set_of_lines(sql) for name, sql in (await tables_of(empty)).items()}
    async with empty.writes.begin() as connection:
        await connection.run_sync(metadata.drop_all)
    await upgrade(empty)
    migrated = await tables_of(empty)
    triggers = {name for name in migrated if name.startswith("trigger ")}
    assert {name.split()[1].split("_append_only")[0] for name in triggers} == set(APPEND_ONLY)
    assert of_code == {
        name: _set_of_lines(sql) for name, sql in migrated.items() if name not in triggers
    }


def _set_of_lines(sql: str) -> frozenset[str]:
    """Return the parts of a definition, whose order means nothing."""
    inside = sql.partition("(")[2]
    return frozenset(part.strip(" )(") for part in inside.split(",")) | {sql.partition("(")[0]}


async def test_words_in_messages_that_were_sent_are_erased(empty: Engines) -> None:
    await upgrade(empty, "0024")
    row = (
        "INSERT INTO notices (id, recipient, kind, params, created_at, due_at, attempts, sent_at)"
        " VALUES (:id, 1, 'application_question', :params, 1, 1, 1, :sent_at)"
    )
    words = '{"number": 7, "text": "My passport is 4512"}'
    async with empty.writes.begin() as connection:
        await connection.execute(text(row), {"id": 1, "params": words, "sent_at": 2})
        await connection.execute(text(row), {"id": 2, "params": words, "sent_at": None})
    await upgrade(empty, "0029")
    async with empty.reads.connect() as connection:
        kept = list(await connection.scalars(text("SELECT params FROM notices ORDER BY id")))
    assert kept == ['{"number": 7}', words]


async def test_states_on_the_way(empty: Engines) -> None:
    assert await schema_state(empty) is SchemaState.EMPTY
    await upgrade(empty, REVISIONS[0])
    assert await schema_state(empty) is SchemaState.BEHIND
    await upgrade(empty)
    assert await schema_state(empty) is SchemaState.CURRENT
    await upgrade(empty)
    assert await schema_state(empty) is SchemaState.CURRENT


async def test_tables_of_a_newer_version_are_left_alone(engines: Engines) -> None:
    async with engines.writes.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await schema_state(engines) is SchemaState.AHEAD
    with pytest.raises(SchemaAhead):
        await upgrade(engines)
    assert await schema_state(engines) is SchemaState.AHEAD


async def test_an_upgrade_that_breaks_leaves_nothing_and_runs_again(empty: Engines) -> None:
    async with empty.writes.begin() as connection:
        await connection.execute(text("CREATE TABLE postings (id INTEGER)"))
    before = await tables_of(empty)
    with pytest.raises(DBAPIError, match="already exists"):
        await upgrade(empty)
    assert await schema_state(empty) is SchemaState.EMPTY
    assert await tables_of(empty) == before
    async with empty.writes.begin() as connection:
        await connection.execute(text("DROP TABLE postings"))
    await upgrade(empty)
    assert await schema_state(empty) is SchemaState.CURRENT


async def test_several_processes_upgrade_at_once(empty_url: str) -> None:
    replicas = [open_engines(empty_url) for _ in range(3)]
    await asyncio.gather(*(upgrade(replica) for replica in replicas))
    assert {await schema_state(replica) for replica in replicas} == {SchemaState.CURRENT}
    for replica in replicas:
        await replica.close()


async def test_an_upgrade_waits_for_its_turn_longer_than_a_statement_may_last(
    empty_url: str,
) -> None:
    first, second = open_engines(empty_url), open_engines(empty_url)
    async with migrate._alone(first):
        waiting = asyncio.ensure_future(upgrade(second))
        await asyncio.sleep(0.3)
        assert not waiting.done()
    await waiting
    assert await schema_state(first) is SchemaState.CURRENT
    await first.close()
    await second.close()


async def test_rows_that_point_nowhere_stop_a_migration_of_sqlite(sqlite_url: str) -> None:
    engines = open_engines(sqlite_url)
    with pytest.raises(migrate.SchemaDamaged):
        async with migrate._alone(engines) as connection:
            await connection.execute(
                text("INSERT INTO client_ids (external_id, client_id) VALUES ('x', 404)")
            )
    async with engines.writes.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM client_ids")) == 0
        assert await connection.scalar(text("PRAGMA foreign_keys")) == 1
    await engines.close()


async def test_a_draft_holds_what_the_database_lacks(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrate, "FOLDER", folder)
    engines = open_engines(sqlite_url)
    async with engines.writes.begin() as connection:
        await connection.execute(text("DROP INDEX ix_notices_due"))
        await connection.execute(text("ALTER TABLE partners DROP COLUMN created_at"))
    await migrate.draft(engines, "Add what is missing")
    drafted = (
        folder / "versions" / f"{int(REVISIONS[-1]) + 1:04}_add_what_is_missing.py"
    ).read_text()
    assert 'sa.Column("created_at", sa.BigInteger(), nullable=False)' in drafted.replace("'", '"')
    assert "sent_at IS NULL AND dead_at IS NULL" in drafted
    assert "storage" not in drafted
    await engines.close()
