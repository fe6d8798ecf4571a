"""The home of the card of a fraud hold in the admin chat."""

from domain.entities.fraud import (
    CONFIRM_REASONS,
    RELEASE_REASONS,
    FraudHoldView,
    HoldScope,
    HoldStatus,
)
from domain.money import Money
from handlers.ui.callbacks_claims import HoldCard
from handlers.ui.claim_marks import masked, number_of
from handlers.ui.fraud_marks import (
    confirm_reason,
    hold_status,
    hold_title,
    release_reason,
    signal_words,
)
from handlers.ui.html import Html, bold, code, lines, sentence, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

SIGNALS_SHOWN = 8


def hold_named(language: Language, view: FraudHoldView) -> Html:
    """Return which hold a question is about, for whoever has several open."""
    return language.say(
        "🛡 Check {number}, {partner}",
        number=number_of(view.hold.id),
        partner=short(view.partner_name, 60),
    )


def fraud_card(language: Language, view: FraudHoldView) -> Screen:
    """Return the card with the reasons and the buttons that its status allows."""
    say, hold = language.say, view.hold
    more = len(view.signals) - SIGNALS_SHOWN
    text = lines(
        say(
            "🛡 <b>Check {number}</b>: {what}",
            number=number_of(hold.id),
            what=hold_title(language, hold.scope),
        ),
        hold_status(language, hold.status),
        "",
        say(
            "Partner: {name}, code {code}", name=short(view.partner_name, 60), code=code(view.code)
        ),
        say("Client: {name}", name=masked(short(view.client_name, 60)))
        if view.client_name
        else None,
        say("Payment ID: {id}", id=code(view.payment_id)) if view.payment_id else None,
        say("Kept on hold: {amount}", amount=Money(view.minor, view.currency))
        if view.minor
        else None,
        "",
        *(Html(f"• {signal_words(language, row)}") for row in view.signals[:SIGNALS_SHOWN]),
        language.say_many("and {count} more", "and {count} more", more) if more > 0 else None,
        _opened(language, view),
        _decided(language, view),
    )
    return Screen(text, _buttons(language, view))


def _opened(language: Language, view: FraudHoldView) -> Html | None:
    if not view.hold.opened_by:
        return None
    words = short(view.hold.opened_text, 300)
    return lines(
        language.say("Put on hold by {name}", name=short(view.opened_by_name or "—", 60)),
        language.say("“{words}”", words=words) if words else None,
    )


def _decided(language: Language, view: FraudHoldView) -> Html | None:
    hold = view.hold
    if hold.status not in (HoldStatus.RELEASED, HoldStatus.CONFIRMED):
        return None
    words = release_reason if hold.status is HoldStatus.RELEASED else confirm_reason
    return lines(
        language.say(
            "Decided by {name}: {reason}",
            name=short(view.decided_by_name or "—", 60),
            reason=words(language, hold.reason_code),
        ),
        language.say("“{words}”", words=short(hold.reason_text, 300))
        if hold.reason_text
        else None,
    )


def _buttons(language: Language, view: FraudHoldView) -> Rows:
    say, hold = language.say, view.hold

    def press(action: str) -> HoldCard:
        return HoldCard(action=action, hold_id=hold.id)

    release = Button(say("✅ Release"), press("release"))
    confirm = Button(say("⛔️ Confirm fraud"), press("confirm"))
    match hold.status:
        case HoldStatus.NOTED:
            return (
                (Button(say("🟠 Put on hold"), press("hold")),),
                (Button(say("✅ Nothing wrong"), press("release")), confirm),
            )
        case HoldStatus.OPEN:
            return ((release, confirm),)
        case HoldStatus.CONFIRMED if hold.scope is HoldScope.ENROLMENT:
            return ((Button(say("✅ Release after all"), press("release")),),)
        case _:
            return ()


def hold_reasons(language: Language, view: FraudHoldView, *, is_release: bool) -> Screen:
    """Return the card asking for the reason; a confirmation says what it does."""
    card = fraud_card(language, view)
    codes = RELEASE_REASONS if is_release else CONFIRM_REASONS
    words = release_reason if is_release else confirm_reason
    rows = tuple(
        (
            Button(
                sentence(words(language, reason)),
                HoldCard(
                    action="yes_release" if is_release else "yes_confirm",
                    hold_id=view.hold.id,
                    reason=reason,
                ),
            ),
        )
        for reason in codes
    )
    question = bold(_effect(language, view, is_release=is_release))
    return Screen(lines(card.text, "", question), (*rows, (back_button(language, view.hold.id),)))


def back_button(language: Language, hold_id: int) -> Button:
    """Return the button that shows the card again."""
    return Button(language.say("⬅️ Back"), HoldCard(action="card", hold_id=hold_id))


def _effect(language: Language, view: FraudHoldView, *, is_release: bool) -> Html:
    say = language.say
    if is_release:
        if view.hold.scope is HoldScope.REGISTRATION:
            return say("The client becomes the partner’s referral from now on. Why?")
        return say("Everything goes on as before. Why?")
    match view.hold.scope:
        case HoldScope.REGISTRATION:
            return say("The registration stays without a partner. Why is it fraud?")
        case HoldScope.COMMISSION:
            return say(
                "What is left of the commission is taken back for good; what was paid out stays. "
                "Why is it fraud?"
            )
        case HoldScope.ENROLMENT:
            return say("The partner stays without pay-outs. Why is it fraud?")


def hold_words(language: Language, press: HoldCard) -> Screen:
    """Return the question for words to the partner, which may be left out."""
    say = language.say
    is_release = press.action == "yes_release"
    without = HoldCard(
        action="release_now" if is_release else "confirm_now",
        hold_id=press.hold_id,
        reason=press.reason,
    )
    name = say("✅ Release without a note") if is_release else say("⛔️ Confirm without a note")
    rows = ((Button(name, without),), (back_button(language, press.hold_id),))
    text = say("Reply to the next message with a note for the partner, or press a button.")
    return Screen(text, rows)
