"""The home of the words of notices, rendered in the reader's language when they are sent."""

from collections.abc import Callable
from datetime import datetime

from domain.money import Money, Rate
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.html import Html, code, lines
from handlers.ui.language import Language
from handlers.ui.money_notices import MONEY_WORDS, why_button
from handlers.ui.notice_params import client_of, money_of
from handlers.ui.notices_applications import NOTICES_OF_APPLICATIONS
from handlers.ui.notices_claims import NOTICES_OF_CLAIMS
from handlers.ui.notices_invoices import NOTICES_OF_INVOICES
from handlers.ui.notices_of_comfort import WORDS_OF_COMFORT
from handlers.ui.notices_of_staff import STAFF_WORDS
from handlers.ui.notices_pins import NOTICES_OF_PINS
from handlers.ui.notices_questions import NOTICES_OF_QUESTIONS
from handlers.ui.notices_terms import NOTICES_OF_TERMS
from handlers.ui.payout_notices import PAYOUT_WORDS
from handlers.ui.promo_words import NOTICES_OF_PROMOS
from handlers.ui.screen import Button, Screen
from handlers.ui.standing_words import NOTICES_OF_STANDING
from handlers.ui.team_words import NOTICES_OF_TEAM
from handlers.ui.vendor_notices import VENDOR_WORDS

Params = dict[str, object]
Words = Callable[[Language, Params, Program | None], Screen]


def notice_screen(
    language: Language, kind: str, params: Params, program: Program | None
) -> Screen | None:
    """Return the message of a notice, ``None`` for a kind that is no message of its own."""
    words = _WORDS.get(kind)
    return words(language, params, program) if words else None


def _row(language: Language, *screens: str) -> tuple[Button, ...]:
    names = {
        "balance": language.say("💰 Balance"),
        "referrals": language.say("👥 Referrals"),
        "payments": language.say("🧾 Payments"),
        "tier": language.say("🏆 My tier"),
        "withdraw": language.say("💸 Withdraw"),
        "payouts": language.say("📤 Pay-outs"),
    }
    return tuple(Button(names[screen], Open(screen=screen)) for screen in screens)


def _registration(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "👤 New referral: <b>{name}</b> registered through your link.", name=client_of(params)
    )
    return Screen(text, (_row(language, "referrals"),))


def _commission(language: Language, params: Params, program: Program | None) -> Screen:
    say = language.say
    paid = Money(int(str(params["payment_minor"])), str(params["payment_currency"]))
    tier = program.tier_name(str(params["tier"]), language.code) if program else params["tier"]
    held_until = params.get("held_until")
    text = lines(
        say("💰 You earned <b>{amount}</b>.", amount=money_of(params)),
        say("{name} paid {paid}; this earns a fixed amount.", name=client_of(params), paid=paid)
        if params.get("is_fixed")
        else say(
            "{name} paid {paid}; your rate is {rate} ({tier}).",
            name=client_of(params),
            paid=paid,
            rate=Rate(int(str(params["rate_bps"]))),
            tier=tier,
        )
        if params["tier"]
        else say(
            "{name} paid {paid}; your rate is {rate}.",
            name=client_of(params),
            paid=paid,
            rate=Rate(int(str(params["rate_bps"]))),
        ),
        say(
            "The share is of the payment without its tax of {rate}.",
            rate=Rate(int(str(params["tax_bps"]))),
        )
        if params.get("tax_bps")
        else None,
        say("A limit of the rules lowered it.") if params.get("is_capped") else None,
        say(
            "It can be withdrawn from {date}.",
            date=language.date(datetime.fromisoformat(str(held_until))),
        )
        if held_until
        else None,
        say("You keep it from what the client paid you.")
        if params["state"] == "retained"
        else None,
    )
    return Screen(text, (why_button(language, params), _row(language, "balance", "payments")))


def _clawback(language: Language, params: Params, _program: Program | None) -> Screen:
    payable = Money(int(str(params["payable_minor"])), str(params["currency"]))
    text = lines(
        language.say(
            "↩️ A payment of {name} was refunded or taken back: <b>{amount}</b> less for you.",
            name=client_of(params),
            amount=money_of(params),
        ),
        language.say(
            "Your balance is {payable} now; what you earn next fills it first.", payable=payable
        )
        if payable.minor < 0
        else None,
    )
    return Screen(text, (why_button(language, params), _row(language, "balance")))


def _clawback_undone(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "↪️ {name}’s payment stands again, so <b>{amount}</b> was given back to you.",
        name=client_of(params),
        amount=money_of(params),
    )
    return Screen(text, (why_button(language, params), _row(language, "balance")))


def _tier_reached(language: Language, params: Params, program: Program | None) -> Screen:
    tier = program.tier_name(str(params["tier"]), language.code) if program else params["tier"]
    text = lines(
        language.say("🏆 You reached the tier <b>{tier}</b>. Congratulations!", tier=tier),
        _missing(language, params, program),
    )
    return Screen(text, (_row(language, "tier"),))


def _tier_lost(language: Language, params: Params, program: Program | None) -> Screen:
    key = params["tier"]
    tier = program.tier_name(str(key), language.code) if program and key else key
    text = lines(
        _why_lower(language, params),
        language.say("📉 Your tier is <b>{tier}</b> now.", tier=tier)
        if tier
        else language.say("📉 You are below the first tier now."),
        _missing(language, params, program),
    )
    return Screen(text, (_row(language, "tier"),))


def _below_tiers(language: Language, params: Params, program: Program | None) -> Screen:
    paid = Money(int(str(params["payment_minor"])), str(params["payment_currency"]))
    text = lines(
        language.say(
            "⚪️ {name} paid {paid}; this earns you nothing yet.", name=client_of(params), paid=paid
        ),
        _missing(language, params, program),
    )
    return Screen(text, (_row(language, "tier"),))


def _why_lower(language: Language, params: Params) -> Html:
    if params.get("is_move"):
        return language.say("A client was moved to another partner.")
    if params.get("basis") == "active_clients":
        return language.say("Fewer of your clients have active services.")
    return language.say("A client’s payment was refunded in full.")


def _missing(language: Language, params: Params, program: Program | None) -> Html | None:
    following = params["following"]
    if not following or program is None:
        return None
    count = int(str(params["missing_clients"]))
    tier = program.tier_name(str(following), language.code)
    if params.get("basis") == "active_clients":
        return language.say_many(
            "{count} more client with active services to the tier {tier}.",
            "{count} more clients with active services to the tier {tier}.",
            count,
            tier=tier,
        )
    return language.say_many(
        "{count} more paying client to the tier {tier}.",
        "{count} more paying clients to the tier {tier}.",
        count,
        tier=tier,
    )


def _update_parked(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "🛠 A message from a person could not be handled after several tries. "
        "Reference {reference}; the log has the details.",
        reference=code(params["reference"]),
    )
    return Screen(text)


_WORDS: dict[str, Words] = {
    "registration": _registration,
    "commission": _commission,
    "clawback": _clawback,
    "clawback_undone": _clawback_undone,
    "tier_reached": _tier_reached,
    "tier_lost": _tier_lost,
    "below_tiers": _below_tiers,
    **PAYOUT_WORDS,
    "update_parked": _update_parked,
    **VENDOR_WORDS,
    **WORDS_OF_COMFORT,
    **STAFF_WORDS,
    **NOTICES_OF_APPLICATIONS,
    **NOTICES_OF_CLAIMS,
    **NOTICES_OF_INVOICES,
    **MONEY_WORDS,
    **NOTICES_OF_QUESTIONS,
    **NOTICES_OF_PINS,
    **NOTICES_OF_TEAM,
    **NOTICES_OF_PROMOS,
    **NOTICES_OF_STANDING,
    **NOTICES_OF_TERMS,
}

WORDED_KINDS = frozenset(_WORDS)
"""Kinds of notices that have words; a test compares other words with them."""
