"""Events at the same time, and a database that is away: each gets its own answer."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from domain.usecases.events.record import RecordEvents, ReportedEvent, Result
from tests.handlers.http.billing import text
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import World, only_sqlite


async def test_the_same_event_twenty_times_at_once(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    data = {
        "payment_id": "p1",
        "client_id": "ann",
        "amount": "10.00",
        "currency": "USD",
        "paid_at": text(world.clock()),
    }
    replies = await asyncio.gather(
        *(world.billing.send("payment.succeeded", event_id="same", **data) for _ in range(20))
    )
    statuses = sorted(reply.body["status"] for reply in replies)
    assert statuses == ["applied"] + ["duplicate"] * 19
    assert (await world.get(f"/api/v1/partners/{code}")).body["balance"]["accrued"] == "1.00"


async def test_requests_that_wait_together_share_commits(
    open_world: OpenWorld, around: object
) -> None:
    sets: list[int] = []
    inner = RecordEvents(around)

    async def counting(batches: list[list[ReportedEvent]], **how: bool) -> list[list[Result]]:
        sets.append(len(batches))
        return await inner(batches, **how)

    world = await open_world(record_events=counting)
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    sets.clear()
    replies = await asyncio.gather(
        *(world.billing.pays("ann", f"{n + 1}.00", payment=f"p{n}") for n in range(32))
    )
    assert all(reply.told[:2] == (200, "applied") for reply in replies)
    assert len({reply.body["id"] for reply in replies}) == 32
    assert sum(sets) == 32
    assert len(sets) < 16
    listed = (await world.get(f"/api/v1/partners/{code}/commissions?limit=200")).body["items"]
    by_payment = {item["payment_id"]: item["amount"] for item in listed}
    assert by_payment == {f"p{n}": f"{(n + 1) / 10:.2f}" for n in range(32)}


def outage() -> Exception:
    return OperationalError("COMMIT", {}, Exception("disk I/O error"))


@only_sqlite
@pytest.mark.parametrize("error", [outage, OSError, TimeoutError, RuntimeError, RecursionError])
async def test_what_is_not_durable_is_503(
    open_world: OpenWorld, around: object, error: Callable[[], Exception]
) -> None:
    inner = RecordEvents(around)
    is_down = True

    async def record(batches: list[list[ReportedEvent]], **how: bool) -> list[list[Result]]:
        if is_down:
            raise error()
        return await inner(batches, **how)

    world = await open_world(record_events=record)
    replies = await asyncio.gather(
        *(world.billing.registers(f"c{n}") for n in range(5)),
        world.billing.send(
            "client.registered",
            query="?dry_run=1",
            client_id="x",
            name="X",
            registered_at=text(world.clock()),
        ),
        world.billing.send_batch(
            [
                world.billing.item(
                    "b1", "client.deleted", client_id="x", deleted_at="2026-01-01T00:00:00Z"
                )
            ]
        ),
    )
    for reply in replies:
        assert reply.told == (503, "not_durable", "not_durable")
        assert int(reply.headers["Retry-After"]) > 0
    is_down = False
    assert (await world.billing.registers("c1")).told[:2] == (200, "applied")


@only_sqlite
async def test_a_poisoned_event_does_not_spoil_its_neighbours(
    open_world: OpenWorld, around: object
) -> None:
    inner = RecordEvents(around)

    async def record(batches: list[list[ReportedEvent]], **how: bool) -> list[list[Result]]:
        await asyncio.sleep(0.02)
        if any(event.id == "poison" for batch in batches for event in batch):
            raise RuntimeError("a bug")
        return await inner(batches, **how)

    world = await open_world(record_events=record)
    data = {"client_id": "zoe", "name": "Zoe", "registered_at": text(world.clock())}
    replies = await asyncio.gather(
        *(world.billing.registers(f"c{n}") for n in range(8)),
        world.billing.send("client.registered", event_id="poison", **data),
        *(world.billing.registers(f"d{n}") for n in range(8)),
    )
    assert [reply.status for reply in replies] == [200] * 8 + [503] + [200] * 8
    assert {reply.body["status"] for reply in replies} == {"applied", "not_durable"}
