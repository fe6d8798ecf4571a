"""What the vendor's sales and billing read of pinned accounts and entitlements (R23, R25)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest

from bot.click_tokens import SignedClickTokens
from domain.entities.people import Caller
from domain.entities.pin import PinStatus, PinView
from domain.programs.model_pinning import Pinning
from domain.surroundings import Surroundings
from domain.usecases.pins.end import EndProtection, ReleasePin
from domain.usecases.pins.name import PinClient
from handlers.http.answer_schemas import ANSWER_SCHEMAS
from storage.work import SqlOpenWork
from tests.handlers.http.billing import MovableClock
from tests.handlers.http.conftest import PROGRAMS
from tests.handlers.http.test_http_documented import fits
from tests.handlers.http.world import OWNER, World


@pytest.fixture
def around(
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    program = replace(PROGRAMS["saas-tiers"], pinning=Pinning(), free_products=True)
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs={"saas-tiers": program},
        zone=UTC,
        tokens=tokens,
        owners=frozenset({OWNER}),
    )


async def _caller(world: World, code: str) -> Caller:
    async with world.around.open_work.read() as work:
        caller = await work.people.caller(world.members[code].id)
    assert caller is not None
    return caller


async def _pins(world: World, code: str, account_id: str) -> PinView:
    return await PinClient(world.around)(await _caller(world, code), account_id)


async def test_sales_read_whom_to_leave_alone(world: World) -> None:
    code = await world.joins()
    assert (await world.get("/api/v1/accounts/acme")).status == 404
    view = await _pins(world, code, "acme")
    account = await world.get("/api/v1/accounts/acme")
    assert account.status == 200
    assert fits(account.body, dict(ANSWER_SCHEMAS["Account"]))
    told = {name: account.body[name] for name in ("account_id", "protected", "partner_code")}
    assert told == {"account_id": "acme", "protected": True, "partner_code": code}
    client_id = view.client_shown_id
    assert (await world.get(f"/api/v1/clients/{client_id}")).body["protected"] is True

    reply = await world.billing.registers("c-1", account={"account_id": "acme", "name": "Acme"})
    assert reply.told == (200, "applied", None)
    for path in ("/api/v1/accounts/acme", "/api/v1/clients/c-1", f"/api/v1/clients/{client_id}"):
        body = (await world.get(path)).body
        assert (body["client_id"], body["partner_code"], body["protected"]) == ("c-1", code, True)
    (listed,) = (await world.get(f"/api/v1/partners/{code}/clients")).body["items"]
    assert listed["protected"] is True
    await ReleasePin(world.around)(await _caller(world, code), view.pin.id)
    for path in ("/api/v1/accounts/acme", "/api/v1/clients/c-1"):
        body = (await world.get(path)).body
        assert (body["partner_code"], body["protected"]) == (code, False)


async def test_a_deleted_client_and_one_of_two_programs(world: World) -> None:
    code, other = await world.joins(), await world.joins()
    view = await _pins(world, code, "acme")
    assert (await _pins(world, other, "acme")).pin.status is PinStatus.REFUSED
    deleted_at = "2026-03-02T10:00:00Z"
    await world.billing.registers("c-1", account={"account_id": "acme", "name": "Acme"})
    await world.billing.send("client.deleted", client_id="c-1", deleted_at=deleted_at)
    body = (await world.get("/api/v1/accounts/acme")).body
    assert (body["status"], body["protected"]) == ("deleted", False)
    owner = Caller(person=replace(world.members[code], id=OWNER), in_admin_chat=True)
    await EndProtection(world.around).by_staff(owner, view.pin.id)


async def test_entitlements_come_and_go_with_the_last_active_client(world: World) -> None:
    code = await world.joins()
    path = f"/api/v1/partners/{code}/entitlements"
    assert (await world.get(path)).body == {"items": [], "next_cursor": None}
    await _pins(world, code, "acc-ann")
    await world.uses("ann", "activated")
    reply = await world.get(path)
    assert fits(reply.body, dict(ANSWER_SCHEMAS["Entitlements"]))
    (item,) = reply.body["items"]
    assert item["kind"] == "free_products"
    assert item["active_clients"] == 1
    assert item["since"] is not None
    world.clock.move(days=1)
    await world.uses("ann", "suspended")
    assert (await world.get(path)).body["items"] == []
    assert (await world.get("/api/v1/partners/nobody1/entitlements")).status == 404
