"""Staff open papers: each view leaves a trace, and without a right there is none."""

import pytest

from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from tests.domain.paper_files import pdf
from tests.usecases.app import App
from tests.usecases.papers import SECRET, files, opens


async def test_each_view_is_written_down(app: App) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf(SECRET))
    await app.staff("mia", StaffRole.MANAGER)
    for _ in "12":
        opened = await app.use.open_paper(await app.in_chat("mia"), paper.id)
        assert opened.data == pdf(SECRET)
    rows = await app.audited("paper_opened")
    assert [(row["actor"], row["subject"]) for row in rows] == [
        (app.id_of("mia"), f"paper:{paper.id}")
    ] * 2
    assert rows[0]["details"] == {"kind": "passport", "page": 1, "dossier": dossier.id}


async def test_what_cannot_be_written_down_is_not_shown(app: App) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf())

    async def fails() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await app.with_commit(fails).open_paper(await app.owner(), paper.id)


async def test_support_sees_what_there_is_and_opens_nothing(app: App) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf())
    await app.staff("sue", StaffRole.SUPPORT)
    sue = await app.in_chat("sue")
    assert [row.id for row in await app.use.show_papers(sue, dossier.id)] == [paper.id]
    with pytest.raises(NotAllowed):
        await app.use.open_paper(sue, paper.id)
    for caller in (await app.private("boss"), await app.private("ann")):
        with pytest.raises(NotAllowed):
            await app.use.open_paper(caller, paper.id)
        with pytest.raises(NotAllowed):
            await app.use.show_papers(caller, dossier.id)
    with pytest.raises(NotFound):
        await app.use.show_papers(await app.owner(), 404)


async def test_a_paper_that_was_replaced_is_opened_no_more(app: App) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf())
    async with app.around.open_work(books=False) as work:
        await work.papers.end([paper.id], at=app.now, replaced=False)
        await work.commit()
    for paper_id in (paper.id, 404):
        with pytest.raises(NotFound):
            await app.use.open_paper(await app.owner(), paper_id)
