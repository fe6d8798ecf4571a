"""Joining by application, as people press through it: from /join to the contract (R30-R34)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.actors import PersonActor
from domain.entities.application import ApplicationStatus, LineAuthor
from domain.entities.partner import LegalForm
from storage.tables import application_lines, applications, papers, partners
from tests.journeys.applying import (
    ACCOUNT,
    BIK,
    COMPANY_INN,
    PERSON_INN,
    approves,
    begins,
    fills_in_as_employee,
    has_mails,
    is_partner,
    rows,
    said,
    says,
    sends_it,
    sent_through,
)
from tests.journeys.world import JourneyWorld, start_world
from tests.post import Post, open_post
from tests.simulator.support import png


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with open_post() as opened:
        yield opened


@pytest.fixture
async def world(tmp_path: Path, post: Post) -> AsyncIterator[JourneyWorld]:
    async with start_world(
        tmp_path, programs=("cloud-referral",), email_config=sent_through(post)
    ) as started:
        yield started


async def test_a_self_employed_person_joins_with_one_paper_replaced(
    world: JourneyWorld, post: Post
) -> None:
    ann = await fills_in_alone(world)
    await one_paper_is_refused(world)
    await corrects_it(ann)
    await world.owner.sees("Application 1 was corrected and sent again", chat=world.staff)
    await approves(world, "Certificate of tax registration")
    started = await ann.sees("Application 1 is approved. Welcome!")
    year = world.product.clock().year
    assert f"Contract CR-{year}-1 of" in started["text"]
    await ann.presses("🔗 My link")
    await ann.sees("Your link")
    await is_partner(world, ann, LegalForm.SELF_EMPLOYED)
    present = await rows(world, papers.c.kind, papers.c.replaced_at)
    kinds = sorted(str(kind) for kind, replaced_at in present if replaced_at is None)
    assert kinds == ["passport", "passport", "tax_registration_certificate"]
    gone = [kind for kind, replaced_at in present if replaced_at is not None]
    assert gone == ["tax_registration_certificate"]
    ((day,),) = await rows(world, applications.c.contract_date)
    assert day == world.product.clock().date()
    _, returned, *_, approved = await has_mails(
        world,
        post,
        "Ann@example.com",
        "has arrived",
        "needs correction",
        "has arrived",
        "is approved",
    )
    for part in ("plain", "html"):
        told = said(returned, part)
        assert "Certificate of tax registration" in told
        assert "it cannot be read" in told
        assert "Passport" not in told
        assert f"CR-{year}-1" in said(approved, part)
    assert "The stamp is cut off <b>" in said(returned, "plain")
    assert "The stamp is cut off &lt;b&gt;" in said(returned, "html")


async def fills_in_alone(world: JourneyWorld) -> PersonActor:
    """Fill in as a self-employed person, with mistakes, and send it."""
    ann = await begins(world, "Ann", "Self-employed")
    await ann.sees("0 of 6")
    await ann.presses("▶️ Go on")
    await ann.sees("Full name")
    await says(ann, ("Sample", "at least one more name"), ("Sample Anna Mary", "1 of 6"))
    await ann.sees("INN")
    await says(ann, ("000000000000", "all zeros"), (PERSON_INN, "2 of 6"))
    await says(ann, ("8 (912) 345-67-89", "E-mail"), ("ann@example", "not an e-mail address"))
    await says(ann, ("Ann@Example.com", "Passport"))
    await ann.attaches(b"not a picture at all", "passport.jpg")
    await ann.sees("")
    await ann.attaches(png(), "page1.png", "photo")
    await ann.sees("1 file is here")
    await ann.attaches(png(color="blue"), "page2.png")
    await ann.sees("2 files are here")
    await ann.presses("▶️ That is all")
    await ann.sees("Certificate of tax registration")
    await ann.attaches(png(color="green"), "tax.png")
    await ann.sees("1 file is here")
    await ann.presses("▶️ That is all")
    checked = await ann.sees("Is everything right?")
    for part in ("Sample Anna Mary", PERSON_INN, "+79123456789", "Passport: 2 files"):
        assert part in checked["text"]
    await sends_it(ann)
    return ann


async def one_paper_is_refused(world: JourneyWorld) -> None:
    """Accept one paper, refuse the other, send it back."""
    owner, staff = world.owner, world.staff
    card = await owner.sees("📝 Application 1", chat=staff)
    assert "Sample Anna" not in card["text"]
    assert "•••7859" in card["text"]

    await owner.presses("Passport", chat=staff)
    await owner.sees("Open each file", chat=staff)
    await owner.opens()
    await owner.presses("📄 2", chat=staff)
    await owner.sees("Passport")
    await owner.presses("✅ Accept", chat=staff)
    await owner.sees("🟢 Passport", chat=staff)
    pressed = await owner.presses("✅ Approve", chat=staff)
    assert "each of these must be accepted" in (await pressed.answer())["text"]
    await owner.presses("Certificate of tax registration", chat=staff)
    await owner.sees("Open each file", chat=staff)
    await owner.presses("🔴 Refuse", chat=staff)
    await owner.presses("it cannot be read", chat=staff)
    question = await owner.sees("what should the applicant be told?", chat=staff)
    await owner.replies(question, "The stamp is cut off <b>", chat=staff)
    await owner.sees("🔴 Certificate of tax registration", chat=staff)
    await owner.presses("↩️ Send back to correct", chat=staff)
    await owner.sees("🟠 needs correction", chat=staff)


async def corrects_it(ann: PersonActor) -> None:
    """Correct what was refused, and nothing else, and send it again."""
    told = await ann.sees("Application 1 needs correction")
    assert "Certificate of tax registration" in told["text"]
    assert "Passport" not in told["text"]
    await ann.sends("/menu")
    await ann.presses("📝 Your application: 🟠 needs correction")
    shown = await ann.sees("Please correct:")
    assert "it cannot be read" in shown["text"]
    assert "The stamp is cut off <b>" in shown["text"]
    await ann.presses("📄 Papers")
    await ann.presses("🟢 Passport")
    await ann.sees("It stays as it is")
    await ann.presses("⬅️ To the form")
    await ann.presses("▶️ Go on")
    await ann.sees("The next file takes the place of what was refused")
    await ann.attaches(png(color="white"), "tax2.png")
    await ann.sees("1 file is here")
    await ann.presses("▶️ That is all")
    await sends_it(ann)


async def test_an_employee_files_for_a_sole_proprietor(world: JourneyWorld, post: Post) -> None:
    bea = await fills_in_as_employee(world)
    card = await world.owner.sees("📝 Application 1", chat=world.staff)
    assert "Filed by an employee" in card["text"]
    await approves(
        world,
        "Passport",
        "Certificate of tax registration",
        "Certificate of state registration",
        "Power of attorney",
    )
    await bea.sees("Application 1 is approved. Welcome!")
    await is_partner(world, bea, LegalForm.SOLE_PROPRIETOR)
    assert await rows(world, applications.c.by_employee) == [(True,)]
    assert await rows(world, partners.c.name) == [("Sample Boris Peter",)]
    await has_mails(world, post, "bea@example.com", "has arrived", "is approved")


async def test_a_company_fills_in_over_days_and_restarts(world: JourneyWorld, post: Post) -> None:
    cid = await begins(world, "Cid", "Company")
    await cid.sees("0 of 14")
    await cid.presses("🏦 Bank")
    await cid.presses("BIK of the bank")
    await cid.sees("9 digits that name the bank")
    await world.restart()
    await says(cid, (BIK, "1 of 14"))
    await says(cid, ("/menu", "All your answers are kept"))
    await cid.presses("📝 Your application: 1 of 14")
    await cid.presses("▶️ Go on")
    await cid.sees("Full name")
    await world.restart()
    await says(
        cid,
        ("Sample Cod", "Position of the signatory"),
        ("Managing director", "Company name"),
        ("Sample Ltd", "INN"),
        (PERSON_INN, "10 digits"),
        (COMPANY_INN, "KPP"),
        ("773601001", "OGRN"),
        ("1027700132195", "Bank account"),
        (ACCOUNT, "Phone"),
        ("+7 912 345-67-89", "E-mail"),
        ("cid@example.com", "Address"),
        ("101000, Sample Town, 1 Sample Street", "Certificate of state registration"),
    )
    await cid.presses("⬅️ To the form")
    await cid.presses("👤 Who you are")
    await cid.presses("Full name")
    await cid.sees("Now: Sample Cod")
    await says(cid, ("Sample Cid", "Certificate of state registration"))
    for color in ("red", "green", "blue"):
        await cid.attaches(png(color=color), "scan.png")
        await cid.sees("1 file is here")
        await cid.presses("▶️ That is all")
    await cid.sees("Is everything right?")
    await sends_it(cid)
    await talks(world, cid)
    await approves(
        world,
        "Certificate of state registration",
        "Charter",
        "Order appointing the signatory",
    )
    await cid.sees("Application 1 is approved")
    await cid.sees("The scans of application 1 are accepted")
    lines = await rows(world, application_lines.c.author)
    assert sorted(author for (author,) in lines) == [LineAuthor.APPLICANT, LineAuthor.STAFF]
    await has_mails(world, post, "cid@example.com", "has arrived", "is approved")
    await is_partner(world, cid, LegalForm.LEGAL_ENTITY)


async def talks(world: JourneyWorld, cid: PersonActor) -> None:
    """Let staff ask, and the applicant answer."""
    owner, staff = world.owner, world.staff
    await owner.sees("📝 Application 1", chat=staff)
    await owner.presses("💬 Ask the applicant", chat=staff)
    question = await owner.sees("with your question about application 1", chat=staff)
    await owner.replies(question, "Who signs?", chat=staff)
    await owner.sees("The question is with the applicant", chat=staff)
    await cid.sees("Who signs?")
    await cid.presses("✏️ Answer")
    await cid.sees("Your message about application 1")
    await says(cid, ("I do.", "The reviewer has your message"))
    await owner.sees("The applicant wrote about application 1", chat=staff)
    await owner.presses("📂 Open the application", chat=staff)
    await owner.sees("I do.", chat=staff)


async def test_papers_are_told_before_anything_else(world: JourneyWorld) -> None:
    dan = await world.sim.person("Dan", language_code="en")
    await dan.sends("/documents")
    shown = await dan.sees("Papers to join")
    assert "Self-employed" in shown["text"]
    assert "Power of attorney (if an employee files)" in shown["text"]


async def test_who_is_never_paid_out_is_told_before_going_on(tmp_path: Path) -> None:
    async with start_world(tmp_path, programs=("widget-reseller",)) as world:
        eva = await world.sim.person("Eva", language_code="en")
        await eva.sends("/join")
        await eva.presses("📝 Fill in the application")
        await eva.presses("Individual")
        shown = await eva.sees("please read this first")
        assert "You are never paid out" in shown["text"]
        assert "you pay our invoice less your share" in shown["text"]
        await eva.presses("✅ I understand, go on")
        await eva.sees("0 of 3")
        await eva.presses("🗑 Delete")
        await eva.sees("Delete application 1?")
        await eva.presses("🗑 Yes, erase it")
        await eva.sees("Application 1 is erased")
        assert await rows(world, applications.c.status) == [(ApplicationStatus.WITHDRAWN,)]
