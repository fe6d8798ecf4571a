"""The home of the question for a period."""

from collections.abc import Callable
from datetime import date

from aiogram.filters.callback_data import CallbackData

from domain.entities.days import PRESETS
from handlers.ui.callbacks import Open
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.periods import PickPeriod, calendar_rows, preset_name
from handlers.ui.screen import Button, Screen


def period_screen(
    language: Language, pick: PickPeriod, today: date, preset: Callable[[str], CallbackData]
) -> Screen:
    """Return the question for a period: presets, a calendar, or typed.

    Args:
        language: The reader's.
        pick: Where the period goes and what was pressed so far.
        today: No later day can be pressed.
        preset: Returns what a press on a preset does.
    """
    say = language.say
    text = lines(
        say("📅 <b>Period</b>"),
        say("Press the last day.") if pick.first else say("Press the first day."),
        say("Or send the period as a message: 01.11–15.11, 11.2026 or 2026."),
    )
    buttons = [Button(preset_name(language, period), preset(period)) for period in PRESETS]
    presets = (tuple(buttons[:3]), tuple(buttons[3:]))
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    return Screen(text, (*calendar_rows(language, pick, today), *presets, menu))
