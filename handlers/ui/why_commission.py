"""The home of "Why this sum?" under a commission: payment, rate, refunds, what became of it."""

from domain.entities.payment import CommissionBasis, CommissionState, RefundKind
from domain.entities.stories import CommissionStory
from domain.ids import encode
from domain.money import Money, Rate
from domain.programs.model import Program
from handlers.ui.callbacks import Why
from handlers.ui.html import Html, code, lines, short
from handlers.ui.language import Language
from handlers.ui.marks import payout_status
from handlers.ui.screen import Button, Screen
from handlers.ui.why import client_name, page_count, page_of, turns, ways_back

NUMBER_LENGTH = 64


def commission_why(
    language: Language, story: CommissionStory, program: Program | None, value: Why
) -> Screen:
    """Return how a commission came to be and what became of it."""
    say = language.say
    happened = [*_refunds(language, story), *_consumed(language, story)]
    shown = page_of(happened, value.page)
    text = lines(
        say("❓ <b>Why {amount}?</b>", amount=_money(story, story.commission.minor)),
        "",
        *_origin(language, story),
        *_rule(language, story, program),
        *_waiting(language, story),
        "" if happened else None,
        *shown,
        "",
        *_now(language, story),
    )
    return Screen(
        text,
        (
            turns(value, page_count(happened)),
            _lines_of_payment(language, story, value),
            *ways_back(language, value, "payments"),
        ),
    )


def _money(story: CommissionStory, minor: int) -> Money:
    return Money(minor, story.commission.currency)


def _paid(story: CommissionStory, minor: int) -> Money:
    return Money(minor, story.payment.currency)


def _origin(language: Language, story: CommissionStory) -> list[Html | None]:
    say, payment = language.say, story.payment
    line = payment.lines[story.commission.line]
    part = None
    if payment.has_lines:
        part = say(
            "This is about its part “{category}”: {amount}.",
            category=short(line.category or "—", 60),
            amount=_paid(story, line.minor),
        )
    elif line.category is not None:
        part = say("Category: {category}.", category=short(line.category, 60))
    return [
        say(
            "{client} paid {amount} on {date}.",
            client=client_name(language, story.client_name),
            amount=_paid(story, payment.minor),
            date=language.date(payment.paid_at),
        ),
        say("Payment ID: {id}", id=code(short(payment.payment_id, 128))),
        part,
    ]


def _product(language: Language, story: CommissionStory, base: int, result: int) -> Html:
    """Return the calculation, such as ``100.00 USD × 10% = 10.00 USD``."""
    payment, commission = story.payment, story.commission
    if commission.rate.bps == 0:
        amount = language.money(_money(story, result))
        return language.say("Fixed amount for this payment: <b>{amount}</b>", amount=amount)
    rate = language.percent(commission.rate)
    exchange = "" if payment.currency == commission.currency else f" × {payment.exchange}"
    return Html(
        f"{_without_tax(language, story, base)}{exchange} × {rate} = "
        f"<b>{language.money(_money(story, result))}</b>"
    )


def _without_tax(language: Language, story: CommissionStory, base: int) -> Html:
    paid = language.money(_paid(story, base))
    if not story.commission.tax_bps:
        return Html(paid)
    rate = Rate(story.commission.tax_bps)
    return language.say("({amount} without the tax of {rate} in it)", amount=paid, rate=rate)


def _rule(
    language: Language, story: CommissionStory, program: Program | None
) -> list[Html | None]:
    say, commission, payment = language.say, story.commission, story.payment
    tier = program.tier_name(commission.tier, language.code) if program else commission.tier
    title = program.text(language.code).title if program else story.program
    known = (*program.versions, program) if program else ()
    since = next(
        (terms.version_date for terms in known if terms.version == commission.terms_version), None
    )
    return [
        None
        if commission.rate.bps == 0
        else say(
            "Rate on that day: <b>{rate}</b>, tier “{tier}”.", rate=commission.rate, tier=tier
        )
        if tier
        else say("Rate: <b>{rate}</b>.", rate=commission.rate),
        None
        if payment.currency == commission.currency
        else say(
            "Exchange rate of the payment: 1 {currency} = {rate} {target}.",
            currency=payment.currency,
            rate=payment.exchange,
            target=commission.currency,
        ),
        _product(language, story, payment.lines[commission.line].minor, commission.minor)
        if commission.basis is not CommissionBasis.CAPPED
        else say(
            "A limit of the rules lowered it to <b>{amount}</b>",
            amount=_money(story, commission.minor),
        ),
        say(
            "Rules: {title}, version {version} of {date}.",
            title=title,
            version=commission.terms_version,
            date=language.day(since),
        )
        if since
        else say(
            "Rules: {title}, version {version}.", title=title, version=commission.terms_version
        ),
    ]


def _waiting(language: Language, story: CommissionStory) -> list[Html | None]:
    say, commission = language.say, story.commission
    if commission.state is CommissionState.RETAINED:
        return [
            say(
                "The client paid you, and invoice {number} was less by this commission: you keep "
                "it from that money.",
                number=short(story.invoice, NUMBER_LENGTH),
            )
            if story.invoice
            else say("The client paid you, so you keep this commission from that money.")
        ]
    if commission.state is CommissionState.HELD:
        until = language.date(commission.held_until)
        return [say("It waits until {date} in case of refunds.", date=until)]
    if commission.held_until > commission.created_at:
        return [say("It waited until {date}.", date=language.date(commission.held_until))]
    return []


def _refunds(language: Language, story: CommissionStory) -> list[Html]:
    return [
        _refund(language, refund.kind)
        + f" · {language.date(refund.refunded_at)}"
        + f" · {language.money(_paid(story, abs(refund.minor)))}"
        for refund in story.refunds
    ]


def _refund(language: Language, kind: RefundKind) -> Html:
    match kind:
        case RefundKind.REFUND:
            return language.say("↩️ The client got a refund")
        case RefundKind.CHARGEBACK:
            return language.say("↩️ The client’s bank took the payment back")
        case RefundKind.CHARGEBACK_WON:
            return language.say("↪️ The payment was won back")
        case RefundKind.REFUND_UNDONE:
            return language.say("↪️ A refund was entered by mistake and taken back")


def _consumed(language: Language, story: CommissionStory) -> list[Html]:
    paid = [
        language.say(
            "📤 {amount} in pay-out {number} of {date}: {status}",
            amount=_money(story, part.minor),
            number=encode(part.id)[-6:],
            date=language.date(part.at),
            status=payout_status(language, part.status) if part.status else "",
        )
        for part in story.payouts
    ]
    converted = [
        language.say(
            "💳 {amount} converted on {date}, with a bonus of {bonus}",
            amount=_money(story, part.minor),
            date=language.date(part.at),
            bonus=_money(story, part.bonus),
        )
        for part in story.conversions
    ]
    return [*paid, *converted]


def _now(language: Language, story: CommissionStory) -> list[Html | None]:
    say, commission, payment = language.say, story.commission, story.payment
    line = payment.lines[commission.line]
    given = sum(part.bonus for part in story.conversions)
    found: list[Html | None] = []
    if story.refunds:
        stands = commission.minor - commission.clawed_back
        left = line.minor - line.refunded
        found += [
            say("Left of the payment, and of the commission:"),
            _product(language, story, left, stands),
            say("Taken back from you: {amount}.", amount=_money(story, commission.clawed_back))
            if commission.clawed_back
            else None,
        ]
    if given != commission.bonus:
        taken = _money(story, given - commission.bonus)
        found.append(say("Of the bonus, {amount} was taken back from the credit.", amount=taken))
    found.append(_standing(language, story))
    return found


def _standing(language: Language, story: CommissionStory) -> Html | None:
    say, commission = language.say, story.commission
    match commission.state:
        case CommissionState.VOIDED:
            return say("It ended before it became payable.")
        case CommissionState.HELD | CommissionState.RETAINED:
            return None
        case CommissionState.PAYABLE:
            pass
    if commission.left < 0:
        return say(
            "{amount} of it had left your balance before the refund. Your next earnings fill that "
            "gap first; you need not send anything.",
            amount=_money(story, -commission.left),
        )
    if commission.left:
        left = _money(story, commission.left)
        return say("On your balance from it: <b>{amount}</b>", amount=left)
    return None


def _lines_of_payment(
    language: Language, story: CommissionStory, value: Why
) -> tuple[Button, ...]:
    """Return the way to the payment's other commissions, where it has several lines."""
    ids = story.siblings
    if len(ids) == 1:
        return ()
    place = ids.index(story.commission.id)
    following = ids[(place + 1) % len(ids)]
    label = language.say(
        "Next part of the payment ({place} of {count})", place=place + 1, count=len(ids)
    )
    return (Button(label, Why(what="commission", id=following, side=value.side)),)
