"""The home of the words of notices about the staff's own work: broadcasts and roles."""

from domain.entities.broadcast import BroadcastFigures
from domain.programs.model import Program
from handlers.ui.broadcast_card import figure_lines
from handlers.ui.html import lines
from handlers.ui.language import Language
from handlers.ui.marks import role_name
from handlers.ui.screen import Screen

Params = dict[str, object]


def _broadcast_ended(language: Language, params: Params, _program: Program | None) -> Screen:
    names = ("sent", "blocked", "failed", "stopped", "muted")
    figures = BroadcastFigures(**{name: int(str(params[name])) for name in names})
    text = lines(
        language.say("✋ <b>The message to many people was stopped.</b>")
        if params["is_stopped"]
        else language.say("📣 <b>The message to many people is out.</b>"),
        *figure_lines(language, figures),
    )
    return Screen(text)


def _role_changed(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "👥 Your role in the staff is <b>{role}</b> now.",
            role=role_name(language, str(params["role"])),
        ),
        language.say("It works in the admin chat; /help there shows what you can do."),
    )
    return Screen(text)


def _removed(language: Language, _params: Params, _program: Program | None) -> Screen:
    return Screen(
        language.say("👥 You do not belong to the staff any more. Your other data is untouched.")
    )


STAFF_WORDS = {
    "broadcast_ended": _broadcast_ended,
    "staff_role_changed": _role_changed,
    "staff_removed": _removed,
}
