"""Renewals: partners are reminded of their clients' services that end soon (R45)."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.entities.renewal import Renewal
from domain.errors import NotAllowed, NotFound
from domain.period import text_of
from domain.rights import MemberRole
from domain.rules.renewals import end_of_day, reminder_of
from domain.usecases.renewals.show import mark_of
from tests.domain.builders import written
from tests.usecases.app import App

HOSTING = written(
    """
    [program]
    key = "hosting"
    currency = "USD"
    [renewals]
    days_ahead = [7, 30, 1, 7]
    [payout]
    minimum = "50.00"
    """
)


async def service(app: App, client: str, name: str, *, days: float, **more: object) -> None:
    data = {
        "client_id": client,
        "account_id": f"account-{client}",
        "service_id": name,
        "category": "shared_hosting",
        "name": name.title(),
        "at": text_of(app.now),
        "renews_at": text_of(app.now + timedelta(days=days)),
    }
    result = await app.reports("service.activated", **data | more)
    assert getattr(result, "status", None) == "applied", result


async def client(app: App, name: str, by: str | None = "leo") -> None:
    await app.client(
        name, by=by, program="hosting", account={"account_id": f"account-{name}", "name": name}
    )


async def told(app: App, name: str = "leo") -> list[dict[str, Any]]:
    return [params for kind, params in await app.told(name) if kind == "renewals"]


async def test_each_service_is_told_once_for_each_number_of_days(app: App) -> None:
    app.offers(HOSTING)
    assert HOSTING.renewal_days == (30, 7, 1)
    await app.joins("leo", "hosting")
    await client(app, "ann")
    await client(app, "bob")
    await service(app, "ann", "site", days=31)
    await service(app, "bob", "domain", days=30)
    assert await app.use.owe_renewals() == 1
    (params,) = await told(app)
    assert [(row["client"], row["service"]) for row in params["clients"]] == [("Bob", "Domain")]
    assert await app.use.owe_renewals() == 0
    app.later(days=1)
    assert await app.use.owe_renewals() == 1
    for _ in range(22):
        app.later(days=1)
        await app.use.owe_renewals()
    assert [params["count"] for params in await told(app)] == [1, 1, 1]
    app.later(days=1)
    await app.use.owe_renewals()
    for _ in range(8):
        app.later(days=1)
        await app.use.owe_renewals()
    assert [params["clients"][0]["service"] for params in await told(app)] == [
        *("Domain", "Site", "Domain", "Site", "Domain", "Site"),
    ]


async def test_all_of_a_day_is_one_message(app: App) -> None:
    app.offers(HOSTING)
    await app.joins("leo", "hosting")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    await client(app, "ann")
    for number in range(12):
        await service(app, "ann", f"s{number:02}", days=5 + number)
    assert await app.use.owe_renewals() == 1
    (params,) = await told(app)
    assert params["count"] == 12
    assert len(params["clients"]) == 10
    assert await told(app, "ida") == []
    # What comes up later that day waits for the next one.
    await service(app, "ann", "late", days=3)
    assert await app.use.owe_renewals() == 0
    app.later(days=1)
    assert await app.use.owe_renewals() == 1


async def test_replicas_owe_it_once(app: App) -> None:
    app.offers(HOSTING)
    await app.joins("leo", "hosting")
    await client(app, "ann")
    await service(app, "ann", "site", days=6)
    assert sum(await asyncio.gather(*(app.use.owe_renewals() for _ in range(3)))) == 1
    assert len(await told(app)) == 1


async def test_a_renewed_service_is_told_again_at_its_next_end(app: App) -> None:
    app.offers(HOSTING)
    await app.joins("leo", "hosting")
    await client(app, "ann")
    await service(app, "ann", "site", days=1)
    assert await app.use.owe_renewals() == 1
    app.later(hours=1)
    await service(app, "ann", "site", days=31)
    app.later(days=1)
    assert await app.use.owe_renewals() == 1
    assert len(await told(app)) == 2


async def test_what_concerns_nobody_is_not_told(app: App) -> None:
    app.offers(HOSTING)
    await app.joins("leo", "hosting")
    await client(app, "ann")
    await client(app, "own", by=None)
    await client(app, "gone")
    await service(app, "ann", "over", days=-1)
    await service(app, "own", "alone", days=3)
    await service(app, "gone", "site", days=3)
    await app.reports("client.deleted", client_id="gone", deleted_at=text_of(app.now))
    await service(app, "ann", "off", days=3)
    app.later(minutes=1)
    await app.reports(
        "service.cancelled",
        client_id="ann",
        account_id="account-ann",
        service_id="off",
        category="shared_hosting",
        name="Off",
        at=text_of(app.now),
    )
    assert await app.use.owe_renewals() == 0
    await service(app, "ann", "web", days=3)
    app.now = app.now.replace(hour=21)
    assert await app.use.owe_renewals() == 0
    app.now = app.now.replace(hour=10)
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    assert await app.use.owe_renewals() == 0


async def test_the_list_shows_what_ends_with_masks(app: App) -> None:
    app.offers(HOSTING)
    await app.joins("leo", "hosting")
    await app.joins("mia", "hosting")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    await client(app, "ann")
    await service(app, "ann", "far", days=61)
    await service(app, "ann", "later", days=60, price="12.50", currency="USD")
    await service(app, "ann", "soon", days=2)
    leo, mia = await app.private("leo"), await app.private("mia")
    found = await app.use.show_renewals(leo)
    assert [row.service for row in found.rows] == ["Soon", "Later"]
    assert str(found.rows[1].price) == "12.50"
    mark = mark_of(found.rows[0])
    assert (await app.use.show_renewals.one(leo, mark)).service == "Soon"
    assert list((await app.use.show_renewals(mia)).rows) == []
    with pytest.raises(NotFound):
        await app.use.show_renewals.one(mia, mark)
    with pytest.raises(NotAllowed):
        await app.use.show_renewals(await app.private("ida"))
    app.configures(mask_clients=True)
    assert (await app.use.show_renewals(leo)).rows[0].client == "A***"


def test_the_nearest_number_of_days_is_told() -> None:
    ahead = (30, 7, 1)
    assert [reminder_of(ahead, left) for left in (31, 30, 8, 7, 2, 1, 0)] == [
        *(None, 30, 30, 7, 7, 1, 1),
    ]
    assert reminder_of((), 1) is None


def test_days_are_those_of_the_calendar() -> None:
    sofia = ZoneInfo("Europe/Sofia")
    now = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)  # 00:30 of the 28th there
    # The clock changes in between: the day ends when the wall says so.
    assert end_of_day(now, sofia, 1) == datetime(2026, 3, 29, 21, tzinfo=UTC)
    renewal = Renewal(
        enrolment_id=1,
        service_id="s",
        service="S",
        client_id=2,
        client="C",
        renews_at=datetime(2026, 3, 29, 20, 59, tzinfo=UTC),
    )
    assert renewal.days_left(now, sofia) == 1
    assert renewal.days_left(now, UTC) == 2
