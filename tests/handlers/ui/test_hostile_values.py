"""Nothing that a person typed breaks a message: every screen, notice, card, refusal and sentence.

Whatever makes a message out of records is found by its annotations and called with records whose
texts are hostile. What it makes must parse as Telegram parses, and a value that shows must show as
it was typed. A new screen joins by being there; a new kind of notice needs sample facts in
hostile_facts.py.
"""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, get_args, get_type_hints

import pytest

import handlers
from bot.simulator.text.html import parse_html
from domain.entities.audit import AuditRow
from domain.errors import DomainError
from handlers.ui import notices, refusals
from handlers.ui.audit_words import WORDED_ACTIONS, audit_sentence
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.screen import Screen
from tests.handlers.ui.hostile_facts import STATUSES, Facts
from tests.handlers.ui.hostile_records import ENGLISH, HOSTILE, PROGRAMS, Maker

TEXT_MAX = 4096
BUTTON_MAX = 64
"""Bytes of a button's value; aiogram refuses more by itself."""


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
