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

Card = tuple[str, Screen] | None
"""The key under which the message is remembered and its content; ``None`` for what is gone."""
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

    async def __call__(self, notice: Notice, language: Language) -> Card:
        """Return the card of the object that the notice is about."""
        makers = {
            "payout_id": self._payout,
            "claim_id": self._claim,
            "hold_id": self._hold,
            "question_id": self._question,
            "application_id": self._application,
            "invoice_id": self._invoice,
        }
        name = next(name for name in makers if name in notice.params)
        return await makers[name](int(str(notice.params[name])), language)

    async def _payout(self, payout_id: int, language: Language) -> Card:
        payout = await self.show_payout_card(payout_id)
        return (f"payout:{payout_id}", payout_card(language, payout)) if payout else None

    async def _claim(self, claim_id: int, language: Language) -> Card:
        claim = await self.show_claim_card(claim_id)
        if claim is None:
            return None
        return f"claim:{claim_id}", claim_card(language, claim, self.clock())

    async def _hold(self, hold_id: int, language: Language) -> Card:
        hold = await self.show_fraud_card(hold_id)
        return (f"fraud_hold:{hold_id}", fraud_card(language, hold)) if hold else None

    async def _question(self, question_id: int, language: Language) -> Card:
        question = await self.show_question_card(question_id)
        return (f"question:{question_id}", question_card(language, question)) if question else None

    async def _application(self, application_id: int, language: Language) -> Card:
        found = await self.show_application_card(application_id)
        if found is None:
            return None
        return f"application:{application_id}", application_card(language, found)

    async def _invoice(self, invoice_id: int, language: Language) -> Card:
        view = await self.show_invoice_card(invoice_id)
        if view is None:
            return None
        program = self.programs.get(view.invoice.program or "")
        return f"invoice:{invoice_id}", invoice_card(language, view, program)
