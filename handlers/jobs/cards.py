"""The home of cards: messages in the admin chat that stand for an object and follow it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain.entities.notice import Notice
from domain.programs.model import Programs
from domain.usecases.applications.show import ShowApplicationCard
from domain.usecases.claims.list_page import ShowClaimCard
from domain.usecases.fraud.list_page import ShowFraudCard
from domain.usecases.invoices.desk import ShowInvoiceCard
from domain.usecases.payouts.show_card import ShowPayoutCard
from domain.usecases.questions.show import ShowQuestionCard
from handlers.ui.application_card import application_card
from handlers.ui.claim_card import claim_card
from handlers.ui.fraud_card import fraud_card
from handlers.ui.invoice_card import invoice_card
from handlers.ui.language import Language
from handlers.ui.payout_card import payout_card
from handlers.ui.question_card import question_card
from handlers.ui.screen import Screen

FIRST_KINDS = frozenset(
    {
        "payout_requested",
        "claim_opened",
        "fraud_hold",
        "question_opened",
        "application_submitted",
        "invoice_requested",
    }
)
"""Notices that send a card; the others only mend one that stands."""
CARD_KINDS = FIRST_KINDS | {
    "payout_changed",
    "claim_changed",
    "fraud_hold_changed",
    "question_changed",
    "application_changed",
    "invoice_changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Makes the card of an object as it stands when the notice is sent."""

    show_payout_card: ShowPayoutCard
    show_claim_card: ShowClaimCard
    show_fraud_card: ShowFraudCard
    show_question_card: ShowQuestionCard
    show_application_card: ShowApplicationCard
    show_invoice_card: ShowInvoiceCard
    programs: Programs
    clock: Callable[[], datetime]

    async def __call__(self, notice: Notice, language: Language) -> tuple[str, Screen] | None:
        """Return the key of the card and the screen, ``None`` when the object is gone."""
        name, number = next(
            (name, int(str(notice.params[name])))
            for name in (
                "payout_id",
                "claim_id",
                "hold_id",
                "question_id",
                "application_id",
                "invoice_id",
            )
            if name in notice.params
        )
        if name == "payout_id":
            payout = await self.show_payout_card(number)
            return (f"payout:{number}", payout_card(language, payout)) if payout else None
        if name == "claim_id":
            claim = await self.show_claim_card(number)
            if claim is None:
                return None
            return f"claim:{number}", claim_card(language, claim, self.clock())
        if name == "question_id":
            question = await self.show_question_card(number)
            return (f"question:{number}", question_card(language, question)) if question else None
        if name == "application_id":
            application = await self.show_application_card(number)
            if application is None:
                return None
            return f"application:{number}", application_card(language, application)
        if name == "invoice_id":
            return await self._invoice(number, language)
        hold = await self.show_fraud_card(number)
        return (f"fraud_hold:{number}", fraud_card(language, hold)) if hold else None

    async def _invoice(self, invoice_id: int, language: Language) -> tuple[str, Screen] | None:
        view = await self.show_invoice_card(invoice_id)
        if view is None:
            return None
        program = self.programs.get(view.invoice.program or "")
        return f"invoice:{invoice_id}", invoice_card(language, view, program)
