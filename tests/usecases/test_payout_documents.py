"""Requisites, documents of pay-outs and what comes back signed (R22), on both databases."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.entities.payout import Payout, PayoutMove, PayoutStatus
from domain.entities.payout_document import DocumentKind, PayoutDocument, SignedStatus
from domain.entities.requisites import Details
from domain.errors import NotAllowed, NotFound
from domain.filing import PaperUnfit
from domain.programs.model import Program
from domain.rights import MemberRole
from domain.rules.payout_documents import (
    SignedCopyDecided,
    SignedCopyMissing,
    SignedCopyNotWanted,
)
from domain.rules.payouts import OwnPayout, PayoutOnHold
from domain.rules.requisites import BadRequisite, RequisitesMissing
from domain.usecases.documents.judge import CopyDecision
from domain.usecases.documents.sign import BadReceiptLink
from storage.paper_folder import PaperFolder
from storage.tables import payout_documents, requisites
from tests.domain.builders import saas_tiers, written
from tests.domain.paper_files import pdf
from tests.usecases.app import App
from tests.usecases.requisites import REQUISITES, RUSSIAN

PURPOSE = "Оплата вознаграждения по договору привлечения новых пользователей"
PAPERS = written(
    f"""
    [program]
    key = "papers"
    currency = "USD"
    [commission]
    rates = [{{ rate = "10%" }}]
    [payout]
    minimum = "1.00"
    [payout_documents]
    kinds = ["invoice", "act"]
    signed_copy = true
    purpose = "{PURPOSE}"
    """
)


async def _partner(app: App, name: str = "leo", *, details: Details = REQUISITES) -> None:
    """Let somebody be a partner with requisites and something to withdraw."""
    app.offers(PAPERS, saas_tiers())
    await app.joins(name, "papers")
    await app.earns(name, "100.00", "papers")
    await app.use.save_requisites(await app.private(name), details)


async def _documents(app: App, payout: Payout) -> list[PayoutDocument]:
    async with app.around.open_work.read() as work:
        return list(await work.payout_documents.of_payout(payout.id))


@pytest.fixture
def with_papers(app: App, tmp_path: Path) -> App:
    app.configures(paper_files=PaperFolder(tmp_path))
    return app


async def test_without_requisites_nothing_is_asked_for_and_it_says_why(app: App) -> None:
    app.offers(PAPERS)
    await app.joins("leo", "papers")
    await app.earns("leo", "100.00", "papers")

    with pytest.raises(RequisitesMissing):
        await app.use.offer_payout(await app.private("leo"))
    with pytest.raises(RequisitesMissing):
        await app.asks("leo", "10.00")
    assert await app.figures("leo", "papers") == {"accrued": "100.00", "payable": "100.00"}


async def test_a_request_makes_documents_with_both_sides_and_what_is_covered(app: App) -> None:
    vendor = replace(RUSSIAN, values={**RUSSIAN.values, "name": "Образец"})
    app.configures(vendor=vendor)
    await _partner(app)

    payout = await app.asks("leo", "60.00", account="somewhere else")

    assert (await app.payout(payout)).account == REQUISITES.account
    invoice, act = await _documents(app, payout)
    assert (invoice.kind, act.kind) == (DocumentKind.INVOICE, DocumentKind.ACT)
    for document in (invoice, act):
        assert (document.year, document.number) == (2026, 1)
        assert (document.partner, document.vendor) == (REQUISITES, vendor)
        assert document.purpose == PURPOSE
        assert document.language == "en"
        assert str(document.amount) == "60.00"
        (line,) = document.lines
        assert (line.minor, line.base_minor, line.rate_bps) == (6000, 100000, 1000)


async def test_numbers_have_no_gaps_per_partner_kind_and_year(app: App) -> None:
    await _partner(app)
    await _partner(app, "lea")
    payouts = [await app.asks("leo", "10.00") for _ in range(2)]
    await app.joins("zoe", "papers")
    await app.earns("zoe", "100.00", "papers")
    with pytest.raises(RequisitesMissing):
        await app.asks("zoe", "10.00")
    payouts += [await app.asks("leo", "10.00"), await app.asks("lea", "10.00")]
    app.later(days=365)
    payouts.append(await app.asks("leo", "10.00"))

    numbers = [
        [(document.kind.value, document.year, document.number)]
        for payout in payouts
        for document in (await _documents(app, payout))[:1]
    ]

    assert [number for ((_, _, number),) in numbers] == [1, 2, 3, 1, 1]
    assert [year for ((_, year, _),) in numbers] == [2026, 2026, 2026, 2026, 2027]


async def test_numbers_hold_under_concurrency_and_a_repeated_press_takes_none(app: App) -> None:
    await _partner(app)

    asked = await asyncio.gather(
        *(app.asks("leo", "5.00", key=f"press-{number % 6}") for number in range(12))
    )

    assert len({payout.id for payout in asked}) == 6
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(payout_documents.c.number)
            .where(payout_documents.c.kind == DocumentKind.ACT)
            .order_by(payout_documents.c.number)
        )
        assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]


async def test_documents_keep_what_held_when_they_were_made(app: App) -> None:
    await _partner(app)
    payout = await app.asks("leo", "10.00")
    before = await _documents(app, payout)

    changed = replace(REQUISITES, values={**REQUISITES.values, "name": "Another GmbH"})
    await app.use.save_requisites(await app.private("leo"), changed)

    assert await _documents(app, payout) == before
    papers = await app.use.read_payout_documents.own(await app.private("leo"), payout.id)
    assert list(papers.documents) == before


async def test_requisites_are_encrypted_audited_by_field_and_for_admins_only(app: App) -> None:
    await _partner(app)
    await app.becomes_member("max", of="leo")
    changed = replace(REQUISITES, values={**REQUISITES.values, "address": "10117 Berlin, B 2"})
    await app.use.save_requisites(await app.private("leo"), changed)
    await app.use.save_requisites(await app.private("leo"), changed)

    with pytest.raises(NotAllowed):
        await app.use.show_requisites(await app.private("max"))
    with pytest.raises(NotAllowed):
        await app.use.save_requisites(await app.private("max"), REQUISITES)
    broken = replace(REQUISITES, values={**REQUISITES.values, "iban": "DE00"})
    with pytest.raises(BadRequisite):
        await app.use.save_requisites(await app.private("leo"), broken)
    rows = await app.audited("partner_requisites_saved")
    assert [row["details"]["fields"] for row in rows][-1] == ["address"]
    assert len(rows) == 2
    assert "DE89" not in str(rows)
    async with app.engines.reads.connect() as connection:
        kept = (await connection.execute(select(requisites))).one()
    assert b"DE89" not in kept.fields


async def test_another_account_in_the_requisites_is_looked_at_as_a_takeover(app: App) -> None:
    await _partner(app)
    await app.asks("leo", "10.00")
    app.later(hours=24)
    stolen = replace(
        REQUISITES,
        values={**REQUISITES.values, "iban": "FR1420041010050500013M02606", "bic": "PSSTFRPP"},
    )
    await app.becomes_member("eve", of="leo", role=MemberRole.ADMIN)
    await app.use.save_requisites(await app.private("eve"), stolen)

    with pytest.raises(PayoutOnHold):
        await app.asks("eve", "10.00")


async def _sends(app: App, payout: Payout, data: bytes = b"", name: str = "leo") -> int:
    copy = await app.use.send_signed_copy.file(
        await app.private(name), payout.id, name="scan.pdf", data=data or pdf()
    )
    return copy.id


async def test_done_waits_for_a_copy_that_staff_accepted(with_papers: App) -> None:
    app = with_papers
    await _partner(app)
    payout = await app.asks("leo", "10.00")
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    await app.presses("boss", payout, PayoutMove.APPROVE)
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    first = await _sends(app, payout)
    assert await _sends(app, payout) == first
    assert await _sends(app, payout, pdf(b"2")) == first
    boss = await app.owner()
    copy = await app.use.decide_signed_copy.show(boss, payout.id)
    assert len(copy.paper_ids) == 2
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)

    refusal = CopyDecision(
        copy_id=first, is_accepted=False, reason_code="unsigned", reason_text="Page 2"
    )
    await app.use.decide_signed_copy(boss, refusal)
    with pytest.raises(SignedCopyDecided):
        await app.use.decide_signed_copy(boss, refusal)
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    second = await _sends(app, payout, pdf(b"3"))
    assert second != first
    accepted = await app.use.decide_signed_copy(
        boss, CopyDecision(copy_id=second, is_accepted=True)
    )
    assert accepted.status is SignedStatus.ACCEPTED
    with pytest.raises(SignedCopyNotWanted):
        await _sends(app, payout, pdf(b"4"))

    done = await app.presses("boss", payout, PayoutMove.SETTLE)
    assert done.status is PayoutStatus.DONE
    told = [kind for kind, _ in await app.told("leo") if kind.startswith("signed_copy")]
    assert told == ["signed_copy_refused", "signed_copy_accepted"]


async def test_who_belongs_to_the_partner_or_to_nobody_judges_no_copy(with_papers: App) -> None:
    app = with_papers
    await _partner(app)
    payout = await app.asks("leo", "10.00")
    copy_id = await _sends(app, payout)
    await app.becomes_member("boss", of="leo")
    with pytest.raises(OwnPayout):
        await app.use.decide_signed_copy(
            await app.owner(), CopyDecision(copy_id=copy_id, is_accepted=True)
        )
    await _partner(app, "lea")
    with pytest.raises(NotFound):
        await _sends(app, payout, name="lea")
    with pytest.raises(NotFound):
        await app.use.read_payout_documents.own(await app.private("lea"), payout.id)
    with pytest.raises(NotAllowed):
        await app.use.read_payout_documents.for_staff(await app.in_chat("leo"), payout.id)


async def test_the_self_employed_send_the_link_of_a_receipt(with_papers: App) -> None:
    app = with_papers
    await _partner(app, details=RUSSIAN)
    payout = await app.asks("leo", "10.00")
    leo = await app.private("leo")
    with pytest.raises(BadReceiptLink):
        await app.use.send_signed_copy.link(leo, payout.id, "https://evil.example/receipt")
    with pytest.raises(PaperUnfit):
        await _sends(app, payout, b"MZ" + bytes(100))
    address = "https://lknpd.nalog.ru/api/v1/receipt/500100732259/200abc/print"

    copy = await app.use.send_signed_copy.link(leo, payout.id, address)

    assert (await app.use.send_signed_copy.link(leo, payout.id, address)).id == copy.id
    shown = await app.use.decide_signed_copy.show(await app.owner(), payout.id)
    assert shown.link == address


async def test_a_program_without_the_section_is_as_it_was(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    payout = await app.asks("leo", "60.00")

    assert await _documents(app, payout) == []
    assert (await app.presses("boss", payout, PayoutMove.SETTLE)).status is PayoutStatus.DONE


async def test_requisites_go_with_the_partner_and_documents_stay(app: App) -> None:
    await _partner(app)
    payout = await app.asks("leo", "100.00")
    data = await app.use.export_own_data(await app.private("leo"))
    assert "DE89370400440532013000" in str(data)
    await _reject_wish_for_copies(app, payout)
    await app.use.leave_partner(await app.private("leo"))

    async with app.engines.reads.connect() as connection:
        assert (await connection.execute(select(requisites))).all() == []
    assert len(await _documents(app, payout)) == 2


async def _reject_wish_for_copies(app: App, payout: Payout) -> None:
    """Let the vendor want no copies any more, and pay."""
    terms = PAPERS.payout_documents
    assert terms
    relaxed: Program = replace(PAPERS, payout_documents=replace(terms, needs_signed=False))
    app.offers(relaxed)
    await app.presses("boss", payout, PayoutMove.SETTLE)


async def test_the_tax_number_of_the_requisites_is_the_partner_itself(app: App) -> None:
    await _partner(app, details=RUSSIAN)
    told = await app.client("leo-shop", "leo", "papers", tax_id=RUSSIAN.values["inn"])
    assert told.reason == "self_referral"
