"""The OpenAPI document: valid in shape, in step with the routes and the readers."""

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
from tests.handlers.http.world import World, only_sqlite

DOCUMENT = document("https://partners.example")
PAGES = {"/invitations/{token}", "/invitations/{token}/stop", "/", "/programs/{key}"} | {
    "/programs/{key}/documents",
    "/certificates",
    "/certificates/{number}",
    "/papers/{token}",
}


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
    known = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "headers")
        for name in DOCUMENT["components"][kind]
    }
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
