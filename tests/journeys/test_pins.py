"""Clients named in advance, as partners, clients and staff press their way through them."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.simulator.actors import PersonActor
from domain.entities.pin import PinStatus
from domain.usecases.events.record import ReportedEvent
from storage.tables import pins
from tests.domain.builders import TEXTS
from tests.journeys.world import JourneyWorld, start_world

PROGRAM = (
    """
[program]
key = "widgets"
currency = "USD"
[commission]
rates = [{ rate = "40%" }]
[payout]
minimum = "10.00"
[pinning]
per_day = 9
after_silence = "commission_only"
account_format = "[a-z0-9-]{2,20}"
account_example = "acme-1"
[entitlements]
free_products = true
"""
    + TEXTS
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    path = tmp_path / "widgets.toml"
    path.write_text(PROGRAM)
    async with start_world(tmp_path, programs=(str(path),)) as started:
        yield started


async def report(world: JourneyWorld, kind: str, event_id: str, /, **data: object) -> None:
    event = ReportedEvent(id=event_id, kind=kind, data=data)
    results = await world.product.use_cases.record_events([[event]])
    assert results[0][0].status == "applied", results


async def known(world: JourneyWorld, client: str, account: str, **more: object) -> None:
    await report(
        world,
        "client.registered",
        f"reg-{client}",
        client_id=client,
        name=client.title(),
        registered_at="2026-03-01T10:00:00Z",
        account={"account_id": account, "name": account},
        **more,
    )


async def kept(world: JourneyWorld) -> list[tuple[str, PinStatus]]:
    """Return what was committed, read anew."""
    async with world.product.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(pins.c.account_id, pins.c.status).order_by(pins.c.id)
        )
        return [(row.account_id, row.status) for row in rows]


async def test_a_partner_names_a_new_client(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/menu")
    await ann.presses("🗂 Clients")
    await ann.presses("📌 Named clients")
    await ann.sees("You have named nobody yet")
    await ann.presses("📌 Name a client")
    await ann.sees("before you install anything")
    await ann.sends("two words")
    await ann.sees("An account ID looks like this: acme-1")
    await world.restart()
    await ann.sends("acme-1")
    card = await ann.sees("pinned and protected")
    assert "not registered yet" in card["text"]
    assert await kept(world) == [("acme-1", PinStatus.ACTIVE)]
    await known(world, "c-1", "acme-1")
    service = {"account_id": "acme-1", "service_id": "s", "category": "w", "name": "W"}
    at = "2026-03-02T10:00:00Z"
    await report(world, "service.activated", "s-1", client_id="c-1", at=at, **service)
    await ann.sees("products are free in your own account")
    await world.owner.sends("/pay c-1 100 USD", chat=world.staff)
    await ann.sees("You earned 40.00 USD")
    await ann.sends("/profile")
    await ann.sees("It holds while you have an active client; you have 1.")
    await report(world, "service.cancelled", "s-2", client_id="c-1", at=at, **service)
    await ann.sees("Your last active client has left")
    await world.books_balance()


async def test_a_mistyped_account_is_released_and_listed(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/pin acme-1")
    await ann.sees("pinned and protected")
    await known(world, "c-1", "acme-1")
    await world.owner.sends("/pay c-1 100 USD", chat=world.staff)
    await ann.sees("You earned 40.00 USD")
    await ann.sends("/pin acne-1")
    await ann.sees("pinned and protected")
    await ann.presses("🔓 Release the client")
    await ann.sees("another partner can name it")
    await ann.presses("🔓 Yes, release")
    await ann.sees("you released it")
    await ann.presses("📌 Named clients")
    listed = await ann.sees("Clients named in advance")
    assert listed["text"].index("acne-1") < listed["text"].index("acme-1")
    await ann.presses("2")
    await ann.sees("registered with the vendor, pays")
    assert await kept(world) == [
        ("acme-1", PinStatus.ACTIVE),
        ("acne-1", PinStatus.ENDED),
    ]
    await world.books_balance()


async def test_a_known_client_confirms_and_later_works_with_the_vendor_directly(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    carla = await world.sim.person("Carla", language_code="en")
    await known(world, "c-1", "acme-1", phone="+380 67 111 22 33")
    await ann.sends("/pin acme-1")
    card = await ann.sees("waits for the client")
    assert "shares the phone number" in card["text"]
    assert "C-1" not in card["text"]
    link = next(
        button["copy_text"]
        for row in card["inline_keyboard"]
        for button in row
        if "copy_text" in button
    )
    payload = link.partition("start=")[2]
    await carla.opens("p_nonsense")
    await carla.sees("This request is over")
    await carla.opens(payload)
    asked = await carla.sees("says that it looks after your account acme-1")
    assert "earns a share of what you pay" in asked["text"]
    await carla.presses("✅ Yes, I confirm")
    await carla.sees("show that you are the client")
    await world.restart()
    await carla.shares_contact(phone="+380671112233", of=ann)
    await carla.sees("somebody else’s contact")
    await carla.shares_contact()
    await carla.sees("Only the client itself can answer this")
    await carla.changes(phone="+380671112233")
    await carla.shares_contact()
    await carla.sees("Confirmed. Thank you!")
    await ann.sees("it is yours now, and protected")
    assert await kept(world) == [("acme-1", PinStatus.ACTIVE)]
    await world.owner.sends("/client c-1", chat=world.staff)
    await world.owner.sees("Sales must not contact this client", chat=world.staff)
    await _goes_direct(carla)
    told = await ann.sees("is no longer protected")
    assert "The client stays yours" in told["text"]
    assert await kept(world) == [("acme-1", PinStatus.ENDED)]


async def _goes_direct(carla: PersonActor) -> None:
    await carla.sends("/my")
    await carla.sees("looks after you")
    await carla.presses("🏢 Work with the vendor directly")
    await carla.presses("🏢 Yes, directly")
    await carla.sees("the vendor may contact you directly")
    await carla.sends("/direct")
    await carla.sees("may contact you directly already")


async def test_a_refusal_is_disputed_and_pinned_after_the_fact(world: JourneyWorld) -> None:
    ann, bob = await world.partner("Ann"), await world.partner("Bob")
    owner, staff = world.owner, world.staff
    await bob.sends("/pin acme-1")
    await bob.sees("pinned and protected")
    await known(world, "c-1", "acme-1")
    await owner.sends("/pay c-1 100 USD", chat=staff)
    await bob.sees("You earned 40.00 USD")
    await ann.sends("/pin acme-1")
    refused = await ann.sees("the client is pinned to another partner")
    assert "Bob" not in refused["text"]
    await ann.presses("📨 Dispute this")
    await ann.sees("is with the vendor’s staff")
    card = await owner.sees("Account acme-1, named in advance", chat=staff)
    assert "has the client now" in card["text"]
    assert "It was refused: " in card["text"]
    await owner.presses("✅ Accept", chat=staff)
    await owner.presses("contact with the client is proven", chat=staff)
    question = await owner.sees("what should the person who asked be told", chat=staff)
    await owner.replies(question, "The letter is older", chat=staff)
    text = (await owner.sees("🟢 accepted", chat=staff))["text"]
    assert not re.search("It was refused|An acceptance pins", text)
    await ann.sees("is your client from now on")
    await bob.sees("moved your client C-1 away")
    assert await kept(world) == [("acme-1", PinStatus.ENDED), ("acme-1", PinStatus.ACTIVE)]
    code = await world.code_of(ann)
    await owner.sends(f"/adjust {code} 40 wrong refusal", chat=staff)
    await owner.presses("✅", chat=staff)
    await ann.sees("40.00 USD")
    await owner.sends("/client c-1", chat=staff)
    await owner.presses("🔓 End the protection", chat=staff)
    await owner.sees("Do it when the client asked", chat=staff)
    await owner.presses("🔓 Yes, end it", chat=staff)
    await ann.sees("ended it at the client’s wish")
    assert [status for _, status in await kept(world)] == [PinStatus.ENDED, PinStatus.ENDED]
    await world.books_balance()


async def test_a_client_known_by_telegram_is_asked_in_the_bot_and_says_no(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    carla = await world.sim.person("Carla", language_code="en")
    await carla.opens()
    await carla.sees("Hello, Carla")
    await known(world, "c-1", "acme-1", telegram_id=carla.id)
    await ann.sends("/pin acme-1")
    await ann.sees("I have asked it here in Telegram")
    await carla.sees("says that it looks after your account acme-1")
    await carla.presses("❌ No")
    await carla.sees("Your answer is kept")
    told = await ann.sees("is not pinned")
    assert "the client said no" in told["text"]
    await ann.presses("📌 Open the client")
    await ann.sees("🔴 refused")
    assert await kept(world) == [("acme-1", PinStatus.REFUSED)]


async def test_staff_hand_a_request_on_where_nothing_is_known_of_the_client(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    owner, staff = world.owner, world.staff
    carla = await world.sim.person("Carla", language_code="en")
    await known(world, "c-1", "acme-1")
    await ann.sends("/pin acme-1")
    card = await ann.sees("The vendor hands the request on")
    assert not any("copy_text" in b for row in card["inline_keyboard"] for b in row)
    await owner.sends("/client c-1", chat=staff)
    await owner.presses("🔗 Link for the client to confirm", chat=staff)
    shown = await owner.sees("who opens it answers for it", chat=staff)
    payload = shown["text"].partition("start=")[2].strip()
    await ann.opens(payload)
    await ann.presses("✅ Yes, I confirm")
    await ann.sees("Only the client itself can answer this")
    await carla.opens(payload)
    await carla.presses("✅ Yes, I confirm")
    await carla.sees("Confirmed. Thank you!")
    assert await kept(world) == [("acme-1", PinStatus.ACTIVE)]


async def test_a_program_without_pinning_says_so(tmp_path: Path) -> None:
    async with start_world(tmp_path) as world:
        ann = await world.partner("Ann")
        await ann.sends("/clients")
        await ann.sees("clients are not named in advance")
        await ann.sends("/pin acme-1")
        await ann.sees("")
        assert await world.count(pins) == 0
