"""The home of the words of notices about claims and fraud holds."""

from datetime import datetime

from domain.money import Money
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_claims import ClaimCard
from handlers.ui.claim_marks import accept_reason, number_of, refuse_reason
from handlers.ui.fraud_marks import confirm_reason
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.notice_params import client_of
from handlers.ui.screen import Button, Screen

Params = dict[str, object]


def _number(params: Params, name: str) -> str:
    return number_of(int(str(params[name])))


def _quoted(language: Language, params: Params) -> Html | None:
    words = short(str(params.get("reason_text") or ""), 500)
    return language.say("“{words}”", words=words) if words else None


def _claims(language: Language) -> tuple[tuple[Button, ...], ...]:
    return ((Button(language.say("📨 My claims"), Open(screen="claims")),),)


def _balance(language: Language) -> tuple[tuple[Button, ...], ...]:
    return ((Button(language.say("💰 Balance"), Open(screen="balance")),),)


def _claim_accepted(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say(
            "✅ Claim {number} is accepted: <b>{name}</b> is your client from now on.",
            number=_number(params, "claim_id"),
            name=client_of(params),
        ),
        language.say(
            "Reason: {reason}", reason=accept_reason(language, str(params["reason_code"]))
        ),
        _quoted(language, params),
    )
    return Screen(text, ((Button(language.say("👥 Referrals"), Open(screen="referrals")),),))


def _claim_rejected(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("❌ Claim {number} is rejected.", number=_number(params, "claim_id")),
        language.say(
            "Reason: {reason}", reason=refuse_reason(language, str(params["reason_code"]))
        ),
        _quoted(language, params),
    )
    return Screen(text, _claims(language))


def _client_lost(language: Language, params: Params, _program: Program | None) -> Screen:
    reason = str(params.get("reason_code") or "")
    name = client_of(params)
    # Without a reason it is the client that asked: it was promised that nobody is told.
    text = lines(
        language.say(
            "➖ The vendor moved your client <b>{name}</b> away after a dispute.", name=name
        )
        if reason
        else language.say(
            "➖ The vendor has checked its records: <b>{name}</b> is not your client any more.",
            name=name,
        ),
        language.say("Reason: {reason}", reason=accept_reason(language, reason))
        if reason
        else None,
        language.say("What you earned by it before stays yours."),
        language.say("If you disagree, open a claim: /claim"),
    )
    return Screen(text, _balance(language))


def _client_given(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "👤 The client <b>{name}</b> says that you invited it: it is yours from now on.",
        name=client_of(params),
    )
    return Screen(text, ((Button(language.say("👥 Referrals"), Open(screen="referrals")),),))


def _objection_accepted(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("✅ The vendor has corrected who invited you. /my shows it."),
        _quoted(language, params),
    )
    return Screen(text)


def _objection_rejected(language: Language, params: Params, _program: Program | None) -> Screen:
    text = lines(
        language.say("The vendor looked at your question and left who invited you as it is."),
        language.say(
            "Reason: {reason}", reason=refuse_reason(language, str(params["reason_code"]))
        ),
        _quoted(language, params),
    )
    return Screen(text)


def _claim_due(language: Language, params: Params, _program: Program | None) -> Screen:
    due = datetime.fromisoformat(str(params["due_at"]))
    text = language.say(
        "⏰ Claim {number} waits for an answer; the last day is {date}.",
        number=_number(params, "claim_id"),
        date=language.date(due),
    )
    card = ClaimCard(action="open", claim_id=int(str(params["claim_id"])))
    return Screen(text, ((Button(language.say("📂 Open the claim"), card),),))


def _amount(params: Params) -> Money | None:
    if "minor" not in params:
        return None
    return Money(int(str(params["minor"])), str(params["currency"]))


def _hold_opened(language: Language, params: Params, _program: Program | None) -> Screen:
    say, amount = language.say, _amount(params)
    text = lines(
        say(
            "🟠 The vendor checks one of your commissions: <b>{amount}</b> waits meanwhile.",
            amount=amount,
        )
        if amount
        else say("🟠 The vendor checks your account, so pay-outs wait meanwhile."),
        say("What you earned stays yours, and you go on earning."),
        say(
            "You need to do nothing: the vendor’s staff look at it and you are told what they "
            "decide. Check {number}.",
            number=_number(params, "hold_id"),
        ),
    )
    return Screen(text, _balance(language))


def _hold_released(language: Language, params: Params, _program: Program | None) -> Screen:
    say, amount = language.say, _amount(params)
    text = lines(
        say("🟢 The check is over: <b>{amount}</b> is free again.", amount=amount)
        if amount
        else say("🟢 The check is over: you can withdraw again. Thank you for waiting."),
        _quoted(language, params),
    )
    return Screen(text, _balance(language))


def _hold_confirmed(language: Language, params: Params, _program: Program | None) -> Screen:
    say, amount = language.say, _amount(params)
    text = lines(
        say("🔴 After the check a commission of <b>{amount}</b> was taken back.", amount=amount)
        if amount
        else say("🔴 After the check pay-outs stay closed for you."),
        say("Reason: {reason}", reason=confirm_reason(language, str(params["reason_code"]))),
        _quoted(language, params),
        say(
            "If this is wrong, please ask the vendor and name check {number}.",
            number=_number(params, "hold_id"),
        ),
    )
    return Screen(text, _balance(language))


NOTICES_OF_CLAIMS = {
    "claim_accepted": _claim_accepted,
    "claim_rejected": _claim_rejected,
    "claim_due": _claim_due,
    "client_lost": _client_lost,
    "client_given": _client_given,
    "objection_accepted": _objection_accepted,
    "objection_rejected": _objection_rejected,
    "fraud_hold_opened": _hold_opened,
    "fraud_hold_released": _hold_released,
    "fraud_hold_confirmed": _hold_confirmed,
}
