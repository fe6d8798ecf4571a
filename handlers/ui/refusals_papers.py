"""The home of the words of refusals about papers and e-mail addresses."""

from datetime import datetime

from domain.entities.paper import PaperTrouble
from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_papers import EmailPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]
MEBIBYTE = 1024 * 1024


def _megabytes(language: Language, facts: Facts, name: str) -> str:
    return language.number(int(str(facts.get(name, 0))) // MEBIBYTE)


def _unfit(language: Language, facts: Facts) -> Html:
    """Return what is wrong with a file, and what helps."""
    trouble = PaperTrouble(str(facts["trouble"]))
    wrong = (
        _too_big(language, facts)
        if trouble is PaperTrouble.TOO_BIG
        else language.say(_TROUBLES[trouble])
    )
    return lines(wrong, language.say("Nothing of it was kept. Please send another file."))


def _too_big(language: Language, facts: Facts) -> Html:
    return language.say(
        "This file is larger than {most} MB, and Telegram hands no larger one over. Take "
        "a photo of it, or save it with a smaller size.",
        most=_megabytes(language, facts, "most"),
    )


def _marked(message: str) -> str:
    """Mark a text for the catalogues without saying it."""
    return message


say = _marked
_TROUBLES = {
    PaperTrouble.EMPTY: say("This file is empty."),
    PaperTrouble.UNKNOWN: say(
        "I can keep PDF, JPEG, PNG and HEIC only; this is something else inside."
    ),
    PaperTrouble.PROGRAM: say("This is a program, whatever its name says. Programs are not kept."),
    PaperTrouble.ARCHIVE: say(
        "This is an archive or an office document. Send the papers themselves, one by one: "
        "as photos, or saved as PDF."
    ),
    PaperTrouble.WEB_PAGE: say("This is a web page. Please print it to PDF and send that."),
    PaperTrouble.CUT_OFF: say(
        "This file is damaged or cut off. Please open it, save it again and send it."
    ),
    PaperTrouble.LOCKED: say("This PDF is locked with a password. Please send it without one."),
    PaperTrouble.ACTIVE: say(
        "This PDF has something in it that runs, sends or carries another file. Please "
        "print it to a new PDF and send that."
    ),
    PaperTrouble.BOMB: say("This file unpacks to something far too large. Please save it anew."),
    PaperTrouble.TOO_MANY_PIXELS: say(
        "This picture has too many pixels. Please send a smaller one."
    ),
    PaperTrouble.MIXED: say(
        "This file is two things in one, and people could be shown another one than was "
        "checked. Please save it anew and send it."
    ),
}
"""What is wrong, for each trouble that needs no facts."""


def _full(language: Language, facts: Facts) -> Html:
    return language.say(
        "All your papers together may have {most} MB; {left} MB are left. Replace a large one, or "
        "send this one smaller.",
        most=_megabytes(language, facts, "most"),
        left=_megabytes(language, facts, "left"),
    )


def _too_many(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "There is {count} page of this paper already, which is the limit.",
        "There are {count} pages of this paper already, which is the limit.",
        int(str(facts["most"])),
    )


def _erased(language: Language, _facts: Facts) -> Html:
    return language.say("These papers were erased, and nobody can read them any more.")


def _unavailable(language: Language, _facts: Facts) -> Html:
    return language.say(
        "The papers cannot be reached now. Nothing has changed; please try again in a few minutes."
    )


_OTHER_KINDS = {
    "text": say("This is a text."),
    "voice": say("This is a voice message."),
    "audio": say("This is a sound file."),
    "video": say("This is a video."),
    "video_note": say("This is a video."),
    "animation": say("This is an animation."),
    "sticker": say("This is a sticker."),
    "contact": say("This is a contact."),
}


def _not_a_paper(language: Language, facts: Facts) -> Html:
    kind = _OTHER_KINDS.get(str(facts["kind"]))
    return lines(
        language.say(kind) if kind else None,
        language.say("Send a photo, or a file: PDF, JPEG, PNG or HEIC."),
    )


def _not_received(language: Language, _facts: Facts) -> Html:
    return language.say(
        "The file did not arrive whole from Telegram. Please send it again; what you sent before "
        "is kept."
    )


def _mail_off(language: Language, _facts: Facts) -> Html:
    return language.say("This bot sends no e-mail, so there is no address to confirm.")


def _bad_email(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This is not an e-mail address. For example: {example}", example="ann@shop.org"
    )


def _too_many_codes(language: Language, facts: Facts) -> Html:
    at = facts["possible_at"]
    return language.say(
        "{most} codes were sent within a day, which is the limit. The next one: {at}.",
        most=facts["most"],
        at=language.instant(at) if isinstance(at, datetime) else "—",
    )


def _wrong_code(language: Language, facts: Facts) -> Html:
    return language.say_many(
        "This is another code. You can try {count} more time.",
        "This is another code. You can try {count} more times.",
        int(str(facts["left"])),
    )


def _code_void(language: Language, _facts: Facts) -> Html:
    return language.say("This code cannot be used any more. Ask for a new one.")


def _link_void(language: Language, _facts: Facts) -> Html:
    return language.say(
        "This link cannot be used any more: it lasts ten minutes, for one look. "
        "Ask for a new one in the admin chat."
    )


REFUSALS_OF_PAPERS = {
    "paper_link_void": _link_void,
    "paper_unfit": _unfit,
    "dossier_full": _full,
    "too_many_pages": _too_many,
    "papers_erased": _erased,
    "papers_unavailable": _unavailable,
    "not_a_paper": _not_a_paper,
    "paper_not_received": _not_received,
    "mail_off": _mail_off,
    "bad_email": _bad_email,
    "too_many_codes": _too_many_codes,
    "wrong_code": _wrong_code,
    "code_void": _code_void,
}


def papers_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the buttons under these refusals; none for others."""
    if refusal.code == "code_void":
        return ((Button(language.say("✉️ Send a new code"), EmailPress(action="name")),),)
    if refusal.code in ("bad_email", "wrong_code", "too_many_codes", "mail_off"):
        return ((Button(language.say("✖️ Cancel"), Open(screen="privacy")),),)
    return ()
