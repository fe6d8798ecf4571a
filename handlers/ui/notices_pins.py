"""The home of the words of notices about clients named in advance, and of entitlements."""

from domain.entities.pin import PinReason, PinStatus
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_pins import PinPress
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.pin_marks import pin_reason
from handlers.ui.pin_request import answer_rows, request_text
from handlers.ui.screen import Button, Rows, Screen

Params = dict[str, object]
ACCOUNT_LENGTH = 40


def _account(params: Params) -> str:
    return short(str(params["account"]), ACCOUNT_LENGTH)


def _card(language: Language, params: Params) -> Rows:
    card = PinPress(action="card", pin_id=int(str(params["pin_id"])))
    return ((Button(language.say("📌 Open the client"), card),),)


def _asked(language: Language, params: Params, program: Program | None) -> Screen:
    text = request_text(
        language,
        partner=str(params["partner"]),
        account=str(params["account"]),
        program=program,
    )
    return Screen(text, answer_rows(language, int(str(params["pin_id"])), ""))


def _made(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "📌 A colleague named the account {id}: the client is pinned and protected.",
        id=_account(params),
    )
    return Screen(text, _card(language, params))


def _answered(language: Language, params: Params, _program: Program | None) -> Screen:
    say, status = language.say, str(params["status"])
    if status == PinStatus.ACTIVE:
        text = say(
            "✅ The client of the account {id} confirmed: it is yours now, and protected.",
            id=_account(params),
        )
        return Screen(text, _card(language, params))
    reason = str(params["reason"])
    text = lines(
        say("📌 The account {id} is not pinned.", id=_account(params)),
        _why(language, reason),
        say("You still earn: whatever the client pays from now on counts for you.")
        if status == PinStatus.COMMISSION_ONLY
        else say("If this is wrong, dispute it: the button opens the client."),
    )
    return Screen(text, _card(language, params))


def _ended(language: Language, params: Params, _program: Program | None) -> Screen:
    say, reason = language.say, str(params["reason"])
    stays = reason in (PinReason.CLIENT, PinReason.STAFF)
    text = lines(
        say("🔓 The account {id} is no longer protected.", id=_account(params)),
        _why(language, reason),
        say("The client stays yours, and its payments go on counting for you.") if stays else None,
    )
    return Screen(text, _card(language, params))


def _why(language: Language, reason: str) -> Html:
    return language.say("Reason: {reason}", reason=pin_reason(language, reason))


def _started(language: Language, _params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say(
            "🎁 You have an active client, so the vendor’s products are free in your own account."
        ),
        say("It holds as long as at least one client has active services."),
    )
    return Screen(text, ((Button(say("🪪 Profile"), Open(screen="profile")),),))


def _stopped(language: Language, _params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("🎁 Your last active client has left, so the vendor’s products are no longer free."),
        say("It starts again with the next client that has active services."),
    )
    return Screen(text, ((Button(say("🪪 Profile"), Open(screen="profile")),),))


NOTICES_OF_PINS = {
    "pin_asked": _asked,
    "pin_made": _made,
    "pin_answered": _answered,
    "pin_ended": _ended,
    "entitlement_started": _started,
    "entitlement_ended": _stopped,
}
