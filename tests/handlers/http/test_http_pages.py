"""Lists by pages: every row once, and no cursor but our own."""

import base64

import pytest

from handlers.http.cursors import decoded
from tests.handlers.http.world import World, only_sqlite


async def test_pages_of_every_list(world: World) -> None:
    code = await world.joins()
    for n in range(7):
        await world.billing.registers(f"c{n}", referral_code=code)
        await world.billing.pays(f"c{n}", "100.00", payment=f"p{n}")
        if n % 3:
            world.clock.move(seconds=1)
    for name, key in (("commissions", "payment_id"), ("clients", "client_id")):
        path = f"/api/v1/partners/{code}/{name}"
        whole = (await world.get(path)).body
        assert whole["next_cursor"] is None
        assert len(whole["items"]) == 7
        collected: list[str] = []
        cursor = ""
        for _ in range(7):
            page = (await world.get(f"{path}?limit=3{cursor}")).body
            collected += [item[key] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert collected == [item[key] for item in whole["items"]]
        exact = (await world.get(f"{path}?limit=7")).body
        assert exact["next_cursor"] is None
    instants = [
        item["created_at"]
        for item in (await world.get(f"/api/v1/partners/{code}/commissions")).body["items"]
    ]
    assert instants == sorted(instants, reverse=True)


@only_sqlite
@pytest.mark.parametrize(
    "limit", ["0", "201", "-1", "x", "1.5", "1e2", "%D9%A1", "%C2%B2", "9" * 5_000, " 5", "+5"]
)
async def test_limits_that_are_none(world: World, limit: str) -> None:
    reply = await world.get(f"/api/v1/partners/{await world.joins()}/clients?limit={limit}")
    assert (reply.status, reply.body["error"]["field"]) == (422, "limit")


@only_sqlite
async def test_a_cursor_cannot_be_changed(world: World) -> None:
    code = await world.joins()
    for n in range(2):
        await world.billing.registers(f"c{n}", referral_code=code)
    path = f"/api/v1/partners/{code}/clients?limit=1&cursor="
    cursor = (await world.get(path)).body["next_cursor"]
    assert (await world.get(path + cursor)).status == 200
    raw = base64.urlsafe_b64decode(cursor)
    changed = [
        base64.urlsafe_b64encode(raw[:n] + bytes([raw[n] ^ 1]) + raw[n + 1 :]).decode()
        for n in range(len(raw))
    ]
    odd = ["x", "1", "====", "%00", "%D0%BA", cursor[:-1], cursor + "A", "A" * 5_000, cursor * 2]
    for text in [*changed, *odd]:
        reply = await world.get(path + text)
        assert (reply.status, reply.body["error"]["field"]) == (422, "cursor"), text
    assert decoded(cursor).id
