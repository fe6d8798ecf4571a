"""One row of a table edited behind the product's back, and the check that must name it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """One row of a table edited, and the check that must name it."""

    table: str
    where: str
    change: str
    check: str


def edits(table: str, where: str, **checks: str) -> list[Edit]:
    """Return edits of one row, ``change -> check``; the first word of a change is the column."""
    return [Edit(table, where, change, check) for change, check in checks.items()]


OF_HELD = "payment_id = (SELECT id FROM payments WHERE payment_id = 'p-held')"
