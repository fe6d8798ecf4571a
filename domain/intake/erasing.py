"""The home of forgetting a client: what of a stored event says who it is."""

import json

from domain.entities.client import ERASED_NAME
from domain.entities.event import EventRecord
from domain.intake.json_text import canonical

PERSONAL = ("email", "phone", "tax_id", "telegram_id", "visitor_id")
SAYS_WHO = ("client.registered", "client.updated")
"""Types of events whose data says who a client is."""
ERASED = "client_erased"
"""Reason of an update of a client that withdrew its data."""


def without_person(data: str) -> str:
    """Return the canonical data of such an event without what says who the client is."""
    kept = {name: value for name, value in json.loads(data).items() if name not in PERSONAL}
    return canonical(kept | {"name": ERASED_NAME})


def says_the_same(known: EventRecord, kind: str, data: str) -> bool:
    """Test if an event repeats a stored one; of an erased client, what is left is compared."""
    if known.kind != kind:
        return False
    return known.data == data or (kind in SAYS_WHO and known.data == without_person(data))
