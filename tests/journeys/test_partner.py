"""What partners do beside the main job, and what can go wrong on the way."""

import asyncio

from sqlalchemy import select

from bot.simulator.actors import PersonActor
from domain.rights import MemberRole
from storage.tables import clients, enrolments, links, members, partners, payouts, referrals
from tests.journeys.world import JourneyWorld


async def test_first_use_to_a_working_link_takes_three_presses(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.presses("Become a partner")
    await ann.presses("Activate")
    shown = await ann.sees("Your link")
    kinds = [[button["kind"] for button in row] for row in shown["inline_keyboard"]]
    assert kinds[0] == ["copy", "url"]
    picture = next(m for m in await ann.messages() if m["photo"])
    png = await world.sim.file(picture["photo"]["file_id"])
    assert png.startswith((b"\x89PNG", b"\xff\xd8"))
    assert f"start=r_{await world.code_of(ann)}" in shown["text"]
    assert f"/r/{await world.code_of(ann)}" in shown["text"]


async def test_activate_pressed_twice_makes_one_partner(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.presses("Become a partner")
    rules = await ann.sees("By pressing Activate")
    await asyncio.gather(
        *(ann.presses("Activate", message_id=rules["message_id"]) for _ in range(2))
    )
    await ann.sees("account ID")
    assert await world.count(partners) == await world.count(enrolments) == 1
    assert await world.count(links) == 1
    assert await world.committed(select(members.c.person_id, members.c.role)) == [
        (ann.id, MemberRole.ADMIN)
    ]
    await ann.sends("/menu")
    await ann.sees("What would you like to see?")
    texts = [one["text"] or "" for one in await ann.messages()]
    assert sum("Your code:" in text for text in texts) == 1
    assert sum("own account ID" in text for text in texts) == 1


async def test_every_screen_of_the_menu_answers(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    for section, button, seen in (
        (None, "My link", "Your link"),
        (None, "Balance", "Payable: 0.00 USD"),
        (None, "Referrals", "Nobody has registered"),
        ("Money", "Payments", "have not paid yet"),
        ("Money", "Withdraw", "50.00 USD more is needed"),
        ("Money", "Pay-outs", "not asked for a pay-out"),
        ("Partnership", "My tier", "0 paying clients"),
        ("Partnership", "Rules", "Referral program"),
        ("Settings", "Language", "Choose your language"),
        ("Help", "Help", "/withdraw"),
        ("Help", "What is new", "What is new in version"),
    ):
        await ann.sends("/menu")
        await ann.sees("What would you like to see?")
        if section:
            await ann.presses(section)
            await ann.sees(section)
        await ann.presses(button)
        await ann.sees(seen)


async def test_withdraw_says_what_is_missing_and_takes_nothing(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.sends("/withdraw")
    await ann.sees("You do not take part")
    ann = await world.partner("Anna")
    await ann.sends("/withdraw")
    await ann.sees("50.00 USD more is needed")
    await world.earns(ann, "300.00", "300.00")
    await ann.sees("You earned 30.00 USD")
    await ann.sends("/withdraw")
    await ann.sees("How much should we pay out?")
    for typed, told in (
        ("many", "is not an amount"),
        ("0", "is not an amount"),
        ("10.001", "at most 2 decimals"),
        ("49.99", "less than the minimum"),
        ("60.01", "more than you have"),
        ("1e3", "is not an amount"),
    ):
        await ann.sends(typed)
        await ann.sees(told)
    await ann.sends("55,50")
    await ann.sees("Where should we send 55.50 USD")
    await ann.sends("x")
    await ann.sees("cannot be an account")
    await ann.sends("UA21 3223 1300 0002 6007 2335 6600 1")
    await ann.sees("Please check")
    await ann.presses("Add a comment")
    await ann.sends("for <b>November</b> & more")
    await ann.sees("for <b>November</b> & more")
    await ann.presses("Cancel")
    await ann.sees("Nothing was asked for")
    await ann.sends("/balance")
    await ann.sees("Payable: 60.00 USD")
    assert await world.count(payouts) == 0


async def test_a_form_opens_over_a_refused_number_and_says_how_to_correct_at_its_end(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "2000.00")
    for typed, told in (
        ("/withdraw 1.234,56", "is not an amount"),
        ("/withdraw ٢٠٠", "is not an amount"),
        ("/withdraw 1000", "is more than you have"),
    ):
        await ann.sends(typed)
        refused = (await ann.sees(told))["text"]
        assert "Send an amount from 50.00 USD to 200.00 USD" in refused
    await ann.sends("200")
    await ann.sees("Where should we send 200.00 USD?")
    await ann.sends("hello")
    await ann.sees("Nobody can pay to this")
    await ann.sends("DE89 3704 0044 0532 0130 01")
    await ann.sees("its check digits do not fit")
    await ann.sends("DE89 3704 0044 0532 0130 00")
    await ann.sees("Please check:")
    await ann.sends("DE02 1203 0000 0000 2020 51")
    shown = await ann.sees("press its button below")
    assert "DE89 3704 0044 0532 0130 00" in shown["text"]
    await ann.presses("✏️ Change the account")
    await ann.sends("DE02 1203 0000 0000 2020 51")
    await ann.sees("DE02 1203 0000 0000 2020 51")
    await ann.presses("✅")
    await ann.sees("is with the vendor")
    assert await world.committed(select(payouts.c.minor, payouts.c.status)) == [
        (20_000, "requested")
    ]


async def test_withdraw_without_a_named_account_asks_for_it(world: JourneyWorld) -> None:
    ann = await world.sim.person("Ann", language_code="en")
    await ann.opens()
    await ann.presses("Become a partner")
    await ann.presses("Activate")
    await ann.sees("account ID")
    await ann.presses("Later")
    await ann.sees("Menu")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    await ann.sends("/withdraw")
    await ann.sees("First tell us your own account ID")
    await ann.presses("Enter my account ID")
    await ann.sends("crm-7")
    await ann.sees("Your account ID is crm-7")
    assert await world.committed(select(partners.c.vendor_account_id)) == [("crm-7",)]
    await ann.sends("/withdraw")
    await ann.sees("How much should we pay out?")


async def test_a_confirmation_pressed_many_times_reserves_once(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    await ann.sends("/withdraw 60")
    await ann.sees("Where should we send")
    await ann.sends("DE89 3704 0044 0532 0130 00")
    question = await ann.sees("Please check")
    await asyncio.gather(
        *(ann.presses("Confirm", message_id=question["message_id"]) for _ in range(10))
    )
    await ann.sees("is with the vendor")
    await ann.sends("/balance")
    await ann.sees("In pay-outs being processed: 60.00 USD")
    async with world.product.open_work.read() as work:
        rows = await work.reports.payouts(
            enrolment_id=None, in_progress_only=False, before=None, limit=10
        )
    assert len(rows) == 1
    await world.books_balance()


async def test_a_request_can_be_taken_back_until_it_is_approved(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "1200.00")
    await ann.sees("You earned 120.00 USD")
    for _ in range(2):
        await ann.sends("/withdraw 60")
        await ann.sees("Where should we send")
        await ann.sends("DE89 3704 0044 0532 0130 00")
        await ann.presses("Confirm")
        await ann.sees("is with the vendor")
    await world.owner.sees("Pay-out", chat=world.staff)
    await world.owner.presses("Approve", chat=world.staff)
    await world.owner.sees("approved, to be paid", chat=world.staff)
    await ann.sends("/payouts")
    shown = await ann.sees("Pay-outs")
    cancels = [b for row in shown["inline_keyboard"] for b in row if "Cancel" in b["text"]]
    assert len(cancels) == 1
    await ann.presses("Cancel")
    await ann.sees("Take this pay-out request back?")
    await ann.presses("Yes, cancel it")
    await ann.sees("60.00 USD is back on your balance")
    await world.books_balance()


async def test_language_changes_at_once_and_for_notices(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/language")
    await ann.presses("Українська")
    await ann.sees("Меню")
    await _menu_shows(ann, "посилання")
    await world.earns(ann, "100.00")
    shown = await ann.sees("10,00")
    assert "earned" not in shown["text"]


async def _menu_shows(person: PersonActor, word: str) -> None:
    """Wait until a command of the person's menu is described with the word."""
    for _ in range(500):
        described = [item["description"] for item in await person.menu()]
        if any(word in text for text in described):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"no command speaks of {word}: {described}")


async def test_a_form_survives_a_restart(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await world.earns(ann, "600.00")
    await ann.sees("You earned 60.00 USD")
    await ann.sends("/withdraw 50")
    await ann.sees("Where should we send")
    await world.restart()
    await ann.sends("DE89 3704 0044 0532 0130 00")
    await ann.sees("Please check")
    await ann.presses("Confirm")
    await ann.sees("is with the vendor")
    assert await world.committed(select(payouts.c.minor)) == [(5_000,)]


async def test_what_nobody_understands_is_helped(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await ann.sends("hello?")
    await ann.sees("I did not understand")
    for typed, told in (
        ("/nonsense", "There is no such command"),
        ("/withdrow 50", "Did you mean /withdraw?"),
        ("55,50", "To withdraw money, send it after the command"),
        ("carla@example.com", "Looking for a client?"),
        ("https://example.com/r/abc123", "This is an invitation"),
        ("https://example.com/about", "Looking for your link?"),
    ):
        await ann.sends(typed)
        await ann.sees(told)
    await ann.attaches(b"%PDF-1.4 nothing", "paper.pdf")
    await ann.sees("I read text and buttons only")
    await ann.sends("/cancel")
    await ann.sees("There is nothing to cancel")
    assert await world.count(payouts) == await world.count(clients) == 0


async def test_lists_have_pages(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    code = await world.code_of(ann)
    from domain.usecases.events.record import ReportedEvent

    events = [
        ReportedEvent(
            id=f"c{n}",
            kind="client.registered",
            data={
                "client_id": f"c{n}",
                "name": f"Client {n}",
                "registered_at": f"2026-01-{n:02d}T00:00:00Z",
                "referral_code": code,
            },
        )
        for n in range(1, 20)
    ]
    await world.product.use_cases.record_events([events])
    assert await world.count(referrals) == len(events)
    await ann.sends("/referrals")
    await ann.sees("Client 19")
    await ann.presses("Older")
    await ann.sees("Client 11")
    await ann.presses("Older")
    await ann.sees("Client 1\n")
    await ann.presses("Newest")
    await ann.sees("Client 19")
