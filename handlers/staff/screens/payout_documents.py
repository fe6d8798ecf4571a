"""The home of the screens of a signed copy in the admin chat."""

from domain.entities.payout_document import SIGNED_REASONS, SignedCopy, SignedStatus
from handlers.ui.callbacks import PayoutCard
from handlers.ui.callbacks_documents import StaffDocuments
from handlers.ui.callbacks_papers import PaperPress
from handlers.ui.document_marks import signed_reason, signed_status
from handlers.ui.html import bold, lines, link, sentence, short
from handlers.ui.language import Language
from handlers.ui.payout_card import number_of
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.sections import in_twos

WORDS_LENGTH = 300


def copy_screen(language: Language, copy: SignedCopy) -> Screen:
    """Return what came back for a pay-out, with what can be done."""
    say = language.say
    reason = signed_reason(language, copy.reason_code) if copy.reason_code else None
    text = lines(
        say("📎 <b>Signed copy, pay-out {number}</b>", number=number_of(copy.payout_id)),
        signed_status(language, copy.status),
        say("Sent: {at}", at=copy.sent_at),
        language.say_many("{count} file", "{count} files", len(copy.paper_ids))
        if copy.paper_ids
        else None,
        link(say("Receipt of the tax service"), copy.link) if copy.link else None,
        say("Reason: {reason}{text}", reason=reason, text=_words(copy)) if reason else None,
    )
    return Screen(text, _rows(language, copy))


def _words(copy: SignedCopy) -> str:
    return f" — {short(copy.reason_text, WORDS_LENGTH)}" if copy.reason_text else ""


def _press(copy: SignedCopy, action: str, reason: str = "") -> StaffDocuments:
    return StaffDocuments(action=action, payout_id=copy.payout_id, copy_id=copy.id, reason=reason)


def _rows(language: Language, copy: SignedCopy) -> Rows:
    say = language.say
    files = in_twos(
        [
            Button(say("👁 File {number}", number=number), PaperPress(paper_id=paper_id))
            for number, paper_id in enumerate(copy.paper_ids, start=1)
        ]
    )
    decide = (
        (
            Button(say("✅ Accept"), _press(copy, "accept")),
            Button(say("❌ Refuse"), _press(copy, "refuse")),
        )
        if copy.status is SignedStatus.WAITING
        else ()
    )
    card = Button(say("💸 To the pay-out"), PayoutCard(action="card", payout_id=copy.payout_id))
    return tuple(row for row in (*files, decide, (card,)) if row)


def reasons_screen(language: Language, copy: SignedCopy) -> Screen:
    """Return the copy asking for the reason of a refusal."""
    shown = copy_screen(language, copy)
    rows = tuple(
        (Button(sentence(signed_reason(language, code)), _press(copy, "reason", code)),)
        for code in SIGNED_REASONS
    )
    question = bold(language.say("Why is it refused?"))
    return Screen(lines(shown.text, "", question), rows)


def words_question(language: Language, pressed: StaffDocuments) -> Screen:
    """Return the question for words to the partner."""
    say = language.say
    without = pressed.model_copy(update={"action": "refuse_now"})
    text = say("Reply to the next message with a note for the partner, or press a button.")
    return Screen(text, ((Button(say("❌ Refuse without a note"), without),),))
