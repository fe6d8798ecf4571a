"""The home of the rules for requisites: check digits and spellings of each country (R32)."""

import re
from collections.abc import Callable, Mapping

from stdnum import bic, iban
from stdnum.bg import egn
from stdnum.bg import vat as bg_vat
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.ru import inn
from stdnum.ua import edrpou, rntrc

from domain.entities.partner import LegalForm
from domain.entities.requisites import FIELDS, OPTIONAL, Country, Details
from domain.errors import DomainError

SEPA = frozenset(
    re.findall(
        "[A-Z]{2}",
        "AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MT NL NO "
        "PL PT RO SE SI SK SM VA",
    )
)
"""Countries whose IBAN a partner outside Russia and Ukraine may have."""
_LENGTHS = {"name": (2, 200), "address": (8, 300), "bank": (2, 150), "signatory": (4, 150)}
_KEY_WEIGHTS = (7, 1, 3)
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_BIK = re.compile(r"0[0-9]{8}")
_DIGITS = {"kpp": 9, "bik": 9, "account": 20, "corr_account": 20}
_FIRST_OF_OGRN, _FIRST_OF_OGRNIP = "15", "3"
_BRANCH = 13
"""Digits of the number of a Bulgarian branch."""
_TEN = 10
"""A remainder that is no digit: other weights follow."""
_FIRST_BANK = 50
"""The least end of a commercial bank's BIK."""
_OWN_OFFICES = ("000", "001", "002")
"""Ends of a BIK of the central bank's own offices."""

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
        length = 10 if form is LegalForm.LEGAL_ENTITY else 12
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


def _by(validate: Callable[[str], str]) -> Check:
    """Return the check of a number that the library knows."""

    def check(bare: str, _country: Country, _known: Values) -> str | None:
        try:
            kept = validate(bare)
        except ValidationError:
            return "checksum"
        # The libraries let zeros pass where their sums come out right.
        return "checksum" if not kept.strip("0") else None

    return check


def _ogrn(digits: int, modulus: int, first: str) -> Check:
    def check(bare: str, _country: Country, _known: Values) -> str | None:
        if not bare.isdigit() or len(bare) != digits or bare[0] not in first:
            return "checksum"
        return None if int(bare[:-1]) % modulus % 10 == int(bare[-1]) else "checksum"

    return check


def _eik(bare: str, _country: Country, _known: Values) -> str | None:
    """Test the register's number of a Bulgarian company: nine digits, thirteen for a branch."""
    if not bare.isdigit() or len(bare) not in (9, _BRANCH) or not bare.strip("0"):
        return "checksum"
    if bg_vat.calc_check_digit_legal(bare[:8]) != bare[8]:
        return "checksum"
    if len(bare) == _BRANCH and _branch_digit(bare) != bare[12]:
        return "checksum"
    return None


def _branch_digit(bare: str) -> str:
    part = [int(sign) for sign in bare[8:12]]
    for weights in ((2, 7, 3, 5), (4, 9, 5, 7)):
        rest = sum(weight * digit for weight, digit in zip(weights, part, strict=True)) % 11
        if rest != _TEN:
            return str(rest)
    return "0"


def _kpp(bare: str, _country: Country, _known: Values) -> str | None:
    return None if _KPP.fullmatch(bare) and bare.strip("0") else "checksum"


def _bik(bare: str, _country: Country, _known: Values) -> str | None:
    is_office = bare[-3:] in _OWN_OFFICES
    is_right = (
        _BIK.fullmatch(bare) and bare[:2] == "04" and (is_office or int(bare[-3:]) >= _FIRST_BANK)
    )
    return None if is_right else "checksum"


def _key_holds(prefix: str, account: str) -> bool:
    """Test the control key of an account, which the Bank of Russia counts with the BIK."""
    digits = f"{prefix}{account}"
    weights = _KEY_WEIGHTS * (len(digits) // 3 + 1)
    return sum(int(sign) * weights[at] % 10 for at, sign in enumerate(digits)) % 10 == 0


def _corr_account(bare: str, _country: Country, known: Values) -> str | None:
    bik = known.get("bik", "")
    if not bare.isdigit() or not bare.startswith("301"):
        return "checksum"
    if bare[-3:] != bik[-3:] or not _key_holds(f"0{bik[4:6]}", bare):
        return "bank"
    return None


def _account(bare: str, _country: Country, known: Values) -> str | None:
    bik = known.get("bik", "")
    if not bare.isdigit() or not bare.strip("0") or bare.startswith("301"):
        return "checksum"
    prefix = f"0{bik[4:6]}" if bik[-3:] in _OWN_OFFICES else bik[-3:]
    return None if _key_holds(prefix, bare) else "bank"


def _iban(bare: str, country: Country, _known: Values) -> str | None:
    try:
        iban.validate(bare)
    except ValidationError:
        return "checksum"
    if country is Country.UA:
        return None if bare.startswith("UA") else "country"
    return None if bare[:2] in SEPA else "country"


def _bic(bare: str, _country: Country, known: Values) -> str | None:
    try:
        bic.validate(bare)
    except ValidationError:
        return "checksum"
    return None if bare[4:6] == known.get("iban", "")[:2] else "bank"


def _vat(bare: str, country: Country, known: Values) -> str | None:
    try:
        eu_vat.validate(bare)
    except ValidationError:
        return "checksum"
    if country is not Country.BG:
        return None
    eik = known.get("eik", "")
    return None if bare.startswith("BG") and bare[2:] == eik[:9] else "country"


_CHECKS: dict[str, Check] = {
    "inn": _by(inn.validate),
    "kpp": _kpp,
    "ogrn": _ogrn(13, 11, _FIRST_OF_OGRN),
    "ogrnip": _ogrn(15, 13, _FIRST_OF_OGRNIP),
    "eik": _eik,
    "egn": _by(egn.validate),
    "edrpou": _by(edrpou.validate),
    "rnokpp": _by(rntrc.validate),
    "vat": _vat,
    "bik": _bik,
    "corr_account": _corr_account,
    "account": _account,
    "iban": _iban,
    "bic": _bic,
}
