"""The home of the screens that ask an applicant for a paper."""

from domain.applying import ApplicationView
from domain.entities.questionnaire import PaperKind
from handlers.partner.screens.application_parts import (
    press,
)
from handlers.ui.application_words import paper_name, paper_reason
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

WORDS_LENGTH = 500


def paper_question(
    language: Language, view: ApplicationView, kind: PaperKind, *, is_saved: bool = False
) -> Screen:
    """Return the question for a paper: how to send it, and what is there already."""
    say = language.say
    count = view.file.pages.get(kind, 0)
    verdict = view.file.verdicts.get(kind)
    refused = verdict.refusal if verdict else None
    item = next((item for item in view.progress.papers if item.key is kind), None)
    text = lines(
        say("✅ Saved.") if is_saved else None,
        bold(paper_name(language, kind)),
        language.say_many("{count} file is here.", "{count} files are here.", count)
        if count
        else None,
        Html(f"🔴 {paper_reason(language, refused)}") if refused else None,
        short(verdict.words, WORDS_LENGTH) if verdict and verdict.words else None,
        "",
        say(
            "Send photos or files (PDF, JPEG, PNG, HEIC), one or several. All four corners in "
            "the picture, every word readable."
        ),
        say("The next file takes the place of what was refused.") if refused else None,
        say("Papers are encrypted; each look at them is recorded."),
    )
    rows: list[tuple[Button, ...]] = []
    if count and not refused:
        rows.append((Button(say("▶️ That is all"), press(view, "after", kind.value)),))
        rows.append(
            (
                Button(say("🔁 Replace"), press(view, "replace", kind.value)),
                Button(say("🗑 Remove"), press(view, "remove", kind.value)),
            )
        )
    if item is not None and not item.is_required and not count:
        rows.append((Button(say("⏭ Skip"), press(view, "skip", kind.value)),))
    rows.append((Button(say("⬅️ To the form"), press(view, "show")),))
    return Screen(text, tuple(rows))


def settled_paper(language: Language, view: ApplicationView, kind: PaperKind) -> Screen:
    """Return that a paper is accepted, so that nothing needs to be done about it."""
    text = language.say(
        "🟢 {paper}: accepted. It stays as it is.", paper=bold(paper_name(language, kind))
    )
    back = Button(language.say("⬅️ To the form"), press(view, "show"))
    return Screen(text, ((back,),))
