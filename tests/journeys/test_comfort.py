"""Settings, statements, reminders and the ways back, as people see them."""

import csv
import io

from sqlalchemy import select

from bot.simulator.actors import PersonActor
from storage.tables import partners
from tests.journeys.world import JourneyWorld
from tests.simulator.support import eventually


async def _has_commands(person: PersonActor) -> bool:
    """Test if the general commands are published: it happens soon after the start."""
    return bool(await person.menu())


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
    await ann.sees("These cannot be quiet hours")
    await ann.sends("23:30-7")
    await ann.sees("Quiet hours: 23:30–07:00")
    await ann.presses("Time zone")
    await ann.sends("Atlantis")
    await ann.sees("I do not know the time zone or city “Atlantis”")
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
    await ann.sees("You left the question for your account ID")
    await ann.sees("My tier")
    await ann.presses("Go on")
    await ann.sees("What is your own account ID")
    await ann.sends("crm-7")
    await ann.sees("Your account ID is crm-7")
    assert await world.committed(select(partners.c.vendor_account_id)) == [("crm-7",)]


async def test_a_card_with_the_link_is_sent_in_any_chat(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    bob = await world.sim.person("Bob", language_code="uk")
    friends = await world.sim.group("Friends", members=[ann, bob])
    offered = await ann.asks_inline("", chat=friends)
    assert offered["is_personal"] is True
    sent = await ann.chooses(offered, "Referral program", chat=friends)
    code = await world.code_of(ann)
    assert f"/r/{code}" in sent["text"]
    assert sent["inline_keyboard"][0][0]["url"].endswith(f"start=r_{code}")
    nothing = await ann.asks_inline("no such label", chat=friends)
    assert nothing["results"] == []
    stranger = await bob.asks_inline("", chat=friends)
    assert stranger["results"] == []
    assert stranger["button"]["text"] == "🤝 Стати партнером"
    await bob.opens(stranger["button"]["start_parameter"])
    await bob.sees("Bob")


async def test_privacy_shows_exports_and_ends(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    await ann.sends("/privacy")
    await ann.sees("What is stored about you")
    await ann.presses("Export my data")
    sent = await ann.sees("Everything stored about you")
    page = (await world.sim.file(sent["document"]["file_id"])).decode()
    assert f"crm-{ann.id}" in page
    assert "<script" not in page
    await ann.presses("Leave the partner")
    await ann.sees("60.00 USD is still on the balance")
    bea = await world.partner("Bea")
    await bea.sends("/privacy")
    await bea.presses("Leave the partner")
    await bea.sees("Leave “Bea”?")
    await bea.presses("Yes, leave")
    await bea.sees("You have left")
    await bea.sends("/balance")
    await bea.sees("You do not take part")
    assert "withdraw" not in [shown["command"] for shown in await bea.menu()]


async def test_help_leads_to_the_screen_concerned_and_new_screens_are_marked(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/menu")
    shown = await ann.sees("What would you like to see?")
    assert "⚙️ Settings 🆕" in [b["text"] for row in shown["inline_keyboard"] for b in row]
    await ann.sends("/settings")
    await ann.sees("Time zone")
    await ann.sends("/menu")
    shown = await ann.sees("What would you like to see?")
    assert "⚙️ Settings" in [b["text"] for row in shown["inline_keyboard"] for b in row]
    await ann.sends("/help")
    await ann.presses("No money shows up")
    await ann.sees("Has the client paid?")
    await ann.presses("Payments")
    await ann.sees("have not paid yet")
    await ann.sends("/news")
    await ann.sees("What is new in version")


async def test_the_menu_of_commands_follows_the_role_and_the_language(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await eventually(lambda: _has_commands(ann))
    commands = [shown["command"] for shown in await ann.menu()]
    assert "join" in commands
    assert "withdraw" not in commands
    carla, _ = await world.client_of(await world.code_of(await world.partner("Leo")), "Carla")
    assert [shown["command"] for shown in await carla.menu()][:2] == ["menu", "my"]
    ann = await world.partner("Anna")
    own = {shown["command"] for shown in await ann.menu()}
    assert "withdraw" in own
    # This program names no clients in advance, invoices nothing and gives no certificate.
    assert not own & {"clients", "invoices", "certificate", "requisites"}
    await ann.sends("/language")
    await ann.presses("Українська")
    await ann.sees("Меню")
    assert "Мої виплати" in [shown["description"] for shown in await ann.menu()]
    staff = [shown["command"] for shown in await world.owner.menu(chat=world.staff)]
    assert "queue" in staff
    assert not {"applications", "invoices"} & set(staff)
