"""Flood limits, which are off unless asked for."""

import pytest

from bot.simulator import MovableClock
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import Raw


async def burst(raw: Raw, chat_id: int, count: int, text: str = "x") -> list[int]:
    return [(await raw("sendMessage", chat_id=chat_id, text=text)).status for _ in range(count)]


async def test_off_by_default(raw: Raw, ann: PersonActor) -> None:
    assert set(await burst(raw, ann.id, 40)) == {200}


class TestOn:
    @pytest.fixture
    def settings(self) -> Json:
        return {"flood_limits": True}

    async def test_one_a_second_in_a_chat_with_a_burst(
        self, raw: Raw, ann: PersonActor, clock: MovableClock
    ) -> None:
        assert await burst(raw, ann.id, 6) == [200] * 5 + [429]
        refused = await raw("sendMessage", chat_id=ann.id, text="x")
        assert refused.description == "Too Many Requests: retry after 1"
        assert refused.headers["Retry-After"] == "1"
        clock.advance(1)
        assert await burst(raw, ann.id, 2) == [200, 429]

    async def test_long_texts_cost_more(self, raw: Raw, ann: PersonActor) -> None:
        assert await burst(raw, ann.id, 3, "x" * 501) == [200, 200, 429]

    async def test_twenty_a_minute_in_a_group(
        self, raw: Raw, group: GroupActor, clock: MovableClock
    ) -> None:
        for _ in range(20):
            assert await burst(raw, group.id, 1) == [200]
            clock.advance(1)
        refused = await raw("sendMessage", chat_id=group.id, text="x")
        assert refused.body["parameters"] == {"retry_after": 40}

    async def test_thirty_a_second_overall(self, raw: Raw, client: SimulatorClient) -> None:
        people = [await client.person(f"P{number}") for number in range(31)]
        statuses = []
        for person in people:
            await person.opens()
            statuses += await burst(raw, person.id, 1)
        assert statuses == [200] * 30 + [429]
