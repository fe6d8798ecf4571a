"""A partner that collects the price, as people press their way: request, invoice, what is kept."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.simulator.actors import PersonActor
from bot.simulator.wire import Json
from domain.entities.partner import LegalForm
from handlers.ui.callbacks_invoices import InvoiceForm
from storage.tables import invoices, partners
from tests.domain.builders import PRESETS
from tests.journeys.world import JourneyWorld, start_world

NOT_WORDS = r"/[a-z]+|\b[2-9a-hjkmnp-z]{6}\b"
"""Commands, and the short numbers of requests."""

ONLY_APPLIED = re.compile(
    r"^\[joining\.originals\]$.*?(?=^\[\[)"
    r"|^(?:mode|contract_number|review_days|reapply_days|draft_days|country) = .*?$"
    r"|^(?:optional_|employee_)?(?:fields|papers) = \[[^\]]*\]$",
    re.MULTILINE | re.DOTALL,
)
"""What a program has no use for where people join by accepting its rules."""


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    """Return the product with the preset of widget resellers, whose partners press Activate."""
    text = (PRESETS / "widget-reseller.toml").read_text("utf-8")
    path = tmp_path / "widgets.toml"
    path.write_text(ONLY_APPLIED.sub("", text), "utf-8")
    async with start_world(tmp_path, programs=(str(path),)) as world:
        yield world


async def _becomes(world: JourneyWorld, form: LegalForm) -> None:
    async with world.product.engines.writes.begin() as connection:
        await connection.execute(update(partners).values(legal_form=form))


async def _kept(world: JourneyWorld) -> list[tuple[str, int]]:
    async with world.product.engines.reads.connect() as connection:
        rows = await connection.execute(invoices.select())
        return [(row.status.value, row.commission_minor) for row in rows]


async def test_from_the_price_list_to_what_is_kept(shop: JourneyWorld) -> None:
    ida = await shop.sim.person("Ida", language_code="en")
    await ida.opens()
    await ida.presses("🤝")
    await ida.sees("individual: earns only by its own invoices")
    await ida.presses("✅")
    await ida.sees("r_")
    await ida.sends("crm-ida")
    await ida.sees("👍")
    await _becomes(shop, LegalForm.INDIVIDUAL)
    _, client = await shop.client_of(await shop.code_of(ida), "Carla")
    await _orders(ida, client)
    await _staff_issue(shop)
    await _partner_pays(shop, ida)
    assert await _kept(shop) == [("paid", 1_985_000)]
    await shop.books_balance()


async def _orders(ida: PersonActor, client: str) -> None:
    await ida.sends("/invoices")
    await ida.sees("There are none yet")
    await ida.presses("➕ New invoice")
    await ida.sees("For which client?")
    await ida.sends("nobody")
    await ida.sees("No client has the ID")
    await ida.sends(client)
    await ida.sees("each press adds one")
    await ida.presses("➕ Chat widget, for a year")
    await ida.sees("To pay the vendor: 4,950.00 RUB")
    await ida.sends("3")
    await ida.sees("To pay the vendor: 14,850.00 RUB")
    await ida.presses("➕ Set-up by our engineer")
    await ida.presses("➕ Set-up by our engineer")
    await ida.sees("To pay the vendor: 19,850.00 RUB")
    await ida.presses("➖ of 2")
    shown = await ida.sees("To pay the vendor: 17,350.00 RUB")
    assert "Your share: 17,350.00 RUB (50%)" in shown["text"]
    await ida.presses("➕ Set-up by our engineer")
    await ida.presses("➡️ Continue")
    await ida.sees("How will you pay 19,850.00 RUB?")
    await ida.presses("💳 Card")
    await ida.sees("there will be no act")
    await ida.presses("✅ I agree, no documents")
    await ida.sees("is with the vendor")


async def _staff_issue(shop: JourneyWorld) -> None:
    owner, staff = shop.owner, shop.staff
    card = await owner.sees("Request for an invoice", chat=staff)
    assert "by card, without closing documents" in card["text"]
    assert "Carla" not in card["text"]
    await owner.sends("/queue", chat=staff)
    await owner.sees("1 invoice to issue or to check", chat=staff)
    await owner.sends("/invoices", chat=staff)
    await owner.sees("Invoices that wait for you", chat=staff)
    await owner.presses("🔵", chat=staff)
    await owner.sees("To pay the vendor: 19,850.00 RUB", chat=staff)
    await owner.presses("✅ Issue", chat=staff)
    question = await owner.sees("reply with the number", chat=staff)
    await owner.replies(question, "W-7 2020-01-01", chat=staff)
    await owner.sees("“2020-01-01” is no day that lies ahead", chat=staff)
    # A day that is mistyped is never a part of the number.
    await owner.replies(question, "W-7 31.1a.2026", chat=staff)
    await owner.sees("Nothing is issued", chat=staff)
    assert await shop.committed(select(invoices.c.number)) == [(None,)]
    await owner.replies(question, "W-7", chat=staff)
    await owner.sees("🟡 to be paid", chat=staff)


async def _partner_pays(shop: JourneyWorld, ida: PersonActor) -> None:
    owner, staff = shop.owner, shop.staff
    told = await ida.sees("Invoice W-7")
    assert "19,850.00 RUB" in told["text"]
    await ida.presses("💸 I have paid")
    await ida.sees("Have you paid 19,850.00 RUB")
    await shop.restart()
    await ida.sends("payment order 15")
    await ida.sees("the vendor checks it")
    await owner.sees("A partner says that invoice W-7 is paid", chat=staff)
    await owner.presses("📂 Open the invoice", chat=staff)
    await owner.sees("Its words: payment order 15", chat=staff)
    await owner.presses("💰 The money has come", chat=staff)
    await owner.sees("Have you received 19,850.00 RUB?", chat=staff)
    await owner.presses("✅ Yes, record it", chat=staff)
    await owner.sees("🟢 paid", chat=staff)
    await ida.sees("Invoice W-7 is paid")
    await shop.notices_are_sent()
    await ida.sends("/balance")
    shown = await ida.sees("Kept by you from what clients paid you: 19,850.00 RUB")
    assert "there are no pay-outs" in shown["text"]
    await ida.sends("/payments")
    await ida.presses("❓")
    await ida.sees("invoice W-7 was less by this commission")
    await ida.sends("/stats")
    await ida.sees("39,700.00 RUB")


async def test_what_is_paid_directly_earns_an_individual_nothing(shop: JourneyWorld) -> None:
    ida = await shop.partner("Ida")
    owner, staff = shop.owner, shop.staff
    await _becomes(shop, LegalForm.INDIVIDUAL)
    _, client = await shop.client_of(await shop.code_of(ida), "Carla")
    await owner.sends(f"/pay {client} 1000 RUB", chat=staff)
    recorded = await owner.sees("recorded for Carla", chat=staff)
    assert "earns only by its own invoices" in recorded["text"]
    await ida.sees("this earns you nothing")
    await ida.sends("/payments")
    await ida.sees("a partner of this legal form earns only by its own invoices")
    await ida.sends("/withdraw")
    await ida.sees("Your legal form is “individual”, and this program does not pay it out")

    await _becomes(shop, LegalForm.SELF_EMPLOYED)
    await owner.sends(f"/pay {client} 2500 RUB", chat=staff)
    await ida.sees("You earned 1,000.00 RUB")
    await ida.sends("/withdraw")
    await ida.sees("Please enter your requisites first")


async def test_a_request_is_refused_or_taken_back(shop: JourneyWorld) -> None:
    ida = await shop.partner("Ida")
    owner, staff = shop.owner, shop.staff
    await shop.client_of(await shop.code_of(ida), "Carla")
    await ida.sends("/referrals")
    await ida.presses("1")
    await ida.presses("🧾 Ask for an invoice")
    await ida.presses("➕ Set-up by our engineer")
    await ida.presses("➡️ Continue")
    await ida.presses("🏦 Bank transfer")
    await ida.sees("Please check")
    await ida.presses("✅ Ask for the invoice")
    await ida.sees("is with the vendor")
    async with shop.product.engines.reads.connect() as connection:
        key = await connection.scalar(select(invoices.c.request_key)) or ""
    again = InvoiceForm(step="confirm", key=key.partition(":")[2])
    await shop.forges_press(ida, again.pack())
    assert len(await _kept(shop)) == 1, "a second press asks for nothing more"
    await owner.sees("Request for an invoice", chat=staff)
    await owner.presses("❌ Refuse", chat=staff)
    question = await owner.sees("what should the partner be told?", chat=staff)
    await owner.replies(question, "There is no contract yet", chat=staff)
    await owner.sees("🔴 refused", chat=staff)
    await ida.sees("There is no contract yet")
    assert await _kept(shop) == [("rejected", 250_000)]


@pytest.mark.parametrize("language", ["ru", "uk", "bg"])
async def test_the_form_speaks_the_language_of_the_partner(
    shop: JourneyWorld, language: str
) -> None:
    ida = await shop.partner("Ida", language=language)
    await _becomes(shop, LegalForm.INDIVIDUAL)
    _, client = await shop.client_of(await shop.code_of(ida), "Carla")
    await shop.notices_are_sent()
    seen = []
    for typed, press in (("/withdraw", ""), ("/join", ""), ("/invoices", "➕"), (client, "➕")):
        await ida.sends(typed)
        seen.append(await ida.sees(""))
        if press:
            await ida.presses(press)
            seen.append(await ida.sees(""))
    for press in ("➡️", "💳", "✅"):
        await ida.presses(press)
        seen.append(await ida.sees(""))
    await ida.sends("/invoices")
    await ida.presses("🔵")
    seen.append(await ida.sees(""))
    known = {"Carla", "RUB", "bot", client.removeprefix("bot-")}
    for shown in seen:
        texts = [shown["text"], *_labels(shown)]
        for word in re.findall(r"[A-Za-z]{3,}", re.sub(NOT_WORDS, " ", "\n".join(texts))):
            assert any(word in name for name in known), (word, texts)


def _labels(shown: Json) -> list[str]:
    return [button["text"] for row in shown.get("inline_keyboard") or [] for button in row]
