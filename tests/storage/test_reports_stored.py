"""Read models: every page complete and stable, every figure from the right rows."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.entities.client import ClientAccount, NotAttributed
from domain.entities.partner import Link
from domain.entities.payment import CommissionState, EarnedNothing, Line
from domain.entities.payout import PayoutPart, PayoutStatus, Spending
from domain.entities.stats import StatsDelta, StatsKey
from domain.entities.views import ClientView, CommissionView, Cursor, PayoutView, ReferralRow
from domain.ledger.accounts import AccountKind
from domain.rights import MemberRole
from storage.work import SqlOpenWork, SqlWork
from tests.storage.records import (
    DAY,
    NOW,
    add_client,
    add_partner,
    add_payment,
    client,
    commission,
    enrolment,
    partner,
    payout,
    person,
    referral,
)

MANY = 13
"""Rows of a list; their instants are three days, so that most of them are equal."""


@pytest.fixture
async def work(open_work: SqlOpenWork, new_id: Callable[[], int]) -> AsyncIterator[SqlWork]:
    """Return a unit of work with two partners; the first has one client."""
    async with open_work() as opened:
        await add_partner(opened, 1, new_id)
        await add_partner(opened, 2, new_id)
        await add_client(opened, 1)
        yield opened


def day(number: int) -> datetime:
    return NOW + (number % 3) * DAY


EXPECTED = sorted(range(1, MANY + 1), key=lambda number: (number % 3, number), reverse=True)
"""Newest first, and of one instant the latest kept first."""


async def all_of(
    page: Callable[[Cursor | None], Awaitable[Sequence[object]]],
    place: Callable[[object], Cursor],
    meanwhile: Callable[[], Awaitable[None]] | None = None,
) -> list[int]:
    """Walk a list in pages of four and return the ids; between pages the world goes on."""
    found: list[int] = []
    before = None
    while rows := await page(before):
        assert len(rows) <= 4
        before = place(rows[-1])
        found += [place(row).id for row in rows]
        if meanwhile:
            await meanwhile()
    return found


async def test_registrations(work: SqlWork) -> None:
    await work.clients.add([client(number) for number in range(2, MANY + 1)])
    await work.clients.add_referrals(
        [referral(number, registered_at=day(number)) for number in range(1, MANY + 1)]
    )
    await work.clients.add([client(50)])
    await work.clients.add_referrals([referral(50, enrolment_id=2)])

    async def page(before: Cursor | None) -> Sequence[ReferralRow]:
        return await work.reports.referrals(1, before=before, limit=4)

    newer = iter(range(100, 200))

    async def one_more_registers() -> None:
        number = next(newer)
        await work.clients.add([client(number)])
        await work.clients.add_referrals([referral(number, registered_at=NOW + 9 * DAY)])

    found = await all_of(page, lambda row: Cursor(row.registered_at, row.id), one_more_registers)
    assert found == EXPECTED
    assert (await page(None))[0].id == 103


async def test_a_registration_row(work: SqlWork) -> None:
    await work.clients.update([client(1, email="a@b.c", phone="+1", deleted_at=NOW + DAY)])
    await work.clients.add_referrals([referral(1, earns_until=NOW + 9 * DAY)])
    await work.clients.add_accounts(
        [
            ClientAccount(account_id=name, client_id=1, name=name, created_at=NOW)
            for name in ("site-1", "site-2")
        ]
    )
    assert await work.reports.referrals(1, before=None, limit=9) == [
        ReferralRow(
            id=1,
            client_name="Client 1",
            email="a@b.c",
            phone="+1",
            registered_at=NOW,
            earns_until=NOW + 9 * DAY,
            deleted_at=NOW + DAY,
            accounts=2,
            client_id=1,
            shown_id="client-1",
            code="code1",
        )
    ]
    assert await work.reports.referrals(2, before=None, limit=9) == []


async def test_payments(work: SqlWork) -> None:
    for number in range(1, MANY + 1):
        await add_payment(work, number, paid_at=day(number))
    await add_payment(work, 50, enrolment_id=2)
    await add_payment(work, 51, enrolment_id=None)

    async def page(before: Cursor | None) -> Sequence[object]:
        return await work.reports.payments(1, before=before, limit=4)

    assert await all_of(page, lambda row: Cursor(row.paid_at, row.id)) == EXPECTED


async def test_a_payment_row_shows_what_is_left_of_it(work: SqlWork) -> None:
    account = ClientAccount(account_id="site-1", client_id=1, name="Сайт", created_at=NOW)
    await work.clients.add_accounts([account])
    lines = (Line(category="a", minor=4_000, refunded=100), Line(category="b", minor=6_000))
    await add_payment(work, 1, account_id="site-1", lines=lines)
    await add_payment(work, 2, reason=EarnedNothing.ZERO_RATE, paid_at=NOW - DAY)
    await work.payments.add_commissions(
        [commission(1, clawed_back=50), commission(2, minor=700), commission(3, payment_id=1)]
    )
    first, second = await work.reports.payments(1, before=None, limit=9)
    assert (first.account_name, first.client_name, first.reason) == ("Сайт", "Client 1", None)
    assert (first.minor, first.refunded, first.currency) == (10_000, 100, "EUR")
    assert (first.commission_minor, first.commission_currency) == (1_650, "USD")
    assert (second.account_name, second.reason) == (None, "zero_rate")
    assert (second.commission_minor, second.commission_currency) == (0, None)


async def test_commissions(work: SqlWork) -> None:
    for number in range(1, MANY + 1):
        await add_payment(work, number)
        row = commission(number, payment_id=number, line=0, created_at=day(number))
        await work.payments.add_commissions([row])

    async def page(before: Cursor | None) -> Sequence[CommissionView]:
        return await work.reports.commissions(1, before=before, limit=4)

    def place(view: CommissionView) -> Cursor:
        return Cursor(view.commission.created_at, view.commission.id)

    assert await all_of(page, place) == EXPECTED
    assert await work.reports.commissions(2, before=None, limit=4) == []


async def test_a_commission_lists_the_payouts_that_consumed_it(work: SqlWork) -> None:
    await add_payment(work, 1)
    kept = commission(1, line=1, state=CommissionState.PAYABLE)
    await work.payments.add_commissions([kept])
    for number in (2, 1):
        spent = Spending(commissions=(PayoutPart(commission_id=1, minor=number),))
        await work.payouts.add(payout(number), spent)
    (view,) = await work.reports.commissions(1, before=None, limit=4)
    assert view == CommissionView(
        commission=kept,
        payment_id="payment-1",
        client_id="client-1",
        base_minor=6_000,
        base_currency="EUR",
        consumed=((1, 1), (2, 2)),
        client_name="Client 1",
        program="tiered",
    )


async def test_payouts(work: SqlWork) -> None:
    for number in range(1, MANY + 1):
        status = PayoutStatus.DONE if number % 2 else PayoutStatus.APPROVED
        await work.payouts.add(payout(number, requested_at=day(number), status=status), Spending())
    await work.payouts.add(payout(50, enrolment_id=2, requested_at=NOW - DAY), Spending())

    async def ids(enrolment_id: int | None, *, in_progress_only: bool) -> list[int]:
        async def page(before: Cursor | None) -> Sequence[PayoutView]:
            return await work.reports.payouts(
                enrolment_id=enrolment_id,
                in_progress_only=in_progress_only,
                before=before,
                limit=4,
            )

        return await all_of(page, lambda view: Cursor(view.payout.requested_at, view.payout.id))

    assert await ids(1, in_progress_only=False) == EXPECTED
    assert await ids(None, in_progress_only=False) == [*EXPECTED, 50]
    in_progress = [number for number in EXPECTED if number % 2 == 0]
    assert await ids(1, in_progress_only=True) == in_progress
    assert await ids(None, in_progress_only=True) == [*in_progress, 50]
    assert await ids(2, in_progress_only=True) == [50]


async def test_a_payout_card(work: SqlWork) -> None:
    await add_payment(work, 1)
    await work.payments.add_commissions([commission(1), commission(2)])
    parts = (PayoutPart(commission_id=1, minor=1), PayoutPart(commission_id=2, minor=2))
    await work.payouts.add(payout(5), Spending(commissions=parts))
    assert await work.reports.payout(5) == PayoutView(
        payout=payout(5), parts=parts, code="code1", partner_name="Partner 1", program="tiered"
    )
    assert await work.reports.payout(6) is None


async def test_an_overview_by_any_code(work: SqlWork) -> None:
    await work.partners.add_link(Link(code="blog", enrolment_id=1, label="Blog"), NOW)
    await work.people.keep(person(55), at=NOW)
    await work.partners.add_member(1, 55, MemberRole.USER, NOW + timedelta(seconds=1))
    await work.stats.add({StatsKey(1, "blog", NOW.date()): StatsDelta(clicks=3)})
    found = await work.reports.overview("BLOG")
    assert found
    assert (found.partner, found.enrolment) == (partner(1), enrolment(1))
    assert found.members == ("Person 101", "Person 55")
    assert found.totals.clicks == 3
    assert (found.sheet.currency, found.sheet.held) == ("USD", 0)
    assert await work.reports.overview("nobody") is None


async def test_the_sheet_shows_figures_with_the_sign_that_partners_see(work: SqlWork) -> None:
    accounts = {row.kind: row for row in await work.ledger.accounts([1])}
    balances = {
        AccountKind.COMMISSIONS: 900,
        AccountKind.HELD: -500,
        AccountKind.PAYABLE: 100,
    }
    moved = [replace(accounts[kind], balance=balance) for kind, balance in balances.items()]
    await work.ledger.write([], [], moved)
    found = await work.reports.overview("code1")
    assert found
    assert (found.sheet.accrued, found.sheet.held, found.sheet.payable) == (900, 500, -100)


async def test_clients_of_a_partner(work: SqlWork) -> None:
    await work.clients.add([client(number) for number in range(2, MANY + 1)])
    await work.clients.add_referrals(
        [referral(number, registered_at=day(number)) for number in range(1, MANY + 1)]
    )

    async def page(before: Cursor | None) -> Sequence[ClientView]:
        return await work.reports.clients(1, before=before, limit=4)

    def place(view: ClientView) -> Cursor:
        return Cursor(view.referrals[0].registered_at, view.referrals[0].id)

    assert await all_of(page, place) == EXPECTED
    assert await work.reports.clients(2, before=None, limit=4) == []


async def test_a_client_by_any_id_and_by_person(work: SqlWork) -> None:
    await work.clients.add_ids({"crm-1": 1})
    await work.clients.update([client(1, telegram_id=55)])
    own = referral(1)
    others = referral(
        2,
        client_id=1,
        program="flat",
        enrolment_id=None,
        code=None,
        reason=NotAttributed.SELF_REFERRAL,
    )
    await work.clients.add_referrals([own, others])
    await work.clients.add_accounts(
        [ClientAccount(account_id="site-1", client_id=1, name="x", created_at=NOW)]
    )
    view = ClientView(
        client=client(1, telegram_id=55),
        referrals=(own, others),
        codes=("code1", None),
        accounts=1,
    )
    assert await work.reports.client("crm-1") == view
    assert await work.reports.client("client-1") == view
    assert await work.reports.client_of_person(55) == view
    assert await work.reports.client("nobody") is None
    assert await work.reports.client_of_person(56) is None
