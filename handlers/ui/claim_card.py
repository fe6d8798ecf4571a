"""The home of the card of a claim in the admin chat."""

from datetime import datetime

from domain.entities.claim import (
    Claimant,
    ClaimOrigin,
    ClaimStatus,
    ClaimView,
)
from domain.money import Money
from handlers.ui.callbacks_claims import ClaimCard
from handlers.ui.claim_marks import (
    accept_reason,
    claim_status,
    masked,
    masked_name,
    number_of,
    refuse_reason,
)
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import not_attributed
from handlers.ui.pin_marks import refused_pin
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 40
COMMENT_LENGTH = 600
CHOICES_MAX = 4
NOBODY = "-"


def claim_named(language: Language, view: ClaimView) -> Html:
    """Return which claim a question is about, for whoever has several open."""
    number = number_of(view.claim.id)
    name = masked(short(view.client_name or "", NAME_LENGTH)) if view.client_name else ""
    name = name or masked_name(view.claim)
    return language.say("🙋 Claim {number}: {client}", number=number, client=name)


def claim_card(language: Language, view: ClaimView, now: datetime) -> Screen:
    """Return the card with the evidence and the buttons that its status allows."""
    say, claim = language.say, view.claim
    is_open = claim.status is ClaimStatus.OPEN
    head = (
        say("🙋 <b>A client asks who invited it</b>, {number}", number=number_of(claim.id))
        if claim.origin is ClaimOrigin.CLIENT
        else say("🙋 <b>Claim {number}</b>", number=number_of(claim.id))
    )
    text = lines(
        head,
        claim_status(language, claim.status),
        _due(language, view, now) if is_open else _decided(language, view),
        "",
        _client(language, view),
        *_pin(language, view),
        say("Words: {comment}", comment=short(claim.comment, COMMENT_LENGTH))
        if claim.comment
        else None,
        "",
        *(_claimant(language, row) for row in view.claimants),
        _missed(language, view),
    )
    return Screen(text, _buttons(language, view))


def _due(language: Language, view: ClaimView, now: datetime) -> Html:
    due = view.claim.due_at
    if now >= due:
        return language.say("⏰ Overdue since {date}", date=language.date(due))
    return language.say("Answer by {date}", date=language.date(due))


def _decided(language: Language, view: ClaimView) -> Html:
    claim = view.claim
    words = accept_reason if claim.status is ClaimStatus.ACCEPTED else refuse_reason
    return lines(
        language.say(
            "Decided by {name}: {reason}",
            name=short(view.decided_by_name or "—", NAME_LENGTH),
            reason=words(language, claim.reason_code),
        ),
        language.say("“{words}”", words=short(claim.reason_text, 300))
        if claim.reason_text
        else None,
    )


def _client(language: Language, view: ClaimView) -> Html:
    say = language.say
    if view.client_shown_id is None:
        return say("Client: not known yet, named as {name}", name=masked_name(view.claim))
    return lines(
        say(
            "Client: {name}, ID {id}",
            name=masked(short(view.client_name or "", NAME_LENGTH)),
            id=code(view.client_shown_id),
        ),
        say("Registered: {at}", at=view.registered_at)
        if view.registered_at
        else say("Registered: not yet"),
        say("No partner: {reason}", reason=not_attributed(language, view.reason) or "—")
        if view.reason
        else None,
    )


def _pin(language: Language, view: ClaimView) -> list[Html]:
    """Return what is known of the refused pin that is disputed (R24)."""
    if view.pin is None:
        return []
    say, pin = language.say, view.pin
    return [
        say(
            "📌 Account {id}, named in advance on {at}", id=code(pin.account_id), at=pin.created_at
        ),
        *(
            [say("It was refused: {reason}", reason=refused_pin(language, pin.reason))]
            if pin.reason
            else []
        ),
        *(
            [say("An acceptance pins and protects the client for the claimant.")]
            if view.claim.status is ClaimStatus.OPEN
            else []
        ),
    ]


def _claimant(language: Language, row: Claimant) -> Html:
    say = language.say
    clicks = (
        language.say_many(
            "{count} visit, the first on {at}",
            "{count} visits, the first on {at}",
            row.clicks,
            at=row.first_click_at,
        )
        if row.first_click_at
        else say("no visit through its link")
    )
    marks = [
        say("claims the client") if row.claims else None,
        say("has the client now") if row.has_it else None,
        say("⚠️ may be the client itself") if row.is_self else None,
    ]
    told = " · ".join([clicks, *(mark for mark in marks if mark)])
    return Html(f"• {code(row.code)} {bold(short(row.name, NAME_LENGTH))}: {told}")


def _missed(language: Language, view: ClaimView) -> Html | None:
    if not view.unpaid_minor:
        return None
    return language.say(
        "Payments so far would have earned {amount} for the claimant. An acceptance counts from "
        "now on; make up for the past by an adjustment.",
        amount=Money(view.unpaid_minor, view.currency),
    )


def _buttons(language: Language, view: ClaimView) -> Rows:
    say, claim = language.say, view.claim

    def press(action: str, to: str = "") -> ClaimCard:
        return ClaimCard(action=action, claim_id=claim.id, to=to)

    if claim.status is not ClaimStatus.OPEN:
        return _adjustment(language, view)
    show = (Button(say("👁 Show the client"), press("show")),)
    reject = Button(say("❌ Reject"), press("reject"))
    if claim.origin is ClaimOrigin.PARTNER:
        return ((Button(say("✅ Accept"), press("accept")), reject), show)
    others = [row for row in view.claimants if not row.has_it][:CHOICES_MAX]
    gives = tuple(
        (
            Button(
                say("✅ {name}, code {code}", name=short(row.name, 24), code=row.code),
                press("accept", row.code),
            ),
        )
        for row in others
    )
    has_partner = any(row.has_it for row in view.claimants)
    nobody = (Button(say("🚫 Nobody invited it"), press("accept", NOBODY)),)
    return (
        *gives,
        (Button(say("✏️ Another partner"), press("other")),),
        *((nobody,) if has_partner else ()),
        (Button(say("❌ Leave as it is"), press("reject")),),
        show,
    )


def _adjustment(language: Language, view: ClaimView) -> Rows:
    """Return a button that copies the command by which staff make up for the past."""
    claim = view.claim
    first = next(iter(view.claimants), None)
    is_due = claim.status is ClaimStatus.ACCEPTED and claim.origin is ClaimOrigin.PARTNER
    if not is_due or first is None or view.unpaid_minor <= 0:
        return ()
    amount = Money(view.unpaid_minor, view.currency)
    command = f"/adjust {first.code} {amount} claim {number_of(claim.id)}"
    return ((Button(language.say("📋 Copy /adjust for {amount}", amount=amount), copy=command),),)
