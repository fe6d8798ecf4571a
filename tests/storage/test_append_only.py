"""What was written down is never edited, and secrets are unreadable in a copy of the database."""

# ruff: noqa: S608 - the SQL here is all written here

import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.entities.client import ReferralMove
from domain.entities.conversion import BonusPart, Conversion, Credit
from domain.entities.event import EventConflict
from domain.entities.payout import Spending
from domain.entities.payout_document import DocumentKind, PayoutDocument
from domain.entities.terms import PublishedTerms
from domain.ledger.accounts import AccountKind
from domain.ledger.journal import JournalEntry, Leg, Posting
from domain.money import Money, Rate
from storage.books.checkpoint import Stood, keep_proof
from storage.engine import Engines
from storage.repositories.inbox import StoredUpdate
from storage.tables.ledger import APPEND_ONLY
from storage.vault import Vault, VaultClosed
from storage.work import SqlOpenWork
from tests.storage.records import (
    NOW,
    add_client,
    add_partner,
    add_payment,
    commission,
    payout,
    refund,
)
from tests.usecases.requisites import REQUISITES

ACCOUNT = "UA21 3223 1300 0002 6007 2335 6600 1"
CONVERSION = Conversion(
    id=1,
    enrolment_id=1,
    amount=Money(5, "USD"),
    bonus=1,
    bonus_rate=Rate(2000),
    bonus_base="payment",
    terms_version=1,
    account_id="acc",
    request_key="key",
    converted_by=1,
    converted_at=NOW,
)
BONUS_PART = BonusPart(
    commission_id=1,
    minor=5,
    bonus=1,
    rate=Rate(2000),
    base="payment",
    conversion_id=1,
    account_id="acc",
)
CREDIT = Credit(
    id=1, enrolment_id=1, conversion_id=1, minor=6, currency="USD", account_id="acc", at=NOW
)
DOCUMENT = PayoutDocument(
    id=1,
    payout_id=1,
    partner_id=1,
    kind=DocumentKind.ACT,
    year=2026,
    number=1,
    made_at=NOW,
    day=NOW.date(),
    language="en",
    program="saas-tiers",
    code="abcd2345",
    amount=Money(5, "USD"),
    partner=REQUISITES,
    vendor=None,
    purpose="",
    lines=(),
)
EDITS = {
    "entries": "kind = 'other'",
    "postings": "version = version",
    "refunds": "minor = minor + 1",
    "audit": "actor = 1",
    "referral_moves": "to_enrolment_id = NULL",
    "conversions": "minor = minor + 1",
    "conversion_parts": "bonus = bonus + 1",
    "credits": "minor = minor + 1",
    "payout_documents": "number = number + 1",
    "program_terms": "text = 'other'",
    "book_proofs": "differences = 0",
    "book_proof_accounts": "balance = balance + 1",
}


async def write_one_of_each(open_work: SqlOpenWork, new_id: Callable[[], int]) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_client(work, 1)
        await add_payment(work, 1)
        await work.payments.add_commissions([commission(1)])
        await work.payments.add_refunds([refund(1)])
        accounts = {row.kind: row for row in await work.ledger.accounts([1])}
        entry = JournalEntry(
            id=1,
            kind="commission_accrued",
            enrolment_id=1,
            legs=(Leg(AccountKind.COMMISSIONS, 5), Leg(AccountKind.HELD, -5)),
            occurred_at=NOW,
            recorded_at=NOW,
            commission_id=1,
        )
        postings = [
            Posting(
                id=number,
                entry_id=1,
                account_id=accounts[leg.kind].id,
                currency="USD",
                minor=leg.minor,
                balance_before=0,
                balance_after=leg.minor,
                version=1,
            )
            for number, leg in enumerate(entry.legs)
        ]
        await work.ledger.write([entry], postings, [])
        await work.audit.add(
            at=NOW, actor=None, role="job", action="x", subject="y", details={"why": "так"}
        )
        move = ReferralMove(
            id=1,
            client_id=1,
            program="saas-tiers",
            from_enrolment_id=1,
            to_enrolment_id=None,
            at=NOW,
            actor=1,
            reason_code="client_word",
            reason_text="",
        )
        await work.clients.add_moves([move])
        conflict = EventConflict(id=1, event_id="e", kind="k", data="{}", received_at=NOW)
        await work.events.add_conflicts([conflict])
        await work.conversions.add(CONVERSION, [BONUS_PART], [])
        await work.conversions.add_credits([CREDIT])
        await work.payouts.add(payout(1), Spending())
        await work.payout_documents.add(DOCUMENT)
        await work.terms.publish(
            PublishedTerms(
                program="saas-tiers", version=1, version_date=None, text="", published_at=NOW
            )
        )
        await work.commit()


async def test_nothing_that_was_written_down_can_be_edited_or_taken_out(
    engines: Engines, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    await write_one_of_each(open_work, new_id)
    async with engines.reads.connect() as connection:
        account = await connection.scalar(text("SELECT MIN(id) FROM ledger_accounts"))
    assert account
    stood = Stood(number=1, standing={}, changed=[(account, 1, 5)], postings=1)
    await keep_proof(engines, stood, at=NOW, first_id=0, differences=0)
    assert set(EDITS) == set(APPEND_ONLY)
    for table, change in EDITS.items():
        statements = [f"UPDATE {table} SET {change}", f"DELETE FROM {table}"]
        if engines.is_postgresql:
            statements.append(f"TRUNCATE {table} CASCADE")
        for statement in statements:
            with pytest.raises(DBAPIError, match="append-only"):
                await _execute(engines, statement)
        async with engines.reads.connect() as connection:
            assert await connection.scalar(text(f"SELECT count(*) FROM {table}"))


async def _execute(engines: Engines, statement: str) -> None:
    async with engines.writes.begin() as connection:
        await connection.execute(text(statement))


async def test_the_database_refuses_what_would_unbalance_the_books(
    engines: Engines, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    await write_one_of_each(open_work, new_id)
    copy = "INSERT INTO postings SELECT 77, entry_id, account_id, currency"
    for rest in (
        "minor, balance_before, balance_after, version",
        "0, balance_after, balance_after, 2",
        "minor, balance_after, balance_after, 2",
    ):
        with pytest.raises(IntegrityError):
            await _execute(engines, f"{copy}, {rest} FROM postings WHERE id = 0")
    for statement in (
        "UPDATE commissions SET clawed_back = minor + 1",
        "UPDATE commissions SET reserved = -1",
        "UPDATE commissions SET payment_id = 404",
        "UPDATE payments SET minor = 0",
    ):
        with pytest.raises(IntegrityError):
            await _execute(engines, statement)


def test_the_vault_opens_what_it_sealed() -> None:
    vault = Vault(b"1" * 32)
    sealed = vault.seal(ACCOUNT, context="payout:1")
    assert vault.open(sealed, context="payout:1") == ACCOUNT
    assert vault.seal(ACCOUNT, context="payout:1") != sealed
    assert b"3223" not in sealed


@pytest.mark.parametrize("damage", ["key", "context", "bytes", "version", "short", "nothing"])
def test_the_vault_stays_closed(damage: str) -> None:
    sealed = Vault(b"1" * 32).seal(ACCOUNT, context="payout:1")
    vault = Vault(b"2" * 32 if damage == "key" else b"1" * 32)
    context = "payout:2" if damage == "context" else "payout:1"
    cut = {
        "bytes": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "version": b"\x02" + sealed[1:],
        "short": sealed[:13],
        "nothing": b"",
    }
    with pytest.raises(VaultClosed):
        vault.open(cut.get(damage, sealed), context=context)


async def test_accounts_and_messages_are_not_in_the_file_in_clear(
    sqlite_url: str, engines: Engines, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_client(work, 1)
        await work.payouts.add(payout(7, account=ACCOUNT, comment="visible comment"), Spending())
        update = StoredUpdate(update_id=1, speaker="101", body=f'{{"text": "{ACCOUNT}"}}')
        await work.inbox.add([update], at=NOW)
        await work.conversations.put("101", "amount", {"account": ACCOUNT}, update_id=None, at=NOW)
        await work.commit()
    everything = await _bytes_of(engines)
    assert b"visible comment" in everything
    assert ACCOUNT.encode() not in everything
    assert ACCOUNT.replace(" ", "").encode() not in everything
    async with open_work.read() as work:
        found = await work.payouts.get(7, enrolment_ids=None)
        assert found
        assert found.account == ACCOUNT


async def _bytes_of(engines: Engines) -> bytes:
    if not engines.is_postgresql:
        path = engines.writes.url.database
        assert path
        copy = sqlite3.connect(path)
        everything = copy.serialize()
        copy.close()
        return everything
    async with engines.reads.connect() as connection:
        found = b""
        for table in ("payouts", "inbox", "conversations"):
            rows = await connection.execute(text(f"SELECT * FROM {table}"))
            for row in rows:
                for value in row:
                    found += value if isinstance(value, bytes) else str(value).encode()
        return found
