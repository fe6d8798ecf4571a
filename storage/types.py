"""The home of column types: instants, enumerations, rates, payment lines."""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import ARRAY, BigInteger, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from domain.entities.invoice import InvoiceLine
from domain.entities.payment import Line
from domain.money import ExchangeRate, Rate
from domain.period import require_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_json = json.JSONEncoder().encode
_json_as_it_is = json.JSONEncoder(ensure_ascii=False).encode

# A type may say with ``into`` and ``out`` what becomes of a value that is there. Sets of rows call
# these themselves: SQLAlchemy would put two more calls around each of some ten thousand values.


def microseconds_of(at: datetime) -> int:
    """Return an aware instant as the databases keep it."""
    return ((at if at.tzinfo is UTC else require_utc(at)) - _EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Return the instant in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


class Instant(TypeDecorator[datetime]):
    """An aware instant as whole microseconds since 1970 UTC, the same in both databases."""

    impl = BigInteger
    cache_ok = True
    into = staticmethod(microseconds_of)
    out = staticmethod(instant_of)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Return the microseconds."""
        return None if value is None else microseconds_of(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the instant in UTC."""
        return None if value is None else instant_of(value)


E = TypeVar("E", bound=StrEnum)


class Word(TypeDecorator[E]):
    """A value of an enumeration as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        """Read values of ``kind``."""
        super().__init__()
        self.kind = kind
        self.into = attrgetter("_value_")
        self.out = {word.value: word for word in kind}.__getitem__

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Return the text."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Return the value."""
        return None if value is None else self.kind(value)


class RateBps(TypeDecorator[Rate]):
    """A rate as basis points."""

    impl = Integer
    cache_ok = True
    into = attrgetter("bps")
    out = staticmethod(lru_cache(Rate))

    def process_bind_param(self, value: Rate | None, dialect: Dialect) -> int | None:
        """Return the basis points."""
        return None if value is None else value.bps

    def process_result_value(self, value: int | None, dialect: Dialect) -> Rate | None:
        """Return the rate."""
        return None if value is None else Rate(value)


class Exchange(TypeDecorator[ExchangeRate]):
    """An exchange rate as its exact decimal text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: ExchangeRate | None, dialect: Dialect) -> str | None:
        """Return the text."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> ExchangeRate | None:
        """Return the rate."""
        return None if value is None else ExchangeRate.parse(value)


class PaymentLines(TypeDecorator[tuple[Line, ...]]):
    """Payment lines as JSON: ``[[category, minor, refunded], ...]``."""

    impl = Text
    cache_ok = True

    @staticmethod
    def into(value: tuple[Line, ...]) -> str:
        """Return the JSON text."""
        return _json([[line.category, line.minor, line.refunded] for line in value])

    def process_bind_param(self, value: tuple[Line, ...] | None, dialect: Dialect) -> str | None:
        """Return the JSON text."""
        return None if value is None else self.into(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Line, ...] | None:
        """Return the lines."""
        if value is None:
            return None
        return tuple(
            Line(category=category, minor=minor, refunded=refunded)
            for category, minor, refunded in json.loads(value)
        )


class InvoiceLines(TypeDecorator[tuple[InvoiceLine, ...]]):
    """Lines of an invoice as JSON: ``[[item, name, category, quantity, minor, bps], ...]``."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self, value: tuple[InvoiceLine, ...] | None, dialect: Dialect
    ) -> str | None:
        """Return the JSON text."""
        if value is None:
            return None
        rows = [
            [line.item, line.name, line.category, line.quantity, line.minor, line.rate.bps]
            for line in value
        ]
        return json.dumps(rows, ensure_ascii=False)

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> tuple[InvoiceLine, ...] | None:
        """Return the lines."""
        if value is None:
            return None
        return tuple(
            InvoiceLine(
                item=item,
                name=name,
                category=category,
                quantity=quantity,
                minor=minor,
                rate=Rate(bps),
            )
            for item, name, category, quantity, minor, bps in json.loads(value)
        )


class Params(TypeDecorator[dict[str, object]]):
    """A JSON object as text."""

    impl = Text
    cache_ok = True
    into = staticmethod(_json_as_it_is)

    def process_bind_param(self, value: dict[str, object] | None, dialect: Dialect) -> str | None:
        """Return the JSON text."""
        return None if value is None else _json_as_it_is(value)

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> dict[str, object] | None:
        """Return the object."""
        return None if value is None else dict(json.loads(value))


class Keys(TypeDecorator[list[Any]]):
    """Any number of keys as one parameter: an array, or JSON where there are none."""

    impl = Text
    cache_ok = True

    def __init__(self, is_text: bool) -> None:  # noqa: FBT001 - the only argument
        """Hold texts, or else whole numbers."""
        super().__init__()
        self.is_text = is_text

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return an array type where the database has it."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(Text() if self.is_text else BigInteger()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401
        """Return the list, or its JSON text."""
        if value is None or dialect.name == "postgresql":
            return value
        return _json(value)
