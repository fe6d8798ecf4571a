"""The home of what moved since a checkpoint: each account from where it stood then, step by step.

The place of a posting in its account is the position that a checkpoint keeps. Whoever writes the
books holds their one lock, and takes the next place of each account it moves: a commit that comes
late has later places, whatever its ids and its clock say.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.finding import Finding, Findings
from storage.rows import AnyRow

STOOD = """
book_proof_accounts s ON s.account_id = a.id AND s.proof_id = (
  SELECT MAX(t.proof_id) FROM book_proof_accounts t
  WHERE t.account_id = a.id AND t.proof_id <= :proof)
"""
"""Where an account stood at a proof: the row of the last proof before which it had moved."""

MOVED = f"""
SELECT a.id AS account_id, a.enrolment_id, a.currency AS kept_in, a.balance, a.version,
s.balance AS stood, s.version AS since, q.balance_after AS anchor,
p.id, p.entry_id, p.currency, p.minor, p.balance_before, p.balance_after, p.version AS place
FROM ledger_accounts a LEFT JOIN {STOOD}
LEFT JOIN postings q ON q.account_id = a.id AND q.version = s.version
LEFT JOIN postings p ON p.account_id = a.id AND p.version > COALESCE(s.version, 0)
ORDER BY a.id, p.version
"""  # noqa: S608 - our own names
"""Every account, with each posting that came after the proof."""


@dataclass
class Moved:
    """What moved.

    Attributes:
        findings: What does not add up.
        entry_ids: Entries of the postings.
        enrolment_ids: Owners of the accounts that moved.
        postings: How many.
        accounts: How many accounts there are.
        standing: Per currency, what the proof should have kept: accounts, postings, sums.
        torn: Accounts that are not as the proof left them.
        balances: Sum of all balances per currency.
    """

    findings: Findings = field(default_factory=Findings)
    entry_ids: set[int] = field(default_factory=set)
    enrolment_ids: set[int] = field(default_factory=set)
    postings: int = 0
    accounts: int = 0
    standing: dict[str, Counter[str]] = field(default_factory=dict)
    torn: int = 0
    balances: Counter[str] = field(default_factory=Counter)
    _sums: Counter[str] = field(default_factory=Counter)
    _account: AnyRow | None = None
    _balance: int = 0
    _place: int = 0

    def take(self, row: AnyRow) -> None:
        """Take the next account, or the next posting of the same one."""
        if self._account is None or self._account.account_id != row.account_id:
            self._close()
            self._open(row)
        if row.id is not None:
            self._move(row)

    def end(self) -> None:
        """Take that there is nothing more."""
        self._close()
        self._account = None
        self.findings.add(
            Finding("trial_balance", currency, "0", str(minor))
            for currency, minor in self._sums.items()
            if minor
        )

    def _open(self, row: AnyRow) -> None:
        self._account = row
        self._balance, self._place = row.stood or 0, row.since or 0
        self.accounts += 1
        self.balances[row.kept_in] += row.balance
        if row.since is not None:
            add_standing(self.standing, row.kept_in, row.since, row.stood)
            self.torn += row.anchor != row.stood or row.version < row.since

    def _move(self, row: AnyRow) -> None:
        self.postings += 1
        self.entry_ids.add(row.entry_id)
        self.enrolment_ids.add(row.enrolment_id)
        self._sums[row.currency] += row.minor
        before, self._balance, self._place = (
            self._balance,
            self._balance + row.minor,
            self._place + 1,
        )
        right = (self._place, before, self._balance)
        kept = (row.place, row.balance_before, row.balance_after)
        if right != kept:
            subject = f"posting {row.id} of account {row.account_id}"
            words = "version {}, from {} to {}"
            self.findings.add(
                [Finding("posting_chain", subject, words.format(*right), words.format(*kept))]
            )

    def _close(self) -> None:
        account = self._account
        if account is None:
            return
        right, kept = (self._balance, self._place), (account.balance, account.version)
        if right != kept:
            words = "{} after {} postings"
            finding = Finding(
                "account_balance",
                f"account {account.account_id}",
                words.format(*right),
                words.format(*kept),
            )
            self.findings.add([finding])


def add_standing(
    standing: dict[str, Counter[str]], currency: str, version: int, balance: int
) -> None:
    """Count an account that has moved, with its postings and what it holds."""
    standing.setdefault(currency, Counter()).update(
        accounts=1, postings=version, minor=balance, without_sign=abs(balance)
    )


async def moved_since(connection: AsyncConnection, proof_id: int) -> Moved:
    """Walk every account from where it stood at a proof to where it stands."""
    moved = Moved()
    parameters = {"proof": proof_id}
    async with _by_index(connection), connection.stream(text(MOVED), parameters) as rows:
        async for row in rows:
            moved.take(row)
    moved.end()
    return moved


@asynccontextmanager
async def _by_index(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let PostgreSQL join by index: it cannot know that of each account little is new."""
    ways = ("enable_hashjoin", "enable_mergejoin", "jit")
    is_postgresql = connection.dialect.name == "postgresql"
    for way in ways if is_postgresql else ():
        await connection.execute(text(f"SET LOCAL {way} = off"))
    yield
    for way in ways if is_postgresql else ():
        await connection.execute(text(f"SET LOCAL {way} TO DEFAULT"))
