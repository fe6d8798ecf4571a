"""How SQLite finds what is asked for by keys: by an index, never by reading a table through."""

import importlib
import pkgutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import or_, select
from sqlalchemy.dialects import sqlite

import storage.repositories
from storage.repositories.notices import due_now
from storage.rows import among
from storage.straight import Question
from storage.tables import clients, commissions, payments

DIALECT = sqlite.dialect()


def asked() -> Iterator[tuple[str, str]]:
    """Return every question that is asked again and again, with its words."""
    for module in pkgutil.walk_packages(storage.repositories.__path__, "storage.repositories."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if isinstance(one, Question):
                yield f"{module.name}.{name}", one.words(DIALECT)
    for name, statement in {
        "keys": select(clients).where(among(clients.c.id, [1])),
        "keys beside a condition": select(payments).where(
            among(payments.c.payment_id, ["p"]), payments.c.minor > 0
        ),
        "either of two keys": select(commissions).where(
            or_(among(commissions.c.id, [1]), among(commissions.c.payment_id, [1]))
        ),
        "messages that are due": due_now(datetime(2026, 3, 1, tzinfo=UTC), 50),
    }.items():
        yield name, str(statement.compile(dialect=DIALECT))


@pytest.fixture(scope="module")
def questions() -> list[tuple[str, str]]:
    return list(asked())


def test_no_table_is_read_through(migrated_sqlite: Path, questions: list[tuple[str, str]]) -> None:
    assert len(questions) > 12
    through = []
    with closing(sqlite3.connect(migrated_sqlite)) as connection:
        for name, words in questions:
            values = ["[]"] * words.count("?")
            plan = connection.execute(f"EXPLAIN QUERY PLAN {words}", values)
            steps = [str(step[3]) for step in plan]
            through += [
                f"{name}: {step}"
                for step in steps
                if step.startswith("SCAN") and "json_each" not in step
            ]
    assert through == []
