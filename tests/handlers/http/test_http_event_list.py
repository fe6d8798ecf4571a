"""Events that took no effect, as the vendor's systems list them."""

import pytest

from tests.handlers.http.world import World, only_sqlite


async def without_effect(world: World, *, parked: int, rejected: int) -> None:
    await world.billing.registers("ann")
    for number in range(parked):
        await world.billing.pays(f"unknown-{number}")
        world.clock.move(seconds=number % 2)
    for _ in range(rejected):
        await world.billing.pays("ann", program="no-such")
    await world.billing.pays("ann")


async def all_of(world: World, query: str) -> list[str]:
    """Return the ids of all pages."""
    found: list[str] = []
    cursor = ""
    while True:
        reply = await world.get(f"/api/v1/events?{query}{cursor}")
        assert reply.status == 200
        found += [item["id"] for item in reply.body["items"]]
        if reply.body["next_cursor"] is None:
            return found
        cursor = f"&cursor={reply.body['next_cursor']}"


async def test_each_status_is_listed_newest_first_page_by_page(world: World) -> None:
    await without_effect(world, parked=5, rejected=3)
    everything = await all_of(world, "limit=200")
    assert len(everything) == len(set(everything)) == 8
    for query, count in (("", 8), ("status=parked", 5), ("status=rejected", 3)):
        listed = await all_of(world, f"{query}&limit=2")
        assert listed == [event_id for event_id in everything if event_id in listed]
        assert len(listed) == count
    reply = await world.get("/api/v1/events?status=parked&limit=1")
    [item] = reply.body["items"]
    assert item["status"] == "parked"
    assert item["waits_for"] == "client:unknown-4"
    assert item["error"]["code"] == "client_unknown"


@only_sqlite
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=applied", "status"),
        ("status=", "status"),
        ("status=parked&status=rejected", "status"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=2&limit=3", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=AAAA", "cursor"),
    ],
)
async def test_wrong_parameters_are_named(world: World, query: str, field: str) -> None:
    reply = await world.get(f"/api/v1/events?{query}")
    assert (reply.status, reply.body["error"]["field"]) == (422, field)


@only_sqlite
async def test_a_cursor_of_another_list_is_refused(world: World) -> None:
    await without_effect(world, parked=3, rejected=0)
    cursor = (await world.get("/api/v1/events?limit=1")).body["next_cursor"]
    code = await world.joins()
    assert (await world.get(f"/api/v1/partners/{code}/clients?cursor={cursor}")).status == 422


@only_sqlite
async def test_nobody_reads_without_a_token(world: World) -> None:
    assert (await world.get("/api/v1/events", Authorization="Bearer no")).status == 401
