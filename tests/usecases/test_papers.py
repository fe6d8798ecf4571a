"""Papers: filed whole, seen with a trace, erased in time, and nowhere in clear."""

import asyncio
import logging
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain import filing
from domain.entities.paper import PAGES_MAX, MediaType, Paper, PaperTrouble
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotAllowed, NotFound
from domain.filing import (
    DossierFull,
    IncomingPaper,
    PapersErased,
    PaperUnfit,
    TooManyPages,
    partner_dossier,
    read_paper,
    replace_kind,
    store_paper,
)
from domain.ports.papers import PapersUnavailable
from domain.rights import MemberRole, StaffRole
from tests.domain.paper_files import pdf, picture
from tests.usecases.app import App
from tests.usecases.papers import NAME, files, opens

SECRET = b"(Passport AB1234567 of Quasimodo, +380671112233)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "papers"


async def present(app: App, dossier_id: int) -> list[Paper]:
    async with app.around.open_work.read() as work:
        return list(await work.papers.present(dossier_id))


def on_disk(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*")}


def content_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("*"))


def age(folder: Path, app: App, days: float) -> None:
    """Let the files be as old as the clock of the test says."""
    at = (app.now - timedelta(days=days)).timestamp()
    for path in folder.iterdir():
        os.utime(path, (at, at))


async def test_a_paper_is_kept_and_read_back(app: App, folder: Path) -> None:
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
    assert on_disk(folder) == {f"{first.id}.paper", f"{second.id}.paper"}


async def test_the_same_content_twice_is_one_paper(app: App) -> None:
    dossier = await opens(app)
    first = await files(app, dossier.id, pdf(SECRET))
    assert await files(app, dossier.id, pdf(SECRET), name="other.pdf") == first
    other = await files(app, dossier.id, pdf(SECRET), kind="charter")
    assert other.id != first.id
    assert len(await present(app, dossier.id)) == 2


async def test_what_is_no_paper_leaves_nothing(app: App, folder: Path) -> None:
    dossier = await opens(app)
    with pytest.raises(PaperUnfit) as refused:
        await files(app, dossier.id, b"MZ program", name="passport.pdf")
    assert refused.value.facts["trouble"] is PaperTrouble.PROGRAM
    assert await present(app, dossier.id) == []
    assert on_disk(folder) == set()


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


async def test_a_kind_is_replaced_and_its_files_go(app: App, folder: Path) -> None:
    dossier = await opens(app)
    old = await files(app, dossier.id, pdf(b"(old)"))
    stays = await files(app, dossier.id, pdf(), kind="charter")
    async with app.around.open_work(books=False) as work:
        assert await replace_kind(work, dossier.id, "passport", at=app.now) == 1
        await work.commit()
    new = await files(app, dossier.id, pdf(b"(new)"))
    assert new.page == 1
    app.later(days=1)
    age(folder, app, 0.5)
    tended = await app.use.tend_papers()
    assert (tended.erased, tended.removed) == (0, 1)
    assert on_disk(folder) == {f"{new.id}.paper", f"{stays.id}.paper"}
    async with app.around.open_work.read() as work:
        kept = await work.papers.get(old.id)
    assert kept
    assert kept.replaced_at is not None


async def test_a_file_that_no_row_names_goes_after_a_week(app: App, folder: Path) -> None:
    dossier = await opens(app)
    incoming = IncomingPaper(kind="passport", name="", data=pdf(), sent_by=1)
    await store_paper(app.around, dossier.id, incoming)
    named = await files(app, dossier.id, pdf(SECRET))
    age(folder, app, 6)
    assert (await app.use.tend_papers()).removed == 0
    age(folder, app, 8)
    assert (await app.use.tend_papers()).removed == 1
    assert on_disk(folder) == {f"{named.id}.paper"}


async def test_a_lost_or_damaged_file_is_told_and_harms_nothing(app: App, folder: Path) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf())
    (folder / f"{paper.id}.paper").write_bytes(b"\x01" + b"0" * 99)
    with pytest.raises(PapersUnavailable):
        await app.use.open_paper(await app.owner(), paper.id)
    (folder / f"{paper.id}.paper").unlink()
    with pytest.raises(PapersUnavailable):
        await app.use.open_paper(await app.owner(), paper.id)
    assert await app.audited("paper_opened") == []
    app.configures(paper_files=None)
    with pytest.raises(PapersUnavailable):
        await files(app, dossier.id, pdf())


# Staff


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


# Erasing


async def test_the_time_of_keeping_runs_from_the_end_of_the_partner(
    app: App, folder: Path
) -> None:
    await app.joins("ann")
    partner_id = (await app.enrolment("ann")).partner_id
    async with app.around.open_work() as work:
        partner = await work.partners.get(partner_id)
        assert partner
        dossier_id = await partner_dossier(work, app.around, partner, app.id_of("ann"))
        await work.commit()
    paper = await files(app, dossier_id, pdf(SECRET))
    app.later(days=4000)
    assert (await app.use.tend_papers()).erased == 0
    await app.sets_status("ann", EnrolmentStatus.ENDED)
    await app.use.tend_papers()
    app.later(days=1094)
    assert (await app.use.tend_papers()).erased == 0
    app.later(days=2)
    assert (await app.use.tend_papers()).erased == 1
    assert on_disk(folder) == set()
    with pytest.raises(NotFound):
        await app.use.open_paper(await app.owner(), paper.id)
    with pytest.raises(PapersErased):
        await files(app, dossier_id, pdf())
    (row,) = await app.audited("papers_erased")
    assert (row["actor"], row["role"], row["details"]["why"]) == (None, "system", "retention")
    assert (await app.use.tend_papers()).erased == 0


async def test_an_abandoned_application_is_erased_in_time(app: App) -> None:
    dossier = await opens(app)
    app.later(days=400)
    await files(app, dossier.id, pdf())
    app.later(days=1090)
    assert (await app.use.tend_papers()).erased == 0
    app.later(days=6)
    assert (await app.use.tend_papers()).erased == 1


async def test_a_person_erases_what_led_to_no_partner(app: App, folder: Path) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf(SECRET))
    data = await app.use.show_own_data(await app.private("ann"))
    assert (data.papers, data.may_erase_papers) == (1, True)
    assert await app.use.erase_own_papers(await app.private("ann")) == 1
    assert on_disk(folder) == set()
    data = await app.use.show_own_data(await app.private("ann"))
    assert (data.papers, data.may_erase_papers) == (0, False)
    with pytest.raises(NotFound):
        await app.use.erase_own_papers(await app.private("ann"))
    with pytest.raises(PapersErased):
        await read_paper(app.around, paper)


async def test_a_partners_papers_are_not_the_persons_to_erase(app: App) -> None:
    await app.joins("ann")
    partner_id = (await app.enrolment("ann")).partner_id
    dossier = await opens(app)
    await files(app, dossier.id, pdf())
    async with app.around.open_work() as work:
        await work.partners.set_dossier(partner_id, dossier.id)
        await work.commit()
    with pytest.raises(NotFound):
        await app.use.erase_own_papers(await app.private("ann"))
    await app.becomes_member("ida", of="ann", role=MemberRole.ADMIN)
    await app.becomes_member("max", of="ann")
    counts = {
        name: (await app.use.show_own_data(await app.private(name))).papers
        for name in ("ann", "ida", "max")
    }
    assert counts == {"ann": 1, "ida": 1, "max": 0}


async def test_leaving_erases_ones_own_and_closes_those_of_the_partner(app: App) -> None:
    await app.joins("ann")
    partner_id = (await app.enrolment("ann")).partner_id
    of_partner, own = await opens(app), await opens(app)
    await files(app, of_partner.id, pdf())
    await files(app, own.id, pdf(SECRET))
    async with app.around.open_work() as work:
        await work.partners.set_dossier(partner_id, of_partner.id)
        await work.commit()
    await app.use.leave_partner(await app.private("ann"))
    async with app.around.open_work.read() as work:
        kept, gone = [await work.papers.dossier(each.id) for each in (of_partner, own)]
    assert kept
    assert gone
    assert (kept.closed_at, kept.erased_at, gone.erased_at) == (app.now, None, app.now)


async def test_who_is_forgotten_as_a_client_is_forgotten_with_its_papers(
    app: App, folder: Path
) -> None:
    await app.opens("ann", (await app.joins("leo")).code)
    await app.consents("ann")
    await files(app, (await opens(app)).id, pdf(SECRET))
    await app.use.erase_own_data(await app.private("ann"))
    assert on_disk(folder) == set()
    assert (await app.use.show_own_data(await app.private("ann"))).papers == 0
    contents = await app.contents()
    kept = [row for name in ("dossiers", "papers") for row in contents[name]]
    assert len(kept) == 2
    assert not any(str(app.id_of("ann")) in row for row in kept)


async def test_the_export_lists_papers_and_the_address(app: App) -> None:
    dossier = await opens(app)
    await files(app, dossier.id, pdf())
    await app.use.name_email(await app.private("ann"), "ann@example.com")
    kept = await app.use.export_own_data(await app.private("ann"))
    assert kept["papers"] == [
        {
            "kind": "passport",
            "number": 1,
            "name": NAME,
            "media_type": "application/pdf",
            "size_bytes": len(pdf()),
            "sent_at": app.now,
        }
    ]
    assert kept["address"] == [{"email": "ann@example.com", "confirmed_at": None}]
    assert (await app.use.export_own_data(await app.private("bob")))["papers"] == []


async def test_no_known_byte_is_anywhere_in_clear(
    app: App, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf(SECRET))
    await files(app, dossier.id, picture("PNG", (64, 64)), name="quasimodo.png")
    await app.use.name_email(await app.private("ann"), "quasimodo@example.com")
    await app.use.open_paper(await app.owner(), paper.id)
    assert len(on_disk(folder)) == 2
    await _is_nowhere(app, folder, caplog)
    await app.use.erase_own_papers(await app.private("ann"))
    assert on_disk(folder) == set()
    await _is_nowhere(app, folder, caplog)


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


async def test_two_dossiers_have_two_keys(app: App, folder: Path) -> None:
    first, second = await opens(app), await opens(app, "bob")
    mine = await files(app, first.id, pdf(SECRET))
    theirs = await files(app, second.id, pdf(b"(of bob)"))
    (folder / f"{mine.id}.paper").rename(folder / f"{theirs.id}.paper")
    for paper in (theirs, replace(mine, id=theirs.id)):
        with pytest.raises(PapersUnavailable):
            await read_paper(app.around, paper)
