"""The home of the two proofs of the books: of everything, and of what came since the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.checkpoint import (
    Checkpoint,
    Refused,
    keep_proof,
    last_checkpoint,
    relied_on,
    require_whole,
    where_it_stands,
)
from storage.books.complete import CHECKS, differences_in, trial_balance_in
from storage.books.finding import Finding
from storage.books.moved import Moved, moved_since
from storage.books.payments import audit_some_payments
from storage.books.snapshot import snapshot
from storage.books.sql import Check, run_check_on
from storage.books.touched import Touched, touched_since
from storage.engine import Engines

FULL_EVERY_DAYS = 7
"""How often the job by the clock proves everything; on the other days what is new."""

_ACCOUNTS_AGREE = Check(
    "balance_identity",
    """
SELECT 'enrolment ' || enrolment_id AS subject, 'sums of 0' AS expected,
earned || ', collected by the partner ' || collected || ', bonuses ' || bonuses AS found FROM (
  SELECT enrolment_id,
  SUM(CASE WHEN kind IN ('commissions', 'clawbacks', 'adjustments', 'held', 'payable',
      'reserved', 'payouts', 'credit') THEN balance ELSE 0 END) AS earned,
  SUM(CASE WHEN kind IN ('retained', 'collected') THEN balance ELSE 0 END) AS collected,
  SUM(CASE WHEN kind IN ('bonuses', 'bonus_credit') THEN balance ELSE 0 END) AS bonuses
  FROM ledger_accounts /*where enrolment_id*/ GROUP BY enrolment_id
) AS sums WHERE earned <> 0 OR collected <> 0 OR bonuses <> 0
""",
    of="enrolments",
)
SHORT_CHECKS = (*(check for check in CHECKS if check.of), _ACCOUNTS_AGREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was proved, and what was found.

    Attributes:
        at: When it began.
        findings: Differences; none is what one wants to see.
        since: The full proof that a short one begins at, ``None`` for a full one.
        refused: Why a full one was made although a short one was asked for.
        is_kept: A full one that the next short one can begin at, or that forbids one.
        balances: Per currency the sum of all postings, of a short proof that of all balances;
            each must be 0.
        postings: How many were read.
        accounts: How many accounts were walked by a short one.
        payments: How many payments a short one looked at.
        commissions: How many commissions.
    """

    at: datetime
    findings: Sequence[Finding]
    since: Checkpoint | None = None
    refused: str = ""
    is_kept: bool = False
    balances: dict[str, int]
    postings: int
    accounts: int = 0
    payments: int = 0
    commissions: int = 0


async def prove_everything(
    engines: Engines, *, at: datetime, first_id: int, refused: str = ""
) -> Proof:
    """Prove all books, and keep what was proved for short proofs.

    Args:
        engines: Of the database; one that cannot be written to is proved, and nothing is kept.
        at: Now.
        first_id: Less than any id that is made from now on, in any process.
        refused: Why a short proof is not made.
    """
    async with snapshot(engines) as connection:
        findings = await differences_in(connection)
        stood = await where_it_stands(connection)
        balances = await trial_balance_in(connection)
    try:
        is_kept = await keep_proof(
            engines, stood, at=at, first_id=first_id, differences=len(findings)
        )
    except DBAPIError:  # A copy that nobody may write to, or a standby.
        is_kept = False
    return Proof(
        at=at,
        findings=findings,
        refused=refused,
        is_kept=is_kept,
        balances=balances,
        postings=stood.postings,
    )


async def prove_news(engines: Engines, *, at: datetime, first_id: int) -> Proof:
    """Prove what came since the last full proof; everything where that cannot be relied on.

    Args:
        engines: Of the database.
        at: Now.
        first_id: As for a full proof.
    """
    try:
        async with snapshot(engines) as connection:
            checkpoint = relied_on(await last_checkpoint(connection), at)
            return await proof_since(connection, checkpoint, at)
    except Refused as reason:
        return await prove_everything(engines, at=at, first_id=first_id, refused=str(reason))


async def prove_by_the_clock(engines: Engines, *, at: datetime, first_id: int) -> Proof:
    """Prove everything once a week, and what is new on other days."""
    async with snapshot(engines) as connection:
        last = await last_checkpoint(connection)
    if last is not None and (at.date() - last.began_at.date()).days < FULL_EVERY_DAYS:
        return await prove_news(engines, at=at, first_id=first_id)
    return await prove_everything(engines, at=at, first_id=first_id)


async def proof_since(connection: AsyncConnection, checkpoint: Checkpoint, at: datetime) -> Proof:
    """Return the short proof of what the connection's transaction sees.

    Raises:
        Refused: what the checkpoint proved is not what is there.
    """
    moved = await moved_since(connection, checkpoint.id)
    require_whole(checkpoint, moved)
    touched = await touched_since(
        connection, moved.entry_ids, moved.enrolment_ids, checkpoint.first_id
    )
    return Proof(
        at=at,
        findings=await _differences(connection, moved, touched),
        since=checkpoint,
        balances=dict(moved.balances),
        postings=moved.postings,
        accounts=moved.accounts,
        payments=len(touched.payments),
        commissions=len(touched.commissions),
    )


async def _differences(
    connection: AsyncConnection, moved: Moved, touched: Touched
) -> list[Finding]:
    found = list(moved.findings.kept)
    for check in SHORT_CHECKS:
        found += (await run_check_on(connection, check, touched.of(check.of))).kept
    return found + await audit_some_payments(connection, touched.payments)
