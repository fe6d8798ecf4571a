"""The home of one documented webhook."""

from dataclasses import dataclass

from handlers.http.event_schemas import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One type of webhook: what it means, its data, and an example of it."""

    summary: str
    data: Schema
    example: dict[str, object]
