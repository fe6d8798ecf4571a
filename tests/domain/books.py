"""Accounts and postings to try the ledger on, without a database."""

from itertools import count

from domain.ledger.accounts import Account, AccountKind, BalanceSheet, sheet_of
from domain.ledger.book import Fact
from domain.ledger.journal import JournalEntry, Leg, Posting, post
from tests.domain.builders import instant
from tests.domain.invariants import check_chain

AT = instant("2026-03-01")


def entry(*legs: Leg, number: int = 1, enrolment: int = 1) -> JournalEntry:
    """Build an entry of these legs; one that does not balance cannot be made."""
    return JournalEntry(
        id=number,
        kind="test",
        enrolment_id=enrolment,
        legs=legs,
        occurred_at=AT,
        recorded_at=AT,
    )


class Books:
    """Accounts of some enrolments, each with one currency, and everything posted to them."""

    def __init__(self, *currencies: str) -> None:
        self.new_id = count(1).__next__
        self.accounts = {
            (number, kind): Account(
                id=self.new_id(), enrolment_id=number, kind=kind, currency=currency
            )
            for number, currency in enumerate(currencies, start=1)
            for kind in AccountKind
        }
        self.postings: list[Posting] = []

    def write(self, fact: Fact, enrolment: int = 1) -> list[Posting]:
        """Post a fact and return its postings."""
        _, legs = fact
        made = entry(*legs, number=self.new_id(), enrolment=enrolment)
        postings, after = post(made, self.accounts, [self.new_id() for _ in legs])
        self.accounts |= {(enrolment, account.kind): account for account in after}
        self.postings += postings
        return postings

    def sheet(self, enrolment: int = 1) -> BalanceSheet:
        """Return the balance of an enrolment."""
        own = [account for key, account in self.accounts.items() if key[0] == enrolment]
        return sheet_of(own[0].currency, own)

    def check(self) -> None:
        """Test every chain of postings, and that each currency sums to zero."""
        for account in self.accounts.values():
            check_chain(account, [p for p in self.postings if p.account_id == account.id])
        for currency in {account.currency for account in self.accounts.values()}:
            assert sum(p.minor for p in self.postings if p.currency == currency) == 0


def figures(sheet: BalanceSheet) -> dict[str, int]:
    """Return the figures that are not zero."""
    return {
        name: value
        for name in BalanceSheet.__slots__
        if name != "currency" and (value := getattr(sheet, name))
    }
