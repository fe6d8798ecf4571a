"""The OpenAPI document: valid in shape, in step with the routes, the readers and the answers."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest

from domain.events.fields import FieldReader, MalformedEvent
from domain.events.read import EVENT_TYPES, read_event
from handlers.http.answer_schemas import ANSWER_SCHEMAS
from handlers.http.event_schemas import EVENT_SCHEMAS
from handlers.http.openapi import document
from handlers.http.operations import OPERATIONS
from tests.handlers.http.world import World, only_sqlite, text

DOCUMENT = document("https://partners.example")
PAGES = {"/"}


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def schemas(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every schema inside a schema, itself first."""
    yield value
    for key in ("items", "additionalProperties"):
        if isinstance(value.get(key), dict):
            yield from schemas(value[key])
    for key in ("oneOf", "anyOf", "allOf"):
        for item in value.get(key, ()):
            yield from schemas(item)
    for item in value.get("properties", {}).values():
        yield from schemas(item)


def test_has_the_shape_of_openapi_3_1() -> None:
    assert re.fullmatch(r"3\.1\.\d+", DOCUMENT["openapi"])
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    assert DOCUMENT["servers"] == [{"url": "https://partners.example"}]
    identities = set()
    for path, item in DOCUMENT["paths"].items():
        assert path.startswith("/")
        for method, operation in item.items():
            assert method in {"get", "post"}
            identities.add(operation["operationId"])
            assert operation["summary"]
            assert operation["responses"]
            assert all(re.fullmatch(r"\d{3}", status) for status in operation["responses"])
            assert all(answer["description"] for answer in operation["responses"].values())
            names = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert names == set(re.findall(r"\{(\w+)\}", path))
            for parameter in operation["parameters"]:
                assert parameter["in"] in {"path", "query", "header"}
                assert parameter["schema"]
            for security in operation.get("security", ()):
                assert security.keys() <= DOCUMENT["components"]["securitySchemes"].keys()
    assert len(identities) == len(OPERATIONS)
    json.dumps(DOCUMENT)


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    used = set(references(DOCUMENT))
    assert used == known


@pytest.mark.parametrize("name", ANSWER_SCHEMAS)
def test_schemas_are_schemas(name: str) -> None:
    kinds = {"string", "integer", "boolean", "object", "array", "null"}
    for schema in schemas(ANSWER_SCHEMAS[name]):
        kind = schema.get("type", "object")
        assert set(kind if isinstance(kind, list) else [kind]) <= kinds
        assert set(schema.get("required", ())) <= schema.get("properties", {}).keys()
        if "pattern" in schema:
            re.compile(schema["pattern"])


@only_sqlite
async def test_is_in_step_with_the_routes(world: World) -> None:
    served = {
        (route.method.lower(), route.resource.canonical)
        for route in world.app.router.routes()
        if route.resource and route.method != "HEAD" and route.resource.canonical not in PAGES
    }
    documented = {(operation.method, operation.path) for operation in OPERATIONS}
    assert documented == served
    async with world.session.get(world.url + "/api/openapi.json") as answer:
        assert answer.status == 200
        assert (await answer.json())["paths"].keys() == DOCUMENT["paths"].keys()


class Watched(FieldReader):
    """Remembers every field that a reader asked for."""

    asked: ClassVar[set[str]] = set()

    def raw(self, name: str, *, required: bool) -> object | None:
        Watched.asked.add(self._prefix + name)
        return super().raw(name, required=required)

    def nested(self, name: str) -> FieldReader | None:
        self.raw(name, required=False)
        return Watched({}, self._problems, f"{self._prefix}{name}.")

    def items(self, name: str) -> list[FieldReader] | None:
        self.raw(name, required=False)
        return [Watched({}, self._problems, f"{self._prefix}{name}[].")]


def documented(schema: dict[str, Any], prefix: str) -> Iterator[str]:
    for name, item in schema["properties"].items():
        yield prefix + name
        if item.get("type") == "object":
            yield from documented(item, f"{prefix}{name}.")
        elif item.get("type") == "array":
            yield from documented(item["items"], f"{prefix}{name}[].")


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_events_are_documented_field_by_field(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.events.read.FieldReader", Watched)
    Watched.asked = set()
    with pytest.raises(MalformedEvent) as refusal:
        read_event(kind, {}, now=datetime(2026, 3, 2, tzinfo=UTC))
    schema = EVENT_SCHEMAS[kind]
    assert Watched.asked == set(documented(schema, "data."))
    missing = {problem.field for problem in refusal.value.problems}
    top = {field for field in missing if "[" not in field and field.count(".") == 1}
    assert top == {f"data.{name}" for name in schema["required"]}


def test_every_type_is_documented() -> None:
    assert set(EVENT_SCHEMAS) == set(EVENT_TYPES)


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
