"""Papers are erased in time, with the person they belong to, and are exported until then."""

from pathlib import Path

import pytest

from domain.entities.partner import EnrolmentStatus
from domain.errors import NotFound
from domain.filing import PapersErased, partner_dossier, read_paper
from domain.rights import MemberRole
from tests.domain.paper_files import pdf
from tests.usecases.app import App
from tests.usecases.papers import NAME, SECRET, files, on_disk, opens


async def test_the_time_of_keeping_runs_from_the_end_of_the_partner(
    app: App, papers_folder: Path
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
    assert on_disk(papers_folder) == set()
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


async def test_a_person_erases_what_led_to_no_partner(app: App, papers_folder: Path) -> None:
    dossier = await opens(app)
    paper = await files(app, dossier.id, pdf(SECRET))
    data = await app.use.show_own_data(await app.private("ann"))
    assert (data.papers, data.may_erase_papers) == (1, True)
    assert await app.use.erase_own_papers(await app.private("ann")) == 1
    assert on_disk(papers_folder) == set()
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
    app: App, papers_folder: Path
) -> None:
    await app.opens("ann", (await app.joins("leo")).code)
    await app.consents("ann")
    await files(app, (await opens(app)).id, pdf(SECRET))
    await app.use.erase_own_data(await app.private("ann"))
    assert on_disk(papers_folder) == set()
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
