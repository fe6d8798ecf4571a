"""The home of what is new: one line for each thing that came with a version (R47)."""

from collections.abc import Callable

from domain.entities.people import Caller
from domain.programs.model import Programs
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen
from handlers.ui.sections import Reader, entries_for, in_twos, reader_of

Say = Callable[..., Html]
LATEST = "0.2"
SCREEN = "news"
NEWS: tuple[tuple[str, Reader, Callable[[Say], Html]], ...] = (
    (
        "0.2",
        Reader.EVERYONE,
        lambda say: say("Settings: what you are told, quiet hours, time zone."),
    ),
    ("0.2", Reader.ADMIN, lambda say: say("Monthly statements, also as a file.")),
    (
        "0.2",
        Reader.ADMIN,
        lambda say: say("Reminders: enough for a pay-out, months that end soon."),
    ),
    (
        "0.2",
        Reader.MEMBER,
        lambda say: say("Your card in any chat: type @ and the name of this bot."),
    ),
    ("0.2", Reader.EVERYONE, lambda say: say("All your data as a file: see My privacy.")),
    ("0.2", Reader.EVERYONE, lambda say: say("Help by topic, with a button to the right screen.")),
)


def news_screen(language: Language, caller: Caller, programs: Programs) -> Screen:
    """Return what the newest version brought to this person, with buttons to it."""
    say, reader = language.say, reader_of(caller)
    items = [
        Html("• ") + words(say)
        for version, who, words in NEWS
        if version == LATEST and who & reader
    ]
    entries = [
        entry
        for entry in entries_for(caller, programs)
        if entry.since == LATEST and entry.screen != SCREEN
    ]
    rows = (
        *in_twos([Button(entry.words(say), entry.opens) for entry in entries]),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(
        lines(say("✨ <b>What is new in version {version}</b>", version=LATEST), *items), rows
    )
