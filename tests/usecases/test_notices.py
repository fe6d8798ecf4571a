"""Delivering what is owed: leases, order within a chat, pauses that grow, giving up."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.entities.notice import STAFF_CHAT, Notice
from domain.usecases.notices.deliver import BATCH_SIZE, LEASE_SECONDS, RETRIES_MAX
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


async def test_pauses_double_and_after_the_last_one_it_is_given_up(app: App) -> None:
    await _owed(app, "leo")
    pauses = []
    for _ in range(RETRIES_MAX):
        (notice,) = await _claims(app)
        await app.use.settle_notice.failed(notice, "TelegramServerError")
        pause = (await _row(app, notice))["due_at"] - app.now
        pauses.append(int(pause.total_seconds()))
        app.now += pause - timedelta(microseconds=1)
        assert await _claims(app) == []
        app.now += timedelta(microseconds=1)
    assert pauses == [2**number for number in range(RETRIES_MAX)]
    (notice,) = await _claims(app)
    await app.use.settle_notice.failed(notice, "TelegramServerError")
    row = await _row(app, notice)
    assert (row["dead_at"], row["error"]) == (app.now, "TelegramServerError")
    app.later(days=1)
    assert await _claims(app) == []


async def test_what_telegram_asks_to_wait_is_waited_and_counts_for_nothing(app: App) -> None:
    await _owed(app, "leo")
    for _ in range(RETRIES_MAX + 3):
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
    person = await app.use.read_recipient.person(app.id_of("leo"))
    assert person
    assert (person.language, person.name) == ("uk", "Leo")
    assert await app.use.read_recipient.person(42) is None


@pytest.mark.parametrize("engines", ["postgresql"], indirect=True)
async def test_delivering_waits_for_no_writer_of_the_books(app: App) -> None:
    await _owed(app, "leo", "mia", "ida")
    async with app.around.open_work(), asyncio.timeout(20):
        first, second, third = await _claims(app)
        await app.use.settle_notice.sent(first)
        await app.use.settle_notice.failed(second, "TelegramServerError")
        await app.use.settle_notice.dead(third, "blocked")
