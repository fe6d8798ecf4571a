"""Applying as journeys do it: what people press, what staff press, what is committed (R30-R34)."""

import re
from email.message import EmailMessage

from sqlalchemy import select

from bot.simulator.actors import PersonActor
from domain.entities.application import ApplicationStatus
from domain.entities.partner import LegalForm
from domain.rights import MemberRole
from storage.tables import applications, enrolments, links, mails, members, partners
from tests.journeys.world import JourneyWorld
from tests.post import Post
from tests.simulator.support import png

PERSON_INN, COMPANY_INN = "771234567859", "7700123459"
ACCOUNT, BIK = "40702810200000012345", "044525225"


async def says(person: PersonActor, *pairs: tuple[str, str]) -> None:
    """Type each text and wait for what is asked next."""
    for typed, told in pairs:
        await person.sends(typed)
        await person.sees(told)


async def rows(world: JourneyWorld, *columns: object) -> list[tuple[object, ...]]:
    """Return what is committed."""
    async with world.product.engines.reads.connect() as connection:
        return [tuple(row) for row in await connection.execute(select(*columns))]  # type: ignore[call-overload]


async def begins(world: JourneyWorld, name: str, form: str) -> PersonActor:
    """Come from the first screen to the form of a legal form."""
    person = await world.sim.person(name, language_code="en")
    await person.opens()
    await person.sends("/join")
    await person.sees("Cloud referral program")
    await person.presses("📝 Fill in the application")
    shown = await person.sees("What is your legal form?")
    assert "pay-outs to the company’s bank account" in shown["text"]
    await person.presses(form)
    return person


async def sends_it(person: PersonActor) -> None:
    """Check everything and send it."""
    await person.presses("📨 Send")
    await person.sees("you accept the rules of the program, version 1")
    await person.presses("✅ Yes, send it")
    await person.sees("🟡 under review")


async def approves(world: JourneyWorld, *waiting: str) -> None:
    """Accept the papers that wait and approve, from the list."""
    owner, staff = world.owner, world.staff
    await owner.sends("/applications", chat=staff)
    await owner.presses("🟡 1 ·", chat=staff)
    await owner.sees("📝 Application 1", chat=staff)
    for paper in waiting:
        await owner.presses(paper, chat=staff)
        await owner.sees("Open each file", chat=staff)
        await owner.presses("✅ Accept", chat=staff)
        await owner.sees(f"🟢 {paper}", chat=staff)
    await owner.presses("✅ Approve", chat=staff)
    await owner.sees("Approve application 1?", chat=staff)
    await owner.presses("✅ Yes, approve", chat=staff)
    await owner.sees("🟢 approved", chat=staff)


async def is_partner(world: JourneyWorld, person: PersonActor, form: LegalForm) -> None:
    """Assert what is committed: partner, admin, enrolment, link, contract."""
    (partner,) = await rows(world, partners.c.id, partners.c.legal_form, partners.c.dossier_id)
    assert partner[1] is form
    assert await rows(world, members.c.partner_id, members.c.person_id, members.c.role) == [
        (partner[0], person.id, MemberRole.ADMIN)
    ]
    ((code, version),) = await rows(world, enrolments.c.code, enrolments.c.terms_version)
    assert version == 1
    assert await rows(world, links.c.code) == [(code,)]
    ((status, number, dossier_id),) = await rows(
        world, applications.c.status, applications.c.contract_number, applications.c.dossier_id
    )
    assert status is ApplicationStatus.APPROVED
    assert re.fullmatch(r"CR-\d{4}-\d+", str(number))
    assert dossier_id == partner[2]
    await world.books_balance()


async def fills_in_as_employee(world: JourneyWorld) -> PersonActor:
    """Fill in as an employee of a sole proprietor, with mistakes, and send it."""
    bea = await begins(world, "Bea", "Sole proprietor")
    await bea.sees("Who files this application?")
    await bea.presses("🧑‍💼 I am an employee")
    shown = await bea.sees("0 of 14")
    assert "Papers: 0/4" in shown["text"]
    await bea.presses("▶️ Go on")
    await bea.sees("Full name")
    await says(
        bea,
        ("Sample Boris Peter", "Employee’s full name"),
        ("Sample Bea", "Employee’s position"),
        ("Accountant", "INN"),
        (PERSON_INN, "OGRNIP"),
        ("304500116000150", "check digit"),
        ("304500116000157", "Bank account"),
        (ACCOUNT, "BIK"),
        ("044525226", "do not belong together"),
        (BIK, "Phone"),
        ("+7 912 345-67-89", "E-mail"),
        ("bea@example.com", "Address"),
        ("101000, Sample Town, 1 Sample Street", "Passport"),
    )
    for color in ("red", "green", "blue", "white"):
        await bea.attaches(png(color=color), "scan.png")
        await bea.sees("1 file is here")
        await bea.presses("▶️ That is all")
    checked = await bea.sees("Is everything right?")
    assert "Power of attorney: 1 file" in checked["text"]
    await sends_it(bea)
    return bea


def sent_through(post: Post) -> str:
    """Return the configuration of e-mail that goes to this server."""
    url = f"smtp://u:p%3Ass@127.0.0.1:{post.port}"
    return f'smtp_url = "{url}"\nsender = "Us <us@vendor.org>"'


async def has_mails(
    world: JourneyWorld, post: Post, address: str, *subjects: str
) -> list[EmailMessage]:
    """Assert which e-mails arrived, each as text and as a page; return them."""
    await post.next(len(subjects))
    assert len(post.got) == len(subjects)
    for message, subject in zip(post.got, subjects, strict=True):
        assert message["To"] == address
        assert subject in message["Subject"]
        assert said(message, "plain").strip()
        page = said(message, "html")
        assert page.startswith("<!doctype html>")
        assert "https://t.me/SamplePartnerBot" in page
    erased = await rows(world, mails.c.sent_at, mails.c.undelivered_at)
    assert [late for _, late in erased] == [None] * len(subjects)
    return list(post.got)


def said(message: EmailMessage, part: str) -> str:
    """Return the ``plain`` or the ``html`` part of an e-mail."""
    body = message.get_body((part,))
    assert body is not None
    return str(body.get_content())
