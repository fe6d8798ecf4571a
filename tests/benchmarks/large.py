"""A database of any size, written by the database itself; one partner has nine tenths of it.

A payment of history is a commission, an entry and two postings; balances, versions, counts and
roll-ups follow from them. The events that brought the payments are kept only where the books are
to be audited: no screen reads them.
"""

# ruff: noqa: S608, ISC004 - statements of several lines, made of our own names and numbers

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import open_engines
from tests.benchmarks.business import JOINED, PROGRAM, code_of, micros, seed

PARTNERS = 20
CLIENTS = 2_000
CHUNK = 250_000
DAYS = 200
FIRST_ID = 10**12
MINOR = 20_00
EARNED = 6_00
_DAY = 86_400_000_000
_LINES = f"[[null, {MINOR}, 0]]"


async def build(url: str, postings: int, *, has_events: bool = False) -> None:
    """Fill an empty database with that many postings, and the events that brought them."""
    await seed(url, partners=PARTNERS, clients=CLIENTS)
    engines = open_engines(url)
    number = postings // 2
    try:
        for start in range(0, number, CHUNK):
            async with engines.writes.begin() as connection:
                if engines.is_postgresql:
                    await connection.execute(text("SET LOCAL synchronous_commit = off"))
                    await connection.execute(text("SET LOCAL statement_timeout = 0"))
                source = _source(connection, start, min(start + CHUNK, number), number)
                await _fill(connection, source)
                if has_events:
                    await connection.execute(text(_events(connection, source)))
        async with engines.writes.begin() as connection:
            if engines.is_postgresql:
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await _sum_up(connection)
        async with engines.writes.connect() as connection:
            if engines.is_postgresql:
                await connection.execute(text("SET statement_timeout = 0"))
            await connection.execute(text("ANALYZE"))
            await connection.commit()
    finally:
        await engines.close()


def _numbers(connection: AsyncConnection, start: int, end: int) -> str:
    """Return a query of the numbers."""
    if connection.dialect.name == "postgresql":
        return f"SELECT n FROM generate_series({start}::bigint, {end - 1}::bigint) AS g(n)"
    return (
        f"WITH RECURSIVE s(n) AS (SELECT {start} UNION ALL SELECT n + 1 FROM s"
        f" WHERE n + 1 < {end}) SELECT n FROM s"
    )


def _source(connection: AsyncConnection, start: int, end: int, total: int) -> str:
    """Return what tells of each payment its number, partner, client, place and time."""
    first, span = micros(JOINED + timedelta(days=2)), DAYS * _DAY
    owner = f"(CASE WHEN n % 10 < 9 THEN 1 ELSE 2 + (n / 10) % {PARTNERS - 1} END)"
    client = f"(CASE WHEN n % 10 < 9 THEN 1 + {PARTNERS} * (n % {CLIENTS // PARTNERS}) ELSE "
    client += f"2 + (n / 10) % {PARTNERS - 1} END)"
    # How many of the owner's payments there are up to this one: the version of its postings.
    version = (
        "(CASE WHEN n % 10 < 9 THEN (n / 10) * 9 + n % 10 + 1 "
        f"ELSE (n / 10) / {PARTNERS - 1} + 1 END)"
    )
    return (
        f"(SELECT n, {owner} AS who, {client} AS client, {version} AS version, "
        f"{first} + CAST(n * ({span}.0 / {total}) AS BIGINT) AS at "
        f"FROM ({_numbers(connection, start, end)}) AS numbers) AS f"
    )


async def _fill(connection: AsyncConnection, source: str) -> None:
    base = FIRST_ID
    is_postgresql = connection.dialect.name == "postgresql"
    false = "false" if is_postgresql else "0"
    code = f"'{code_of(0)[:-4]}' || " + (
        "LPAD((who - 1)::text, 4, '0')" if is_postgresql else "SUBSTR('000' || (who - 1), -4)"
    )
    statements = (
        "INSERT INTO payments (id, payment_id, client_id, program, enrolment_id, minor, currency,"
        " paid_at, settlement, lines, has_lines, chargebacks, recorded_at, code)"
        f" SELECT {base} + n, 'h-' || n, client, '{PROGRAM}', who, {MINOR}, 'USD', at, 'direct',"
        f" '{_LINES}', {false}, 0, at, {code}"
        f" FROM {source}",
        "INSERT INTO commissions (id, payment_id, line, enrolment_id, client_id, minor, currency,"
        " rate, tier, settlement, terms_version, basis, clawed_back, reserved, paid, converted,"
        " state, held_until, created_at)"
        f" SELECT {base} + n, {base} + n, 0, who, client, {EARNED}, 'USD', 3000, 'pro', 'direct',"
        f" 1, 'share', 0, 0, 0, 0, 'payable', at, at FROM {source}",
        "INSERT INTO entries (id, kind, enrolment_id, occurred_at, recorded_at, commission_id)"
        f" SELECT {base} + n, 'commission_accrued', who, at, at, {base} + n FROM {source}",
        _postings(source, base, leg=0, account=0, sign=1),
        _postings(source, base, leg=1, account=2, sign=-1),
    )
    for statement in statements:
        await connection.execute(text(statement))


def _events(connection: AsyncConnection, source: str) -> str:
    seconds = "at / 1000000"
    if connection.dialect.name == "postgresql":
        shape = """'YYYY-MM-DD"T"HH24\\:MI\\:SS'"""
        day = f"to_char(to_timestamp({seconds}) AT TIME ZONE 'UTC', {shape})"
        rest = "LPAD((at % 1000000)::text, 6, '0')"
    else:
        day = f"strftime('%Y-%m-%dT%H:%M:%S', {seconds}, 'unixepoch')"
        rest = "printf('%06d', at % 1000000)"
    data = (
        """'{"payment_id"\\: "h-' || n || '", "client_id"\\: "client-' || (client - 1) """
        f"""|| '", "amount"\\: "{MINOR // 100}.00", "currency"\\: "USD", "paid_at"\\: "' """
        f"""|| {day} || '.' || {rest} || 'Z"}}'"""
    )
    return (
        "INSERT INTO events (id, kind, data, fact, at, source, received_at, status, applied_at)"
        f" SELECT 'e-h-' || n, 'payment.succeeded', {data}, 'payment\\:h-' || n, at, 'billing',"
        f" at, 'applied', at FROM {source}"
    )


def _postings(source: str, base: int, *, leg: int, account: int, sign: int) -> str:
    minor = sign * EARNED
    return (
        "INSERT INTO postings (id, entry_id, account_id, currency, minor, balance_before,"
        f" balance_after, version) SELECT 2 * ({base} + n) + {leg}, {base} + n,"
        f" 1 + (who - 1) * 100 + {account}, 'USD', {minor}, (version - 1) * {minor},"
        f" version * {minor}, version FROM {source}"
    )


async def _sum_up(connection: AsyncConnection) -> None:
    """Write running balances, counts and roll-ups."""
    is_postgresql = connection.dialect.name == "postgresql"
    day = (
        f"DATE '1970-01-01' + CAST(paid_at / {_DAY} AS INTEGER)"
        if is_postgresql
        else f"date(paid_at / {_DAY} * 86400, 'unixepoch')"
    )
    joined = f"{'DATE ' if is_postgresql else ''}'{JOINED.date()}'"
    for statement in (
        "CREATE TEMPORARY TABLE sums AS SELECT enrolment_id AS who, COUNT(*) AS n FROM payments"
        " GROUP BY enrolment_id",
        "UPDATE ledger_accounts SET version = (SELECT n FROM sums WHERE who = enrolment_id),"
        f" balance = (CASE kind WHEN 'commissions' THEN {EARNED} ELSE -{EARNED} END)"
        " * (SELECT n FROM sums WHERE who = enrolment_id)"
        " WHERE kind IN ('commissions', 'payable')"
        " AND enrolment_id IN (SELECT who FROM sums)",
        "CREATE TEMPORARY TABLE paid AS SELECT client_id AS who, COUNT(*) AS n FROM payments"
        " GROUP BY client_id",
        "UPDATE referrals SET live_payments = (SELECT n FROM paid WHERE who = client_id)"
        " WHERE client_id IN (SELECT who FROM paid)",
        "INSERT INTO daily_stats (enrolment_id, day, code, clicks, starts, registrations,"
        " paying_clients, payments, payments_minor, commissions_minor, clawed_back_minor)"
        f" SELECT enrolment_id, {day}, code, 0, 0, 0, 0, COUNT(*), SUM(minor),"
        f" COUNT(*) * {EARNED}, 0 FROM payments GROUP BY enrolment_id, {day}, code",
        "INSERT INTO daily_stats (enrolment_id, day, code, clicks, starts, registrations,"
        " paying_clients, payments, payments_minor, commissions_minor, clawed_back_minor)"
        f" SELECT enrolment_id, {joined}, code, 0, 0, COUNT(*),"
        " SUM(CASE WHEN live_payments > 0 THEN 1 ELSE 0 END), 0, 0, 0, 0"
        " FROM referrals GROUP BY enrolment_id, code",
        "UPDATE enrolments SET paying_clients = (SELECT COUNT(*) FROM referrals"
        " WHERE enrolment_id = enrolments.id AND live_payments > 0)",
    ):
        await connection.execute(text(statement))
