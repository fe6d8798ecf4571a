"""The home of notices to staff about the vendor's systems."""

from collections.abc import Callable, Mapping

from domain.programs.model import Program
from handlers.ui.callbacks_papers import MailPress
from handlers.ui.html import code, lines
from handlers.ui.language import Language
from handlers.ui.marks import event_problem
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.vendor_callbacks import OutboundPress, event_by_id

Params = Mapping[str, object]
Words = Callable[[Language, Params, Program | None], Screen]


def _event_parked(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("🅿️ An event waits for you: {kind}.", kind=code(params["event_type"])),
        language.say("ID: {id}", id=code(params["event_id"])),
        language.say("Problem: {problem}", problem=event_problem(language, str(params["code"]))),
        language.say("/queue lists what waits."),
    )
    return Screen(text, _to_event(language, params))


def _event_rejected(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("🚫 An event was rejected: {kind}.", kind=code(params["event_type"])),
        language.say("ID: {id}", id=code(params["event_id"])),
        language.say("Problem: {problem}", problem=event_problem(language, str(params["code"]))),
    )
    return Screen(text, _to_event(language, params))


def _event_conflict(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "⚠️ Billing used one event ID for two different things: {id}.",
            id=code(params["event_id"]),
        ),
        language.say("The first one stays in force; both are kept. Please tell the engineers."),
    )
    return Screen(text, _to_event(language, params))


def _to_event(language: Language, params: Params) -> Rows:
    press = event_by_id(str(params["event_id"]))
    return ((Button(language.say("🔎 Show the event"), press),),) if press else ()


def _undelivered(language: Language, _params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("📡 Your systems did not take a webhook for a whole day."),
        language.say("Nothing is lost: send it again when they are back."),
    )
    return Screen(text, _to_webhooks(language))


def _stopped(language: Language, _params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("⛔️ The address for webhooks answered 410 Gone, so nothing is sent there."),
        language.say("Set another outbound_url, or send again when it is back."),
    )
    return Screen(text, _to_webhooks(language))


def _to_webhooks(language: Language) -> Rows:
    return ((Button(language.say("🔎 Show webhooks"), OutboundPress(action="show")),),)


def _mail_undelivered(language: Language, _params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "📮 An e-mail did not arrive: the mail server refused it, or was away too long."
        ),
        language.say("The list tells which one; it can be sent again."),
    )
    button = Button(language.say("🔎 Show e-mails"), MailPress(action="show"))
    return Screen(text, ((button,),))


VENDOR_WORDS: Mapping[str, Words] = {
    "event_parked": _event_parked,
    "event_rejected": _event_rejected,
    "event_conflict": _event_conflict,
    "outbound_undelivered": _undelivered,
    "outbound_stopped": _stopped,
    "mail_undelivered": _mail_undelivered,
}
