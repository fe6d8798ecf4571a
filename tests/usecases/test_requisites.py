"""Requisites: asked for before a pay-out, unreadable, watched, erased with the partner (R22)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.entities.payout import Payout, PayoutMove
from domain.errors import NotAllowed
from domain.programs.model import Program
from domain.rights import MemberRole
from domain.rules.legal_forms import LegalFormMissing
from domain.rules.payouts import PayoutOnHold
from domain.rules.requisites import BadRequisite, RequisitesMissing
from domain.usecases.payouts.request import PayoutRequest
from storage.tables import requisites
from tests.usecases.app import App
from tests.usecases.documents import PAPERS, documents_of, with_requisites
from tests.usecases.requisites import REQUISITES, RUSSIAN
from tests.usecases.selling import sells, widgets


async def test_without_requisites_nothing_is_asked_for_and_it_says_why(app: App) -> None:
    app.offers(PAPERS)
    await app.joins("leo", "papers")
    await app.earns("leo", "100.00", "papers")

    with pytest.raises(RequisitesMissing):
        await app.use.offer_payout(await app.private("leo"))
    with pytest.raises(RequisitesMissing):
        await app.asks("leo", "10.00")
    assert await app.figures("leo", "papers") == {"accrued": "100.00", "payable": "100.00"}


async def test_requisites_are_encrypted_audited_by_field_and_for_admins_only(app: App) -> None:
    await with_requisites(app)
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
    await with_requisites(app)
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


async def test_requisites_go_with_the_partner_and_documents_stay(app: App) -> None:
    await with_requisites(app)
    payout = await app.asks("leo", "100.00")
    data = await app.use.export_own_data(await app.private("leo"))
    assert "DE89370400440532013000" in str(data)
    await _reject_wish_for_copies(app, payout)
    await app.use.leave_partner(await app.private("leo"))

    async with app.engines.reads.connect() as connection:
        assert (await connection.execute(select(requisites))).all() == []
    assert len(await documents_of(app, payout)) == 2


async def _reject_wish_for_copies(app: App, payout: Payout) -> None:
    """Let the vendor want no copies any more, and pay."""
    terms = PAPERS.payout_documents
    assert terms
    relaxed: Program = replace(PAPERS, payout_documents=replace(terms, needs_signed=False))
    app.offers(relaxed)
    await app.presses("boss", payout, PayoutMove.SETTLE)


async def test_the_tax_number_of_the_requisites_is_the_partner_itself(app: App) -> None:
    await with_requisites(app, details=RUSSIAN)
    told = await app.client("leo-shop", "leo", "papers", tax_id=RUSSIAN.values["inn"])
    assert told.reason == "self_referral"


async def test_requisites_tell_the_legal_form_that_a_pay_out_asks_for(app: App) -> None:
    app.offers(widgets())
    await sells(app, "greta", None)
    await app.pays("client-of-greta", "12345.67", currency="RUB")
    greta = await app.private("greta")
    with pytest.raises(LegalFormMissing):
        await app.use.offer_payout(greta)
    await app.use.save_requisites(greta, RUSSIAN)
    await app.use.save_requisites(greta, RUSSIAN)

    (partner,) = await app.rows("partners")
    assert partner["legal_form"] == "self_employed"
    (told,) = await app.audited("partner_legal_form_told")
    assert told["details"] == {"form": "self_employed"}
    assert (await app.use.offer_payout(greta)).account == RUSSIAN.account
    payout = await app.use.request_payout(
        greta, PayoutRequest(amount="1234.56", account="", comment="", request_key="one")
    )
    assert len(await documents_of(app, payout)) == 2


async def test_requisites_that_were_saved_before_tell_the_form_when_saved_once_more(
    app: App,
) -> None:
    await with_requisites(app)
    (partner,) = await app.rows("partners")
    assert partner["legal_form"] is None
    app.offers(PAPERS, widgets())
    await app.use.accept_rules(await app.private("leo"), "widget-reseller")
    await app.use.save_requisites(await app.private("leo"), REQUISITES)
    (partner,) = await app.rows("partners")
    assert partner["legal_form"] == "legal_entity"
