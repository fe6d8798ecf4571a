"""Records of any kind whose texts are hostile, made by their annotations."""

import collections.abc
import contextlib
import dataclasses
import enum
import itertools
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from aiogram.filters.callback_data import CallbackData

from bot.programs import load_programs
from domain.money import ExchangeRate, Money, Rate
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.html import Html
from handlers.ui.language import Language

HOSTILE = (
    "<b>&amp;{0}%s</b>",
    "</a><script>alert(1)</script>",
    "<i>\u200f\u05d0\u200b",
    "&lt;&#60;<a href='x",
    "N<" + "ame" * 66,
)
AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
PROGRAMS = load_programs(["saas-tiers"], base=Path())
ENGLISH = Language("en", UTC)


class Maker:
    """Makes records of any kind whose texts are hostile, each with a number of its own."""

    def __init__(self, hostile: str) -> None:
        self._hostile = hostile
        self._numbers = itertools.count(1)
        self.values: list[str] = []

    def text(self) -> str:
        """Return a new hostile text and remember it."""
        value = f"q{next(self._numbers)}z{self._hostile}"
        self.values.append(value)
        return value

    def of(self, hint: Any, name: str = "", depth: int = 0) -> Any:  # noqa: ANN401, PLR0911
        """Return a value of the annotated kind."""
        if hint is int and name in PLACES:
            return 0
        with contextlib.suppress(TypeError):  # some annotations cannot be looked up
            if hint in PLAIN:
                return PLAIN[hint]()
        if hint is str:
            return word_of(name) or self.text()
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in {typing.Union, types.UnionType}:
            kinds = [kind for kind in arguments if kind is not type(None)]
            return self.of(kinds[0], name, depth)
        if origin is Literal:
            return arguments[0]
        if origin in {collections.abc.Mapping, dict}:
            if arguments[1] is Program:
                return PROGRAMS
            return {self.of(arguments[0], name, depth): self.of(arguments[1], name, depth)}
        if origin in SEVERAL:
            return self._several(origin, arguments, name, depth)
        return self._one(hint, depth)

    def _one(self, hint: Any, depth: int) -> Any:  # noqa: ANN401 - any kind of record
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is collections.abc.Callable:
            return lambda *_: None
        if isinstance(hint, type):
            return self._record(hint, depth, arguments)
        if dataclasses.is_dataclass(origin):
            return self._record(origin, depth, arguments)
        raise NotImplementedError(hint)

    def _several(self, origin: Any, arguments: tuple[Any, ...], name: str, depth: int) -> Any:  # noqa: ANN401
        kinds = [kind for kind in arguments if kind is not Ellipsis]
        made = [self.of(kind, name, depth + 1) for kind in kinds]
        return origin(made) if origin in {list, frozenset, set} else tuple(made)

    def _record(self, kind: Any, depth: int, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        if issubclass(kind, enum.Enum):
            return next(iter(kind))
        if kind is CallbackData:
            return Open(screen="menu")
        if issubclass(kind, CallbackData):
            fields = kind.model_fields.items()
            return kind(**{name: "x" if f.annotation is str else 1 for name, f in fields})
        if kind is Html:
            return Html("html")
        hints = get_type_hints(kind)
        parameters = getattr(kind, "__parameters__", ())
        bound = dict(zip(parameters, arguments, strict=False))
        return kind(
            **{
                field.name: self.of(_bound(hints[field.name], bound), field.name, depth + 1)
                for field in dataclasses.fields(kind)
                if field.init
            }
        )


def _bound(hint: Any, bound: dict[Any, Any]) -> Any:  # noqa: ANN401
    if hint in bound:
        return bound[hint]
    inside = tuple(bound.get(kind, kind) for kind in get_args(hint))
    if inside and inside != get_args(hint):
        return get_origin(hint)[inside if len(inside) > 1 else inside[0]]
    return hint


PLAIN: dict[Any, Callable[[], Any]] = {
    int: lambda: 3,
    bool: lambda: True,
    float: lambda: 0.5,
    bytes: lambda: b"",
    Decimal: lambda: Decimal(2),
    datetime: lambda: AT,
    date: AT.date,
    Path: lambda: Path("file"),
    object: lambda: "object",
    Money: lambda: Money(12345, "USD"),
    Rate: lambda: Rate(1000),
    ExchangeRate: lambda: ExchangeRate.parse("1.5"),
    Language: lambda: ENGLISH,
    Program: lambda: PROGRAMS["saas-tiers"],
}
_WORDS = {
    "currency": "USD",
    "program": "saas-tiers",
    "language": "en",
    "code": "abcd2345",
    "tier": "start",
    "period": "month",
    "role": "owner",
    "status": "active",
    "fallback": "en",
    "url": "https://vendor.example/",
    "kind": "payment.succeeded",
    "key": "k3",
    "entry_id": "staff-k3",
    "chart": "k3",
    "tab": "all",
    "to": "abcd2345",
    "zones": "Europe/Kyiv",
    "field": "inn",
    "why": "checksum",
}
"""Words of the product's own, which nobody can type."""

PLACES = {"line"}
"""Whole numbers that count places from nought."""
SEVERAL = {
    collections.abc.Sequence,
    collections.abc.Collection,
    collections.abc.Iterable,
    collections.abc.Set,
    list,
    tuple,
    frozenset,
    set,
}


def word_of(name: str) -> str | None:
    """Return a word of the product's own by the name of what holds it."""
    return next((word for end, word in _WORDS.items() if name.endswith(end)), None)
