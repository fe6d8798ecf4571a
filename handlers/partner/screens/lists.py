"""The home of a partner's own pay-outs as a list."""

from domain.entities.page import Page
from domain.entities.payout import PayoutStatus
from domain.entities.views import Cursor, PayoutView
from domain.ids import encode
from domain.money import Money
from handlers.ui.callbacks import Open, OpenPage, OwnPayout, Why
from handlers.ui.callbacks_documents import OwnDocuments
from handlers.ui.document_marks import signed_status
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import payout_status, reject_reason, return_reason
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.why import in_rows


def _pages(language: Language, screen: str, following: Cursor | None, *, is_first: bool) -> Rows:
    say = language.say
    turns = []
    if not is_first:
        turns.append(Button(say("⏮ Newest"), OpenPage.after(screen, None)))
    if following is not None:
        turns.append(Button(say("Older ▶️"), OpenPage.after(screen, following)))
    return (tuple(turns), (Button(say("📋 Menu"), Open(screen="menu")),))


def payouts_screen(language: Language, page: Page[PayoutView], *, is_first: bool) -> Screen:
    """Return a page of the partner's own pay-outs."""
    say = language.say
    if not page.rows and is_first:
        text = lines(say("📤 <b>Pay-outs</b>"), say("You have not asked for a pay-out yet."))
        return Screen(text, ((Button(say("💸 Withdraw"), Open(screen="withdraw")),),))
    rows = [_payout(language, view, number) for number, view in enumerate(page.rows, start=1)]
    whys = [
        Button(f"❓ {number}", Why(what="payout", id=view.payout.id))
        for number, view in enumerate(page.rows, start=1)
    ]
    files = [
        Button(f"📄 {number}", OwnDocuments(action="files", payout_id=view.payout.id))
        for number, view in enumerate(page.rows, start=1)
        if view.has_documents
    ]
    cancels = tuple(
        (
            Button(
                say("✖️ Cancel {number}", number=_number(view)),
                OwnPayout(action="ask_cancel", payout_id=view.payout.id),
            ),
        )
        for view in page.rows
        if view.payout.status is PayoutStatus.REQUESTED
    )
    text = lines(
        say("📤 <b>Pay-outs</b>"),
        say("Press a number: why this sum?"),
        say("📄: its documents, and the signed copy.") if files else None,
        *(part for row in rows for part in ("", row)),
    )
    pages = _pages(language, "payouts", page.following, is_first=is_first)
    return Screen(text, (*cancels, *in_rows(whys), *in_rows(files), *pages))


def _number(view: PayoutView) -> str:
    return encode(view.payout.id)[-6:]


def _payout(language: Language, view: PayoutView, number: int) -> Html:
    payout, say = view.payout, language.say
    ended = payout.settled_at
    reason = None
    words = {PayoutStatus.REJECTED: reject_reason, PayoutStatus.RETURNED: return_reason}
    if payout.reason_code and payout.status in words:
        reason = say(
            "Reason: {reason}{text}",
            reason=words[payout.status](language, payout.reason_code),
            text=f" — {short(payout.reason_text, 200)}" if payout.reason_text else "",
        )
    return lines(
        say(
            "{number}. <b>{amount}</b> · {status}",
            number=number,
            amount=payout.amount,
            status=payout_status(language, payout.status),
        ),
        say(
            "{number} · asked {date}",
            number=_number(view),
            date=language.date(payout.requested_at),
        ),
        say("paid on {date}", date=language.day(payout.paid_on))
        if payout.paid_on and payout.status is PayoutStatus.DONE
        else say("ended {date}", date=language.date(ended))
        if ended
        else None,
        say("Comment: {comment}", comment=short(payout.comment, 100)) if payout.comment else None,
        say("Signed copy: {status}", status=signed_status(language, view.signed))
        if view.signed
        else None,
        reason,
    )


def cancel_question(language: Language, payout_id: int) -> Screen:
    """Return the question before a request is taken back."""
    say = language.say
    rows = (
        (
            Button(say("✖️ Yes, cancel it"), OwnPayout(action="cancel", payout_id=payout_id)),
            Button(say("⬅️ Back"), Open(screen="payouts")),
        ),
    )
    return Screen(say("Take this pay-out request back? The money returns to your balance."), rows)


def payout_cancelled(language: Language, amount: Money) -> Screen:
    """Return that a request was taken back."""
    text = language.say(
        "⚪️ The request is cancelled; {amount} is back on your balance.", amount=amount
    )
    return Screen(text, ((Button(language.say("💰 Balance"), Open(screen="balance")),),))
