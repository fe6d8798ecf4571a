"""The home of the audit of everything."""

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
from storage.books.snapshot import snapshot
from storage.books.sql import run_checks
from storage.engine import Engines

CHECKS = (
    *ENTRY_CHECKS,
    *COMMISSION_CHECKS,
    *PAYOUT_CHECKS,
    *ADJUSTMENT_CHECKS,
    *CONVERSION_CHECKS,
    *EVENT_CHECKS,
)


async def audit(engines: Engines) -> list[Finding]:
    """Return every difference in the books; an empty list is what one wants to see.

    All of it is read from one snapshot, while others go on writing. Nothing is kept of it.
    """
    async with snapshot(engines) as connection:
        return await differences_in(connection)


async def differences_in(connection: AsyncConnection) -> list[Finding]:
    """Return every difference that the connection's transaction sees."""
    found = await run_checks(connection, CHECKS)
    found += await audit_enrolments(connection)
    found += await audit_payments(connection)
    return found


async def trial_balance(engines: Engines) -> dict[str, int]:
    """Return the sum of all postings per currency, minor units; each must be 0 (R17)."""
    async with snapshot(engines) as connection:
        return await trial_balance_in(connection)


async def trial_balance_in(connection: AsyncConnection) -> dict[str, int]:
    """Return the same of what the connection's transaction sees."""
    rows = await connection.execute(
        text("SELECT currency, SUM(minor) AS total FROM postings GROUP BY currency")
    )
    return {row.currency: int(row.total) for row in rows}
