"""The home of field reading: one JSON object in, typed values or a named mistake out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import DomainError
from domain.money import BadAmount, ExchangeRate, UnknownCurrency, decimals_of, parse_money

ID_LENGTH_MAX = 128
NAME_LENGTH_MAX = 200
TEXT_LENGTH_MAX = 4_000
TOKEN_LENGTH_MAX = 4_096
FUTURE_MINUTES_MAX = 5
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""Older instants are mistakes, and the first days of year 1 do not exist in every time zone."""

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:[0-5]\d)", re.ASCII
)
_FRACTION = re.compile(r"\.(\d+)")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One wrong field: where it is, what is wrong and what is allowed."""

    field: str
    message: str


class MalformedEvent(DomainError):
    """The event cannot be read; every wrong field is named and nothing is stored."""

    code = "malformed"

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        """Keep all problems of the event."""
        super().__init__(problems=problems)
        self.problems = problems


class FieldReader:
    """Reads the fields of one JSON object and collects every problem on the way."""

    def __init__(
        self, data: Mapping[str, object], problems: list[FieldProblem], prefix: str = ""
    ) -> None:
        """Read from ``data``; problems are named with ``prefix`` in front."""
        self._data = data
        self._problems = problems
        self._prefix = prefix
        self.seen: set[str] = set()

    def wrong(self, name: str, message: str) -> None:
        """Keep a problem of the field."""
        self._problems.append(FieldProblem(self._prefix + name, message))

    def raw(self, name: str, *, required: bool) -> object | None:
        """Return the value as it came; a missing required one is a problem."""
        self.seen.add(name)
        value = self._data.get(name)
        if value is None and required:
            self.wrong(name, "is required")
        return value

    def text(
        self, name: str, *, required: bool = False, limit: int = NAME_LENGTH_MAX
    ) -> str | None:
        """Return a text of 1 to ``limit`` characters without control characters."""
        value = self.raw(name, required=required)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(name, "must be a string")
        elif not value.strip():
            self.wrong(name, "must not be empty")
        elif len(value) > limit:
            self.wrong(name, f"must have at most {limit} characters, this has {len(value)}")
        elif "\0" in value:
            self.wrong(name, "must not contain NUL")
        elif _HALF_PAIR.search(value):
            self.wrong(name, "must not contain half of a surrogate pair")
        else:
            return value
        return None

    def required_text(self, name: str) -> str:
        """Return a required name; an empty text stands for a problem already kept."""
        return self.text(name, required=True) or ""

    def identifier(
        self, name: str, *, required: bool = False, limit: int = ID_LENGTH_MAX
    ) -> str | None:
        """Return an id of printable characters without spaces around it."""
        value = self.text(name, required=required, limit=limit)
        if value is None:
            return None
        if not value.isprintable() or value != value.strip():
            self.wrong(name, "must be printable characters without spaces around them")
            return None
        return value

    def required_identifier(self, name: str) -> str:
        """Return a required id; an empty text stands for a problem already kept."""
        return self.identifier(name, required=True) or ""

    def instant(self, name: str, *, now: datetime | None) -> datetime:
        """Return a required RFC 3339 instant with offset, in UTC.

        Args:
            name: The field.
            now: Refuses what is over five minutes ahead; ``None`` for events already accepted.
        """
        value = self.raw(name, required=True)
        if value is None:
            return datetime.min.replace(tzinfo=UTC)
        at = read_instant(value)
        if at is None:
            self.wrong(name, "must be RFC 3339 with an offset, such as 2026-11-21T10:00:00Z")
            return datetime.min.replace(tzinfo=UTC)
        if now is not None and at > now + timedelta(minutes=FUTURE_MINUTES_MAX):
            self.wrong(name, f"is more than {FUTURE_MINUTES_MAX} minutes in the future")
        elif now is not None and at < EARLIEST:
            self.wrong(name, "is before 1970")
        return at

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the allowed words."""
        value = self.raw(name, required=False)
        if value is None:
            return default
        if not isinstance(value, str) or value not in allowed:
            self.wrong(name, f"must be one of {', '.join(allowed)}")
            return default
        return value

    def telegram_id(self, name: str) -> int | None:
        """Return a Telegram user id."""
        value = self.raw(name, required=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**52:
            self.wrong(name, "must be a Telegram user id, a whole number above zero")
            return None
        return value

    def currency(self, name: str) -> str:
        """Return a required ISO 4217 code; an empty text stands for a problem already kept."""
        value = self.raw(name, required=True)
        try:
            if isinstance(value, str):
                decimals_of(value)
                return value
        except UnknownCurrency:
            pass
        if value is not None:
            self.wrong(name, "must be a current ISO 4217 code in capitals, such as USD")
        return ""

    def amount(self, name: str, currency: str) -> int:
        """Return a required amount in minor units; 0 stands for a problem already kept."""
        value = self.raw(name, required=True)
        if value is None:
            return 0
        if not isinstance(value, str):
            self.wrong(name, 'must be a string such as "100.00", not a JSON number')
            return 0
        if not currency:
            self.amount_text(name)
            return 0
        try:
            return parse_money(value, currency).minor
        except BadAmount as refusal:
            self.wrong(name, _AMOUNT_HELP[str(refusal.facts["problem"])].format(**refusal.facts))
        return 0

    def amount_text(self, name: str) -> str:
        """Return an amount whose currency is not known yet, as digits and a point."""
        value = self.raw(name, required=True)
        if value is None:
            return "0"
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            self.wrong(name, 'must be a string such as "100.00"')
        elif not value.strip("0."):
            self.wrong(name, "must be above zero")
        else:
            return value
        return "0"

    def exchange_rate(self, name: str) -> ExchangeRate | None:
        """Return a rate above zero with up to 12 decimals."""
        value = self.raw(name, required=False)
        if value is None:
            return None
        try:
            if isinstance(value, str):
                return ExchangeRate.parse(value)
        except BadAmount:
            pass
        self.wrong(name, 'must be a string above zero with up to 12 decimals, such as "0.0242"')
        return None

    def nested(self, name: str) -> "FieldReader | None":
        """Return a reader of a nested object, or ``None`` when it is absent."""
        value = self.raw(name, required=False)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(name, "must be an object")
            return None
        return FieldReader(value, self._problems, f"{self._prefix}{name}.")

    def items(self, name: str) -> list["FieldReader"] | None:
        """Return readers of a list of objects, or ``None`` when it is absent."""
        value = self.raw(name, required=False)
        if value is None:
            return None
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.wrong(name, "must be a list of at least one object")
            return None
        return [
            FieldReader(item, self._problems, f"{self._prefix}{name}[{index}].")
            for index, item in enumerate(value)
        ]


_AMOUNT_HELP = {
    "format": 'must be digits with an optional point, such as "100.00"',
    "decimals": "has more decimals than {currency} has ({decimals})",
    "zero": "must be above zero",
    "too_large": "must be below 10^15 minor units",
}


def read_instant(value: object) -> datetime | None:
    """Return an RFC 3339 instant with offset in UTC, or ``None`` when it is no such text."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return None
    # fromisoformat knows six decimals at the most; what is finer is cut off.
    text = _FRACTION.sub(lambda match: f".{match[1][:6].ljust(6, '0')}", value.upper())
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
