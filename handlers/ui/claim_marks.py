"""The home of the words for claims: statuses, reasons, what was named."""

from domain.entities.claim import CLIENT_ERASED, Claim, ClaimStatus, NamedBy
from domain.ids import encode
from handlers.ui.html import Html
from handlers.ui.language import Language

SHOWN_OF_NAME = 2


def number_of(claim_id: int) -> str:
    """Return the short number by which people speak of a claim or a hold."""
    return encode(claim_id)[-6:]


def claim_status(language: Language, status: ClaimStatus) -> Html:
    """Return mark and word of a claim's status."""
    say = language.say
    match status:
        case ClaimStatus.OPEN:
            return say("🟡 being decided")
        case ClaimStatus.ACCEPTED:
            return say("🟢 accepted")
        case ClaimStatus.REJECTED:
            return say("🔴 rejected")


def accept_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason of an acceptance."""
    say = language.say
    words = {
        "proof": say("the partner’s contact with the client is proven"),
        "our_mistake": say("it was our mistake"),
        "client_word": say("the client says so"),
        "pinned": say("its account had been pinned in advance"),
    }
    return words.get(code or "") or say("other")


def refuse_reason(language: Language, code: str | None) -> Html:
    """Return the words of a coded reason of a refused claim."""
    say = language.say
    words = {
        "no_proof": say("nothing shows that the client came by the partner"),
        "rules": say("the program’s rules say otherwise"),
        "client_word": say("the client says otherwise"),
        "duplicate": say("this was decided before"),
        CLIENT_ERASED: say("the client had its data erased"),
    }
    return words.get(code or "") or say("other")


def masked(text: str) -> str:
    """Return text of which only the beginning can be read."""
    return f"{text[:SHOWN_OF_NAME]}•••" if text else "—"


def masked_name(claim: Claim) -> str:
    """Return what was named so that staff can tell it, and nobody can read it over a shoulder."""
    if claim.named_by is NamedBy.EMAIL and "@" in claim.named:
        local, _, domain = claim.named.partition("@")
        return f"{masked(local)}@{domain}"
    if claim.named_by is NamedBy.ACCOUNT:
        return claim.named
    return f"•••{claim.named[-4:]}" if claim.named else "—"


def whole_name(language: Language, claim: Claim) -> str:
    """Return what was named, for the one who named it."""
    if claim.named_by is NamedBy.PERSON:
        return str(language.say("a person in Telegram"))
    return f"+{claim.named}" if claim.named_by is NamedBy.PHONE else claim.named
