"""Clients, their ids, accounts, clicks and referrals as they are stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.entities.client import ClickSource, ClientAccount, NotAttributed
from domain.entities.stats import StatsDelta, StatsKey, StatsTotal
from storage.work import SqlOpenWork
from tests.storage.records import NOW, add_client, add_partner, click, client, referral

FULL = client(
    1,
    name="ТОВ «Ромашка» \u202e<script>",
    deleted_at=NOW + timedelta(days=400),
    reason=NotAttributed.CLICK_NOT_SEEN,
    pending_click_id="click-1",
    made_in_bot=True,
    telegram_id=2**51,
    visitor_id="visitor-1",
    email="zoe@example.com",
    phone="+380 (50) 123-45-67",
    owner_account_id="acc-9",
    legal_form="legal_entity",
    tax_id="12345678",
    platform="web",
    department="sales",
)


async def test_a_client_comes_back_as_it_was_kept(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.clients.add([FULL, client(2)])
        assert await work.clients.by_ids([1]) == [FULL]
        assert await work.clients.by_ids([]) == []
        changed = [replace(FULL, pending_click_id=None, phone="+1 2"), client(2, name="Ann")]
        await work.clients.update(changed)
        found = await work.clients.by_ids([1, 2, 404])
        assert {row.id: row for row in found} == {row.id: row for row in changed}


async def test_instants_keep_microseconds_and_lose_their_zone(open_work: SqlOpenWork) -> None:
    far = [
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2999, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    ]
    async with open_work() as work:
        await work.clients.add(
            [client(number, registered_at=at) for number, at in enumerate(far, 1)]
        )
        found = await work.clients.by_ids([1, 2])
        assert sorted(row.registered_at for row in found) == far
        with pytest.raises(Exception, match="time zone"):
            await work.clients.add([client(3, registered_at=datetime(2026, 1, 1))])  # noqa: DTZ001


async def test_clients_are_found_by_every_id(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.clients.add([FULL, client(2, phone="+380501234567", telegram_id=7)])
        await work.clients.add_ids({"crm-1": 1, "bot-xyz": 1, "crm-2": 2})
        assert await work.clients.ids(["crm-1", "bot-xyz", "nobody"]) == {"crm-1": 1, "bot-xyz": 1}
        assert sorted(await work.clients.ids_of(1)) == ["bot-xyz", "crm-1"]
        assert await work.clients.ids_of(404) == []
        assert [row.id for row in await work.clients.by_telegram_ids([7, 8])] == [2]
        assert [row.id for row in await work.clients.pending(["click-1", "x"])] == [1]
        by_phone = await work.clients.by_phones(["380501234567"])
        assert sorted(row.id for row in by_phone) == [1, 2]
        assert [row.id for row in await work.clients.made_in_bot([2**51], [])] == [1]
        assert [row.id for row in await work.clients.made_in_bot([], ["380501234567"])] == [1]
        assert await work.clients.made_in_bot([7], []) == []
        assert await work.clients.made_in_bot([], []) == []


async def test_an_id_belongs_to_one_client(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await add_client(work, 1)
        await work.clients.add([client(2)])
        with pytest.raises(IntegrityError):
            await work.clients.add_ids({"client-1": 2})


async def test_accounts_of_a_client(open_work: SqlOpenWork) -> None:
    account = ClientAccount(account_id="site-1", client_id=1, name="Сайт", created_at=NOW)
    async with open_work() as work:
        await add_client(work, 1)
        await work.clients.add_accounts([account])
        await work.clients.add_accounts([])
        assert await work.clients.accounts(["site-1", "site-2"]) == [account]


async def test_referrals_are_kept_and_changed(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    nobodys = referral(
        2,
        client_id=1,
        program="flat",
        enrolment_id=None,
        reason=NotAttributed.OUTSIDE_WINDOW,
        code=None,
        first_click_at=None,
        earns_until=NOW + timedelta(days=365),
    )
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_client(work, 1)
        await work.clients.add_referrals([referral(1), nobodys])
        found = await work.clients.referrals([1, 2])
        assert {row.id: row for row in found} == {1: referral(1), 2: nobodys}
        changed = replace(nobodys, enrolment_id=1, reason=None, code="code1", live_payments=3)
        await work.clients.update_referrals([changed])
        found = await work.clients.referrals([1])
        assert {row.id: row for row in found} == {1: referral(1), 2: changed}
        with pytest.raises(IntegrityError):
            await work.clients.add_referrals([referral(3, client_id=1)])


async def test_clicks_are_found_by_any_id_of_the_visitor(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    rows = [
        click(1, click_id="click-1"),
        click(2, visitor_id="visitor-1"),
        click(3, person_id=101, source=ClickSource.START),
        click(4, source=ClickSource.REDIRECT),
    ]
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await work.clicks.add(rows)

        async def known(**ids: list[object]) -> list[int]:
            wanted = {"click_ids": [], "visitor_ids": [], "person_ids": []} | ids
            return sorted(row.id for row in await work.clicks.known(**wanted))

        assert await known() == []
        assert await known(click_ids=["click-1", "x"]) == [1]
        assert await known(click_ids=["x"], visitor_ids=["visitor-1"], person_ids=[101]) == [2, 3]
        assert await work.clicks.known(click_ids=["click-1"], visitor_ids=[], person_ids=[]) == [
            rows[0]
        ]
        await work.clicks.forget_person(101)
        assert await known(person_ids=[101]) == []
        with pytest.raises(IntegrityError):
            await work.clicks.add([click(9, click_id="click-1")])


async def test_days_add_up(open_work: SqlOpenWork, new_id: Callable[[], int]) -> None:
    monday = StatsKey(1, "code1", NOW.date())
    tuesday = StatsKey(1, "", NOW.date() + timedelta(days=1))
    others = StatsKey(2, "code2", NOW.date())
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_partner(work, 2, new_id)
        assert await work.reports.totals(1) == StatsTotal()
        await work.stats.add({})
        await work.stats.add(
            {
                tuesday: StatsDelta(payments=1, payments_minor=10**15, commissions_minor=5),
                monday: StatsDelta(clicks=2, starts=1, registrations=1),
                others: StatsDelta(clicks=100),
            }
        )
        await work.stats.add({monday: StatsDelta(clicks=1, registrations=-1)})
        await work.stats.add({tuesday: StatsDelta(payments_minor=1, clawed_back_minor=-7)})
        assert await work.reports.totals(1) == StatsTotal(
            clicks=3,
            starts=1,
            registrations=0,
            payments=1,
            payments_minor=10**15 + 1,
            commissions_minor=5,
            clawed_back_minor=-7,
        )
