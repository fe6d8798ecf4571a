"""Nothing that a person typed breaks a message: every screen, notice, card, refusal and sentence.

Whatever makes a message out of records is found by its annotations and called with records whose
texts are hostile. What it makes must parse as Telegram parses, and a value that shows must show as
it was typed. A new screen joins by being there; a new kind of notice needs sample facts here.
"""

import collections.abc
import contextlib
import dataclasses
import enum
import importlib
import inspect
import itertools
import pkgutil
import types
import typing
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from aiogram.filters.callback_data import CallbackData

import handlers
from bot.programs import load_programs
from bot.simulator.text.html import parse_html
from domain.entities.audit import AuditRow
from domain.entities.statement import Statement
from domain.errors import DomainError
from domain.money import ExchangeRate, Money, Rate
from domain.programs.model import Program
from handlers.ui import notices, refusals
from handlers.ui.audit_words import WORDED_ACTIONS, audit_sentence
from handlers.ui.callbacks import Open
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.screen import Screen

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
TEXT_MAX = 4096
BUTTON_MAX = 64
"""Bytes of a button's value; aiogram refuses more by itself."""


class Maker:
    """Makes records of any kind whose texts are hostile, each with a number of its own."""

    def __init__(self, hostile: str) -> None:
        self._hostile = hostile
        self._numbers = itertools.count(1)
        self.values: list[str] = []

    def text(self) -> str:
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
            return _word(name) or self.text()
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


def _word(name: str) -> str | None:
    """Return a word of the product's own by the name of what holds it."""
    return next((word for end, word in _WORDS.items() if name.endswith(end)), None)


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
        return _word(name) or self._maker.text()


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


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(handlers.__path__, "handlers."):
        if ".screens" in found.name or found.name.startswith("handlers.ui."):
            yield importlib.import_module(found.name)


def _screens() -> dict[str, Callable[..., Any]]:
    """Return whatever makes a screen or HTML out of records and a language."""
    found = {}
    for module in _modules():
        for name, made in vars(module).items():
            if not inspect.isfunction(made) or made.__module__ != module.__name__:
                continue
            hints = get_type_hints(made)
            takes_facts = any(object in get_args(hint) for hint in hints.values())
            is_shown = hints.get("return") in {Screen, Html} and Language in hints.values()
            if is_shown and not takes_facts:
                found[f"{module.__name__}.{name}"] = made
    return found


SCREENS = _screens()
OF_OWN_WORDS = {
    "handlers.partner.screens.application_parts.part_name",
    "handlers.partner.screens.applications._part_line",
    "handlers.partner.screens.applications.part_screen",
    "handlers.partner.screens.claims.day_screen",
    "handlers.staff.screens.applications.applications_screen",
    "handlers.partner.screens.links.changed_note",
    "handlers.staff.screens.broadcasts.text_question",
    "handlers.staff.screens.questions.questions_screen",
    "handlers.partner.screens.team.offer_screen",
    "handlers.staff.screens.report.preset_name",
    "handlers.staff.screens.standing.confirm_screen",
    "handlers.staff.screens.standing.words_screen",
    "handlers.ui.marks.commission_status",
    "handlers.ui.forms.left_screen",
    "handlers.ui.forms.unfinished_screen",
    "handlers.ui.refusals.refusal_screen",
}
"""They are given words of the product's own, or facts, which are tried below."""


def _check(shown: object, values: list[str]) -> None:
    """Test that it parses, fits, and shows what was typed as it was typed."""
    texts = [(str(shown), True)]
    if isinstance(shown, Screen):
        assert isinstance(shown.text, Html)
        texts = [(str(shown.text), True)]
        markup = shown.inline()
        for row in markup.inline_keyboard if markup else ():
            texts += [(button.text, False) for button in row]
        texts += [(shown.asks, False)] if shown.asks else []
    for text, is_html in texts:
        read = parse_html(text).text if is_html else text
        assert len(read.encode("utf-16-le")) // 2 <= TEXT_MAX
        for value in values:
            _check_shown(read, value)


def _check_shown(read: str, value: str) -> None:
    """Test that a value which shows at all shows as typed, as far as it was not cut."""
    token = value[: value.index("z") + 1]
    start = read.find(token)
    while start >= 0:
        seen = read[start:]
        typed = " ".join(value.split())
        common = next(
            (n for n, (a, b) in enumerate(zip(seen, typed, strict=False)) if a != b), None
        )
        is_whole = common is None
        is_cut = common is not None and seen[common] in "…•" and common >= len(token)
        assert is_whole or is_cut, f"{value!r} shows as {seen[:60]!r}"
        start = read.find(token, start + 1)


@pytest.mark.parametrize("hostile", HOSTILE, ids=["tags", "script", "marks", "half", "long"])
def test_every_screen_shows_hostile_values_as_they_were_typed(hostile: str) -> None:
    wrong = []
    for name, screen in SCREENS.items():
        if name in OF_OWN_WORDS:
            continue
        maker = Maker(hostile)
        try:
            hints = get_type_hints(screen)
            arguments, named = _arguments(screen, hints, maker)
            _check(screen(*arguments, **named), maker.values)
        except Exception as error:  # noqa: BLE001 - each is reported with its name
            wrong.append(f"{name}: {type(error).__name__}: {str(error)[:160]}")
    assert not wrong, "\n".join(wrong)


def _arguments(
    screen: Callable[..., Any], hints: dict[str, Any], maker: Maker
) -> tuple[list[Any], dict[str, Any]]:
    arguments: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in inspect.signature(screen).parameters.values():
        if parameter.kind is parameter.VAR_POSITIONAL:
            continue
        value = maker.of(hints[parameter.name], parameter.name)
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            arguments.append(value)
    return arguments, named


@pytest.mark.parametrize("hostile", HOSTILE, ids=["tags", "script", "marks", "half", "long"])
def test_every_notice_shows_hostile_values_as_they_were_typed(hostile: str) -> None:
    wrong = []
    for kind in notices._WORDS:
        maker = Maker(hostile)
        facts = Facts(maker, is_notice=True)
        try:
            screen = notices.notice_screen(ENGLISH, kind, facts, PROGRAMS["saas-tiers"])
            assert screen is not None
            _check(screen, maker.values)
        except Exception as error:  # noqa: BLE001 - each is reported with its name
            wrong.append(f"{kind}: {type(error).__name__}: {str(error)[:160]}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("hostile", HOSTILE, ids=["tags", "script", "marks", "half", "long"])
def test_every_refusal_shows_hostile_values_as_they_were_typed(hostile: str) -> None:
    wrong = []
    for code in sorted(refusals.WORDED_CODES):
        maker = Maker(hostile)
        refusal = DomainError()
        refusal.code = code
        refusal.facts = Facts(maker, is_notice=False)
        if code in STATUSES:
            refusal.facts["status"] = STATUSES[code]
        try:
            _check(refusals.refusal_screen(ENGLISH, refusal), maker.values)
        except Exception as error:  # noqa: BLE001 - each is reported with its name
            wrong.append(f"{code}: {type(error).__name__}: {str(error)[:160]}")
    assert not wrong, "\n".join(wrong)


def test_the_run_finds_what_it_looks_for() -> None:
    """A screen that escapes nothing, and one that escapes twice, are both told apart."""
    value = "q1z<b>&amp;"
    with pytest.raises(AssertionError):
        _check(Screen(Html(f"{value}</b>")), [value])
    with pytest.raises(AssertionError):
        _check(Screen(Html("q1z&amp;lt;b&amp;gt;")), [value])
    _check(Screen(ENGLISH.say("{name}", name=value)), [value])
    assert len(SCREENS) > 100


@pytest.mark.parametrize("hostile", HOSTILE, ids=["tags", "script", "marks", "half", "long"])
def test_every_sentence_of_the_audit_trail_shows_hostile_values(hostile: str) -> None:
    for action in sorted(WORDED_ACTIONS):
        maker = Maker(hostile)
        row = dataclasses.replace(
            maker.of(AuditRow), action=action, details=Facts(maker, is_notice=True)
        )
        _check(audit_sentence(ENGLISH, row), maker.values)
