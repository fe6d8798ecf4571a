"""The home of the screens of an export: what to take out, how far it is, the file."""

from collections.abc import Sequence

from domain.entities.days import Days
from domain.entities.exports import ExportKind
from handlers.partner.callbacks import Export
from handlers.partner.screens.stats import period_buttons
from handlers.ui.callbacks import Open
from handlers.ui.exports import kind_name
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.periods import PickPeriod, chosen_name, period_text
from handlers.ui.screen import Button, Screen
from handlers.ui.tables import FORMATS

BAR_LENGTH = 10
FORMAT_NAMES = {"xlsx": "Excel (XLSX)", "csv": "CSV"}
LETTERS = {
    "r": ExportKind.REGISTRATIONS,
    "p": ExportKind.PAYMENTS,
    "c": ExportKind.COMMISSIONS,
    "o": ExportKind.PAYOUTS,
}
"""How a button's value, which is short, names a table."""


def kind_of(text: str) -> ExportKind:
    """Return the table that a button names; registrations for what is none."""
    return ExportKind(text) if text in set(ExportKind) else ExportKind.REGISTRATIONS


def export_screen(language: Language, chosen: Export) -> Screen:
    """Return what can be chosen, each choice marked."""
    say = language.say

    def mark(name: str, *, is_chosen: bool) -> str:
        return f"• {name}" if is_chosen else name

    kinds = [
        Button(
            mark(kind_name(language, kind), is_chosen=kind.value == chosen.kind),
            chosen.model_copy(update={"kind": kind.value}),
        )
        for kind in ExportKind
    ]
    forms = [
        Button(
            mark(FORMAT_NAMES[form], is_chosen=form == chosen.form),
            chosen.model_copy(update={"form": form}),
        )
        for form in FORMATS
    ]
    letter = next(letter for letter, kind in LETTERS.items() if kind is kind_of(chosen.kind))
    pick = PickPeriod(to="x", about=f"{letter}{chosen.form}")
    text = lines(
        say("📥 <b>Export</b>"),
        say("Table: <b>{name}</b>", name=kind_name(language, kind_of(chosen.kind))),
        say("Period: <b>{period}</b>", period=chosen_name(language, chosen.period)),
        say("File: <b>{form}</b>", form=FORMAT_NAMES.get(chosen.form, FORMAT_NAMES["xlsx"])),
        "",
        say("Excel opens at once; CSV is for other programs."),
    )
    go = Button(say("📥 Make the file"), chosen.model_copy(update={"go": "1"}))
    rows = (
        tuple(kinds[:2]),
        tuple(kinds[2:]),
        *period_buttons(language, chosen.period, chosen, pick),
        tuple(forms),
        (go,),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows)


def working_screen(language: Language, rows: int, share: float | None) -> Screen:
    """Return how far the export is; ``share`` is of the period, ``None`` where it has no end."""
    say = language.say
    bar = None
    if share is not None:
        full = min(BAR_LENGTH, max(0, round(share * BAR_LENGTH)))
        bar = "▰" * full + "▱" * (BAR_LENGTH - full)
    done = language.say_many("{count} row so far", "{count} rows so far", rows)
    return Screen(lines(say("⏳ Making the file…"), bar, done))


def ready_screen(language: Language, rows: int, chosen: Export) -> Screen:
    """Return that the file is there."""
    text = language.say_many(
        "✅ {count} row is in the file.", "✅ {count} rows are in the file.", rows
    )
    return Screen(text, _again(language, chosen))


def empty_screen(language: Language, chosen: Export) -> Screen:
    """Return that there is nothing to take out."""
    return Screen(language.say("There is nothing in this period."), _again(language, chosen))


def too_big_screen(language: Language, chosen: Export) -> Screen:
    """Return that Telegram does not take so big a file."""
    text = language.say("The file is too big for Telegram. Please choose a shorter period.")
    return Screen(text, _again(language, chosen))


def broken_screen(language: Language, chosen: Export) -> Screen:
    """Return that the export did not come to its end."""
    return Screen(
        language.say("The file could not be finished. Please try again."),
        _again(language, chosen),
    )


def busy_note(language: Language) -> Html:
    """Return that one export at a time is enough."""
    return language.say("Your file is being made already. Please wait for it.")


def _again(language: Language, chosen: Export) -> tuple[tuple[Button, ...], ...]:
    say = language.say
    again = Button(say("📥 Another export"), chosen.model_copy(update={"go": ""}))
    return ((again, Button(say("📋 Menu"), Open(screen="menu"))),)


def file_name(language: Language, kind: ExportKind, days: Days | None, form: str) -> str:
    """Return the name of the file in the reader's language."""
    name = kind_name(language, kind)
    period = period_text(language, days) if days else chosen_name(language, "all")
    kept: Sequence[str] = [sign if sign not in '/\\:*?"<>|' else " " for sign in period]
    return f"{name} {''.join(kept).rstrip('. ')}.{form}"
