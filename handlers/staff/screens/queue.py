"""The home of help for staff, the queue and parked events."""

import hashlib
from collections.abc import Sequence

from domain.entities.event import EventRecord
from domain.entities.page import Page
from domain.entities.views import PayoutView
from domain.rights import StaffRole, may
from handlers.ui.callbacks import OpenPage, ParkedCard, PayoutCard
from handlers.ui.html import code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import event_problem
from handlers.ui.screen import Button, Rows, Screen


def digest_of(event_id: str) -> str:
    """Return a short name of an event for a button; ids may be too long for one."""
    return hashlib.sha256(event_id.encode()).hexdigest()[:16]


def staff_help(language: Language, role: StaffRole | None) -> Screen:
    """Return what this member of staff can do."""
    say = language.say
    helps = (
        ("queue.read", say("/queue — what waits for you")),
        ("payout.list", say("/payouts — pay-outs to decide")),
        ("partner.read", say("/partner CODE — a partner with figures and balance")),
        ("client.read", say("/client ID — a client and its partner")),
        ("payment.enter", say("/pay CLIENT AMOUNT CURRENCY — a payment by hand")),
        ("payment.refund", say("/refund PAYMENT AMOUNT — a refund by hand")),
        ("staff.list", say("/staff — who works here, invitations")),
        ("books.audit", say("/books — audit every balance")),
    )
    return Screen(
        lines(
            say("❓ <b>Help for staff</b>"), *(text for right, text in helps if may(role, right))
        )
    )


def queue_screen(
    language: Language, payouts: Page[PayoutView], parked: Sequence[EventRecord], size: int
) -> Screen:
    """Return what waits for staff."""
    say = language.say
    if not payouts.rows and not parked:
        return Screen(say("✨ Nothing waits for you."))
    rows = [*_payout_buttons(language, payouts.rows)]
    for record in parked[:size]:
        problem = event_problem(language, record.error.code if record.error else "")
        card = ParkedCard(action="show", digest=digest_of(record.id))
        rows.append((Button(f"🔁 {short(problem, 48)}", card),))
    text = lines(
        say("📥 <b>Queue</b>"),
        language.say_many("{count} pay-out", "{count} pay-outs", len(payouts.rows))
        if payouts.rows
        else None,
        language.say_many("{count} parked event", "{count} parked events", len(parked[:size]))
        if parked
        else None,
        say("There is more; these come first.")
        if payouts.following or len(parked) > size
        else None,
    )
    return Screen(text, tuple(rows))


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


def parked_screen(language: Language, record: EventRecord) -> Screen:
    """Return a parked event with the button that runs it again."""
    say, error = language.say, record.error
    text = lines(
        say("🅿️ <b>Parked event</b> {id}", id=code(short(record.id, 128))),
        say("Type: {kind}", kind=code(record.kind)),
        say("Problem: {problem}", problem=event_problem(language, error.code)) if error else None,
        say("Received: {at}", at=record.received_at),
        say(
            "Mend the cause, then run it again. If billing sends the same fact under a new ID, "
            "that one takes its place."
        ),
    )
    run = ParkedCard(action="run", digest=digest_of(record.id))
    return Screen(text, ((Button(say("🔁 Run again"), run),),))
