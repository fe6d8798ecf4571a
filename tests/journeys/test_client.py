"""How clients arrive by a partner's link."""

from sqlalchemy import select

from storage.tables import clicks, clients, enrolments, referrals
from tests.journeys.world import JourneyWorld


async def test_the_click_is_kept_before_anything_is_asked(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    bob = await world.sim.person("Bob", language_code="en")
    await bob.opens(f"r_{await world.code_of(ann)}")
    await bob.sees("Ann invites you")
    async with world.product.open_work.read() as work:
        clicks = await work.clicks.known(click_ids=[], visitor_ids=[], person_ids=[bob.id])
    assert [click.code for click in clicks] == [await world.code_of(ann)]


async def test_only_ones_own_contact_counts(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    bob = await world.sim.person("Bob", language_code="en")
    await bob.opens(f"r_{await world.code_of(ann)}")
    await bob.sees("invites you")
    await bob.shares_contact(of=ann)
    await bob.sees("somebody else’s contact")
    await bob.shares_contact(phone="+380500000000", first_name="Forged", of=ann)
    await bob.sees("somebody else’s contact")
    async with world.product.open_work.read() as work:
        assert await work.reports.client_of_person(bob.id) is None
    await bob.shares_contact()
    await bob.sees("Invited by: Ann")


async def test_the_first_link_opened_wins_and_a_later_one_changes_nothing(
    world: JourneyWorld,
) -> None:
    ann, dan = await world.partner("Ann"), await world.partner("Dan")
    bob = await world.sim.person("Bob", language_code="en")
    for partner in (ann, dan):
        await bob.opens(f"r_{await world.code_of(partner)}")
        await bob.sees("invites you")
    await bob.shares_contact()
    await bob.sees("Invited by: Ann")
    await bob.opens(f"r_{await world.code_of(dan)}")
    await bob.sees("You are registered already")
    await bob.sends("/my")
    await bob.sees("Invited by: Ann")
    await bob.sends("/partner")
    assert "Invited by: Ann" in (await bob.sees("Invited by"))["text"]
    await bob.presses("This is not who invited me")
    await bob.sees("Who was it really?")
    await dan.sends("/partner")
    await dan.sees("You are not registered as a client here")
    await world.owner.sends("/here")
    await world.owner.sees("Add me to the group of your staff")
    statement = select(enrolments.c.code).join(
        referrals, referrals.c.enrolment_id == enrolments.c.id
    )
    assert await world.committed(statement) == [(await world.code_of(ann),)]


async def test_a_partner_opening_its_own_link_is_told(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.opens(f"r_{await world.code_of(ann)}")
    await ann.sees("This is your own link")
    assert await world.count(clients) == 0


async def test_an_unknown_code_is_told(world: JourneyWorld) -> None:
    bob = await world.sim.person("Bob", language_code="en")
    await bob.opens("r_nosuchcode")
    await bob.sees("This link is not valid")
    assert await world.count(clicks) == 0


async def test_a_client_sees_and_erases_its_data(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    bob, client_id = await world.client_of(await world.code_of(ann), "Bob")
    await bob.sends("/privacy")
    await bob.sees(client_id)
    await bob.presses("Erase my data")
    await bob.sees("This cannot be undone")
    await bob.presses("Yes, erase")
    await bob.sees("is erased")
    await bob.sends("/my")
    await bob.sees("You are not registered as a client")
    await ann.sends("/referrals")
    shown = await ann.sees("Referrals")
    assert "Bob" not in shown["text"]


async def test_hostile_names_are_only_text(world: JourneyWorld) -> None:
    ann = await world.partner("<b>&amp;{0}%s</b>")
    bob = await world.sim.person("<i>{name}</i>", last_name="\u202e%d", language_code="en")
    await bob.opens(f"r_{await world.code_of(ann)}")
    await bob.sees("<b>&amp;{0}%s</b> invites you")
    await bob.shares_contact()
    await bob.sees("You are registered")
    await ann.sees("<i>{name}</i>")
    [(name,)] = await world.committed(select(clients.c.name))
    assert name.startswith("<i>{name}</i>")
