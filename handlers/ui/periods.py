"""The home of periods in words, and of choosing one: presets, a calendar, or typed."""

from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData
from babel.dates import format_interval, get_day_names, get_month_names

from domain.entities.days import EARLIEST, PRESETS, Days, month_of
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

CALENDAR_COLUMNS = 7
NO_DAY = "·"


class PickPeriod(CallbackData, prefix="cal"):
    """A press on the calendar: where the period goes, what it is for, the month, the first day.

    ``month`` is ``202611``; ``first`` is empty until a day was pressed.
    """

    to: str
    about: str = ""
    month: str = ""
    first: str = ""


def period_text(language: Language, days: Days) -> str:
    """Return days in words, such as ``Nov 1 – 22, 2026``."""
    shown = format_interval(days.first, days.last, "yMMMd", locale=language.code)
    return " ".join(str(shown).split())


def preset_name(language: Language, period: str) -> Html:
    """Return the name of a preset, or of what is none."""
    say = language.say
    names = {
        "today": say("Today"),
        "week": say("7 days"),
        "month": say("This month"),
        "last": say("Last month"),
        "all": say("All time"),
    }
    return names.get(period) or say("📅 Other")


def chosen_name(language: Language, period: str) -> str:
    """Return a period as a button or a line names it."""
    if period in PRESETS:
        return preset_name(language, period)
    first, _, last = period.partition("-")
    try:
        return period_text(language, Days(date.fromisoformat(first), date.fromisoformat(last)))
    except ValueError:
        return preset_name(language, "")


def month_at(month: str, today: date) -> date:
    """Return the first day of the month that a button names, of this month for what is none."""
    try:
        first = date(int(month[:4]), int(month[4:]), 1)
    except ValueError:
        return today.replace(day=1)
    return min(max(first, EARLIEST), today.replace(day=1))


def calendar_rows(language: Language, pick: PickPeriod, today: date) -> Rows:
    """Return a month as buttons; days to come cannot be pressed."""
    first = month_at(pick.month, today)
    names = get_month_names("wide", context="stand-alone", locale=language.code)
    weekdays = get_day_names("short", context="stand-alone", locale=language.code)
    title = f"{names[first.month].capitalize()} {first.year}"
    still = pick.model_copy(update={"month": f"{first:%Y%m}"})
    days: list[Button] = [Button(NO_DAY, still)] * first.weekday()
    days += [_day(pick, day, today) for day in month_of(first)]
    days += [Button(NO_DAY, still)] * (-len(days) % CALENDAR_COLUMNS)
    weeks = [
        tuple(days[start : start + CALENDAR_COLUMNS])
        for start in range(0, len(days), CALENDAR_COLUMNS)
    ]
    weeks = [week for week in weeks if any(button.text != NO_DAY for button in week)]
    earlier = first - timedelta(days=1)
    later = first + timedelta(days=32)
    turns = (
        Button("◀️", pick.model_copy(update={"month": f"{earlier:%Y%m}"})),
        Button(title, still),
        Button("▶️", pick.model_copy(update={"month": f"{later:%Y%m}"})),
    )
    return (turns, tuple(Button(weekdays[n][:2], still) for n in range(CALENDAR_COLUMNS)), *weeks)


def _day(pick: PickPeriod, day: date, today: date) -> Button:
    still = pick.model_copy(update={"month": f"{day:%Y%m}"})
    if day > today:
        return Button(NO_DAY, still)
    key = f"{day:%Y%m%d}"
    if not pick.first:
        return Button(str(day.day), pick.model_copy(update={"month": key[:6], "first": key}))
    marked = f"[{day.day}]" if key == pick.first else str(day.day)
    # The month with a day in it tells a press on the last day from turning a page.
    return Button(marked, pick.model_copy(update={"month": key}))


def picked(pick: PickPeriod) -> str | None:
    """Return the period when its last day was pressed, in whichever order; else ``None``."""
    if not pick.first or len(pick.month) != len(pick.first):
        return None
    return "-".join(sorted((pick.first, pick.month)))
