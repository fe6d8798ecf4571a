"""The home of sealing anew, with a new key, what was sealed with the one before.

What is sealed with the key of a dossier (names of papers, papers) is left alone: that key is
sealed anew. Rows are taken in the order of their keys, some in each transaction, locked, so that
the bot may be at work; a row that the new key opens already is passed over, so that a run that
was cut off goes on by being started again.
"""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Table,
    and_,
    exists,
    literal,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.engine import Engines
from storage.rows import AnyRow
from storage.vault import Vault, VaultClosed, payout_account_context

ROWS = 200
SEALED_IN_NOTICES = "sealed_text"
Context = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Place:
    """A table with sealed columns.

    Attributes:
        table: The table.
        contexts: What each column is sealed for, made of its row.
        is_append_only: A trigger refuses every change of its rows.
    """

    table: Table
    contexts: Mapping[str, Context]
    is_append_only: bool = False


@dataclass(slots=True)
class Resealed:
    """What came of a table.

    Attributes:
        name: Of the table.
        changed: Values that were sealed anew.
        closed: Values that none of the keys opens.
    """

    name: str
    changed: int = 0
    closed: int = 0


def _of(prefix: str, key: str, *names: str) -> dict[str, Context]:
    """Return contexts such as ``mail:5:recipient``, or ``payout:5`` for a single column."""

    def context(name: str) -> Context:
        return lambda row: f"{prefix}:{getattr(row, key)}:{name}"

    return {name: context(name) for name in names}


PLACES = (
    Place(tables.inbox, {"body": lambda row: f"update:{row.update_id}"}),
    Place(
        tables.conversations,
        {"data": lambda row: f"form:{row.key}", "before": lambda row: f"form:{row.key}"},
    ),
    Place(tables.dossiers, {"wrapped_key": lambda row: f"dossier:{row.id}:key"}),
    Place(tables.email_addresses, _of("email", "person_id", "address", "code")),
    Place(tables.mails, _of("mail", "id", "recipient", "params")),
    Place(tables.applications, _of("application", "id", "reason")),
    Place(
        tables.application_answers,
        {
            "value": lambda row: f"application:{row.application_id}:{row.field}",
            "words": lambda row: f"application:{row.application_id}:{row.field}:words",
        },
    ),
    Place(
        tables.application_lines,
        {"text": lambda row: f"application:{row.application_id}:line:{row.id}"},
    ),
    Place(
        tables.application_verdicts,
        {"words": lambda row: f"application:{row.application_id}:paper:{row.kind}"},
    ),
    Place(tables.requisites, {"fields": lambda row: f"requisites:{row.partner_id}"}),
    Place(tables.claims, _of("claim", "id", "named", "comment")),
    Place(tables.client_invitations, _of("client_invitation", "id", "address", "name")),
    Place(tables.invoices, {"reference": lambda row: f"invoice:{row.id}"}),
    Place(
        tables.payout_accounts,
        {"account": lambda row: payout_account_context(row.enrolment_id)},
    ),
    Place(tables.payouts, {"account": lambda row: f"payout:{row.id}"}),
    Place(tables.promos, _of("promo", "id", "code")),
    Place(
        tables.payout_documents,
        {"facts": lambda row: f"payout_document:{row.id}"},
        is_append_only=True,
    ),
    Place(tables.question_lines, _of("question_line", "id", "text", "file_id")),
    Place(tables.signed_copies, {"link": lambda row: f"signed_copy:{row.id}"}),
    Place(tables.notices, {"params": lambda row: f"notice:{row.id}"}),
)


async def rewrap(
    engines: Engines, vault: Vault, *, told: Callable[[Resealed], None]
) -> Sequence[Resealed]:
    """Seal everything with the first key of the vault; tell of each table when it is done.

    Tables without rows are left out.
    """
    found = []
    filled = await _filled(engines)
    for place in PLACES:
        if place.table.name not in filled:
            continue
        result, last = Resealed(place.table.name), None
        while True:
            async with engines.writes.connect() as connection:
                last = await _some(connection, place, vault, result, last)
                await connection.commit()
            if last is None:
                break
        told(result)
        found.append(result)
    return found


async def _filled(engines: Engines) -> set[str]:
    """Return the tables that have rows, asked for at once."""
    questions = [
        select(literal(place.table.name).label("name")).where(exists(select(place.table)))
        for place in PLACES
    ]
    async with engines.reads.connect() as connection:
        return set(await connection.scalars(union_all(*questions)))


async def _some(
    connection: AsyncConnection,
    place: Place,
    vault: Vault,
    result: Resealed,
    last: Sequence[Any] | None,
) -> Sequence[Any] | None:
    """Seal the next rows anew; return the key of the last one, ``None`` at the end."""
    keys = list(place.table.primary_key.columns)
    asked = select(place.table)
    if last is not None:
        asked = asked.where(tuple_(*keys) > tuple_(*last))
    rows = (await connection.execute(asked.order_by(*keys).limit(ROWS).with_for_update())).all()
    changed = [(row, values) for row in rows if (values := _anew(place, vault, row, result))]
    if changed:
        async with _unlocked(connection, place):
            for row, values in changed:
                of_row = and_(*(key == getattr(row, key.name) for key in keys))
                await connection.execute(update(place.table).where(of_row).values(**values))
    return [getattr(rows[-1], key.name) for key in keys] if len(rows) == ROWS else None


def _anew(place: Place, vault: Vault, row: AnyRow, result: Resealed) -> dict[str, Any]:
    """Return what is to stand in a row instead."""
    values: dict[str, Any] = {}
    for name, context in place.contexts.items():
        kept = getattr(row, name)
        try:
            found = _value(vault, kept, context(row)) if kept else None
        except VaultClosed:
            result.closed += 1
            continue
        if found is not None:
            values[name] = found
            result.changed += 1
    return values


def _value(vault: Vault, kept: bytes | Mapping[str, Any], context: str) -> Any:  # noqa: ANN401
    if isinstance(kept, bytes):
        return vault.resealed(kept, context=context)
    if SEALED_IN_NOTICES not in kept:
        return None
    anew = vault.resealed(b64decode(kept[SEALED_IN_NOTICES]), context=context)
    return anew and {**kept, SEALED_IN_NOTICES: b64encode(anew).decode()}


@asynccontextmanager
async def _unlocked(connection: AsyncConnection, place: Place) -> AsyncIterator[None]:
    """Let rows of an append-only table be changed inside the block, of this transaction alone."""
    if not place.is_append_only:
        yield
        return
    name = place.table.name
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER {name}_append_only"))
        yield
        await connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER {name}_append_only"))
        return
    trigger = f"{name}_append_only_update"
    words = await connection.scalar(
        text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"),
        {"name": trigger},
    )
    await connection.execute(text(f"DROP TRIGGER {trigger}"))
    yield
    await connection.exec_driver_sql(str(words))
