"""What a balancer and billing ask a running process."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from domain.signatures import key_of, sign
from tests.journeys.world import BILLING_SECRET


@dataclass(frozen=True)
class Told:
    """What /readyz said."""

    status: int
    reasons: list[str]
    details: dict[str, Any]


async def readyz(url: str) -> Told:
    """Ask as a balancer does."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
        body = await answer.json()
        return Told(answer.status, body["reasons"], body["details"])


async def report(url: str, event_id: str, kind: str, **data: object) -> tuple[int, str]:
    """Report an event as billing does; return the HTTP status and the event's own."""
    now = datetime.now(UTC).isoformat()
    content = {"type": kind, "timestamp": now, "data": {"registered_at": now} | data}
    body, stamp = json.dumps(content).encode(), f"{time.time():.0f}"
    headers = {
        "webhook-id": event_id,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(key_of(BILLING_SECRET), event_id, stamp, body),
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/api/v1/events", data=body, headers=headers) as answer,
    ):
        return answer.status, (await answer.json())["status"]
