"""The home of the rules for requisites: check digits and spellings of each country (R32)."""

import re
from collections.abc import Callable, Mapping

from domain.entities.partner import LegalForm
from domain.entities.requisites import FIELDS, OPTIONAL, Country, Details
from domain.errors import DomainError
from domain.rules import numbers
from domain.rules.numbers import BadNumber

SEPA = frozenset(
    re.findall(
        "[A-Z]{2}",
        "AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MT NL NO "
        "PL PT RO SE SI SK SM VA",
    )
)
"""Countries whose IBAN a partner outside Russia and Ukraine may have."""
_LENGTHS = {"name": (2, 200), "address": (8, 300), "bank": (2, 150), "signatory": (4, 150)}
_DIGITS = {
    "kpp": numbers.KPP_LENGTH,
    "bik": numbers.BIK_LENGTH,
    "account": numbers.BANK_ACCOUNT_LENGTH,
    "corr_account": numbers.BANK_ACCOUNT_LENGTH,
}

Values = Mapping[str, str]


class BadRequisite(DomainError):
    """A field cannot be right; ``why`` is the code of the cause."""

    code = "bad_requisite"


class RequisitesMissing(DomainError):
    """A pay-out needs requisites that were not saved yet, or of another legal form."""

    code = "requisites_missing"


def check_details(country: Country, form: LegalForm, values: Values) -> Details:
    """Return requisites with every field in its normal spelling.

    Raises:
        BadRequisite: a field is missing or cannot be right.
    """
    good: dict[str, str] = {}
    for name in FIELDS[country, form]:
        value = check_field(name, values.get(name, ""), country=country, form=form, known=good)
        if value:
            good[name] = value
    return Details(country=country, form=form, values=good)


def check_field(name: str, text: str, *, country: Country, form: LegalForm, known: Values) -> str:
    """Return a field in its normal spelling; empty where an optional one is left out.

    Args:
        name: One of the fields of this country and form.
        text: As typed.
        country: Whose rules hold.
        form: The legal form: the length of an INN depends on it.
        known: The fields before it.

    Raises:
        BadRequisite: it cannot be right.
    """
    if name in _LENGTHS:
        return _words(name, text)
    bare = re.sub(r"[\s\-–.]", "", text).upper()
    if not bare and name in OPTIONAL:
        return ""
    if not bare.isascii() or not bare.isalnum():
        raise BadRequisite(field=name, why="signs")
    length = _DIGITS.get(name)
    if name == "inn":
        is_company = form is LegalForm.LEGAL_ENTITY
        length = numbers.COMPANY_INN_LENGTH if is_company else numbers.PERSON_INN_LENGTH
    if length is not None and len(bare) != length:
        raise BadRequisite(field=name, why="length", length=length, given=len(bare))
    why = _CHECKS[name](bare, country, known)
    if why:
        raise BadRequisite(field=name, why=why)
    return bare


def _words(name: str, text: str) -> str:
    bare = " ".join(text.split())
    least, most = _LENGTHS[name]
    has_letter = any(sign.isalpha() for sign in bare)
    if not least <= len(bare) <= most or not bare.isprintable() or not has_letter:
        raise BadRequisite(field=name, why="words", least=least, most=most)
    return bare


Check = Callable[[str, Country, Values], str | None]


def _by(check: Callable[[str], str]) -> Check:
    """Return the check of a number by the rule of its country."""

    def judge(bare: str, _country: Country, _known: Values) -> str | None:
        return None if _is_right(check, bare) else "checksum"

    return judge


def _is_right(check: Callable[[str], str], bare: str) -> bool:
    try:
        check(bare)
    except BadNumber:
        return False
    return True


def _inn(bare: str) -> str:
    return numbers.inn(bare, is_company=len(bare) == numbers.COMPANY_INN_LENGTH)


def _eik(bare: str) -> str:
    """Return the register's number of a Bulgarian company; its VAT number is another field."""
    return numbers.eik(numbers.digits_of(bare, numbers.EIK_LENGTH, numbers.EIK_BRANCH_LENGTH))


def _corr_account(bare: str, _country: Country, known: Values) -> str | None:
    if not _is_right(numbers.correspondent_account, bare):
        return "checksum"
    return None if numbers.is_account_of(known.get("bik", ""), bare) else "bank"


def _account(bare: str, _country: Country, known: Values) -> str | None:
    if not _is_right(numbers.client_account, bare):
        return "checksum"
    return None if numbers.fits_bank(bare, known.get("bik", "")) else "bank"


def _iban(bare: str, country: Country, _known: Values) -> str | None:
    if not _is_right(numbers.iban, bare):
        return "checksum"
    if country is Country.UA:
        return None if bare.startswith("UA") else "country"
    return None if bare[:2] in SEPA else "country"


def _bic(bare: str, _country: Country, known: Values) -> str | None:
    if not _is_right(numbers.bic, bare):
        return "checksum"
    return None if bare[4:6] == known.get("iban", "")[:2] else "bank"


def _vat(bare: str, country: Country, known: Values) -> str | None:
    if not _is_right(numbers.vat, bare):
        return "checksum"
    if country is not Country.BG:
        return None
    eik = known.get("eik", "")
    return None if bare.startswith("BG") and bare[2:] == eik[:9] else "country"


_CHECKS: dict[str, Check] = {
    "inn": _by(_inn),
    "kpp": _by(numbers.kpp),
    "ogrn": _by(numbers.ogrn),
    "ogrnip": _by(numbers.ogrnip),
    "eik": _by(_eik),
    "egn": _by(numbers.egn),
    "edrpou": _by(numbers.edrpou),
    "rnokpp": _by(numbers.rnokpp),
    "vat": _vat,
    "bik": _by(numbers.bik_of_bank),
    "corr_account": _corr_account,
    "account": _account,
    "iban": _iban,
    "bic": _bic,
}
