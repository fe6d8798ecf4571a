"""The home of the questions before a claim is decided: why, and what to tell who asked."""

from datetime import datetime

from domain.entities.claim import CLAIM_REASONS, CLAIM_REFUSALS, ClaimView
from handlers.ui.callbacks_claims import ClaimCard
from handlers.ui.claim_card import NAME_LENGTH, NOBODY, claim_card
from handlers.ui.claim_marks import accept_reason, refuse_reason
from handlers.ui.html import Html, bold, code, lines, sentence, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen


def claim_reasons(
    language: Language,
    view: ClaimView,
    now: datetime,
    to: str | None,
    chosen: str | None = None,
) -> Screen:
    """Return the card asking for the reason.

    Args:
        language: Of the reader.
        view: The claim.
        now: The present instant.
        to: Code of who gets the client; ``None`` for a rejection.
        chosen: Name of who gets it where it is none of the claimants.
    """
    card = claim_card(language, view, now)
    is_accepted = to is not None
    codes = CLAIM_REASONS if is_accepted else CLAIM_REFUSALS
    words = accept_reason if is_accepted else refuse_reason
    rows = tuple(
        (
            Button(
                sentence(words(language, reason)),
                ClaimCard(
                    action="yes" if is_accepted else "no",
                    claim_id=view.claim.id,
                    to=to or "",
                    reason=reason,
                ),
            ),
        )
        for reason in codes
    )
    if to is None:
        question = language.say("Why is it rejected?")
    elif to == NOBODY:
        question = language.say("Why does the client belong to nobody?")
    else:
        question = language.say("Why does the client belong there?")
    text = lines(card.text, "", _gets(language, view, to, chosen), bold(question))
    return Screen(text, (*rows, (_back(language, view),)))


def _gets(language: Language, view: ClaimView, to: str | None, chosen: str | None) -> Html | None:
    """Return who would get the client, where staff chose it."""
    if not to:
        return None
    if to == NOBODY:
        return language.say("🚫 The client would belong to nobody.")
    known = next((row.name for row in view.claimants if row.code == to), chosen or "—")
    return language.say(
        "👤 The client would go to {name}, code {code}.",
        name=bold(short(known, NAME_LENGTH)),
        code=code(to),
    )


def _back(language: Language, view: ClaimView) -> Button:
    return Button(language.say("⬅️ Back"), ClaimCard(action="card", claim_id=view.claim.id))


def needs_words(view: ClaimView, to: str | None) -> bool:
    """Test if a partner would lose the client, which needs a reason in words (R24)."""
    if to is None:
        return False
    first = next(iter(view.claimants), None)
    gets = to or (first.code if first else "")
    return any(row.has_it and row.code != gets for row in view.claimants)


def claim_words(
    language: Language, view: ClaimView, press: ClaimCard, chosen: str | None = None
) -> Screen:
    """Return the question for words to whoever asked, which may be left out."""
    say = language.say
    is_accepted = press.action == "yes"
    without = ClaimCard(
        action="yes_now" if is_accepted else "no_now",
        claim_id=press.claim_id,
        to=press.to,
        reason=press.reason,
    )
    must = needs_words(view, press.to if is_accepted else None)
    question = (
        say(
            "A partner loses the client: reply to the next message with a reason in words. Only "
            "the person who asked reads them."
        )
        if must
        else say(
            "Reply to the next message with a note for the person who asked, or press a button."
        )
    )
    name = say("✅ Accept without a note") if is_accepted else say("❌ Reject without a note")
    rows: Rows = () if must else ((Button(name, without),),)
    text = lines(_gets(language, view, press.to if is_accepted else None, chosen), question)
    return Screen(text, (*rows, (_back(language, view),)))
