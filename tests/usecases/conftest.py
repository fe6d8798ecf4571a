"""The product on both databases; after each test its books are right."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import asyncpg
import pytest

from storage.books import audit
from storage.engine import Engines
from storage.tables import metadata
from tests.conftest import VAULT_KEY, PostgresServer
from tests.usecases.app import App, new_app

NAME = "usecases"
EMPTY_IT = ";".join(
    ["SET session_replication_role = replica", *(str(t.delete()) for t in metadata.sorted_tables)]
)
"""Without triggers: some tables are append-only. Much faster than a database for each test."""


@pytest.fixture(scope="session")
def empty_it(postgres: PostgresServer) -> Iterator[Callable[[], object]]:
    """Return what empties the PostgreSQL database that the tests of this folder share."""
    postgres.create(NAME)
    with asyncio.Runner() as runner:
        connection = runner.run(
            asyncpg.connect(host=str(postgres.socket_folder), user="postgres", database=NAME)
        )
        yield lambda: runner.run(connection.execute(EMPTY_IT))
        runner.run(connection.close())
    postgres.drop(NAME)


@pytest.fixture
def postgresql_url(postgres: PostgresServer, empty_it: Callable[[], object]) -> str:
    """Return the address of an empty migrated PostgreSQL database."""
    empty_it()
    return postgres.url(NAME)


@pytest.fixture
async def app(engines: Engines, new_id: Callable[[], int]) -> AsyncIterator[App]:
    """Return the product on an empty database; the test runs on each kind."""
    yield new_app(engines, VAULT_KEY, new_id)
    assert await audit(engines) == []
