"""Money as people see it: why a sum is what it is, credit, corrections, refunds of every kind."""

from bot.simulator.actors import PersonActor
from tests.journeys.world import JourneyWorld


async def _earning(world: JourneyWorld, *payments: str) -> tuple[PersonActor, list[str]]:
    """Return a partner whose one client has paid, and the ids of the payments."""
    anna = await world.partner("Anna")
    _, client_id = await world.client_of(await world.code_of(anna), "Carla")
    ids = []
    for amount in payments:
        await world.owner.sends(f"/pay {client_id} {amount} USD", chat=world.staff)
        said = await world.owner.sees(f"Payment of {float(amount):,.2f}", chat=world.staff)
        ids.append(said["text"].split("Payment ID: ")[1].split("\n")[0])
        await anna.sees("You earned")
    return anna, ids


async def test_a_partner_asks_why_and_is_told(world: JourneyWorld) -> None:
    anna, (payment, _) = await _earning(world, "100.00", "640.00")
    await world.owner.sends(f"/refund {payment} 33.33", chat=world.staff)
    await world.owner.sees("Refund of 33.33", chat=world.staff)
    await world.owner.sends(f"/refund {payment} 10 chargeback", chat=world.staff)
    await world.owner.sees("Chargeback of 10.00", chat=world.staff)
    await world.owner.sends(f"/refund {payment} 4 won", chat=world.staff)
    await world.owner.sees("4.00 USD won back", chat=world.staff)
    await anna.sees("stands again")
    await anna.sends("/withdraw 60")
    await anna.sends("DE89 3704 0044 0532 0130 00")
    await anna.presses("✅")
    await anna.sees("with the vendor")

    await anna.sends("/payments")
    await anna.presses("❓ 2")
    why = (await anna.sees("Why 10.00 USD?"))["text"]
    for words in (
        "Carla paid 100.00 USD on",
        "10%, tier “Start”",
        "100.00 USD × 10% = 10.00 USD",
        "version 1 of Jan 1, 2026",
        "The client got a refund",
        "The client’s bank took the payment back",
        "The payment was won back",
        "60.67 USD × 10% = 6.07 USD",
        "Taken back from you: 3.93 USD",
        "6.07 USD in pay-out",
    ):
        assert words in why, why

    await anna.sends("/payouts")
    await anna.presses("❓ 1")
    made_of = (await anna.sees("Why 60.00 USD?"))["text"]
    assert "6.07 USD of 10.00 USD" in made_of
    assert "53.93 USD of 64.00 USD" in made_of
    await anna.presses("❓ 2")
    await anna.sees("On your balance from it: 10.07 USD")

    await world.owner.sends("/payouts", chat=world.staff)
    await world.owner.presses("60.00 USD", chat=world.staff)
    await world.owner.presses("❓", chat=world.staff)
    await world.owner.sees("Why 60.00 USD?", chat=world.staff)
    await world.owner.presses("❓ 1", chat=world.staff)
    await world.owner.sees("Why 10.00 USD?", chat=world.staff)
    await world.books_balance()


async def test_earnings_become_credit_and_a_refund_takes_the_bonus_back(
    world: JourneyWorld,
) -> None:
    anna, (payment, _) = await _earning(world, "100.00", "50.00")
    await anna.sends("/convert")
    await anna.sees("You have 15.00 USD")
    await anna.sends("100")
    await anna.sees("is more than you have")
    await anna.sends("12,50")
    shown = (await anna.sees("12.50 USD becomes 37.50 USD of credit"))["text"]
    assert "10.00 USD of 10.00 USD, bonus 20.00 USD" in shown
    assert "2.50 USD of 5.00 USD, bonus 5.00 USD" in shown
    await world.restart()
    await anna.presses("✅")
    await anna.sees("37.50 USD of credit is yours")
    await anna.presses("❓")
    await anna.sees("the vendor added 25.00 USD")

    await anna.sends("/balance")
    text = (await anna.sees("Balance"))["text"]
    assert "Converted into credit: 12.50 USD" in text
    assert "Bonus on that credit: 25.00 USD" in text
    await world.owner.sends(f"/refund {payment} 100", chat=world.staff)
    await anna.sees("20.00 USD was taken off your credit")
    await anna.sends("/balance")
    await anna.sees("Your balance is below zero")
    await anna.presses("💳 Conversions")
    await anna.sees("12.50 USD became 37.50 USD")
    await anna.presses("❓ 1")
    await anna.sees("After refunds 20.00 USD of the bonus was taken back")
    await anna.presses("❓ 1")
    story = (await anna.sees("Why 10.00 USD?"))["text"]
    assert "10.00 USD of it had left your balance before the refund" in story
    await anna.sends("/convert 1")
    await anna.sees("there is nothing to convert")
    await world.books_balance()


async def test_a_balance_is_corrected_after_a_question_and_undone(world: JourneyWorld) -> None:
    anna, _ = await _earning(world, "100.00")
    code = await world.code_of(anna)
    owner, staff = world.owner, world.staff
    await owner.sends("/adjust", chat=staff)
    question = await owner.sees("Reply with the partner’s code", chat=staff)
    await owner.replies(question, f"{code.upper()} -12.5 paid twice in May", chat=staff)
    card = (await owner.sees("Correct this balance?", chat=staff))["text"]
    assert "Payable: 10.00 USD, then -2.50 USD" in card
    assert "becomes negative" in card
    await owner.presses("✅", chat=staff)
    await owner.sees("Balance corrected by Olena", chat=staff)
    told = (await anna.sees("took 12.50 USD off your balance"))["text"]
    assert "Reason: paid twice in May" in told
    await owner.presses("↩️", chat=staff)
    await owner.sees("Correction undone", chat=staff)
    await anna.sees("12.50 USD more for you")

    await owner.sends(f"/adjust {code}", chat=staff)
    question = await owner.sees(f"Code {code}: reply with the amount", chat=staff)
    await owner.replies(question, "5", chat=staff)
    question = await owner.sees(f"Code {code}, 5: reply with the reason", chat=staff)
    await owner.replies(question, "thanks for a good spring", chat=staff)
    card = (await owner.sees("Correct this balance?", chat=staff))["text"]
    assert "thanks for a good spring" in card
    await owner.presses("✖️", chat=staff)
    await owner.sees("nothing has moved", chat=staff)
    await owner.sends(f"/adjust {code} 5 x", chat=staff)
    await owner.sees("Please write the reason", chat=staff)
    await owner.sends("/adjust nobody 5 thanks", chat=staff)
    await owner.sees("No partner has the code", chat=staff)
    await anna.sends("/balance")
    await anna.sees("Payable: 10.00 USD")
    await world.books_balance()
