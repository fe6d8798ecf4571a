"""A partner in several programs: joining each, switching between them, and what is named where."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.actors import PersonActor
from domain.errors import NotFound
from domain.rights import MemberRole
from tests.journeys.world import JourneyWorld, start_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    async with start_world(tmp_path, programs=("saas-tiers", "hosting-matrix")) as started:
        yield started


async def joins(world: JourneyWorld, person: PersonActor, title: str) -> str:
    """Join a program and return its code."""
    await person.sends("/join")
    await person.sees("Programs")
    await person.presses(title)
    await person.presses("Activate")
    await person.sees("Your link")
    return await world.code_of(person)


async def partner(world: JourneyWorld, name: str) -> PersonActor:
    """Make a person a partner in the first program."""
    person = await world.sim.person(name, language_code="en")
    await person.opens()
    await joins(world, person, "Referral program")
    return person


async def test_each_program_has_its_own_link_tier_and_balance(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    first = await joins(world, ann, "Referral program")
    await ann.sends("crm-ann")
    await ann.sees("👍")
    second = await joins(world, ann, "Hosting partner program")
    assert first != second

    await ann.sends("/balance")
    shown = await ann.sees("Payable")
    assert "📁 Hosting partner program" in shown["text"]
    assert "0.00 EUR" in shown["text"]
    await ann.sends("/tier")
    shown = await ann.sees("You have no tier yet")
    assert "0 clients with active services" in shown["text"]
    assert "3 more clients with active services to the tier Bronze" in shown["text"]
    for line in ("▫️ Gold: from 11 clients", "Cloud VPS — 15%", "Dedicated servers — 12%"):
        assert line in shown["text"]
    await ann.sends("/menu")
    await ann.presses("My programs")
    marked = await ann.sees("My programs")
    names = [button["text"] for row in marked["inline_keyboard"] for button in row]
    assert names[:2] == ["Referral program", "▶️ Hosting partner program"]
    await ann.presses("Referral program")
    menu = await ann.sees("What would you like to see?")
    assert "📁 Referral program" in menu["text"]
    await ann.sends("/balance")
    assert "0.00 USD" in (await ann.sees("📁 Referral program"))["text"]
    assert await world.code_of(ann) == first


async def test_money_of_one_program_is_not_touched_by_a_form_of_the_other(
    world: JourneyWorld,
) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await joins(world, ann, "Referral program")
    await ann.sends("crm-ann")
    await ann.sees("👍")
    await world.earns(ann, "600.00")
    await ann.sees("📁 Referral program")
    await ann.sends("/withdraw 50")
    await ann.sees("Where")
    await ann.sends("DE89 3704 0044 0532 0130 00, Ann")
    question = await ann.sees("Please check")
    await joins(world, ann, "Hosting partner program")
    await ann.presses("Confirm", message_id=question["message_id"])
    await ann.sees("This form is closed")
    use, caller = world.product.use_cases, await world.caller(ann)
    assert (await use.show_balance(caller, "saas-tiers")).sheet.reserved == 0
    assert (await use.show_balance(caller, "hosting-matrix")).sheet.reserved == 0
    await world.books_balance()


async def test_a_member_of_two_partners_sees_whose_place_it_is(world: JourneyWorld) -> None:
    ann, ben = await partner(world, "Ann"), await partner(world, "Ben")
    host = (await world.caller(ann)).membership
    assert host is not None
    async with world.product.open_work(books=False) as work:
        await work.partners.add_member(
            host.partner_id, ben.id, MemberRole.ADMIN, world.product.clock()
        )
        await work.commit()
    await ben.sends("/programs")
    own = await ben.sees("My programs")
    names = [button["text"] for row in own["inline_keyboard"] for button in row]
    assert names[:2] == ["Referral program — Ann", "▶️ Referral program — Ben"]
    await ben.presses("Referral program — Ann")
    await ben.sees("📁 Referral program — Ann")
    assert await world.code_of(ben) == await world.code_of(ann)


async def test_a_switch_to_an_enrolment_of_others_is_refused(world: JourneyWorld) -> None:
    ann, ben = await partner(world, "Ann"), await partner(world, "Ben")
    async with world.product.open_work.read() as work:
        [theirs] = await work.people.own_enrolments(ann.id)
    caller = await world.caller(ben)
    with pytest.raises(NotFound):
        await world.product.use_cases.choose_enrolment(caller, theirs.id)
    assert (await world.caller(ben)).membership == caller.membership
