"""The home of numbers of companies and people: each by the official rule of its country.

Where the library and the official rule differ, the rule holds: the last digit of an OGRNIP is
``% 13 % 10``, and a number of nothing but zeros is none.
"""

import re
from collections.abc import Callable
from types import ModuleType

from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum import numdb
from stdnum.bg import egn as egns
from stdnum.bg import vat as bulgarian
from stdnum.eu import vat as european
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)
from stdnum.ru import inn as inns
from stdnum.ua import edrpou as edrpous
from stdnum.ua import rntrc as rnokpps

COMPANY_INN_LENGTH, PERSON_INN_LENGTH = 10, 12
OGRN_LENGTH, OGRNIP_LENGTH = 13, 15
EIK_LENGTH, EIK_BRANCH_LENGTH, EGN_LENGTH = 9, 13, 10
_SEPARATORS = str.maketrans("", "", "  -\t")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_BANK_WEIGHTS = (7, 1, 3)
BIK_LENGTH, BANK_ACCOUNT_LENGTH, KPP_LENGTH = 9, 20, 9
_FIRST_BANK = 50
"""The least end of a commercial bank's BIK."""
_OWN_OFFICES = ("000", "001", "002")
"""Ends of a BIK of the Bank of Russia's own offices."""
_CORRESPONDENT = "301"
"""What an account of a bank with the Bank of Russia begins with; no client has such a one."""


class BadNumber(ValueError):
    """The number cannot be one.

    Attributes:
        problem: ``digits``, ``length``, ``zeros``, ``check_digit`` or ``shape``.
        allowed: Lengths that it may have, where that is what is wrong.
    """

    def __init__(self, problem: str, *allowed: int) -> None:
        """Keep what is wrong."""
        super().__init__(problem)
        self.problem = problem
        self.allowed = allowed


def digits_of(text: str, *lengths: int) -> str:
    """Return the digits without separators.

    Raises:
        BadNumber: other signs, another length, or nothing but zeros.
    """
    number = text.translate(_SEPARATORS)
    if not number.isascii() or not number.isdigit():
        raise BadNumber("digits")
    if len(number) not in lengths:
        raise BadNumber("length", *lengths)
    if not number.strip("0"):
        raise BadNumber("zeros")
    return number


def inn(text: str, *, is_company: bool) -> str:
    """Return the taxpayer's number (Russia): 10 digits of a company, 12 of a person."""
    number = digits_of(text, COMPANY_INN_LENGTH if is_company else PERSON_INN_LENGTH)
    if number.startswith("00"):
        raise BadNumber("shape")
    return _checked(inns, number)


def kpp(text: str) -> str:
    """Return the code of the reason of registration (Russia): NNNNPPNNN, PP may be letters."""
    code = text.translate(_SEPARATORS).upper()
    if len(code) != KPP_LENGTH:
        raise BadNumber("length", KPP_LENGTH)
    if not code.isascii() or not code.isalnum():
        raise BadNumber("shape")
    if not (code[:4] + code[6:]).isdigit() or code[:4] == "0000":
        raise BadNumber("shape")
    return code


def ogrn(text: str) -> str:
    """Return the registration number of a company (Russia): the last digit is ``% 11 % 10``."""
    number = digits_of(text, OGRN_LENGTH)
    if number[0] not in "15":
        raise BadNumber("shape")
    return _ends_in(number, 11)


def ogrnip(text: str) -> str:
    """Return the number of a sole proprietor (Russia): the last digit is ``% 13 % 10``."""
    number = digits_of(text, OGRNIP_LENGTH)
    if number[0] != "3":
        raise BadNumber("shape")
    return _ends_in(number, 13)


def _ends_in(number: str, divisor: int) -> str:
    if int(number[:-1]) % divisor % 10 != int(number[-1]):
        raise BadNumber("check_digit")
    return number


def edrpou(text: str) -> str:
    """Return the register code of a company (Ukraine)."""
    return _checked(edrpous, digits_of(text, 8))


def rnokpp(text: str) -> str:
    """Return the number of a taxpayer's card (Ukraine)."""
    return _checked(rnokpps, digits_of(text, 10))


def eik(text: str) -> str:
    """Return the unified code of a company (Bulgaria): 9 digits, 13 of a branch."""
    bare = text.strip().upper().removeprefix("BG")
    number = digits_of(bare, EIK_LENGTH, EIK_BRANCH_LENGTH)
    if bulgarian.calc_check_digit_legal(number[:8]) != number[8]:
        raise BadNumber("check_digit")
    if len(number) == EIK_BRANCH_LENGTH and _branch_digit(number[8:12]) != number[12]:
        raise BadNumber("check_digit")
    return number


def _branch_digit(part: str) -> str:
    """Return the last digit of a branch's code, by the 9th to 12th digits."""
    for weights in ((2, 7, 3, 5), (4, 9, 5, 7)):
        total = sum(weight * int(digit) for weight, digit in zip(weights, part, strict=True))
        rest = str(total % 11)
        if len(rest) == 1:
            return rest
    return "0"


def egn(text: str) -> str:
    """Return the number of a person (Bulgaria)."""
    return _checked(egns, digits_of(text, EGN_LENGTH))


def vat(text: str) -> str:
    """Return the VAT number of a company of the European Union, with the country's letters."""
    return _checked(european, text.translate(_SEPARATORS).upper())


def iban(text: str) -> str:
    """Return an account number by ISO 13616, without spaces."""
    number = text.translate(_SEPARATORS).upper()
    if not _IBAN.fullmatch(number):
        raise BadNumber("shape")
    return _checked(ibans, number)


def iban_length(country: str) -> int | None:
    """Return how many signs an IBAN of a country has, ``None`` where there is no such one."""
    facts = numdb.get("iban").info(f"{country}00")[0][1]
    parts = re.findall(r"([0-9]+)!", str(facts.get("bban", "")))
    return 4 + sum(map(int, parts)) if parts else None


def bic(text: str) -> str:
    """Return the code of a bank by ISO 9362."""
    return _checked(bics, text.translate(_SEPARATORS).upper())


def bik(text: str) -> str:
    """Return the code of a bank (Russia)."""
    number = digits_of(text, BIK_LENGTH)
    if number[0] not in "012":
        raise BadNumber("shape")
    return number


def bik_of_bank(text: str) -> str:
    """Return the code of a bank that keeps accounts of clients, or of the Bank of Russia."""
    number = bik(text)
    if number[:2] != "04":
        raise BadNumber("shape")
    if number[-3:] not in _OWN_OFFICES and int(number[-3:]) < _FIRST_BANK:
        raise BadNumber("shape")
    return number


def bank_account(text: str) -> str:
    """Return an account of 20 digits (Russia); ``fits_bank`` proves it."""
    return digits_of(text, BANK_ACCOUNT_LENGTH)


def client_account(text: str) -> str:
    """Return the account of a bank's client (Russia), which is no bank's own."""
    number = bank_account(text)
    if number.startswith(_CORRESPONDENT):
        raise BadNumber("shape")
    return number


def correspondent_account(text: str) -> str:
    """Return the account of a bank (Russia); ``is_account_of`` proves it."""
    number = bank_account(text)
    if not number.startswith(_CORRESPONDENT):
        raise BadNumber("shape")
    return number


def fits_bank(account: str, bank: str) -> bool:
    """Test if the key digit of an account is right for the bank (Russia).

    Banks give the last three digits of their BIK; accounts with the Bank of Russia itself, whose
    BIK ends in 000 to 002, take a 0 and the 5th and 6th digit.
    """
    return _key_holds(_region(bank) if bank[-3:] in _OWN_OFFICES else bank[-3:], account)


def is_account_of(bank: str, account: str) -> bool:
    """Test if an account with the Bank of Russia is this bank's own: it ends as the BIK does."""
    return account[-3:] == bank[-3:] and _key_holds(_region(bank), account)


def _region(bank: str) -> str:
    return f"0{bank[4:6]}"


def _key_holds(head: str, account: str) -> bool:
    """Test that the last digits of the products with 7, 1, 3, 7, 1, 3 ... sum up to a 0."""
    total = sum(
        int(digit) * _BANK_WEIGHTS[place % 3] % 10 for place, digit in enumerate(head + account)
    )
    return total % 10 == 0


def _checked(module: ModuleType, number: str) -> str:
    validate: Callable[[str], str] = module.validate
    try:
        return validate(number)
    except InvalidChecksum:
        raise BadNumber("check_digit") from None
    except InvalidLength:
        raise BadNumber("length") from None
    except (InvalidFormat, InvalidComponent, ValidationError):
        raise BadNumber("shape") from None
