"""The home of one referral: who it is, what it brought, and why it earns or not."""

from datetime import datetime

from domain.money import Money
from domain.usecases.referrals.show_card import ReferralView
from handlers.partner.callbacks import OpenList, OpenReferral, texts_of
from handlers.partner.screens.referrals import payment_lines, referral_status
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_invoices import InvoiceForm
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import earned_nothing
from handlers.ui.screen import Button, Screen
from handlers.ui.why import client_name

TEXT_LENGTH = 60
ACCOUNTS_SHOWN = 10


def referral_screen(
    language: Language, view: ReferralView, opened: OpenReferral, now: datetime
) -> Screen:
    """Return one referral with a page of its payments."""
    say, row = language.say, view.card.row
    text = lines(
        say("👤 <b>{name}</b>", name=client_name(language, row.client_name)),
        say("Client ID: {id}", id=code(row.shown_id)),
        say("E-mail: {email}", email=short(row.email, TEXT_LENGTH)) if row.email else None,
        say("Phone: {phone}", phone=short(row.phone, TEXT_LENGTH)) if row.phone else None,
        say("Registered: {at}", at=row.registered_at),
        say("First visit: {at}", at=view.card.first_click_at)
        if view.card.first_click_at
        else None,
        say("Link: {name}", name=view.card.link_label or say("Main link")) if row.code else None,
        "",
        referral_status(language, row.earns_until, row.deleted_at, now),
        _why(language, view),
        *_accounts(language, view),
        *_money(language, view),
    )
    back = OpenList(tab="r", period=opened.period, standing=opened.standing, found=opened.found)
    rows = (
        _turns(language, view, opened),
        _order(language, view),
        (Button(say("⬅️ Back"), back), Button(say("📋 Menu"), Open(screen="menu"))),
    )
    return Screen(text, rows)


def _order(language: Language, view: ReferralView) -> tuple[Button, ...]:
    """Return the way to an invoice for the client, where partners collect the price."""
    if view.payments is None or not view.program.price_list:
        return ()
    order = InvoiceForm(step="client", key=str(view.card.row.client_id))
    return (Button(language.say("🧾 Ask for an invoice"), order),)


def _why(language: Language, view: ReferralView) -> Html:
    """Return what the client's next payment would earn, or why nothing."""
    say = language.say
    if view.reason is not None:
        reason = earned_nothing(language, view.reason.value) or "—"
        return say("Its next payment earns nothing: {reason}.", reason=reason)
    if view.rate is None:
        return say("What its next payment earns depends on the service it pays for.")
    return say("Its next payment earns you {rate}.", rate=view.rate)


def _accounts(language: Language, view: ReferralView) -> list[Html | str]:
    say, card = language.say, view.card
    if not card.row.accounts:
        return []
    shown = card.accounts[:ACCOUNTS_SHOWN]
    head = language.say_many("{count} account:", "{count} accounts:", card.row.accounts)
    rows = [
        say(
            "• {name} · since {date}",
            name=short(account.name or account.account_id, TEXT_LENGTH),
            date=language.date(account.created_at),
        )
        for account in shown
    ]
    more = card.row.accounts - len(shown)
    if more > 0:
        rows.append(language.say_many("and {count} more", "and {count} more", more))
    return ["", head, *rows]


def _money(language: Language, view: ReferralView) -> list[Html | str]:
    """Return what was paid and earned; nothing for who sees no money."""
    say, card = language.say, view.card
    if view.payments is None:
        return []
    if not card.payments:
        return ["", say("It has not paid yet.")]
    earned = Money(card.earned_minor, view.program.currency)
    refunded = card.payments - card.live_payments
    head = say(
        "{payments} · you earned <b>{amount}</b>",
        payments=language.say_many("{count} payment", "{count} payments", card.payments),
        amount=earned,
    )
    gone = (
        language.say_many("{count} of them refunded", "{count} of them refunded", refunded)
        if refunded
        else None
    )
    rows: list[Html | str] = ["", head]
    if gone is not None:
        rows.append(gone)
    for payment in view.payments.rows:
        share = None
        if payment.rate is not None:
            tier = view.program.tier_name(payment.tier, language.code) if payment.tier else None
            share = (
                say("rate {rate}, tier {tier}", rate=payment.rate, tier=tier)
                if tier
                else say("rate {rate}", rate=payment.rate)
            )
        name = bold(short(payment.account_name, TEXT_LENGTH)) if payment.account_name else None
        rows.append(lines("", name, payment_lines(language, payment, is_named=False), share))
    return rows


def _turns(language: Language, view: ReferralView, opened: OpenReferral) -> tuple[Button, ...]:
    turns = []
    if opened.at:
        newest = opened.model_copy(update=texts_of(None))
        turns.append(Button(language.say("⏮ Newest"), newest))
    if view.payments is not None and view.payments.following is not None:
        older = opened.model_copy(update=texts_of(view.payments.following))
        turns.append(Button(language.say("Older ▶️"), older))
    return tuple(turns)
