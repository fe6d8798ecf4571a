"""Hostile facts of notices, refusals and acts: each is made when it is asked for, by its name."""

import dataclasses
from typing import Any

from domain.entities.statement import Statement
from domain.money import Money
from tests.handlers.ui.hostile_records import AT, Maker, word_of


class Facts(dict[str, Any]):
    """Facts of a notice or a refusal: what is asked for is made by its name."""

    def __init__(self, maker: Maker, *, is_notice: bool) -> None:
        super().__init__()
        self._maker = maker
        self._is_notice = is_notice

    def __missing__(self, name: str) -> object:
        self[name] = self._made(name)
        return self[name]

    def get(self, name: str, default: object = None) -> object:
        """Return the fact, which is always there."""
        return self[name]

    def __contains__(self, name: object) -> bool:
        return name not in {"code", "client", "payment"}

    def _made(self, name: str) -> object:
        if name in SPECIAL:
            return SPECIAL[name]
        if name in SUMS and not self._is_notice:
            return Money(12345, "USD")
        if name.endswith(WHOLE):
            return 3
        if name.endswith(INSTANTS):
            return AT.isoformat() if self._is_notice else AT
        return word_of(name) or self._maker.text()


WHOLE = (
    *("minor", "count", "limit", "least", "most", "minutes", "number", "_id", "has", "decimals"),
    *(
        "years",
        "bps",
        "length",
        "sent",
        "blocked",
        "failed",
        "stopped",
        "muted",
        "clients",
        "days",
        "hours",
        "left",
    ),
)
INSTANTS = ("_at", "until", "since")
SUMS = {"asked", "minimum", "payable", "limit", "amount"}
SPECIAL: dict[str, object] = {
    "what": "new",
    "move": "suspend",
    "month": "2026-11",
    "paid_on": "2026-11-21",
    "contract_date": "2026-11-21",
    "left": 3,
    "field": "inn",
    "paper": "passport",
    "items": ["inn", "passport"],
    "due": "2026-11-21",
    "day": "2026-11-21",
    "version": 3,
    "accepted": 2,
    "missing": [],
    "clients": [],
    "event_id": "evt-1",
    "trouble": "too_big",
} | {
    field.name: 3
    for field in dataclasses.fields(Statement)
    if field.name not in {"month", "currency", "is_over"}
}

STATUSES = {
    "application_decided": "approved",
    "application_locked": "review",
    "broadcast_not_open": "sent",
    "claim_already_decided": "accepted",
    "hold_already_decided": "released",
    "invoice_already_decided": "unpaid",
    "payout_already_decided": "done",
}
"""Of which objects a refusal tells the status."""
