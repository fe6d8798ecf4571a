"""The home of the words for clients named in advance: statuses and reasons."""

from domain.entities.pin import Pin, PinReason, PinStatus
from handlers.ui.html import Html
from handlers.ui.language import Language


def pin_status(language: Language, status: PinStatus) -> Html:
    """Return mark and word of where a pin stands."""
    say = language.say
    words = {
        PinStatus.ACTIVE: say("🛡 pinned and protected"),
        PinStatus.WAITING: say("🟡 waits for the client"),
        PinStatus.COMMISSION_ONLY: say("🟢 earns, not protected"),
        PinStatus.REFUSED: say("🔴 refused"),
        PinStatus.ENDED: say("⚪️ ended"),
    }
    return words[status]


def pin_reason(language: Language, reason: str) -> Html:
    """Return why a pin does not protect, as its partner may know it."""
    say = language.say
    words: dict[str, Html] = {
        PinReason.OTHERS: say("the client is pinned to another partner"),
        PinReason.SELF_REFERRAL: say("the account counts as your own"),
        PinReason.DECLINED: say("the client said no"),
        PinReason.SILENCE: say("the client did not answer in time"),
        PinReason.RELEASED: say("you released it"),
        PinReason.CLIENT: say("the client works with the vendor directly"),
        PinReason.STAFF: say("the vendor’s staff ended it at the client’s wish"),
        PinReason.MOVED: say("the client belongs to another partner now"),
        PinReason.LEFT: say("you had left the program"),
        PinReason.SAME_CLIENT: say("the account belongs to a client that you have pinned already"),
    }
    return words.get(reason) or say("other")


def why_of(language: Language, pin: Pin) -> Html | None:
    """Return the line with the reason, ``None`` where there is none."""
    if pin.reason is None:
        return None
    return language.say("Reason: {reason}", reason=pin_reason(language, pin.reason))


def refused_pin(language: Language, reason: PinReason) -> Html:
    """Return why a pin does not protect, in the words of staff."""
    say = language.say
    words = {
        PinReason.SELF_REFERRAL: say("the account counts as the partner’s own"),
        PinReason.RELEASED: say("the partner released it"),
        PinReason.LEFT: say("the partner had left the program"),
    }
    return words.get(reason) or pin_reason(language, reason)
