"""Answers of an application: each by the official rule of its country, each refusal by a code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.entities.partner import LegalForm
from domain.entities.questionnaire import COUNTRY_OF, GROUP_OF, Country, FieldKind
from domain.rules.answers import (
    AnswerContext,
    FieldInvalid,
    check_answer,
    pair_problems,
    problem_of,
)
from domain.rules.numbers import BadNumber, fits_bank, ogrnip

TODAY = date(2026, 3, 2)
F = FieldKind
COMPANY = AnswerContext(form=LegalForm.LEGAL_ENTITY, country=Country.RU, today=TODAY)
PERSON = AnswerContext(form=LegalForm.SELF_EMPLOYED, country=Country.RU, today=TODAY)
NOWHERE = AnswerContext(form=LegalForm.LEGAL_ENTITY, country=None, today=TODAY)

# field, what is typed, the code of the refusal
BAD = [
    (F.FULL_NAME, "", "empty"),
    (F.FULL_NAME, "   ", "empty"),
    (F.FULL_NAME, "Sample", "full_name"),
    (F.FULL_NAME, "Sam Anna 2", "name_digits"),
    (F.FULL_NAME, "A B", "too_short"),
    (F.FULL_NAME, f"Sample {'a' * 120}", "too_long"),
    (F.FULL_NAME, "Sample\nAnna", "one_line"),
    (F.FULL_NAME, "Sample\u0000Anna", "control"),
    (F.FULL_NAME, "Sample \u202eannA Lee", "control"),
    (F.FULL_NAME, "Sample Anna\u2066", "control"),
    (F.FULL_NAME, "\u200b\u2060\ufeff", "empty"),
    (F.EMPLOYEE_NAME, "Anna", "full_name"),
    (F.BIRTH_DATE, "yesterday", "date"),
    (F.BIRTH_DATE, "31.02.1990", "no_such_day"),
    (F.BIRTH_DATE, "1.1.90", "date"),
    (F.BIRTH_DATE, "03.03.2026", "future"),
    (F.BIRTH_DATE, "03.03.2008", "under_age"),
    (F.BIRTH_DATE, "01.01.1900", "too_old"),
    (F.POSITION, "1", "letters"),
    (F.COMPANY_NAME, "12345", "letters"),
    (F.COMPANY_NAME, "X", "too_short"),
    (F.BRAND, "b" * 61, "too_long"),
    (F.WEBSITE, "example", "website"),
    (F.WEBSITE, "ftp://example.com", "website"),
    (F.WEBSITE, "https://exa mple.com", "website"),
    (F.WEBSITE, "javascript://example.com", "website"),
    (F.WEBSITE, "https://127.0.0.1", "website"),
    (F.INN, "0000000000", "zeros"),
    (F.INN, "7700123458", "check_digit"),
    (F.INN, "771234567859", "length"),
    (F.INN, "77001234A9", "digits"),
    (F.INN, "٧٧٠٠١٢٣٤٥٩", "digits"),
    (F.INN, "0012345678", "shape"),
    (F.KPP, "77360100", "length"),
    (F.KPP, "000001001", "shape"),
    (F.KPP, "7736010AA", "shape"),
    (F.OGRN, "1027700132194", "check_digit"),
    (F.OGRN, "102770013219", "length"),
    (F.OGRN, "9027700132195", "shape"),
    (F.OGRN, "0000000000000", "zeros"),
    (F.OGRNIP, "304500116000150", "check_digit"),
    (F.OGRNIP, "504500116000157", "shape"),
    (F.OGRNIP, "30450011600015", "length"),
    (F.EDRPOU, "32855968", "check_digit"),
    (F.EDRPOU, "00000000", "zeros"),
    (F.RNOKPP, "1759013770", "check_digit"),
    (F.RNOKPP, "0000000000", "zeros"),
    (F.EIK, "175074751", "check_digit"),
    (F.EIK, "1750747520000", "check_digit"),
    (F.EIK, "17507475", "length"),
    (F.VAT, "BG175074751", "check_digit"),
    (F.VAT, "175074752", "shape"),
    (F.TAX_ID, "abc", "shape"),
    (F.TAX_ID, "000000", "zeros"),
    (F.BANK_ACCOUNT, "4070281020000001234", "length"),
    (F.BANK_ACCOUNT, "DE89370400440532013000", "digits"),
    (F.BANK_ACCOUNT, "0" * 20, "zeros"),
    (F.BIK, "944525225", "shape"),
    (F.BIK, "04452522", "length"),
    (F.IBAN, "DE89 3704 0044 0532 0130 01", "check_digit"),
    (F.IBAN, "DE8937040044053201300", "check_digit"),
    (F.IBAN, "my account", "shape"),
    (F.IBAN, "DE8Z370400447532013000", "shape"),
    (F.BANK_NAME, "7", "letters"),
    (F.PHONE, "12", "phone"),
    (F.PHONE, "+7 000 000-00-00", "phone"),
    (F.PHONE, "call me", "phone"),
    (F.PHONE, "+999 123 456", "phone_country"),
    (F.EMAIL, "ann", "email"),
    (F.EMAIL, "@example.com", "email"),
    (F.EMAIL, "ann@example", "email"),
    (F.EMAIL, "ann..b@example.com", "email"),
    (F.EMAIL, "ann b@example.com", "email"),
    (F.EMAIL, "ann@exa_mple.com", "email"),
    (F.EMAIL, f"ann@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.com", "too_long"),
    (F.ADDRESS, "Town", "too_short"),
    (F.ADDRESS, "Sample Town, Street", "house"),
    (F.VENDOR_ACCOUNT, "a" * 129, "too_long"),
    (F.VENDOR_ACCOUNT, "a\nb", "one_line"),
    (F.COMPETENCIES, "12", "letters"),
    (F.ABOUT, "short", "too_short"),
    (F.ABOUT, "five thousand " * 358, "too_long"),
    (F.FULL_NAME, "Sample " + "Anna " * 999, "too_long"),
    (F.INN, "5" * 5_000, "length"),
    (F.INN, "BG175074752", "digits"),
    (F.EIK, "1759013776", "length"),
    (F.EDRPOU, "175074752", "length"),
    (F.PHONE, "+7 912 345-67", "phone"),
]


@pytest.mark.parametrize(("field", "typed", "problem"), BAD)
def test_what_cannot_stand_there_is_refused_by_its_code(
    field: FieldKind, typed: str, problem: str
) -> None:
    with pytest.raises(FieldInvalid) as caught:
        check_answer(field, typed, COMPANY)
    assert caught.value.facts["field"] == field.value
    assert caught.value.facts["problem"] == problem


# field, what is typed, what is kept
GOOD = [
    (F.FULL_NAME, "  Sample   Anna  Mary ", "Sample Anna Mary"),
    (F.FULL_NAME, "\ufeffSam\u00adple\u200b An\u200dna", "Sample Anna"),
    (F.INN, "77001\u200b23459", "7700123459"),
    (F.EMAIL, "ann\u200b@example.com", "ann@example.com"),
    (F.ABOUT, "We are a family: 👩\u200d👧", "We are a family: 👩\u200d👧"),
    (F.BIRTH_DATE, "2.3.2008", "2008-03-02"),
    (F.BIRTH_DATE, "1990-12-31", "1990-12-31"),
    (F.WEBSITE, "Example.com/About", "https://example.com/About"),
    (F.INN, "77 0012 3459", "7700123459"),
    (F.KPP, "7736AB001", "7736AB001"),
    (F.OGRN, "1027700132195", "1027700132195"),
    (F.OGRNIP, "304500116000157", "304500116000157"),
    (F.EDRPOU, "32855961", "32855961"),
    (F.RNOKPP, "1759013776", "1759013776"),
    (F.EIK, "BG 175074752", "175074752"),
    (F.VAT, "bg 175074752", "BG175074752"),
    (F.TAX_ID, "123-456-789", "123-456-789"),
    (F.IBAN, "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
    (F.PHONE, "8 (912) 345-67-89", "+79123456789"),
    (F.PHONE, "+380 67 123 45 67", "+380671234567"),
    (F.EMAIL, "Ann.B+x@Example.COM", "Ann.B+x@example.com"),
    (F.EMAIL, "ann@пример.рф", "ann@xn--e1afmkfd.xn--p1ai"),
    (F.ADDRESS, "101000,\nSample Town, Street 1", "101000, Sample Town, Street 1"),
    (F.COMPETENCIES, "backups,\n  migration", "backups,\nmigration"),
]


@pytest.mark.parametrize(("field", "typed", "kept"), GOOD)
def test_an_answer_is_kept_in_one_spelling(field: FieldKind, typed: str, kept: str) -> None:
    assert check_answer(field, typed, COMPANY) == kept
    assert check_answer(field, kept, COMPANY) == kept
    assert problem_of(field, kept, COMPANY) is None


def test_the_legal_form_decides_which_inn_is_meant() -> None:
    assert check_answer(F.INN, "771234567859", PERSON) == "771234567859"
    assert problem_of(F.INN, "7700123459", PERSON) == "length"
    assert problem_of(F.INN, "771234567859", COMPANY) == "length"


def test_a_phone_without_country_needs_its_plus() -> None:
    assert problem_of(F.PHONE, "0888123456", NOWHERE) == "phone_country"
    assert problem_of(F.PHONE, "+359 88 812 3456", NOWHERE) is None


def test_account_and_bank_prove_each_other() -> None:
    right = {F.BANK_ACCOUNT: "40702810200000012345", F.BIK: "044525225"}
    assert pair_problems(right) == {}
    wrong = right | {F.BIK: "044525226"}
    assert pair_problems(wrong) == dict.fromkeys(right, "bank_mismatch")
    assert pair_problems({F.BIK: "044525225"}) == {}
    # A correspondent account takes a zero and the 5th and 6th digit of its bank.
    assert fits_bank("30101810400000000225", "044525000")


@given(st.integers(min_value=300_000_000_000_00, max_value=399_999_999_999_99))
def test_the_last_digit_of_an_ogrnip_is_the_rest_by_13_then_by_10(head: int) -> None:
    right = str(head % 13 % 10)
    assert ogrnip(f"{head}{right}") == f"{head}{right}"
    for other in set("0123456789") - {right}:
        with pytest.raises(BadNumber):
            ogrnip(f"{head}{other}")


@given(st.sampled_from(FieldKind), st.text(max_size=300))
def test_anything_typed_is_kept_or_refused_by_a_code(field: FieldKind, typed: str) -> None:
    try:
        kept = check_answer(field, typed, COMPANY)
    except FieldInvalid:
        return
    assert check_answer(field, kept, COMPANY) == kept


def test_every_field_has_its_part_and_numbers_have_their_country() -> None:
    assert GROUP_OF.keys() == set(FieldKind)
    assert COUNTRY_OF.keys() < set(FieldKind)
