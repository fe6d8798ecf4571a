"""The home of the words of a signed copy: where it stands, and why it was refused."""

from domain.entities.payout_document import SignedStatus
from handlers.ui.html import Html
from handlers.ui.language import Language


def signed_status(language: Language, status: SignedStatus) -> Html:
    """Return mark and word of where a signed copy stands, for staff."""
    say = language.say
    words = {
        SignedStatus.WAITING: say("🟡 came, to be checked"),
        SignedStatus.ACCEPTED: say("🟢 accepted"),
        SignedStatus.REFUSED: say("🔴 refused"),
    }
    return words[status]


def signing_wish(language: Language, *, is_receipt: bool) -> Html:
    """Return what the partner does with the documents where the pay-out waits for it."""
    if is_receipt:
        return language.say(
            "✍️ Send the receipt of the tax service for this sum: the link, a PDF or a picture. "
            "The pay-out waits for it."
        )
    return language.say(
        "✍️ Print and sign them, and send the scan or photos here. The pay-out waits for them."
    )


def copy_label(language: Language, *, is_receipt: bool) -> Html:
    """Return what the button says that takes the signed copy."""
    if is_receipt:
        return language.say("📎 Send the receipt")
    return language.say("📎 Send the signed copy")


def signed_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason of refusing a signed copy."""
    say = language.say
    match code:
        case "unreadable":
            return say("it cannot be read")
        case "unsigned":
            return say("a signature is missing")
        case "wrong":
            return say("it belongs to another document or sum")
        case _:
            return say("other")
