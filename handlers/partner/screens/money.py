"""The home of the balance, the tier and the pay-out form."""

from domain.entities.fraud import HoldStatus
from domain.entities.partner import EnrolmentStatus
from domain.entities.payout import Payout
from domain.ids import encode
from domain.money import Money
from domain.usecases.balance.show import BalanceView
from domain.usecases.payouts.offer import PayoutOffer
from handlers.ui.callbacks import Open, PayoutForm
from handlers.ui.claim_marks import number_of
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import Language
from handlers.ui.legal_forms import form_name
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.standing_words import money_of_stopped


def balance_screen(language: Language, view: BalanceView) -> Screen:
    """Return what the partner has, in words."""
    say, sheet = language.say, view.sheet

    def money(minor: int) -> Money:
        return Money(minor, sheet.currency)

    text = lines(
        say("💰 <b>Balance</b>"),
        say("Payable: <b>{amount}</b>", amount=money(sheet.payable)),
        say("In pay-outs being processed: {amount}", amount=money(sheet.reserved))
        if sheet.reserved
        else None,
        say("On hold: {amount}", amount=money(sheet.held)) if sheet.held else None,
        say("Paid: {amount}", amount=money(sheet.paid)),
        say("Converted into credit: {amount}", amount=money(sheet.converted))
        if sheet.converted
        else None,
        say("Bonus on that credit: {amount}", amount=money(sheet.bonus)) if sheet.bonus else None,
        "",
        say("Earned in all: {amount}", amount=money(sheet.accrued)),
        say("Taken back after refunds: {amount}", amount=money(sheet.clawed_back))
        if sheet.clawed_back
        else None,
        say("Corrected by the vendor: {amount}", amount=money(sheet.adjusted))
        if sheet.adjusted
        else None,
        say("Kept by you from what clients paid you: {amount}", amount=money(sheet.retained))
        if sheet.retained
        else None,
        "",
        _when_paid(language, view),
        say(
            "Your balance is below zero: a refund or a correction came after the money was paid "
            "out or converted. What you earn next fills the gap first; you need not send anything."
        )
        if sheet.payable < 0
        else None,
    )
    return Screen(text, _money_buttons(language, view))


def _when_paid(language: Language, view: BalanceView) -> Html:
    """Return from when the balance can be withdrawn, or what stands against it."""
    say, minimum = language.say, view.program.payout_minimum
    if view.enrolment.status is not EnrolmentStatus.ACTIVE:
        return money_of_stopped(language, view.enrolment)
    if not view.is_paid_out and view.legal_form is None:
        return say(
            "Pay-outs wait for your legal form: enter your requisites, or save them once more. "
            "/requisites"
        )
    if not view.is_paid_out and view.legal_form is not None:
        return say(
            "Your legal form is “{form}”: there are no pay-outs, you earn by your own invoices.",
            form=form_name(language, view.legal_form),
        )
    if view.bar is not None:
        return (
            say(
                "Pay-outs are closed for you after a check by the vendor. If this is wrong, "
                "please ask the vendor and name check {number}.",
                number=number_of(view.bar.id),
            )
            if view.bar.status is HoldStatus.CONFIRMED
            else say("The vendor checks your account, so pay-outs wait meanwhile.")
        )
    missing = minimum.minor - view.sheet.payable
    if missing <= 0:
        return say("You can withdraw any sum from {minimum}.", minimum=minimum)
    return say(
        "You need {missing} more to withdraw: pay-outs start at {minimum}.",
        missing=Money(missing, view.sheet.currency),
        minimum=minimum,
    )


def _money_buttons(language: Language, view: BalanceView) -> Rows:
    """Return what can be done with the balance now."""
    say, sheet, program = language.say, view.sheet, view.program
    uses = []
    may_use = (
        view.enrolment.status is EnrolmentStatus.ACTIVE and view.is_paid_out and view.bar is None
    )
    if may_use and sheet.payable >= program.payout_minimum.minor:
        uses.append(Button(say("💸 Withdraw"), Open(screen="withdraw")))
    if may_use and program.conversion is not None and sheet.payable > 0:
        uses.append(Button(say("💳 Convert"), Open(screen="convert")))
    converted = Button(say("💳 Conversions"), Open(screen="conversions"))
    return (
        tuple(uses),
        (converted,) if sheet.converted else (),
        (
            Button(say("🧾 Payments"), Open(screen="payments")),
            Button(say("📤 Pay-outs"), Open(screen="payouts")),
        ),
        (Button(say("🗓 Statements"), Open(screen="statements")),),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )


def amount_question(language: Language, offer: PayoutOffer) -> Screen:
    """Return the question for the amount."""
    say = language.say
    text = lines(
        say("💸 <b>Withdraw</b>"),
        say("You have <b>{payable}</b>. How much should we pay out?", payable=offer.payable),
        say("This is exactly the minimum: press the button.")
        if offer.payable == offer.minimum
        else say(
            "Send an amount from {minimum} to {payable}, or press a button.",
            minimum=offer.minimum,
            payable=offer.payable,
        ),
    )
    everything = Button(
        say("All: {amount}", amount=offer.payable),
        PayoutForm(step="amount", key=str(offer.payable)),
    )
    least = Button(
        say("Minimum: {amount}", amount=offer.minimum),
        PayoutForm(step="amount", key=str(offer.minimum)),
    )
    amounts = (everything,) if offer.payable == offer.minimum else (everything, least)
    return Screen(text, (amounts, _cancel(language)))


def _cancel(language: Language) -> tuple[Button, ...]:
    return (Button(language.say("✖️ Cancel"), PayoutForm(step="cancel")),)


def account_question(language: Language, amount: Money) -> Screen:
    """Return the question where to pay."""
    text = lines(
        language.say("Where should we send <b>{amount}</b>?", amount=amount),
        language.say("Send the account as a message: an IBAN or a card number, and the holder."),
        language.say("🔒 It is kept encrypted and shown only to the people who pay."),
    )
    return Screen(text, (_cancel(language),))


def confirm_screen(
    language: Language,
    amount: Money,
    account: str,
    comment: str,
    key: str,
    *,
    by_requisites: bool = False,
) -> Screen:
    """Return everything once more before the money is set aside.

    With ``by_requisites`` the account is that of the partner's requisites.
    """
    say = language.say
    change = (
        Button(say("✏️ Change the requisites"), Open(screen="requisites"))
        if by_requisites
        else Button(say("✏️ Change the account"), PayoutForm(step="account", key=key))
    )
    text = lines(
        say("Please check:"),
        "",
        say("Amount: <b>{amount}</b>", amount=amount),
        say("Account: {account}", account=bold(short(account, 200))),
        say("Comment: {comment}", comment=short(comment, 300)) if comment else None,
        "",
        say("The sum is set aside at once; you can cancel until the vendor approves it."),
    )
    rows = (
        (Button(say("✅ Confirm"), PayoutForm(step="confirm", key=key)),),
        (
            Button(say("💬 Add a comment"), PayoutForm(step="comment", key=key)),
            change,
        ),
        _cancel(language),
    )
    return Screen(text, rows)


def comment_question(language: Language) -> Screen:
    """Return the question for a comment."""
    return Screen(
        language.say("Send your comment for the vendor, up to 500 characters."),
        (_cancel(language),),
    )


def payout_asked(language: Language, payout: Payout) -> Screen:
    """Return that the request stands."""
    say = language.say
    text = lines(
        say("📨 Your request for <b>{amount}</b> is with the vendor.", amount=payout.amount),
        say("Number {number}. You will be told when it is paid.", number=encode(payout.id)[-6:]),
    )
    rows = (
        (
            Button(say("💰 Balance"), Open(screen="balance")),
            Button(say("📤 Pay-outs"), Open(screen="payouts")),
        ),
    )
    return Screen(text, rows)


def form_cancelled(language: Language) -> Screen:
    """Return that a form was left."""
    return Screen(
        language.say("Cancelled. Nothing was asked for."),
        ((Button(language.say("📋 Menu"), Open(screen="menu")),),),
    )


def form_gone(language: Language) -> Screen:
    """Return that a button belongs to a form that is no longer open."""
    return Screen(
        language.say("This form is closed. Start again if you still want a pay-out."),
        ((Button(language.say("💸 Withdraw"), Open(screen="withdraw")),),),
    )
