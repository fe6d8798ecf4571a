"""The home of the words of refusals: what is wrong, what is allowed, what to do next."""

from collections.abc import Callable

from domain.entities.payout import PayoutStatus
from domain.errors import DomainError
from domain.money import Money
from handlers.ui import refusals_of_lists
from handlers.ui.callbacks import Open, PayoutForm
from handlers.ui.html import Html, short
from handlers.ui.inviting_words import REFUSALS_OF_INVITING
from handlers.ui.language import Language
from handlers.ui.marks import event_problem, staff_payout_status
from handlers.ui.money_refusals import MONEY_REFUSALS, money_ways_out
from handlers.ui.promo_words import REFUSALS_OF_PROMOS
from handlers.ui.refusals_applications import REFUSALS_OF_APPLICATIONS, applications_way_out
from handlers.ui.refusals_claims import REFUSALS_OF_CLAIMS, claims_way_out
from handlers.ui.refusals_documents import WORDS_OF_DOCUMENTS, documents_way_out
from handlers.ui.refusals_invoices import REFUSALS_OF_INVOICES, invoices_way_out
from handlers.ui.refusals_of_admin_chat import ADMIN_CHAT_WORDS, NOT_FOUND_WORDS
from handlers.ui.refusals_of_staff import STAFF_WORDS
from handlers.ui.refusals_papers import REFUSALS_OF_PAPERS, papers_way_out
from handlers.ui.refusals_person import WORDS_OF_PERSON
from handlers.ui.refusals_pins import REFUSALS_OF_PINS, pins_way_out
from handlers.ui.refusals_questions import REFUSALS_OF_QUESTIONS, questions_way_out
from handlers.ui.refusals_terms import REFUSALS_OF_TERMS, terms_way_out
from handlers.ui.screen import Button, Screen
from handlers.ui.standing_words import REFUSALS_OF_STANDING, own_partner
from handlers.ui.team_words import REFUSALS_OF_TEAM

Words = Callable[[Language, dict[str, object]], Html]


def refusal_screen(language: Language, refusal: DomainError) -> Screen:
    """Return what a person sees instead of what it asked for."""
    words = _WORDS.get(refusal.code, _general)
    return Screen(words(language, refusal.facts), _ways_out(language, refusal))


def _ways_out(language: Language, refusal: DomainError) -> tuple[tuple[Button, ...], ...]:
    if refusal.code == "not_a_partner":
        return ((Button(language.say("🤝 Become a partner"), Open(screen="join")),),)
    if refusal.code == "vendor_account_missing":
        return ((Button(language.say("✏️ Enter my account ID"), Open(screen="account")),),)
    if refusal.code == "payout_below_minimum" and not _has_enough(refusal.facts):
        return ((Button(language.say("🔗 My link"), Open(screen="link")),),)
    if refusal.code in _OF_THE_PAYOUT_FORM:
        return ((Button(language.say("✖️ Cancel"), PayoutForm(step="cancel")),),)
    found = money_ways_out(language, refusal.code)
    if found is not None:
        return found
    return (
        claims_way_out(language, refusal.code)
        or invoices_way_out(language, refusal.code)
        or questions_way_out(language, refusal.code)
        or documents_way_out(language, refusal.code)
        or applications_way_out(language, refusal.code, refusal.facts)
        or papers_way_out(language, refusal.code)
        or pins_way_out(language, refusal.code)
        or terms_way_out(language, refusal)
    )


_OF_THE_PAYOUT_FORM = frozenset(
    {"payout_below_minimum", "payout_above_balance", "bad_payout_account"}
)


def _has_enough(facts: dict[str, object]) -> bool:
    """Test if the balance reaches the minimum, so that only the asked amount was too small."""
    payable, minimum = facts["payable"], facts["minimum"]
    return (
        isinstance(payable, Money)
        and isinstance(minimum, Money)
        and payable.minor >= minimum.minor
    )


def _general(language: Language, _facts: dict[str, object]) -> Html:
    return language.say("This is not possible now. /menu shows what is.")


def _not_found(language: Language, facts: dict[str, object]) -> Html:
    for fact, words in NOT_FOUND_WORDS.items():
        if fact in facts:
            return words(language, facts)
    if "code" in facts:
        return language.say("No partner has the code <code>{code}</code>.", code=facts["code"])
    if "client" in facts:
        return language.say(
            "No client has the ID <code>{client}</code>. "
            "Use the ID from billing, or the one that begins with bot-.",
            client=facts["client"],
        )
    if "payment" in facts:
        return language.say(
            "No payment has the ID <code>{payment}</code>.", payment=facts["payment"]
        )
    if "audit" in facts:
        return language.say(
            "“{word}” is no partner’s code, no @name or Telegram ID that the bot knows, and no "
            "client’s ID.",
            word=short(str(facts["audit"]), 60),
        )
    if facts.get("event"):
        return language.say("No event has the ID <code>{event}</code>.", event=facts["event"])
    return language.say("Nothing was found under this name.")


def _not_a_partner(language: Language, _facts: dict[str, object]) -> Html:
    return language.say("You do not take part in a partner program yet. It takes two presses.")


def _by_application(language: Language, _facts: dict[str, object]) -> Html:
    return language.say("This program takes partners by application. Fill it in: /join")


def _below_minimum(language: Language, facts: dict[str, object]) -> Html:
    asked, minimum, payable = (facts[name] for name in ("asked", "minimum", "payable"))
    if isinstance(payable, Money) and isinstance(minimum, Money) and not _has_enough(facts):
        return language.say(
            "Pay-outs start at <b>{minimum}</b>. You have <b>{payable}</b>, so <b>{missing}</b> "
            "more is needed. It becomes possible as soon as the balance reaches the minimum.",
            minimum=minimum,
            payable=payable,
            missing=minimum - payable,
        )
    return language.say(
        "{asked} is less than the minimum of <b>{minimum}</b>. "
        "You can ask for any sum from {minimum} to {payable}.",
        asked=asked,
        minimum=minimum,
        payable=payable,
    )


def _above_balance(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "{asked} is more than you have. You can ask for up to <b>{payable}</b> now.",
        asked=facts["asked"],
        payable=facts["payable"],
    )


def _not_active(language: Language, facts: dict[str, object]) -> Html:
    if facts.get("by_vendor"):
        return language.say(
            "Your participation was ended by the vendor, so nothing can be asked for. What you "
            "have earned stays. Please ask the vendor: /support"
        )
    if facts.get("status") == "ended":
        return language.say(
            "You have left this program. What you have earned stays; accept the rules again, "
            "and you can ask for it: /join"
        )
    return language.say(
        "Your participation is suspended, so pay-outs are stopped. "
        "What you have earned stays. Please ask the vendor."
    )


def _account_missing(language: Language, _facts: dict[str, object]) -> Html:
    return language.say(
        "First tell us <b>your own account ID</b> with the vendor. "
        "Your earnings are kept, but pay-outs need it: it shows that you do not refer yourself."
    )


def _bad_account_id(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "This cannot be an account ID. Send 1 to {limit} letters, digits or signs on one line.",
        limit=facts["limit"],
    )


def _bad_payout_account(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "This cannot be an account to pay to. Send {least} to {most} characters, for example "
        "an IBAN or a card number with the holder’s name.",
        least=facts["least"],
        most=facts["most"],
    )


def _bad_amount(language: Language, facts: dict[str, object]) -> Html:
    decimals = int(str(facts.get("decimals", 2)))
    if facts.get("problem") == "decimals" and decimals == 0:
        return language.say(
            "{currency} has no decimals. For example: 50", currency=facts["currency"]
        )
    if facts.get("problem") == "decimals":
        return language.say_many(
            "{currency} has at most {count} decimal. For example: 50",
            "{currency} has at most {count} decimals. For example: 50",
            decimals,
            currency=facts["currency"],
        )
    return language.say(
        "“{text}” is not an amount. Send digits, above zero, for example: 50 or 50.25",
        text=short(str(facts.get("text", "")), 40),
    )


def _bad_client_count(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "“{text}” is not a number of clients. Give a whole number from 1 to {most}.",
        text=short(str(facts["text"]), 40),
        most=language.number(int(str(facts["most"]))),
    )


def _unknown_currency(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "There is no currency “{currency}”. Use three letters, for example USD or EUR.",
        currency=short(str(facts.get("currency", "")), 10),
    )


def _already_decided(language: Language, facts: dict[str, object]) -> Html:
    status = staff_payout_status(language, PayoutStatus(str(facts["status"])))
    if facts.get("by_name"):
        return language.say(
            "Already decided by {name}: {status}.",
            name=short(str(facts["by_name"]), 60),
            status=status,
        )
    return language.say("This pay-out cannot be changed any more: {status}.", status=status)


def _second_person(language: Language, facts: dict[str, object]) -> Html:
    if facts.get("is_approved"):
        return language.say(
            "Above {limit} two people are needed: you approved it, another person presses Done.",
            limit=facts["limit"],
        )
    return language.say(
        "Above {limit} two people are needed: one approves, another presses Done.",
        limit=facts["limit"],
    )


def _entry_refused(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "It was not recorded: {problem}. Nothing has changed.",
        problem=event_problem(language, str(facts["problem"])),
    )


def _event_still_fails(language: Language, facts: dict[str, object]) -> Html:
    return language.say(
        "A mistake in this program still keeps the event from applying. Nothing is lost: give the "
        "engineers reference <code>{reference}</code>, and run it again after an update.",
        reference=facts["reference"],
    )


def _undo_too_late(language: Language, facts: dict[str, object]) -> Html:
    return language.say_many(
        "Undo was possible for {count} minute only.",
        "Undo was possible for {count} minutes only.",
        int(str(facts["minutes"])),
    )


def _invitation_void(language: Language, _facts: dict[str, object]) -> Html:
    return language.say(
        "This invitation is used or expired. Ask the person who sent it for a new one."
    )


_WORDS: dict[str, Words] = {
    **ADMIN_CHAT_WORDS,
    "not_found": _not_found,
    "not_a_partner": _not_a_partner,
    "joins_by_application": _by_application,
    "payout_below_minimum": _below_minimum,
    "payout_above_balance": _above_balance,
    "partner_not_active": _not_active,
    "vendor_account_missing": _account_missing,
    "bad_account_id": _bad_account_id,
    "bad_payout_account": _bad_payout_account,
    "bad_amount": _bad_amount,
    "bad_client_count": _bad_client_count,
    "unknown_currency": _unknown_currency,
    "payout_already_decided": _already_decided,
    "second_person_needed": _second_person,
    "own_payout": own_partner,
    "entry_refused": _entry_refused,
    "event_still_fails": _event_still_fails,
    "undo_too_late": _undo_too_late,
    "invitation_void": _invitation_void,
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

WORDED_CODES = frozenset(_WORDS)
"""Codes of refusals that have words of their own; a test compares them with the domain."""
