"""The home of a partner's lists: referrals, payments, pay-outs."""

from datetime import datetime

from domain.entities.client import ERASED_NAME
from domain.entities.page import Page
from domain.entities.payout import PayoutStatus
from domain.entities.views import Cursor, PaymentRow, PayoutView, ReferralRow
from domain.ids import encode
from domain.money import Money
from handlers.ui.callbacks import Open, OpenPage, OwnPayout
from handlers.ui.html import Html, bold, lines, safe, short
from handlers.ui.language import Language
from handlers.ui.marks import earned_nothing, payout_status, reject_reason
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 40


def _pages(language: Language, screen: str, following: Cursor | None, *, is_first: bool) -> Rows:
    say = language.say
    turns = []
    if not is_first:
        turns.append(Button(say("⏮ Newest"), OpenPage.after(screen, None)))
    if following is not None:
        turns.append(Button(say("Older ▶️"), OpenPage.after(screen, following)))
    return (tuple(turns), (Button(say("📋 Menu"), Open(screen="menu")),))


def referrals_screen(
    language: Language, page: Page[ReferralRow], *, is_first: bool, now: datetime
) -> Screen:
    """Return a page of registrations."""
    say = language.say
    if not page.rows and is_first:
        text = lines(
            say("👥 <b>Referrals</b>"),
            say("Nobody has registered through your link yet. Share it: that is all it takes."),
        )
        return Screen(text, ((Button(say("🔗 My link"), Open(screen="link")),),))
    rows = [_referral(language, row, now) for row in page.rows]
    text = lines(say("👥 <b>Referrals</b>"), *(part for row in rows for part in ("", row)))
    return Screen(text, _pages(language, "referrals", page.following, is_first=is_first))


def _name(language: Language, name: str) -> object:
    """Return a client's name; one that withdrew its data is said so."""
    return language.say("Erased client") if name == ERASED_NAME else short(name, NAME_LENGTH)


def _referral(language: Language, row: ReferralRow, now: datetime) -> Html:
    say = language.say
    if row.deleted_at is not None:
        status = say("⚪️ deleted")
    elif row.earns_until is None:
        status = say("🟢 active")
    elif now < row.earns_until:
        status = say("🟢 active until {date}", date=language.date(row.earns_until))
    else:
        status = say("⚪️ inactive since {date}", date=language.date(row.earns_until))
    contacts = " · ".join(short(text, NAME_LENGTH) for text in (row.email, row.phone) if text)
    accounts = language.say_many("{count} account", "{count} accounts", row.accounts)
    return lines(
        bold(_name(language, row.client_name)),
        contacts or None,
        say(
            "{date} · {accounts} · {status}",
            date=language.date(row.registered_at),
            accounts=accounts,
            status=status,
        ),
    )


def payments_screen(language: Language, page: Page[PaymentRow], *, is_first: bool) -> Screen:
    """Return a page of payments with what each earned."""
    say = language.say
    if not page.rows and is_first:
        text = lines(
            say("🧾 <b>Payments</b>"),
            say("Your referrals have not paid yet. You will be told of every payment."),
        )
        return Screen(text, ((Button(say("👥 Referrals"), Open(screen="referrals")),),))
    rows = [_payment(language, row) for row in page.rows]
    text = lines(say("🧾 <b>Payments</b>"), *(part for row in rows for part in ("", row)))
    return Screen(text, _pages(language, "payments", page.following, is_first=is_first))


def _payment(language: Language, row: PaymentRow) -> Html:
    say = language.say
    earned = (
        say(
            "you earned <b>{amount}</b>",
            amount=Money(row.commission_minor, row.commission_currency),
        )
        if row.commission_currency
        else say("nothing earned: {reason}", reason=earned_nothing(language, row.reason) or "—")
    )
    account = f" · {short(row.account_name, NAME_LENGTH)}" if row.account_name else ""
    refunded = Money(row.refunded, row.currency)
    return lines(
        Html(f"{bold(_name(language, row.client_name))}{safe(account)}"),
        say(
            "{date} · paid {amount} · {earned}",
            date=language.date(row.paid_at),
            amount=Money(row.minor, row.currency),
            earned=earned,
        ),
        say("refunded {amount}", amount=refunded) if row.refunded else None,
    )


def payouts_screen(language: Language, page: Page[PayoutView], *, is_first: bool) -> Screen:
    """Return a page of the partner's own pay-outs."""
    say = language.say
    if not page.rows and is_first:
        text = lines(say("📤 <b>Pay-outs</b>"), say("You have not asked for a pay-out yet."))
        return Screen(text, ((Button(say("💸 Withdraw"), Open(screen="withdraw")),),))
    rows = [_payout(language, view) for view in page.rows]
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
    text = lines(say("📤 <b>Pay-outs</b>"), *(part for row in rows for part in ("", row)))
    return Screen(
        text, (*cancels, *_pages(language, "payouts", page.following, is_first=is_first))
    )


def _number(view: PayoutView) -> str:
    return encode(view.payout.id)[-6:]


def _payout(language: Language, view: PayoutView) -> Html:
    payout, say = view.payout, language.say
    ended = payout.settled_at
    reason = None
    if payout.status is PayoutStatus.REJECTED:
        reason = say(
            "Reason: {reason}{text}",
            reason=reject_reason(language, payout.reason_code),
            text=f" — {short(payout.reason_text, 200)}" if payout.reason_text else "",
        )
    return lines(
        say(
            "<b>{amount}</b> · {status}",
            amount=payout.amount,
            status=payout_status(language, payout.status),
        ),
        say(
            "{number} · asked {date}",
            number=_number(view),
            date=language.date(payout.requested_at),
        ),
        say("ended {date}", date=language.date(ended)) if ended else None,
        say("Comment: {comment}", comment=short(payout.comment, 100)) if payout.comment else None,
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
