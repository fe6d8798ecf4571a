"""The home of the screens of a pay-out's documents, as its partner sees them."""

from domain.entities.payout import IN_PROGRESS
from domain.entities.payout_document import SignedStatus
from domain.usecases.documents.read import PayoutPapers
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_documents import OwnDocuments
from handlers.ui.document_marks import copy_label, signed_reason, signing_wish
from handlers.ui.html import Html, lines, short
from handlers.ui.language import Language
from handlers.ui.payout_card import number_of
from handlers.ui.screen import Button, Rows, Screen

WORDS_LENGTH = 300


def what_next(language: Language, papers: PayoutPapers) -> Screen:
    """Return what the partner does with the documents now."""
    text = lines(
        language.say(
            "📄 Documents for the pay-out {number} of {amount}.",
            number=number_of(papers.payout.id),
            amount=papers.payout.amount,
        ),
        _state(language, papers),
    )
    return Screen(text, _rows(language, papers))


def _state(language: Language, papers: PayoutPapers) -> Html | None:
    say, signed = language.say, papers.signed
    if not papers.needs_signed:
        return None
    if signed is None:
        return signing_wish(language, is_receipt=papers.is_receipt)
    match signed.status:
        case SignedStatus.WAITING:
            return say("🟡 The vendor has your copy and will look at it.")
        case SignedStatus.ACCEPTED:
            return say("🟢 The vendor accepted your copy.")
        case SignedStatus.REFUSED:
            return lines(
                say(
                    "🔴 The vendor refused your copy: {reason}.",
                    reason=signed_reason(language, signed.reason_code),
                ),
                say("“{words}”", words=short(signed.reason_text, WORDS_LENGTH))
                if signed.reason_text
                else None,
                signing_wish(language, is_receipt=papers.is_receipt),
            )


def is_awaited(papers: PayoutPapers) -> bool:
    """Test if a copy may be sent now."""
    done = papers.signed is not None and papers.signed.status is SignedStatus.ACCEPTED
    return papers.needs_signed and papers.payout.status in IN_PROGRESS and not done


def _rows(language: Language, papers: PayoutPapers) -> Rows:
    say, payout_id = language.say, papers.payout.id
    words = copy_label(language, is_receipt=papers.is_receipt)
    send = (Button(words, OwnDocuments(action="send", payout_id=payout_id)),)
    return (
        *((send,) if is_awaited(papers) else ()),
        (Button(say("📤 Pay-outs"), Open(screen="payouts")),),
    )


def copy_question(language: Language, papers: PayoutPapers) -> Screen:
    """Return the question for the signed copy, or how much of it has come."""
    say, signed = language.say, papers.signed
    ready = (
        Button(say("✔️ That is all"), OwnDocuments(action="ready", payout_id=papers.payout.id)),
    )
    if signed is not None and signed.status is SignedStatus.WAITING and signed.paper_ids:
        text = lines(
            language.say_many(
                "📎 {count} file is with the vendor.",
                "📎 {count} files are with the vendor.",
                len(signed.paper_ids),
            ),
            say("Send the next page, or press the button."),
        )
        return Screen(text, (ready,))
    text = lines(
        say("Send the link of the receipt (lknpd.nalog.ru), or a PDF or picture of it.")
        if papers.is_receipt
        else say("Send the signed documents: PDF, photos or scans, up to 20 MB each."),
        say("🔒 They are kept encrypted and shown only to the people who pay."),
    )
    leave = (Button(say("✖️ Cancel"), OwnDocuments(action="ready", payout_id=papers.payout.id)),)
    return Screen(text, (leave,))
