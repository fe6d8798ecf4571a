"""Every cell of the shipped rate tables and every tier boundary, from events to the balance."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from bot.click_tokens import SignedClickTokens
from bot.programs import load_programs
from domain.money import Money
from domain.programs.model import JoiningMode
from domain.surroundings import Surroundings
from storage.work import SqlOpenWork
from tests.handlers.http.billing import Json, MovableClock, text
from tests.handlers.http.world import World

HOSTING = {
    "shared_hosting": (10, 15, 20, 25),
    "domains_ssl": (10, 10, 10, 10),
    "cloud_vps": (5, 10, 15, 20),
    "dedicated": (5, 7, 10, 12),
}
"""Percent for Bronze, Silver, Gold and Platinum, as the vendor prints them (R41)."""
TIERS = ("bronze", "silver", "gold", "platinum")
BOUNDARIES = {2: None, 3: 0, 5: 0, 6: 1, 10: 1, 11: 2, 20: 2, 21: 3}
"""Clients with active services, and the column of the table that holds."""
SETTLEMENTS = {
    "widget-reseller": {"direct": "40.00", "via_partner": "50.00"},
    "cloud-referral": {"direct": "15.00", "via_partner": "15.00"},
    "cloud-project": {"direct": None, "via_partner": None},
    "lead-pool": {"direct": None, "via_partner": None},
}
"""Commission of a payment of 100.00, ``None`` where the program has no rates."""


@pytest.fixture
def around(
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    names = ["hosting-matrix", "saas-tiers", *SETTLEMENTS]
    shipped = load_programs(names, base=Path())
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        # How people join is another matter: here everybody gets a link at once.
        programs={
            key: replace(program, joining=JoiningMode.ACCEPT_RULES)
            for key, program in shipped.items()
        },
        zone=UTC,
        tokens=tokens,
    )


def registration(world: World, code: str, name: str) -> Json:
    """Return the event of a client that registers with an account."""
    return world.billing.item(
        f"registers-{name}",
        "client.registered",
        client_id=name,
        name=name,
        registered_at=text(world.clock()),
        referral_code=code,
        account={"account_id": f"acc-{name}", "name": name},
    )


def service(world: World, name: str, change: str = "activated") -> Json:
    """Return the event of a client's service."""
    return world.billing.item(
        f"{name}-{change}",
        f"service.{change}",
        client_id=name,
        account_id=f"acc-{name}",
        service_id=f"{name}-plan",
        category="shared_hosting",
        name="Plan",
        at=text(world.clock()),
    )


def payment(world: World, name: str, payment_id: str, **data: object) -> Json:
    """Return the event of a payment."""
    paid_at = text(world.clock())
    return world.billing.item(
        f"pays-{payment_id}",
        "payment.succeeded",
        payment_id=payment_id,
        client_id=name,
        paid_at=paid_at,
        **data,
    )


async def reports(world: World, *events: Json) -> None:
    """Post a batch, all of which applies."""
    results = (await world.billing.send_batch(events)).body["results"]
    assert [result["status"] for result in results] == ["applied"] * len(events), results


async def made_by(world: World, code: str, payment_id: str) -> dict[str | None, tuple[str, ...]]:
    """Return amount, rate and tier by category of what a payment made."""
    listed = (await world.get(f"/api/v1/partners/{code}/commissions?limit=200")).body["items"]
    return {
        item["category"]: (item["amount"], item["rate"], item["tier"])
        for item in listed
        if item["payment_id"] == payment_id
    }


async def test_each_cell_of_the_hosting_table_holds_up_to_its_boundary(world: World) -> None:
    code = await world.joins("hosting-matrix")
    lines = [{"category": category, "amount": "100.00"} for category in HOSTING]
    expected_total = standing = 0
    for count, column in BOUNDARIES.items():
        names = [f"client-{number}" for number in range(standing + 1, count + 1)]
        standing = count
        await reports(
            world,
            *(registration(world, code, name) for name in names),
            *(service(world, name) for name in names),
        )
        more = {"amount": "400.00", "currency": "EUR", "lines": lines}
        await reports(world, payment(world, names[-1], f"p-{count}", **more))
        partner = (await world.get(f"/api/v1/partners/{code}")).body
        made = await made_by(world, code, f"p-{count}")
        assert partner["counts"]["active_clients"] == count
        if column is None:
            assert (partner["tier"], made) == (None, {})
            continue
        assert partner["tier"] == TIERS[column]
        assert made == {
            category: (f"{row[column]}.00", f"{row[column]}%", TIERS[column])
            for category, row in HOSTING.items()
        }
        expected_total += sum(row[column] for row in HOSTING.values())
        assert partner["balance"]["payable"] == f"{expected_total}.00"


async def test_each_tier_of_the_referral_program_begins_with_the_payment_that_reaches_it(
    world: World,
) -> None:
    code = await world.joins("saas-tiers")
    names = [f"client-{number}" for number in range(1, 23)]
    await reports(world, *(registration(world, code, name) for name in names))
    assert (await world.get(f"/api/v1/partners/{code}")).body["tier"] is None
    expected_total = 0
    for count, name in enumerate(names, start=1):
        await reports(world, payment(world, name, f"p-{count}", amount="100.00", currency="USD"))
        key, percent = ("start", 10) if count < 6 else ("plus", 20) if count < 21 else ("pro", 30)
        expected_total += percent
        made = await made_by(world, code, f"p-{count}")
        assert made == {None: (f"{percent}.00", f"{percent}%", key)}
    partner = (await world.get(f"/api/v1/partners/{code}")).body
    assert (partner["tier"], partner["counts"]["paying_clients"]) == ("pro", 22)
    assert partner["balance"]["payable"] == f"{expected_total}.00"
    await _gives_back(world, code)


async def _gives_back(world: World, code: str) -> None:
    """Refund two clients in full: the 22nd and 21st are gone, and so is their tier."""
    for number, tier in ((22, "pro"), (21, "plus")):
        reply = await world.billing.send(
            "payment.refunded",
            refund_id=f"r-{number}",
            payment_id=f"p-{number}",
            amount="100.00",
            refunded_at=text(world.clock()),
        )
        assert reply.told == (200, "applied", None)
        assert (await world.get(f"/api/v1/partners/{code}")).body["tier"] == tier
    await reports(world, payment(world, "client-1", "after", amount="10.00", currency="USD"))
    assert await made_by(world, code, "after") == {None: ("2.00", "20%", "plus")}


async def test_a_partner_is_demoted_when_a_service_ends_and_by_a_deletion(world: World) -> None:
    code = await world.joins("hosting-matrix")
    names = [f"client-{number}" for number in range(1, 7)]
    await reports(
        world,
        *(registration(world, code, name) for name in names),
        *(service(world, name) for name in names),
    )
    assert (await world.get(f"/api/v1/partners/{code}")).body["tier"] == "silver"
    world.clock.move(days=1)
    await reports(world, service(world, "client-1", "cancelled"))
    assert (await world.get(f"/api/v1/partners/{code}")).body["tier"] == "bronze"
    for number in (2, 3, 4):
        await world.billing.send(
            "client.deleted", client_id=f"client-{number}", deleted_at=text(world.clock())
        )
    partner = (await world.get(f"/api/v1/partners/{code}")).body
    assert (partner["tier"], partner["counts"]["active_clients"]) == (None, 2)
    reply = await world.billing.pays("client-2", "10.00", currency="EUR", category="domains_ssl")
    assert reply.told == (200, "applied", "client_deleted")


async def test_an_unknown_category_waits_for_staff_and_is_never_nothing(world: World) -> None:
    code = await world.joins("hosting-matrix")
    names = [f"client-{number}" for number in range(1, 4)]
    await reports(
        world,
        *(registration(world, code, name) for name in names),
        *(service(world, name) for name in names),
    )
    for more in ({"category": "colocation"}, {}):
        reply = await world.billing.pays("client-1", "10.00", currency="EUR", **more)
        assert reply.told == (200, "parked", "category")


@pytest.mark.parametrize("program", SETTLEMENTS)
@pytest.mark.parametrize("settlement", ["direct", "via_partner"])
async def test_who_collects_decides_the_share_and_where_it_goes(
    world: World, program: str, settlement: str
) -> None:
    code = await world.joins(program)
    await world.billing.registers("ann", referral_code=code)
    reply = await world.billing.pays("ann", "100.00", currency="RUB", settlement=settlement)
    earned = SETTLEMENTS[program][settlement]
    assert reply.told[:2] == (200, "applied")
    balance = (await world.get(f"/api/v1/partners/{code}")).body["balance"]
    retained = earned if settlement == "via_partner" else None
    payable = earned if settlement == "direct" else None
    nothing = str(Money(0, "RUB"))
    assert balance["retained"] == (retained or nothing)
    assert balance["payable"] == balance["accrued"] == (payable or nothing)
    assert balance["clawed_back"] == nothing
