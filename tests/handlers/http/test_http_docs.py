"""docs/http.md: its examples work as they stand."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.events.read import EVENT_TYPES, read_event
from handlers.http.event_schemas import ignored_fields
from handlers.http.operations import OPERATIONS
from tests.handlers.http.billing import SECRET
from tests.handlers.http.shell import run_shell
from tests.handlers.http.world import World, only_sqlite

TEXT = (Path(__file__).parents[3] / "docs" / "http.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@only_sqlite
@pytest.mark.parametrize("only_stand_ins", [False, True])
async def test_signing_by_hand_works(
    world: World, tmp_path: Path, *, only_stand_ins: bool
) -> None:
    world.clock.at = datetime.now(UTC)
    [script] = [text for text in examples("bash") if "openssl" in text]
    script = script.replace("http://127.0.0.1:8080", world.url).replace("whsec_...", SECRET)
    answer = json.loads(await run_shell(script, tmp_path, only_stand_ins=only_stand_ins))
    assert (answer["id"], answer["status"]) == ("evt-1", "applied")


@only_sqlite
async def test_signing_in_python_works(world: World) -> None:
    world.clock.at = datetime.now(UTC)
    [script] = examples("python")
    names: dict[str, object] = {}
    exec(script, names)  # noqa: S102 - our own example
    body = json.dumps(
        world.billing.envelope("client.deleted", client_id="a", deleted_at="2026-01-01T00:00:00Z")
    ).encode()
    reply = await world.billing.post(body, names["headers"](SECRET, "e1", body))
    assert reply.body["status"] == "parked"


def test_every_event_has_an_example_that_can_be_read() -> None:
    events = [json.loads(text) for text in examples("json")]
    shown = [event for event in events if "data" in event]
    assert {event["type"] for event in shown} == set(EVENT_TYPES)
    for event in shown:
        read_event(event["type"], event["data"], now=datetime(2026, 11, 22, tzinfo=UTC))
        assert ignored_fields(event["type"], event["data"]) == ()


def test_every_route_is_told() -> None:
    for operation in OPERATIONS:
        path = operation.path.replace("{event_id}", "{id}").replace("/r/{code}", "/r/CODE")
        assert path in TEXT
