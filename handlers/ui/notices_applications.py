"""The home of the words of notices about applications, for applicants and for staff."""

from datetime import date

from domain.programs.model import Program
from handlers.ui.application_words import item_name
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_applications import ApplicationPress, ApplyFor, DeskPress
from handlers.ui.html import Html, bold, code, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

Params = dict[str, object]
WORDS_LENGTH = 2_000


def _id(params: Params) -> int:
    return int(str(params["application_id"]))


def _open(language: Language, params: Params) -> tuple[Button, ...]:
    press = ApplicationPress(action="show", id=_id(params))
    return (Button(language.say("📝 My application"), press),)


def _returned(language: Language, params: Params, _program: Program | None) -> Screen:
    say, found = language.say, params["items"]
    keys = [str(key) for key in found] if isinstance(found, list) else []
    text = lines(
        say("🟠 <b>Application {number} needs correction</b>", number=params["number"]),
        *(Html(f"🔴 {item_name(language, key)}") for key in keys),
        "",
        say("Only this is asked again; the rest of your answers stays. The form says why."),
    )
    go_on = ApplicationPress(action="next", id=_id(params))
    return Screen(text, ((Button(say("▶️ Correct it"), go_on),), _open(language, params)))


def _approved(language: Language, params: Params, program: Program | None) -> Screen:
    say = language.say
    title = program.text(language.code).title if program else str(params["program"])
    text = lines(
        say("🎉 <b>Application {number} is approved. Welcome!</b>", number=params["number"]),
        say("Program: {title}", title=title),
        say(
            "Contract {number} of {date}",
            number=bold(params["contract_number"]),
            date=language.day(date.fromisoformat(str(params["contract_date"]))),
        ),
        say("Your code: {code}", code=code(params["code"])),
        "",
        say("<b>How to start</b>: open your link, send it to clients, watch your earnings."),
    )
    rows: Rows = (
        (Button(say("🔗 My link"), Open(screen="link")),),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows)


def _rejected(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("🔴 Application {number} was rejected.", number=params["number"]),
        say("Open it to read why. Nothing you entered is lost."),
    )
    return Screen(text, (_open(language, params),))


def _question(language: Language, params: Params, _program: Program | None) -> Screen:
    say, text = language.say, str(params["text"])
    shown = text if len(text) <= WORDS_LENGTH else f"{text[: WORDS_LENGTH - 1]}…"
    head = say("💬 <b>A question about application {number}</b>", number=params["number"])
    press = ApplicationPress(action="write", id=_id(params))
    rows = ((Button(say("✏️ Answer"), press),), _open(language, params))
    return Screen(lines(head, "", shown), rows)


def _originals(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "🟢 The scans of application {number} are accepted.", number=params["number"]
        ),
        language.say("Open it to see how to send the originals."),
    )
    return Screen(text, (_open(language, params),))


def _originals_received(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "📦 The originals of application {number} have arrived.", number=params["number"]
    )
    return Screen(text, (_open(language, params),))


def _fading(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say(
            "⏳ Nobody has touched application {number} for long. On {day} it will be erased with "
            "its papers.",
            number=params["number"],
            day=language.day(date.fromisoformat(str(params["day"]))),
        ),
        say("Any change keeps it: go on with it, or delete it yourself."),
    )
    return Screen(text, (_open(language, params),))


def _forgotten(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "🗑 Application {number} was not touched for long, so it was erased with its papers.",
        number=params["number"],
    )
    again = ApplyFor(program=str(params["program"]))
    return Screen(text, ((Button(language.say("📝 Begin a new one"), again),),))


def _again(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "📝 Application {number} was corrected and sent again.", number=params["number"]
    )
    return Screen(text, (_card(language, params),))


def _answered(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "💬 The applicant wrote about application {number}.", number=params["number"]
    )
    return Screen(text, (_card(language, params),))


def _card(language: Language, params: Params) -> tuple[Button, ...]:
    press = DeskPress.of("open", _id(params))
    return (Button(language.say("📂 Open the application"), press),)


NOTICES_OF_APPLICATIONS = {
    "application_returned": _returned,
    "application_approved": _approved,
    "application_rejected": _rejected,
    "application_question": _question,
    "application_originals": _originals,
    "application_originals_received": _originals_received,
    "application_fading": _fading,
    "application_forgotten": _forgotten,
    "application_again": _again,
    "application_answered": _answered,
}
