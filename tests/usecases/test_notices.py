"""Delivering what is owed: leases, order within a chat, pauses that grow, giving up."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.entities.notice import STAFF_CHAT, Notice
from domain.usecases.notices.deliver import (
    BACK_OFF_MOST,
    BATCH_SIZE,
    LEASE_SECONDS,
    REFUSALS_MAX,
)
from tests.usecases.app import App


async def _owed(app: App, *names: str) -> None:
    """Owe a notice to each of these partners; somebody may be named again."""
    for name in dict.fromkeys(names):
        await app.joins(name)
    for number, name in enumerate(names):
        await app.client(f"client-{number}", by=name)


async def _claims(app: App) -> list[Notice]:
    return list(await app.use.claim_notices())


def _recipients(app: App, notices: list[Notice]) -> list[int]:
    return [notice.recipient for notice in notices]


async def _row(app: App, notice: Notice) -> dict[str, Any]:
    (row,) = await app.rows("notices", id=notice.id)
    return dict(row)


async def test_what_is_owed_is_leased_with_its_facts(app: App) -> None:
    await _owed(app, "leo")
    (notice,) = await _claims(app)
    assert (notice.recipient, notice.kind) == (app.id_of("leo"), "registration")
    assert notice.params["client"] == "Client-0"
    assert notice.created_at == app.now
    assert await _claims(app) == []
    await app.use.settle_notice.sent(notice)
    app.later(days=1)
    assert await _claims(app) == []
    assert (await _row(app, notice))["sent_at"] == app.now - timedelta(days=1)


async def test_one_chat_gets_its_messages_one_by_one_in_order(app: App) -> None:
    await _owed(app, "leo", "leo", "mia")
    first = await _claims(app)
    assert _recipients(app, first) == [app.id_of("leo"), app.id_of("mia")]
    assert await _claims(app) == []
    await app.use.settle_notice.sent(first[0])
    (second,) = await _claims(app)
    assert (second.recipient, second.params["client"]) == (app.id_of("leo"), "Client-1")


async def test_a_failure_holds_back_the_next_ones_of_the_same_chat_only(app: App) -> None:
    await _owed(app, "leo", "leo", "mia")
    leos, mias = await _claims(app)
    await app.use.settle_notice.failed(leos, "TelegramServerError")
    await app.use.settle_notice.sent(mias)
    assert await _claims(app) == []
    app.later(seconds=1)
    (again,) = await _claims(app)
    assert (again.id, again.attempts) == (leos.id, 1)
    assert (await _row(app, leos))["error"] == "TelegramServerError"


async def test_a_sender_that_dies_gives_its_messages_back(app: App) -> None:
    await _owed(app, "leo")
    (notice,) = await _claims(app)
    app.later(seconds=LEASE_SECONDS - 0.001)
    assert await _claims(app) == []
    app.later(seconds=0.001)
    (again,) = await _claims(app)
    assert (again.id, again.attempts) == (notice.id, 1)


async def test_an_outage_of_days_loses_nothing_and_pauses_end_growing(app: App) -> None:
    await _owed(app, "leo")
    begun, pauses = app.now, []
    while app.now < begun + timedelta(days=3):
        (notice,) = await _claims(app)
        await app.use.settle_notice.failed(notice, "TelegramNetworkError")
        row = await _row(app, notice)
        pauses.append(row["due_at"] - app.now)
        app.now = row["due_at"] - timedelta(microseconds=1)
        assert await _claims(app) == []
        app.now += timedelta(microseconds=1)
        if len(pauses) > 12:
            app.later(hours=6)
    assert [pause.total_seconds() for pause in pauses[:10]] == [2**number for number in range(10)]
    assert set(pauses[10:]) == {BACK_OFF_MOST}
    assert (await _row(app, notice))["dead_at"] is None


async def test_what_is_refused_for_half_a_day_is_given_up_with_its_reason(app: App) -> None:
    await _owed(app, "leo", "leo")
    begun = app.now
    for _ in range(REFUSALS_MAX + 1):
        (notice,) = await _claims(app)
        await app.use.settle_notice.refused(notice, "not enough rights")
        app.now = max((await _row(app, notice))["due_at"], app.now)
    row = await _row(app, notice)
    assert row["dead_at"] is not None
    assert row["error"] == "refused: not enough rights"
    assert timedelta(hours=8) < app.now - begun < timedelta(days=1)
    (following,) = await _claims(app)
    assert following.params["client"] == "Client-1"


async def test_an_outage_does_not_count_towards_refusals(app: App) -> None:
    await _owed(app, "leo")
    for _ in range(REFUSALS_MAX + 3):
        (notice,) = await _claims(app)
        await app.use.settle_notice.failed(notice, "TelegramServerError")
        app.now = (await _row(app, notice))["due_at"]
    (notice,) = await _claims(app)
    await app.use.settle_notice.refused(notice, "a glitch")
    row = await _row(app, notice)
    assert (row["dead_at"], row["attempts"], row["due_at"]) == (
        None,
        1,
        app.now + timedelta(seconds=1),
    )


async def _lost(app: App, count: int) -> None:
    """Let messages to the admin chat end without having come."""
    made = [
        Notice(
            id=app.around.new_id(), recipient=STAFF_CHAT, kind="event_parked", created_at=app.now
        )
        for _ in range(count)
    ]
    async with app.around.open_work() as work:
        await work.notices.add(made)
        for notice in made:
            await work.notices.dead(notice.id, at=app.now, error="refused: too long")
        await work.commit()


async def test_staff_see_what_their_chat_never_got_and_send_it_again(app: App) -> None:
    await _owed(app, "leo")
    await app.use.settle_notice.dead((await _claims(app))[0], "blocked")
    await _lost(app, 2)
    lost = await app.use.list_lost_notices(await app.owner())
    assert [(row.kind, row.error) for row in lost] == [("event_parked", "refused: too long")] * 2
    assert await app.use.settle_lost_notices(await app.owner(), again=True) == 2
    assert await app.use.list_lost_notices(await app.owner()) == []
    assert [(row.recipient, row.attempts) for row in await _claims(app)] == [(STAFF_CHAT, 0)]
    (row,) = await app.audited("notices_sent_again")
    assert (row["details"], row["actor"]) == ({"count": 2}, app.id_of("boss"))


async def test_what_is_put_away_is_neither_shown_nor_sent(app: App) -> None:
    await _lost(app, 1)
    assert await app.use.settle_lost_notices(await app.owner(), again=False) == 1
    assert await app.use.list_lost_notices(await app.owner()) == []
    assert await _claims(app) == []
    assert await app.use.settle_lost_notices(await app.owner(), again=True) == 0
    assert len(await app.audited("notices_put_away", "notices_sent_again")) == 1


async def test_what_telegram_asks_to_wait_is_waited_and_counts_for_nothing(app: App) -> None:
    await _owed(app, "leo")
    for _ in range(30):
        (notice,) = await _claims(app)
        await app.use.settle_notice.failed(notice, "flood", retry_after=30)
        app.later(seconds=29)
        assert await _claims(app) == []
        app.later(seconds=1)
    (notice,) = await _claims(app)
    await app.use.settle_notice.failed(notice, "TelegramServerError")
    row = await _row(app, notice)
    assert row["dead_at"] is None
    assert row["due_at"] == app.now + timedelta(seconds=1)


async def test_what_cannot_be_reached_is_given_up_at_once_and_the_next_one_comes(app: App) -> None:
    await _owed(app, "leo", "leo")
    (notice,) = await _claims(app)
    await app.use.settle_notice.dead(notice, "blocked")
    row = await _row(app, notice)
    assert (row["dead_at"], row["sent_at"], row["error"]) == (app.now, None, "blocked")
    (following,) = await _claims(app)
    assert following.params["client"] == "Client-1"


async def test_a_batch_is_limited(app: App) -> None:
    names = [f"partner-{number}" for number in range(BATCH_SIZE // 10)]
    await _owed(app, *names)
    await _many(app, BATCH_SIZE + 3 - len(names))
    first, second = await _claims(app), await _claims(app)
    assert (len(first), len(second)) == (BATCH_SIZE, 3)
    assert len({notice.id for notice in [*first, *second]}) == BATCH_SIZE + 3
    assert [notice.id for notice in first] == sorted(notice.id for notice in first)


async def _many(app: App, count: int) -> None:
    """Owe one notice to each of many chats."""
    made = [
        Notice(
            id=app.around.new_id(),
            recipient=10_000 + number,
            kind="registration",
            created_at=app.now,
        )
        for number in range(count)
    ]
    async with app.around.open_work() as work:
        await work.notices.add(made)
        await work.commit()


async def test_two_senders_at_once_never_take_the_same_message(app: App) -> None:
    await _many(app, 20)
    claimed = await asyncio.gather(*(_claims(app) for _ in range(4)))
    ids = [notice.id for notices in claimed for notice in notices]
    assert len(ids) == len(set(ids)) == 20


async def test_staff_have_a_queue_of_their_own_and_cards_are_remembered(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00")
    payout = await app.asks("leo", "60.00")
    notices = {notice.recipient: notice for notice in await _claims(app)}
    card = notices[STAFF_CHAT]
    assert (card.kind, card.params) == ("payout_requested", {"payout_id": payout.id})
    key = f"payout:{payout.id}"
    assert await app.use.read_recipient.card(key) is None
    await app.use.settle_notice.sent(card, card=(key, -1001, 77))
    assert await app.use.read_recipient.card(key) == (-1001, 77)
    await app.use.settle_notice.sent(card, card=(key, -1001, 78))
    assert await app.use.read_recipient.card(key) == (-1001, 78)


async def test_a_recipient_is_read_as_it_is_now(app: App) -> None:
    leo = await app.private("leo")
    await app.use.choose(leo, "uk")
    leo_id = app.id_of("leo")
    owed = [
        Notice(id=number, recipient=recipient, kind="tier_reached", created_at=app.now)
        for number, recipient in enumerate((leo_id, 42, STAFF_CHAT, leo_id))
    ]
    readers = await app.use.read_recipient.readers(owed)
    assert readers.keys() == {leo_id, 42}
    person = readers[leo_id].person
    assert person
    assert (person.language, person.name) == ("uk", "Leo")
    assert readers[42].person is None


@pytest.mark.parametrize("engines", ["postgresql"], indirect=True)
async def test_delivering_waits_for_no_writer_of_the_books(app: App) -> None:
    await _owed(app, "leo", "mia", "ida")
    async with app.around.open_work(), asyncio.timeout(20):
        first, second, third = await _claims(app)
        await app.use.settle_notice.sent(first)
        await app.use.settle_notice.failed(second, "TelegramServerError")
        await app.use.settle_notice.dead(third, "blocked")
    kept = {row["id"]: row for row in await app.rows("notices")}
    assert kept[first.id]["sent_at"] == app.now
    assert kept[second.id]["error"] == "TelegramServerError"
    assert (kept[third.id]["dead_at"], kept[third.id]["error"]) == (app.now, "blocked")
