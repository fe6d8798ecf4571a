"""The home of the lists of applications in the admin chat."""

from collections.abc import Sequence

from domain.applying import name_of
from domain.entities.application import ApplicationFile, ApplicationStatus
from domain.usecases.applications.show import PAGE_SIZE
from handlers.ui.application_words import status_words
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_applications import DeskPress
from handlers.ui.claim_marks import masked
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

ALL = "apl_all"
LISTS: dict[str, ApplicationStatus | None] = {
    **{
        f"apl_{status.value}": status
        for status in (
            ApplicationStatus.REVIEW,
            ApplicationStatus.CORRECTION,
            ApplicationStatus.REJECTED,
            ApplicationStatus.APPROVED,
        )
    },
    ALL: None,
}
"""The lists by the name in their buttons."""
WAITING = f"apl_{ApplicationStatus.REVIEW.value}"


def list_named(word: str) -> str:
    """Return the list that a typed word names; what waits for no word or another one."""
    name = f"apl_{word.strip().lower()}"
    return name if name in LISTS else WAITING


def applications_screen(language: Language, name: str, files: Sequence[ApplicationFile]) -> Screen:
    """Return a page of the applications, with the other lists to choose from."""
    say, status = language.say, LISTS[name]
    title = status_words(language, status) if status else say("all")
    text = lines(
        say("📝 <b>Applications</b>: {state}", state=title),
        None if files else say("✨ There are none."),
    )
    rows = [
        (
            Button(
                f"{status_words(language, file.application.status)[:1]} "
                f"{file.application.number} · {masked(name_of(file))}",
                DeskPress.of("open", file.application.id),
            ),
        )
        for file in files[:PAGE_SIZE]
    ]
    if len(files) > PAGE_SIZE:
        last = files[PAGE_SIZE - 1].application
        is_waiting = status is ApplicationStatus.REVIEW and last.submitted_at is not None
        at = last.submitted_at if is_waiting and last.submitted_at else last.started_at
        rows.append((Button(say("More ▶️"), OpenPage.at_instant(name, at, last.id)),))
    others = [
        Button(status_words(language, other) if other else say("📚 all"), OpenPage(screen=key))
        for key, other in LISTS.items()
        if key != name
    ]
    filters = tuple(tuple(others[at : at + 2]) for at in range(0, len(others), 2))
    return Screen(text, (*rows, *filters))
