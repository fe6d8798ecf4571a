"""The home of the demo's sample world; every name is a sample and says so."""

import asyncio
from datetime import timedelta

from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.client import SimulatorClient
from bot.wiring import Product
from domain.entities.people import Caller
from domain.period import text_of
from domain.usecases.events.record import ReportedEvent

OWNER_ID = 1_001
PARTNER_ID = 2_001
ADMIN_CHAT_TITLE = "Staff of the vendor (sample)"
CLIENTS = (
    ("Bluebird Flowers", 30, ("40.00", "60.00")),
    ("Corner Bakery", 24, ("120.00",)),
    ("Granite Gym", 12, ("80.00", "25.50")),
    ("Lighthouse Books", 5, ()),
)
NOTICES_SECONDS_MAX = 10.0


async def make_world(
    client: SimulatorClient, product: Product, owner: PersonActor, group: GroupActor
) -> None:
    """Make sample people; the sample partner has a link, clients, payments and a balance."""
    partner = await client.person(
        "Mila", last_name="Sample", username="mila_sample", id=PARTNER_ID, label="Sample partner"
    )
    await client.person("Petro", last_name="Sample", language_code="uk", label="Sample new person")
    await client.person(
        "Carla", last_name="Sample", language_code="en", label="Sample client to be"
    )
    await client.person("Rumen", last_name="Sample", language_code="bg", label="Sample new person")
    await client.person("Ira", last_name="Sample", language_code="ru", label="Sample new person")
    await partner.opens()
    await partner.presses("Become a partner")
    await partner.presses("Activate")
    await partner.sees("account ID")
    await partner.sends("crm-mila-sample")
    await partner.sees("Your account ID is")
    await _report_clients(product)
    await _wait_for_notices(product)
    await owner.sends("/help", chat=group)


async def _report_clients(product: Product) -> None:
    """Let billing report sample clients of the sample partner, in the past."""
    view = await product.use_cases.show_enrolment(await _caller(product))
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


async def _caller(product: Product) -> Caller:
    async with product.open_work.read() as work:
        caller = await work.people.caller(PARTNER_ID)
    if caller is None:
        raise RuntimeError("the sample partner did not join")
    return caller


async def _wait_for_notices(product: Product) -> None:
    """Let the outbox run dry, so that the first look at the page is calm."""
    for _ in range(int(NOTICES_SECONDS_MAX / 0.1)):
        if not await product.deliver():
            return
        await asyncio.sleep(0.1)
