"""Papers are filed whole, read back, tended, and nowhere in clear."""

import asyncio
import logging
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain import filing
from domain.entities.paper import PAGES_MAX, MediaType, Paper, PaperTrouble
from domain.filing import (
    DossierFull,
    IncomingPaper,
    PaperUnfit,
    TooManyPages,
    read_paper,
    replace_kind,
    store_paper,
)
from domain.ports.papers import PapersUnavailable
from tests.domain.paper_files import pdf, picture
from tests.usecases.app import App
from tests.usecases.papers import NAME, SECRET, files, on_disk, opens


async def present(app: App, dossier_id: int) -> list[Paper]:
    async with app.around.open_work.read() as work:
        return list(await work.papers.present(dossier_id))


def content_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("*"))


def age(folder: Path, app: App, days: float) -> None:
    """Let the files be as old as the clock of the test says."""
    at = (app.now - timedelta(days=days)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (at, at))


async def test_a_paper_is_kept_and_read_back(app: App, papers_folder: Path) -> None:
    dossier = await opens(app)
    data = pdf(SECRET)
    first = await files(app, dossier.id, data)
    second = await files(app, dossier.id, picture("JPEG"), name="")
    assert [(row.page, row.media_type) for row in await present(app, dossier.id)] == [
        (1, MediaType.PDF),
        (2, MediaType.JPEG),
    ]
    assert first.name == NAME
    assert second.name == ""
    assert await read_paper(app.around, first) == data
    assert on_disk(papers_folder) == {f"{first.id}.paper", f"{second.id}.paper"}


async def test_the_same_content_twice_is_one_paper(app: App) -> None:
    dossier = await opens(app)
    first = await files(app, dossier.id, pdf(SECRET))
    assert await files(app, dossier.id, pdf(SECRET), name="other.pdf") == first
    other = await files(app, dossier.id, pdf(SECRET), kind="charter")
    assert other.id != first.id
    assert len(await present(app, dossier.id)) == 2


async def test_what_is_no_paper_leaves_nothing(app: App, papers_folder: Path) -> None:
    dossier = await opens(app)
    with pytest.raises(PaperUnfit) as refused:
        await files(app, dossier.id, b"MZ program", name="passport.pdf")
    assert refused.value.facts["trouble"] is PaperTrouble.PROGRAM
    assert await present(app, dossier.id) == []
    assert on_disk(papers_folder) == set()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nContent-Type: x.pdf", "a Content-Type: x.pdf"),
        ("gpj\u202efdp.exe", "gpj fdp.exe"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("x" * 200 + ".pdf", "x" * 59 + "…" + "x" * 56 + ".pdf"),
    ],
)
async def test_a_hostile_name_is_one_line_and_short(app: App, given: str, kept: str) -> None:
    dossier = await opens(app)
    assert (await files(app, dossier.id, pdf(), name=given)).name == kept


async def test_pages_and_bytes_have_their_limits(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = await opens(app)
    for number in range(PAGES_MAX):
        await files(app, dossier.id, pdf(b"(%d)" % number))
    with pytest.raises(TooManyPages):
        await files(app, dossier.id, pdf(b"(one more)"))
    await files(app, dossier.id, pdf(), kind="charter")
    taken = sum(row.size_bytes for row in await present(app, dossier.id))
    monkeypatch.setattr(filing, "DOSSIER_BYTES_MAX", taken + 10)
    with pytest.raises(DossierFull) as full:
        await files(app, dossier.id, pdf(), kind="extract")
    assert full.value.facts["left"] == 10


async def test_two_pages_at_the_same_moment_are_two_pages(app: App) -> None:
    dossier = await opens(app)
    await asyncio.gather(*(files(app, dossier.id, pdf(b"(%d)" % n)) for n in range(8)))
    assert [row.page for row in await present(app, dossier.id)] == list(range(1, 9))


async def test_a_kind_is_replaced_and_its_files_go(app: App, papers_folder: Path) -> None:
    dossier = await opens(app)
    old = await files(app, dossier.id, pdf(b"(old)"))
    stays = await files(app, dossier.id, pdf(), kind="charter")
    async with app.around.open_work(books=False) as work:
        assert await replace_kind(work, dossier.id, "passport", at=app.now) == 1
        await work.commit()
    new = await files(app, dossier.id, pdf(b"(new)"))
    assert new.page == 1
    app.later(days=1)
    age(papers_folder, app, 0.5)
    tended = await app.use.tend_papers()
    assert (tended.erased, tended.removed) == (0, 1)
    assert on_disk(papers_folder) == {f"{new.id}.paper", f"{stays.id}.paper"}
    async with app.around.open_work.read() as work:
        kept = await work.papers.get(old.id)
    assert kept
    assert kept.replaced_at is not None


async def test_a_file_that_no_row_names_goes_after_a_week(app: App, papers_folder: Path) -> None:
    dossier = await opens(app)
    incoming = IncomingPaper(kind="passport", name="", data=pdf(), sent_by=1)
    await store_paper(app.around, dossier.id, incoming)
    named = await files(app, dossier.id, pdf(SECRET))
    age(papers_folder, app, 6)
    assert (await app.use.tend_papers()).removed == 0
    age(papers_folder, app, 8)
    assert (await app.use.tend_papers()).removed == 1
    assert on_disk(papers_folder) == {f"{named.id}.paper"}


async def test_a_lost_or_damaged_file_is_told_and_harms_nothing(
    app: App, papers_folder: Path
) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf())
    (papers_folder / f"{paper.id}.paper").write_bytes(b"\x01" + b"0" * 99)
    with pytest.raises(PapersUnavailable):
        await app.use.open_paper(await app.owner(), paper.id)
    (papers_folder / f"{paper.id}.paper").unlink()
    with pytest.raises(PapersUnavailable):
        await app.use.open_paper(await app.owner(), paper.id)
    assert await app.audited("paper_opened") == []
    app.configures(paper_files=None)
    with pytest.raises(PapersUnavailable):
        await files(app, dossier.id, pdf())


async def test_no_known_byte_is_anywhere_in_clear(
    app: App, papers_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf(SECRET))
    await files(app, dossier.id, picture("PNG", (64, 64)), name="quasimodo.png")
    await app.use.name_email(await app.private("ann"), "quasimodo@example.com")
    await app.use.open_paper(await app.owner(), paper.id)
    assert len(on_disk(papers_folder)) == 2
    await _is_nowhere(app, papers_folder, caplog)
    await app.use.erase_own_papers(await app.private("ann"))
    assert on_disk(papers_folder) == set()
    await _is_nowhere(app, papers_folder, caplog)


async def _is_nowhere(app: App, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Test database, folder and log for known values, as text and as PostgreSQL shows bytes."""
    stored = "\n".join(row for rows in (await app.contents(but=())).values() for row in rows)
    told = "\n".join(record.getMessage() for record in caplog.records)
    on_the_disk = content_of(folder)
    for known in ("quasimodo", "AB1234567", "380671112233", "%PDF"):
        assert known.encode() not in on_the_disk
        for spelling in (known.lower(), known.encode().hex(), known.lower().encode().hex()):
            assert spelling not in stored.lower(), known
            assert spelling not in told.lower(), known


async def test_two_dossiers_have_two_keys(app: App, papers_folder: Path) -> None:
    first, second = await opens(app), await opens(app, "bob")
    mine = await files(app, first.id, pdf(SECRET))
    theirs = await files(app, second.id, pdf(b"(of bob)"))
    (papers_folder / f"{mine.id}.paper").rename(papers_folder / f"{theirs.id}.paper")
    for paper in (theirs, replace(mine, id=theirs.id)):
        with pytest.raises(PapersUnavailable):
            await read_paper(app.around, paper)
