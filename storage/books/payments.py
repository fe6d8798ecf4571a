"""The home of walking all payments in chunks, and of the daily figures that they add up to."""

import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.arithmetic import share_of
from storage.books.bonuses import differences_of_bonuses
from storage.books.finding import Finding, Findings
from storage.books.payment import Converted, Enrolment, Picture, differences_of, lines_of
from storage.books.reported import differences_of_report
from storage.rows import AnyRow

CHUNK_SIZE = 2_000
Figures = dict[tuple[int, str], Counter[str]]
"""Figures by enrolment and code."""

_ENROLMENTS = """
SELECT e.id, e.program, MIN(a.currency) AS currency
FROM enrolments e JOIN ledger_accounts a ON a.enrolment_id = e.id GROUP BY e.id, e.program
"""
_PAYMENTS = """
SELECT id, payment_id, client_id, program, enrolment_id, minor, currency, exchange, paid_at,
settlement, account_id, lines, chargebacks, reason, code
FROM payments WHERE id > :last ORDER BY id LIMIT :size
"""
_COMMISSIONS = """
SELECT id, payment_id, line, enrolment_id, client_id, minor, currency, rate, tax_bps, basis,
category, settlement, clawed_back, bonus, reserved, paid, converted, suspicion
FROM commissions WHERE payment_id BETWEEN :first AND :last
"""
_CONVERTED = """
SELECT t.commission_id, t.conversion_id, t.minor, t.bonus, v.bonus_rate, v.bonus_base
FROM conversion_parts t
JOIN conversions v ON v.id = t.conversion_id JOIN commissions c ON c.id = t.commission_id
WHERE c.payment_id BETWEEN :first AND :last ORDER BY v.converted_at, v.id
"""
_REFUNDS = "SELECT * FROM refunds WHERE payment_id BETWEEN :first AND :last"
_REFERRALS = (
    "SELECT client_id, program, enrolment_id, code FROM referrals WHERE client_id IN :keys"
)
_MOVES = (
    "SELECT client_id, program, from_enrolment_id FROM referral_moves WHERE client_id IN :keys"
)
_EVENTS = "SELECT fact, data FROM events WHERE status = 'applied' AND fact IN :keys"
_CLIENTS = "SELECT external_id, client_id FROM client_ids WHERE external_id IN :keys"
_REGISTRATIONS = """
SELECT enrolment_id, COALESCE(code, '') AS code, COUNT(*) AS registrations
FROM referrals WHERE enrolment_id IS NOT NULL GROUP BY enrolment_id, COALESCE(code, '')
"""
_PAYING = """
SELECT enrolment_id, COALESCE(code, '') AS code, COUNT(*) AS paying_clients
FROM referrals WHERE enrolment_id IS NOT NULL AND live_payments > 0
GROUP BY enrolment_id, COALESCE(code, '')
"""
_CLICKS = """
SELECT enrolment_id, code, SUM(CASE source WHEN 'start' THEN 0 ELSE 1 END) AS clicks,
SUM(CASE source WHEN 'start' THEN 1 ELSE 0 END) AS starts FROM clicks GROUP BY enrolment_id, code
"""
_DAILY_STATS = """
SELECT enrolment_id, code, SUM(clicks) AS clicks, SUM(starts) AS starts,
SUM(registrations) AS registrations, SUM(paying_clients) AS paying_clients,
SUM(payments) AS payments, SUM(payments_minor) AS payments_minor,
SUM(commissions_minor) AS commissions_minor,
SUM(clawed_back_minor) AS clawed_back_minor FROM daily_stats GROUP BY enrolment_id, code
"""


async def audit_payments(connection: AsyncConnection) -> list[Finding]:
    """Return the differences of payments, refunds and commissions, and of the daily figures."""
    findings = Findings()
    facts: Figures = defaultdict(Counter)
    async for picture in _pictures(connection):
        findings.add(differences_of(picture))
        findings.add(differences_of_bonuses(picture))
        findings.add(differences_of_report(picture))
        _count(facts, picture)
    for query in (_REGISTRATIONS, _PAYING, _CLICKS):
        await _add_up(connection, query, facts)
    kept: Figures = defaultdict(Counter)
    await _add_up(connection, _DAILY_STATS, kept)
    findings.add(_differences(facts, kept))
    return findings.kept


async def _pictures(connection: AsyncConnection) -> AsyncIterator[Picture]:
    """Yield every payment with what is kept around it."""
    enrolments = {
        row.id: Enrolment(row.program, row.currency)
        for row in await connection.execute(sql(_ENROLMENTS))
    }
    last = 0
    while True:
        parameters: dict[str, Any] = {"last": last, "size": CHUNK_SIZE}
        payments = (await connection.execute(sql(_PAYMENTS), parameters)).all()
        if not payments:
            return
        first, last = payments[0].id, payments[-1].id
        commissions = await _by_payment(connection, _COMMISSIONS, first, last)
        refunds = await _by_payment(connection, _REFUNDS, first, last)
        converted = await _converted(connection, first, last)
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
            )


async def _by_payment(
    connection: AsyncConnection, query: str, first: int, last: int
) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in await connection.execute(sql(query), {"first": first, "last": last}):
        found[row.payment_id].append(row)
    return found


async def _converted(
    connection: AsyncConnection, first: int, last: int
) -> dict[int, list[Converted]]:
    found: dict[int, list[Converted]] = defaultdict(list)
    for row in await connection.execute(sql(_CONVERTED), {"first": first, "last": last}):
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


def _count(facts: Figures, picture: Picture) -> None:
    """Add what a payment contributes to the days of its partner's link."""
    payment, enrolment = picture.payment, picture.enrolment
    if enrolment is None:
        return
    minor = share_of(payment.minor, payment.currency, enrolment.currency, payment.exchange)
    if minor is None:
        return
    earned = [row for row in picture.commissions if row.settlement != "via_partner"]
    facts[payment.enrolment_id, payment.code or ""].update(
        payments=1,
        payments_minor=minor,
        commissions_minor=sum(row.minor for row in picture.commissions),
        clawed_back_minor=sum(row.clawed_back for row in earned),
    )


async def _add_up(connection: AsyncConnection, query: str, into: Figures) -> None:
    for row in await connection.execute(sql(query)):
        figures = {
            name: int(value)
            for name, value in row._mapping.items()  # noqa: SLF001
            if name not in ("enrolment_id", "code")
        }
        into[row.enrolment_id, row.code].update(figures)


def _differences(facts: Figures, kept: Figures) -> Iterator[Finding]:
    for enrolment_id, code in sorted(facts.keys() | kept.keys()):
        expected, found = facts[enrolment_id, code], kept[enrolment_id, code]
        subject = f"enrolment {enrolment_id}, link {code or 'unknown'}"
        for name in sorted(expected.keys() | found.keys()):
            if expected[name] != found[name]:
                yield Finding(f"daily_{name}", subject, str(expected[name]), str(found[name]))
