"""The billing intake: every row of its table of answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from domain.usecases.events.record import RecordEvents, ReportedEvent, Result
from handlers.http.routes import RateLimits
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import World, only_sqlite, text


async def test_applied_then_duplicate(world: World) -> None:
    first = await world.billing.registers("ann", at=world.clock())
    assert first.status == 200
    assert first.body == {
        "id": "evt-1",
        "status": "applied",
        "reason": "no_click",
        "error": None,
    }
    data = {"client_id": "ann", "name": "Ann", "registered_at": text(world.clock())}
    world.clock.move(seconds=60)
    body = json.dumps(
        {
            "data": dict(reversed(data.items())),
            "timestamp": text(world.clock()),
            "type": "client.registered",
        },
        indent=3,
    ).encode()
    again = await world.billing.post(body, world.billing.headers(body, "evt-1"))
    assert again.told == (200, "duplicate", "no_click")


async def test_the_same_id_with_other_data_is_a_conflict(world: World) -> None:
    await world.billing.registers("ann")
    data = {"client_id": "ann", "name": "Eve", "registered_at": text(world.clock())}
    reply = await world.billing.send("client.registered", event_id="evt-1", **data)
    assert reply.told == (409, "conflict", "conflict")
    assert reply.body["id"] == "evt-1"
    kind = await world.billing.send(
        "client.deleted", event_id="evt-1", client_id="ann", deleted_at=text(world.clock())
    )
    assert kind.told == (409, "conflict", "conflict")
    assert (await world.get("/api/v1/events/evt-1")).body["status"] == "applied"


async def test_the_same_fact_under_another_id(world: World) -> None:
    await world.billing.registers("ann")
    same = await world.billing.pays("ann", "10.00", payment="p1")
    equal = await world.billing.pays("ann", "10.00", payment="p1")
    other = await world.billing.pays("ann", "11.00", payment="p1")
    assert [reply.told for reply in (same, equal, other)] == [
        (200, "applied", "not_attributed"),
        (200, "duplicate", "not_attributed"),
        (200, "rejected", "conflict"),
    ]
    assert equal.body["id"] != same.body["id"]


async def test_parked_until_its_cause_comes(world: World) -> None:
    paid = await world.billing.pays("ann", payment="p1")
    assert paid.told == (200, "parked", "client_unknown")
    assert paid.body["error"]["field"] == "data.client_id"
    event = f"/api/v1/events/{paid.body['id']}"
    waiting = (await world.get(event)).body
    assert (waiting["status"], waiting["applied_at"]) == ("parked", None)
    await world.billing.registers("ann")
    done = (await world.get(event)).body
    assert (done["status"], done["error"], done["reason"]) == ("applied", None, "not_attributed")
    assert done["applied_at"] == "2026-03-02T10:00:00Z"


async def test_rejected_names_code_field_and_message(world: World) -> None:
    reply = await world.billing.send(
        "click.recorded", click_id="c1", code="nobodys", clicked_at=text(world.clock())
    )
    assert reply.told == (200, "rejected", "code_unknown")
    assert reply.body["error"]["field"] == "data.code"
    assert reply.body["error"]["message"]
    again = await world.billing.send(
        "click.recorded",
        event_id="evt-1",
        click_id="c1",
        code="nobodys",
        clicked_at=text(world.clock()),
    )
    assert again.told == (200, "duplicate", "code_unknown")


async def test_malformed_stores_nothing_and_leaves_the_id_free(world: World) -> None:
    wrong = await world.billing.send("payment.succeeded", event_id="e1", amount=5)
    assert wrong.status == 422
    assert {error["field"] for error in wrong.body["errors"]} == {
        "data.payment_id",
        "data.client_id",
        "data.amount",
        "data.currency",
        "data.paid_at",
    }
    assert (await world.get("/api/v1/events/e1")).status == 404
    right = await world.billing.send(
        "client.registered",
        event_id="e1",
        client_id="ann",
        name="Ann",
        registered_at=text(world.clock()),
    )
    assert right.told[:2] == (200, "applied")


async def test_a_batch_is_judged_one_by_one(world: World) -> None:
    billing, now = world.billing, text(world.clock())
    ann = {"client_id": "ann", "name": "Ann", "registered_at": now}
    pay = {
        "payment_id": "p1",
        "client_id": "ann",
        "amount": "5.00",
        "currency": "USD",
        "paid_at": now,
    }
    reply = await billing.send_batch(
        [
            billing.item("b1", "payment.succeeded", **pay),
            billing.item("b2", "client.registered", **ann),
            billing.item("b2", "client.registered", **ann),
            billing.item("b2", "client.registered", **ann | {"name": "Eve"}),
            billing.item("b3", "payment.succeeded", **pay | {"amount": "0.00"}),
            billing.item("b4", "payment.exploded", **pay),
            {"type": "client.registered", "timestamp": now, "data": ann},
            "no object",
            billing.item("b5", "payment.succeeded", **pay | {"amount": "6.00"}),
            billing.item(
                "b6", "payment.succeeded", **pay | {"payment_id": "p2", "client_id": "bob"}
            ),
            {"id": "b7", "type": "client.registered", "data": ann | {"name": ""}},
        ]
    )
    assert reply.status == 200
    told = [(result["id"], result["status"]) for result in reply.body["results"]]
    assert told == [
        ("b1", "applied"),
        ("b2", "applied"),
        ("b2", "duplicate"),
        ("b2", "conflict"),
        ("b3", "malformed"),
        ("b4", "malformed"),
        (None, "malformed"),
        (None, "malformed"),
        ("b5", "rejected"),
        ("b6", "parked"),
        ("b7", "malformed"),
    ]
    fields = [error["field"] for error in reply.body["results"][-1]["errors"]]
    assert fields == ["timestamp", "data.name"]
    assert (await world.get("/api/v1/events/b3")).status == 404


async def test_a_batch_of_a_thousand(world: World) -> None:
    billing, now = world.billing, text(world.clock())
    items: list[object] = [
        billing.item(f"c{n}", "client.registered", client_id=f"c{n}", name="C", registered_at=now)
        for n in range(1_000)
    ]
    reply = await billing.send_batch(items)
    assert {result["status"] for result in reply.body["results"]} == {"applied"}
    assert [result["id"] for result in reply.body["results"]] == [f"c{n}" for n in range(1_000)]
    again = await billing.send_batch(items)
    assert {result["status"] for result in again.body["results"]} == {"duplicate"}
    too_many = await billing.send_batch([*items, items[0]])
    assert (too_many.status, too_many.body["error"]["field"]) == (422, "events")


async def test_a_dry_run_stores_nothing(world: World) -> None:
    code = await world.joins()
    await world.billing.registers("ann", referral_code=code)
    now = text(world.clock())
    for query in ("?dry_run=1", "?dry_run=true"):
        reply = await world.billing.send(
            "payment.succeeded",
            event_id="e1",
            query=query,
            payment_id="p1",
            client_id="ann",
            amount="10.00",
            currency="USD",
            paid_at=now,
        )
        assert reply.body == {"id": "e1", "status": "applied", "error": None, "dry_run": True}
    assert (await world.get("/api/v1/events/e1")).status == 404
    items = [world.billing.item("e2", "client.deleted", client_id="ann", deleted_at=now), {}]
    batch = await world.billing.send_batch(items, "?dry_run=1")
    assert batch.body["dry_run"] is True
    assert [result["status"] for result in batch.body["results"]] == ["applied", "malformed"]
    assert (await world.get("/api/v1/clients/ann")).body["status"] == "active"
    assert (await world.get(f"/api/v1/partners/{code}")).body["balance"]["accrued"] == "0.00"
    wrong = await world.billing.send("client.deleted", query="?dry_run=perhaps")
    assert (wrong.status, wrong.body["error"]["field"]) == (422, "dry_run")


async def test_fields_that_nobody_reads_are_told(world: World) -> None:
    reply = await world.billing.registers(
        "ann", clik_id="pb1.x", account={"account_id": "a1", "name": "A", "nmae": 1}
    )
    assert reply.body["status"] == "applied"
    assert reply.body["ignored"] == ["data.clik_id", "data.account.nmae"]
    body = json.dumps(
        world.billing.envelope("client.deleted", client_id="ann", deleted_at=text(world.clock()))
        | {"id": "e7", "version": 2}
    ).encode()
    reply = await world.billing.post(body, world.billing.headers(body, "e7"))
    assert reply.body["ignored"] == ["version"]


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


@only_sqlite
class TestTransport:
    async def test_too_large(self, open_world: OpenWorld) -> None:
        world = await open_world(body_bytes_max=2_000)
        body = b"x" * 2_000
        at_limit = await world.billing.post(body, world.billing.headers(body, "e1"))
        assert at_limit.status == 422
        for over in (b"x" * 2_001, b"x" * 300_000):
            reply = await world.billing.post(over, world.billing.headers(over, "e1"))
            assert reply.told == (413, None, "too_large")

    async def test_too_large_in_pieces(self, open_world: OpenWorld) -> None:
        world = await open_world(body_bytes_max=2_000)

        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(10):
                yield b"x" * 500

        headers = world.billing.headers(b"", "e1")
        async with world.session.post(
            world.url + "/api/v1/events", data=pieces(), headers=headers
        ) as answer:
            assert answer.status == 413

    async def test_four_mebibytes_are_allowed(self, world: World) -> None:
        data = world.billing.envelope(
            "client.deleted",
            client_id="ann",
            deleted_at=text(world.clock()),
            note="x" * (4 * 1024 * 1024 - 400),
        )
        body = json.dumps(data).encode()
        assert 4 * 1024 * 1024 - 400 < len(body) < 4 * 1024 * 1024
        assert (await world.billing.post(body, world.billing.headers(body, "e1"))).status == 200

    async def test_a_slow_body_is_cut(self, open_world: OpenWorld) -> None:
        world = await open_world(read_timeout_seconds=0.2)

        async def slowly() -> AsyncIterator[bytes]:
            for _ in range(50):
                yield b" "
                await asyncio.sleep(0.1)

        headers = world.billing.headers(b"", "e1")
        try:
            async with world.session.post(
                world.url + "/api/v1/events", data=slowly(), headers=headers
            ) as answer:
                assert answer.status == 408
        except aiohttp.ClientError:
            pass
        assert (await world.billing.registers("ann")).status == 200

    async def test_a_compressed_body_is_refused(self, world: World) -> None:
        headers = world.billing.headers(b"x", "e1") | {"Content-Encoding": "gzip"}
        reply = await world.billing.post(b"x", headers)
        assert reply.told == (415, None, "content_encoding")

    async def test_too_many(self, open_world: OpenWorld) -> None:
        world = await open_world(limits=RateLimits(events="2/minute"))
        statuses = [(await world.billing.registers(f"c{n}")).status for n in range(3)]
        assert statuses == [200, 200, 429]
        last = await world.billing.registers("c4")
        assert 1 <= int(last.headers["Retry-After"]) <= 60
        assert last.body["error"]["code"] == "too_many_requests"


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
