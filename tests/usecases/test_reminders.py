"""Reminders: each of one subject once in its period, whoever runs the job."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from domain.entities.partner import EnrolmentStatus
from domain.period import add_months
from domain.rights import MemberRole
from domain.usecases.payouts.decide import PayoutMove
from storage.tables import conversations
from tests.usecases.app import App


async def _told(app: App, name: str, kind: str) -> list[dict[str, Any]]:
    return [params for told, params in await app.told(name) if told == kind]


async def test_the_minimum_is_told_each_time_the_balance_comes_up_to_it(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    await app.earns("leo", "49.99")
    assert await app.use.owe_reminders() == 0
    await app.earns("leo", "0.01")
    assert await app.use.owe_reminders() == 1
    assert await _told(app, "leo", "minimum_reached") == [
        {"program": "saas-tiers", "minor": 5000, "currency": "USD", "minimum_minor": 5000}
    ]
    await app.earns("leo", "30.00")
    assert await app.use.owe_reminders() == 0
    # Down and up again between two runs is one more time.
    await app.asks("leo", "60.00")
    await app.earns("leo", "40.00")
    assert await app.use.owe_reminders() == 1
    assert await app.use.owe_reminders() == 0
    assert await _told(app, "ida", "minimum_reached") == []


async def test_what_came_up_and_went_down_again_is_not_told(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00")
    payout = await app.asks("leo", "60.00")
    assert await app.use.owe_reminders() == 0
    await app.presses("boss", payout, PayoutMove.REJECT)
    assert await app.use.owe_reminders() == 1


async def test_clients_whose_months_end_are_told_in_one_message_once(app: App) -> None:
    await app.joins("leo")
    await app.joins("mia")
    for number in range(12):
        await app.client(f"client-{number:02}", by="leo")
    await app.client("late", by="mia")
    app.later(days=3)
    await app.client("later", by="leo")
    app.now = add_months(app.now, 12) - timedelta(days=17, seconds=1)
    assert await app.use.owe_reminders() == 0
    app.later(seconds=1)
    assert await app.use.owe_reminders() == 2
    (params,) = await _told(app, "leo", "referrals_end")
    assert params["count"] == 12
    assert [client["client"] for client in params["clients"]] == [
        f"Client-{number:02}" for number in range(10)
    ]
    assert (await _told(app, "mia", "referrals_end"))[0]["count"] == 1
    assert await app.use.owe_reminders() == 0
    app.later(days=3)
    assert await app.use.owe_reminders() == 1
    assert (await _told(app, "leo", "referrals_end"))[1]["count"] == 1


async def test_deleted_clients_and_suspended_partners_are_passed_over(app: App) -> None:
    await app.joins("leo")
    await app.joins("mia")
    await app.client("gone", by="leo")
    await app.client("stays", by="mia")
    await app.reports("client.deleted", client_id="gone", deleted_at=app.now.isoformat())
    await app.sets_status("mia", EnrolmentStatus.SUSPENDED)
    app.now = add_months(app.now, 12) - timedelta(days=1)
    assert await app.use.owe_reminders() == 0


async def test_an_erased_client_is_erased_from_what_was_told_of_several(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.opens("ann", code)
    await app.consents("ann")
    await app.client("other", by="leo")
    app.now = add_months(app.now, 12) - timedelta(days=1)
    assert await app.use.owe_reminders() == 1
    await app.use.erase_own_data(await app.private("ann"))
    (params,) = await _told(app, "leo", "referrals_end")
    assert sorted(client["client"] for client in params["clients"]) == ["Other", "—"]


async def test_money_without_a_named_account_is_told_once_a_month(app: App) -> None:
    await app.joins("leo", account=False)
    assert await app.use.owe_reminders() == 0
    await app.earns("leo", "5.00")
    app.now = app.now.replace(hour=20)
    assert await app.use.owe_reminders() == 0  # it can wait for the day
    app.later(hours=13)
    assert await app.use.owe_reminders() == 1
    app.later(days=5)
    assert await app.use.owe_reminders() == 0
    app.later(days=31)
    assert await app.use.owe_reminders() == 1
    await app.use.name_vendor_account(await app.private("leo"), "crm-7")
    app.later(days=31)
    assert await app.use.owe_reminders() == 0


async def _leaves_form(app: App, name: str, chat: int | None = None) -> None:
    person = app.id_of(name)
    async with app.engines.writes.begin() as connection:
        await connection.execute(
            insert(conversations).values(
                key=f"1:{chat or person}:{person}",
                state="Withdrawal:account",
                data=b"",
                updated_at=app.now,
            )
        )


async def test_a_form_that_was_left_is_told_a_day_later_once(app: App) -> None:
    await _leaves_form(app, "leo")
    await _leaves_form(app, "olga", chat=-1001)
    app.later(hours=23)
    assert await app.use.owe_reminders() == 0
    app.later(hours=2)
    assert await app.use.owe_reminders() == 1
    assert await _told(app, "leo", "form_unfinished") == [{"state": "Withdrawal:account"}]
    assert await app.use.owe_reminders() == 0
    assert await _told(app, "olga", "form_unfinished") == []


async def test_replicas_at_once_remind_once(app: App) -> None:
    for number in range(8):
        await app.joins(f"partner-{number}", account=False)
        await app.earns(f"partner-{number}", "60.00")
    owed = await asyncio.gather(*(app.use.owe_reminders() for _ in range(3)))
    assert sum(owed) == 16
    assert len(await app.rows("notices", kind="minimum_reached")) == 8
    assert len(await app.rows("notices", kind="account_missing")) == 8
