"""The home of the words of applications: legal forms, fields, papers, statuses, reasons."""

from collections.abc import Callable

from domain.entities.application import (
    ApplicationStatus,
    FieldRefusal,
    PaperRefusal,
    RejectionReason,
)
from domain.entities.progress import ItemState
from domain.entities.questionnaire import FieldGroup, FieldKind, PaperKind
from handlers.ui.html import Html
from handlers.ui.language import Language

Say = Callable[..., Html]


def group_name(language: Language, group: FieldGroup) -> Html:
    """Return the name of a part of the questionnaire, with its mark."""
    say = language.say
    match group:
        case FieldGroup.PERSON:
            return say("👤 Who you are")
        case FieldGroup.COMPANY:
            return say("🏢 Company")
        case FieldGroup.REGISTRATION:
            return say("🧾 Registration")
        case FieldGroup.BANK:
            return say("🏦 Bank")
        case FieldGroup.CONTACTS:
            return say("☎️ Contacts")
        case FieldGroup.MORE:
            return say("➕ More about you")


_FIELDS: dict[FieldKind, Callable[[Say], Html]] = {
    FieldKind.FULL_NAME: lambda say: say("Full name"),
    FieldKind.BIRTH_DATE: lambda say: say("Date of birth"),
    FieldKind.POSITION: lambda say: say("Position of the signatory"),
    FieldKind.EMPLOYEE_NAME: lambda say: say("Employee’s full name"),
    FieldKind.EMPLOYEE_POSITION: lambda say: say("Employee’s position"),
    FieldKind.COMPANY_NAME: lambda say: say("Company name"),
    FieldKind.BRAND: lambda say: say("Brand"),
    FieldKind.WEBSITE: lambda say: say("Website"),
    FieldKind.INN: lambda say: say("INN"),
    FieldKind.KPP: lambda say: say("KPP"),
    FieldKind.OGRN: lambda say: say("OGRN"),
    FieldKind.OGRNIP: lambda say: say("OGRNIP"),
    FieldKind.EDRPOU: lambda say: say("EDRPOU code"),
    FieldKind.RNOKPP: lambda say: say("RNOKPP"),
    FieldKind.EIK: lambda say: say("EIK"),
    FieldKind.VAT: lambda say: say("VAT number"),
    FieldKind.TAX_ID: lambda say: say("Tax ID"),
    FieldKind.BANK_ACCOUNT: lambda say: say("Bank account"),
    FieldKind.BIK: lambda say: say("BIK of the bank"),
    FieldKind.IBAN: lambda _say: Html("IBAN"),
    FieldKind.BANK_NAME: lambda say: say("Name of the bank"),
    FieldKind.PHONE: lambda say: say("Phone"),
    FieldKind.EMAIL: lambda say: say("E-mail"),
    FieldKind.ADDRESS: lambda say: say("Address"),
    FieldKind.VENDOR_ACCOUNT: lambda say: say("Your own account ID with the vendor"),
    FieldKind.COMPETENCIES: lambda say: say("Competencies"),
    FieldKind.ABOUT: lambda say: say("About you"),
}
_PAPERS: dict[PaperKind, Callable[[Say], Html]] = {
    PaperKind.PASSPORT: lambda say: say("Passport"),
    PaperKind.TAX_REGISTRATION_CERTIFICATE: lambda say: say("Certificate of tax registration"),
    PaperKind.SELF_EMPLOYED_CERTIFICATE: lambda say: say("Certificate of self-employment"),
    PaperKind.REGISTRATION_CERTIFICATE: lambda say: say("Certificate of state registration"),
    PaperKind.REGISTER_EXTRACT: lambda say: say("Extract from the state register"),
    PaperKind.CHARTER: lambda say: say("Charter"),
    PaperKind.APPOINTMENT: lambda say: say("Order appointing the signatory"),
    PaperKind.POWER_OF_ATTORNEY: lambda say: say("Power of attorney"),
    PaperKind.BANK_DETAILS: lambda say: say("Letter of the bank with the account"),
    PaperKind.COMPETENCE_CERTIFICATE: lambda say: say("Certificate of competence"),
    PaperKind.SIGNED_APPLICATION: lambda say: say("Signed application"),
}


def field_name(language: Language, kind: FieldKind) -> Html:
    """Return the name of a field."""
    return _FIELDS[kind](language.say)


def paper_name(language: Language, kind: PaperKind) -> Html:
    """Return the name of a paper."""
    return _PAPERS[kind](language.say)


def item_name(language: Language, key: FieldKind | PaperKind | str) -> Html:
    """Return the name of a field or a paper, also where only its key is known."""
    if isinstance(key, PaperKind):
        return paper_name(language, key)
    if isinstance(key, FieldKind):
        return field_name(language, key)
    if key in set(FieldKind):
        return field_name(language, FieldKind(key))
    if key in set(PaperKind):
        return paper_name(language, PaperKind(key))
    return language.say("Who files it")


def item_mark(state: ItemState) -> str:
    """Return the coloured mark of a field or paper."""
    match state:
        case ItemState.MISSING:
            return "▫️"
        case ItemState.DONE:
            return "✅"
        case ItemState.ACCEPTED:
            return "🟢"
        case ItemState.WRONG:
            return "⚠️"
        case ItemState.REFUSED:
            return "🔴"


def status_words(language: Language, status: ApplicationStatus) -> Html:
    """Return mark and word of where an application stands."""
    say = language.say
    match status:
        case ApplicationStatus.DRAFT:
            return say("📝 being filled in")
        case ApplicationStatus.REVIEW:
            return say("🟡 under review")
        case ApplicationStatus.CORRECTION:
            return say("🟠 needs correction")
        case ApplicationStatus.REJECTED:
            return say("🔴 rejected")
        case ApplicationStatus.APPROVED:
            return say("🟢 approved")
        case ApplicationStatus.WITHDRAWN:
            return say("⚪️ taken back")


def field_reason(language: Language, reason: FieldRefusal) -> Html:
    """Return why an answer is not taken."""
    say = language.say
    match reason:
        case FieldRefusal.MISMATCH:
            return say("it differs from the papers")
        case FieldRefusal.NOT_FOUND:
            return say("it is not in the state register")
        case FieldRefusal.OUTDATED:
            return say("it is out of date")
        case FieldRefusal.INCOMPLETE:
            return say("it is incomplete")
        case FieldRefusal.OTHER:
            return say("another reason")


def paper_reason(language: Language, reason: PaperRefusal) -> Html:
    """Return why a paper is not taken."""
    say = language.say
    match reason:
        case PaperRefusal.UNREADABLE:
            return say("it cannot be read")
        case PaperRefusal.WRONG_PAPER:
            return say("it is another paper")
        case PaperRefusal.MISSING_PAGES:
            return say("pages are missing")
        case PaperRefusal.EXPIRED:
            return say("it has expired")
        case PaperRefusal.MISMATCH:
            return say("it differs from the answers")
        case PaperRefusal.OTHER:
            return say("another reason")


def rejection_reason(language: Language, reason: RejectionReason) -> Html:
    """Return why an application is rejected."""
    say = language.say
    match reason:
        case RejectionReason.REQUIREMENTS:
            return say("the requirements of the program are not met")
        case RejectionReason.DATA:
            return say("the answers could not be confirmed")
        case RejectionReason.PAPERS:
            return say("the papers are not sufficient")
        case RejectionReason.DUPLICATE:
            return say("you take part already")
        case RejectionReason.SECURITY:
            return say("the security check did not pass")
        case RejectionReason.OTHER:
            return say("another reason")
