"""The server against its own OpenAPI document: examples, then made-up requests, good and bad.

``SCHEMATHESIS_SEED`` repeats a run, ``SCHEMATHESIS_EXAMPLES`` makes it longer; by default each run
of the suite sends the same requests.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from handlers.http.examples import EVENT_EXAMPLES
from handlers.http.openapi import body_examples, document
from handlers.http.operations import BEARER, OPERATIONS, SIGNED, Operation
from tests.handlers.http.fuzzed import Server, serving, signed
from tests.handlers.http.world import TOKEN

SEED = int(os.environ.get("SCHEMATHESIS_SEED", "20261121"))
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
DOCUMENT = document("http://127.0.0.1")
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("fuzzed") / "partner.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    with serving(f"sqlite+aiosqlite:///{path}") as running:
        yield running


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        yield opened


def is_negative(case: Case, part: str) -> bool:
    components = case.meta.components if case.meta else {}
    return any(
        str(location.value) == part and component.mode is GenerationMode.NEGATIVE
        for location, component in components.items()
    )


def prepared(case: Case, operation: Operation, server: Server, number: int) -> dict[str, str]:
    """Make the case reach further than the door: proven, and sometimes about what is there."""
    known = {
        "code": server.code,
        "client_id": "c-1",
        "account_id": "a-1",
        "event_id": f"e-{number % 5}",
    }
    if number % 2 and not is_negative(case, "path"):
        for name in case.path_parameters or {}:
            case.path_parameters[name] = known[name]
    if is_negative(case, "header"):
        return {}
    if operation.secured == BEARER:
        return {"Authorization": f"Bearer {TOKEN}"}
    if operation.secured == SIGNED:
        raw = case.as_transport_kwargs(base_url=server.url)
        made = requests.Request(
            raw["method"], raw["url"], json=raw.get("json"), data=raw.get("data")
        )
        return signed(bytes(made.prepare().body or b""), f"fuzz-{number}")
    return {}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: f"{op.method} {op.path}")
def test_made_up_requests_are_answered_as_documented(
    operation: Operation, server: Server, session: requests.Session
) -> None:
    described = SCHEMA[operation.path][operation.method.upper()]
    numbers = iter(range(10**9))
    statuses: set[int] = set()

    def ask(case: Case) -> None:
        headers = prepared(case, operation, server, next(numbers))
        response = case.call(
            base_url=server.url, session=session, headers=headers, allow_redirects=False
        )
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS, headers=headers)

    can_be_wrong = operation.body or operation.query or operation.secured
    modes = [GenerationMode.POSITIVE] + [GenerationMode.NEGATIVE] * bool(can_be_wrong)
    for mode in modes:
        made = described.as_strategy(generation_mode=mode)
        run = given(case=made)(ask)
        run = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(run)
        seed(SEED)(run)()
    assert statuses & operation.answers.keys() - {401}, "no request came through the door"


@pytest.mark.parametrize("kind", EVENT_EXAMPLES)
def test_each_example_of_an_event_is_accepted_as_it_stands(
    kind: str, server: Server, session: requests.Session
) -> None:
    body = json.dumps(body_examples("Event")[kind]["value"]).encode()
    headers = signed(body, f"example-{kind}")
    url = f"{server.url}/api/v1/events?dry_run=1"
    answer = session.post(url, data=body, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] in {"applied", "parked", "rejected", "duplicate"}
    assert "ignored" not in answer.json()


def test_every_example_fits_its_schema() -> None:
    checked = 0
    for operation in OPERATIONS:
        described = DOCUMENT["paths"][operation.path][operation.method]
        for response in described["responses"].values():
            for content in response.get("content", {}).values():
                if "example" in content:
                    assert_fits(content["example"], content["schema"])
                    checked += 1
        body = described.get("requestBody", {}).get("content", {}).get("application/json")
        for example in (body or {"examples": {}})["examples"].values():
            assert_fits(example["value"], body["schema"])
            checked += 1
    for hook in DOCUMENT["webhooks"].values():
        content = hook["post"]["requestBody"]["content"]["application/json"]
        assert_fits(content["example"], content["schema"])
        checked += 1
    assert checked > 80


def assert_fits(value: object, schema: dict[str, Any]) -> None:
    whole = schema | {"components": DOCUMENT["components"]}
    problems = [error.message for error in jsonschema_rs.iter_errors(whole, value)]
    assert problems == []
