"""The home of the demo's sample world; every name is a sample and says so."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.wiring import Product
from domain.entities.people import Caller
from domain.period import text_of
from domain.usecases.events.record import ReportedEvent

OWNER_ID = 1_001
FINANCE_ID = 1_002
PARTNER_ID = 2_001
ADMIN_CHAT_TITLE = "Staff of the vendor (sample)"
CLIENTS = (
    ("Bluebird Flowers", 30, ("40.00", "60.00")),
    ("Corner Bakery", 24, ("120.00",)),
    ("Granite Gym", 12, ("80.00", "25.50")),
    ("Lighthouse Books", 5, ()),
)
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
    await _report_clients(product)
    await _wait_for_notices(product)
    await owner.sends("/help", chat=people.staff_chat)


async def _report_clients(product: Product) -> None:
    """Let billing report sample clients of the sample partner, in the past."""
    view = await product.use_cases.show_enrolment(await _caller(product, PARTNER_ID))
    now = product.clock()
    events = []
    for number, (name, days, payments) in enumerate(CLIENTS, start=1):
        registered = now - timedelta(days=days)
        events.append(
            ReportedEvent(
                id=f"sample-client-{number}",
                kind="client.registered",
                data={
                    "client_id": f"sample-{number}",
                    "name": f"{name} (sample)",
                    "email": f"client{number}@example.com",
                    "registered_at": text_of(registered),
                    "referral_code": view.enrolment.code,
                    "account": {"account_id": f"crm-{number}", "name": f"{name} CRM"},
                },
            )
        )
        for step, amount in enumerate(payments, start=1):
            events.append(
                ReportedEvent(
                    id=f"sample-payment-{number}-{step}",
                    kind="payment.succeeded",
                    data={
                        "payment_id": f"sample-{number}-{step}",
                        "client_id": f"sample-{number}",
                        "account_id": f"crm-{number}",
                        "amount": amount,
                        "currency": "USD",
                        "paid_at": text_of(registered + timedelta(days=2 * step)),
                    },
                )
            )
    await product.use_cases.record_events([events])


async def _caller(product: Product, person_id: int) -> Caller:
    async with product.open_work.read() as work:
        caller = await work.people.caller(person_id)
    if caller is None:
        raise RuntimeError("a sample person did not speak yet")
    return caller


async def _wait_for_notices(product: Product) -> None:
    """Let the outbox run dry, so that the first look at the page is calm."""
    for _ in range(int(NOTICES_SECONDS_MAX / 0.1)):
        if not await product.deliver():
            return
        await asyncio.sleep(0.1)
