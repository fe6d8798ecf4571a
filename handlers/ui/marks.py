"""The home of statuses: a coloured mark and a word for each."""

from domain.entities.payout import PayoutStatus
from handlers.ui.html import Html
from handlers.ui.language import Language


def payout_status(language: Language, status: PayoutStatus) -> Html:
    """Return mark and word of a pay-out's status as its partner sees it."""
    say = language.say
    match status:
        case PayoutStatus.REQUESTED | PayoutStatus.APPROVED:
            return say("🟡 processing")
        case PayoutStatus.DONE:
            return say("🟢 done")
        case PayoutStatus.REJECTED:
            return say("🔴 rejected")
        case PayoutStatus.CANCELLED:
            return say("⚪️ cancelled")
        case PayoutStatus.RETURNED:
            return say("🟠 returned by the bank")


def staff_payout_status(language: Language, status: PayoutStatus) -> Html:
    """Return mark and word of a pay-out's status as staff see it."""
    if status is PayoutStatus.REQUESTED:
        return language.say("🟡 new")
    if status is PayoutStatus.APPROVED:
        return language.say("🔵 approved, to be paid")
    return payout_status(language, status)


def reject_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason of a rejection."""
    match code:
        case "details":
            return language.say("the account details are wrong")
        case "documents":
            return language.say("documents are missing")
        case "review":
            return language.say("the referrals need a check first")
        case _:
            return language.say("other")


def commission_status(language: Language, status: str) -> Html:
    """Return the words of a commission's status, a fixed value of the HTTP API."""
    say = language.say
    words = {
        "held": say("on hold"),
        "payable": say("payable"),
        "reserved": say("in a pay-out"),
        "paid": say("paid"),
        "converted": say("converted into credit"),
        "retained": say("kept by the partner"),
        "voided": say("taken back"),
    }
    return words[status]


def return_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason why money came back."""
    match code:
        case "account_wrong":
            return language.say("the account details are wrong")
        case "account_closed":
            return language.say("the account is closed")
        case "refused":
            return language.say("the receiving bank refused it")
        case "mistake":
            return language.say("it was marked as done by mistake")
        case _:
            return language.say("other")


def earned_nothing(language: Language, reason: str | None) -> Html | None:
    """Return why a payment earned nothing, in words."""
    say = language.say
    words = {
        None: None,
        "not_attributed": say("the client belongs to no partner"),
        "self_referral": say("the client is the partner itself"),
        "before_registration": say("paid before the registration"),
        "duration_ended": say("the earning period has ended"),
        "client_deleted": say("the client was deleted"),
        "legal_form": say("a partner of this legal form earns only by its own invoices"),
        "partner_suspended": say("the partner was suspended"),
        "detached": say("staff decided that nobody invited it"),
        "below_tiers": say("the first tier is not reached yet"),
        "zero_rate": say("the rate for this is 0%"),
        "below_minimum": say("the payment is too small to earn"),
        "not_first": say("only the first payment of a client earns"),
        "cap_reached": say("a limit of the rules is reached"),
        "rounds_to_zero": say("the share rounds to zero"),
        "no_exchange_rate": say("the exchange rate is missing"),
        "no_rate_row": say("the program has no rate for this"),
    }
    return words.get(reason)


def not_attributed(language: Language, reason: str | None) -> Html | None:
    """Return why a client belongs to no partner, in words."""
    say = language.say
    words = {
        None: None,
        "no_click": say("no visit through a partner’s link is known"),
        "before_click": say("the client registered before the first visit"),
        "outside_window": say("the time after the first visit had run out"),
        "self_referral": say("the client is the partner itself"),
        "click_invalid": say("the link or code is not valid"),
        "click_not_seen": say("the visit has not been reported yet"),
        "partner_suspended": say("the partner was suspended"),
        "detached": say("staff decided that nobody invited it"),
    }
    return words.get(reason)


def role_name(language: Language, role: str) -> Html:
    """Return the name of a staff role."""
    say = language.say
    names = {
        "owner": say("Owner"),
        "manager": say("Manager"),
        "finance": say("Finance"),
        "support": say("Support"),
    }
    return names[role]


def event_problem(language: Language, code: str) -> Html:
    """Return why an event or an entry of staff does not take effect, in words."""
    say = language.say
    words = {
        "exchange_rate": say("the exchange rate into the program’s currency is missing"),
        "exchange_rate_not_one": say("the exchange rate must be 1 in the program’s own currency"),
        "category": say("the program has no rate for this category"),
        "client_unknown": say("the client is not known yet"),
        "payment_unknown": say("the payment is not known yet"),
        "chargeback_unknown": say("the chargeback is not known yet"),
        "refund_exceeds_payment": say(
            "more than is left of the payment would be refunded, or more won back than was "
            "charged back"
        ),
        "lines_unknown": say("the payment has no such lines"),
        "lines_mixed": say("refunds of one payment either all name lines or none does"),
        "bad_amount": say("the amount does not fit the currency"),
        "program_unknown": say("there is no such program"),
        "code_unknown": say("no partner has this code"),
        "account_taken": say("the account belongs to another client"),
        "conflict": say("the same was reported before with other data"),
        "superseded": say("a newer event took its place"),
        "internal": say("a mistake in this program; the engineers have to look"),
        "dropped": say("your staff decided not to apply it"),
        "client_known": say("a client with this ID is known already"),
        "invoice_unknown": say("the invoice is not known yet"),
        "invoice_amount": say("the sum is not the one that the partner agreed to"),
        "invoice_client": say("the invoice is another client’s"),
        "invoice_lines": say("the lines are not those of the invoice"),
        "invoice_not_open": say("the request for the invoice is not open any more"),
        "invoice_paid": say("a payment of this invoice is recorded already"),
        "invoice_partner": say("the client belongs to another partner by now: cancel the invoice"),
        "request_unknown": say("no partner asked for this invoice"),
        "nothing_left": say("nothing of the payment is left"),
    }
    return words.get(code) or say("problem {code}", code=code)
