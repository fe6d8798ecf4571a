"""The home of the lists of pay-outs that wait for staff."""

from collections.abc import Sequence

from domain.entities.page import Page
from domain.entities.payout import PayoutStatus
from domain.entities.queue import QueueKind
from domain.entities.views import PayoutView
from domain.rights import StaffRole, may
from handlers.staff.screens.queue import to_queue
from handlers.ui.callbacks import OpenPage, PayoutBatch, PayoutCard, QueueCard
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen

MARKS = {PayoutStatus.REQUESTED: "🟡", PayoutStatus.APPROVED: "🔵"}


def payout_buttons(language: Language, views: Sequence[PayoutView]) -> Rows:
    """Return a button for each pay-out that opens its card."""
    return tuple(
        (
            Button(
                f"{MARKS.get(view.payout.status, '💸')} {language.money(view.payout.amount)}"
                f" · {short(view.partner_name, 24)} · {language.date(view.payout.requested_at)}",
                PayoutCard(action="open", payout_id=view.payout.id),
            ),
        )
        for view in views
    )


def payout_queue_screen(
    language: Language, page: Page[PayoutView], kind: str, role: StaffRole | None
) -> Screen:
    """Return the pay-outs that wait for staff, those first that wait longest."""
    say = language.say
    if not page.rows:
        return Screen(say("✨ No pay-out waits for you."), (to_queue(language),))
    titles = {
        QueueKind.PAYOUTS_NEW.value: say("🟡 <b>Pay-outs to decide</b>"),
        QueueKind.PAYOUTS_APPROVED.value: say("🔵 <b>Approved pay-outs, to be paid</b>"),
    }
    text = lines(
        titles.get(kind) or say("💸 <b>Pay-outs in progress</b>"),
        say("The longest waiting come first. Press one to open its card."),
        say("🟡 new · 🔵 approved, to be paid") if kind not in titles else None,
    )
    rows = payout_buttons(language, page.rows)
    if page.following is not None:
        rows = (*rows, (Button(say("More ▶️"), OpenPage.after(kind, page.following)),))
    following = QueueCard(action="next", kind=kind)
    rows = (*rows, (Button(say("▶️ Next in line"), following), *to_queue(language)))
    if may(role, "payout.settle") and kind != QueueKind.PAYOUTS_NEW.value:
        many = Button(say("🏦 Bank list and Done for many"), PayoutBatch(action="choose"))
        rows = (*rows, (many,))
    return Screen(text, rows)
