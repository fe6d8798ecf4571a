"""A business of a chosen size: partners and clients put into an empty database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ledger.accounts import AccountKind
from storage.engine import open_engines
from storage.migrate import upgrade

PROGRAM = "saas-tiers"
PARTNERS = 200
CLIENTS = 4_000
FIRST_PERSON = 700_000
JOINED = datetime(2026, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    """Return an instant as the databases keep it."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def code_of(partner: int) -> str:
    """Return the referral code of a partner, counted from 0."""
    return f"code{partner:04}"


async def seed(url: str, *, partners: int = PARTNERS, clients: int = CLIENTS) -> None:
    """Bring an empty database to the newest schema and put partners with clients into it."""
    engines = open_engines(url)
    try:
        await upgrade(engines)
        async with engines.writes.begin() as connection:
            await _put(connection, partners, clients)
    finally:
        await engines.close()


async def _put(connection: AsyncConnection, partners: int, clients: int) -> None:
    at, p = micros(JOINED), range(partners)
    zeros = {"balance": 0, "version": 0, "currency": "USD"}
    registered = micros(JOINED + timedelta(days=1))
    earns_until = micros(JOINED + timedelta(days=3650))
    rows: dict[str, list[dict[str, Any]]] = {
        "people": [
            {"id": FIRST_PERSON + i, "language": "ru", "name": f"Person {i}", "created_at": at}
            for i in p
        ],
        "partners": [{"id": 1 + i, "name": f"Partner {i}", "created_at": at} for i in p],
        "members": [
            {"partner_id": 1 + i, "person_id": FIRST_PERSON + i, "role": "admin", "joined_at": at}
            for i in p
        ],
        "enrolments": [
            {
                "id": 1 + i,
                "partner_id": 1 + i,
                "program": PROGRAM,
                "code": code_of(i),
                "status": "active",
                "terms_version": 1,
                "joined_at": at,
                "paying_clients": 0,
            }
            for i in p
        ],
        "links": [
            {"code": code_of(i), "enrolment_id": 1 + i, "label": "", "created_at": at} for i in p
        ],
        "ledger_accounts": [
            {"id": 1 + i * 100 + n, "enrolment_id": 1 + i, "kind": kind.value} | zeros
            for i in p
            for n, kind in enumerate(AccountKind)
        ],
        "clients": [
            {
                "id": 1 + c,
                "shown_id": f"client-{c}",
                "name": f"Client {c}",
                "registered_at": registered,
                "made_in_bot": False,
            }
            for c in range(clients)
        ],
        "client_ids": [{"external_id": f"client-{c}", "client_id": 1 + c} for c in range(clients)],
        "referrals": [
            {
                "id": 1 + c,
                "client_id": 1 + c,
                "program": PROGRAM,
                "enrolment_id": 1 + c % partners,
                "code": code_of(c % partners),
                "registered_at": registered,
                "earns_until": earns_until,
                "live_payments": 0,
            }
            for c in range(clients)
        ],
    }
    for table, content in rows.items():
        names = list(content[0])
        values = ", ".join(f":{name}" for name in names)
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({values})"  # noqa: S608 - ours
        await connection.execute(text(sql), content)
