"""The home of which rows a short proof looks at: new ones, and old ones that new ones changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.sql import chunks, some_rows
from storage.rows import AnyRow

NEW = ("entries", "commissions", "payouts", "conversions", "adjustments", "payments")
"""Tables of which rows are looked at that are younger than the checkpoint by their id."""

_OF_ENTRIES = (
    "SELECT enrolment_id, commission_id, payout_id, conversion_id, adjustment_id FROM entries"
    " /*where id*/"
)
_OF_PAYOUTS = "SELECT commission_id FROM payout_parts /*where payout_id*/"
_ADJUSTED_BY_PAYOUTS = "SELECT adjustment_id FROM payout_adjustments /*where payout_id*/"
_OF_CONVERSIONS = "SELECT commission_id FROM conversion_parts /*where conversion_id*/"
_ADJUSTED_BY_CONVERSIONS = (
    "SELECT adjustment_id FROM conversion_adjustments /*where conversion_id*/"
)
_CONVERTED = "SELECT conversion_id FROM conversion_parts /*where commission_id*/"
_OPPOSITES = "SELECT id FROM adjustments /*where opposite_of*/"
_PAID = "SELECT payment_id FROM commissions /*where id*/"
_OPEN = "SELECT id FROM payouts WHERE status IN ('requested', 'approved')"
_REFUNDED = "SELECT payment_id FROM refunds WHERE id >= :first"
_EARNED = "SELECT id, enrolment_id FROM commissions /*where payment_id*/"
STEPS = (
    _OF_ENTRIES,
    _OF_PAYOUTS,
    _ADJUSTED_BY_PAYOUTS,
    _OF_CONVERSIONS,
    _ADJUSTED_BY_CONVERSIONS,
    _CONVERTED,
    _OPPOSITES,
    _PAID,
    _EARNED,
)
"""From the keys of some rows to those of others; each by an index."""


@dataclass
class Touched:
    """Keys of what a short proof looks at.

    Attributes:
        entries: New ones, and those of new postings.
        commissions: Earned, released, taken back, paid out or converted by them.
        payouts: Asked for, settled or undone by them, and all that are still to be paid.
        conversions: Made by them, or of a commission that changed.
        adjustments: Booked by them, or consumed.
        payments: Paid or refunded since, or with such a commission.
        enrolments: Owners of the accounts that moved.
    """

    entries: set[int] = field(default_factory=set)
    commissions: set[int] = field(default_factory=set)
    payouts: set[int] = field(default_factory=set)
    conversions: set[int] = field(default_factory=set)
    adjustments: set[int] = field(default_factory=set)
    payments: set[int] = field(default_factory=set)
    enrolments: set[int] = field(default_factory=set)

    def of(self, name: str) -> set[int]:
        """Return the keys of rows of a table."""
        keys: set[int] = getattr(self, name)
        return keys


async def touched_since(
    connection: AsyncConnection, entry_ids: Iterable[int], enrolment_ids: Iterable[int], first: int
) -> Touched:
    """Return what there is to look at.

    Args:
        connection: Reads one moment.
        entry_ids: Entries of new postings.
        enrolment_ids: Owners of accounts that moved.
        first: Rows with this id or a later one are new, too.
    """
    touched = Touched(entries=set(entry_ids), enrolments=set(enrolment_ids))
    for table in NEW:
        statement = text(f"SELECT id FROM {table} WHERE id >= :first")  # noqa: S608 - our names
        rows = await connection.execute(statement, {"first": first})
        touched.of(table).update(rows.scalars())
    rows = await connection.execute(text(_REFUNDED), {"first": first})
    touched.payments.update(rows.scalars())
    for row in await _rows(connection, _OF_ENTRIES, touched.entries):
        touched.enrolments.add(row.enrolment_id)
        for name in ("commission", "payout", "conversion", "adjustment"):
            key = getattr(row, f"{name}_id")
            if key is not None:
                touched.of(f"{name}s").add(key)
    await _spread(connection, touched)
    # Whoever pays them out reads them anew, so each is asked for itself, however old it is.
    touched.payouts.update((await connection.execute(text(_OPEN))).scalars())
    return touched


async def _spread(connection: AsyncConnection, touched: Touched) -> None:
    """Add what the rows consumed, and what they belong to."""
    touched.conversions |= await _keys(connection, _CONVERTED, touched.commissions)
    touched.commissions |= await _keys(connection, _OF_PAYOUTS, touched.payouts)
    touched.commissions |= await _keys(connection, _OF_CONVERSIONS, touched.conversions)
    touched.adjustments |= await _keys(connection, _ADJUSTED_BY_PAYOUTS, touched.payouts)
    touched.adjustments |= await _keys(connection, _ADJUSTED_BY_CONVERSIONS, touched.conversions)
    touched.adjustments |= await _keys(connection, _OPPOSITES, touched.adjustments)
    touched.payments |= await _keys(connection, _PAID, touched.commissions)
    for row in await _rows(connection, _EARNED, touched.payments):
        touched.commissions.add(row.id)
        touched.enrolments.add(row.enrolment_id)


async def _keys(connection: AsyncConnection, sql: str, keys: Iterable[int]) -> set[int]:
    return {row[0] for row in await _rows(connection, sql, keys)}


async def _rows(connection: AsyncConnection, sql: str, keys: Iterable[int]) -> list[AnyRow]:
    statement = some_rows(sql, connection.dialect.name)
    found: list[AnyRow] = []
    for chunk in chunks(sorted(keys)):
        found += await connection.execute(statement, {"keys": chunk})
    return found
