"""What billing and Telegram send to a process, and which answers are right."""

import base64
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.business import CLIENTS, FIRST_PERSON
from tests.benchmarks.drive import Load, post
from tests.faults.world import BILLING_KEY, WEBHOOK_SECRET

Event = dict[str, Any]
_numbers = itertools.count(1)


def payments(number: int, *, prefix: str = "") -> list[Event]:
    """Return events of new payments, each of another client in turn."""
    run = f"{prefix}{next(_numbers)}-{time.time_ns() % 10**9}"
    return [
        {
            "id": f"e-{run}-{i}",
            "type": "payment.succeeded",
            "timestamp": "2026-02-01T10:00:00Z",
            "data": {
                "payment_id": f"p-{run}-{i}",
                "client_id": f"client-{i * 7 % CLIENTS}",
                "amount": f"{10 + i % 90}.{i % 100:02}",
                "currency": "USD",
                "paid_at": f"2026-02-{1 + i % 27:02}T10:00:{i % 60:02}Z",
            },
        }
        for i in range(number)
    ]


def signed(path: str, request_id: str, content: object) -> bytes:
    """Return a request that billing has signed."""
    body = json.dumps(content).encode()
    now = str(int(time.time()))
    digest = hmac.new(BILLING_KEY, f"{request_id}.{now}.".encode() + body, hashlib.sha256)
    headers = {
        "webhook-id": request_id,
        "webhook-timestamp": now,
        "webhook-signature": f"v1,{base64.b64encode(digest.digest()).decode()}",
    }
    return post(path, body, headers)


def single(event: Event) -> bytes:
    """Return the request that reports one event."""
    body = {name: value for name, value in event.items() if name != "id"}
    return signed("/api/v1/events", event["id"], body)


def batch(events: Sequence[Event]) -> bytes:
    """Return the request that reports several."""
    return signed("/api/v1/events/batch", f"b-{next(_numbers)}", {"events": list(events)})


def command(update_id: int, person_id: int, said: str) -> bytes:
    """Return the request by which Telegram delivers what a person typed."""
    number = person_id - FIRST_PERSON
    person = {
        "id": person_id,
        "is_bot": False,
        "first_name": f"Person {number}",
        "language_code": "ru",
    }
    message = {
        "message_id": update_id % 10**6,
        "date": int(time.time()),
        "chat": {"id": person_id, "type": "private", "first_name": person["first_name"]},
        "from": person,
        "text": said,
        "entities": [
            {"type": "bot_command", "offset": 0, "length": len(said.split(maxsplit=1)[0])}
        ],
    }
    body = json.dumps({"update_id": update_id, "message": message}).encode()
    return post("/telegram/webhook", body, {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET})


def check(load: Load, statuses: set[int], what: str, faults: list[str]) -> None:
    """Note answers that should not have been."""
    wrong = {status: n for status, n in load.statuses.items() if status not in statuses}
    if wrong:
        faults.append(f"{what}: answers {wrong}")
