"""The home of the questionnaire: every field and paper that a program may ask an applicant for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class FieldGroup(StrEnum):
    """A part of the questionnaire, in the order in which it is shown."""

    PERSON = "person"
    COMPANY = "company"
    REGISTRATION = "registration"
    BANK = "bank"
    CONTACTS = "contacts"
    MORE = "more"


class Country(StrEnum):
    """Whose rules the numbers of a legal form follow."""

    RU = "RU"
    UA = "UA"
    BG = "BG"


class FieldKind(StrEnum):
    """What a program may ask an applicant; the order is the one of the form."""

    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    POSITION = "position"
    EMPLOYEE_NAME = "employee_name"
    EMPLOYEE_POSITION = "employee_position"
    COMPANY_NAME = "company_name"
    BRAND = "brand"
    WEBSITE = "website"
    INN = "inn"
    KPP = "kpp"
    OGRN = "ogrn"
    OGRNIP = "ogrnip"
    EDRPOU = "edrpou"
    RNOKPP = "rnokpp"
    EIK = "eik"
    VAT = "vat"
    TAX_ID = "tax_id"
    BANK_ACCOUNT = "bank_account"
    BIK = "bik"
    IBAN = "iban"
    BANK_NAME = "bank_name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    VENDOR_ACCOUNT = "vendor_account"
    COMPETENCIES = "competencies"
    ABOUT = "about"


_K, _G = FieldKind, FieldGroup
GROUP_OF: Final[Mapping[FieldKind, FieldGroup]] = {
    **dict.fromkeys(
        (_K.FULL_NAME, _K.BIRTH_DATE, _K.POSITION, _K.EMPLOYEE_NAME, _K.EMPLOYEE_POSITION),
        _G.PERSON,
    ),
    **dict.fromkeys((_K.COMPANY_NAME, _K.BRAND, _K.WEBSITE), _G.COMPANY),
    **dict.fromkeys(
        (_K.INN, _K.KPP, _K.OGRN, _K.OGRNIP, _K.EDRPOU, _K.RNOKPP, _K.EIK, _K.VAT, _K.TAX_ID),
        _G.REGISTRATION,
    ),
    **dict.fromkeys((_K.BANK_ACCOUNT, _K.BIK, _K.IBAN, _K.BANK_NAME), _G.BANK),
    **dict.fromkeys((_K.PHONE, _K.EMAIL, _K.ADDRESS), _G.CONTACTS),
    **dict.fromkeys((_K.VENDOR_ACCOUNT, _K.COMPETENCIES, _K.ABOUT), _G.MORE),
}
"""Every field has its part of the form; a test compares them."""
COUNTRY_OF: Final[Mapping[FieldKind, Country]] = {
    **dict.fromkeys((_K.INN, _K.KPP, _K.OGRN, _K.OGRNIP, _K.BANK_ACCOUNT, _K.BIK), Country.RU),
    _K.EDRPOU: Country.UA,
    _K.RNOKPP: Country.UA,
    _K.EIK: Country.BG,
}
"""Numbers that exist in one country only; all others are checked by rules that hold anywhere."""
EMPLOYEE_FIELDS: Final = (FieldKind.EMPLOYEE_NAME, FieldKind.EMPLOYEE_POSITION)
"""What is asked besides where an employee files for the applicant (R32)."""
TAX_FIELDS: Final = (_K.INN, _K.EDRPOU, _K.RNOKPP, _K.EIK, _K.TAX_ID)
"""Where the number by which the tax office knows the applicant may stand."""


class PaperKind(StrEnum):
    """A paper that a program may ask for."""

    PASSPORT = "passport"
    TAX_REGISTRATION_CERTIFICATE = "tax_registration_certificate"
    SELF_EMPLOYED_CERTIFICATE = "self_employed_certificate"
    REGISTRATION_CERTIFICATE = "registration_certificate"
    REGISTER_EXTRACT = "register_extract"
    CHARTER = "charter"
    APPOINTMENT = "appointment"
    POWER_OF_ATTORNEY = "power_of_attorney"
    BANK_DETAILS = "bank_details"
    COMPETENCE_CERTIFICATE = "competence_certificate"
    SIGNED_APPLICATION = "signed_application"
