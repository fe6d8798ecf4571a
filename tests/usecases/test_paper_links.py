"""Links to papers: one look, ten minutes, for who still may; each in the trail (A14)."""

import asyncio
from datetime import timedelta

import pytest

from domain.entities.paper import LINK_LASTS, Paper
from domain.errors import NotAllowed, NotFound
from domain.filing import replace_kind
from domain.ports.papers import PapersUnavailable
from domain.rights import StaffRole
from domain.usecases.papers.link import PaperLinkVoid
from tests.domain.paper_files import pdf
from tests.usecases.app import App
from tests.usecases.papers import files, opens


async def handed_in(app: App) -> Paper:
    return await files(app, (await opens(app)).id, pdf())


async def token_of(app: App, paper: Paper, who: str = "mia") -> str:
    made = await app.use.link_paper(
        (await app.owner() if who == "owner" else await app.in_chat(who)), paper.id
    )
    assert made.expires_at == app.now + LINK_LASTS
    return made.url.rpartition("/papers/")[2]


async def test_a_link_is_good_for_one_look_that_is_written_down(app: App) -> None:
    paper = await handed_in(app)
    await app.staff("mia", StaffRole.MANAGER)
    token = await token_of(app, paper)
    assert (await app.use.follow_paper_link.show(token)).id == paper.id
    assert await app.audited("paper_opened") == []
    assert (await app.use.follow_paper_link(token)).data == pdf()
    (row,) = await app.audited("paper_opened")
    assert (row["actor"], row["subject"]) == (app.id_of("mia"), f"paper:{paper.id}")
    assert row["details"]["by_link"] is True
    assert len(await app.audited("paper_link_made")) == 1
    for again in (app.use.follow_paper_link.show, app.use.follow_paper_link):
        with pytest.raises(PaperLinkVoid):
            await again(token)
    assert len(await app.audited("paper_opened")) == 1


async def test_two_presses_at_once_show_it_once(app: App) -> None:
    token = await token_of(app, await handed_in(app), "owner")
    looks = await asyncio.gather(
        *(app.use.follow_paper_link(token) for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(look).__name__ for look in looks) == ["OpenedPaper", *["PaperLinkVoid"] * 3]
    assert len(await app.audited("paper_opened")) == 1


async def test_a_link_ends_by_itself_and_with_the_right(app: App) -> None:
    paper = await handed_in(app)
    await app.staff("mia", StaffRole.MANAGER)
    late, fired = await token_of(app, paper, "owner"), await token_of(app, paper)
    await app.staff("mia", StaffRole.SUPPORT)
    with pytest.raises(PaperLinkVoid):
        await app.use.follow_paper_link(fired)
    app.now += LINK_LASTS - timedelta(seconds=1)
    assert (await app.use.follow_paper_link.show(late)).id == paper.id
    app.now += timedelta(seconds=1)
    for token in (late, "", "x" * 43):
        with pytest.raises(PaperLinkVoid):
            await app.use.follow_paper_link(token)
    assert await app.audited("paper_opened") == []


async def test_what_was_replaced_is_shown_no_more(app: App) -> None:
    paper = await handed_in(app)
    token = await token_of(app, paper, "owner")
    async with app.around.open_work(books=False) as work:
        await replace_kind(work, paper.dossier_id, "passport", at=app.now)
        await work.commit()
    with pytest.raises(NotFound):
        await app.use.follow_paper_link(token)
    with pytest.raises(NotFound):
        await app.use.link_paper(await app.owner(), paper.id)


async def test_a_lost_file_does_not_spend_the_link(app: App) -> None:
    paper = await handed_in(app)
    token = await token_of(app, paper, "owner")
    assert app.around.paper_files
    await app.around.paper_files.remove([paper.id])
    with pytest.raises(PapersUnavailable):
        await app.use.follow_paper_link(token)
    assert (await app.use.follow_paper_link.show(token)).id == paper.id


async def test_no_link_outside_the_admin_chat_and_no_token_in_the_tables(app: App) -> None:
    paper = await handed_in(app)
    with pytest.raises(NotAllowed):
        await app.use.link_paper(await app.private("boss"), paper.id)
    token = await token_of(app, paper, "owner")
    assert token not in str(await app.rows("paper_links"))
    app.now += timedelta(days=2)
    await app.use.tend_papers()
    assert await app.rows("paper_links") == []
