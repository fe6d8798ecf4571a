"""The read routes: who may read, what is there and what is not."""

import pytest

from handlers.http.routes import RateLimits
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import TOKEN, World, only_sqlite

PATHS = [
    "/api/v1/partners/{}",
    "/api/v1/partners/{}/commissions",
    "/api/v1/partners/{}/payouts",
    "/api/v1/partners/{}/entitlements",
    "/api/v1/partners/{}/clients",
    "/api/v1/clients/{}",
    "/api/v1/accounts/{}",
    "/api/v1/events/{}",
]


@only_sqlite
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        f"Basic {TOKEN}",
        f"{TOKEN}",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        "Bearer токен",
        "Bearer 🔑",
    ],
)
async def test_only_with_a_token(world: World, path: str, header: str) -> None:
    reply = await world.get(path.format("x"), Authorization=header)
    assert reply.told == (401, None, "bad_token")
    assert reply.headers["WWW-Authenticate"] == "Bearer"


@only_sqlite
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", ["nobody", "a%00b", "%ff", "x" * 300, "%D0%BA", "a%0Ab", "'--"])
async def test_what_is_not_there_is_404(world: World, path: str, name: str) -> None:
    reply = await world.get(path.format(name))
    assert reply.told == (404, None, "not_found")


@only_sqlite
async def test_without_tokens_the_routes_are_closed(open_world: OpenWorld) -> None:
    world = await open_world(api_tokens=())
    reply = await world.get("/api/v1/clients/x", Authorization="Bearer ")
    assert reply.told == (401, None, "no_token")


@only_sqlite
async def test_each_token_is_good(open_world: OpenWorld) -> None:
    world = await open_world(api_tokens=("first-token-0123456", "second-token-012345"))
    for token in ("first-token-0123456", "second-token-012345"):
        for scheme in ("Bearer", "bearer"):
            reply = await world.get("/api/v1/clients/x", Authorization=f"{scheme} {token}")
            assert reply.status == 404


@only_sqlite
async def test_too_many_reads(open_world: OpenWorld) -> None:
    world = await open_world(limits=RateLimits(reads="2/minute", refused="3/minute"))
    statuses = [(await world.get("/api/v1/clients/x")).status for _ in range(3)]
    assert statuses == [404, 404, 429]
    statuses = [
        (await world.get("/api/v1/clients/x", Authorization="Bearer x")).status for _ in range(4)
    ]
    assert statuses == [401, 401, 401, 429]


@only_sqlite
async def test_a_partner_without_anything(world: World) -> None:
    code = await world.joins()
    body = (await world.get(f"/api/v1/partners/{code.upper()}")).body
    assert body == {
        "code": code,
        "program": "saas-tiers",
        "status": "active",
        "legal_form": None,
        "tier": None,
        "counts": {
            "clicks": 0,
            "starts": 0,
            "registrations": 0,
            "paying_clients": 0,
            "active_clients": 0,
        },
        "balance": {
            "currency": "USD",
            "accrued": "0.00",
            "held": "0.00",
            "payable": "0.00",
            "reserved": "0.00",
            "paid": "0.00",
            "converted": "0.00",
            "retained": "0.00",
            "clawed_back": "0.00",
            "adjusted": "0.00",
        },
    }
    for name in ("commissions", "payouts", "entitlements", "clients"):
        listed = (await world.get(f"/api/v1/partners/{code}/{name}")).body
        assert listed == {"items": [], "next_cursor": None}


@only_sqlite
async def test_a_commission_has_all_its_fields(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    await world.billing.pays("ann", "12.34", payment="p1")
    [item] = (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    assert item.pop("commission_id")
    assert item == {
        "payment_id": "p1",
        "client_id": "ann",
        "amount": "1.23",
        "currency": "USD",
        "base": "12.34",
        "base_currency": "USD",
        "rate": "10%",
        "tax": "0%",
        "basis": "share",
        "tier": "start",
        "category": None,
        "settlement": "direct",
        "status": "payable",
        "held_until": "2026-03-02T10:00:00Z",
        "clawed_back": "0.00",
        "consumed": [],
        "created_at": "2026-03-02T10:00:00Z",
    }


@only_sqlite
async def test_an_account_leads_to_its_client(world: World) -> None:
    code = await world.joins()
    await world.billing.registers(
        "ann", referral_code=code, account={"account_id": "site/1", "name": "Site"}
    )
    await world.billing.send(
        "account.created",
        client_id="ann",
        account_id="site-2",
        name="Second",
        created_at="2026-03-02T10:00:00Z",
    )
    for account_id in ("site%2F1", "site-2"):
        body = (await world.get(f"/api/v1/accounts/{account_id}")).body
        assert body["account_id"] == account_id.replace("%2F", "/")
        assert (body["client_id"], body["partner_code"], body["protected"]) == ("ann", code, False)


@only_sqlite
async def test_answers_are_not_kept_by_anyone(world: World) -> None:
    reply = await world.get(f"/api/v1/partners/{await world.joins()}")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Type"].startswith("application/json")
