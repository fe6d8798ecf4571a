"""Every cell of the authorization matrix, through the real dispatcher (Z18).

A denied act changes nothing but the audit trail, and a denial for want of a right is in it.
"""

import tomllib
from pathlib import Path
from typing import Any

from domain.rights import MemberRole
from tests.authorization.acts import ACTS, Actor, Scene
from tests.authorization.world import ELSEWHERE, Surface
from tests.usecases.app import ADMIN_CHAT

MATRIX: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "authorization_matrix.toml").read_text()
)
ACTORS: list[str] = MATRIX["actors"]
ROWS: list[dict[str, Any]] = [row for row in MATRIX["row"] if "act" in row]
ABSENT: list[dict[str, Any]] = [row for row in MATRIX["row"] if "act" not in row]
STAFF = ("support", "finance", "manager", "owner")
ROLES = {"support": "support", "finance": "finance", "manager": "manager", "owner": "owner"}
PERSONAL = {"partner": "Admin", "client": "Carla-1", "referrals": "Carla-1"}
"""What a reader without masks sees of other people."""
MONEY_ONLY = "Only what concerns money"


def _actor(name: str, where: str) -> Actor | None:
    """Return who acts and where; ``None`` for an actor that cannot be there."""
    match name, where:
        case "owner_in_private", "admin chat":
            return Actor("owner", None)
        case "owner_elsewhere", "admin chat":
            return Actor("owner", ELSEWHERE)
        case "anonymous", "admin chat":
            return Actor(name, ADMIN_CHAT)
        case (("owner_in_private" | "owner_elsewhere" | "anonymous"), _):
            return None
        case _, "admin chat":
            return Actor(name, ADMIN_CHAT)
        case _:
            return Actor(name, None)


async def _came_of(surface: Surface, row: dict[str, Any], actor: Actor, scene: Scene) -> str:
    """Return what the product makes of an act: ``allow``, ``mask`` or ``deny``."""
    came = await ACTS[row["act"]](surface, actor, scene)
    if came.is_denied or any("anonymous admin" in seen for seen in came.seen):
        return "deny"
    text = "\n".join(came.seen)
    if row["act"] == "audit_staff" and MONEY_ONLY in text:
        return "deny"
    if row["act"] == "send_broadcast" and "A second person must confirm" in text:
        return "deny"
    if row["act"] == "own_client_data" and "not registered as a client" in text:
        return "deny"
    if row["act"] in PERSONAL and PERSONAL[row["act"]] not in text:
        is_empty = "Nobody has registered" in text or "Client-Of-" in text
        return "none of these" if is_empty else "mask"
    return "allow"


def _expected(row: dict[str, Any], name: str) -> str:
    if name in row["allow"]:
        return "allow"
    return "mask" if name in row.get("mask", ()) else "deny"


async def _contents(surface: Surface) -> dict[str, list[str]]:
    """Return every row of every table; that somebody spoke, and about which form, is no effect."""
    return await surface.app.contents(but=("people", "conversations"))


async def test_every_cell(surface: Surface, scene: Scene) -> None:
    saved, clean = surface.saves(), await _contents(surface)
    before = clean
    wrong, cells = [], 0
    for row in ROWS:
        for name in ACTORS:
            actor = _actor(name, row["where"])
            if actor is None:
                continue
            cells += 1
            if row["act"] == "approve_own":
                await surface.app.becomes_member(name, of="staffs", role=MemberRole.ADMIN)
                before = await _contents(surface)
            came = await _came_of(surface, row, actor, scene)
            cell = f"{row['id']} {row['operation']}: {name}"
            if came != _expected(row, name):
                wrong.append(f"{cell}: {came}, not {_expected(row, name)}")
            after = await _contents(surface)
            if after != before and came == "deny":
                wrong += [f"{cell}: changed {table}" for table in _changed(before, after)]
            if after != clean:
                surface.restores(saved)
            before = clean
    assert wrong == []
    assert cells > 400


def _changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[str]:
    return [name for name in before if before[name] != after[name] and name != "audit"]
