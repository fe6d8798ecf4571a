"""Ways of calling, leniencies, tokens, unknown methods, faults."""

import pytest

from bot.simulator import MovableClock
from bot.simulator.actors import GroupActor, PersonActor
from bot.simulator.api.arguments import Arguments
from bot.simulator.api.polling import TIMEOUT_MAX_SECONDS
from bot.simulator.botapi import methods
from bot.simulator.client import SimulatorClient
from tests.simulator.support import Raw


@pytest.mark.parametrize("http", ["GET", "POST"])
async def test_get_and_post_with_a_query_string(raw: Raw, ann: PersonActor, http: str) -> None:
    params = {"chat_id": str(ann.id), "text": "x"}
    sent = await raw.post("sendMessage", http=http, params=params)
    assert sent.result["text"] == "x"


async def test_json_bodies(raw: Raw, ann: PersonActor) -> None:
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    body = {"chat_id": ann.id, "text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": keys}
    sent = await raw.post("sendMessage", json=body)
    assert sent.result["entities"]
    assert sent.result["reply_markup"] == keys
    broken = await raw.post("sendMessage", data="{", headers={"Content-Type": "application/json"})
    assert broken.status == 400


async def test_multipart_without_files(raw: Raw, ann: PersonActor) -> None:
    sent = await raw.upload("sendMessage", {}, chat_id=ann.id, text="x")
    assert sent.status == 200


@pytest.mark.parametrize("name", ["sendmessage", "SENDMESSAGE", "SendMessage"])
async def test_method_names_ignore_case(raw: Raw, ann: PersonActor, name: str) -> None:
    assert (await raw(name, chat_id=ann.id, text="x")).status == 200


async def test_unknown_parameters_are_ignored(raw: Raw, ann: PersonActor) -> None:
    assert (await raw("sendMessage", chat_id=ann.id, text="x", nonsense="y")).status == 200


@pytest.mark.parametrize(
    ("word", "expected"),
    [("true", True), ("yes", True), ("1", True), ("True", True), ("on", False)],
)
async def test_booleans(raw: Raw, ann: PersonActor, word: str, expected: bool) -> None:
    sent = await raw("sendMessage", chat_id=ann.id, text="x", protect_content=word)
    assert sent.result.get("has_protected_content", False) is expected


async def test_integers_are_read_by_their_leading_digits(raw: Raw, ann: PersonActor) -> None:
    sent = await raw("sendMessage", chat_id=f"{ann.id}abc", text="x")
    assert sent.status == 200


def test_integers_are_clamped() -> None:
    arguments = Arguments(values={"big": "99999", "rubbish": "x", "minus": "-7", "empty": ""})
    assert arguments.integer("big", low=0, high=TIMEOUT_MAX_SECONDS) == 50
    assert arguments.integer("rubbish", default=5) == 0
    assert arguments.integer("minus", low=1) == 1
    assert arguments.integer("empty", default=5) == 5


async def test_ids_over_32_bits(ann: PersonActor, forum: GroupActor) -> None:
    assert ann.id > 2**31
    assert str(forum.id).startswith("-100")


async def test_tokens(raw: Raw) -> None:
    dead = await raw.post("getMe", token="99:other")
    assert (dead.status, dead.description) == (401, "Unauthorized")
    malformed = await raw.post("getMe", token="nonsense")
    assert (malformed.status, malformed.description) == (
        401,
        "Unauthorized: invalid token specified",
    )


async def test_unknown_methods_and_paths(raw: Raw) -> None:
    unknown = await raw("sendLove")
    assert (unknown.status, unknown.description) == (404, "Not Found: method not found")
    async with raw.session.get(f"{raw.url}/elsewhere/x") as answer:
        assert answer.status == 404
        assert (await answer.json())["description"] == "Not Found"


async def test_documented_methods_that_are_not_simulated_say_so(
    raw: Raw, client: SimulatorClient
) -> None:
    simulated = set((await client.state())["simulated_methods"])
    assert simulated <= {method.name for method in methods().values()}
    refused = await raw("sendPoll", chat_id=1)
    assert (refused.status, refused.description) == (
        400,
        "Bad Request: method sendPoll is not simulated",
    )


async def test_faults_on_request(raw: Raw, ann: PersonActor, client: SimulatorClient) -> None:
    await client.faults("sendMessage", error_code=429, retry_after=7, times=2)
    for _ in range(2):
        refused = await raw("sendMessage", chat_id=ann.id, text="x")
        assert refused.status == 429
        assert refused.description == "Too Many Requests: retry after 7"
        assert refused.body["parameters"] == {"retry_after": 7}
        assert refused.headers["Retry-After"] == "7"
    assert (await raw("sendMessage", chat_id=ann.id, text="x")).status == 200


async def test_faults_for_one_chat_or_any_method(
    raw: Raw, ann: PersonActor, client: SimulatorClient
) -> None:
    await client.faults(error_code=500, description="Internal Server Error: restart", chat_id=5)
    assert (await raw("sendMessage", chat_id=ann.id, text="x")).status == 200
    refused = await raw("sendMessage", chat_id=5, text="x")
    assert (refused.status, refused.description) == (500, "Internal Server Error: restart")
    await client.faults(error_code=400, migrate_to_chat_id=-1005)
    refused = await raw("getMe")
    assert refused.body["parameters"] == {"migrate_to_chat_id": -1005}
    await client.faults(error_code=500)
    await client.clear_faults()
    assert (await raw("getMe")).status == 200


async def test_the_journal(raw: Raw, ann: PersonActor, client: SimulatorClient) -> None:
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
    await raw("sendmessage", chat_id=ann.id, text="[1]", reply_markup=keys)
    await raw("sendMessage", chat_id=5, text="x")
    await raw.upload("sendDocument", {"document": ("a.txt", b"xy")}, chat_id=ann.id)
    entries = await client.journal()
    assert entries[0] == {
        "seq": 1,
        "method": "sendMessage",
        "params": {"chat_id": str(ann.id), "text": "[1]", "reply_markup": keys},
        "status": 200,
        "ok": True,
        "description": None,
    }
    assert entries[1]["description"] == "Bad Request: chat not found"
    assert entries[2]["params"]["document"] == "<a.txt, 2 bytes>"
    assert len(await client.journal("sendMessage", chat_id=ann.id)) == 1
    assert len(await client.journal(after=2)) == 1


async def test_log_out_and_close(raw: Raw, clock: MovableClock) -> None:
    assert (await raw("close")).status == 429
    clock.advance(600)
    assert (await raw("close")).result is True
    assert (await raw("logOut")).result is True
    assert (await raw("getMe")).status == 400
