"""The home of the screens of filling in an application: the form, its parts, its fields."""

from collections.abc import Iterable

from domain.applying import ApplicationView
from domain.entities.application import Answered, ApplicationStatus
from domain.entities.progress import Item
from domain.entities.questionnaire import FieldKind, PaperKind
from handlers.partner.screens.application_parts import (
    item_line,
    items_of,
    part_name,
    parts_of,
    press,
    progress_line,
    refusal_lines,
    shown_value,
    title_of,
    to_form,
)
from handlers.ui.application_hints import example_of, hint_of, problem_words
from handlers.ui.application_words import field_name, field_reason, item_mark, item_name
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_title
from handlers.ui.screen import Button, Rows, Screen


def overview_screen(language: Language, view: ApplicationView) -> Screen:
    """Return the form: its parts, how far each is, and the way to the next question."""
    say, application = language.say, view.application
    form = application.form
    text = lines(
        title_of(view, language),
        say("Legal form: {form}", form=form_title(language, form)) if form else None,
        progress_line(language, view),
        *_asked_again(language, view),
        "",
        *(_part_line(language, view, part) for part in parts_of(view)),
        "",
        say("All that is needed is there. Check it and send it.")
        if not view.progress.open_items
        else say("Fill in the parts in any order, or press “Go on”. Everything is saved."),
    )
    return Screen(text, _overview_rows(language, view))


def _asked_again(language: Language, view: ApplicationView) -> Iterable[Html | str]:
    """Return what staff refused, each by its name with the reason (R32)."""
    refused = view.progress.refused
    if not refused:
        return ()
    return ("", language.say("<b>Please correct:</b>"), *refusal_lines(language, view))


def _part_line(language: Language, view: ApplicationView, part: str) -> Html:
    items = items_of(view, part)
    needed = [item for item in items if item.is_required or not item.is_settled]
    done = sum(item.is_settled for item in needed)
    name = part_name(language, part)
    if not needed:
        return language.say("{part}: optional", part=name)
    mark = "✅" if done == len(needed) else "▫️"
    return Html(f"{mark} {name}: {done}/{len(needed)}")


def _overview_rows(language: Language, view: ApplicationView) -> Rows:
    say = language.say
    rows: list[tuple[Button, ...]] = []
    if view.progress.open_items:
        rows.append((Button(say("▶️ Go on"), press(view, "next")),))
    parts = [
        Button(part_name(language, part), press(view, "part", part)) for part in parts_of(view)
    ]
    rows += [tuple(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    rows.append((Button(say("👀 Check and send"), press(view, "review")),))
    if view.application.status is ApplicationStatus.DRAFT:
        rows.append((Button(say("🔁 Another legal form"), press(view, "forms")),))
    rows.append(
        (
            Button(say("🗑 Delete"), press(view, "ask_delete")),
            Button(say("📋 Menu"), Open(screen="menu")),
        )
    )
    return tuple(rows)


def part_screen(language: Language, view: ApplicationView, part: str) -> Screen:
    """Return a part of the form with what stands in it."""
    say = language.say
    items = items_of(view, part)
    text = lines(
        title_of(view, language),
        bold(part_name(language, part)),
        "",
        *(item_line(language, view, item) for item in items),
        "",
        say("Press what you would like to enter or change."),
    )
    buttons = [
        Button(
            f"{item_mark(item.state)} {item_name(language, item.key)}",
            press(view, "paper" if isinstance(item.key, PaperKind) else "field", item.key.value),
        )
        for item in items
    ]
    rows = tuple((button,) for button in buttons)
    return Screen(text, (*rows, to_form(language, view)))


def field_question(
    language: Language, view: ApplicationView, kind: FieldKind, *, is_saved: bool = False
) -> Screen:
    """Return the question for a field, with a hint, an example and what stands there."""
    say = language.say
    item = next((item for item in view.progress.fields if item.key is kind), None)
    is_required = item is None or item.is_required
    terms = view.program.form(view.application.form)
    country = terms.questions.country if terms else None
    example = example_of(language, kind, view.application.form, country)
    answer = view.file.answers.get(kind)
    text = lines(
        say("✅ Saved.") if is_saved else None,
        progress_line(language, view),
        "",
        bold(field_name(language, kind)),
        hint_of(language, kind),
        say("Example: {example}", example=code(example)) if example else None,
        *_stands(language, kind, answer, item),
        "",
        say("Send it as a message."),
    )
    rows: list[tuple[Button, ...]] = []
    if not is_required:
        rows.append((Button(say("⏭ Skip"), press(view, "skip", kind.value)),))
    if answer is not None and not is_required:
        rows.append((Button(say("➖ Leave it empty"), press(view, "clear", kind.value)),))
    rows.append(to_form(language, view))
    return Screen(text, tuple(rows))


def _stands(
    language: Language, kind: FieldKind, answer: Answered | None, item: Item | None
) -> Iterable[Html | str]:
    if answer is None:
        return ()
    now = language.say(
        "Now: {value}", value=bold(short(shown_value(language, kind, answer.value), 200))
    )
    if answer.refusal is not None:
        why = lines(field_reason(language, answer.refusal), answer.words or None)
        return ("", now, Html(f"🔴 {why}"))
    if item is not None and item.problem:
        return ("", now, Html(f"⚠️ {problem_words(language, item.problem, {})}"))
    return ("", now)


def next_question(view: ApplicationView, after: str = "") -> Item | None:
    """Return what to ask next: the first that is open behind ``after``, else from the start."""
    every = (*view.progress.fields, *view.progress.papers)
    still = set(view.progress.open_items)
    keys = [item.key.value for item in every]
    start = keys.index(after) + 1 if after in keys else 0
    ordered = (*every[start:], *every[:start])
    return next((item for item in ordered if item in still), None)
