"""The home of checkpoints: what a full proof found, and where each account stood then."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.moved import STOOD, Moved, add_standing
from storage.engine import Engines
from storage.rows import insert_all
from storage.tables import book_proof_accounts, book_proofs

PROOF_LOCK = 7_243_910_554
"""PostgreSQL advisory lock that whoever keeps a proof holds to the end of its transaction.

No other lock may have this number: a leader holds its own for as long as it leads.
"""
Standing = dict[str, dict[str, int]]

_STANDING = f"""
SELECT a.id, a.currency, a.version, a.balance, s.version AS since, s.balance AS stood
FROM ledger_accounts a LEFT JOIN {STOOD} WHERE a.version > 0
"""  # noqa: S608 - our own names


class Refused(Exception):
    """A checkpoint cannot be relied on; the words tell why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A full proof that was kept.

    Attributes:
        id: Its number: 1, 2, ...
        began_at: When it began.
        checks: Names the checks as they were then.
        differences: How many it found.
        first_id: The least id that a row written after it may have.
        standing: Per currency: accounts that had moved, their postings, their sums.
    """

    id: int
    began_at: datetime
    checks: str
    differences: int
    first_id: int
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Where the books stood in the moment that a full proof saw.

    Attributes:
        number: What the proof will be called.
        standing: As in a checkpoint.
        changed: Account, version and balance where they differ from the proof before.
        postings: How many.
    """

    number: int
    standing: Standing
    changed: Sequence[tuple[int, int, int]]
    postings: int


@cache
def checks_of_today() -> str:
    """Return a name for the checks as they are; it changes with any line of them."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


async def last_checkpoint(connection: AsyncConnection) -> Checkpoint | None:
    """Return the last full proof that was kept, whatever it found."""
    query = select(book_proofs).order_by(book_proofs.c.id.desc()).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else Checkpoint(**row._mapping)  # noqa: SLF001 - documented name


def relied_on(last: Checkpoint | None, at: datetime) -> Checkpoint:
    """Return the checkpoint from which a short proof may begin.

    Raises:
        Refused: there is none, or not for this version and this moment.
    """
    if last is None:
        raise Refused("no full proof was kept yet")
    if last.differences:
        raise Refused(f"the last full proof found {last.differences} differences")
    if last.checks != checks_of_today():
        raise Refused("the last full proof was made by other checks than those of this version")
    if last.began_at > at:
        raise Refused("the last full proof is later than the clock")
    return last


def require_whole(checkpoint: Checkpoint, moved: Moved) -> None:
    """Test that the accounts are those that the checkpoint saw.

    Raises:
        Refused: accounts or postings that it proved are gone, or others.
    """
    kept = {currency: dict(sums) for currency, sums in moved.standing.items()}
    if moved.torn or kept != checkpoint.standing:
        raise Refused("accounts or postings are not those that the last full proof saw")


async def where_it_stands(connection: AsyncConnection) -> Stood:
    """Return where the books stand, read in the moment that was proved."""
    last = await connection.scalar(select(func.max(book_proofs.c.id))) or 0
    standing: dict[str, Counter[str]] = {}
    changed: list[tuple[int, int, int]] = []
    async with connection.stream(text(_STANDING), {"proof": last}) as rows:
        async for row in rows:
            add_standing(standing, row.currency, row.version, row.balance)
            if (row.version, row.balance) != (row.since, row.stood):
                changed.append((row.id, row.version, row.balance))
    return Stood(
        number=last + 1,
        standing={currency: dict(sums) for currency, sums in standing.items()},
        changed=changed,
        postings=sum(sums["postings"] for sums in standing.values()),
    )


async def keep_proof(
    engines: Engines, stood: Stood, *, at: datetime, first_id: int, differences: int
) -> bool:
    """Keep a full proof; it is a checkpoint if it found nothing.

    Returns:
        Whether it was kept: not when another was kept while this one was made.
    """
    async with engines.writes.connect() as connection:
        _ = await connection.begin()
        if engines.is_postgresql:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": PROOF_LOCK}
            )
        if (await connection.scalar(select(func.max(book_proofs.c.id))) or 0) >= stood.number:
            return False
        row = {
            "id": stood.number,
            "began_at": at,
            "checks": checks_of_today(),
            "differences": differences,
            "first_id": first_id,
            "standing": stood.standing,
        }
        await insert_all(connection, book_proofs, [row])
        names = ("account_id", "version", "balance")
        rows = [dict(zip(names, one, strict=True)) for one in stood.changed]
        if not differences:
            proof = {"proof_id": stood.number}
            await insert_all(connection, book_proof_accounts, [one | proof for one in rows])
        await connection.commit()
    return True
