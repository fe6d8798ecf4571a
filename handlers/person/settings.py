"""The home of a person's settings: notices, quiet hours, time zone, the leader board."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from domain.entities.people import Caller
from domain.entities.preferences import QuietHours, Topic
from domain.usecases.people.preferences import ChoosePreferences, UnknownZone, read_quiet_hours
from handlers.middlewares.access import Allowed, allow
from handlers.person.screens.settings import (
    notices_screen,
    quiet_screen,
    settings_screen,
    which_zone_screen,
    zones_screen,
)
from handlers.person.states import SettingsForm
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import Settings
from handlers.ui.cities import zones_named
from handlers.ui.language import Language, Languages
from handlers.ui.notice_topics import topics_for
from handlers.ui.screen import Event, answer, show, turn_to

Clock = Callable[[], datetime]
router = Router(name="person.settings")
anyone = allow(Allowed.ANYONE)


@router.message(Command("settings"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "settings"), flags=anyone)
async def show_settings(
    event: Event,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Show what a person can choose; a question for typed input is left."""
    await state.clear()
    chosen = await choose_preferences.show(caller)
    await show(event, settings_screen(language, caller, chosen, clock()))


@router.callback_query(Settings.filter(F.action == "notices"), flags=anyone)
async def show_notices(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
) -> None:
    """Show the switches of notices."""
    chosen = await choose_preferences.show(caller)
    await turn_to(query, notices_screen(language, caller, chosen))


@router.callback_query(Settings.filter(F.action.in_({"on", "off"})), flags=anyone)
async def switch(
    query: CallbackQuery,
    callback_data: Settings,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
) -> None:
    """Switch a kind of notices, or all."""
    asked = {callback_data.value}
    topics = frozenset(
        topics_for(caller)
        if asked == {"all"}
        else (topic for topic in Topic if topic.value in asked)
    )
    chosen = await choose_preferences.hear(caller, topics, on=callback_data.action == "on")
    await turn_to(query, notices_screen(language, caller, chosen), note=language.say("✔️ Done"))


@router.callback_query(Settings.filter(F.action == "quiet"), flags=anyone)
async def ask_quiet(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
    state: FSMContext,
) -> None:
    """Ask for quiet hours."""
    await state.set_state(SettingsForm.quiet)
    await turn_to(query, quiet_screen(language, await choose_preferences.show(caller)))


@router.callback_query(Settings.filter(F.action == "rest"), flags=anyone)
async def press_quiet(
    query: CallbackQuery,
    callback_data: Settings,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Keep quiet hours from a button."""
    chosen = await choose_preferences.rest(caller, _pressed(callback_data.value))
    await state.clear()
    screen = settings_screen(language, caller, chosen, clock())
    await turn_to(query, screen, note=language.say("✔️ Done"))


def _pressed(value: str) -> QuietHours | None:
    start, _, end = value.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    minutes = [int(part) for part in (start, end)]
    texts = (f"{minute // 60:02}:{minute % 60:02}" for minute in minutes)
    return read_quiet_hours("-".join(texts))


@router.message(SettingsForm.quiet, F.text, flags=anyone)
async def type_quiet(
    message: Message,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Keep typed quiet hours; what is none is asked again."""
    chosen = await choose_preferences.rest(caller, read_quiet_hours(message.text or ""))
    await state.clear()
    await answer(message, settings_screen(language, caller, chosen, clock()))


@router.callback_query(Settings.filter(F.action == "zones"), flags=anyone)
async def ask_zone(
    query: CallbackQuery,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Ask for the time zone."""
    await state.set_state(SettingsForm.zone)
    chosen = await choose_preferences.show(caller)
    await turn_to(query, zones_screen(language, chosen, clock()))


@router.callback_query(Settings.filter(F.action == "live"), flags=anyone)
async def press_zone(
    query: CallbackQuery,
    callback_data: Settings,
    caller: Caller,
    languages: Languages,
    choose_preferences: ChoosePreferences,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Keep a time zone from a button."""
    zone = None if callback_data.value == "usual" else callback_data.value
    chosen = await choose_preferences.live_in(caller, zone)
    await state.clear()
    language = languages.of(caller.person.language, chosen.zone)
    screen = settings_screen(language, caller, chosen, clock())
    await turn_to(query, screen, note=language.say("✔️ Done"))


@router.message(SettingsForm.zone, F.text, flags=anyone)
async def type_zone(
    message: Message,
    caller: Caller,
    language: Language,
    languages: Languages,
    choose_preferences: ChoosePreferences,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Keep a typed time zone; several that fit are offered, none is asked again."""
    zones = zones_named((message.text or "")[:100])
    if not zones:
        raise UnknownZone(zone=message.text)
    if len(zones) > 1:
        await answer(message, which_zone_screen(language, zones, clock()))
        return
    chosen = await choose_preferences.live_in(caller, zones[0])
    await state.clear()
    language = languages.of(caller.person.language, chosen.zone)
    await answer(message, settings_screen(language, caller, chosen, clock()))


@router.callback_query(Settings.filter(F.action == "mask"), flags=anyone)
async def mask(
    query: CallbackQuery,
    callback_data: Settings,
    caller: Caller,
    language: Language,
    choose_preferences: ChoosePreferences,
    clock: Clock,
) -> None:
    """Mask the name on the leader board, or show it."""
    chosen = await choose_preferences.mask(caller, on=callback_data.value == "on")
    screen = settings_screen(language, caller, chosen, clock())
    await turn_to(query, screen, note=language.say("✔️ Done"))
