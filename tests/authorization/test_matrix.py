"""Every cell of the authorization matrix, through the real dispatcher (Z18).

A denied act changes nothing but the audit trail, and a denial for want of a right is in it.
"""

import tomllib
from pathlib import Path
from typing import Any

from aiogram.filters import Command

from domain.rights import STAFF_RIGHTS, MemberRole
from handlers.ui.callbacks import OwnPayout
from tests.authorization.acts import ACTS, Actor, Scene
from tests.authorization.world import ELSEWHERE, Contents, Surface
from tests.usecases.app import ADMIN_CHAT

MATRIX: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[1] / "authorization_matrix.toml").read_text()
)
ACTORS: list[str] = MATRIX["actors"]
ROWS: list[dict[str, Any]] = [row for row in MATRIX["row"] if "act" in row]
ABSENT: list[dict[str, Any]] = [row for row in MATRIX["row"] if "act" not in row]
STAFF = ("support", "finance", "manager", "owner")
ROLES = {"support": "support", "finance": "finance", "manager": "manager", "owner": "owner"}
PERSONAL = {
    "partner": "<b>Admin</b>",
    "client": "Carla-1",
    "referrals": "Carla-1",
}
"""What a reader without masks sees of other people."""
NO_EFFECT = {
    "audit_staff": "Only what concerns money",
    "own_client_data": "not registered as a client",
    "partner": "not registered as a client",
    "partner_balance": "not registered as a client",
    "open_link": ("your own link", "registered already"),
}
"""Answers that say, in a friendly way, that nothing was done."""
SECOND = "A second person must confirm"


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
    """Return what the product makes of an act: ``allow``, ``mask``, ``second`` or ``deny``."""
    came = await ACTS[row["act"]](surface, actor, scene)
    text = "\n".join(came.seen)
    if came.is_denied or "anonymous admin" in text:
        return "deny"
    if any(told in text for told in _listed(NO_EFFECT.get(row["act"], ()))):
        return "deny"
    if SECOND in text:
        return "second"
    if row["act"] in PERSONAL and PERSONAL[row["act"]] not in text:
        return "mask"
    return "allow"


def _changed(before: Contents, after: Contents) -> list[str]:
    """Return the tables that have changed, but for the audit trail."""
    return [name for name in after if name != "audit" and after[name] != before[name]]


def _listed(told: str | tuple[str, ...]) -> tuple[str, ...]:
    return (told,) if isinstance(told, str) else told


def _expected(row: dict[str, Any], name: str) -> str:
    for outcome in ("allow", "mask", "second"):
        if name in row.get(outcome, ()):
            return outcome
    return "deny"


async def test_every_cell(surface: Surface, scene: Scene) -> None:
    kept, clean = surface.saves(), surface.contents()
    before = clean
    wrong, cells = [], 0
    for row in ROWS:
        for name in ACTORS:
            actor = _actor(name, row["where"])
            if actor is None or name in row.get("not_asked", ()):
                continue
            cells += 1
            if row["act"] == "approve_own":
                await surface.app.becomes_member(name, of="staffs", role=MemberRole.ADMIN)
                before = surface.contents()
            came = await _came_of(surface, row, actor, scene)
            after = surface.contents()
            if row["act"] == "join" and after["enrolments"] == before["enrolments"]:
                came = "deny"
            cell = f"{row['id']} {row['operation']}: {name}"
            if came != _expected(row, name):
                wrong.append(f"{cell}: {came}, not {_expected(row, name)}")
            if came == "deny" and row["act"] != "open_link":
                wrong += [f"{cell}: changed {table}" for table in _changed(before, after)]
            is_kept = came == "deny" and row["act"] not in {"approve_own", "open_link"}
            if not is_kept:
                surface.restores(kept)
            before = after if is_kept else clean
    assert not wrong, "\n".join(wrong)
    assert cells > 400


async def test_every_denial_of_staff_work_is_written_down(surface: Surface, scene: Scene) -> None:
    acts = [row for row in ROWS if row["where"] == "admin chat" and row["act"] != "approve_own"]
    for row in acts:
        for name in ("stranger", "admin", "removed"):
            before = len(surface.contents()["audit"])
            await ACTS[row["act"]](surface, Actor(name, ADMIN_CHAT), scene)
            assert len(surface.contents()["audit"]) == before + 1, (row["operation"], name)


async def test_others_and_nothing_look_the_same(surface: Surface, scene: Scene) -> None:
    """Z01: another partner's pay-out, one that never was, one of the own partner for a user."""
    others = await surface.presses(
        "other", OwnPayout(action="cancel", payout_id=scene.asked).pack()
    )
    missing = await surface.presses("other", OwnPayout(action="cancel", payout_id=1).pack())
    assert (others.seen, others.refusals) == (missing.seen, missing.refusals)
    assert others.refusals == ["not_found"]


async def test_a_member_removed_a_second_ago_has_its_old_buttons_for_nothing(
    surface: Surface, scene: Scene
) -> None:
    """Z03: the button is from before; the right is read with the effect."""
    await surface.app.leaves_partner("admin")
    before = surface.contents()
    came = await surface.presses("admin", OwnPayout(action="cancel", payout_id=scene.asked).pack())
    assert came.refusals == ["not_a_partner"]
    assert _changed(before, surface.contents()) == []


# The file itself


def test_the_file_has_every_row_once_or_says_why_not() -> None:
    numbers = {row["id"] for row in MATRIX["row"]} | {row["id"] for row in MATRIX["http"]}
    assert numbers == {f"A{number:02}" for number in range(1, 66)}
    for row in MATRIX["row"]:
        assert ("act" in row) != ("absent" in row), row
        assert set(row.get("allow", ())) <= set(ACTORS), row
        assert not set(row.get("allow", ())) & set(row.get("mask", ())), row
    assert {row["act"] for row in ROWS} == ACTS.keys()


def test_the_rights_of_staff_are_those_of_the_file() -> None:
    of_file: dict[str, set[str]] = {}
    for row in ROWS:
        if "right" in row:
            roles = (set(row["allow"]) | set(row.get("mask", ()))) & set(STAFF)
            assert of_file.setdefault(row["right"], roles) == roles, row["right"]
    of_code = {right: {role.value for role in roles} for right, roles in STAFF_RIGHTS.items()}
    unmasked = {f"{row['act']}.read_unmasked": set(row["allow"]) for row in ROWS if "mask" in row}
    for right, roles in of_code.items():
        expected = of_file.get(right) or unmasked.get(right) or set(MATRIX["finer"].get(right, ()))
        assert roles == expected, right


def test_what_is_absent_cannot_be_asked_for(surface: Surface) -> None:
    """A row of something that was built since then must be described."""
    known = {
        name
        for router in surface.dispatcher.chain_tail
        if router.name != "fallback.commands"
        for handler in router.observers["message"].handlers
        for filter_ in handler.filters or ()
        if isinstance(filter_.callback, Command)
        for name in filter_.callback.commands
    }
    built = {
        f"{row['id']} {row['operation']}: /{name}"
        for row in ABSENT
        for name in row.get("commands", ())
        if name in known
    }
    assert built == set()
