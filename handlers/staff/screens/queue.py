"""The home of help for staff, the queue and parked events."""

from collections.abc import Sequence

from domain.entities.event import EventCounts, EventRecord
from domain.entities.page import Page
from domain.entities.views import PayoutView
from domain.rights import StaffRole, may
from handlers.ui.callbacks import OpenPage, PayoutCard
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.marks import event_problem
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.vendor_callbacks import event_press

PARKED_SHOWN = 3


def staff_help(language: Language, role: StaffRole | None) -> Screen:
    """Return what this member of staff can do."""
    say = language.say
    helps = (
        ("queue.read", say("/queue — what waits for you")),
        ("payout.list", say("/payouts — pay-outs to decide")),
        ("partner.read", say("/partner CODE — a partner with figures and balance")),
        ("client.read", say("/client ID — a client and its partner")),
        ("queue.read", say("/event ID — what came of an event of billing")),
        ("claim.read", say("/claims — who says that a client is its own")),
        ("fraud.hold", say("/hold CODE or PAYMENT — stop pay-outs while you check")),
        ("payment.enter", say("/pay CLIENT AMOUNT CURRENCY — a payment by hand")),
        ("payment.refund", say("/refund PAYMENT AMOUNT — a refund by hand")),
        ("balance.adjust", say("/adjust CODE AMOUNT REASON — correct a balance")),
        ("report.read", say("/report — how the program does, beside the period before")),
        ("broadcast.compose", say("/broadcast — a message to many people")),
        ("staff.list", say("/staff — who works here, invitations")),
        ("audit.read", say("/audit — who did what")),
        ("books.audit", say("/books — audit every balance")),
    )
    return Screen(
        lines(
            say("❓ <b>Help for staff</b>"), *(text for right, text in helps if may(role, right))
        )
    )


def queue_screen(
    language: Language,
    payouts: Page[PayoutView],
    parked: Sequence[EventRecord],
    counts: EventCounts,
    more: Rows = (),
) -> Screen:
    """Return what waits for staff; ``more`` leads to lists of their own."""
    say = language.say
    if not payouts.rows and not counts.for_staff and not more:
        return Screen(say("✨ Nothing waits for you."))
    rows = [*_payout_buttons(language, payouts.rows)]
    for record in parked[:PARKED_SHOWN]:
        problem = event_problem(language, record.error.code if record.error else "")
        rows.append((Button(f"🔁 {short(problem, 48)}", event_press("show", record)),))
    text = lines(
        say("📥 <b>Queue</b>"),
        language.say_many("{count} pay-out", "{count} pay-outs", len(payouts.rows))
        if payouts.rows
        else None,
        language.say_many("{count} parked event", "{count} parked events", counts.for_staff)
        if counts.for_staff
        else None,
        say("There is more; these come first.") if payouts.following else None,
    )
    return Screen(text, (*rows, *more))


def _payout_buttons(language: Language, views: Sequence[PayoutView]) -> Rows:
    return tuple(
        (
            Button(
                f"💸 {language.money(view.payout.amount)} · {short(view.partner_name, 24)}",
                PayoutCard(action="open", payout_id=view.payout.id),
            ),
        )
        for view in views
    )


def payout_queue_screen(language: Language, page: Page[PayoutView]) -> Screen:
    """Return the pay-outs that wait for staff."""
    say = language.say
    if not page.rows:
        return Screen(say("✨ No pay-out waits for you."))
    rows = _payout_buttons(language, page.rows)
    if page.following is not None:
        older = Button(say("Older ▶️"), OpenPage.after("payout_queue", page.following))
        rows = (*rows, (older,))
    return Screen(say("💸 <b>Pay-outs to decide</b>\nPress one to open its card."), rows)
