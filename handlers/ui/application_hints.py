"""The home of what helps to fill in a field: hints, examples, and what is wrong with an answer."""

from collections.abc import Callable, Mapping

from domain.entities.partner import LegalForm
from domain.entities.questionnaire import Country, FieldKind
from handlers.ui.html import Html
from handlers.ui.language import Language

Say = Callable[..., Html]
F = FieldKind

_HINTS: Mapping[FieldKind, Callable[[Say], Html]] = {
    F.FULL_NAME: lambda say: say("As in the passport: surname, first name and other names."),
    F.BIRTH_DATE: lambda say: say("Day, month and year."),
    F.POSITION: lambda say: say("Of the person who signs the contract."),
    F.EMPLOYEE_NAME: lambda say: say("The person who files this application."),
    F.EMPLOYEE_POSITION: lambda say: say("What this person does for the applicant."),
    F.COMPANY_NAME: lambda say: say("In full, with its legal form, as in the register."),
    F.BRAND: lambda say: say("The name that clients know, if it differs."),
    F.WEBSITE: lambda say: say("The address of your own site."),
    F.INN: lambda say: say("The taxpayer’s number: 10 digits of a company, 12 of a person."),
    F.KPP: lambda say: say("9 characters; it stands beside the INN in your details."),
    F.OGRN: lambda say: say("13 digits from the certificate of state registration."),
    F.OGRNIP: lambda say: say("15 digits from the certificate of state registration."),
    F.EDRPOU: lambda say: say("8 digits from the state register."),
    F.RNOKPP: lambda say: say("10 digits of the taxpayer’s card."),
    F.EIK: lambda say: say("9 digits, 13 for a branch, from the commercial register."),
    F.VAT: lambda say: say("With the two letters of the country in front."),
    F.TAX_ID: lambda say: say("The number under which the tax office knows you."),
    F.BANK_ACCOUNT: lambda say: say("20 digits; pay-outs go there."),
    F.BIK: lambda say: say("9 digits that name the bank."),
    F.IBAN: lambda say: say("With the two letters of the country; spaces do not matter."),
    F.BANK_NAME: lambda say: say("As in your contract with the bank."),
    F.PHONE: lambda say: say("We call it only about this application and your contract."),
    F.EMAIL: lambda say: say(
        "The vendor reaches you there. Where it sends e-mail, the decision comes, too."
    ),
    F.ADDRESS: lambda say: say("With postal code, town, street and house."),
    F.VENDOR_ACCOUNT: lambda say: say("If you have an account already; pay-outs will need it."),
    F.COMPETENCIES: lambda say: say("What you can do for clients, separated by commas."),
    F.ABOUT: lambda say: say("A few sentences: clients, projects, plans."),
}
_EXAMPLES: Mapping[FieldKind, str] = {
    F.BIRTH_DATE: "31.12.1990",
    F.WEBSITE: "example.com",
    F.KPP: "773601001",
    F.OGRN: "1027700132195",
    F.OGRNIP: "304500116000157",
    F.EDRPOU: "32855961",
    F.RNOKPP: "1759013776",
    F.EIK: "175074752",
    F.VAT: "BG175074752",
    F.TAX_ID: "123-456-789",
    F.BANK_ACCOUNT: "40702810200000012345",
    F.BIK: "044525225",
    F.IBAN: "DE89 3704 0044 0532 0130 00",
    F.EMAIL: "name@example.com",
}
_PHONES = {Country.RU: "+7 912 345-67-89", Country.UA: "+380 67 123 45 67"}
_NAMED: Mapping[FieldKind, Callable[[Say], Html]] = {
    F.FULL_NAME: lambda say: say("Sample Anna Mary"),
    F.EMPLOYEE_NAME: lambda say: say("Sample Anna Mary"),
    F.POSITION: lambda say: say("Managing director"),
    F.EMPLOYEE_POSITION: lambda say: say("Accountant"),
    F.COMPANY_NAME: lambda say: say("Sample Ltd"),
    F.BRAND: lambda say: say("Sample"),
    F.BANK_NAME: lambda say: say("Sample Bank"),
    F.ADDRESS: lambda say: say("101000, Sample Town, 1 Sample Street"),
    F.COMPETENCIES: lambda say: say("migration to the cloud, backups, support"),
}


def hint_of(language: Language, kind: FieldKind) -> Html:
    """Return what helps to fill in a field."""
    return _HINTS[kind](language.say)


def example_of(
    language: Language, kind: FieldKind, form: LegalForm | None, country: Country | None
) -> str:
    """Return an example that the field would take; empty where none helps."""
    if kind is F.INN:
        return "7700123459" if form is LegalForm.LEGAL_ENTITY else "771234567859"
    if kind is F.PHONE:
        return _PHONES.get(country, "+359 88 123 4567") if country else "+359 88 123 4567"
    named = _NAMED.get(kind)
    return str(named(language.say)) if named else _EXAMPLES.get(kind, "")


def problem_words(language: Language, problem: str, facts: Mapping[str, object]) -> Html:
    """Return what is wrong with an answer, by the code of the problem."""
    say = language.say
    if problem == "length":
        return _length(language, facts)
    if problem in ("too_short", "too_long"):
        return _too(language, problem, facts)
    words: dict[str, Html] = {
        "empty": say("Nothing is there."),
        "control": say("There are signs in it that nobody can write."),
        "one_line": say("It should stand on one line."),
        "no_text": say("Please type the answer: I can read only text here."),
        "other_contact": say(
            "This is somebody else’s contact. Send your own, or type the number."
        ),
        "letters": say("There should be words in it."),
        "name_digits": say("A name has no digits."),
        "full_name": say("Please give the surname and at least one more name."),
        "house": say("The number of the house or the postal code is missing."),
        "date": say("This is not a date. Write it like 31.12.1990."),
        "no_such_day": say("There is no such day in the calendar."),
        "future": say("This day is still to come."),
        "under_age": say("A partner is at least 18 years old."),
        "too_old": say("The year cannot be right."),
        "phone": say("There is no such number. Check the digits."),
        "phone_country": say("Begin with + and the code of the country."),
        "email": say("This is not an e-mail address. Check the part after @."),
        "website": say("This is not the address of a website."),
        "digits": say("It should consist of digits only."),
        "zeros": say("A number cannot be all zeros."),
        "check_digit": say("The check digit does not fit: one of the digits is mistyped."),
        "shape": say("Such a number does not exist. Compare it with the paper."),
        "bank_mismatch": say("The account and the BIK do not belong together. Check both."),
        "same": say("This is what was refused. Please give another answer."),
    }
    return words.get(problem) or say("This does not fit here.")


def _length(language: Language, facts: Mapping[str, object]) -> Html:
    found = facts.get("lengths")
    lengths = [str(length) for length in found] if isinstance(found, tuple) else []
    if not lengths:
        return language.say("The length is wrong: signs are missing or too many.")
    return language.say("It should have {length} digits.", length=" / ".join(lengths))


def _too(language: Language, problem: str, facts: Mapping[str, object]) -> Html:
    if problem == "too_short":
        return language.say_many(
            "It should have at least {count} character.",
            "It should have at least {count} characters.",
            int(str(facts.get("least", 1))),
        )
    return language.say_many(
        "It should have at most {count} character.",
        "It should have at most {count} characters.",
        int(str(facts.get("most", 1))),
    )
