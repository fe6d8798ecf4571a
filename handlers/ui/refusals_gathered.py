"""The home of all words of refusals: each capability adds its line here, and nothing else."""

from collections.abc import Callable

from domain.errors import DomainError
from handlers.ui import refusals_of_lists
from handlers.ui.html import Html
from handlers.ui.inviting_words import REFUSALS_OF_INVITING
from handlers.ui.language import Language
from handlers.ui.money_refusals import MONEY_REFUSALS, money_way_out
from handlers.ui.promo_words import REFUSALS_OF_PROMOS
from handlers.ui.refusals_applications import REFUSALS_OF_APPLICATIONS, applications_way_out
from handlers.ui.refusals_claims import REFUSALS_OF_CLAIMS, claims_way_out
from handlers.ui.refusals_documents import WORDS_OF_DOCUMENTS, documents_way_out
from handlers.ui.refusals_entries import REFUSALS_OF_ENTRIES
from handlers.ui.refusals_general import GENERAL_REFUSALS, general_way_out
from handlers.ui.refusals_invoices import REFUSALS_OF_INVOICES, invoices_way_out
from handlers.ui.refusals_of_admin_chat import ADMIN_CHAT_WORDS
from handlers.ui.refusals_of_staff import STAFF_WORDS
from handlers.ui.refusals_papers import REFUSALS_OF_PAPERS, papers_way_out
from handlers.ui.refusals_payouts import REFUSALS_OF_PAYOUTS, payouts_way_out
from handlers.ui.refusals_person import WORDS_OF_PERSON, person_way_out
from handlers.ui.refusals_pins import REFUSALS_OF_PINS, pins_way_out
from handlers.ui.refusals_questions import REFUSALS_OF_QUESTIONS, questions_way_out
from handlers.ui.refusals_terms import REFUSALS_OF_TERMS, terms_way_out
from handlers.ui.screen import Rows
from handlers.ui.standing_words import REFUSALS_OF_STANDING
from handlers.ui.team_words import REFUSALS_OF_TEAM

Words = Callable[[Language, dict[str, object]], Html]
WayOut = Callable[[Language, DomainError], Rows]

WORDS: dict[str, Words] = {
    **ADMIN_CHAT_WORDS,
    **GENERAL_REFUSALS,
    **REFUSALS_OF_PAYOUTS,
    **REFUSALS_OF_ENTRIES,
    **WORDS_OF_PERSON,
    **refusals_of_lists.WORDS,
    **STAFF_WORDS,
    **REFUSALS_OF_PINS,
    **REFUSALS_OF_APPLICATIONS,
    **REFUSALS_OF_CLAIMS,
    **REFUSALS_OF_INVOICES,
    **MONEY_REFUSALS,
    **REFUSALS_OF_QUESTIONS,
    **WORDS_OF_DOCUMENTS,
    **REFUSALS_OF_TEAM,
    **REFUSALS_OF_INVITING,
    **REFUSALS_OF_PROMOS,
    **REFUSALS_OF_STANDING,
    **REFUSALS_OF_PAPERS,
    **REFUSALS_OF_TERMS,
}
"""What is said, by the code of the refusal."""
WAYS_OUT: tuple[WayOut, ...] = (
    general_way_out,
    payouts_way_out,
    money_way_out,
    claims_way_out,
    invoices_way_out,
    questions_way_out,
    documents_way_out,
    applications_way_out,
    papers_way_out,
    pins_way_out,
    terms_way_out,
    person_way_out,
)
"""What buttons are below: each knows its own refusals, and returns none for others."""
