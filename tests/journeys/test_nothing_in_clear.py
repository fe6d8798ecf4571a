"""A whole application, then a search for what nobody may find: passports, phones, accounts.

The copy of the database, the folder of papers and the log are read as whoever stole them would.
"""

import logging
from pathlib import Path

import asyncpg
import pytest

from bot.simulator.actors import PersonActor
from storage.tables import application_answers, metadata
from tests.conftest import PostgresServer
from tests.journeys.applying import (
    ACCOUNT,
    BIK,
    PERSON_INN,
    approves,
    fills_in_as_employee,
    sends_it,
    sent_through,
)
from tests.journeys.world import JourneyWorld, start_world
from tests.post import open_post
from tests.simulator.support import png

OGRNIP, PHONE, ADDRESS = "304500116000157", "+79123456789", "1 Sample Street"
ASKED, ANSWERED, NOTE = "Whose seal is on page four", "It is of my uncle Otto", "The year is 1907"
PASSPORT, FILE_NAME = png(61, 47, "orange"), "passport-of-boris-4512.png"
ANSWERS, PAPERS, MAILS = 10, 5, 4
"""The words that a person typed or said, and what would give them away in other spellings."""
SECRETS = (
    PERSON_INN, OGRNIP, ACCOUNT, BIK, PHONE, PHONE[1:], PHONE[2:], "912 345-67-89", ADDRESS,
    "bea@example.com", "Sample Bea", "Accountant", ASKED, ANSWERED, NOTE, FILE_NAME,
    "304500116000150",
)  # fmt: skip


async def applies(world: JourneyWorld) -> None:
    """Apply, be seen and asked, have a paper refused with a note, correct it, be approved."""
    owner, staff = world.owner, world.staff
    await owner.opens()
    bea = await fills_in_as_employee(world)
    await looks_and_refuses(world)
    await asks(world, bea)
    await owner.presses("↩️ Send back to correct", chat=staff)
    await bea.presses("▶️ Correct it")
    await bea.sees("takes the place of what was refused")
    await bea.attaches(PASSPORT, FILE_NAME)
    await bea.sees("1 file is here")
    await bea.presses("▶️ That is all")
    await sends_it(bea)
    await owner.sees("was corrected and sent again", chat=staff)
    await approves(
        world, "Passport", "Certificate of tax registration",
        "Certificate of state registration", "Power of attorney",
    )  # fmt: skip
    await bea.sees("Application 1 is approved")
    await bea.sends("/privacy")
    await bea.sees("What is stored about you")
    await world.notices_are_sent()


async def looks_and_refuses(world: JourneyWorld) -> None:
    """Let staff see all answers and a passport, and refuse the passport with a note."""
    owner, staff = world.owner, world.staff
    await owner.sees("📝 Application 1", chat=staff)
    await owner.presses("🔎 All answers", chat=staff)
    await owner.sees(PHONE, chat=staff)
    await owner.presses("⬅️ Back", chat=staff)
    await owner.presses("Passport", chat=staff)
    await owner.sees("Open each file", chat=staff)
    await owner.presses("📄 1", chat=staff)
    await owner.sees("Passport")
    await owner.presses("🔴 Refuse", chat=staff)
    await owner.presses("it cannot be read", chat=staff)
    question = await owner.sees("what should the applicant be told?", chat=staff)
    await owner.replies(question, NOTE, chat=staff)
    await owner.sees("🔴 Passport", chat=staff)


async def asks(world: JourneyWorld, bea: PersonActor) -> None:
    """Let staff ask, and the applicant answer."""
    owner, staff = world.owner, world.staff
    await owner.presses("💬 Ask the applicant", chat=staff)
    question = await owner.sees("with your question about application 1", chat=staff)
    await owner.replies(question, ASKED, chat=staff)
    await bea.sees(ASKED)
    await bea.presses("✏️ Answer")
    await bea.sees("Your message about application 1")
    await bea.sends(ANSWERED)
    await owner.sees("The applicant wrote", chat=staff)
    await owner.presses("📂 Open the application", chat=staff)
    await owner.sees(ANSWERED, chat=staff)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Keep every line of the log of every part of the product, the finest too."""
    caplog.set_level(logging.DEBUG)
    return caplog


def beside_the_database(folder: Path, log: pytest.LogCaptureFixture) -> bytes:
    """Return the log and the papers, names of files included."""
    # The mail server of the tests is the one who is to be told.
    lines = [log.handler.format(one) for one in log.records if one.name != "mail.log"]
    files = [file for file in sorted((folder / "papers").rglob("*")) if file.is_file()]
    assert len(files) == PAPERS
    names = [str(file) for file in files]
    return "\n".join(lines + names).encode() + b"".join(file.read_bytes() for file in files)


def pages_of(folder: Path) -> bytes:
    """Return the file of the database, with what was written ahead of it."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("bot.db*")))


def secrets_in(data: bytes) -> set[str]:
    """Return which secrets stand there in clear, however a program would write them."""
    marks = {secret: (secret, secret.encode("utf-16-le")) for secret in SECRETS}
    found = {
        secret
        for secret, (text, wide) in marks.items()
        if text.encode() in data or wide in data or text.encode().hex().encode() in data
    }
    shown = PASSPORT[20:60]
    return found | ({"the passport"} if shown in data or shown.hex().encode() in data else set())


async def test_a_stolen_sqlite_file_tells_nothing(
    tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    async with (
        open_post() as post,
        start_world(
            tmp_path, programs=("cloud-referral",), email_config=sent_through(post)
        ) as world,
    ):
        await applies(world)
        assert len(post.got) == MAILS
        assert await world.count(application_answers) == ANSWERS
        pages = pages_of(tmp_path)
        assert b"application_paper_refused" in pages
        assert secrets_in(pages) == set()
    assert secrets_in(pages_of(tmp_path)) == set()
    assert secrets_in(beside_the_database(tmp_path, log)) == set()


async def test_a_stolen_dump_of_postgresql_tells_nothing(
    tmp_path: Path, postgres: PostgresServer, postgresql_url: str, log: pytest.LogCaptureFixture
) -> None:
    async with (
        open_post() as post,
        start_world(
            tmp_path,
            database_url=postgresql_url,
            programs=("cloud-referral",),
            email_config=sent_through(post),
        ) as world,
    ):
        await applies(world)
        dump = await dumped(postgres, postgresql_url)
        assert b"application_paper_refused" in dump
        assert secrets_in(dump) == set()
    assert secrets_in(beside_the_database(tmp_path, log)) == set()


async def dumped(postgres: PostgresServer, url: str) -> bytes:
    """Return every row of every table as text."""
    name = url.partition("?")[0].rpartition("/")[2]
    connection = await asyncpg.connect(
        host=str(postgres.socket_folder), user="postgres", database=name
    )
    whole = ""
    for table in metadata.sorted_tables:
        rows = await connection.fetch(f'SELECT t::text FROM "{table.name}" t')  # noqa: S608
        whole += "\n".join(row[0] for row in rows) + "\n"
    await connection.close()
    return whole.encode()
