"""A legal form over HTTP: what a payment answers, what the partner reads, who is paid (R21)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.click_tokens import SignedClickTokens
from bot.programs import load_programs
from domain.entities.partner import LegalForm
from domain.programs.model import JoiningMode
from domain.rules.legal_forms import LegalFormNotPaid
from domain.surroundings import Surroundings
from domain.usecases.requisites.save import SaveRequisites
from storage.engine import Engines
from storage.tables import partners
from storage.work import SqlOpenWork
from tests.handlers.http.billing import MovableClock, text
from tests.handlers.http.world import World
from tests.usecases.requisites import RUSSIAN

KEY = "widget-reseller"


@pytest.fixture
def around(
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    shipped = load_programs([KEY], base=Path())
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs={KEY: replace(shipped[KEY], joining=JoiningMode.ACCEPT_RULES)},
        zone=UTC,
        tokens=tokens,
    )


async def joins(world: World, engines: Engines, form: LegalForm) -> str:
    code = await world.joins(KEY)
    async with engines.writes.begin() as connection:
        await connection.execute(update(partners).values(legal_form=form))
    await world.billing.registers("ann", referral_code=code)
    return code


async def test_an_individual_keeps_its_share_and_is_not_paid(
    world: World, engines: Engines
) -> None:
    code = await joins(world, engines, LegalForm.INDIVIDUAL)
    direct = await world.billing.pays("ann", "1000.00", payment="p1", currency="RUB")
    kept = await world.billing.pays(
        "ann", "1000.00", payment="p2", currency="RUB", settlement="via_partner"
    )

    assert (direct.body["status"], direct.body["reason"]) == ("applied", "legal_form")
    assert kept.body["status"] == "applied"
    told = (await world.get(f"/api/v1/partners/{code}")).body
    assert told["legal_form"] == "individual"
    assert (told["balance"]["accrued"], told["balance"]["retained"]) == ("0.00", "500.00")
    with pytest.raises(LegalFormNotPaid):
        await world.asks_for(code, "1000.00")


async def test_direct_goes_to_the_balance_and_is_paid_out(world: World, engines: Engines) -> None:
    code = await joins(world, engines, LegalForm.SELF_EMPLOYED)
    await world.billing.pays("ann", "2500.00", payment="p1", currency="RUB")
    (commission,) = (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    assert (commission["amount"], commission["rate"]) == ("1000.00", "40%")
    assert (commission["settlement"], commission["status"]) == ("direct", "payable")
    await SaveRequisites(world.around)(await world.caller(code), RUSSIAN)

    await world.asks_for(code, "1000.00")
    balance = (await world.get(f"/api/v1/partners/{code}")).body["balance"]
    assert (balance["payable"], balance["reserved"]) == ("0.00", "1000.00")


async def test_billings_own_invoices_are_listed_with_their_status(
    world: World, engines: Engines
) -> None:
    code = await joins(world, engines, LegalForm.SELF_EMPLOYED)
    early = await world.billing.send(
        "invoice.updated", invoice_id="i1", issued_at=text(world.clock()), status="paid"
    )
    assert early.body["status"] == "parked"
    issued = await world.billing.send(
        "invoice.issued",
        invoice_id="i1",
        number="7",
        client_id="ann",
        amount="990.00",
        currency="RUB",
        issued_at=text(world.clock()),
        lines=[{"name": "Chat widget", "amount": "990.00"}],
    )
    assert issued.body["status"] == "applied"
    unknown = await world.billing.send(
        "invoice.issued",
        invoice_id="i2",
        number="8",
        client_id="bob",
        amount="1.00",
        currency="RUB",
        issued_at=text(world.clock()),
    )
    assert (unknown.body["status"], unknown.body["error"]["code"]) == ("parked", "client_unknown")

    (row,) = (await world.get(f"/api/v1/partners/{code}/invoices")).body["items"]
    assert (row["number"], row["status"], row["amount"]) == ("7", "paid", "990.00")
    assert [line["name"] for line in row["lines"]] == ["Chat widget"]
    assert row["request_id"] is None
