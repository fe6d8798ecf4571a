"""Statistics: days of the configured time zone, beside the period before, per link."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.entities.days import BadPeriod, Days
from domain.entities.stats import StatsTotal
from domain.errors import NotAllowed, NotFound
from domain.rights import MemberRole
from tests.usecases.app import App


async def _a_month(app: App) -> None:
    """Let the partner bring one client in February and two in March, and earn by both months."""
    app.now = datetime(2026, 2, 10, 12, tzinfo=UTC)
    await app.joins("ann")
    await app.opens("zoe", await app.code_of("ann"))
    await app.client("first", by="ann")
    await app.pays("first", "100.00")
    app.now = datetime(2026, 3, 5, 12, tzinfo=UTC)
    await app.client("second", by="ann")
    await app.client("third", by="ann")
    await app.pays("second", "200.00", payment="later-refunded")
    await app.pays("second", "50.00")
    await app.pays("first", "10.00")


async def test_a_month_beside_the_same_days_of_the_month_before(app: App) -> None:
    await _a_month(app)
    app.now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    view = await app.use.show_stats(await app.private("ann"), "month")
    assert view.days == Days(date(2026, 3, 1), date(2026, 3, 20))
    assert view.earlier_days == Days(date(2026, 2, 1), date(2026, 2, 20))
    assert view.currency == "USD"
    assert view.total == StatsTotal(
        registrations=2,
        paying_clients=1,
        payments=3,
        payments_minor=26_000,
        commissions_minor=2_600,
    )
    assert view.earlier == StatsTotal(
        starts=1,
        registrations=1,
        paying_clients=1,
        payments=1,
        payments_minor=10_000,
        commissions_minor=1_000,
    )
    assert [day.day for day in view.daily] == [date(2026, 3, 5)]


async def test_all_time_is_compared_with_nothing_and_is_all(app: App) -> None:
    await _a_month(app)
    view = await app.use.show_stats(await app.private("ann"), "all")
    assert (view.earlier, view.earlier_days) == (None, None)
    assert view.days == Days(date(2026, 2, 10), date(2026, 3, 5))
    async with app.around.open_work.read() as work:
        assert view.total == await work.reports.totals((await app.enrolment("ann")).id)
    assert view.total.paying_clients == (await app.enrolment("ann")).paying_clients == 2


async def test_who_gets_everything_back_pays_no_more(app: App) -> None:
    await _a_month(app)
    app.now = datetime(2026, 4, 2, 12, tzinfo=UTC)
    before = await app.use.show_stats(await app.private("ann"), "last")
    assert before.total.paying_clients == 1
    await app.refunds("later-refunded", "200.00")
    still = await app.use.show_stats(await app.private("ann"), "last")
    assert still.total.paying_clients == 1
    (other,) = [row for row in await app.rows("payments") if row["minor"] == 5_000]
    await app.refunds(other["payment_id"], "50.00")
    march = await app.use.show_stats(await app.private("ann"), "last")
    april = await app.use.show_stats(await app.private("ann"), "month")
    # The registration stays in March, and with it that nobody of March pays.
    assert (march.total.registrations, march.total.paying_clients) == (2, 0)
    assert (april.total.registrations, april.total.clawed_back_minor) == (0, 2_500)


async def test_the_configured_time_zone_decides_days(app: App) -> None:
    app.configures(zone=ZoneInfo("Asia/Tokyo"))
    app.now = datetime(2026, 3, 31, 16, tzinfo=UTC)
    await app.joins("ann")
    await app.client("late", by="ann")
    view = await app.use.show_stats(await app.private("ann"), "month")
    assert view.days == Days(date(2026, 4, 1), date(2026, 4, 1))
    assert view.total.registrations == 1


async def test_links_are_told_apart(app: App) -> None:
    await app.joins("ann")
    ann = await app.private("ann")
    blog = await app.use.add_link(ann, "Blog", "ann-blog")
    await app.opens("zoe", "ANN-blog")
    await app.client("one", by="ann")
    await app.reports(
        "client.registered",
        client_id="two",
        name="Two",
        registered_at=app.now.isoformat(),
        referral_code="Ann-Blog",
    )
    await app.pays("two", "100.00")
    await app.pays("two", "100.00")
    view = await app.use.show_stats(ann, "today", blog.code)
    assert view.link == blog
    figures = (view.total.starts, view.total.registrations, view.total.commissions_minor)
    assert figures == (1, 1, 2_000)
    together = await app.use.show_stats(ann, "today")
    assert (together.total.registrations, together.links) == (2, 2)
    compared = await app.use.compare_links(ann, "today")
    assert [(link.label, total.registrations) for link, total in compared.links] == [
        ("Blog", 1),
        ("", 1),
    ]


async def test_only_an_admin_sees_figures_and_only_its_own(app: App) -> None:
    await app.joins("ann")
    await app.joins("bob")
    await app.becomes_member("uma", "ann", MemberRole.USER)
    for refused in (app.use.show_stats, app.use.compare_links):
        with pytest.raises(NotAllowed):
            await refused(await app.private("uma"))
    with pytest.raises(NotFound):
        await app.use.show_stats(await app.private("ann"), "all", await app.code_of("bob"))
    with pytest.raises(BadPeriod):
        await app.use.show_stats(await app.private("ann"), "whenever")
