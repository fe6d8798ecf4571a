"""PostgreSQL has ended a connection that rests in the pool: nobody who comes next notices."""

import pytest
from sqlalchemy import text

from storage.engine import open_engines

END_THE_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def test_a_lost_connection_of_the_pool_is_replaced(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.UNUSED_SECONDS", 0)
    resting, other = open_engines(postgresql_url), open_engines(postgresql_url)
    for _ in range(2):
        async with resting.reads.connect() as connection:
            assert await connection.scalar(text("SELECT 1")) == 1
        async with other.writes.begin() as connection:
            await connection.execute(END_THE_OTHERS)
    await resting.close()
    await other.close()
