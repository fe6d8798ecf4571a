"""The home of what the screens of an application share: its parts, items and refusals."""

from datetime import date

from domain.applying import ApplicationView
from domain.entities.application import Answered
from domain.entities.progress import Item, ItemState
from domain.entities.questionnaire import GROUP_OF, FieldGroup, FieldKind, PaperKind
from handlers.ui.application_hints import problem_words
from handlers.ui.application_words import (
    field_reason,
    group_name,
    item_mark,
    item_name,
    paper_reason,
)
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_applications import ApplicationPress
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button

VALUE_LENGTH = 60
PAPERS = "papers"
"""The part of the form with the papers, beside the groups of fields."""


def press(view: ApplicationView, action: str, key: str = "") -> ApplicationPress:
    """Return what a button about this application sends."""
    return ApplicationPress(action=action, id=view.application.id, key=key)


def title_of(view: ApplicationView, language: Language) -> Html:
    """Return the headline of an application."""
    return language.say(
        "📝 <b>Application {number}</b> · {program}",
        number=view.application.number,
        program=view.program.text(language.code).title,
    )


def progress_line(language: Language, view: ApplicationView) -> Html:
    """Return how much of what is needed is done."""
    done, needed = view.progress.done, len(view.progress.needed)
    bar = "▰" * (done * 10 // needed if needed else 0)
    return language.say(
        "{bar} {done} of {count}",
        bar=bar.ljust(10, "▱"),
        done=language.number(done),
        count=language.number(needed),
    )


def parts_of(view: ApplicationView) -> list[str]:
    """Return the parts that the form has, in order."""
    groups = {
        GROUP_OF[item.key] for item in view.progress.fields if isinstance(item.key, FieldKind)
    }
    parts = [group.value for group in FieldGroup if group in groups]
    return [*parts, PAPERS] if view.progress.papers else parts


def items_of(view: ApplicationView, part: str) -> tuple[Item, ...]:
    """Return what a part of the form asks for."""
    if part == PAPERS:
        return view.progress.papers
    return tuple(
        item
        for item in view.progress.fields
        if isinstance(item.key, FieldKind) and GROUP_OF[item.key].value == part
    )


def part_name(language: Language, part: str) -> Html:
    """Return the name of a part of the form."""
    if part == PAPERS:
        return language.say("📄 Papers")
    return group_name(language, FieldGroup(part))


def item_line(language: Language, view: ApplicationView, item: Item) -> Html:
    """Return a field or a paper with what stands there."""
    say = language.say
    name = item_name(language, item.key)
    if isinstance(item.key, PaperKind):
        shown = _files(language, view.file.pages.get(item.key, 0))
    else:
        shown = _value(language, item.key, view.file.answers.get(item.key))
    optional = "" if item.is_required else say(" (optional)")
    line = Html(f"{item_mark(item.state)} {name}{optional}: {shown}")
    if item.state is ItemState.WRONG:
        return lines(line, problem_words(language, item.problem, {}))
    return line


def _value(language: Language, kind: FieldKind, answer: Answered | None) -> Html:
    if answer is None:
        return Html("—")
    return bold(short(shown_value(language, kind, answer.value), VALUE_LENGTH))


def shown_value(language: Language, kind: FieldKind, value: str) -> str:
    """Return an answer as people write it."""
    if kind is FieldKind.BIRTH_DATE:
        return language.day(date.fromisoformat(value))
    return " ".join(value.split())


def _files(language: Language, count: int) -> Html:
    if not count:
        return Html("—")
    return language.say_many("<b>{count} file</b>", "<b>{count} files</b>", count)


def refusal_lines(language: Language, view: ApplicationView) -> tuple[Html, ...]:
    """Return one line for each field or file that staff refused."""
    found: list[Html] = []
    for item in view.progress.refused:
        if isinstance(item.key, FieldKind):
            answer = view.file.answers[item.key]
            reason, words = answer.refusal, answer.words
            why = field_reason(language, reason) if reason else Html("")
            where = Html("")
        else:
            verdict = view.file.verdicts[item.key]
            words = verdict.words
            why = paper_reason(language, verdict.refusal) if verdict.refusal else Html("")
            number = verdict.file_number
            where = language.say(" (file {number})", number=number) if number else Html("")
        line = Html(f"🔴 {bold(item_name(language, item.key))}{where}: {why}")
        found.append(lines(line, short(words, 500) if words else None))
    return tuple(found)


def to_form(language: Language, view: ApplicationView) -> tuple[Button, ...]:
    """Return the way back to the form."""
    return (Button(language.say("⬅️ To the form"), press(view, "show")),)


def leave(language: Language) -> tuple[Button, ...]:
    """Return the way to the menu."""
    return (Button(language.say("📋 Menu"), Open(screen="menu")),)
