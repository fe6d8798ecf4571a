"""The home of the menu of the admin chat: what a role can do, by buttons and by commands."""

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData

from domain.rights import StaffRole, may
from handlers.ui.callbacks import AuditPlace, BroadcastCard, OpenPage, ReportPlace, StaffOpen
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

IN_A_ROW = 2


def _open(screen: str) -> StaffOpen:
    return StaffOpen(screen=screen)


Entry = tuple[str, CallbackData | None, Html, Html]
"""A right, the button that needs it, its words, and the words of its command."""


def _money(say: Callable[..., Html]) -> tuple[Entry, ...]:
    return (
        ("queue.read", _open("queue"), say("📥 Queue"), say("/queue — what waits for you")),
        (
            "payout.list",
            _open("payouts"),
            say("💸 Pay-outs"),
            say("/payouts — pay-outs to decide"),
        ),
        (
            "partner.read",
            _open("partner"),
            say("🤝 Find a partner"),
            say("/partner WHO — find a partner"),
        ),
        (
            "client.read",
            _open("client"),
            say("🙋 Find a client"),
            say("/client WHO — find a client"),
        ),
        (
            "payment.enter",
            _open("pay"),
            say("🧾 Enter a payment"),
            say(
                "/pay CLIENT AMOUNT CURRENCY — a payment by hand; with a rate for another currency"
            ),
        ),
        (
            "payment.refund",
            _open("refund"),
            say("↩️ Enter a refund"),
            say("/refund PAYMENT AMOUNT — a refund by hand"),
        ),
    )


def _partners(say: Callable[..., Html]) -> tuple[Entry, ...]:
    return (
        (
            "application.read",
            None,
            Html(""),
            say("/applications — who wants to become a partner"),
        ),
        (
            "partner.suspend",
            None,
            Html(""),
            say("/suspend, /reinstate, /end CODE — a partner’s participation"),
        ),
        ("promo.give", None, Html(""), say("/promo — promo codes for clients")),
    )


def _rest(say: Callable[..., Html]) -> tuple[Entry, ...]:
    return (
        (
            "report.read",
            ReportPlace(action="show"),
            say("📊 Report"),
            say("/report — how the program does, beside the period before"),
        ),
        (
            "broadcast.compose",
            BroadcastCard(action="list"),
            say("📣 Broadcasts"),
            say("/broadcast — a message to many people"),
        ),
        (
            "claim.read",
            OpenPage(screen="claim_queue"),
            say("🙋 Claims"),
            say("/claims — who says that a client is its own"),
        ),
        (
            "invoice.read",
            OpenPage(screen="invoice_queue"),
            say("🧾 Invoices"),
            say("/invoices — partners’ invoices to issue and to check"),
        ),
        *_partners(say),
        ("balance.adjust", None, Html(""), say("/adjust CODE AMOUNT REASON — correct a balance")),
        (
            "ticket.read",
            OpenPage(screen="tk_open"),
            say("💬 Questions"),
            say("/tickets — questions of partners and clients"),
        ),
        (
            "fraud.hold",
            None,
            Html(""),
            say("/hold CODE or PAYMENT — stop pay-outs while you check"),
        ),
        ("queue.read", None, Html(""), say("/event ID — what came of an event of billing")),
        ("audit.read", AuditPlace(), say("📜 Audit trail"), say("/audit — who did what")),
        (
            "staff.list",
            _open("staff"),
            say("👥 Staff"),
            say("/staff — who works here, invitations"),
        ),
        ("books.audit", _open("books"), say("📗 Books"), say("/books — audit every balance")),
    )


def staff_menu(language: Language, role: StaffRole | None) -> Screen:
    """Return what this member of staff can do."""
    say = language.say
    entries = (*_money(say), *_rest(say))
    own = [entry for entry in entries if may(role, entry[0])]
    buttons = [Button(label, press) for _, press, label, _ in own if press is not None]
    rows = tuple(
        tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)
    )
    text = lines(say("❓ <b>Help for staff</b>"), *(help_text for *_, help_text in own))
    return Screen(text, rows)
