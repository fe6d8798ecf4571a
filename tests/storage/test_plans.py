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
from storage.books.moved import MOVED
from storage.books.pictures import OF_PAYMENTS
from storage.books.proofs import SHORT_CHECKS
from storage.books.sql import some_rows
from storage.books.touched import STEPS
from storage.repositories.notices import due_now
from storage.rows import among
from storage.straight import Question
from storage.tables import clients, commissions, payments

DIALECT = sqlite.dialect()
MAY_BE_READ = (
    "SCAN json_each",
    "SCAN a USING INDEX sqlite_autoindex_ledger_accounts",
    "SCAN sums",
)
"""The keys that are given, the accounts in their order, and what was summed up of some of them."""


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


def asked_by_a_short_proof() -> Iterator[tuple[str, str]]:
    """Return what a short proof asks, with its words."""
    for check in SHORT_CHECKS:
        yield check.name, str(some_rows(check.sql, "sqlite")).replace(":words", "('word')")
    for words in (*STEPS, *OF_PAYMENTS):
        yield words, str(some_rows(words, "sqlite"))
    yield "moved", MOVED


def test_a_short_proof_reads_no_table_through_but_the_accounts(migrated_sqlite: Path) -> None:
    through = []
    with closing(sqlite3.connect(migrated_sqlite)) as connection:
        for name, words in asked_by_a_short_proof():
            given = {"keys": "[]", "proof": 1}
            plan = connection.execute(f"EXPLAIN QUERY PLAN {words}", given)
            through += [
                f"{name}: {step[3]}"
                for step in plan
                if step[3].startswith("SCAN") and not step[3].startswith(MAY_BE_READ)
            ]
    assert through == []
