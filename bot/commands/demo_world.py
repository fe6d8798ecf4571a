"""The home of the demo's sample world; every name is a sample and says so."""

import asyncio
from dataclasses import dataclass

from bot.commands.demo_history import INTEGRATOR_ID, RESELLER_ID, make_history
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.wiring import Product

OWNER_ID = 1_001
FINANCE_ID = 1_002
PARTNER_ID = 2_001
ADMIN_CHAT_TITLE = "Staff of the vendor (sample)"
NOTICES_SECONDS_MAX = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePeople:
    """Who lives in the demo beside the bot."""

    owner: PersonActor
    finance: PersonActor
    partner: PersonActor
    staff_chat: GroupActor


async def make_people(client: SimulatorClient) -> SamplePeople:
    """Make sample people; the first one is a newcomer, whom the page shows first."""
    await client.person("Nina", last_name="Sample", label="Sample new person")
    await client.person("Carla", last_name="Sample", label="Sample client to be")
    partner = await client.person(
        "Mila", last_name="Sample", username="mila_sample", id=PARTNER_ID, label="Sample partner"
    )
    for name, id_, label in (
        ("Omar", RESELLER_ID, "Sample partner (hosting, Gold)"),
        ("Greta", INTEGRATOR_ID, "Sample partner (widgets)"),
    ):
        await client.person(name, last_name="Sample", id=id_, label=label)
    owner = await client.person(
        "Olena", last_name="Sample", id=OWNER_ID, label="Sample owner (staff)"
    )
    finance = await client.person(
        "Farid", last_name="Sample", id=FINANCE_ID, label="Sample finance (staff)"
    )
    for name, language in (("Petro", "uk"), ("Rumen", "bg"), ("Ira", "ru")):
        await client.person(
            name, last_name="Sample", language_code=language, label="Sample new person"
        )
    return SamplePeople(
        owner=owner,
        finance=finance,
        partner=partner,
        staff_chat=await client.group(ADMIN_CHAT_TITLE, members=[owner, finance]),
    )


async def make_world(product: Product, people: SamplePeople) -> None:
    """Let the sample partner have a link, clients, payments and a balance, by its own presses."""
    partner, owner, finance = people.partner, people.owner, people.finance
    await partner.opens()
    await partner.presses("Become a partner")
    await partner.presses("Activate")
    await partner.sees("account ID")
    await partner.sends("crm-mila-sample")
    await partner.sees("Your account ID is")
    await owner.sends("/staff", chat=people.staff_chat)
    await owner.presses("➕ Finance", chat=people.staff_chat)
    shown = await owner.sees("start=s_", chat=people.staff_chat)
    await finance.opens(f"s_{shown['text'].split('start=s_')[1].split()[0]}")
    await finance.sees("You joined the staff")
    await make_history(product, PARTNER_ID)
    await _wait_for_notices(product)
    await owner.sends("/help", chat=people.staff_chat)


async def _wait_for_notices(product: Product) -> None:
    """Let the outbox run dry, so that the first look at the page is calm."""
    for _ in range(int(NOTICES_SECONDS_MAX / 0.1)):
        if not await product.deliver():
            return
        await asyncio.sleep(0.1)
