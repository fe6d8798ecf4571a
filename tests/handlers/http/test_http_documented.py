"""What the server answers is what the OpenAPI document says."""

import re
from typing import Any

from handlers.http.answer_schemas import ANSWER_SCHEMAS
from tests.handlers.http.billing import text
from tests.handlers.http.world import World, only_sqlite


def fits(value: object, schema: dict[str, Any]) -> bool:
    """Test a value against the part of JSON Schema that the document uses."""
    if "$ref" in schema:
        return fits(value, ANSWER_SCHEMAS[schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(fits(value, option) for option in schema["anyOf"])
    if "const" in schema:
        return bool(value == schema["const"])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(_is(value, kind) for kind in kinds):
        return False
    if isinstance(value, list):
        return all(fits(item, schema["items"]) for item in value)
    return _object_fits(value, schema) if isinstance(value, dict) else _word_fits(value, schema)


def _word_fits(value: object, schema: dict[str, Any]) -> bool:
    if value is not None and value not in schema.get("enum", [value]):
        return False
    return not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None


def _object_fits(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    properties = schema.get("properties")
    if properties is None:
        return True
    has_all = set(schema["required"]) <= value.keys() <= properties.keys()
    return has_all and all(fits(item, properties[name]) for name, item in value.items())


def _is(value: object, kind: str) -> bool:
    types: dict[str, Any] = {
        "string": str,
        "integer": int,
        "boolean": bool,
        "object": dict,
        "array": list,
        "null": type(None),
    }
    return isinstance(value, types[kind])


@only_sqlite
async def test_answers_are_as_documented(world: World) -> None:
    code = await world.joins()
    billing = world.billing
    await world.visit(f"/r/{code}")
    answers = [
        ("EventAnswer", await billing.registers("ann", referral_code=code, foo=1)),
        ("EventAnswer", await billing.registers("bob")),
        ("EventAnswer", await billing.pays("ann", "600.00", payment="p1")),
        ("EventAnswer", await billing.pays("zoe")),
        ("EventAnswer", await billing.send("payment.succeeded")),
        (
            "EventAnswer",
            await billing.send(
                "client.deleted", event_id="evt-1", client_id="x", deleted_at=text(world.clock())
            ),
        ),
        ("BatchAnswer", await billing.send_batch([{}, billing.item("b", "x")], "?dry_run=1")),
        ("Refusal", await billing.send_batch([])),
    ]
    await world.asks_for(code, "55.00")
    path = f"/api/v1/partners/{code}"
    for name, target in (
        ("Partner", path),
        ("Commissions", f"{path}/commissions"),
        ("Payouts", f"{path}/payouts"),
        ("Entitlements", f"{path}/entitlements"),
        ("Clients", f"{path}/clients"),
        ("Client", "/api/v1/clients/ann"),
        ("Client", "/api/v1/clients/bob"),
        ("EventState", "/api/v1/events/evt-1"),
        ("Events", "/api/v1/events"),
        ("EventState", "/api/v1/events/evt-2"),
        ("Refusal", "/api/v1/clients/nobody"),
        ("Readiness", "/readyz"),
        ("Health", "/healthz"),
    ):
        answers.append((name, await world.get(target)))
    world.billing.secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    answers.append(("Unauthorised", await billing.registers("eve")))
    for name, reply in answers:
        schema = dict(ANSWER_SCHEMAS[name])
        if name == "Refusal" and "errors" in reply.body:
            reply.body = {"error": reply.body["error"]}
        assert fits(reply.body, schema), (name, reply.body)
