"""A running simulator, a raw caller of its Bot API, an aiogram bot and people."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.simulator import MovableClock, Settings, Simulator
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.simulator.wire import Json
from tests.simulator.support import TOKEN, PngMaker, Raw, Updates, png


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def settings() -> Json:
    """What a test module overrides of the settings."""
    return {}


@pytest.fixture
async def sim(clock: MovableClock, settings: Json) -> AsyncIterator[Simulator]:
    chosen = {
        "clock": clock,
        "repeat_poll_seconds": 0.0,
        "repeat_poll_burst_seconds": 0.0,
        "webhook_change_seconds": 0.0,
    }
    simulator = Simulator(token=TOKEN, settings=Settings(**{**chosen, **settings}))
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
async def raw(sim: Simulator) -> AsyncIterator[Raw]:
    caller = Raw(sim.url)
    yield caller
    await caller.session.close()


@pytest.fixture
async def client(sim: Simulator) -> AsyncIterator[SimulatorClient]:
    async with SimulatorClient(sim.url) as opened:
        yield opened


@pytest.fixture
async def tg(sim: Simulator) -> AsyncIterator[Bot]:
    """An aiogram bot: every result is validated by aiogram's types."""
    bot = Bot(
        TOKEN,
        session=AiohttpSession(api=TelegramAPIServer.from_base(sim.url)),
        default=DefaultBotProperties(parse_mode="HTML"),
    )
    yield bot
    await bot.session.close()


@pytest.fixture
async def ann(client: SimulatorClient) -> PersonActor:
    """Somebody who has pressed Start."""
    person = await client.person("Ann", last_name="Lee", username="ann_lee")
    await person.opens()
    return person


@pytest.fixture
async def bob(client: SimulatorClient) -> PersonActor:
    """Somebody who never wrote to the bot."""
    return await client.person("Bob", language_code="ru")


@pytest.fixture
async def group(client: SimulatorClient, ann: PersonActor, bob: PersonActor) -> GroupActor:
    """A basic group in which the bot is a plain member."""
    return await client.group("Staff", members=[ann, bob])


@pytest.fixture
async def forum(client: SimulatorClient, ann: PersonActor, bob: PersonActor) -> GroupActor:
    """A forum whose topics the bot may manage."""
    rights = ["can_manage_topics", "can_pin_messages", "can_delete_messages", "can_invite_users"]
    return await client.group("Desk", members=[ann, bob], is_forum=True, bot_rights=rights)


@pytest.fixture
def updates(raw: Raw) -> Updates:
    """Takes and confirms everything that waits."""

    async def take() -> list[Json]:
        found = (await raw("getUpdates", timeout=0)).result
        if found:
            await raw("getUpdates", offset=found[-1]["update_id"] + 1, timeout=0)
        return found

    return take


@pytest.fixture(name="png")
def png_maker() -> PngMaker:
    return png
