"""A client in two programs: both referrals are shown, the oldest one in front."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest

from bot.click_tokens import SignedClickTokens
from domain.surroundings import Surroundings
from storage.work import SqlOpenWork
from tests.handlers.http.billing import MovableClock
from tests.handlers.http.conftest import PROGRAMS
from tests.handlers.http.world import World, parameters_of


@pytest.fixture
def around(
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    program = PROGRAMS["saas-tiers"]
    other = replace(program, key="other", landing_url="https://other.example/", window_days=None)
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs={"saas-tiers": program, "other": other},
        zone=UTC,
        tokens=tokens,
    )


async def test_both_referrals_are_shown(world: World) -> None:
    first, second = await world.joins("other"), await world.joins()
    answer = await world.visit(f"/r/{first}")
    assert answer.headers["Location"].startswith("https://other.example/?ref=")
    token = parameters_of(answer.headers["Location"])["click_id"]
    world.clock.move(seconds=5)
    answer = await world.visit(f"/r/{second}", Cookie=f"pb_clicks={token}")
    token = parameters_of(answer.headers["Location"])["click_id"]
    world.clock.move(days=8)
    await world.billing.registers("ann", click_id=token)
    body = (await world.get("/api/v1/clients/ann")).body
    assert (body["partner_code"], body["program"], body["reason"]) == (first, "other", None)
    assert body["referrals"] == [
        {
            "partner_code": first,
            "program": "other",
            "status": "active",
            "reason": None,
            "earns_until": "2027-03-10T10:00:05Z",
        },
        {
            "partner_code": None,
            "program": "saas-tiers",
            "status": "active",
            "reason": "outside_window",
            "earns_until": None,
        },
    ]
    [listed] = (await world.get(f"/api/v1/partners/{first}/clients")).body["items"]
    assert listed == body
    assert (await world.get(f"/api/v1/partners/{second}/clients")).body["items"] == []


async def test_a_payment_counts_in_the_program_that_it_names(world: World) -> None:
    first, second = await world.joins("other"), await world.joins()
    for code in (first, second):
        world.clock.move(seconds=1)
        click = {"click_id": f"click-{code}", "code": code, "visitor_id": "visitor"}
        await world.billing.send("click.recorded", clicked_at=world.clock().isoformat(), **click)
    await world.billing.registers("ann", visitor_id="visitor")
    await world.billing.pays("ann", "100.00", payment="p1")
    await world.billing.pays("ann", "50.00", payment="p2", program="saas-tiers")
    unknown = await world.billing.pays("ann", "1.00", payment="p3", program="third")
    assert unknown.told == (200, "rejected", "program_unknown")
    for code, accrued in ((first, "10.00"), (second, "5.00")):
        body = (await world.get(f"/api/v1/partners/{code}")).body
        assert (body["balance"]["accrued"], body["counts"]["clicks"]) == (accrued, 1)
    [listed] = (await world.get(f"/api/v1/partners/{second}/clients")).body["items"]
    assert (listed["partner_code"], listed["program"]) == (second, "saas-tiers")
