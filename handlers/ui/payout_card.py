"""The home of the card of a pay-out in the admin chat."""

import re

from domain.entities.payout import IN_PROGRESS, REJECT_REASONS, RETURN_REASONS, PayoutStatus
from domain.entities.views import PayoutView
from domain.ids import encode
from domain.money import Money
from handlers.ui.callbacks import PayoutCard, Why
from handlers.ui.callbacks_documents import StaffDocuments
from handlers.ui.document_marks import signed_status
from handlers.ui.html import Html, bold, code, lines, sentence, short
from handlers.ui.language import Language
from handlers.ui.marks import reject_reason, return_reason, staff_payout_status
from handlers.ui.screen import Button, Rows, Screen

NAME_LENGTH = 60


_IBAN = re.compile(
    r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z]{4})?(?: ?(?=[A-Z]{0,3}[0-9])[A-Z0-9]{1,4}){2,8}\b"
)
_DIGITS = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
_ACCOUNT_MIN = 10
"""Digits in one piece that are an account by themselves, whatever number follows them."""


def masked(account: str) -> str:
    """Return where to pay with all but the last signs of the account number hidden.

    People write bank codes, tax numbers and phones behind it: those tell nothing of where the
    money goes.
    """
    iban = _IBAN.search(account.upper())
    if iban is not None:
        return f"•••• {iban[0].replace(' ', '')[-4:]}"
    pieces = re.findall("[0-9]+", account)
    whole = [piece for piece in pieces if len(piece) >= _ACCOUNT_MIN]
    grouped = [re.sub("[ -]", "", run) for run in _DIGITS.findall(account)]
    number = max(whole or grouped, key=len, default="")
    return f"•••• {(number or account)[-4:]}"


def number_of(payout_id: int) -> str:
    """Return the number of a pay-out as partners and staff tell it each other."""
    return encode(payout_id)[-6:]


def payout_named(language: Language, view: PayoutView) -> Html:
    """Return which pay-out a question is about, for whoever has several open."""
    return language.say(
        "💸 Pay-out {number}, {amount}, {partner}",
        number=number_of(view.payout.id),
        amount=view.payout.amount,
        partner=short(view.partner_name, NAME_LENGTH),
    )


def payout_card(language: Language, view: PayoutView) -> Screen:
    """Return the card with the buttons that its status allows."""
    payout, say = view.payout, language.say
    text = lines(
        say(
            "💸 <b>Pay-out {number}</b>: {status}",
            number=number_of(payout.id),
            status=staff_payout_status(language, payout.status),
        ),
        bold(language.money(payout.amount)),
        "",
        say(
            "Partner: {name}, code {code}",
            name=short(view.partner_name, NAME_LENGTH),
            code=code(view.code),
        ),
        say("Account: {account}", account=masked(payout.account)),
        say("Comment: {comment}", comment=short(payout.comment, 300)) if payout.comment else None,
        say("Asked: {at}", at=payout.requested_at),
        _signed(language, view),
        _debt(language, view),
        *_decided(language, view),
    )
    return Screen(text, _buttons(language, view))


def _signed(language: Language, view: PayoutView) -> Html | None:
    """Return where the signed copy of the documents stands."""
    if view.signed is not None:
        status = signed_status(language, view.signed)
        return language.say("Signed copy: {status}", status=status)
    if view.lacks_copy and view.payout.status in IN_PROGRESS:
        return language.say("Signed copy: ⏳ not here yet; it is needed before Done.")
    return None


def _debt(language: Language, view: PayoutView) -> Html | None:
    """Return that less is owed by now: what was refunded after the request is not paid blindly."""
    if not view.debt_minor or view.payout.status not in IN_PROGRESS:
        return None
    return language.say(
        "⚠️ The partner’s balance is {amount} below zero: a refund or a correction came after the "
        "request. If you reject it, the money fills the gap.",
        amount=bold(language.money(Money(view.debt_minor, view.payout.amount.currency))),
    )


def _decided(language: Language, view: PayoutView) -> tuple[Html | None, ...]:
    """Return who did what, in the order in which it happened."""
    payout, say = view.payout, language.say
    approver = short(view.approved_by_name or str(payout.approved_by or "—"), NAME_LENGTH)
    settler = short(view.settled_by_name or str(payout.settled_by or "—"), NAME_LENGTH)
    is_open = payout.status in IN_PROGRESS
    return (
        say("Approved by: {name}", name=approver) if payout.approved_by else None,
        say("Paid on: {date}", date=language.day(payout.paid_on)) if payout.paid_on else None,
        say("Done by: {name}, {at}", name=settler, at=payout.settled_at)
        if payout.status is PayoutStatus.DONE
        else None,
        say("Ended by: {name}, {at}", name=settler, at=payout.settled_at)
        if payout.settled_at and payout.status is not PayoutStatus.DONE
        else None,
        _reason(language, view),
        _two_people(language, view) if is_open and view.needs_two else None,
    )


def _two_people(language: Language, view: PayoutView) -> Html:
    if view.payout.approved_by is None:
        return language.say(
            "👥 This sum needs two people: one approves, then <b>another person</b> presses Done."
        )
    return language.say(
        "👥 This sum needs two people: anybody but the one who approved can press Done."
    )


def _reason(language: Language, view: PayoutView) -> Html | None:
    payout = view.payout
    names = {PayoutStatus.REJECTED: reject_reason, PayoutStatus.RETURNED: return_reason}
    name_of = names.get(payout.status)
    if name_of is None or payout.reason_code is None:
        return None
    text = f" — {short(payout.reason_text, 200)}" if payout.reason_text else ""
    return language.say(
        "Reason: {reason}{text}", reason=name_of(language, payout.reason_code), text=text
    )


def _buttons(language: Language, view: PayoutView) -> Rows:
    payout, say = view.payout, language.say

    def press(action: str) -> PayoutCard:
        return PayoutCard(action=action, payout_id=payout.id)

    account = Button(say("👁 Show the account"), press("account"))
    approve = Button(say("✅ Approve"), press("approve"))
    done = Button(say("💸 Done"), press("settle"))
    another_day = Button(say("📅 Done on another day"), press("days"))
    reject = Button(say("❌ Reject"), press("reject"))
    why = (Button(say("❓ What it is made of"), Why(what="payout", id=payout.id, side="s")),)
    papers = _papers(language, view)
    match payout.status:
        case PayoutStatus.REQUESTED if view.needs_two or view.lacks_copy:
            return ((approve, reject), *papers, (account,), why)
        case PayoutStatus.REQUESTED:
            return ((approve, done), (another_day,), (reject, account), *papers, why)
        case PayoutStatus.APPROVED:
            pay = () if view.lacks_copy else ((done, another_day),)
            return (*pay, (reject, account), *papers, why)
        case PayoutStatus.DONE:
            return ((Button(say("↩️ The bank sent it back"), press("returned")),), *papers, why)
        case PayoutStatus.REJECTED if view.can_reopen:
            return ((Button(say("↩️ Take the rejection back"), press("reopen")),), why)
        case _:
            return (*papers, why)


def _papers(language: Language, view: PayoutView) -> Rows:
    """Return the buttons of the documents, if there are some."""
    if not view.has_documents:
        return ()

    def press(action: str) -> StaffDocuments:
        return StaffDocuments(action=action, payout_id=view.payout.id)

    documents = Button(language.say("📄 Documents"), press("files"))
    copy = Button(language.say("📎 Signed copy"), press("copy"))
    return ((documents, copy),) if view.signed else ((documents,),)


def _back(language: Language, view: PayoutView) -> tuple[Button, ...]:
    back = PayoutCard(action="card", payout_id=view.payout.id)
    return (Button(language.say("⬅️ Back"), back),)


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
    question = language.say("Why is it rejected?")
    return Screen(lines(card.text, "", bold(question)), (*rows, _back(language, view)))


def returned_question(language: Language, view: PayoutView) -> Screen:
    """Return the card asking why the money came back."""
    card = payout_card(language, view)
    question = language.say(
        "Did the bank send the money back? Choose why: the sum becomes payable to the partner "
        "again, and the partner is told."
    )
    rows = tuple(
        (
            Button(
                sentence(return_reason(language, reason)),
                PayoutCard(action="return_why", payout_id=view.payout.id, reason=reason),
            ),
        )
        for reason in RETURN_REASONS
    )
    return Screen(lines(card.text, "", bold(question)), (*rows, _back(language, view)))
