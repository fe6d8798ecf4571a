"""Settings, statements, reminders and the ways back, as people see them."""

import csv
import io

from tests.journeys.world import JourneyWorld


async def test_settings_are_chosen_by_buttons_and_by_typing(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/settings")
    shown = await ann.sees("Time zone: UTC")
    assert "Notices: 7 of 7 kinds" in shown["text"]
    await ann.presses("🔔 Notices")
    await ann.sees("Always sent")
    await ann.presses("✅ Commissions")
    await ann.sees("Always sent")
    await ann.presses("🔕 Commissions")
    await ann.presses("✅ News")
    await ann.presses("Back")
    await ann.sees("Notices: 6 of 7 kinds")
    await ann.presses("Quiet hours")
    await ann.presses("22:00–08:00")
    await ann.sees("Quiet hours: 22:00–08:00")
    await ann.presses("Quiet hours")
    await ann.sends("whenever")
    await ann.sees("These are no quiet hours")
    await ann.sends("23:30-7")
    await ann.sees("Quiet hours: 23:30–07:00")
    await ann.presses("Time zone")
    await ann.sends("Atlantis")
    await ann.sees("I know no time zone or city “Atlantis”")
    await ann.sends("San")
    await ann.sees("Which one do you mean?")
    await ann.presses("Santiago")
    await ann.sees("Time zone: Santiago")
    await ann.presses("Mask my name")
    await ann.sees("masked name")
    await world.restart()
    await ann.sends("/settings")
    shown = await ann.sees("Time zone: Santiago")
    assert "masked name" in shown["text"]
    assert "23:30–07:00" in shown["text"]


async def test_what_is_switched_off_does_not_come(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/settings")
    await ann.presses("🔔 Notices")
    await ann.presses("✅ New referrals")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    texts = [message["text"] or "" for message in await ann.messages()]
    assert not any("New referral:" in text for text in texts)


async def test_a_statement_is_read_and_taken_as_a_file(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "600.00", "50.00")
    await ann.sees("You earned 5.00 USD")
    await ann.sends("/balance")
    await ann.presses("Statements")
    months = await ann.sees("Choose a month")
    await ann.presses(months["inline_keyboard"][0][0]["text"])
    shown = await ann.sees("Closing balance: 65.00 USD")
    assert "The month is not over" in shown["text"]
    assert "Payments of clients: 2" in shown["text"]
    await ann.presses("As a file")
    sent = await ann.sees("Statement:")
    content = await world.sim.file(sent["document"]["file_id"])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Booked", "What", "Amount", "Balance"]
    assert [row[1:4] for row in rows[1:]] == [
        ["Opening balance", "", "0.00"],
        ["Commission", "60.00", "60.00"],
        ["Commission", "5.00", "65.00"],
        ["Closing balance", "", "65.00"],
    ]
    assert rows[2][5] == "Carla"


async def test_statements_and_reminders_come_by_themselves(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.presses("Become a partner")
    await ann.presses("Activate")
    await ann.sees("account ID")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    assert await world.product.use_cases.owe_reminders() >= 1
    await ann.sees("You can withdraw 60.00 USD now")


async def test_a_command_instead_of_an_answer_says_what_was_left(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.presses("Become a partner")
    await ann.presses("Activate")
    await ann.sees("account ID")
    await ann.sends("/tier")
    await ann.sees("Left: the question for your account ID")
    await ann.sees("My tier")
    await ann.presses("Go on")
    await ann.sees("What is your own account ID")
    await ann.sends("crm-7")
    await ann.sees("Your account ID is crm-7")
