"""The home of the books: accounts, entries, postings."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.ledger.accounts import Account, AccountKind
from domain.ledger.journal import JournalEntry, Posting
from storage.rows import any_of, insert_all, values_of
from storage.sheets import Sheet
from storage.straight import Question
from storage.tables import entries, ledger_accounts, postings

_ENTRIES = Sheet(entries, JournalEntry, but=("legs",))
_POSTINGS = Sheet(postings, Posting)
_BALANCES = Sheet(ledger_accounts, Account, only=("id", "balance", "version"))
_ACCOUNTS = Question(select(ledger_accounts).where(any_of(ledger_accounts.c.enrolment_id)))


class LedgerRepository:
    """The books on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on the connection's transaction."""
        self._connection = connection

    async def accounts(self, enrolment_ids: Iterable[int]) -> Sequence[Account]:
        """Return the ledger accounts of these enrolments."""
        return await _ACCOUNTS.records(Account, self._connection, keys=list(enrolment_ids))

    async def standing(
        self, enrolment_ids: Iterable[int]
    ) -> Mapping[tuple[int, AccountKind], Account]:
        """Return the same by enrolment and kind; few of a dozen are ever asked for."""
        return await _ACCOUNTS.records_by(
            Account, ("enrolment_id", "kind"), self._connection, keys=list(enrolment_ids)
        )

    async def open_accounts(self, accounts: Sequence[Account]) -> None:
        """Keep new accounts."""
        await insert_all(self._connection, ledger_accounts, [values_of(row) for row in accounts])

    async def write(
        self,
        new_entries: Sequence[JournalEntry],
        new_postings: Sequence[Posting],
        accounts: Sequence[Account],
    ) -> None:
        """Add entries and postings and keep the running balances.

        The unique (account, version) refuses postings that were decided on an older balance.
        """
        await _ENTRIES.insert(self._connection, new_entries)
        await _POSTINGS.insert(self._connection, new_postings)
        await _BALANCES.update(self._connection, accounts)
