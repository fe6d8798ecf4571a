"""A partner’s two lists, narrowed down, searched and walked by key; and one referral."""

from datetime import UTC, datetime

import pytest

from domain.entities.filters import Choice, Standing
from domain.entities.partner import EnrolmentStatus
from domain.entities.payment import EarnedNothing
from domain.entities.views import Cursor
from domain.errors import NotFound
from domain.money import Rate
from tests.usecases.app import App


async def _year(app: App) -> None:
    """Let a partner bring a client a month, each paying once, and one be deleted."""
    await app.joins("ann")
    for month in (1, 2, 3):
        app.now = datetime(2025, month, 10, 12, tzinfo=UTC)
        email = f"client{month}@example.com"
        await app.client(f"c-{month}", by="ann", name=f"Client № {month}", email=email)
        await app.pays(f"c-{month}", f"{month}00.00", payment=f"p-{month}")
    await app.reports("client.deleted", client_id="c-2", deleted_at="2025-03-10T00:00:00Z")
    app.now = datetime(2026, 2, 1, 12, tzinfo=UTC)


async def referrals(app: App, **choice: object) -> list[str]:
    page = await app.use.list_referrals(
        await app.private("ann"),
        None,
        Choice(**choice),  # type: ignore[arg-type]
    )
    return [row.shown_id for row in page.rows]


async def payments(app: App, **choice: object) -> list[str]:
    page = await app.use.list_payments(
        await app.private("ann"),
        None,
        Choice(**choice),  # type: ignore[arg-type]
    )
    return [row.payment_id for row in page.rows]


async def test_registrations_are_narrowed_down(app: App) -> None:
    await _year(app)
    assert await referrals(app) == ["c-3", "c-2", "c-1"]
    assert await referrals(app, standing=Standing.ACTIVE) == ["c-3"]
    assert await referrals(app, standing=Standing.INACTIVE) == ["c-2", "c-1"]
    assert await referrals(app, period="20250210-20250310") == ["c-3", "c-2"]
    assert await referrals(app, period="20250211-20250309") == []
    both = {"period": "20250101-20250228", "standing": Standing.INACTIVE}
    assert await referrals(app, **both) == ["c-2", "c-1"]
    assert await referrals(app, search="№ 3") == ["c-3"]
    assert await referrals(app, search="CLIENT2@EXAMPLE") == ["c-2"]
    assert await referrals(app, search="client", standing=Standing.ACTIVE) == ["c-3"]
    assert await referrals(app, search="c-1") == ["c-1"]
    assert await referrals(app, search="nobody") == []


async def test_cyrillic_is_found_whatever_its_case(app: App) -> None:
    await app.joins("ann")
    await app.client("c-1", by="ann", name="ООО «Ёлка»")
    for text in ("ёлка", "ЁЛКА", "ооо"):
        assert await referrals(app, search=text) == ["c-1"]


async def test_payments_are_narrowed_down(app: App) -> None:
    await _year(app)
    await app.pays("c-1", "10.00", payment="too-late", paid_at="2026-01-31T00:00:00Z")
    assert await payments(app) == ["too-late", "p-3", "p-2", "p-1"]
    assert await payments(app, standing=Standing.INACTIVE) == ["too-late"]
    assert await payments(app, standing=Standing.ACTIVE) == ["p-3", "p-2", "p-1"]
    assert await payments(app, period="20250201-20250228") == ["p-2"]
    assert await payments(app, search="p-3") == ["p-3"]
    assert await payments(app, search="client1@") == ["too-late", "p-1"]


async def test_a_narrowed_list_is_walked_without_gaps(app: App) -> None:
    await app.joins("ann")
    for number in range(20):
        app.later(minutes=number % 2)
        await app.client(f"c-{number:02}", by="ann", name=f"{'odd' if number % 2 else 'even'}")
    ann, found, before = await app.private("ann"), [], None
    while True:
        page = await app.use.list_referrals(ann, before, Choice(search="odd"))
        found += [row.shown_id for row in page.rows]
        before = page.following
        if before is None:
            break
    assert sorted(found) == [f"c-{number:02}" for number in range(20) if number % 2]
    assert len(set(found)) == len(found)


async def test_one_referral_tells_what_it_brought_and_why(app: App) -> None:
    await app.joins("ann")
    await app.opens("zoe", await app.code_of("ann"))
    account = {"account_id": "site-1", "name": "Shop"}
    await app.client("c-1", by="ann", account=account)
    for number in range(7):
        app.later(minutes=1)
        await app.pays("c-1", "100.00", payment=f"p-{number}")
    await app.refunds("p-0", "100.00")
    ann = await app.private("ann")
    (row,) = (await app.use.list_referrals(ann)).rows
    view = await app.use.show_referral(ann, row.id)
    assert (view.card.payments, view.card.live_payments) == (7, 6)
    assert (view.card.earned_minor, view.reason, view.rate) == (6_000, None, Rate.parse("10%"))
    assert [account.name for account in view.card.accounts] == ["Shop"]
    assert view.payments
    assert [payment.payment_id for payment in view.payments.rows] == [
        f"p-{number}" for number in (6, 5, 4, 3, 2)
    ]
    assert view.payments.rows[0].rate == Rate.parse("10%")
    rest = await app.use.show_referral(ann, row.id, view.payments.following)
    assert rest.payments
    assert [payment.refunded for payment in rest.payments.rows] == [0, 10_000]
    await app.sets_status("ann", EnrolmentStatus.SUSPENDED)
    assert (await app.use.show_referral(ann, row.id)).reason is EarnedNothing.PARTNER_SUSPENDED


@pytest.mark.parametrize(
    ("months", "reason"),
    [(11, None), (12, EarnedNothing.DURATION_ENDED)],
)
async def test_a_referral_says_whether_it_still_earns(
    app: App, months: int, reason: EarnedNothing | None
) -> None:
    app.now = datetime(2026, 1, 10, 12, tzinfo=UTC)
    await app.joins("ann")
    await app.client("c-1", by="ann")
    await app.pays("c-1", "100.00")
    app.now = datetime(2026 + (months == 12), 1 + months % 12, 10, 12, tzinfo=UTC)
    ann = await app.private("ann")
    (row,) = (await app.use.list_referrals(ann)).rows
    assert (await app.use.show_referral(ann, row.id)).reason is reason


async def test_a_referral_of_another_partner_is_not_there(app: App) -> None:
    await app.joins("ann")
    await app.joins("bob")
    await app.client("c-1", by="ann")
    (row,) = (await app.use.list_referrals(await app.private("ann"))).rows
    for number in (row.id, 0, 2**62):
        with pytest.raises(NotFound):
            await app.use.show_referral(await app.private("bob"), number)
    assert (await app.use.list_referrals(await app.private("bob"), Cursor(app.now, 1))).rows == []
