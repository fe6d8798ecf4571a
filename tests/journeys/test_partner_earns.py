"""From a new person to money in a pay-out, by pressing and typing alone."""

from tests.journeys.world import JourneyWorld


async def test_new_person_earns_and_is_paid(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.sees("Hello, Ann")
    await ann.presses("Become a partner")
    await ann.sees("By pressing Activate you accept")
    await ann.presses("Activate")
    await ann.sees("Your link")
    pictures = [m for m in await ann.messages() if m["photo"]]
    assert len(pictures) == 1
    await ann.sees("account ID")
    await ann.sends("crm-ann")
    await ann.sees("crm-ann")
    code = await world.code_of(ann)

    _, client_id = await world.client_of(code, "Bob")

    await world.owner.sends(f"/pay {client_id} 100.00 USD", chat=world.staff)
    await world.owner.sees("10.00 USD", chat=world.staff)
    await ann.sees("You earned 10.00 USD")
    for _ in range(5):
        await world.owner.sends(f"/pay {client_id} 100.00 USD", chat=world.staff)
        await world.owner.sees("recorded for Bob", chat=world.staff)

    await ann.sends("/balance")
    await ann.sees("Payable: 60.00 USD")
    await ann.sends("/withdraw 50")
    await ann.sees("Where should we send 50.00 USD")
    await ann.sends("DE89 3704 0044 0532 0130 00, Ann Example")
    await ann.sees("Please check")
    await ann.presses("Confirm")
    await ann.sees("is with the vendor")

    await world.owner.sees("Pay-out", chat=world.staff)
    await world.owner.presses("Done", chat=world.staff)
    await ann.sees("has been sent")
    await ann.sends("/balance")
    await ann.sees("Payable: 10.00 USD")
    await ann.sees("Paid: 50.00 USD")
    await world.books_balance()
