"""Papers and e-mail as people meet them: pressed, sent, confirmed, opened, erased."""

from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession
from sqlalchemy import select

from bot.simulator.actors import PersonActor
from storage.tables import audit
from tests.domain.paper_files import pdf
from tests.journeys.papers import hands_in
from tests.journeys.world import API_TOKEN, JourneyWorld, start_world
from tests.post import Post, open_post


async def test_staff_open_a_paper_in_private_and_the_trail_says_so(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await hands_in(world, ann, as_partner=True)
    owner, staff = world.owner, world.staff
    await owner.sends(f"/partner {await world.code_of(ann)}", chat=staff)
    await owner.presses("📁 Papers", chat=staff)
    shown = await owner.sees("Passport, page 1", chat=staff)
    assert "USD <b>Anna</b>.pdf" in shown["text"]
    pressed = await owner.presses("📄 Passport · 1", chat=staff)
    assert "Open a private chat with me first" in (await pressed.answer())["text"]
    await owner.opens()
    await owner.sees("")
    await owner.presses("📄 Passport · 1", chat=staff)
    sent = await owner.sees("Please delete this message")
    assert sent["document"]["file_name"] == "passport-1.pdf"
    assert sent["document"]["mime_type"] == "application/pdf"
    assert await world.sim.file(sent["document"]["file_id"]) == pdf()
    async with world.product.engines.reads.connect() as connection:
        rows = (await connection.execute(audit.select())).all()
    # The trail is written first, so it has the attempt that Telegram did not let through, too.
    assert [row.actor for row in rows if row.action == "paper_opened"] == [owner.id] * 2
    await owner.sends("/audit", chat=staff)
    await owner.sees("looked at a paper: Passport, page 1", chat=staff)


async def test_staff_look_once_by_a_link(world: JourneyWorld) -> None:
    ann = await world.partner("Ann")
    await hands_in(world, ann, as_partner=True)
    owner, staff = world.owner, world.staff
    await owner.opens()
    await owner.sends(f"/partner {await world.code_of(ann)}", chat=staff)
    await owner.presses("📁 Papers", chat=staff)
    await owner.presses("🔗", chat=staff)
    told = await owner.sees("It shows the paper once, in any browser")
    path = next(word for word in told["text"].split() if "/papers/" in word)
    url = world.web_url + urlsplit(path).path
    async with ClientSession() as session:
        for _ in ("a program that looks ahead", "a person"):
            async with session.get(url) as asked:
                page = await asked.text()
                assert (asked.status, "Passport, page 1" in page) == (200, True)
                assert "no-store" in asked.headers["Cache-Control"]
        assert await world.count(audit, audit.c.action == "paper_opened") == 0
        async with session.post(f"{url}?lang=ru") as shown:
            assert (shown.status, shown.content_type) == (200, "application/pdf")
            assert await shown.read() == pdf()
            assert "no-store" in shown.headers["Cache-Control"]
            assert shown.headers["X-Content-Type-Options"] == "nosniff"
            assert shown.headers["Content-Disposition"] == 'inline; filename="passport-1.pdf"'
        for again in (session.get(url), session.post(url), session.post(f"{url}x")):
            async with again as refused:
                assert (refused.status, "cannot be shown" in await refused.text()) == (410, True)
                assert "no-store" in refused.headers["Cache-Control"]
    rows = await world.committed(
        select(audit.c.actor, audit.c.details).where(audit.c.action == "paper_opened")
    )
    assert [(actor, details["by_link"]) for actor, details in rows] == [(owner.id, True)]


async def test_a_person_erases_papers_that_led_to_no_partner(
    world: JourneyWorld, tmp_path: Path
) -> None:
    zoe = await world.sim.person("Zoe", language_code="en")
    await zoe.opens()
    await zoe.sees("")
    await hands_in(world, zoe, as_partner=False)
    assert len(list((tmp_path / "papers").iterdir())) == 1
    await zoe.sends("/privacy")
    await zoe.sees("Papers: 1 file")
    await zoe.presses("🗑 Erase my papers")
    await zoe.sees("This cannot be undone")
    await zoe.presses("🗑 Yes, erase")
    await zoe.sees("1 file is erased")
    assert list((tmp_path / "papers").iterdir()) == []
    await zoe.sends("/privacy")
    shown = await zoe.sees("What is stored about you")
    assert "Papers" not in shown["text"]


async def test_an_address_is_confirmed_by_a_real_e_mail(tmp_path: Path) -> None:
    async with open_post() as post:
        email = (
            f'smtp_url = "smtp://u:p%3Ass@127.0.0.1:{post.port}"\nsender = "Us <us@vendor.org>"'
        )
        async with start_world(tmp_path, email_config=email) as world:
            zoe = await world.sim.person("Zoe", language_code="uk")
            await zoe.opens()
            await zoe.sees("")
            await zoe.sends("/privacy")
            await zoe.presses("✉️")
            await zoe.sees("електронної пошти")
            await zoe.sends("zoe at home")
            await zoe.sees("не схоже на адресу")
            await zoe.sends("zoe@example.com")
            await zoe.sees("zoe@example.com")
            got = await post.next()
            body = got.get_body(("plain",))
            assert body
            assert "Підтвердьте" in body.get_content()
            assert got["To"] == "zoe@example.com"
            code = next(word for word in got["Subject"].split() if word.isdecimal())
            await zoe.sends(f"{(int(code) + 1) % 1_000_000:06}")
            await zoe.sees("Код не підходить")
            await zoe.sends(code)
            await zoe.sees("підтверджено")
            await _loses_one(world, zoe, post)


async def _loses_one(world: JourneyWorld, zoe: PersonActor, post: Post) -> None:
    """Let the server refuse the next one for good: staff see it, and send it again."""
    owner, staff = world.owner, world.staff
    post.to_recipient = ["550 nobody here"]
    await zoe.presses("🔒")
    await zoe.presses("✉️")
    await zoe.sees("електронної пошти")
    await zoe.sends("zoe@example.org")
    await owner.sees("An e-mail did not arrive", chat=staff)
    await owner.sends("/queue", chat=staff)
    await owner.sees("1 e-mail did not arrive", chat=staff)
    await owner.presses("📮 E-mails", chat=staff)
    shown = await owner.sees("confirm_address", chat=staff)
    assert "zoe@" not in shown["text"]
    await owner.presses("🔁 Send all again", chat=staff)
    assert (await post.next(2))["To"] == "zoe@example.org"
    headers = {"Authorization": f"Bearer {API_TOKEN}"}
    url = f"{world.web_url}/metrics"
    async with ClientSession(headers=headers) as session, session.get(url) as metrics:
        assert "partner_bot_mails_undelivered" in await metrics.text()
