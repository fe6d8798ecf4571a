"""From requisites to a paid request: documents as files, the receipt sent back, a certificate."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.simulator.actors import PersonActor
from domain.entities.certificate import CertificateStatus
from domain.entities.notice import Notice
from domain.programs.load import load_program
from handlers.ui.callbacks import PayoutCard
from storage.tables import notices, payout_documents, payouts
from tests.journeys.world import JourneyWorld, start_world
from tests.usecases.requisites import RUSSIAN

PRESETS = Path(__file__).resolve().parents[2] / "domain" / "programs" / "presets"
SECTIONS = """
[payout_documents]
kinds = ["invoice", "act"]
signed_copy = true
purpose = "Оплата вознаграждения по договору"
[certificate]
issued = true
[texts.en]
"""
WAIT = 60.0
"""Drawing goes on in a process that lets everything else on the machine go first."""
RECEIPT = "https://lknpd.nalog.ru/api/v1/receipt/500100732259/200abcdef/print"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    text = (PRESETS / "saas-tiers.toml").read_text("utf-8").replace("[texts.en]", SECTIONS, 1)
    assert load_program(text, source="papers.toml").payout_documents
    (tmp_path / "papers.toml").write_text(text, "utf-8")
    async with start_world(tmp_path, programs=("papers.toml",)) as started:
        yield started


async def _fills_in(anna: PersonActor) -> None:
    """Go through the form of requisites, with a mistake on the way."""
    await anna.presses("🏦")
    await anna.presses("Russia")
    await anna.presses("Self-employed")
    await anna.sees("1 of 7")
    await anna.sends(RUSSIAN.values["name"])
    await anna.sees("2 of 7")
    await anna.sends("500100732258")
    await anna.sees("there is no such number")
    for place, name in enumerate(list(RUSSIAN.values)[1:], start=3):
        await anna.sends(RUSSIAN.values[name])
        await anna.sees(f"{place} of 7" if place <= 7 else "Please check")
    await anna.presses("✅")
    saved = (await anna.sees("Saved"))["text"]
    assert "•••• 0001" in saved
    assert RUSSIAN.values["account"] not in saved


async def test_a_pay_out_with_documents_from_requisites_to_done(world: JourneyWorld) -> None:
    anna, owner, staff = await world.partner("Anna"), world.owner, world.staff
    await world.earns(anna, "1000.00")
    await anna.sends("/withdraw 60")
    await anna.sees("enter your requisites first")
    await _fills_in(anna)
    await anna.sends("/withdraw 60")
    await anna.sees(RUSSIAN.values["account"])
    await anna.presses("✅")
    await anna.sees("Invoice No. 1/2026", timeout=WAIT)
    await anna.sees("Act No. 1/2026", timeout=WAIT)
    await anna.sees("Send the receipt of the tax service", timeout=WAIT)

    async with world.product.engines.reads.connect() as connection:
        payout_id = await connection.scalar(select(payouts.c.id))
        made = (await connection.execute(select(payout_documents.c.number))).scalars().all()
    assert payout_id
    assert list(made) == [1, 1]
    await _gets_them_by_themselves(world, anna, payout_id)
    card = (await owner.sees("not here yet", chat=staff))["text"]
    assert RUSSIAN.values["account"] not in card
    await world.forges_press(
        owner, PayoutCard(action="settle", payout_id=payout_id).pack(), chat=staff
    )
    async with world.product.engines.reads.connect() as connection:
        assert await connection.scalar(select(payouts.c.status)) == "requested"

    await _sends_receipts(world, anna)
    await owner.presses("💸 Done", chat=staff)
    await anna.sees("has been sent")
    await owner.presses("📄 Documents", chat=staff)
    await owner.sees("Act No. 1/2026", chat=staff, timeout=WAIT)
    await world.books_balance()


async def _gets_them_by_themselves(world: JourneyWorld, anna: PersonActor, payout_id: int) -> None:
    """Let the documents come as those of a scheduled pay-out do: nobody pressed anything."""
    params = {
        "program": "saas-tiers",
        "payout_id": payout_id,
        "minor": 6000,
        "currency": "USD",
        "needs_signed": True,
        "is_receipt": True,
    }
    notice = Notice(
        id=1,
        recipient=anna.id,
        kind="payout_papers",
        params=params,
        created_at=world.product.clock(),
    )
    async with world.product.open_work() as work:
        await work.notices.add([notice])
        await work.commit()
    for told in ("Invoice No. 1/2026", "Act No. 1/2026", "Send the receipt of the tax service"):
        await anna.sees(told, timeout=WAIT)
    await world.notices_are_sent()
    assert await world.count(
        notices, notices.c.kind == "payout_papers", notices.c.sent_at.is_not(None)
    )


async def _sends_receipts(world: JourneyWorld, anna: PersonActor) -> None:
    """Send a receipt that is refused, then one that is accepted."""
    owner, staff = world.owner, world.staff
    await anna.presses("📎")
    await anna.sees("lknpd.nalog.ru")
    await anna.sends("https://example.com/receipt")
    await anna.sees("begins with")
    await anna.sends(RECEIPT)
    await anna.sees("will look at it")
    await owner.sees("A signed copy came", chat=staff)
    await owner.presses("📎 Check it", chat=staff)
    await owner.presses("❌ Refuse", chat=staff)
    await owner.presses("It belongs to another document", chat=staff)
    await owner.presses("❌ Refuse without a note", chat=staff)
    await anna.sees("refused what you sent")
    await anna.presses("📎 Send it again")
    await anna.sends(f"{RECEIPT}?second")
    await anna.sees("will look at it")
    await owner.presses("📎 Check it", chat=staff)
    await owner.presses("✅ Accept", chat=staff)
    await anna.sees("accepted the documents")


async def test_a_certificate_is_a_file_and_a_page(world: JourneyWorld) -> None:
    anna = await world.partner("Anna")
    await anna.sends("/certificate")
    told = (await anna.sees("Your certificate"))["text"]
    number = told.split("Number ")[1].split(",")[0]
    await anna.presses("📄 PDF")
    await anna.presses("🖼")
    found = await world.product.use_cases.verify_certificate(number)
    assert found
    assert found.name == "Anna"
    owner, staff = world.owner, world.staff
    await owner.sends(f"/suspend {await world.code_of(anna)}", chat=staff)
    await owner.presses("The rules were broken", chat=staff)
    await owner.sees("Reply to the next message", chat=staff)
    await owner.presses("➡️ Without a note", chat=staff)
    await owner.presses("⏸ Yes, suspend", chat=staff)
    await anna.sees("is suspended")
    await anna.sends("/certificate")
    await anna.sees("your certificate does not hold now")
    found = await world.product.use_cases.verify_certificate(number)
    assert found
    assert found.status is CertificateStatus.REVOKED
