"""Health, metrics, errors and the headers that every answer has."""

from ipaddress import ip_network

import pytest

from handlers.http.errors import Refused
from handlers.http.routes import Metrics, Readiness
from handlers.http.throttle import Throttle, group_of
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import TOKEN, World, only_sqlite

pytestmark = only_sqlite


async def test_alive(world: World) -> None:
    reply = await world.get("/healthz", Authorization="")
    assert (reply.status, reply.body) == (200, {"status": "ok"})


async def test_ready(world: World) -> None:
    reply = await world.get("/readyz", Authorization="")
    assert reply.status == 200
    assert reply.body == {"status": "ready", "reasons": [], "details": {"telegram": "answers"}}


async def test_not_ready_says_why(open_world: OpenWorld) -> None:
    async def check() -> Readiness:
        return Readiness(ok=False, reasons=("the schema is behind",))

    world = await open_world(readiness=check)
    reply = await world.get("/readyz")
    assert (reply.status, reply.body["reasons"]) == (503, ["the schema is behind"])


async def test_a_check_that_fails_is_not_ready(open_world: OpenWorld) -> None:
    async def check() -> Readiness:
        raise RuntimeError("a bug")

    reply = await (await open_world(readiness=check)).get("/readyz")
    assert (reply.status, reply.body["status"]) == (503, "not_ready")


async def test_metrics(open_world: OpenWorld) -> None:
    metrics = Metrics()
    metrics.gauge("partner_bot_inbox_waiting", "Updates that wait.", lambda: 42)
    world = await open_world(metrics=metrics)
    await world.billing.registers("ann")
    await world.billing.send("payment.exploded")
    await world.visit("/r/nobody")
    await world.visit("/no/such/path")
    async with world.session.get(world.url + "/metrics") as answer:
        text = await answer.text()
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
    assert 'partner_bot_events_total{status="applied",type="client.registered"} 1.0' in text
    assert 'partner_bot_events_total{status="malformed",type="unknown"} 1.0' in text
    assert "partner_bot_event_set_size_count 2.0" in text
    assert "partner_bot_inbox_waiting 42.0" in text
    routes = ('route="/api/v1/events",status="200"', 'route="/r/{code}"', 'route="unmatched"')
    for route in routes:
        assert route in text
    assert "nobody" not in text


async def test_metrics_are_for_the_inside(open_world: OpenWorld) -> None:
    world = await open_world(trusted_proxies=(ip_network("127.0.0.1/32"),))
    outside = {"X-Forwarded-For": "8.8.8.8"}
    assert (await world.visit("/metrics", **outside)).status == 401
    for headers in (
        {"X-Forwarded-For": "10.1.2.3"},
        outside | {"Authorization": f"Bearer {TOKEN}"},
    ):
        async with world.session.get(world.url + "/metrics", headers=headers) as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/", 404, "not_found"),
        ("PUT", "/api/v1/events", 405, "method_not_allowed"),
        ("DELETE", "/api/v1/partners/x", 405, "method_not_allowed"),
        ("PUT", "/api/v1/events/batch", 405, "method_not_allowed"),
    ],
)
async def test_the_api_errs_in_json(
    world: World, method: str, path: str, status: int, code: str
) -> None:
    async with world.session.request(method, world.url + path) as answer:
        body = await answer.json()
        assert (answer.status, body["error"]["code"]) == (status, code)
        assert status == 404 or answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/nothing", "/r", "/r/", "/<script>alert(1)</script>", "/%00"])
async def test_people_err_on_a_plain_page(world: World, path: str) -> None:
    async with world.session.get(world.url + path) as answer:
        text = await answer.text()
        assert answer.status == 404
        assert answer.content_type == "text/html"
        assert "There is no such page" in text
        assert "script" not in text


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/metrics", "/nothing", "/api/nothing", "/api/openapi.json"]
)
async def test_headers_of_safety(world: World, path: str) -> None:
    answer = await world.visit(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"]
    assert "Python" not in answer.headers["Server"]


@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OSError, 503)])
async def test_what_fails_has_a_reference_and_no_details(
    open_world: OpenWorld, error: type[Exception], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def look_up(event_id: str) -> None:
        raise error("secret details")

    world = await open_world(look_up_event=look_up)
    reply = await world.get("/api/v1/events/x")
    assert reply.status == status
    reference = reply.body["error"]["message"].rpartition(" ")[2]
    assert reference in caplog.text
    assert "secret details" not in str(reply.body)
    assert ("Retry-After" in reply.headers) == (status == 503)


def test_addresses_are_grouped(database_url: str) -> None:
    assert group_of("203.0.113.1") == "203.0.113.1"
    assert group_of("::ffff:203.0.113.1") == "203.0.113.1"
    assert group_of("2001:db8::1") == group_of("2001:db8::ffff:1")
    assert group_of("2001:db8:0:1::1") != group_of("2001:db8::1")
    assert group_of("fe80::1%eth0") == group_of("fe80::2%eth1")
    assert group_of("x:y") == "x:y"


def test_windows_end_and_memory_too(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    throttle = Throttle(lambda: now[0])
    monkeypatch.setattr("handlers.rates.KEYS_MAX", 3)
    for _ in range(2):
        throttle.count("2/minute", "visits", "a")
    now[0] += 59
    with pytest.raises(Refused) as refused:
        throttle.count("2/minute", "visits", "a")
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "1")
    throttle.count("2/minute", "other", "a")
    throttle.count("2/minute", "visits", "b")
    now[0] += 1
    throttle.count("2/minute", "visits", "a")
    for who in "cdefg":
        throttle.count("2/minute", "visits", who)
        assert len(throttle) <= 3
