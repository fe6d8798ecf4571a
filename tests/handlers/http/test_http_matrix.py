"""The HTTP cells of the authorization matrix: one key opens one kind of door."""

import json
import tomllib
from pathlib import Path
from typing import Any

from tests.handlers.http.billing import text
from tests.handlers.http.world import TOKEN, World, only_sqlite

ROWS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "authorization_matrix.toml").read_text()
)["http"]
REFUSED = (401, 403)


@only_sqlite
async def test_every_cell_over_http(world: World) -> None:
    code = await world.joins()
    assert (await world.billing.registers("carla", referral_code=code)).status == 200
    named = {"code": code, "client": "carla", "event": "evt-1"}
    wrong = []
    for number, row in enumerate(ROWS):
        event = world.billing.envelope(
            "client.registered", client_id="dora", name="Dora", registered_at=text(world.clock())
        )
        body = json.dumps(event).encode() if row["method"] == "POST" else b""
        keys = {
            "nobody": {},
            "api": {"Authorization": f"Bearer {TOKEN}"},
            "billing": world.billing.headers(body, f"matrix-{number}"),
        }
        url = world.url + row["path"].format(**named)
        for actor, headers in keys.items():
            async with world.session.request(
                row["method"], url, data=body or None, headers=headers
            ) as answer:
                is_allowed = answer.status not in REFUSED
                if is_allowed != (actor in row["allow"]):
                    wrong.append(f"{row['id']} {row['operation']}: {actor} gets {answer.status}")
                if is_allowed and answer.status != 200:
                    wrong.append(f"{row['id']} {row['operation']}: {actor} gets {answer.status}")
    assert not wrong, "\n".join(wrong)
