"""The home of the lists of claims and fraud holds in the admin chat."""

from collections.abc import Sequence
from datetime import datetime

from domain.entities.claim import ClaimOrigin, ClaimView
from domain.entities.fraud import FraudHoldView, HoldStatus
from handlers.ui.callbacks import OpenPage
from handlers.ui.callbacks_claims import ClaimCard, HoldCard
from handlers.ui.claim_marks import masked, masked_name, number_of
from handlers.ui.fraud_marks import hold_title
from handlers.ui.html import lines, short
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen


def claim_buttons(language: Language, views: Sequence[ClaimView], now: datetime) -> Rows:
    """Return a button for each claim, with its deadline."""
    return tuple((_claim_button(language, view, now),) for view in views)


def _claim_button(language: Language, view: ClaimView, now: datetime) -> Button:
    claim = view.claim
    mark = "⏰" if now >= claim.due_at else "🙋"
    who = masked(view.client_name) if view.client_name else masked_name(claim)
    what = language.say("client asks") if claim.origin is ClaimOrigin.CLIENT else short(who, 20)
    text = f"{mark} {number_of(claim.id)} · {what} · {language.date(claim.due_at)}"
    return Button(text, ClaimCard(action="open", claim_id=claim.id))


def claims_screen(
    language: Language, views: Sequence[ClaimView], size: int, now: datetime
) -> Screen:
    """Return a page of the open claims, the most urgent first."""
    say = language.say
    if not views:
        return Screen(say("✨ No claim waits for you."))
    rows = claim_buttons(language, views[:size], now)
    if len(views) > size:
        last = views[size - 1].claim
        older = OpenPage.at_instant("claim_queue", last.due_at, last.id)
        rows = (*rows, (Button(say("More ▶️"), older),))
    return Screen(
        lines(
            say("🙋 <b>Claims to decide</b>"),
            say("The most urgent ones come first; press one to open its card."),
        ),
        rows,
    )


def hold_buttons(language: Language, views: Sequence[FraudHoldView]) -> Rows:
    """Return a button for each fraud hold."""
    return tuple(
        (
            Button(
                f"{'👀' if view.hold.status is HoldStatus.NOTED else '🛡'} "
                f"{short(view.partner_name, 18)} · {hold_title(language, view.hold.scope)}",
                HoldCard(action="open", hold_id=view.hold.id),
            ),
        )
        for view in views
    )
