"""Every screen in every language: nothing is left in English, and every text fits Telegram."""

import re
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from bot.simulator.actors import PersonActor
from domain.entities.mail import Mail
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.outbound import OutboundEvent
from domain.ids import encode
from domain.usecases.events.record import ReportedEvent
from handlers.ui.callbacks_papers import PaperPress
from handlers.ui.language import Language
from storage.tables import payout_lists
from tests.journeys.languages import (
    LATIN_WORD,
    UNTRANSLATED,
    Heard,
    left_in_english,
    say,
    shown_to_anybody,
)
from tests.journeys.papers import hands_in
from tests.journeys.world import JourneyWorld, start_world


async def _partner(world: JourneyWorld, language: str) -> PersonActor:
    anna = await world.sim.person("Anna", language_code=language)
    await anna.opens()
    for press in ("🤝", "✅"):
        await anna.presses(press)
    await anna.sees("🎉")
    await say(anna, "x\u200b" * 100)
    await anna.sends("crm-anna")
    await anna.sees("👍")
    for command in ("menu", "help", "join", "referrals", "payments", "payouts", "withdraw"):
        await say(anna, f"/{command}")
    await _figures(anna)
    for command in ("balance", "tier", "language", "privacy", "my", "cancel", "what"):
        await say(anna, f"/{command}")
    for typed in ("/calc", "30 50", "0", "1 y"):
        await say(anna, typed)
    await _requisites(anna, language)
    await _comfort(anna)
    await anna.opens(f"r_{await world.code_of(anna)}")
    await anna.opens("r_nothing")
    return anna


async def _figures(anna: PersonActor) -> None:
    """Walk through statistics, links and exports."""
    await say(anna, "/stats 2025")
    await say(anna, "/stats x")
    await say(anna, "/export commissions csv")
    for press in ("📥", "📥", "📅"):
        await anna.presses(press)
        await anna.sees("")
    await say(anna, "31.02.2026")
    await say(anna, "2.2026–1.2026")
    await say(anna, "/stats 2050")
    await say(anna, "/stats 2001-2021")
    await say(anna, "/links")
    await anna.presses("➕")
    await say(anna, "x" * 50)
    await say(anna, "Anna")
    await say(anna, "x")
    await say(anna, await _own_code(anna))
    await anna.presses("🎲")
    shown = await anna.sees("Anna")
    for press, mark in (("✏️", "Anna"), ("✖️", ""), ("Anna", "Anna"), ("🗄", "🗄"), ("🔗", "")):
        # Every refusal above has a Cancel of its own; this form stands in one message.
        await anna.presses(press, message_id=shown["message_id"])
        await anna.sees(mark)
    await anna.presses("🗄")
    await anna.sees("🗄")


async def _requisites(anna: PersonActor, language: str) -> None:
    """Begin the form of requisites for a company in Russia, and mistype in it."""
    await say(anna, "/certificate")
    await anna.sends("/requisites")
    await anna.sees("🏦")
    await anna.presses("🇷🇺")
    shown = await anna.sees(Language(language, UTC).say("Who gets the money?"))
    await anna.presses(shown["inline_keyboard"][0][0]["text"])
    for typed in ("1", "Зразок", "123", "7707083894", "7707083893", "773601001"):
        await say(anna, typed)
    await say(anna, "/cancel")


async def _own_code(anna: PersonActor) -> str:
    """Return the code that the link's message shows."""
    texts = [m["text"] or "" for m in await anna.messages()]
    return next(found[1] for text in texts if (found := re.search(r"start=r_(\w+)", text)))


async def _comfort(anna: PersonActor) -> None:
    """Open what anybody has: settings, statements, privacy, help, and what is typed at random."""
    await anna.sends("/settings")
    for shown, press in (("⚙️", "🔔"), ("🔔", "⬅️"), ("⚙️", "🌙")):
        await anna.sees(shown)
        await anna.presses(press)
    await anna.sees("22:30")
    await say(anna, "x")
    await say(anna, "/tier")
    await anna.sends("/settings")
    await anna.presses("🕒")
    await anna.sees("+3")
    await say(anna, "x")
    await say(anna, "San")
    await anna.sends("/statements")
    shown = await anna.sees("🗓")
    await anna.presses(shown["inline_keyboard"][0][0]["text"])
    await anna.presses("📄")
    await anna.sees("🗓")
    await anna.sends("/privacy")
    for press in ("📦", "🚪"):
        await anna.presses(press)
    await anna.sees("🚪")
    await say(anna, "/news")
    await anna.sends("/help")
    shown = await anna.sees("❓")
    # The first button leads to the question where a client is, the last one to the menu.
    topics = [b["text"] for row in shown["inline_keyboard"] for b in row][1:-1]
    for topic in topics:
        await anna.sends("/help")
        await anna.presses(topic)
        await anna.sees(topic)
    await anna.sends("/menu")
    for section in ("💵", "🏅", "⚙️", "❓"):
        await anna.presses(section)
        await anna.presses("📋")
    for typed in ("55.50", "a@example.com", "+380671112233", "https://example.com/r/x", "hm"):
        await say(anna, typed)


async def _client(world: JourneyWorld, anna: PersonActor, language: str) -> str:
    carla = await world.sim.person("Carla", language_code=language)
    await carla.opens(f"r_{await world.code_of(anna)}")
    await carla.sees("👋")
    await carla.shares_contact(of=anna)
    await carla.shares_contact()
    await carla.sees("✅")
    await carla.opens(f"r_{await world.code_of(anna)}")
    await say(carla, "/my")
    caller = await world.caller(carla)
    view = await world.product.use_cases.show_own_data(caller)
    assert view.client is not None
    return view.client.client.shown_id


async def _money(world: JourneyWorld, anna: PersonActor, client_id: str) -> None:
    owner, staff = world.owner, world.staff
    await say(owner, f"/pay {client_id} 1000.00 USD", staff)
    await anna.sees("💰")
    for command in ("balance", "payments", "stats", "referrals"):
        await say(anna, f"/{command}")
    for press in ("1", "⬅️", "🔍"):
        await anna.presses(press)
        await anna.sees("")
    await say(anna, "nobody")
    await say(anna, "/export payments csv")
    for press in ("📥", "📥"):
        await anna.presses(press)
        await anna.sees("")
    for command in ("tier", "withdraw"):
        await say(anna, f"/{command}")
    for typed in ("1", "9999", "x", "1.234"):
        await say(anna, typed)
    for reason in range(2):
        await say(anna, "/withdraw 50")
        await anna.sends("DE89 3704 0044 0532 0130 00")
        await anna.presses("✅")
        await anna.sees("📨")
        await owner.sees("💸", chat=staff)
        if reason:
            await _finish(world, anna)
        else:
            await owner.presses("❌", chat=staff)
            await owner.presses("⬅️", chat=staff)
            await owner.presses("❌", chat=staff)
            await owner.sees("?", chat=staff)
            card = await owner.last(chat=staff)
            row = card["inline_keyboard"][reason][0]["text"]
            await owner.presses(row, chat=staff)
            question = await owner.sees("Olena", chat=staff)
            await owner.replies(question, "12345", chat=staff)
            await anna.sees("12345")
            await owner.presses("↩️", chat=staff)
            await anna.sees("🟡")
    await say(anna, "/payouts")
    await _credit(world, anna)


async def _credit(world: JourneyWorld, anna: PersonActor) -> None:
    """Convert, correct, refund, and ask why, in every way that has words of its own."""
    owner, staff = world.owner, world.staff
    code = await world.code_of(anna)
    for typed in ("-5 12345", "2 12345", "3 12345", "x 12345", "1 1"):
        await say(owner, f"/adjust {code} {typed}", staff)
        if typed[0] in "-2":
            await owner.presses("✅", chat=staff)
            await anna.sees("⚖️")
        elif typed[0] == "3":
            await owner.presses("✖️", chat=staff)
    for typed in (f"/adjust {code}", f"/adjust {code} 4", f"/adjust {code} 4 12345"):
        await say(owner, typed, staff)
    await owner.presses("✅", chat=staff)
    await owner.presses("↩️", chat=staff)
    await say(owner, "/adjust", staff)
    await owner.sees("Olena", chat=staff)
    await world.notices_are_sent()
    for typed in ("/convert", "9999", "/convert 10"):
        await say(anna, typed)
    await anna.presses("✅")
    await anna.sees("✅")
    await anna.presses("❓")
    await anna.sees("❓")
    for typed in ("/balance", "/payments"):
        await say(anna, typed)
    await anna.presses("❓ 1")
    await anna.sees("×")


async def _finish(world: JourneyWorld, anna: PersonActor) -> None:
    """Take a request through days, approval, a list for the bank, Done, and a return."""
    owner, staff = world.owner, world.staff
    card = (await owner.last(chat=staff))["message_id"]
    await owner.presses("📅", chat=staff, message_id=card)
    await owner.presses("✏️", chat=staff, message_id=card)
    question = await owner.sees("Olena", chat=staff)
    await owner.replies(question, "1.1.2000", chat=staff)
    await owner.sees("2000", chat=staff)
    await owner.presses("⬅️", chat=staff, message_id=card)
    await owner.presses("✅", chat=staff, message_id=card)
    await owner.sees("🔵", chat=staff)
    await say(owner, "/queue", staff)
    await owner.presses("🔵", chat=staff)
    await owner.presses("🏦", chat=staff)
    listed = (await owner.presses("(1)", chat=staff)) and await owner.sees("🏦", chat=staff)
    for press in ("📄", "📊", "💸", "📅"):
        await owner.presses(press, chat=staff, message_id=listed["message_id"])
    await owner.sees("⏭", chat=staff)
    await owner.presses("💸", chat=staff, message_id=card)
    await anna.sees("✅")
    await owner.presses("↩️", chat=staff, message_id=card)
    shown = await owner.sees("?", chat=staff)
    await owner.presses(shown["inline_keyboard"][1][0]["text"], chat=staff, message_id=card)
    await owner.presses("↩️", chat=staff, message_id=card)
    await anna.sees("🟠")


async def _staff(world: JourneyWorld, anna: PersonActor, client_id: str) -> None:
    owner, staff = world.owner, world.staff
    await owner.sends(f"/pay {client_id} 100 USD", chat=staff)
    entered = await owner.sees("staff-", chat=staff)
    await owner.presses("↩️", chat=staff, message_id=entered["message_id"])
    await anna.sees("↩️")
    code = await world.code_of(anna)
    for typed in (
        "/help",
        "/queue",
        "/payouts",
        "/tickets",
        "/tickets closed",
        f"/partner {code}",
        f"/client {client_id}",
        "/partner",
        "/client",
        "/partner nosuchone",
        "/client nosuchone",
        "/client x",
        "/payouts nosuch",
        "/pay",
        f"/pay {client_id}",
        f"/pay {client_id} 1",
        "/refund",
        "/pay nobody 1 USD",
        f"/pay {client_id} 1 UAH",
        f"/pay {client_id} 1 XXX",
        "/staff",
        "/report",
        "/report 32.13",
        "/audit",
        f"/audit {code}",
        "/audit @nobody",
        "/broadcast",
        "/top",
        "/payuots",
        "/books",
        "/here",
        "/what",
    ):
        await say(owner, typed, staff)
    await owner.sends("/staff", chat=staff)
    await owner.presses("➕", chat=staff)
    await owner.sees("✉️", chat=staff)
    await _many(world)


async def _vendor(world: JourneyWorld, client_id: str) -> None:
    """Walk what staff see of events without effect, and of webhooks and messages not taken."""
    owner, staff = world.owner, world.staff
    data = {
        "payment_id": "staff-uah-1",
        "client_id": client_id,
        "amount": "9.00",
        "currency": "UAH",
    }
    data["paid_at"] = "2026-11-21T10:00:00Z"
    event = ReportedEvent(id="staff-uah-1", kind="payment.succeeded", data=data)
    await world.product.use_cases.record_events([[event]])
    await owner.sees("staff-uah-1", chat=staff)
    await owner.presses("🔎", chat=staff)
    await owner.sees("UAH", chat=staff)
    for press in ("🗑", "⬅️", "🗑", "🗑"):
        await owner.presses(press, chat=staff)
        await owner.sees("staff-uah-1", chat=staff)
    lost = Notice(id=1, recipient=STAFF_CHAT, kind="USD", created_at=world.product.clock())
    gone = OutboundEvent(id=2, type="USD", created_at=world.product.clock())
    telling = world.product.open_work
    telling.tells_vendor = True
    async with telling() as work:
        await work.outbound.add([gone, replace(gone, id=3)])
        await work.outbound.give_up(2, at=gone.created_at, error="USD")
        await work.notices.add([lost])
        await work.notices.dead(1, at=lost.created_at, error="USD")
        await work.commit()
    telling.tells_vendor = False
    for first, second in (("🚫", "🚫"), ("📡", "🔁"), ("✉️ ", "✔️")):
        await say(owner, "/queue", staff)
        await owner.presses(first, chat=staff)
        await owner.sees("", chat=staff)
        if first != "🚫":
            await owner.presses(second, chat=staff)
            await owner.sees("", chat=staff)
    for typed in ("/event", "/event nothing"):
        await say(owner, typed, staff)


async def _papers(world: JourneyWorld, anna: PersonActor, language: str) -> None:
    """Walk papers and e-mail: what staff see, what a person sees, what went wrong."""
    owner, staff, product = world.owner, world.staff, world.product
    paper = await hands_in(world, anna, as_partner=True)
    await hands_in(world, anna, as_partner=False)
    await say(owner, f"/partner {await world.code_of(anna)}", staff)
    await owner.presses("📁", chat=staff)
    await owner.sees("• ", chat=staff)
    person = replace((await world.caller(owner)).person, language=language)
    async with product.open_work(books=False) as work:
        await work.people.keep(person, at=product.clock())
        await work.commit()
    await owner.opens()
    await owner.sees("")
    await owner.presses("📄", chat=staff)
    await owner.sees("• ")
    await world.forges_press(owner, PaperPress(paper_id=paper.id + 1).pack(), chat=staff)
    product.open_work.sends_mail = True
    gone = Mail(
        id=7,
        kind="USD",
        recipient="nobody",
        language="en",
        created_at=product.clock(),
    )
    async with product.open_work(books=False) as work:
        await work.mails.add([gone, replace(gone, id=8)])
        await work.mails.give_up(7, at=gone.created_at, error="USD")
        await work.commit()
    await say(owner, "/queue", staff)
    for press in ("📮", "🔁"):
        await owner.presses(press, chat=staff)
        await owner.sees("📮", chat=staff)
    await say(anna, "/privacy")
    for press in ("✉️", "✖️", "✉️"):
        await anna.presses(press)
        await anna.sees("")
    for typed in ("nobody", "nobody@nothing.org", "1"):
        await say(anna, typed)
    await say(anna, "/privacy")
    for press in ("🗑", "🗑"):
        await anna.presses(press)
        await anna.sees("🗑")
    product.open_work.sends_mail = False


async def _many(world: JourneyWorld) -> None:
    """Compose a message to many people and let it go."""
    owner, staff = world.owner, world.staff
    await owner.sends("/broadcast", chat=staff)
    await owner.presses("👥", chat=staff)
    await owner.presses("✔️", chat=staff)
    await owner.presses("✍️", chat=staff)
    await owner.presses("➕ 🇬🇧", chat=staff)
    question = await owner.sees("Olena,", chat=staff)
    await owner.replies(question, "😀", chat=staff)
    await owner.presses("👁", chat=staff)
    await owner.sees("📣", chat=staff)
    await owner.presses("✅", chat=staff)
    await owner.sees("📣", chat=staff)
    await owner.presses("✅", chat=staff)
    await owner.sees("📣", chat=staff)


async def _teams(world: JourneyWorld, anna: PersonActor, language: str) -> None:
    """Walk through the team, invitations of clients, and promo codes."""
    olga = await world.sim.person("Anna", language_code=language)
    await say(anna, "/team")
    await anna.presses("➕")
    shown = (await anna.sees("start=j_"))["text"]
    found = re.search(r"start=(j_[\w-]+)", shown)
    assert found
    for payload in (found[1], found[1]):
        await olga.opens(payload)
        await olga.sees("👋")
    await olga.presses("✅")
    await olga.sees("🎉")
    await olga.opens(found[1])
    await say(olga, "/team")
    await say(anna, "/team")
    for press in ("👤", "🎚", "🎚", "⬅️", "👤", "➖", "⬅️"):
        await anna.presses(press)
        await anna.sees("")
    await olga.sees("👥")
    world.product.open_work.sends_mail = True
    await say(anna, "/invite")
    await anna.presses("➕")
    await say(anna, "x")
    await say(anna, "a@example.com Anna")
    await anna.presses("✅")
    await anna.sees("📨")
    await say(anna, "/invite")
    await say(anna, "/promo")


async def _standing(world: JourneyWorld, anna: PersonActor) -> None:
    """Suspend, reinstate and end a partner."""
    owner, staff = world.owner, world.staff
    code = await world.code_of(anna)
    await say(owner, "/promo", staff)
    await say(owner, "/suspend", staff)
    for command, mark in (("suspend", "⏸"), ("reinstate", "▶️"), ("end", "⛔️")):
        await say(owner, f"/{command} {code}", staff)
        asked = await owner.sees(mark, chat=staff)
        for press in (asked["inline_keyboard"][0][0]["text"], "➡️", mark):
            # The card itself: partners' cards above it have such buttons, too.
            await owner.presses(press, chat=staff, message_id=asked["message_id"])
            await owner.sees("", chat=staff)
        await anna.sees(mark)
        await say(owner, f"/{command} {code}", staff)
        for told in ("/profile", "/team", "/invite"):
            await say(anna, told)


async def _payout_numbers(world: JourneyWorld) -> list[str]:
    async with world.product.open_work.read() as work:
        views = await work.reports.payouts(
            enrolment_id=None, in_progress_only=False, before=None, limit=10
        )
        lists = [view.payout.id for view in views] + await _lists(world)
    return [encode(number)[-6:] for number in lists]


async def _lists(world: JourneyWorld) -> list[int]:
    async with world.product.engines.reads.connect() as connection:
        return list(await connection.scalars(payout_lists.select()))


async def _walk(world: JourneyWorld, language: str) -> tuple[PersonActor, set[str]]:
    """Go through everything, and return a partner with all codes and numbers that were shown."""
    await world.owner.changes(language_code=language)
    anna = await _partner(world, language)
    client_id = await _client(world, anna, language)
    await _money(world, anna, client_id)
    await _staff(world, anna, client_id)
    for command in ("profile", "terms", "tickets", "support 1 2 3", "support", "leave"):
        await say(anna, f"/{command}")
    own = await world.product.use_cases.list_links(await world.caller(anna))
    codes = {*(link.code for link in own.links), client_id, *await _payout_numbers(world)}
    await _vendor(world, client_id)
    await _papers(world, anna, language)
    await _teams(world, anna, language)
    await _standing(world, anna)
    return anna, codes | {await world.code_of(anna), *await _payout_numbers(world)}


async def test_no_word_is_left_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody walks so fast through everything.
    monkeypatch.setattr("bot.telegram.UPDATES_MAX", 100_000)
    heard = Heard(monkeypatch)
    async with start_world(tmp_path, language="ru") as world:
        anna, codes = await _walk(world, "ru")
        shown = await shown_to_anybody(world)
        assert len(shown) > 100
        assert sorted(left_in_english(shown, codes)) == []
        for view in await anna.menu():
            assert not LATIN_WORD.search(UNTRANSLATED.sub(" ", view["description"])), view
    assert heard.left_in_english_elsewhere(codes, at_least=500) == []
