"""The home of the card of a pay-out in the admin chat."""

from domain.entities.payout import REJECT_REASONS, PayoutStatus
from domain.entities.views import PayoutView
from domain.ids import encode
from handlers.ui.callbacks import PayoutCard, Why
from handlers.ui.html import bold, code, lines, sentence, short
from handlers.ui.language import Language
from handlers.ui.marks import reject_reason, staff_payout_status
from handlers.ui.screen import Button, Rows, Screen


def masked(account: str) -> str:
    """Return where to pay with all but its last digits hidden."""
    digits = "".join(sign for sign in account if sign.isdigit())
    return f"•••• {(digits or account)[-4:]}"


def payout_card(language: Language, view: PayoutView) -> Screen:
    """Return the card with the buttons that its status allows."""
    payout, say = view.payout, language.say
    text = lines(
        say(
            "💸 <b>Pay-out {number}</b>: {status}",
            number=encode(payout.id)[-6:],
            status=staff_payout_status(language, payout.status),
        ),
        bold(language.money(payout.amount)),
        "",
        say(
            "Partner: {name}, code {code}", name=short(view.partner_name, 60), code=code(view.code)
        ),
        say("Account: {account}", account=masked(payout.account)),
        say("Comment: {comment}", comment=short(payout.comment, 300)) if payout.comment else None,
        say("Asked: {at}", at=payout.requested_at),
        say("Settled: {at}", at=payout.settled_at) if payout.settled_at else None,
        _reason(language, view),
    )
    return Screen(text, _buttons(language, view))


def _reason(language: Language, view: PayoutView) -> object:
    payout = view.payout
    if payout.status is not PayoutStatus.REJECTED:
        return None
    text = f" — {short(payout.reason_text, 200)}" if payout.reason_text else ""
    return language.say(
        "Reason: {reason}{text}", reason=reject_reason(language, payout.reason_code), text=text
    )


def _buttons(language: Language, view: PayoutView) -> Rows:
    payout, say = view.payout, language.say

    def press(action: str) -> PayoutCard:
        return PayoutCard(action=action, payout_id=payout.id)

    account = Button(say("👁 Show the account"), press("account"))
    done = Button(say("💸 Done"), press("settle"))
    reject = Button(say("❌ Reject"), press("reject"))
    why = (Button(say("❓ What it is made of"), Why(what="payout", id=payout.id, side="s")),)
    match payout.status:
        case PayoutStatus.REQUESTED:
            return ((Button(say("✅ Approve"), press("approve")), done), (reject, account), why)
        case PayoutStatus.APPROVED:
            return ((done, reject), (account,), why)
        case PayoutStatus.DONE:
            return ((Button(say("↩️ The bank sent it back"), press("returned")),), why)
        case _:
            return (why,)


def reasons_screen(language: Language, view: PayoutView) -> Screen:
    """Return the card asking for the reason of a rejection."""
    card = payout_card(language, view)
    rows = tuple(
        (
            Button(
                sentence(reject_reason(language, reason)),
                PayoutCard(action="reason", payout_id=view.payout.id, reason=reason),
            ),
        )
        for reason in REJECT_REASONS
    )
    back = Button(language.say("⬅️ Back"), PayoutCard(action="card", payout_id=view.payout.id))
    question = language.say("Why is it rejected?")
    return Screen(lines(card.text, "", bold(question)), (*rows, (back,)))


def returned_question(language: Language, view: PayoutView) -> Screen:
    """Return the card asking to confirm that the bank sent the money back."""
    card = payout_card(language, view)
    question = language.say(
        "Did the bank send the money back? The sum becomes payable to the partner again."
    )
    yes = Button(
        language.say("↩️ Yes, it came back"),
        PayoutCard(action="bring_back", payout_id=view.payout.id),
    )
    back = Button(language.say("⬅️ Back"), PayoutCard(action="card", payout_id=view.payout.id))
    return Screen(lines(card.text, "", bold(question)), ((yes,), (back,)))
