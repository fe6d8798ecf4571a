"""The home of the small parts that documented schemas are made of."""

from domain.entities.payment import CommissionBasis
from handlers.http.event_schemas import Schema

TEXT: Schema = {"type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
MONEY: Schema = {
    "type": "string",
    "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
    "description": "With all decimals of the currency.",
}
TIME: Schema = {"type": "string", "format": "date-time", "description": "RFC 3339 in UTC."}
TAX: Schema = {
    "type": "string",
    "description": "Of which there is no share: rate is of the base without this tax.",
    "examples": ["0%", "20%"],
}
BASIS: Schema = {
    "type": "string",
    "enum": [basis.value for basis in CommissionBasis],
    "description": "What the amount is: a share of the base by rate; a fixed amount of the rate "
    "table, where rate is 0%; or either of them lowered to what a cap of the program left.",
}
REASONS = (
    "no_click",
    "before_click",
    "outside_window",
    "self_referral",
    "click_invalid",
    "click_not_seen",
    "partner_suspended",
    "detached",
)


def ref(name: str) -> Schema:
    """Return a reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """Return the schema or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    both = schema | {"type": [schema["type"], "null"]}
    return both | {"enum": [*schema["enum"], None]} if "enum" in schema else both
