"""Pay-outs that partners asked for, and staff at work on them in the admin chat."""

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from domain.period import text_of
from domain.usecases.events.record import ReportedEvent
from domain.usecases.payouts.request import PayoutRequest
from storage.tables import audit
from tests.journeys.world import JourneyWorld

IBAN = "DE89 3704 0044 0532 0130 00"


async def invite(world: JourneyWorld, name: str, role: str) -> PersonActor:
    """Let a person join the staff and the admin chat."""
    person = await world.sim.person(name, language_code="en")
    await world.staff.sets(person, status="member")
    await world.owner.sends("/staff", chat=world.staff)
    await world.owner.presses(f"➕ {role}", chat=world.staff)
    shown = await world.owner.sees("start=s_", chat=world.staff)
    await person.opens(f"s_{shown['text'].split('start=s_')[1].split()[0]}")
    await person.sees("You joined the staff")
    return person


async def asked(world: JourneyWorld, *amounts: str) -> PersonActor:
    """Let Ann earn 300.00 by Carla and ask for these amounts."""
    ann = await world.partner("Ann")
    at = text_of(world.product.clock())
    code = await world.code_of(ann)
    client = {"client_id": "c-1", "name": "Carla", "registered_at": at, "referral_code": code}
    paid = {"payment_id": "p-1", "client_id": "c-1", "amount": "3000.00", "currency": "USD"}
    events = [
        ReportedEvent(id="e-1", kind="client.registered", data=client),
        ReportedEvent(id="e-2", kind="payment.succeeded", data={**paid, "paid_at": at}),
    ]
    await world.product.use_cases.record_events([events])
    await ann.sees("You earned 300.00 USD")
    for amount in amounts:
        await ask_for(world, ann, amount)
    return ann


async def ask_for(world: JourneyWorld, partner: PersonActor, amount: str) -> None:
    """Let a partner ask for a pay-out; test_partner walks the form."""
    request = PayoutRequest(
        amount=f"{amount}.00", account=IBAN, comment="", request_key=f"key-{amount}"
    )
    await world.product.use_cases.request_payout(await world.caller(partner), request)
    await world.owner.sees(f"{amount}.00 USD", chat=world.staff)


async def denied(world: JourneyWorld) -> list[tuple[int | None, str, str]]:
    """Return actor, role and right of each recorded denial."""
    async with world.product.engines.reads.connect() as connection:
        rows = await connection.execute(
            audit.select().where(audit.c.action == "denied").order_by(audit.c.id)
        )
        return [(row.actor, row.role, row.subject) for row in rows]


def buttons(shown: Json) -> list[str]:
    """Return the words on the buttons of a message."""
    return [button["text"] for row in shown["inline_keyboard"] or [] for button in row]
