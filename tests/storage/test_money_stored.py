"""Payments, commissions, the books and pay-outs as they are stored."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.entities.payment import CommissionState, EarnedNothing, Line
from domain.entities.payout import PayoutPart, PayoutStatus, Spending
from domain.ledger.accounts import AccountKind
from domain.ledger.journal import JournalEntry, Leg, post
from domain.money import Money, Rate
from storage.vault import Vault, VaultClosed
from storage.work import SqlOpenWork, SqlWork
from tests.storage.records import (
    DAY,
    NOW,
    add_client,
    add_partner,
    add_payment,
    commission,
    payment,
    payout,
    refund,
)


@pytest.fixture
async def work(open_work: SqlOpenWork, new_id: Callable[[], int]) -> AsyncIterator[SqlWork]:
    """Return a unit of work in which a partner has a client that paid."""
    async with open_work() as opened:
        await add_partner(opened, 1, new_id)
        await add_partner(opened, 2, new_id)
        await add_client(opened, 1)
        await add_payment(opened, 1)
        yield opened


async def test_a_payment_comes_back_as_it_was_kept(work: SqlWork) -> None:
    plain = payment(
        2,
        minor=10**15 - 1,
        program=None,
        enrolment_id=None,
        exchange=None,
        account_id="site-1",
        lines=(Line(category=None, minor=10**15 - 1),),
        has_lines=False,
        settlement="via_partner",
        reason=EarnedNothing.NOT_ATTRIBUTED,
    )
    await work.payments.add([plain])
    found = await work.payments.by_payment_ids(["payment-1", "payment-2", "nothing"])
    assert {row.id: row for row in found} == {1: payment(1), 2: plain}
    assert len(await work.payments.of_clients([1])) == 2
    assert await work.payments.of_clients([2]) == []


async def test_a_payment_changes_only_where_it_may(work: SqlWork) -> None:
    lines = (
        Line(category="домены", minor=4_000, refunded=1),
        Line(category=None, minor=6_000, refunded=2),
    )
    changed = payment(
        1,
        program="flat",
        enrolment_id=2,
        lines=lines,
        refunded_by_line=True,
        chargebacks=3,
        reason=EarnedNothing.ZERO_RATE,
    )
    await work.payments.update([replace(changed, minor=1)])
    assert await work.payments.by_payment_ids(["payment-1"]) == [changed]


async def test_a_payment_and_a_refund_are_kept_once(work: SqlWork, open_work: SqlOpenWork) -> None:
    await work.payments.add_refunds([refund(1)])
    await work.commit()
    with pytest.raises(IntegrityError):
        await work.payments.add([payment(9, payment_id="payment-1")])
    async with open_work.read() as reading:
        assert len(await reading.payments.of_clients([1])) == 1


async def test_commissions_keep_their_snapshot(work: SqlWork) -> None:
    other = commission(
        2, rate=Rate(3_333), tier=None, category="домены", state=CommissionState.RETAINED
    )
    await work.payments.add_commissions([commission(1), other])
    found = await work.payments.commissions_of([1, 404])
    assert {row.id: row for row in found} == {1: commission(1), 2: other}
    spent = commission(
        1, clawed_back=1, reserved=2, paid=3, converted=4, state=CommissionState.HELD
    )
    await work.payments.update_commissions([replace(spent, minor=999, rate=Rate(1))])
    found = await work.payouts.commissions([1])
    assert found == [spent]


async def test_a_line_makes_one_commission(work: SqlWork) -> None:
    await work.payments.add_commissions([commission(1)])
    with pytest.raises(IntegrityError):
        await work.payments.add_commissions([commission(2, line=1)])


async def test_holds_end_at_their_instant(work: SqlWork) -> None:
    held = CommissionState.HELD
    await work.payments.add_commissions(
        [
            commission(1, state=held, held_until=NOW),
            commission(2, state=held, held_until=NOW - DAY),
            commission(3, state=held, held_until=NOW + timedelta(microseconds=1)),
            commission(4, state=CommissionState.PAYABLE, held_until=NOW - DAY),
            commission(5, state=held, held_until=NOW - DAY, enrolment_id=2),
        ]
    )

    async def ended(ids: list[int] | None, limit: int = 9) -> list[int]:
        found = await work.payments.hold_ended(ids, now=NOW, limit=limit)
        return [row.id for row in found]

    assert await ended(None) == [2, 5, 1]
    assert await ended([1]) == [2, 1]
    assert await ended([1, 2], limit=2) == [2, 5]
    assert await ended([]) == []


async def test_spendable_is_what_is_left_or_owed_oldest_first(work: SqlWork) -> None:
    rows = [
        commission(1, created_at=NOW),
        commission(2, created_at=NOW - DAY),
        commission(3, created_at=NOW),
        commission(4, reserved=500),
        commission(5, state=CommissionState.HELD),
        commission(6, state=CommissionState.RETAINED),
        commission(7, enrolment_id=2),
        commission(8, paid=300, converted=100, clawed_back=101, created_at=NOW - 2 * DAY),
        commission(9, clawed_back=100, paid=400),
    ]
    await work.payments.add_commissions(rows[::-1])
    assert [row.id for row in await work.payouts.spendable(1)] == [8, 2, 1, 3]


async def test_the_books_are_written_and_balances_run(work: SqlWork) -> None:
    await work.payments.add_commissions([commission(1)])
    accounts = {(row.enrolment_id, row.kind): row for row in await work.ledger.accounts([1])}
    assert {row.enrolment_id for row in await work.ledger.accounts([1, 2])} == {1, 2}
    entry = _entry(1, 700)
    postings, after = post(entry, accounts, [11, 12])
    await work.ledger.write([entry], postings, after)
    found = {row.kind: row for row in await work.ledger.accounts([1])}
    assert (found[AccountKind.HELD].balance, found[AccountKind.HELD].version) == (-700, 1)
    assert found[AccountKind.COMMISSIONS].figure == found[AccountKind.HELD].figure == 700
    assert found[AccountKind.PAYABLE].version == 0


async def test_postings_on_an_outdated_balance_are_refused(work: SqlWork) -> None:
    await work.payments.add_commissions([commission(1)])
    accounts = {(row.enrolment_id, row.kind): row for row in await work.ledger.accounts([1])}
    postings, after = post(_entry(1, 700), accounts, [11, 12])
    await work.ledger.write([_entry(1, 700)], postings, after)
    postings, after = post(_entry(2, 5), accounts, [13, 14])
    with pytest.raises(IntegrityError):
        await work.ledger.write([_entry(2, 5)], postings, after)


def _entry(number: int, minor: int) -> JournalEntry:
    return JournalEntry(
        id=number,
        kind="commission_accrued",
        enrolment_id=1,
        legs=(Leg(AccountKind.COMMISSIONS, minor), Leg(AccountKind.HELD, -minor)),
        occurred_at=NOW,
        recorded_at=NOW,
        commission_id=1,
    )


async def test_a_payout_comes_back_with_its_parts(work: SqlWork) -> None:
    await work.payments.add_commissions([commission(1), commission(2)])
    parts = (PayoutPart(commission_id=1, minor=4_000), PayoutPart(commission_id=2, minor=1_000))
    await work.payouts.add(payout(1), Spending(commissions=parts[::-1]))
    assert await work.payouts.get(1, enrolment_ids=None) == payout(1)
    assert await work.payouts.get(1, enrolment_ids=[1, 5]) == payout(1)
    assert await work.payouts.get(1, enrolment_ids=[2]) is None
    assert await work.payouts.get(1, enrolment_ids=[]) is None
    assert await work.payouts.get(2, enrolment_ids=None) is None
    assert await work.payouts.by_request("request-1") == payout(1)
    assert await work.payouts.by_request("request-2") is None
    assert await work.payouts.parts(1) == Spending(commissions=parts)
    decided = payout(
        1,
        status=PayoutStatus.REJECTED,
        approved_by=7,
        settled_by=8,
        settled_at=NOW + DAY,
        reason_code="details",
        reason_text="Нема рахунку",
    )
    await work.payouts.update(replace(decided, amount=Money(1, "EUR"), account="another"))
    assert await work.payouts.get(1, enrolment_ids=None) == decided


async def test_one_confirmation_makes_one_payout(work: SqlWork) -> None:
    await work.payouts.add(payout(1), Spending())
    with pytest.raises(IntegrityError):
        await work.payouts.add(payout(2, request_key="request-1"), Spending())


async def test_an_account_opens_with_its_own_key_only(
    work: SqlWork, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    await work.payouts.add(payout(1), Spending())
    await work.commit()
    stranger = SqlOpenWork(open_work._engines, Vault(b"9" * 32), new_id)
    async with stranger.read() as reading:
        with pytest.raises(VaultClosed):
            await reading.payouts.get(1, enrolment_ids=None)
