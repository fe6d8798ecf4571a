"""The home of the screens of a person's settings."""

from datetime import datetime

from domain.entities.people import Caller
from domain.entities.preferences import Preferences, QuietHours, Topic
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_person import Settings
from handlers.ui.cities import OFFERED, city_of, clock_in
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.notice_topics import hours_text, topic_name, topics_for
from handlers.ui.screen import Button, Screen
from handlers.ui.sections import in_twos

QUIET_OFFERED = (
    QuietHours(start=21 * 60, end=8 * 60),
    QuietHours(start=22 * 60, end=8 * 60),
    QuietHours(start=23 * 60, end=7 * 60),
    QuietHours(start=0, end=9 * 60),
)


def settings_screen(
    language: Language, caller: Caller, chosen: Preferences, now: datetime
) -> Screen:
    """Return everything that a person can choose, as it holds now."""
    say, topics = language.say, topics_for(caller)
    heard = sum(topic not in chosen.muted for topic in topics)
    zone = chosen.zone or str(language.zone)
    text = lines(
        say("⚙️ <b>Settings</b>"),
        say("🔔 Notices: {heard} of {all} kinds", heard=heard, all=len(topics)),
        say("🌙 Quiet hours: {hours}", hours=hours_text(chosen.quiet))
        if chosen.quiet
        else say("🌙 Quiet hours: none"),
        say(
            "🕒 Time zone: {city}, {time} now",
            city=city_of(zone, language.code),
            time=clock_in(zone, now),
        ),
        _board_line(language, caller, chosen),
    )
    rows = (
        (
            Button(say("🔔 Notices"), Settings(action="notices")),
            Button(say("🌙 Quiet hours"), Settings(action="quiet")),
        ),
        (
            Button(say("🕒 Time zone"), Settings(action="zones")),
            Button(say("🌐 Language"), Open(screen="language")),
        ),
        _board_row(language, caller, chosen),
        (
            Button(say("🔒 My privacy"), Open(screen="privacy")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def _board_line(language: Language, caller: Caller, chosen: Preferences) -> str | None:
    if not caller.is_partner_admin:
        return None
    if chosen.masks_name:
        return language.say("🎭 On the leader board: masked name")
    return language.say("🎭 On the leader board: your name as it is")


def _board_row(language: Language, caller: Caller, chosen: Preferences) -> tuple[Button, ...]:
    if not caller.is_partner_admin:
        return ()
    say = language.say
    words = say("🎭 Show my name") if chosen.masks_name else say("🎭 Mask my name")
    value = "off" if chosen.masks_name else "on"
    return (Button(words, Settings(action="mask", value=value)),)


def notices_screen(language: Language, caller: Caller, chosen: Preferences) -> Screen:
    """Return the kinds of notices with their switches."""
    say, topics = language.say, topics_for(caller)
    text = lines(
        say("🔔 <b>Notices</b>"),
        say("Press a kind to switch it on or off."),
        "",
        say(
            "Always sent: answers to what you asked for, changed rules, and what concerns "
            "your rights or the safety of your money."
        ),
    )
    switches = in_twos([_switch(language, topic, chosen) for topic in topics])
    hears_all = not chosen.muted.intersection(topics)
    whole = (
        Button(say("🔕 Switch all off"), Settings(action="off", value="all"))
        if hears_all
        else Button(say("🔔 Switch all on"), Settings(action="on", value="all"))
    )
    return Screen(text, (*switches, (whole,), _back(language)))


def _switch(language: Language, topic: Topic, chosen: Preferences) -> Button:
    is_on = topic not in chosen.muted
    name = topic_name(language, topic)
    return Button(
        f"{'✅' if is_on else '🔕'} {name}",
        Settings(action="off" if is_on else "on", value=topic.value),
    )


def quiet_screen(language: Language, chosen: Preferences) -> Screen:
    """Return the choice of quiet hours; others can be typed."""
    say = language.say
    text = lines(
        say("🌙 <b>Quiet hours</b>"),
        say("Now: {hours}", hours=hours_text(chosen.quiet))
        if chosen.quiet
        else say("Now: none, notices come at once."),
        say("Notices of these hours wait for the morning; none is lost."),
        "",
        say("Choose, or type your own, such as {example}.", example="22:30–07:15"),
    )
    offered = in_twos(
        [
            Button(
                f"{'▶️ ' if quiet == chosen.quiet else ''}{hours_text(quiet)}",
                Settings(action="rest", value=f"{quiet.start}-{quiet.end}"),
            )
            for quiet in QUIET_OFFERED
        ]
    )
    none = (Button(say("🔔 No quiet hours"), Settings(action="rest", value="none")),)
    return Screen(text, (*offered, none, _back(language)))


def zones_screen(language: Language, chosen: Preferences, now: datetime) -> Screen:
    """Return the choice of a time zone; any city or offset can be typed."""
    say = language.say
    zone = chosen.zone or str(language.zone)
    text = lines(
        say("🕒 <b>Time zone</b>"),
        say("Now: {city}, {time}", city=city_of(zone, language.code), time=clock_in(zone, now)),
        "",
        say("Choose, or type your city or offset, such as {example}.", example="+3"),
    )
    usual = (Button(say("↩️ The usual one"), Settings(action="live", value="usual")),)
    return Screen(
        text,
        (*_zones(language, OFFERED, now), *((usual,) if chosen.zone else ()), _back(language)),
    )


def which_zone_screen(language: Language, zones: list[str], now: datetime) -> Screen:
    """Return the question which of several cities was meant."""
    text = language.say("🕒 Which one do you mean?")
    return Screen(text, (*_zones(language, zones, now), _back(language)))


def _zones(
    language: Language, zones: tuple[str, ...] | list[str], now: datetime
) -> tuple[tuple[Button, ...], ...]:
    return in_twos(
        [
            Button(
                f"{city_of(zone, language.code)} {clock_in(zone, now)}",
                Settings(action="live", value=zone),
            )
            for zone in zones
        ]
    )


def _back(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("⬅️ Back"), Open(screen="settings")),)
