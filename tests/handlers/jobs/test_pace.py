"""The bot writes as fast as Telegram allows it, in all, to a person and into a group."""

import time
from random import Random
from typing import Any, cast

import pytest
from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageText,
    SendChatAction,
    SendMessage,
    SendPhoto,
)

from bot.clock import utc_now
from handlers.jobs.answers import Answers
from handlers.jobs.pace import Pace
from handlers.jobs.turned import HANDLING_SINCE

GROUP, PERSON, OTHER = -1, 101, 102


def test_a_person_gets_a_few_at_once_and_then_one_a_second() -> None:
    now = [50.0]
    pace = Pace(29, lambda: now[0])
    assert [pace.in_chat(PERSON) for _ in range(5)] == [0, 0, 0, 1, 2]
    assert pace.in_chat(OTHER) == 0
    now[0] += 10
    assert [pace.in_chat(PERSON) for _ in range(4)] == [0, 0, 0, 1]


def test_a_group_gets_no_more_than_so_many_in_any_minute() -> None:
    now = [50.0]
    pace = Pace(29, lambda: now[0])
    sent = []
    for _ in range(3_000):
        if pace.in_group(GROUP) == 0:
            sent.append(now[0])
        now[0] += 0.1
    in_a_minute = [sum(0 <= at - since < 60 for at in sent) for since in sent]
    assert max(in_a_minute) == 20
    assert len(sent) == 100


def test_who_has_to_wait_is_told_how_long() -> None:
    now = [50.0]
    pace = Pace(29, lambda: now[0])
    assert pace.in_group(GROUP) == 0
    now[0] += 10
    assert {pace.in_group(GROUP) for _ in range(19)} == {0}
    assert pace.in_group(GROUP) == 50
    assert pace.in_group(OTHER) == 0
    now[0] += 50
    assert pace.in_group(GROUP) == 0


def test_a_simulator_has_no_limits_for_chats() -> None:
    pace = Pace(29, lambda: 0.0, has_chat_limits=False)
    assert {pace.in_group(GROUP) + pace.in_chat(PERSON) for _ in range(100)} == {0}


async def test_delays_are_made_up_and_no_second_has_more_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, chance, sent = [50.0], Random(7), list[float]()  # noqa: S311 - of delays

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr("handlers.jobs.pace.asyncio.sleep", sleep)
    pace = Pace(30, lambda: now[0])
    for number in range(3_000):
        await pace()
        sent.append(now[0])
        now[0] += chance.choice([0.0, 0.0, 0.0, 0.15]) if number % 40 else 0.2
    assert max(sum(0 <= at - since < 1 for at in sent[i:]) for i, since in enumerate(sent)) == 30
    assert len(sent) / (sent[-1] - sent[0]) > 20


async def test_a_steady_sender_loses_next_to_nothing_of_the_allowance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [50.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr("handlers.jobs.pace.asyncio.sleep", sleep)
    pace = Pace(30, lambda: now[0])
    for _ in range(3_000):
        await pace()
        now[0] += 0.002
    assert 0.975 < 3_000 / (now[0] - 50.0) / 30 <= 1


async def test_answers_wait_for_nobody_and_what_is_owed_leaves_room_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, chance, sent, owed = [50.0], Random(7), list[float](), list[float]()  # noqa: S311
    next_answer = [50.0]

    def answer_until(at: float) -> None:
        while next_answer[0] <= at:
            now[0] = max(now[0], next_answer[0])
            pace.answered()
            sent.append(next_answer[0])
            next_answer[0] += chance.choice([0.02, 0.1, 0.18])  # Ten a second.

    async def sleep(seconds: float) -> None:
        answer_until(now[0] + seconds)
        now[0] = max(now[0], sent[-1]) if sent[-1] > now[0] + seconds else now[0] + seconds

    monkeypatch.setattr("handlers.jobs.pace.asyncio.sleep", sleep)
    pace = Pace(30, lambda: now[0])
    for _ in range(1_000):
        await pace()
        sent.append(now[0])
        owed.append(now[0])
        answer_until(now[0] + 0.002)
        now[0] += 0.002
    sent.sort()
    in_a_second = [
        sum(0 <= at - since < 1 for at in sent[i : i + 50]) for i, since in enumerate(sent)
    ]
    # An answer may come right after the turn that was given: those few are above.
    assert max(in_a_second) <= 34
    assert sum(many > 30 for many in in_a_second) < len(sent) / 5
    assert 18 < len(owed) / (owed[-1] - owed[0]) < 21


async def test_what_is_owed_goes_on_however_many_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [50.0]
    pace = Pace(30, lambda: now[0])

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        for _ in range(int(seconds * 100) + 1):
            pace.answered()

    monkeypatch.setattr("handlers.jobs.pace.asyncio.sleep", sleep)
    for _ in range(100):
        await pace()
        for _ in range(30):
            pace.answered()
    assert 1.9 < 100 / (now[0] - 50.0) < 2.3


async def test_only_new_messages_that_answer_somebody_are_counted() -> None:
    pace = Pace(30, lambda: 50.0)
    counted: list[int] = []
    pace.answered = lambda: counted.append(1)  # type: ignore[method-assign]
    answers = Answers(pace)

    async def make_request(_bot: Any, _method: Any) -> Any:  # noqa: ANN401 - aiogram's own
        return None

    calls = [
        SendMessage(chat_id=1, text="hello"),
        SendPhoto(chat_id=1, photo="file"),
        SendChatAction(chat_id=1, action="typing"),
        EditMessageText(chat_id=1, message_id=1, text="hello"),
        AnswerCallbackQuery(callback_query_id="1"),
    ]
    for call in calls:
        await answers(make_request, cast("Bot", None), call)
    assert counted == []
    token = HANDLING_SINCE.set(utc_now())
    for call in calls:
        await answers(make_request, cast("Bot", None), call)
    HANDLING_SINCE.reset(token)
    assert len(counted) == 2


async def test_all_together_go_at_an_even_rate() -> None:
    pace = Pace(100, time.monotonic, burst=5)
    began = time.monotonic()
    for _ in range(25):
        await pace()
    assert time.monotonic() - began >= 0.19
