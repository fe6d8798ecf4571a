"""The product on both databases; after each test its books are right.

A process has one database of each kind and one event loop, so that statements are compiled and
prepared once and not for each test; every test finds the databases empty.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from storage.books import audit
from storage.engine import Engines
from storage.paper_folder import PaperFolder
from storage.rewrap import rewrap
from storage.vault import Vault
from tests.conftest import EMPTY_IT, VAULT_KEY, PostgresServer, open_test_engines
from tests.domain.builders import saas_tiers
from tests.usecases.app import App, new_app
from tests.usecases.applications import CLOUD, SECOND
from tests.usecases.pinning import two_join
from tests.usecases.selling import TIERED, widgets

NAME = "usecases"
HERE = Path(__file__).parent
_one_loop = pytest.mark.asyncio(loop_scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and pytest_asyncio.is_async_test(item):
            item.add_marker(_one_loop, append=False)


@pytest.fixture(scope="session")
def empty_postgresql(postgres: PostgresServer) -> Iterator[Callable[[], None]]:
    """Return what empties the PostgreSQL database that the tests of this folder share."""
    postgres.create(NAME)
    with asyncio.Runner() as runner:
        connection = runner.run(
            asyncpg.connect(host=str(postgres.socket_folder), user="postgres", database=NAME)
        )

        def empty() -> None:
            runner.run(connection.execute(EMPTY_IT))

        yield empty
        runner.run(connection.close())
    postgres.drop(NAME)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def on_postgresql(
    postgres: PostgresServer, empty_postgresql: Callable[[], None]
) -> AsyncIterator[Engines]:
    """Return the engines on it."""
    opened = open_test_engines(postgres.url(NAME))
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def sqlite_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the SQLite database is that the tests of this folder share."""
    return tmp_path_factory.mktemp("usecases") / "usecases.db"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def on_sqlite(sqlite_path: Path) -> AsyncIterator[Engines]:
    """Return the engines on it."""
    opened = open_test_engines(f"sqlite+aiosqlite:///{sqlite_path}")
    yield opened
    await opened.close()


@pytest.fixture
def empty_sqlite(sqlite_path: Path, migrated_sqlite: Path) -> Callable[[], None]:
    """Return what puts the migrated file in the place of the shared one, under its users."""

    def empty() -> None:
        pair = map(sqlite3.connect, (migrated_sqlite, sqlite_path))
        with closing(next(pair)) as source, closing(next(pair)) as target:
            source.backup(target)

    return empty


@pytest.fixture(params=["sqlite", "postgresql"])
def engines(request: pytest.FixtureRequest) -> Engines:
    """Return engines on an empty migrated database; the test runs on each kind."""
    request.getfixturevalue(f"empty_{request.param}")()
    opened: Engines = request.getfixturevalue(f"on_{request.param}")
    return opened


@pytest.fixture
def papers_folder(tmp_path: Path) -> Path:
    """Return where the product of the test keeps papers."""
    return tmp_path / "papers"


@pytest_asyncio.fixture(loop_scope="session")
async def app(
    engines: Engines, new_id: Callable[[], int], papers_folder: Path
) -> AsyncIterator[App]:
    """Return the product on an empty database; the test runs on each kind."""
    app = new_app(engines, VAULT_KEY, new_id)
    app.configures(paper_files=PaperFolder(papers_folder))
    yield app
    assert await audit(engines) == []
    if not engines.is_postgresql:
        # What is sealed is known to `rewrap`, with what it is sealed for.
        resealed = await rewrap(engines, Vault(VAULT_KEY), told=lambda _: None)
        assert [place for place in resealed if place.changed or place.closed] == []


@pytest.fixture
def shop(app: App) -> App:
    """Return the product with programs whose partners collect the price."""
    app.offers(widgets(), TIERED)
    return app


@pytest.fixture
def by_application(app: App) -> None:
    """Offer two programs by application beside the usual one."""
    app.offers(saas_tiers(), CLOUD, SECOND)


@pytest_asyncio.fixture(loop_scope="session")
async def two_who_pin(app: App) -> None:
    """Offer a program whose partners name clients in advance, with two of them."""
    await two_join(app)
