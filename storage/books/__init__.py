"""The audit of the books by a second path: SQL text over the tables, and plain arithmetic.

Nothing here uses the domain's ledger or rules, so that a mistake there is not repeated here: what
R7-R20 and R17 say is written down a second time, from the tables back to the facts.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.adjustments import ADJUSTMENT_CHECKS
from storage.books.commissions import COMMISSION_CHECKS
from storage.books.conversions import CONVERSION_CHECKS
from storage.books.enrolments import audit_enrolments
from storage.books.entries import ENTRY_CHECKS
from storage.books.events import EVENT_CHECKS
from storage.books.finding import Finding
from storage.books.payments import audit_payments
from storage.books.payouts import PAYOUT_CHECKS
from storage.books.sql import run_checks
from storage.engine import Engines

__all__ = ["Finding", "audit", "differences_in", "trial_balance"]

_CHECKS = (
    *ENTRY_CHECKS,
    *COMMISSION_CHECKS,
    *PAYOUT_CHECKS,
    *ADJUSTMENT_CHECKS,
    *CONVERSION_CHECKS,
    *EVENT_CHECKS,
)


async def audit(engines: Engines) -> list[Finding]:
    """Return every difference in the books; an empty list is what one wants to see.

    All of it is read from one snapshot, while others go on writing.
    """
    async with _snapshot(engines) as connection:
        return await differences_in(connection)


async def differences_in(connection: AsyncConnection) -> list[Finding]:
    """Return every difference that the connection's transaction sees."""
    found = await run_checks(connection, _CHECKS)
    found += await audit_enrolments(connection)
    found += await audit_payments(connection)
    return found


async def trial_balance(engines: Engines) -> dict[str, int]:
    """Return the sum of all postings per currency, minor units; each must be 0 (R17)."""
    async with _snapshot(engines) as connection:
        rows = await connection.execute(
            text("SELECT currency, SUM(minor) AS total FROM postings GROUP BY currency")
        )
        return {row.currency: int(row.total) for row in rows}


@asynccontextmanager
async def _snapshot(engines: Engines) -> AsyncIterator[AsyncConnection]:
    async with engines.reads.connect() as connection:
        if engines.is_postgresql:
            _ = await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        yield connection
