"""The home of the names of requisites, for forms, documents and mistakes."""

from domain.entities.requisites import Country
from handlers.ui.html import Html
from handlers.ui.language import Language

IBAN_GROUP = 4


def field_name(language: Language, field: str) -> Html:
    """Return what a field is called."""
    say = language.say
    names = {
        "name": say("Name"),
        "inn": say("INN"),
        "kpp": say("KPP"),
        "ogrn": say("OGRN"),
        "ogrnip": say("OGRNIP"),
        "eik": say("EIK (UIC)"),
        "egn": say("EGN (personal number)"),
        "vat": say("VAT number"),
        "edrpou": say("EDRPOU code"),
        "rnokpp": say("RNOKPP"),
        "address": say("Address"),
        "signatory": say("Signed by"),
        "bik": say("BIK"),
        "bank": say("Bank"),
        "corr_account": say("Corr. account"),
        "account": say("Account number"),
        "iban": Html("IBAN"),
        "bic": Html("BIC"),
        "form": say("Legal form"),
    }
    return names[field]


def country_name(language: Language, country: Country) -> Html:
    """Return flag and name of a country whose rules requisites follow."""
    say = language.say
    names = {
        Country.RU: say("🇷🇺 Russia"),
        Country.BG: say("🇧🇬 Bulgaria"),
        Country.UA: say("🇺🇦 Ukraine"),
        Country.EU: say("🇪🇺 Another country, by IBAN"),
    }
    return names[country]


def shown(field: str, value: str) -> str:
    """Return a value as documents print it."""
    if field != "iban":
        return value
    return " ".join(value[at : at + IBAN_GROUP] for at in range(0, len(value), IBAN_GROUP))
