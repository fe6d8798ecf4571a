"""What people send instead of an answer or a paper: told in words, and nothing entered is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.actors import PersonActor
from domain.entities.application import ApplicationStatus
from domain.entities.paper import PAGES_MAX
from storage.tables import application_answers, applications, papers
from tests.domain.paper_files import pdf, zipped
from tests.domain.test_paper_rules import ACTION, BOMB, MZ, packed
from tests.journeys.applying import PERSON_INN, begins, rows, says
from tests.journeys.world import JourneyWorld, start_world
from tests.simulator.support import png

TYPED = (
    ("x" * 4_096, "digits only"),
    ("\u202e958765432177", "check digit"),
    ("771234567850", "check digit"),
    ("1759013776", "have 12 digits"),
    ("٧٧١٢٣٤٥٦٧٨٥٩", "digits only"),
    ("000000000000", "all zeros"),
)
FILES = (
    (MZ, "passport.pdf", "This is a program"),
    (zipped(), "passport.pdf", "This is an archive"),
    (b"", "passport.pdf", "is empty"),
    (pdf(packed(BOMB)), "passport.pdf", "unpacks"),
    (pdf(ACTION), "passport.pdf", "in it that runs"),
    (pdf()[:-40], "passport.pdf", "damaged or cut off"),
    (b"%PDF-1.7" + b" " * 25 * 1024 * 1024, "passport.pdf", "larger than 20 MB"),
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[JourneyWorld]:
    async with start_world(tmp_path, programs=("cloud-referral",)) as started:
        yield started


async def kept(world: JourneyWorld) -> set[str]:
    return {str(field.value) for (field,) in await rows(world, application_answers.c.field)}


async def test_nothing_wrong_is_kept_and_nothing_right_is_lost(world: JourneyWorld) -> None:
    ann = await begins(world, "Ann", "Self-employed")
    await ann.sees("0 of 6")
    await ann.presses("▶️ Go on")
    await ann.sees("Full name")
    await says(ann, ("Sample", "at least one more name"), ("Sample\u200b Anna", "INN"))
    bob = await world.sim.person("Bob", phone="+79120000000")
    for typed, told in TYPED:
        await says(ann, (typed, told))
        assert await kept(world) == {"full_name"}
    await ann.shares_contact(of=bob)
    await ann.sees("I can read only text here")
    await ann.attaches(png(), "inn.png")
    await ann.sees("I can read only text here")
    assert await kept(world) == {"full_name"}
    await says(ann, (PERSON_INN, "Phone"))
    await ann.shares_contact(of=bob)
    await ann.sees("somebody else’s contact")
    await ann.changes(phone="+79123456789")
    await ann.shares_contact()
    await ann.sees("E-mail")
    await says(ann, ("ann@example.com", "Passport"))
    await _bad_papers(world, ann)
    assert await kept(world) == {"full_name", "inn", "phone", "email"}
    assert await rows(world, applications.c.status) == [(ApplicationStatus.DRAFT,)]


async def _bad_papers(world: JourneyWorld, ann: PersonActor) -> None:
    for content, name, told in FILES:
        await ann.attaches(content, name)
        await ann.sees(told)
    await says(ann, ("here it is", "text"))
    await ann.shares_contact()
    await ann.sees("contact")
    assert await world.count(papers) == 0


async def test_albums_of_twelve_are_twelve_pages_with_one_answer_each(
    world: JourneyWorld,
) -> None:
    ann = await begins(world, "Ann", "Self-employed")
    shown = await ann.sees("0 of 6")
    await ann.presses("📄 Papers", message_id=shown["message_id"])
    await ann.presses("▫️ Passport")
    await ann.sees("one or several")
    pages = [png(40 + number, 30) for number in range(12)]
    await asyncio.gather(
        *(
            ann.attaches(page, "page.png", "photo", album="ten" if number < 10 else "two")
            for number, page in enumerate(pages)
        )
    )
    await ann.sees("12 files are here")
    found = await rows(world, papers.c.kind, papers.c.page)
    assert sorted(found) == [("passport", page) for page in range(1, 13)]
    told = [m for m in await ann.messages() if "✅ Saved." in (m["text"] or "")]
    assert len(told) == 2
    for number in range(12, PAGES_MAX + 1):
        await ann.attaches(png(40 + number, 30), "page.png", "photo", album="more")
    await ann.sees("20 files")
    assert await world.count(papers) == PAGES_MAX
