"""The home of the rules of answers: what may stand in each field of an application (R32)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import category

import phonenumbers

from domain.entities.partner import LegalForm
from domain.entities.questionnaire import Country, FieldKind
from domain.errors import DomainError
from domain.rules import numbers
from domain.rules.numbers import BadNumber

LEAST_AGE, MOST_AGE = 18, 110
NAME_LENGTH, LINE_LENGTH, LONG_LENGTH = 120, 200, 1_000
EMAIL_LENGTH, URL_LENGTH, ACCOUNT_LENGTH = 254, 200, 128
_UNWRITABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that let a text read otherwise than it is."""
_WIDTHLESS = re.compile(
    "[\\u00ad\\u180e\\u200b\\u2060\\ufeff]|(?<=\\w)[\\u200c\\u200d]|[\\u200c\\u200d](?=\\w)"
)
"""Signs that nobody sees: they come along when something is copied from a page."""
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TAX_ID = re.compile(r"[A-Z0-9][A-Z0-9./-]{3,29}")


class FieldInvalid(DomainError):
    """What was entered cannot stand in the field; what stood there stays.

    The facts: ``field``; ``problem``, a code; and what the words of that problem need.
    """

    code = "field_invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """What an answer is judged by besides itself.

    Attributes:
        form: The legal form of the applicant.
        country: Whose numbers and phones are meant, or ``None``.
        today: The day of the judgement.
    """

    form: LegalForm
    country: Country | None
    today: date


class _Unfit(ValueError):
    def __init__(self, problem: str, **facts: object) -> None:
        super().__init__(problem)
        self.problem = problem
        self.facts = facts


_Check = Callable[[str, AnswerContext], str]


def check_answer(kind: FieldKind, text: str, context: AnswerContext) -> str:
    """Return the answer in its normal spelling.

    Raises:
        FieldInvalid: it cannot stand there.
    """
    try:
        return _CHECKS[kind](_plain(text), context)
    except _Unfit as unfit:
        raise FieldInvalid(field=kind.value, problem=unfit.problem, **unfit.facts) from None
    except BadNumber as bad:
        raise FieldInvalid(field=kind.value, problem=bad.problem, lengths=bad.allowed) from None


def _plain(text: str) -> str:
    """Return the text without spaces around it and signs of no width, if people can write it."""
    value = _WIDTHLESS.sub("", text).strip()
    if not value:
        raise _Unfit("empty")
    signs = value.replace("\n", "")
    if any(category(sign) in _UNWRITABLE or sign in _TURNING for sign in signs):
        raise _Unfit("control")
    return value


def problem_of(kind: FieldKind, value: str, context: AnswerContext) -> str | None:
    """Return the code of what is wrong with a kept answer now; ``None`` for nothing."""
    try:
        check_answer(kind, value, context)
    except FieldInvalid as invalid:
        return str(invalid.facts["problem"])
    return None


PROVED_BY = {
    FieldKind.BANK_ACCOUNT: FieldKind.BIK,
    FieldKind.BIK: FieldKind.BANK_ACCOUNT,
}
"""What is asked for as soon as the other is answered: a Russian account and its bank."""


def pair_problems(values: Mapping[FieldKind, str]) -> dict[FieldKind, str]:
    """Return what is wrong with answers that are right alone, by field."""
    account, bank = values.get(FieldKind.BANK_ACCOUNT), values.get(FieldKind.BIK)
    if account and bank and not numbers.fits_bank(account, bank):
        return {FieldKind.BANK_ACCOUNT: "bank_mismatch", FieldKind.BIK: "bank_mismatch"}
    return {}


def _words(least: int, most: int, *, lines: bool = False) -> _Check:
    """Return the check of a text with letters in it."""

    def check(value: str, _context: AnswerContext) -> str:
        joined = "\n".join(" ".join(line.split()) for line in value.splitlines())
        if not lines and "\n" in joined:
            raise _Unfit("one_line")
        if not any(sign.isalpha() for sign in joined):
            raise _Unfit("letters")
        _check_length(joined, least, most)
        return joined

    return check


def _check_length(value: str, least: int, most: int) -> None:
    if len(value) < least:
        raise _Unfit("too_short", least=least)
    if len(value) > most:
        raise _Unfit("too_long", most=most)


def _full_name(value: str, context: AnswerContext) -> str:
    name = _words(4, NAME_LENGTH)(value, context)
    if any(sign.isdigit() for sign in name):
        raise _Unfit("name_digits")
    if " " not in name:
        raise _Unfit("full_name")
    return name


def _address(value: str, context: AnswerContext) -> str:
    address = _words(10, LINE_LENGTH)(" ".join(value.split()), context)
    if not any(sign.isdigit() for sign in address):
        raise _Unfit("house")
    return address


def _birth_date(value: str, context: AnswerContext) -> str:
    found = _DATE.fullmatch(value)
    if found is None:
        raise _Unfit("date")
    day, month, year = found[1], found[2], found[3]
    if year is None:
        year, month, day = found[4], found[5], found[6]
    try:
        born = date(int(year), int(month), int(day))
    except ValueError:
        raise _Unfit("no_such_day") from None
    if born > context.today:
        raise _Unfit("future")
    had_birthday = (context.today.month, context.today.day) >= (born.month, born.day)
    age = context.today.year - born.year - (not had_birthday)
    if age < LEAST_AGE:
        raise _Unfit("under_age", least=LEAST_AGE)
    if age > MOST_AGE:
        raise _Unfit("too_old")
    return born.isoformat()


def _inn(value: str, context: AnswerContext) -> str:
    return numbers.inn(value, is_company=context.form is LegalForm.LEGAL_ENTITY)


def _phone(value: str, context: AnswerContext) -> str:
    try:
        parsed = phonenumbers.parse(value, context.country.value if context.country else None)
    except phonenumbers.NumberParseException as bad:
        is_short = bad.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        raise _Unfit("phone_country" if is_short else "phone") from None
    if not phonenumbers.is_valid_number(parsed):
        raise _Unfit("phone")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _email(value: str, _context: AnswerContext) -> str:
    local, at, domain = value.rpartition("@")
    if not at or not local:
        raise _Unfit("email")
    if len(value) > EMAIL_LENGTH:
        raise _Unfit("too_long", most=EMAIL_LENGTH)
    is_dotted = local.startswith(".") or local.endswith(".") or ".." in local
    if not _EMAIL.fullmatch(local) or is_dotted:
        raise _Unfit("email")
    return f"{local}@{_host(domain, 'email')}"


def _host(name: str, problem: str) -> str:
    """Return a host name with at least one dot, in small Latin letters."""
    try:
        host = name.encode("idna").decode().lower()
    except UnicodeError:
        raise _Unfit(problem) from None
    labels = host.split(".")
    is_host = len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)
    if not is_host or labels[-1].isdigit():
        raise _Unfit(problem)
    return host


def _website(value: str, _context: AnswerContext) -> str:
    if any(sign.isspace() for sign in value):
        raise _Unfit("website")
    scheme, mark, rest = value.partition("://")
    if not mark:
        scheme, rest = "https", value
    if scheme.lower() not in ("http", "https"):
        raise _Unfit("website")
    host, slash, path = rest.partition("/")
    _check_length(value, 4, URL_LENGTH)
    return f"{scheme.lower()}://{_host(host, 'website')}{slash}{path}"


def _tax_id(value: str, _context: AnswerContext) -> str:
    number = "".join(value.split()).upper()
    if not any(sign.isdigit() for sign in number) or not _TAX_ID.fullmatch(number):
        raise _Unfit("shape")
    if not number.strip("0"):
        raise _Unfit("zeros")
    return number


def _vendor_account(value: str, _context: AnswerContext) -> str:
    if "\n" in value:
        raise _Unfit("one_line")
    _check_length(value, 1, ACCOUNT_LENGTH)
    return value


def _number(check: Callable[[str], str]) -> _Check:
    return lambda value, _context: check(value)


_K = FieldKind
_CHECKS: dict[FieldKind, _Check] = {
    _K.FULL_NAME: _full_name,
    _K.BIRTH_DATE: _birth_date,
    _K.POSITION: _words(2, NAME_LENGTH),
    _K.EMPLOYEE_NAME: _full_name,
    _K.EMPLOYEE_POSITION: _words(2, NAME_LENGTH),
    _K.COMPANY_NAME: _words(2, NAME_LENGTH),
    _K.BRAND: _words(2, 60),
    _K.WEBSITE: _website,
    _K.INN: _inn,
    _K.KPP: _number(numbers.kpp),
    _K.OGRN: _number(numbers.ogrn),
    _K.OGRNIP: _number(numbers.ogrnip),
    _K.EDRPOU: _number(numbers.edrpou),
    _K.RNOKPP: _number(numbers.rnokpp),
    _K.EIK: _number(numbers.eik),
    _K.VAT: _number(numbers.vat),
    _K.TAX_ID: _tax_id,
    _K.BANK_ACCOUNT: _number(numbers.bank_account),
    _K.BIK: _number(numbers.bik),
    _K.IBAN: _number(numbers.iban),
    _K.BANK_NAME: _words(2, NAME_LENGTH),
    _K.PHONE: _phone,
    _K.EMAIL: _email,
    _K.ADDRESS: _address,
    _K.VENDOR_ACCOUNT: _vendor_account,
    _K.COMPETENCIES: _words(3, LONG_LENGTH, lines=True),
    _K.ABOUT: _words(10, LONG_LENGTH, lines=True),
}
"""How each field is checked; a test compares them with the catalogue."""
