"""Gathering: shared sets in the order of arrival, each request with its own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from domain.usecases.events.record import Answer, ReportedEvent, Result
from handlers.http import gather
from handlers.http.errors import Refused
from handlers.http.gather import Gather


def batch(*ids: str) -> list[ReportedEvent]:
    return [ReportedEvent(id=name, kind="client.deleted", data={}) for name in ids]


class Recorder:
    """Records sets, one at a time, with a pause in which others come to wait."""

    def __init__(self, poison: dict[str, Exception] | None = None) -> None:
        self.sets: list[list[list[str]]] = []
        self.poison = poison or {}
        self.at_work = 0
        self.free = asyncio.Event()
        self.free.set()

    async def __call__(self, batches: Sequence[Sequence[ReportedEvent]]) -> list[list[Result]]:
        assert not self.at_work, "two sets at once"
        self.at_work += 1
        names = [[event.id for event in events] for events in batches]
        self.sets.append(names)
        try:
            await asyncio.sleep(0.001)
            await self.free.wait()
            for events in names:
                for name in events:
                    if name in self.poison:
                        raise self.poison[name]
            return [[Answer(id=name, status="applied") for name in events] for events in names]
        finally:
            self.at_work -= 1


def ids(results: Sequence[Result]) -> list[str]:
    return [result.id for result in results]


async def test_those_who_wait_share_the_next_set_in_order() -> None:
    recorder = Recorder()
    recorder.free.clear()
    sizes: list[int] = []
    shared = Gather(recorder, on_set=sizes.append)
    first = asyncio.create_task(shared(batch("first")))
    await asyncio.sleep(0.01)
    others = [asyncio.create_task(shared(batch(f"n{n}", f"m{n}"))) for n in range(40)]
    await asyncio.sleep(0.01)
    recorder.free.set()
    assert ids(await first) == ["first"]
    for n, task in enumerate(others):
        assert ids(await task) == [f"n{n}", f"m{n}"]
    assert recorder.sets == [[["first"]], [[f"n{n}", f"m{n}"] for n in range(40)]]
    assert sizes == [1, 80]


async def test_a_set_has_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "SET_EVENTS_MAX", 10)
    recorder = Recorder()
    shared = Gather(recorder)
    many = [batch(*(f"{n}-{m}" for m in range(4))) for n in range(7)]
    big = batch(*(f"big-{m}" for m in range(25)))
    answers = await asyncio.gather(*(shared(events) for events in [*many, big]))
    assert [ids(own) for own in answers] == [[e.id for e in events] for events in [*many, big]]
    sizes = [sum(map(len, events)) for events in recorder.sets]
    assert sizes == [8, 8, 8, 4, 25]


async def test_everybody_gets_an_answer_under_load() -> None:
    recorder = Recorder({f"{n}": ValueError(str(n)) for n in range(0, 500, 50)})
    shared = Gather(recorder)

    async def come(number: int) -> object:
        await asyncio.sleep((number % 17) / 1_000)
        try:
            return ids(await shared(batch(str(number))))
        except ValueError as error:
            return error.args[0]

    answers = await asyncio.gather(*(come(n) for n in range(500)))
    assert answers == [str(n) if n % 50 == 0 else [str(n)] for n in range(500)]


async def test_an_unexpected_failure_is_found_by_trying_each_alone() -> None:
    recorder = Recorder({"bad": RuntimeError("a bug")})
    shared = Gather(recorder, outages=(OSError,))
    names = ["a", "b", "bad", "c"]
    answers = await asyncio.gather(*(shared(batch(n)) for n in names), return_exceptions=True)
    assert [type(answer) for answer in answers] == [list, list, RuntimeError, list]
    assert recorder.sets == [[["a"], ["b"], ["bad"], ["c"]], [["a"]], [["b"]], [["bad"]], [["c"]]]


async def test_an_outage_is_told_to_all_soon() -> None:
    recorder = Recorder({name: OSError("away") for name in "abcdef"})
    shared = Gather(recorder, outages=(OSError,))
    answers = await asyncio.gather(*(shared(batch(n)) for n in "abcdef"), return_exceptions=True)
    assert [type(answer) for answer in answers] == [OSError] * 6
    assert len(recorder.sets) == 3
    assert ids(await shared(batch("g"))) == ["g"]


async def test_what_looks_like_an_outage_may_be_one_bad_event() -> None:
    recorder = Recorder({"b": OSError("bad"), "d": OSError("bad")})
    shared = Gather(recorder, outages=(OSError,))
    answers = await asyncio.gather(*(shared(batch(n)) for n in "abcde"), return_exceptions=True)
    assert [type(answer) for answer in answers] == [list, OSError, list, OSError, list]


async def test_a_leader_that_is_cancelled_gives_back_what_it_took() -> None:
    recorder = Recorder()
    recorder.free.clear()
    shared = Gather(recorder)
    tasks = [asyncio.create_task(shared(batch(n))) for n in ("leader", "b", "c")]
    await asyncio.sleep(0.01)
    tasks[0].cancel()
    await asyncio.sleep(0.01)
    recorder.free.set()
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
    assert [ids(await task) for task in tasks[1:]] == [["b"], ["c"]]
    assert recorder.sets[-1] == [["b"], ["c"]]
    assert ids(await shared(batch("d"))) == ["d"]


async def test_whoever_leaves_while_waiting_is_left_out() -> None:
    recorder = Recorder()
    recorder.free.clear()
    shared = Gather(recorder)
    first = asyncio.create_task(shared(batch("first")))
    await asyncio.sleep(0.01)
    waiting = [asyncio.create_task(shared(batch(n))) for n in ("a", "b", "c")]
    await asyncio.sleep(0.01)
    waiting[0].cancel()
    waiting[1].cancel()
    await asyncio.sleep(0)
    recorder.free.set()
    await first
    assert ids(await waiting[2]) == ["c"]
    assert recorder.sets == [[["first"]], [["c"]]]


async def test_a_new_leader_that_leaves_at_once_hands_over() -> None:
    recorder = Recorder()
    recorder.free.clear()
    shared = Gather(recorder)
    first = asyncio.create_task(shared(batch("first")))
    await asyncio.sleep(0.01)
    heir, other = (asyncio.create_task(shared(batch(n))) for n in ("heir", "other"))
    await asyncio.sleep(0.01)
    recorder.free.set()
    await first
    heir.cancel()
    assert ids(await other) == ["other"]
    assert ids(await shared(batch("last"))) == ["last"]


async def test_random_cancellations_leave_nobody_behind() -> None:
    recorder = Recorder()
    shared = Gather(recorder)
    tasks = [asyncio.create_task(shared(batch(str(n)))) for n in range(300)]
    for n in range(0, 300, 3):
        await asyncio.sleep(0)
        tasks[n].cancel()
    answers = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
    for n, answer in enumerate(answers):
        if isinstance(answer, list):
            assert ids(answer) == [str(n)]
        else:
            assert isinstance(answer, asyncio.CancelledError)
            assert n % 3 == 0
    assert ids(await shared(batch("last"))) == ["last"]
    assert shared._waiting_events == 0


async def test_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "WAITING_EVENTS_MAX", 5)
    recorder = Recorder()
    recorder.free.clear()
    shared = Gather(recorder)
    tasks = [asyncio.create_task(shared(batch(str(n)))) for n in range(6)]
    await asyncio.sleep(0.01)
    more = [asyncio.create_task(shared(batch(f"x{n}"))) for n in range(6)]
    await asyncio.sleep(0.01)
    with pytest.raises(Refused) as refused:
        await shared(batch("late"))
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (503, "1")
    recorder.free.set()
    answers = await asyncio.gather(*tasks, *more, return_exceptions=True)
    assert sum(isinstance(answer, Refused) for answer in answers) == 2
