"""The example for billing engineers: what it shows really works."""

import json
from pathlib import Path

import pytest

from bot.commands.send_event import run_send_event
from tests.handlers.http.billing import SECRET
from tests.handlers.http.shell import run_shell
from tests.handlers.http.world import World, only_sqlite

pytestmark = only_sqlite


@pytest.fixture
def event_file(tmp_path: Path, world: World) -> Path:
    path = tmp_path / "an event.json"
    registered_at = "2026-03-02T10:00:00Z"
    envelope = world.billing.envelope(
        "client.registered", client_id="ann", name="Ann", registered_at=registered_at
    )
    path.write_text(json.dumps({"id": "example-1"} | envelope, indent=2), encoding="utf-8")
    return path


async def send(world: World, path: Path, secret: str = SECRET) -> tuple[int, str]:
    lines: list[str] = []
    code = await run_send_event(
        path, url=world.url, secret=secret, say=lines.append, now=world.clock().timestamp
    )
    return code, "\n".join(lines)


async def test_sends_and_shows_how(world: World, event_file: Path) -> None:
    code, said = await send(world, event_file)
    assert code == 0
    assert "webhook-id: example-1" in said
    assert "webhook-signature: v1," in said
    assert "HTTP 200 OK" in said
    assert '"status": "applied"' in said
    assert "ignored" not in said
    assert SECRET not in said
    assert (await world.get("/api/v1/events/example-1")).status == 200


@pytest.mark.parametrize("only_stand_ins", [False, True])
async def test_the_curl_line_works(
    world: World, event_file: Path, *, only_stand_ins: bool
) -> None:
    _, said = await send(world, event_file)
    command = said[said.index("curl -i") : said.index("\n\nHTTP")]
    shown = await run_shell(command, event_file.parent, only_stand_ins=only_stand_ins)
    assert '"status":"duplicate"' in shown


async def test_a_fresh_id_where_none_is_given(world: World, tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text(json.dumps(world.billing.envelope("client.deleted", client_id="a")), "utf-8")
    code, said = await send(world, path)
    assert code == 1
    assert "webhook-id: evt_" in said
    assert "HTTP 422" in said
    assert "data.deleted_at" in said


async def test_a_batch(world: World, tmp_path: Path) -> None:
    path = tmp_path / "batch.json"
    path.write_text(json.dumps({"events": [{"id": "x"}]}), "utf-8")
    code, said = await send(world, path)
    assert code == 0
    assert "/api/v1/events/batch" in said
    assert '"malformed"' in said


@pytest.mark.parametrize(
    ("content", "secret", "words"),
    [
        (b"{}", "", "No secret"),
        (b"{}", "whsec_?", "not whsec_"),
        (b"{", SECRET, "is not JSON"),
        (b"[]", SECRET, "JSON object"),
        (None, SECRET, "Cannot read"),
    ],
)
async def test_says_what_is_wrong(
    world: World, tmp_path: Path, content: bytes | None, secret: str, words: str
) -> None:
    path = tmp_path / "event.json"
    if content is not None:
        path.write_bytes(content)
    code, said = await send(world, path, secret)
    assert code == 1
    assert words in said


async def test_nobody_there(event_file: Path) -> None:
    lines: list[str] = []
    code = await run_send_event(
        event_file, url="http://127.0.0.1:9", secret=SECRET, say=lines.append
    )
    assert code == 1
    assert "No answer" in lines[-1]
