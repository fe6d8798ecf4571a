"""Documents of pay-outs: both sides, what is covered, numbers without gaps (R22)."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select

from domain.entities.application import ApplicationStatus
from domain.entities.payout import PayoutMove, PayoutStatus
from domain.entities.payout_document import Contract, DocumentKind
from domain.rules.requisites import RequisitesMissing
from storage.tables import applications, payout_documents
from tests.usecases.app import App
from tests.usecases.documents import PURPOSE, documents_of, with_requisites
from tests.usecases.requisites import REQUISITES, RUSSIAN


async def test_a_request_makes_documents_with_both_sides_and_what_is_covered(app: App) -> None:
    vendor = replace(RUSSIAN, values={**RUSSIAN.values, "name": "Образец"})
    app.configures(vendor=vendor)
    await with_requisites(app)

    payout = await app.asks("leo", "60.00", account="somewhere else")

    assert (await app.payout(payout)).account == REQUISITES.account
    invoice, act = await documents_of(app, payout)
    assert (invoice.kind, act.kind) == (DocumentKind.INVOICE, DocumentKind.ACT)
    for document in (invoice, act):
        assert (document.year, document.number) == (2026, 1)
        assert (document.partner, document.vendor) == (REQUISITES, vendor)
        assert document.purpose == PURPOSE
        assert document.language == "en"
        assert str(document.amount) == "60.00"
        (line,) = document.lines
        assert line.whole_minor == 10000
        assert (line.minor, line.base_minor, line.rate_bps) == (6000, 100000, 1000)


async def test_numbers_have_no_gaps_per_partner_kind_and_year(app: App) -> None:
    await with_requisites(app)
    await with_requisites(app, "lea")
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
        for document in (await documents_of(app, payout))[:1]
    ]

    assert [number for ((_, _, number),) in numbers] == [1, 2, 3, 1, 1]
    assert [year for ((_, year, _),) in numbers] == [2026, 2026, 2026, 2026, 2027]


async def test_numbers_hold_under_concurrency_and_a_repeated_press_takes_none(app: App) -> None:
    await with_requisites(app)

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
    await with_requisites(app)
    payout = await app.asks("leo", "10.00")
    before = await documents_of(app, payout)

    changed = replace(REQUISITES, values={**REQUISITES.values, "name": "Another GmbH"})
    await app.use.save_requisites(await app.private("leo"), changed)

    assert await documents_of(app, payout) == before
    papers = await app.use.read_payout_documents.own(await app.private("leo"), payout.id)
    assert list(papers.documents) == before


async def test_a_program_without_the_section_is_as_it_was(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "100.00")
    payout = await app.asks("leo", "60.00")

    assert await documents_of(app, payout) == []
    assert (await app.presses("boss", payout, PayoutMove.SETTLE)).status is PayoutStatus.DONE


async def test_documents_name_the_contract_that_the_approval_gave(app: App) -> None:
    await with_requisites(app)
    enrolment = await app.enrolment("leo", "papers")
    async with app.engines.writes.begin() as connection:
        await connection.execute(
            insert(applications).values(
                id=1,
                number=1,
                person_id=app.id_of("leo"),
                program="papers",
                partner_id=enrolment.partner_id,
                status=ApplicationStatus.APPROVED,
                round=1,
                reason=b"",
                terms_version=1,
                started_at=app.now,
                changed_at=app.now,
                contract_number="P-7/2026",
                contract_date=date(2026, 3, 1),
            )
        )
    invoice, act = await documents_of(app, await app.asks("leo", "60.00"))
    contract = Contract(number="P-7/2026", day=date(2026, 3, 1))
    assert (invoice.contract, act.contract) == (contract, contract)
