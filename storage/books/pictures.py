"""The home of reading payments in chunks, each with all that is kept around it."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import bindparam
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.payment import Converted, Enrolment, Picture, lines_of, parts_of
from storage.books.sql import chunks, rows_between, some_rows
from storage.rows import AnyRow

CHUNK_SIZE = 2_000
Chunk: TypeAlias = tuple[Sequence[AnyRow], Mapping[str, Any]]
"""Payments, and the parameters that find what belongs to them: a range of ids, or keys."""

_ENROLMENTS = """
SELECT e.id, e.program, MIN(a.currency) AS currency
FROM enrolments e JOIN ledger_accounts a ON a.enrolment_id = e.id GROUP BY e.id, e.program
"""
_COLUMNS = """
SELECT id, payment_id, client_id, program, enrolment_id, minor, currency, exchange, paid_at,
settlement, account_id, lines, chargebacks, reason, code
FROM payments
"""
_PAYMENTS = f"{_COLUMNS} WHERE id > :last ORDER BY id LIMIT :size"
_SOME_PAYMENTS = f"{_COLUMNS} /*where id*/"
_COMMISSIONS = """
SELECT id, payment_id, line, enrolment_id, client_id, minor, currency, rate, tax_bps, basis,
category, settlement, clawed_back, bonus, reserved, paid, converted, suspicion
FROM commissions /*where payment_id*/
"""
_CONVERTED = """
SELECT t.commission_id, t.conversion_id, t.minor, t.bonus, v.bonus_rate, v.bonus_base
FROM conversion_parts t
JOIN conversions v ON v.id = t.conversion_id JOIN commissions c ON c.id = t.commission_id
/*where c.payment_id*/ ORDER BY v.converted_at, v.id
"""
_REFUNDS = "SELECT * FROM refunds /*where payment_id*/"
OF_PAYMENTS = (_SOME_PAYMENTS, _COMMISSIONS, _CONVERTED, _REFUNDS)
"""What is asked about some payments; each by an index."""
_REFERRALS = (
    "SELECT client_id, program, enrolment_id, code FROM referrals WHERE client_id IN :keys"
)
_MOVES = (
    "SELECT client_id, program, from_enrolment_id FROM referral_moves WHERE client_id IN :keys"
)
_EVENTS = """
SELECT fact, data FROM events WHERE fact IN :keys AND (status = 'applied'
OR (status = 'parked' AND waits_for IN ('staff:category', 'staff:exchange_rate')))
"""
"""A payment stored before its client had a partner may wait for staff (R7, R12)."""
_INVOICES = "SELECT payment_id, lines FROM invoices WHERE payment_id IN :keys"
_CLIENTS = "SELECT external_id, client_id FROM client_ids WHERE external_id IN :keys"


def pictures_of_all(connection: AsyncConnection) -> AsyncIterator[Picture]:
    """Return every payment with what is kept around it."""
    return _pictures(connection, _all(connection))


def pictures_of(connection: AsyncConnection, payment_ids: Iterable[int]) -> AsyncIterator[Picture]:
    """Return these payments with what is kept around each."""
    return _pictures(connection, _some(connection, payment_ids))


async def _all(connection: AsyncConnection) -> AsyncIterator[Chunk]:
    last = 0
    while True:
        parameters = {"last": last, "size": CHUNK_SIZE}
        payments = (await connection.execute(sql(_PAYMENTS), parameters)).all()
        if not payments:
            return
        last = payments[-1].id
        yield payments, {"first": payments[0].id, "last": last}


async def _some(connection: AsyncConnection, payment_ids: Iterable[int]) -> AsyncIterator[Chunk]:
    found = some_rows(_SOME_PAYMENTS, connection.dialect.name)
    for keys in chunks(sorted(payment_ids)):
        yield (await connection.execute(found, {"keys": keys})).all(), {"keys": keys}


async def _pictures(
    connection: AsyncConnection, chunks_of_payments: AsyncIterator[Chunk]
) -> AsyncIterator[Picture]:
    enrolments = {
        row.id: Enrolment(row.program, row.currency)
        for row in await connection.execute(sql(_ENROLMENTS))
    }
    async for payments, which in chunks_of_payments:
        commissions = await _by_payment(connection, _COMMISSIONS, which)
        refunds = await _by_payment(connection, _REFUNDS, which)
        converted = await _converted(connection, which)
        client_ids = list({payment.client_id for payment in payments})
        referrals = {
            (row.client_id, row.program): row
            for row in await _with_keys(connection, _REFERRALS, client_ids)
        }
        former: dict[tuple[int, str], set[int]] = defaultdict(set)
        for row in await _with_keys(connection, _MOVES, client_ids):
            former[row.client_id, row.program].add(row.from_enrolment_id)
        reported = await _reported(connection, payments, refunds)
        outer_ids = {data["client_id"] for data in reported.values() if "client_id" in data}
        known = await _with_keys(connection, _CLIENTS, list(outer_ids))
        clients = {row.external_id: row.client_id for row in known}
        paid = [payment.payment_id for payment in payments]
        invoices = await _with_keys(connection, _INVOICES, paid)
        invoiced = {row.payment_id: parts_of(row.lines) for row in invoices}
        for payment in payments:
            yield Picture(
                payment=payment,
                lines=lines_of(payment),
                commissions=commissions[payment.id],
                refunds=refunds[payment.id],
                referral=referrals.get((payment.client_id, payment.program)),
                former=frozenset(former[payment.client_id, payment.program]),
                enrolment=enrolments.get(payment.enrolment_id),
                reported=reported,
                clients=clients,
                converted=converted,
                invoiced=invoiced.get(payment.payment_id, {}),
            )


async def _of_payments(
    connection: AsyncConnection, query: str, which: Mapping[str, Any]
) -> Sequence[AnyRow]:
    is_range = "first" in which
    found = rows_between(query) if is_range else some_rows(query, connection.dialect.name)
    return (await connection.execute(found, which)).all()


async def _by_payment(
    connection: AsyncConnection, query: str, which: Mapping[str, Any]
) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in await _of_payments(connection, query, which):
        found[row.payment_id].append(row)
    return found


async def _converted(
    connection: AsyncConnection, which: Mapping[str, Any]
) -> dict[int, list[Converted]]:
    found: dict[int, list[Converted]] = defaultdict(list)
    for row in await _of_payments(connection, _CONVERTED, which):
        terms = (row.bonus_rate, row.bonus_base, row.conversion_id)
        part = Converted(row.minor, row.bonus, *terms)
        found[row.commission_id].append(part)
    return found


async def _with_keys(
    connection: AsyncConnection, query: str, keys: Sequence[object]
) -> Sequence[AnyRow]:
    statement = sql(query).bindparams(bindparam("keys", expanding=True))
    return (await connection.execute(statement, {"keys": keys})).all()


async def _reported(
    connection: AsyncConnection,
    payments: Sequence[AnyRow],
    refunds: Mapping[int, Sequence[AnyRow]],
) -> dict[str, dict[str, Any]]:
    """Return what events said of these payments and refunds, by fact."""
    keys = [f"payment:{payment.payment_id}" for payment in payments]
    keys += [f"refund:{refund.refund_id}" for own in refunds.values() for refund in own]
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(keys), CHUNK_SIZE):
        chunk = keys[start : start + CHUNK_SIZE]
        for row in await _with_keys(connection, _EVENTS, chunk):
            found[row.fact] = _object_of(row.data)
    return found


def _object_of(text: str) -> dict[str, Any]:
    """Return a JSON object; an empty one stands for what is none, and will be named."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
