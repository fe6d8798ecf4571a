"""The home of the words of refusals about requisites, documents and certificates."""

from domain.entities.partner import EnrolmentStatus
from domain.errors import DomainError
from handlers.ui.callbacks import Open
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.requisite_words import field_name
from handlers.ui.screen import Button, Rows

Facts = dict[str, object]


def _bad_requisite(language: Language, facts: Facts) -> Html:
    say, field = language.say, field_name(language, str(facts["field"]))
    match facts["why"]:
        case "length":
            return say(
                "{field}: {length} digits are needed, these are {given}. Check it and send again.",
                field=field,
                length=facts["length"],
                given=facts["given"],
            )
        case "signs":
            return say("{field}: only letters A–Z and digits may be in it.", field=field)
        case "words":
            return say(
                "{field}: send a text of {least} to {most} characters.",
                field=field,
                least=facts["least"],
                most=facts["most"],
            )
        case "bank":
            return say(
                "{field}: it does not belong to this bank. Check it, or begin again with the "
                "right bank: /requisites",
                field=field,
            )
        case "country":
            return say("{field}: it is of another country.", field=field)
        case "form":
            return say(
                "{field}: it differs from the one in your application. Ask the vendor: /support",
                field=field,
            )
        case _:
            return say(
                "{field}: there is no such number, a digit is wrong or missing. Check it and send "
                "again.",
                field=field,
            )


def _requisites_missing(language: Language, facts: Facts) -> Html:
    if facts["is_outdated"]:
        return language.say(
            "Your legal form has changed. Please enter your requisites anew: the documents of "
            "pay-outs need them."
        )
    return language.say(
        "Please enter your requisites first: the documents of pay-outs need them. It takes about "
        "three minutes."
    )


def _copy_missing(language: Language, facts: Facts) -> Html:
    if facts["status"] == "waiting":
        return language.say("The signed copy came and waits: accept it first, then press Done.")
    if facts["status"] == "refused":
        return language.say("The signed copy was refused. A new one is needed before Done.")
    return language.say(
        "This cannot be marked as done yet: the partner has not sent the signed copy of the "
        "documents."
    )


def _copy_decided(language: Language, _facts: Facts) -> Html:
    return language.say("This copy is decided already, or more came meanwhile. Open it again.")


def _copy_not_wanted(language: Language, facts: Facts) -> Html:
    if facts["is_accepted"]:
        return language.say("The vendor has accepted your copy already; nothing more is needed.")
    return language.say("This pay-out needs no signed copy now.")


def _bad_receipt(language: Language, _facts: Facts) -> Html:
    return language.say(
        "Send a file or a photo; a receipt of the tax service also as a link that begins with "
        "{address}",
        address="https://lknpd.nalog.ru/",
    )


def _no_certificates(language: Language, _facts: Facts) -> Html:
    return language.say("This program issues no certificates.")


def _certificate_stopped(language: Language, facts: Facts) -> Html:
    say = language.say
    if facts["status"] == EnrolmentStatus.SUSPENDED.value:
        return say(
            "Your participation is suspended, so your certificate does not hold now: whoever "
            "looks up its number sees that. It holds again when you take part again. Please ask "
            "the vendor: /support"
        )
    if facts["has_left"]:
        return say(
            "You have left this program, so your certificate does not hold any more: whoever "
            "looks up its number sees that. Accept the rules again, and it holds: /join"
        )
    return say(
        "Your participation was ended by the vendor, so your certificate does not hold any more: "
        "whoever looks up its number sees that. Please ask the vendor: /support"
    )


WORDS_OF_DOCUMENTS = {
    "bad_requisite": _bad_requisite,
    "requisites_missing": _requisites_missing,
    "signed_copy_missing": _copy_missing,
    "signed_copy_decided": _copy_decided,
    "signed_copy_not_wanted": _copy_not_wanted,
    "bad_receipt_link": _bad_receipt,
    "no_certificates": _no_certificates,
    "certificate_stopped": _certificate_stopped,
}


def documents_way_out(language: Language, refusal: DomainError) -> Rows:
    """Return the button that leads on, if there is one."""
    if refusal.code == "requisites_missing":
        return ((Button(language.say("🏦 Requisites"), Open(screen="requisites")),),)
    if refusal.code == "signed_copy_not_wanted":
        return ((Button(language.say("📤 Pay-outs"), Open(screen="payouts")),),)
    return ()
