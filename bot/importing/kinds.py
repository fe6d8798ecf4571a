"""The home of what can be imported: which columns a file of each kind has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handlers.http.event_schemas import EVENT_SCHEMAS
from storage.exports import EXPORTS

REASON_COLUMN = "reason"
"""Why a row was rejected; a mended file of rejected rows is imported with it."""


@dataclass(frozen=True)
class ImportKind:
    """What the rows of a file are.

    Attributes:
        name: As the command line says it.
        event: Type of the event that a row becomes.
        fact_field: The field that names the fact.
        time_field: The fact's own time.
    """

    name: str
    event: str
    fact_field: str
    time_field: str

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Any]]:
        """The event's fields with the JSON Schema of each."""
        return dict(EVENT_SCHEMAS[self.event]["properties"])

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Columns without which no row can be read."""
        return tuple(EVENT_SCHEMAS[self.event]["required"])

    @cached_property
    def passed_over(self) -> frozenset[str]:
        """Columns that an export writes beside the fields; they say what came of the event."""
        return frozenset(EXPORTS[self.name].columns) - set(self.columns) | {REASON_COLUMN}

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Every column that may stand in the file; a part of an object has a dot."""
        names: list[str] = []
        for name, schema in self.fields.items():
            names.append(name)
            names += [f"{name}.{part}" for part in schema.get("properties", ())]
        return tuple(names)


KINDS = {
    kind.name: kind
    for kind in (
        ImportKind("clients", "client.registered", "client_id", "registered_at"),
        ImportKind("payments", "payment.succeeded", "payment_id", "paid_at"),
        ImportKind("clicks", "click.recorded", "click_id", "clicked_at"),
    )
}
