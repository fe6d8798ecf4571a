"""What setWebhook accepts and what getWebhookInfo tells."""

import asyncio

import pytest

from bot.simulator import MovableClock, Simulator
from bot.simulator.wire import Json
from tests.simulator.support import Raw

GOOD = "https://bot.example.com/hook"


async def resolve(host: str) -> str | None:
    if host == "slow.example.com":
        await asyncio.sleep(0.1)
        return "93.184.216.34"
    return {"bot.example.com": "93.184.216.34", "inside.example.com": "10.1.2.3"}.get(host)


@pytest.fixture
def settings() -> Json:
    return {"resolve": resolve}


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        (
            {"url": "http://bot.example.com/"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://bot.example.com:8080/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://inside.example.com/"}, "bad webhook: IP address 10.1.2.3 is reserved"),
        (
            {"url": GOOD, "ip_address": "127.0.0.1"},
            "bad webhook: IP address 127.0.0.1 is reserved",
        ),
        (
            {"url": "https://nowhere.example.com/"},
            "bad webhook: Failed to resolve host: Name or service not known",
        ),
        ({"url": "https://bad host/"}, "invalid webhook URL specified"),
        ({"url": "ftp://bot.example.com/"}, "invalid webhook URL specified"),
        ({"url": GOOD, "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": GOOD, "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)
async def test_refusals(raw: Raw, fields: Json, refusal: str) -> None:
    answer = await raw("setWebhook", **fields)
    assert answer.description == f"Bad Request: {refusal}"


async def test_descriptions_of_success(raw: Raw) -> None:
    assert (await raw("setWebhook", url=GOOD)).body["description"] == "Webhook was set"
    assert (await raw("setWebhook", url=GOOD)).body["description"] == "Webhook is already set"
    assert (await raw("getWebhookInfo")).result["ip_address"] == "93.184.216.34"
    assert (await raw("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await raw("setWebhook", url="")).body["description"] == "Webhook is already deleted"


async def test_allowed_updates_and_connections_are_told(raw: Raw) -> None:
    await raw("setWebhook", url=GOOD, allowed_updates=["message"], max_connections=900)
    info = (await raw("getWebhookInfo")).result
    assert info["allowed_updates"] == ["message"]
    assert info["max_connections"] == 100


async def test_a_certificate_has_3_megabytes_at_most(raw: Raw) -> None:
    big = await raw.upload(
        "setWebhook", {"certificate": ("c.pem", b"x" * (3 * 1024 * 1024 + 1))}, url=GOOD
    )
    assert "certificate size is too big" in big.description
    await raw.upload("setWebhook", {"certificate": ("c.pem", b"x")}, url=GOOD)
    assert (await raw("getWebhookInfo")).result["has_custom_certificate"] is True


async def test_a_younger_setwebhook_ends_the_one_that_still_resolves(raw: Raw) -> None:
    older = asyncio.create_task(raw("setWebhook", url="https://slow.example.com/"))
    await asyncio.sleep(0.03)
    assert (await raw("setWebhook", url=GOOD)).status == 200
    answer = await older
    assert (answer.status, answer.description) == (
        409,
        "Conflict: terminated by other setWebhook",
    )
    assert (await raw("getWebhookInfo")).result["url"] == GOOD


class TestChanging:
    @pytest.fixture
    def settings(self) -> Json:
        return {"webhook_change_seconds": 1.0, "resolve": resolve}

    async def test_once_a_second(self, raw: Raw, clock: MovableClock) -> None:
        assert (await raw("setWebhook", url=GOOD)).status == 200
        refused = await raw("setWebhook", url=GOOD)
        assert refused.status == 429
        assert refused.body["parameters"] == {"retry_after": 1}
        assert (await raw("deleteWebhook")).status == 200
        clock.advance(1)
        assert (await raw("setWebhook", url=GOOD)).status == 200


class TestWithoutTheLeniency:
    @pytest.fixture
    def settings(self) -> Json:
        return {"allow_local_webhook": False, "resolve": resolve}

    async def test_local_webhooks_are_refused(self, raw: Raw) -> None:
        refused = await raw("setWebhook", url="http://127.0.0.1:8080/")
        assert "An HTTPS URL must be provided" in refused.description
        refused = await raw("setWebhook", url="https://10.0.0.1/")
        assert refused.status == 400


class TestPauses:
    @pytest.fixture
    def settings(self) -> Json:
        return {}

    def test_again_at_once_then_doubling_up_to_a_spread_maximum(self, sim: Simulator) -> None:
        sender = sim.api.sender
        assert [sender._pause(failures) for failures in range(5)] == [0, 2, 4, 8, 16]
        assert all(60 <= sender._pause(failures) <= 120 for failures in range(7, 40))
