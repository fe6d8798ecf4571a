"""A client's promo code and an invitation by e-mail, as people press through them (R36, R37)."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from domain.period import text_of
from domain.usecases.events.record import ReportedEvent
from storage.tables import promos
from tests.journeys.world import JourneyWorld, start_world

PROGRAM = """
[program]
key = "bonuses"
currency = "RUB"
[commission]
rates = [{ rate = "15%" }]
[payout]
minimum = "1000.00"
[promo]
bonuses = 6000
valid_days = 60
legal_forms = ["legal_entity"]
[promo.unit]
en = "bonuses"
ru = "бонусов"
uk = "бонусів"
bg = "бонуса"
"""
TEXTS = '[texts.{0}]\ntitle = "Bonuses"\nsummary = "S"\nrules = "R"\n'


async def _company(world: JourneyWorld, client_id: str, telegram_id: int, code: str) -> None:
    data = {
        "client_id": client_id,
        "name": "Acme <b>",
        "registered_at": text_of(world.product.clock()),
        "referral_code": code,
        "telegram_id": telegram_id,
        "legal_form": "legal_entity",
    }
    event = ReportedEvent(id=f"e-{client_id}", kind="client.registered", data=data)
    results = await world.product.use_cases.record_events([[event]])
    assert results[0][0].status == "applied", results


async def test_a_company_gets_its_code_and_activates_it(tmp_path: Path) -> None:
    path = tmp_path / "bonuses.toml"
    path.write_text(PROGRAM + "".join(TEXTS.format(code) for code in ("en", "ru", "uk", "bg")))
    async with start_world(tmp_path, programs=(str(path),)) as world:
        ann = await world.partner("Ann")
        acme = await world.sim.person("Acme", language_code="en")
        await acme.sends("/promo")
        await acme.sees("you are not registered as one here")
        await _company(world, "acme", acme.id, await world.code_of(ann))
        await acme.sends("/promo")
        await acme.sees("It is being prepared")
        await world.product.use_cases.offer_promos()
        owner, staff = world.owner, world.staff
        card = await owner.sees("A client gets a promo code", chat=staff)
        await owner.sends("/queue", chat=staff)
        await owner.sees("1 promo code to give", chat=staff)
        await owner.presses("✏️ Enter the code", chat=staff, message_id=card["message_id"])
        question = await owner.sees("reply with the promo code for Acme <b>", chat=staff)
        await owner.replies(question, "two words", chat=staff)
        await owner.sees("This cannot be a promo code", chat=staff)
        await owner.replies(question, "CLOUD-1", chat=staff)
        await owner.sees("The client gets it in Telegram", chat=staff)
        await owner.sends("/promo acme CLOUD-2", chat=staff)
        await owner.sees("has its promo code already", chat=staff)
        told = await acme.sees("Your promo code is here")
        assert "6,000 bonuses, valid for 60 days" in told["text"]
        await acme.presses("🎁 My promo code")
        await acme.sees("Your code: CLOUD-1")
        await world.restart()
        await acme.presses("✅ Activate the code")
        await acme.sees("It cannot be undone")
        await acme.presses("✅ Yes, activate")
        await acme.sees("60 days are left")
        await _is_activated(world)


async def _is_activated(world: JourneyWorld) -> None:
    """Assert what is committed: who gave the code, and how long the bonuses are valid."""
    ((given_by, activated_at, expires_at),) = await world.committed(
        select(promos.c.given_by, promos.c.activated_at, promos.c.expires_at)
    )
    assert given_by == world.owner.id
    assert expires_at - activated_at == timedelta(days=60)
    async with world.product.open_work.read() as work:
        (view,) = await work.promos.lapsing(now=activated_at, until=expires_at)
    assert view.promo.code == "CLOUD-1"


async def test_a_partner_without_a_mail_server_is_told_what_else_there_is(
    world: JourneyWorld,
) -> None:
    ann = await world.partner("Ann")
    await ann.sends("/invite")
    await ann.presses("➕ Invite a client")
    await ann.sees("E-mail is not set up here")


async def test_a_client_is_invited_by_mail_and_registers_in_telegram(
    world: JourneyWorld,
) -> None:
    world.product.open_work.sends_mail = True
    ann = await world.partner("Ann")
    await ann.sends("/menu")
    await ann.presses("📣 Promotion")
    await ann.presses("✉️ Invite a client")
    await ann.presses("➕ Invite a client")
    await ann.sees("Only invite who has agreed to it")
    await ann.sends("carla at example")
    await ann.sees("does not begin with an e-mail address")
    await ann.sends("carla@example.com Carla & Co")
    asked = await ann.sees("Send the invitation to carla@example.com?")
    assert "Name: Carla & Co" in asked["text"]
    await ann.presses("✅ Yes, send")
    await ann.sees("is on its way")
    now = world.product.clock()
    async with world.product.open_work() as work:
        (mail,) = await work.mails.claim(now=now, lease_until=now, limit=5)
    carla = await world.sim.person("Carla", language_code="en")
    await carla.opens(f"i_{mail.params['token']}")
    await carla.sees("Ann invites you")
    await carla.shares_contact()
    await carla.sees("You are registered")
    await ann.sees("New referral: Carla")
    await ann.sends("/invite")
    await ann.sees("🟢 accepted")
    await carla.opens(f"i_{mail.params['token']}")
    await carla.sees("used, taken back or expired")
